//! Search: whatever somebody types is a question that has an answer.

use anyhow::{Context as _, Result};
use denkraum_domain::{Audience, KindId, PageId, PersonId, SpaceId, Timestamp};
use denkraum_load::Dice;
use denkraum_search::{
    Asking, Budget, IndexedPage, Order, Query, Reader, SearchConfig, SearchIndex, Section, Texts,
};

use super::Target;
use crate::mutate::{mutate, one_of};

const TYPED: [&str; 12] = [
    "Übergang Kita Grundschule",
    "\"mit den Eltern\" -Gymnasium",
    "titel:Sprachförderung bezirk:pankow",
    "Jugendhilfeausschuss OR Schulsozialarbeit*",
    "Kinder- und Jugendhilfe (SGB VIII) §8a",
    "strasse straße STRASSE",
    "((a OR b) AND NOT c) ^2 ~3 [x TO y] {",
    "e\u{301}cole \u{202e}rtl \u{200d}👩\u{200d}👧",
    "titel: titel:\"\" --- \"\"\"\"",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "donaudampfschifffahrtsgesellschaftskapitän",
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26",
];

pub(crate) struct Search {
    index: SearchIndex,
    reader: Reader,
    matched: u64,
    tried: u64,
    _folder: tempfile::TempDir,
}

impl Search {
    pub(crate) fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let config = SearchConfig {
            writer_bytes: 20_000_000,
        };
        let index = SearchIndex::open(folder.path(), config)?.index;
        for (number, text) in (0_u128..).zip(TYPED) {
            index.put(&page(number, text)?)?;
        }
        index.commit()?;
        let reader = Reader {
            person: PersonId::from_u128(1),
            member_of: Vec::new(),
            network: space()?,
        };
        Ok(Self {
            index,
            reader,
            matched: 0,
            tried: 0,
            _folder: folder,
        })
    }
}

fn space() -> Result<SpaceId> {
    SpaceId::parse("netzwerk").ok().context("a space")
}

fn page(number: u128, text: &str) -> Result<IndexedPage> {
    Ok(IndexedPage {
        id: PageId::from_u128(number + 1),
        title: text.to_owned(),
        kind: KindId::parse("practice_case").ok().context("a kind")?,
        space: space()?,
        audience: Audience::Network,
        authors: Vec::new(),
        tags: Vec::new(),
        facets: Vec::new(),
        former_titles: Vec::new(),
        labels: Vec::new(),
        adopted_by: 0,
        sections: text_of_all(),
        changed: Timestamp::from_millis(1),
        archived: false,
    })
}

/// What stands in every page.
fn text_of_all() -> Vec<Section> {
    vec![Section {
        text: TYPED.join("\n"),
        ..Section::default()
    }]
}

struct SameText;

impl Texts for SameText {
    fn of(&self, pages: &[PageId]) -> Vec<Vec<Section>> {
        pages.iter().map(|_| text_of_all()).collect()
    }
}

impl Target for Search {
    fn next(&mut self, dice: &mut Dice) -> Vec<u8> {
        let typed = |dice: &mut Dice| one_of(dice, &TYPED).copied().unwrap_or("").to_owned();
        let (mut bytes, other) = (typed(dice).into_bytes(), typed(dice));
        mutate(&mut bytes, other.as_bytes(), dice);
        bytes
    }

    fn run(&mut self, bytes: &[u8]) -> Result<()> {
        self.tried += 1;
        let text = String::from_utf8_lossy(bytes).into_owned();
        let flags = bytes.len();
        let query = Query {
            text,
            typing: flags.is_multiple_of(2),
            literal: flags.is_multiple_of(3),
            order: if flags.is_multiple_of(5) {
                Order::Changed
            } else {
                Order::Closeness
            },
            limit: 10,
            ..Query::default()
        };
        let asking = Asking {
            reader: &self.reader,
            texts: &SameText,
            budget: &Budget::unlimited(),
        };
        let results = self.index.search(&query, asking)?;
        self.matched += u64::from(results.total > 0);
        Ok(())
    }

    fn told(&self) -> String {
        format!(
            "{} of {} questions found something",
            self.matched, self.tried
        )
    }
}
