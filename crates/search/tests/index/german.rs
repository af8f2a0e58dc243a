//! German that works: one row for each way to write the same thing.

use crate::common::{anybody, filled, page, page_with, query};

/// Each query finds a page with the text, and nothing on a page without it.
fn finds(rows: &[(&str, &str)]) {
    for (text, query) in rows {
        let fixture = filled(&[
            page_with(1, "Gesucht", text),
            page_with(2, "Andere", "Regenwetter"),
        ]);
        assert_eq!(fixture.titles(query), ["Gesucht"], "{query:?} in {text:?}");
    }
}

#[test]
fn umlauts_and_their_transcription_are_one() {
    finds(&[
        ("Frühe Hilfen in Neukölln", "fruehe hilfen"),
        ("Frühe Hilfen in Neukölln", "NEUKOELLN"),
        ("Aemter und Behoerden", "Ämter"),
        ("Eltern auf der Straße", "strasse"),
        ("ein Cafe\u{301} für Mu\u{308}tter", "café mütter"),
    ]);
}

#[test]
fn inflected_and_gendered_words_are_found_by_each_other() {
    finds(&[
        ("Viele Familien kamen", "Familie"),
        ("die Häuser der Jugend", "Haus"),
        ("Akteur*innen im Kiez", "Akteur"),
        ("Akteur:innen im Kiez", "Akteurinnen"),
        ("Mitarbeiter_innen", "Mitarbeiter/-innen"),
        ("Streetworkerinnen", "Streetworker:innen"),
        ("die Lotsen", "Lots*innen"),
        ("Ärztinnen", "Arzt"),
        ("LehrerInnen", "Lehrer(in)"),
    ]);
}

#[test]
fn hyphens_soft_hyphens_and_bars_do_not_hide_words() {
    finds(&[
        ("Fa\u{AD}mi\u{AD}lien\u{AD}bil\u{AD}dung", "Familienbildung"),
        ("die Kita-Sozialarbeit", "Kitasozialarbeit"),
        ("die Kitasozialarbeit", "Kita-Sozialarbeit"),
        ("die Kita-Sozialarbeit", "Sozialarbeit"),
        ("Be|tei|li|gung von Kindern", "Beteiligung"),
        ("Kinder- und Jugendhilfe", "Kinder"),
        ("Charlottenburg-Wilmersdorf", "charlottenburg wilmersdorf"),
        ("Charlottenburg‑Wilmersdorf", "Charlottenburg-Wilmersdorf"),
    ]);
}

#[test]
fn two_words_find_their_compound() {
    finds(&[
        ("gegen Kinderarmut", "Kinder Armut"),
        ("das Präventionskonzept", "Prävention Konzept"),
    ]);
}

#[test]
fn compounds_and_their_parts_find_each_other() {
    finds(&[
        ("gegen Kinderarmut", "Armut"),
        ("die Armut von Kindern", "Kinderarmut"),
        ("die Armut von Kindern", "kinderarmut"),
        ("ein Familienzentrum", "Familie"),
        ("armutssensibel handeln", "Armut"),
        ("die Gesundheitslots*innen", "Lotse"),
    ]);
}

#[test]
fn a_page_with_the_compound_comes_before_one_with_a_part_of_it() {
    let fixture = filled(&[
        page_with(1, "Teil", "Kinder spielen"),
        page_with(2, "Ganz", "Kinderarmut"),
        page_with(3, "Beide", "Kinder in Armut"),
        page_with(4, "Andere", "Regenwetter"),
    ]);
    assert_eq!(fixture.titles("Kinderarmut"), ["Ganz", "Beide", "Teil"]);
}

#[test]
fn a_slip_is_repaired_only_where_nothing_is_found() {
    let fixture = filled(&[
        page_with(1, "Praxis", "Praxisfall mit Prävention"),
        page_with(2, "Haus", "Hase"),
        page_with(3, "Hose", "rot"),
    ]);
    assert_eq!(fixture.titles("Prxais"), ["Praxis"]);
    assert_eq!(fixture.titles("Präwenzion"), ["Praxis"]);
    assert_eq!(fixture.titles("Hose"), ["Hose"]);
    assert_eq!(fixture.titles("Hise").len(), 2);
    assert!(fixture.titles("Xyz").is_empty());
}

#[test]
fn a_form_of_a_verb_is_no_slip_of_another_word() {
    let fixture = filled(&[
        page_with(1, "Auswahl", "Die Orte wurden ausgesucht und angegeben."),
        page_with(2, "Anderes", "Regenwetter"),
    ]);
    for typed in ["aufgesucht", "abgegeben"] {
        assert!(fixture.titles(typed).is_empty(), "{typed}");
        let answer = fixture.ask(&query(typed), &anybody());
        assert!(answer.offers.is_empty(), "{typed}");
        assert!(fixture.titles_typing(typed).is_empty(), "{typed}");
    }
    assert_eq!(fixture.titles("ausgeshcut"), ["Auswahl"]);
    // Its own verb is found in whatever form.
    let fixture = filled(&[
        page_with(1, "Weg", "Wir gehen auf Familien zu: aufsuchende Beratung."),
        page_with(2, "Auswahl", "Die Orte wurden ausgesucht."),
    ]);
    assert_eq!(fixture.titles("aufgesucht"), ["Weg"]);
    assert_eq!(fixture.titles_typing("aufgesucht"), ["Weg"]);
}

#[test]
fn a_begun_word_is_found_while_typing_only() {
    let fixture = filled(&[
        page_with(1, "Eins", "Familienzentrum im Kiez"),
        page_with(2, "Zwei", "Familie im Kiez"),
        page_with(3, "Drei", "Kiez allein"),
    ]);
    assert_eq!(fixture.titles_typing("Familienz"), ["Eins"]);
    assert_eq!(fixture.titles("Familienzen"), Vec::<String>::new());
    assert_eq!(fixture.titles_typing("Famil").len(), 2);
    assert_eq!(fixture.titles_typing("Kiez Familienzen")[0], "Eins");
    assert_eq!(fixture.titles_typing("Kita-Soz"), Vec::<String>::new());
    assert_eq!(fixture.titles_typing("Faimlienz"), ["Eins"]);
}

#[test]
fn a_begun_word_with_a_hyphen_is_found() {
    let fixture = filled(&[
        page(1, "Plan für Charlottenburg-Wilmersdorf"),
        page(2, "Plan für Mitte"),
    ]);
    assert_eq!(
        fixture.titles_typing("Charlottenburg-Wil"),
        ["Plan für Charlottenburg-Wilmersdorf"]
    );
}

#[test]
fn the_name_of_the_space_finds_its_pages() {
    let mut elsewhere = page(1, "Plan");
    elsewhere.space = crate::common::space("tempelhof-schoeneberg");
    let fixture = filled(&[elsewhere, page(2, "Bericht")]);
    assert_eq!(fixture.titles("Schöneberg"), ["Plan"]);
    assert_eq!(fixture.titles("Tempelhof-Schöneberg"), ["Plan"]);
}

#[test]
fn a_phrase_in_quotation_marks_is_required() {
    let fixture = filled(&[
        page_with(1, "Eins", "Wir bieten frühe Hilfen an."),
        page_with(2, "Zwei", "Hilfen, die frühe beginnen, in Pankow"),
    ]);
    assert_eq!(fixture.titles("„frühe Hilfen“ Pankow"), ["Eins"]);
    assert_eq!(fixture.titles("frühe Hilfen Pankow").len(), 2);
    assert!(fixture.titles("\"Hilfen frühe\"").is_empty());
}
