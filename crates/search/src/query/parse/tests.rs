use super::*;

fn read(text: &str, typing: bool) -> String {
    let asked = Asked::parse(text, typing, &mut Forms::new());
    let mut out: Vec<String> = Vec::new();
    for word in &asked.words {
        let form = word.whole().map(|form| form.x.clone()).unwrap_or_default();
        out.push(if word.begun {
            format!("{form}…")
        } else {
            form
        });
    }
    for phrase in &asked.phrases {
        let parts: Vec<&str> = phrase.parts.iter().map(|form| form.x.as_str()).collect();
        out.push(format!("[{}]", parts.join(" ")));
    }
    out.join(" ")
}

#[test]
fn quoted_text_of_any_style_is_a_phrase() {
    for raw in [
        "\"frühe Hilfen\" Pankow",
        "„frühe Hilfen“ Pankow",
        "»frühe Hilfen« Pankow",
    ] {
        assert_eq!(read(raw, false), "pankow [fruhe hilfen]", "{raw}");
    }
}

#[test]
fn an_open_quotation_mark_is_no_phrase() {
    assert_eq!(read("Pankow \"frühe Hilfen", false), "pankow fruhe hilfen");
}

#[test]
fn closed_class_words_go_unless_nothing_else_is_there() {
    assert_eq!(
        read("Was ist die Armut ohne Hilfe", false),
        "armut ohne hilfe"
    );
    assert_eq!(read("wer wie was", false), "wer wie was");
    assert_eq!(read("Armut in", true), "armut in…");
}

#[test]
fn only_a_last_word_without_space_behind_it_is_begun() {
    assert_eq!(read("Armut Pra", true), "armut pra…");
    assert_eq!(read("Armut Pra ", true), "armut pra");
    assert_eq!(read("Armut Pra", false), "armut pra");
    assert_eq!(read("\"Armut\" ", true), "[armut]");
}

#[test]
fn a_gendered_ending_being_typed_is_left_out() {
    for raw in ["Akteur*", "Akteur*i", "Akteur:inn", "Akteur/-inne"] {
        assert_eq!(read(raw, true), "akteur…", "{raw}");
    }
}

#[test]
fn length_and_number_of_words_are_limited() {
    let many = "wort ".repeat(100);
    assert_eq!(
        Asked::parse(&many, false, &mut Forms::new()).words.len(),
        Query::MAX_WORDS
    );
    let long = format!("{}ende", "ä ".repeat(Query::MAX_CHARS / 2));
    assert!(!read(&long, false).contains("ende"));
}

#[test]
fn text_without_words_is_not_blank() {
    let asked = Asked::parse("?!", false, &mut Forms::new());
    assert!(!asked.blank && asked.is_empty());
    assert!(Asked::parse(" \t", false, &mut Forms::new()).blank);
}

fn phrases(found: &[Phrase]) -> Vec<String> {
    let show = |phrase: &Phrase| {
        let parts: Vec<&str> = phrase.parts.iter().map(|form| form.x.as_str()).collect();
        parts.join(" ")
    };
    found.iter().map(show).collect()
}

#[test]
fn a_minus_excludes_and_an_operator_chooses_the_place() {
    let asked = Asked::parse(
        "Armut -Schule -\"frühe Hilfen\" titel:Kita bezirk:\"Treptow-Köpenick\" Bezirk:mitte",
        false,
        &mut Forms::new(),
    );
    assert_eq!(asked.words.len(), 1);
    assert_eq!(phrases(&asked.excluded), ["schule", "fruhe hilfen"]);
    assert_eq!(phrases(&asked.in_title), ["kita"]);
    assert_eq!(phrases(&asked.in_space), ["treptow kopenick", "mitte"]);
}

#[test]
fn signs_are_read_as_people_and_their_devices_write_them() {
    let asked = Asked::parse(
        "Armut –Schule −Hort Titel: „frühe Hilfen“ Bezirk: Mitte titel: bezirk: Pankow",
        false,
        &mut Forms::new(),
    );
    assert_eq!(phrases(&asked.excluded), ["schule", "hort"]);
    assert_eq!(phrases(&asked.in_title), ["fruhe hilfen"]);
    assert_eq!(phrases(&asked.in_space), ["mitte", "pankow"]);
    assert_eq!(read("Hort – Kita", false), "hort kita");
}

#[test]
fn what_stands_behind_an_operator_may_be_begun() {
    let begun = |text: &str, typing| {
        let asked = Asked::parse(text, typing, &mut Forms::new());
        let all = asked.in_title.iter().chain(&asked.in_space);
        all.chain(&asked.excluded)
            .map(|phrase| phrase.begun)
            .collect::<Vec<_>>()
    };
    assert_eq!(begun("titel:Eltern bezirk:Pan", true), [false, true]);
    for whole in ["bezirk:Pan ", "titel:\"Pan\"", "-Pan"] {
        assert_eq!(begun(whole, true), [false], "{whole}");
    }
    assert_eq!(begun("bezirk:Pan", false), [false]);
}

#[test]
fn hyphens_colons_and_suspended_words_are_no_operators() {
    assert_eq!(read("Eltern-Kind-Gruppe", false), "elternkindgruppe");
    assert_eq!(
        read("Gesundheitslotsinnen und -lotsen", false),
        "gesundheitslotsinnen gesundheitslotsen"
    );
    assert_eq!(read("Thema:Familie titel: -", false), "thema familie titel");
    assert_eq!(read("Hort - Kita", false), "hort kita");
}
