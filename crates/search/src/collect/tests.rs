//! Neither leaving out pages that cannot be among the first ones nor what is kept of frequent words changes an
//! answer.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use denkraum_domain::{Audience, KindId, PageId, PersonId, SpaceId, Timestamp};

use super::*;
use crate::analysis::Forms;
use crate::query::{Asked, Compiled, Lexicon, Scope};
use crate::{Asking, IndexedPage, Query, Reader, SearchConfig, SearchIndex, Section, Texts};

/// Enough that frequent words are kept as sets.
const PAGES: u32 = 6_000;
const QUERIES: u32 = 400;
/// The words of pages and questions, the first ones most often.
const WORDS: [&str; 24] = [
    "Kinder",
    "Familie",
    "Beratung",
    "Kita",
    "Familienberatung",
    "Hort",
    "Armut",
    "Kinderarmut",
    "Treffpunkt",
    "Nachbarn",
    "Jugendhilfe",
    "Sprache",
    "Sprachförderung",
    "Garten",
    "Eltern",
    "Elterncafé",
    "Umzug",
    "Lotsin",
    "Fest",
    "Werkstatt",
    "Ehrenamt",
    "Seniorin",
    "Wohnraum",
    "Zirkus",
];

/// Numbers from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(self.0 % u64::from(end)).unwrap()
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[at(self.below(u32::try_from(of.len()).unwrap()))]
    }

    /// A word; the last ones are some hundred times as rare as the first ones.
    fn word(&mut self) -> &'static str {
        let throws = [(); 3].map(|()| self.below(24));
        WORDS[at(throws.into_iter().min().unwrap())]
    }

    fn text(&mut self, most: u32) -> String {
        let words = 1 + self.below(most);
        let words: Vec<&str> = (0..words).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn page(&mut self, number: u32) -> IndexedPage {
        let heading = (self.below(3) == 0).then(|| self.text(2));
        let title = if self.below(8) == 0 {
            self.text(3)
        } else {
            "Seite".to_owned()
        };
        let audience = if self.below(10) == 0 {
            Audience::Draft
        } else {
            Audience::Network
        };
        IndexedPage {
            id: PageId::from_u128(u128::from(number)),
            title,
            kind: KindId::parse(self.one_of(&["page", "approach"])).unwrap(),
            space: SpaceId::parse(self.one_of(&["mitte", "pankow", "spandau"])).unwrap(),
            audience,
            authors: Vec::new(),
            tags: Vec::new(),
            facets: vec![("field".to_owned(), format!("field{}", self.below(60)))],
            former_titles: Vec::new(),
            labels: Vec::new(),
            adopted_by: self.below(3),
            sections: vec![Section {
                heading,
                text: self.text(40),
                ..Section::default()
            }],
            changed: Timestamp::from_millis(i64::from(self.below(1_000))),
            archived: false,
        }
    }

    fn question(&mut self) -> String {
        match self.below(8) {
            0 => format!("\"{} {}\"", self.word(), self.word()),
            1 => format!("{} -{}", self.text(2), self.word()),
            2 => format!("\"{} {}\" {}", self.word(), self.word(), self.word()),
            3 => format!("titel:{} {}", self.word(), self.word()),
            _ => self.text(5),
        }
    }
}

/// A large segment, in which frequent words are kept, and small ones.
fn filled(dir: &Path, dice: &mut Dice) -> SearchIndex {
    let opened = SearchIndex::open(dir, SearchConfig::default()).unwrap();
    let index = opened.index;
    for number in 1..=PAGES {
        index.put(&dice.page(number)).unwrap();
        match PAGES - number {
            20 => index.finish().unwrap(),
            10 | 0 => index.commit().unwrap(),
            _ => {}
        }
    }
    index
}

struct NoTexts;

impl Texts for NoTexts {
    fn of(&self, pages: &[PageId]) -> Vec<Vec<Section>> {
        vec![Vec::new(); pages.len()]
    }
}

fn reader() -> Reader {
    Reader {
        person: PersonId::from_u128(1),
        member_of: Vec::new(),
        network: SpaceId::parse("berlin").unwrap(),
    }
}

/// How many pages are found.
fn total(index: &SearchIndex, text: &str, budget: &Budget) -> u64 {
    let query = Query {
        text: text.to_owned(),
        limit: 10,
        ..Query::default()
    };
    let asking = Asking {
        reader: &reader(),
        texts: &NoTexts,
        budget,
    };
    index.search(&query, asking).unwrap().total
}

#[test]
fn the_first_pages_and_all_counts_are_the_same_as_with_every_page_scored() {
    let dir = tempfile::tempdir().unwrap();
    let mut dice = Dice(20);
    let index = filled(dir.path(), &mut dice);
    let reader = reader();
    let snapshot = index.snapshot().unwrap();
    let readable = snapshot.readable(&index.fields, &reader).unwrap();
    let (budget, vocabulary) = (Budget::unlimited(), index.vocabulary());
    for _ in 0..QUERIES {
        let mut forms = Forms::new();
        let (text, typing) = (dice.question(), dice.below(4) == 0);
        let asked = Asked::parse(&text, typing, &mut forms);
        let places = index.fields.places(&index.weights);
        let lexicon = Lexicon::new(&snapshot, places, &readable, &budget);
        let scope = Scope {
            fields: &index.fields,
            lexicon: &lexicon,
            weights: &index.weights,
            vocabulary: &vocabulary,
            literal: dice.below(6) == 0,
        };
        let compiled = Compiled::new(&asked, &scope, &mut forms).unwrap();
        let chosen = ["mitte".to_owned()];
        let choices = [snapshot.facets.choice("space", &chosen)];
        let wanted = Wanted {
            plan: &compiled.plan,
            extras: &compiled.extras,
            readable: &readable,
            choices: if dice.below(3) == 0 { &choices } else { &[] },
            counted: true,
            order: Order::Closeness,
            first: 1 + at(dice.below(20)),
            budget: &budget,
        };
        let found = collect(&snapshot, &wanted).unwrap();
        // Where as many are wanted as there are pages, none can be left out.
        let all = Wanted {
            first: at(PAGES),
            ..wanted
        };
        let all = collect(&snapshot, &all).unwrap();
        assert_eq!(all.best.len(), usize::try_from(all.total).unwrap());
        assert_eq!(found.total, all.total, "{text}");
        assert_eq!(found.counts, all.counts, "{text}");
        assert_eq!(found.without, all.without, "{text}");
        let first = all.best.get(..wanted.first).unwrap_or(&all.best);
        assert_eq!(found.best, first, "{text}");
        let anew = Wanted {
            plan: &anew(&compiled.plan),
            first: at(PAGES),
            ..wanted
        };
        let anew = collect(&snapshot, &anew).unwrap();
        assert_eq!(anew.counts, all.counts, "{text}");
        let by_page = |found: Found| -> BTreeMap<DocAddress, f32> {
            let of_page = found.best.into_iter().map(|(score, page)| (page, score));
            of_page.collect()
        };
        let (all, anew) = (by_page(all), by_page(anew));
        assert!(all.keys().eq(anew.keys()), "{text}");
        let most = anew.values().copied().fold(0.0, f32::max);
        for (kept, exact) in all.values().zip(anew.values()) {
            assert!(
                (kept - exact).abs() <= most * 1e-4,
                "{text}: {kept} {exact}"
            );
        }
    }
}

#[test]
fn what_was_found_in_a_hurry_is_not_kept() {
    let dir = tempfile::tempdir().unwrap();
    let index = filled(dir.path(), &mut Dice(22));
    let phrase = "\"Kinder Familie\"";
    for looks in 0..200 {
        let left = AtomicU32::new(looks);
        let is_over = move || left.fetch_sub(1, Ordering::Relaxed) == 0;
        total(&index, phrase, &Budget::until(is_over));
    }
    let calm = total(&index, phrase, &Budget::unlimited());
    drop(index);
    let opened = SearchIndex::open(dir.path(), SearchConfig::default()).unwrap();
    assert_eq!(total(&opened.index, phrase, &Budget::unlimited()), calm);
}

#[test]
fn what_was_kept_still_holds_when_a_page_has_changed() {
    let dir = tempfile::tempdir().unwrap();
    let mut dice = Dice(21);
    let index = filled(dir.path(), &mut dice);
    let ask = || {
        let total = total(&index, "Kinder und Familie", &Budget::unlimited());
        (total, index.snapshot().unwrap().kept.len())
    };
    let (before, kept) = ask();
    assert!(kept >= 2, "of two words {kept}");
    let mut page = dice.page(PAGES + 1);
    page.title = "Kinder".to_owned();
    page.audience = Audience::Network;
    index.put(&page).unwrap();
    index.commit().unwrap();
    assert_eq!(ask(), (before + 1, kept));
}

/// The same with each word looked up as if it were rare.
fn anew(plan: &Plan) -> Plan {
    let all = |of: &[Plan]| of.iter().map(anew).collect();
    match plan {
        Plan::Word { plan, times } => Plan::clone(plan).times(*times),
        Plan::Together {
            of,
            bonus,
            power,
            least,
        } => Plan::Together {
            of: of
                .iter()
                .map(|(plan, share)| (anew(plan), *share))
                .collect(),
            bonus: *bonus,
            power: *power,
            least: *least,
        },
        Plan::Chosen {
            all: must,
            any,
            not,
        } => Plan::Chosen {
            all: all(must),
            any: all(any),
            not: all(not),
        },
        other => other.clone(),
    }
}
