//! The passage shown with a hit.

use denkraum_search::{Hit, IndexedPage, Section, SnippetPart, Vocabulary};

use crate::common::{anybody, filled, page, page_with, query};

fn hit(page: IndexedPage, text: &str) -> Hit {
    let mut results = filled(&[page]).ask(&query(text), &anybody());
    results.hits.remove(0)
}

/// The passage with its hits in brackets.
fn show(hit: &Hit) -> String {
    bracketed(&hit.snippet)
}

fn bracketed(parts: &[SnippetPart]) -> String {
    parts
        .iter()
        .map(|part| {
            if part.hit {
                format!("[{}]", part.text)
            } else {
                part.text.clone()
            }
        })
        .collect()
}

#[test]
fn the_words_of_the_text_are_marked_as_they_are_written() {
    let text = "Die Akteur*innen und Fa\u{AD}milien kamen.";
    assert_eq!(
        show(&hit(page_with(1, "Seite", text), "akteure familie")),
        "Die [Akteur*innen] und [Fa\u{AD}milien] kamen."
    );
}

#[test]
fn a_word_with_hyphens_is_marked_whole_or_in_its_part() {
    let text = "Unsere Kita-Sozialarbeit hilft.";
    let found = |query: &str| show(&hit(page_with(1, "Seite", text), query));
    assert_eq!(
        found("Kitasozialarbeit"),
        "Unsere [Kita-Sozialarbeit] hilft."
    );
    assert_eq!(found("Sozialarbeit"), "Unsere Kita-[Sozialarbeit] hilft.");
}

#[test]
fn the_section_with_most_of_the_words_is_shown_with_its_heading() {
    let section = |heading: &str, text: &str| Section {
        heading: Some(heading.to_owned()),
        text: text.to_owned(),
        id: Some(format!("h-{heading}")),
    };
    let mut page = page(1, "Seite");
    page.sections = vec![
        section("Lage", "Hier steht Armut, Armut und nochmals Armut."),
        section("Ergebnis", "Hier steht Armut neben Gesundheit."),
    ];
    let hit = hit(page, "Armut Gesundheit");
    assert_eq!(hit.heading.as_deref(), Some("Ergebnis"));
    assert_eq!(show(&hit), "Hier steht [Armut] neben [Gesundheit].");
}

#[test]
fn a_long_text_is_cut_around_the_words_at_sentence_and_word() {
    let filler = "Dieser Satz füllt nur die Seite auf. ".repeat(40);
    let text = format!("{filler}Am Ende gibt es die Schuldnerberatung im Kiez. {filler}");
    let hit = hit(page_with(1, "Seite", &text), "Schuldnerberatung");
    let shown = show(&hit);
    assert!(
        shown.starts_with("… Am Ende gibt es die [Schuldnerberatung] im Kiez. "),
        "{shown}"
    );
    assert!(shown.ends_with(" …") && shown.len() < 300, "{shown}");
}

#[test]
fn without_the_words_in_the_text_its_beginning_is_shown() {
    let shown = hit(
        page_with(1, "Schuldnerberatung", "Erster Satz.\nZweiter."),
        "Schuldnerberatung",
    );
    assert_eq!(show(&shown), "Erster Satz. Zweiter.");
    assert!(hit(page(1, "Leer"), "Leer").snippet.is_empty());
}

#[test]
fn a_begun_and_a_mistyped_word_mark_what_they_stand_for() {
    let mut query = query("Schuldnerber");
    query.typing = true;
    let fixture = filled(&[page_with(1, "Seite", "Zur Schuldnerberatung gehen.")]);
    let begun = fixture.ask(&query, &anybody());
    assert_eq!(show(&begun.hits[0]), "Zur [Schuldnerberatung] gehen.");
    let mistyped = fixture.ask(&crate::common::query("Schuldnerbertaung"), &anybody());
    assert_eq!(show(&mistyped.hits[0]), "Zur [Schuldnerberatung] gehen.");
}

#[test]
fn a_title_is_marked_like_a_passage() {
    for (title, query, marked) in [
        (
            "Frühe Hilfen in Berlin",
            "fruehe Hilfe in Mitte",
            "[Frühe] [Hilfen] in Berlin",
        ),
        ("Das Eltern-Café", "titel:Elterncafé", "Das [Eltern-Café]"),
        (
            "Fachtag Kinderarmut",
            "„Fachtag“ Armut -Schule",
            "[Fachtag] [Kinderarmut]",
        ),
    ] {
        let hit = hit(page(1, title), query);
        assert_eq!(bracketed(&hit.marked_title), marked, "{query}");
    }
}

#[test]
fn neither_small_words_nor_single_parts_of_a_synonym_are_marked() {
    let pages = [
        page_with(1, "Eins", "Es wird beraten, wo werdende Mütter sind."),
        page_with(2, "Zwei", "In der Grundschule hilft die Grundsicherung."),
    ];
    let fixture = filled(&pages);
    let (vocabulary, errors) =
        Vocabulary::parse("Schwangere = werdende Mutter\nSGB II = Grundsicherung");
    assert_eq!(errors, []);
    fixture.index.set_vocabulary(vocabulary);
    let shown = |text: &str| {
        let found = fixture.ask(&query(text), &anybody());
        found.hits.iter().map(show).collect::<Vec<_>>()
    };
    assert_eq!(
        shown("Schwangere"),
        ["Es wird beraten, wo [werdende Mütter] sind."]
    );
    assert_eq!(
        shown("SGB II"),
        ["In der Grundschule hilft die [Grundsicherung]."]
    );
}

#[test]
fn a_synonym_of_several_words_is_marked_only_where_they_stand_together() {
    let text = "Alle Lagen. Armut heißt auch: prekäre Lagen. In jeder prekären, oft engen Lage. Prekäre Jobs.";
    let fixture = filled(&[
        page_with(1, "Eins", text),
        page_with(2, "Lagen", "Prekäre Jobs und Armut in allen Lagen."),
    ]);
    let (vocabulary, errors) = Vocabulary::parse("Armut = prekäre Lage");
    assert_eq!(errors, []);
    fixture.index.set_vocabulary(vocabulary);
    let results = fixture.ask(&query("Armut"), &anybody());
    let mut shown: Vec<_> = results.hits.iter().map(show).collect();
    shown.sort();
    assert_eq!(
        shown,
        [
            "Prekäre Jobs und [Armut] in allen Lagen.",
            "… [Armut] heißt auch: [prekäre Lagen]. In jeder [prekären, oft engen Lage]. Prekäre Jobs.",
        ]
    );
    let titles = results.hits.iter().map(|hit| bracketed(&hit.marked_title));
    assert!(titles.into_iter().all(|title| !title.contains('[')));
    assert_eq!(
        results.also_found.first().map(String::as_str),
        Some("prekäre Lagen")
    );
}
