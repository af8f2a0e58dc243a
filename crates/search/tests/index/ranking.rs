//! Order: title over headings over text, all words over some, recency between equals.

use denkraum_domain::Timestamp;
use denkraum_search::{IndexedPage, Query, Section};

use crate::common::{anybody, filled, page, page_with, query, titles};

#[test]
fn title_counts_more_than_headings_and_these_more_than_text() {
    let filler = "Hier steht noch etwas anderes, damit die Länge ähnlich ist.";
    let of = |number, title: &str, heading: &str, text: &str| IndexedPage {
        sections: vec![Section {
            heading: Some(heading.to_owned()),
            text: text.to_owned(),
            ..Section::default()
        }],
        ..page(number, title)
    };
    let fixture = filled(&[
        of(
            1,
            "Nur im Text",
            "Lage",
            &format!("Der Familienrat tagt. {filler}"),
        ),
        of(2, "In der Überschrift", "Familienrat", filler),
        of(3, "Der Familienrat", "Ergebnis", filler),
    ]);
    assert_eq!(
        fixture.titles("Familienrat"),
        ["Der Familienrat", "In der Überschrift", "Nur im Text"]
    );
}

#[test]
fn a_page_with_all_words_comes_before_one_with_a_rare_one() {
    let fixture = filled(&[
        page_with(
            1,
            "Selten",
            "Schuldnerberatung Schuldnerberatung Schuldnerberatung",
        ),
        page_with(
            2,
            "Beides",
            "Schuldnerberatung für Familien in Not und mit vielen Sorgen",
        ),
        page_with(3, "Häufig", "Familien und Familien"),
        page_with(4, "Auch", "Familien"),
    ]);
    assert_eq!(fixture.titles("Schuldnerberatung Familien")[0], "Beides");
}

#[test]
fn a_word_that_is_there_comes_before_rarer_ones_that_it_begins() {
    let mut pages: Vec<IndexedPage> = (10..40)
        .map(|number| page_with(number, "Anderes", "Viele Kinder kommen nach der Schule"))
        .collect();
    pages.push(page_with(1, "Kinder, Kinder", "Was sie erzählen"));
    pages.push(page_with(
        2,
        "Ferien",
        "Der Kinderzirkus kommt, mit Kinderfest und Kinderdisko",
    ));
    pages.push(page_with(3, "Kinderzirkus", "Ein Zelt und viel Platz"));
    let fixture = filled(&pages);
    assert_eq!(fixture.titles_typing("Kinder")[0], "Kinder, Kinder");
    assert_eq!(fixture.titles_typing("Kinderz")[0], "Kinderzirkus");
}

#[test]
fn words_side_by_side_come_before_words_apart() {
    let fixture = filled(&[
        page_with(1, "Getrennt", "Frühe Planung und späte Feste, viele Hilfen"),
        page_with(
            2,
            "Beisammen",
            "Planung und späte Feste, viele frühe Hilfen",
        ),
    ]);
    assert_eq!(fixture.titles("frühe Hilfen"), ["Beisammen", "Getrennt"]);
}

#[test]
fn between_equals_the_page_changed_last_comes_first() {
    let at = |number, title: &str, millis| IndexedPage {
        changed: Timestamp::from_millis(millis),
        ..page_with(number, title, "Familienrat")
    };
    let fixture = filled(&[
        at(1, "Alpha", -5),
        at(2, "Gamma", 3_000),
        at(3, "Delta", 2_000),
    ]);
    assert_eq!(fixture.titles("Familienrat"), ["Gamma", "Delta", "Alpha"]);
    assert_eq!(fixture.titles("  "), ["Gamma", "Delta", "Alpha"]);
}

#[test]
fn pages_of_hits_follow_each_other_without_gap_or_repetition() {
    let pages: Vec<IndexedPage> = (0..25_u8)
        .map(|n| page(u128::from(n), &format!("Familie {n}")))
        .collect();
    let fixture = filled(&pages);
    let mut seen = Vec::new();
    for offset in [0, 10, 20, 30] {
        let results = fixture.ask(
            &Query {
                offset,
                ..query("Familie")
            },
            &anybody(),
        );
        assert_eq!(results.total, 25);
        seen.extend(titles(&results));
    }
    let shown = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((shown, seen.len()), (25, 25));
    let none = fixture.ask(
        &Query {
            limit: 0,
            ..query("Familie")
        },
        &anybody(),
    );
    assert_eq!((none.total, none.hits.len()), (25, 0));
}

#[test]
fn a_page_with_most_words_of_a_question_comes_first() {
    let fixture = filled(&[
        page_with(1, "Zwei", "Frühstück Frühstück Schule Schule im Haus"),
        page_with(
            2,
            "Vier",
            "Frühstück in der Schule für Kinder ohne Geld im Haus",
        ),
        page_with(
            3,
            "Drei",
            "Frühstück in der Schule für Kinder im alten Haus am See",
        ),
        page_with(4, "Anderes", "Regenwetter"),
    ]);
    let found = fixture.titles("Frühstück Schule Kinder Geld Ausflug");
    assert_eq!((found[0].as_str(), found.len()), ("Vier", 3));
}

#[test]
fn a_page_is_found_once_whatever_the_filter() {
    let pages: Vec<IndexedPage> = (0..40_u8)
        .map(|n| {
            let words = ["Familie", "Armut", "Kita", "Hort"];
            let word = |bit: u8| {
                if n & (1 << bit) == 0 {
                    ""
                } else {
                    words[usize::from(bit)]
                }
            };
            let text = format!("{} {} {} {}", word(0), word(1), word(2), word(3));
            IndexedPage {
                space: crate::common::space(if n % 3 == 0 { "mitte" } else { "pankow" }),
                ..page_with(u128::from(n), &format!("Seite {n}"), &text)
            }
        })
        .collect();
    let fixture = filled(&pages);
    let asked = Query {
        spaces: vec![crate::common::space("mitte")],
        limit: 100,
        ..query("Familie Armut Kita Hort")
    };
    let results = fixture.ask(&asked, &anybody());
    let expected = (0..40_u8).filter(|n| n % 3 == 0 && n & 15 != 0).count();
    assert_eq!(titles(&results).len(), expected);
    assert_eq!(usize::try_from(results.total).unwrap(), expected);
    assert_eq!(titles(&results)[0], "Seite 15");
}
