//! Pages and queries made from a seed: words as frequent as in real texts, lengths as in real pages.

use denkraum_domain::{KindId, SpaceId};
use denkraum_search::{IndexedPage, Query, Section};

use crate::collection::plain;

/// Sorts of queries and how to make one.
pub const SORTS: &[(&str, fn(&mut Generator) -> Query)] = &[
    ("plain", Generator::words),
    ("faceted", Generator::faceted),
    ("prefix", Generator::begun),
    ("phrase", Generator::phrase),
];

const SPACES: &[&str] = &[
    "berlin",
    "mitte",
    "pankow",
    "spandau",
    "neukoelln",
    "lichtenberg",
];
const KINDS: &[&str] = &[
    "page",
    "approach",
    "practice_case",
    "workshop",
    "offer",
    "inquiry",
];
const SMALL: &[&str] = &[
    "und", "die", "der", "in", "mit", "für", "von", "nicht", "eine", "im",
];

pub struct Generator {
    state: u64,
    words: Vec<String>,
}

impl Generator {
    pub fn new(seed: u64) -> Self {
        let counts = include_str!("../../../../data/search/constituents.tsv");
        let mut generator = Self {
            state: seed.max(1),
            words: Vec::new(),
        };
        let parts: Vec<&str> = counts
            .lines()
            .filter_map(|line| line.split('\t').next())
            .collect();
        // Simple words and compounds of two, in an order that has nothing to do with the alphabet.
        for _ in 0..60_000 {
            let first = parts[generator.below(parts.len())];
            let second = parts[generator.below(parts.len())];
            let word = if generator.below(3) == 0 {
                format!("{first}{second}")
            } else {
                first.to_owned()
            };
            let mut letters = word.chars();
            let upper = letters.next().unwrap().to_uppercase();
            generator.words.push(upper.chain(letters).collect());
        }
        generator
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    /// A word, the more frequent the lower its rank, which is at least `from`.
    fn word(&mut self, from: usize) -> &str {
        let share = self.below(1_000_000) as f64 / 1e6;
        let most = (self.words.len() - from) as f64;
        // The logarithm of the rank is spread evenly, as Zipf found.
        let rank = from + most.powf(share) as usize - 1;
        let rank = rank.min(self.words.len() - 1);
        &self.words[rank]
    }

    fn text(&mut self, words: usize) -> String {
        let mut text = String::new();
        for at in 0..words {
            let small = self.below(5) < 2;
            let word = if small {
                SMALL[self.below(SMALL.len())]
            } else {
                self.word(0)
            };
            text.push_str(word);
            text.push_str(if at % 13 == 12 { ". " } else { " " });
        }
        text
    }

    pub fn page(&mut self, number: u128) -> IndexedPage {
        let space = SpaceId::parse(SPACES[self.below(SPACES.len())]).unwrap();
        let kind = KindId::parse(KINDS[self.below(KINDS.len())]).unwrap();
        let title = (0..4)
            .map(|_| self.word(20).to_owned())
            .collect::<Vec<_>>()
            .join(" ");
        let sections = (0..=self.below(5)).map(|_| Section {
            heading: Some(self.word(20).to_owned()),
            text: {
                let words = 30 + self.below(120);
                self.text(words)
            },
            ..Section::default()
        });
        let sections = sections.collect();
        let field = format!("field{}", self.below(12));
        IndexedPage {
            sections,
            facets: vec![("field".to_owned(), field)],
            ..plain(number, &title, kind, space)
        }
    }

    /// How much text a page has.
    pub fn bytes(page: &IndexedPage) -> u64 {
        let section = |section: &Section| {
            let heading = section.heading.as_deref().unwrap_or_default();
            heading.len() + section.text.len()
        };
        (page.title.len() + page.sections.iter().map(section).sum::<usize>()) as u64
    }

    fn words(&mut self) -> Query {
        let text = (0..=self.below(3))
            .map(|_| self.word(20).to_owned())
            .collect::<Vec<_>>();
        Query {
            text: text.join(" "),
            limit: 20,
            ..Query::default()
        }
    }

    fn faceted(&mut self) -> Query {
        let spaces = vec![SpaceId::parse(SPACES[self.below(SPACES.len())]).unwrap()];
        let kinds = vec![KindId::parse(KINDS[self.below(KINDS.len())]).unwrap()];
        Query {
            spaces,
            kinds,
            ..self.words()
        }
    }

    fn begun(&mut self) -> Query {
        let mut query = self.words();
        let letters = query.text.chars().count();
        query.text = query
            .text
            .chars()
            .take(letters.saturating_sub(3).max(2))
            .collect();
        Query {
            typing: true,
            ..query
        }
    }

    /// A question as it grows while it is typed, from its second letter on.
    pub fn typed(&mut self) -> Vec<Query> {
        let whole = self.words();
        let ends = whole.text.char_indices().map(|(at, _)| at).skip(2);
        let ends: Vec<usize> = ends.chain([whole.text.len()]).collect();
        let begun = |end| Query {
            text: whole.text[..end].to_owned(),
            typing: true,
            ..whole.clone()
        };
        ends.into_iter().map(begun).collect()
    }

    fn phrase(&mut self) -> Query {
        let text = format!(
            "\"{} {}\"",
            self.word(0).to_owned(),
            self.word(0).to_owned()
        );
        Query {
            text,
            limit: 20,
            ..Query::default()
        }
    }
}
