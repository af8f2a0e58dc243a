use super::*;

fn analyzer() -> Analyzer {
    Analyzer::new(Arc::new(WordCache::new()))
}

fn read(terms: &TermList) -> Vec<(usize, &str)> {
    terms.iter().collect()
}

fn exact(text: &str) -> String {
    let mut own = analyzer();
    let terms = own.terms(text);
    let words: Vec<&str> = read(&terms.x).iter().map(|(_, term)| *term).collect();
    words.join(" ")
}

/// Whether the stems of two words meet.
fn meet(one: &str, other: &str) -> bool {
    let mut forms = Forms::new();
    let (one, other) = (forms.of(one), forms.of(other));
    one.terms().any(|term| other.terms().any(|met| met == term))
}

#[test]
fn the_joined_form_stands_at_the_first_part() {
    let mut own = analyzer();
    let terms = own.terms("in Charlottenburg-Wilmersdorf heute");
    assert_eq!(
        read(&terms.x),
        [
            (0, "in"),
            (1, "charlottenburg"),
            (1, "charlottenburgwilmersdorf"),
            (2, "wilmersdorf"),
            (3, "heute"),
        ]
    );
}

#[test]
fn suspended_compounds_are_completed() {
    for (text, terms) in [
        (
            "Kinder- und Familienarmut",
            "kinder kinderarmut und familienarmut",
        ),
        (
            "Kinder-, Jugend- und Familienhilfe",
            "kinder kinderhilfe jugend jugendhilfe und familienhilfe",
        ),
        (
            "Gesundheitslotsinnen und -lotsen",
            "gesundheitslotsinnen gesundheitslotse und lotsen gesundheitslotsen",
        ),
        (
            "Vor- und Nachbereitung",
            "vor vorbereitung und nachbereitung",
        ),
        ("Kinder - und sonst nichts", "kinder und sonst nichts"),
        (
            "Bildungs-/Teilhabepaket",
            "bildungs bildungspaket teilhabepaket",
        ),
    ] {
        assert_eq!(exact(text), terms);
    }
}

#[test]
fn a_verb_and_its_particle_find_together() {
    let mut own = analyzer();
    let terms = own.terms("Im Herbst passten wir das Angebot an. Und weiter.");
    assert!(read(&terms.s).contains(&(2, "anpass")), "{:?}", terms.s);
    let mut own = analyzer();
    let terms = own.terms("Sie passten auf die Kinder an der Straße auf.");
    assert!(read(&terms.s).contains(&(1, "aufpass")), "{:?}", terms.s);
    assert!(!read(&terms.s).iter().any(|(_, term)| *term == "anpass"));
}

#[test]
fn inflected_and_gendered_words_share_a_term() {
    for group in [
        &["Familie", "Familien"][..],
        &["Amt", "Ämter", "Aemter", "Amtes"],
        &["Lotse", "Lotsen", "Lotsin", "Lotsinnen"],
        &["Akteur", "Akteure", "Akteurin", "Akteurinnen"],
        &[
            "Mitarbeiter",
            "Mitarbeitern",
            "Mitarbeiterin",
            "Mitarbeiterinnen",
        ],
        &["Pädagoge", "Pädagogin", "Pädagoginnen"],
        &["Arzt", "Ärzte", "Ärztin", "Ärztinnen"],
        &["Haus", "Häuser", "Häusern", "hauser"],
        &["Straße", "Strassen"],
        &["Kita", "Kitas"],
        &["Zentrum", "Zentren", "Zentrums"],
        &["Workshop", "Workshops"],
        &["Café", "Cafés", "Cafe", "Cafes"],
        &["Übung", "Uebungen"],
        &["fördern", "gefördert", "Förderung", "fördert"],
        &["vernetzen", "vernetzt", "Vernetzung"],
        &["anpassen", "angepasst", "anzupassen", "Anpassung"],
        &["sprechen", "gesprochen", "sprach"],
        &["entwickeln", "entwickelt", "Entwicklung"],
    ] {
        for word in group {
            assert!(meet(group[0], word), "{} {word}", group[0]);
        }
    }
}

#[test]
fn a_compound_in_a_text_gives_the_stems_of_its_parts() {
    let mut analyzer = analyzer();
    let mut parts = |text: &str| -> Vec<String> {
        let terms = analyzer.terms(text);
        terms.d.iter().map(|(_, term)| term.to_owned()).collect()
    };
    let mut forms = Forms::new();
    let mut stem = |word: &str| forms.of(word).s;
    let (child, poverty, pilot) = (stem("Kinder"), stem("Armut"), stem("Lotse"));
    assert_eq!(parts("Kinderarmut"), [child, poverty.clone()]);
    assert_eq!(parts("armutssensibel")[0], poverty);
    assert!(parts("Gesundheitslots*innen").contains(&pilot));
    assert!(parts("Jugendhilfeausschuss").contains(&stem("Jugendhilfe")));
    assert!(parts("Elterncafés").contains(&stem("Café")));
    assert!(parts("Kitasozialarbeit").contains(&stem("Sozialarbeit")));
    assert_eq!(parts("kinderarmut").len(), 1, "no noun");
}

#[test]
fn different_words_keep_different_forms() {
    let mut forms = Forms::new();
    for (one, other) in [
        ("Berlin", "Berliner"),
        ("Termin", "Terme"),
        ("Praxis", "Praxen"),
    ] {
        assert_ne!(forms.of(one).x, forms.of(other).x);
    }
}
