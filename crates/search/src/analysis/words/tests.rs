use super::*;

/// Each word as `part part=joined`, words separated by a bar.
fn read(text: &str) -> String {
    let show = |word: &Word| {
        let parts: Vec<&str> = word.parts.iter().map(|part| part.text.as_str()).collect();
        match &word.joined {
            Some(joined) => format!("{}={}", parts.join(" "), joined.text),
            None => parts.join(" "),
        }
    };
    words(text).iter().map(show).collect::<Vec<_>>().join("|")
}

#[test]
fn gendered_forms_are_joined() {
    for raw in [
        "Akteur*innen",
        "Akteur:innen",
        "Akteur_innen",
        "Akteur/-innen",
        "Akteur/innen",
        "Akteur(innen)",
        "Akteur·innen",
    ] {
        assert_eq!(read(raw), "Akteurinnen", "{raw}");
    }
    assert_eq!(read("AkteurInnen"), "AkteurInnen");
    assert_eq!(read("ein*e Lehrer/-in"), "eine|Lehrerin");
    assert_eq!(
        read("für eine*n Lehrer(in), jede:r"),
        "für|einen|Lehrerin|jeder"
    );
    assert_eq!(read("Bürger*innenrat"), "Bürgerinnenrat");
    assert_eq!(read("Eltern (in Berlin)"), "Eltern|in|Berlin");
}

#[test]
fn marks_that_are_not_gender_separate_words() {
    assert_eq!(read("Thema:Familie"), "Thema|Familie");
    assert_eq!(read("und/oder"), "und|oder");
    assert_eq!(read("Kinder*garten"), "Kinder|garten");
    assert_eq!(read("Streetworker: innen"), "Streetworker|innen");
}

#[test]
fn a_word_with_hyphens_is_its_parts_and_the_joined_form() {
    assert_eq!(
        read("Charlottenburg-Wilmersdorf"),
        "Charlottenburg Wilmersdorf=CharlottenburgWilmersdorf"
    );
    assert_eq!(
        read("Mitarbeiter*innen-Treffen"),
        "Mitarbeiterinnen Treffen=MitarbeiterinnenTreffen"
    );
    assert_eq!(
        read("Kinder- und Familienarmut"),
        "Kinder=Kinderarmut|und|Familienarmut"
    );
    assert_eq!(read("2020-2022"), "2020 2022");
    assert_eq!(read("- ja -"), "ja");
}

#[test]
fn easy_read_bars_brackets_and_apostrophes_are_read_as_what_they_mean() {
    assert_eq!(read("Be|tei|li|gung"), "Beteiligung");
    assert_eq!(read("(um)gestalten"), "gestalten=umgestalten");
    assert_eq!(
        read("(Weiter-)Entwicklung"),
        "Entwicklung=WeiterEntwicklung"
    );
    assert_eq!(read("Let’s talk"), "Lets|talk");
}

#[test]
fn numbers_and_paragraphs_are_words() {
    assert_eq!(read("§ 16a SGB II, 11.9.2023"), "16a|SGB|II|11|9|2023");
}

#[test]
fn offsets_point_into_the_raw_text() {
    let raw = "Die Fa\u{AD}mi\u{AD}lien und Akteur*innen, Lehrer(innen) da";
    let places: Vec<&str> = words(raw)
        .iter()
        .map(|word| &raw[word.parts[0].from..word.parts[0].to])
        .collect();
    assert_eq!(
        places,
        [
            "Die",
            "Fa\u{AD}mi\u{AD}lien",
            "und",
            "Akteur*innen",
            "Lehrer(innen",
            "da"
        ]
    );
}

#[test]
fn an_overlong_run_of_letters_is_left_out() {
    let raw = format!("vor {} nach", "x".repeat(MAX_TERM_BYTES + 1));
    assert_eq!(read(&raw), "vor|nach");
}
