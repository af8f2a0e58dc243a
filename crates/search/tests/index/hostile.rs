//! Any text is answered: as a query, as a suggestion, as a page.

use denkraum_search::{Query, Section};

use crate::common::{anybody, filled, page, page_with, query};

/// A small generator, so that a seed repeats a run.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from 0 to `end`, that one left out.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }
}

const PIECES: &[&str] = &[
    "Familie",
    "familien-",
    "Kita",
    "*innen",
    ":innen",
    "/-in",
    "(innen)",
    "(um)",
    "eine*n",
    "\"",
    "„",
    "“",
    "»",
    " ",
    " ",
    " ",
    "-",
    "--",
    "'",
    "|",
    "a",
    "ä",
    "ß",
    "ue",
    "oe",
    "\u{AD}",
    "\u{200B}",
    "\u{308}",
    "\u{0}",
    "\n",
    "\t",
    "~",
    "^2",
    "*",
    "?",
    ":",
    "title:",
    "titel:",
    "bezirk:",
    " -",
    "Kinder- und ",
    " an.",
    "AND",
    "NOT",
    "[a TO b]",
    "{",
    "\\",
    "/",
    "+",
    "1",
    "2023",
    "§",
    "👨‍👩‍👧",
    "家族",
    "помощь",
    "\u{202E}",
    "ﬁ",
    "İ",
    "ẞ",
    "\u{10FFFF}",
    "(",
    ")",
    "_",
    "Donaudampfschifffahrtsgesellschaft",
];

fn text(random: &mut Random) -> String {
    let mut out = String::new();
    for _ in 0..random.below(24) {
        if random.below(4) == 0 {
            out.extend(char::from_u32(u32::try_from(random.below(0x3000)).unwrap()));
        } else {
            out.push_str(PIECES[random.below(PIECES.len())]);
        }
    }
    out
}

#[test]
fn any_query_text_is_answered() {
    let fixture = filled(&[
        page_with(1, "Familie", "Kita-Platz für Familien, 2023"),
        page_with(2, "家族 помощь", "Akteur*innen in der Kita"),
    ]);
    let mut random = Random(0x5EED_0001);
    for _ in 0..800 {
        let text = text(&mut random);
        let query = Query {
            typing: random.below(2) == 0,
            ..query(&text)
        };
        let results = fixture.ask(&query, &anybody());
        assert!(results.total <= 2 && results.hits.len() <= 2, "{text:?}");
        fixture.suggested(&text, &anybody());
    }
}

#[test]
fn any_page_text_is_taken_found_and_shown_unchanged() {
    let fixture = filled(&[]);
    let mut random = Random(0x5EED_0002);
    for number in 0..200_u16 {
        let written = format!("{} Kohlrabi {}", text(&mut random), text(&mut random));
        let mut page = page(number.into(), &text(&mut random));
        page.tags = vec![text(&mut random)];
        page.facets = vec![("field".to_owned(), text(&mut random))];
        page.sections = vec![Section {
            heading: Some(text(&mut random)),
            text: written.clone(),
            ..Section::default()
        }];
        fixture.put(&page);
    }
    fixture.index.commit().unwrap();
    let results = fixture.ask(
        &Query {
            limit: 100,
            ..query("Kohlrabi")
        },
        &anybody(),
    );
    assert!(results.total >= 150, "{}", results.total);
    for hit in &results.hits {
        assert!(
            hit.snippet
                .iter()
                .any(|part| part.hit && part.text.contains("ohlrabi"))
        );
    }
}

#[test]
fn an_overlong_query_is_answered_from_its_beginning() {
    let fixture = filled(&[
        page_with(1, "Eins", "Familie"),
        page_with(2, "Zwei", "Schule"),
    ]);
    let long = format!("Familie {}Schule", "x ".repeat(100_000));
    assert_eq!(fixture.titles(&long), ["Eins"]);
    let many = "Familie Kita Hort Amt ".repeat(10_000);
    assert_eq!(fixture.titles(&many), ["Eins"]);
}

#[test]
fn extreme_limits_are_cut() {
    let fixture = filled(&[page_with(1, "Eins", "Familie")]);
    let extreme = Query {
        limit: usize::MAX,
        offset: usize::MAX,
        ..query("Familie")
    };
    let results = fixture.ask(&extreme, &anybody());
    assert_eq!((results.total, results.hits.len()), (1, 0));
}
