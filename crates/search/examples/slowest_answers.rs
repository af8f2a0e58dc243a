//! Which questions take longest, by the real clock.
//!
//! `cargo run -p denkraum-search --example slowest_answers [PAGES [QUESTIONS]]` fills an index with generated
//! pages (10,000 without a number) and asks the costliest questions that fit into a search: begun words, slips,
//! phrases of the most frequent words, hundreds of words, and so many questions put together from pieces of
//! these. Each answer has 200 ms, as in the application; for each sort the slowest answer is printed and how many
//! said that they were cut short. It fails if one took longer than 250 ms.

#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    dead_code,
    unreachable_pub,
    reason = "a program for measuring: it stops at the first fault"
)]

use std::collections::{BTreeMap, HashMap};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use collection::plain;
use denkraum_domain::{KindId, PageId, PersonId, SpaceId};
use denkraum_search::{
    Asking, Budget, Order, Query, Reader, SearchConfig, SearchIndex, Section, Texts,
};

#[path = "../tests/relevance/collection.rs"]
mod collection;

/// So long is searched for an answer, as in the application.
const GIVEN: Duration = Duration::from_millis(200);
/// No answer may take longer.
const LONGEST: Duration = Duration::from_millis(250);

const SMALL: &[&str] = &["und", "die", "der", "in", "mit", "von", "nicht", "im"];
const SIGNS: &[&str] = &[
    "", "", "", "-", "\"", "„", "“ ", "titel:", "bezirk:", "-\"", "*", "- und ", "/",
];

/// Words as frequent as in real texts, from a seed.
struct Words {
    state: u64,
    /// Most frequent first.
    all: Vec<String>,
}

impl Words {
    fn new(seed: u64) -> Self {
        let counts = include_str!("../../../data/search/constituents.tsv");
        let parts: Vec<&str> = counts
            .lines()
            .filter_map(|line| line.split('\t').next())
            .collect();
        let mut words = Self {
            state: seed,
            all: SMALL.iter().map(|small| (*small).to_owned()).collect(),
        };
        for _ in 0..40_000 {
            let (first, second) = (words.below(parts.len()), words.below(parts.len()));
            let second = if words.below(2) == 0 {
                ""
            } else {
                parts[second]
            };
            words.all.push(format!("{}{second}", parts[first]));
        }
        words
    }

    fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % end as u64).unwrap()
    }

    /// One of the words, the more frequent the further in front, as Zipf found.
    fn word(&mut self) -> &str {
        let share = self.below(1_000_000) as f64 / 1e6;
        let rank = (self.all.len() as f64).powf(share) as usize - 1;
        &self.all[rank]
    }

    fn text(&mut self, words: usize) -> String {
        let words: Vec<String> = (0..words).map(|_| self.word().to_owned()).collect();
        words.join(" ")
    }

    /// A word of at least eight letters with a slip.
    fn slip(&mut self) -> String {
        loop {
            let at = self.below(self.all.len());
            let mut letters: Vec<char> = self.all[at].chars().collect();
            if letters.len() >= 8 {
                let at = 1 + self.below(letters.len() - 2);
                letters.swap(at, at + 1);
                letters[at] = 'x';
                return letters.into_iter().collect();
            }
        }
    }

    /// A question put together from pieces.
    fn mixed(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(40) {
            text.push_str(SIGNS[self.below(SIGNS.len())]);
            let word = if self.below(3) == 0 {
                self.slip()
            } else {
                self.word().to_owned()
            };
            let letters = 1 + self.below(word.chars().count());
            let begun = self.below(2) == 0;
            text.extend(word.chars().take(if begun { letters } else { 99 }));
            text.push_str(["", " ", " ", " ", "-", ","][self.below(6)]);
        }
        text
    }
}

/// The costliest questions of each sort.
fn sorts(words: &mut Words, questions: usize) -> Vec<(&'static str, Vec<String>)> {
    let many = |one: &mut dyn FnMut(usize) -> String, between: &str| {
        (0..200).map(one).collect::<Vec<_>>().join(between)
    };
    let top: Vec<String> = words.all[..200].to_vec();
    let frequent = |at: usize| top[at % top.len()].clone();
    let quoted = |text: &str| format!("\"{text}\"");
    let letters = "abcdefghijklmnopqrstuvwxyz";
    vec![
        ("one letter", letters.chars().map(String::from).collect()),
        (
            "two letters",
            letters
                .chars()
                .flat_map(|a| letters.chars().map(move |b| format!("{a}{b}")))
                .collect(),
        ),
        (
            "many letters",
            vec![
                many(&mut |at| letters[at % 26..=at % 26].to_owned(), " "),
                many(&mut |at| letters[at % 26..=at % 26].to_owned(), "-"),
                many(&mut |at| letters[at % 26..=at % 26].to_owned(), "- und "),
                "a".repeat(256),
            ],
        ),
        (
            "frequent words",
            vec![
                many(&mut |at| frequent(at), " "),
                many(&mut |at| frequent(at + 8), " "),
                many(&mut |at| frequent(at + 8), "-"),
                many(&mut |at| frequent(at + 8), ""),
                many(&mut |at| format!("-{}", frequent(at)), " "),
                many(&mut |at| format!("titel:{}", frequent(at)), " "),
            ],
        ),
        (
            "phrases",
            vec![
                quoted(&many(&mut |at| frequent(at % 8), " ")),
                quoted(&many(&mut |at| frequent(at % 2), " ")),
                quoted(&many(&mut |at| frequent(at + 8), " ")),
                many(
                    &mut |at| quoted(&format!("{} {}", frequent(at % 8), frequent(at % 7))),
                    " ",
                ),
                many(
                    &mut |at| format!("-\"{} {}\"", frequent(at % 8), frequent(at % 7)),
                    " ",
                ),
                many(
                    &mut |at| format!("titel:\"{} {}\"", frequent(at % 8), frequent(at % 7)),
                    " ",
                ),
            ],
        ),
        (
            "slips",
            (0..20)
                .map(|_| many(&mut |_| words.slip(), " "))
                .collect::<Vec<_>>(),
        ),
        (
            "slips in one",
            (0..20)
                .map(|_| format!("{}{}{}", words.slip(), words.slip(), words.slip()))
                .collect(),
        ),
        ("mixed", (0..questions).map(|_| words.mixed()).collect()),
    ]
}

struct Known(HashMap<PageId, Vec<Section>>);

impl Texts for Known {
    fn of(&self, pages: &[PageId]) -> Vec<Vec<Section>> {
        let text = |page| self.0.get(page).cloned().unwrap_or_default();
        pages.iter().map(text).collect()
    }
}

/// An index with so many pages, each as long as a real one.
fn filled(index: &SearchIndex, pages: usize, words: &mut Words) -> Known {
    let mut known = HashMap::new();
    for number in 1..=pages as u128 {
        let space = SpaceId::parse(["berlin", "mitte", "pankow"][words.below(3)]).unwrap();
        let title = words.text(4);
        let kind = KindId::parse("page").unwrap();
        let mut page = plain(number, &title, kind, space);
        page.sections = (0..4)
            .map(|_| Section {
                heading: Some(words.text(2)),
                text: words.text(100),
                ..Section::default()
            })
            .collect();
        index.put(&page).unwrap();
        known.insert(page.id, page.sections);
    }
    index.finish().unwrap();
    Known(known)
}

/// What one sort of questions took.
#[derive(Default)]
struct Took {
    answers: usize,
    cut: usize,
    slowest: Duration,
    question: String,
}

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse().unwrap());
    let pages = numbers.next().unwrap_or(10_000);
    let questions = numbers.next().unwrap_or(1_000);
    let mut words = Words::new(0x5EED);
    let folder = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(folder.path(), SearchConfig::default());
    let index = index.unwrap().index;
    let texts = filled(&index, pages, &mut words);
    let reader = Reader {
        person: PersonId::from_u128(1),
        member_of: Vec::new(),
        network: SpaceId::parse("berlin").unwrap(),
    };
    let mut took: BTreeMap<&str, Took> = BTreeMap::new();
    for (sort, questions) in sorts(&mut words, questions) {
        for (number, text) in questions.into_iter().enumerate() {
            let query = Query {
                typing: number % 4 != 3,
                literal: number % 7 == 6,
                order: [Order::Closeness, Order::Changed][usize::from(number % 5 == 4)],
                limit: [20, 100][number % 2],
                text,
                ..Query::default()
            };
            let begun = Instant::now();
            let budget = Budget::until(move || begun.elapsed() >= GIVEN);
            let asking = Asking {
                reader: &reader,
                texts: &texts,
                budget: &budget,
            };
            let found = index.search(&query, asking).unwrap();
            let lasted = begun.elapsed();
            let one = took.entry(sort).or_default();
            one.answers += 1;
            one.cut += usize::from(found.out_of_time);
            if lasted > one.slowest {
                (one.slowest, one.question) = (lasted, query.text);
            }
        }
    }
    println!("{pages} pages");
    let mut slowest = Duration::ZERO;
    for (sort, one) in took {
        let question: String = one.question.chars().take(60).collect();
        let (answers, cut, ms) = (one.answers, one.cut, one.slowest.as_secs_f64() * 1e3);
        println!("{sort}: {answers} answers, {cut} cut short, slowest {ms:.1} ms: {question}");
        slowest = slowest.max(one.slowest);
    }
    if slowest > LONGEST {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
