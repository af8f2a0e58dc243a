//! Synonyms and abbreviations: data that people edit, replaceable while the index is in use.
//!
//! The format stands in `data/search/README.md`: one group a line, `Kita = Kindertagesstätte`, where
//! each finds the others; with `=>` what stands before finds what stands behind, not the reverse.

use std::collections::HashMap;

use thiserror::Error;

use crate::analysis::{Form, Forms};
use crate::query::{Asked, AskedWord};

/// The most words of an entry.
const MAX_WORDS: usize = 6;
/// The most entries of a line.
const MAX_ENTRIES: usize = 24;

/// Synonyms and abbreviations.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    entries: Vec<Entry>,
    /// For each entry what it finds, as places in `entries`.
    finds: Vec<Vec<usize>>,
    /// From the form of the first word to the entries that begin with it.
    by_first: HashMap<String, Vec<usize>>,
}

/// Why a line is left out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LineError {
    /// Fewer than two sides.
    #[error("line {line}: a group needs at least two words, with = or => between them")]
    Single {
        /// Number of the line, from 1.
        line: usize,
    },
    /// An entry without letters or with too many words, or too many entries.
    #[error("line {line}: \"{entry}\" has no letters or too many words")]
    Entry {
        /// Number of the line, from 1.
        line: usize,
        /// What was written.
        entry: String,
    },
}

impl LineError {
    /// The number of the line, from 1.
    pub fn line(&self) -> usize {
        match self {
            Self::Single { line } | Self::Entry { line, .. } => *line,
        }
    }
}

/// A word or a few words with a meaning.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) words: Vec<AskedWord>,
    /// An abbreviation: only its letters as they are, no stem.
    pub(crate) exact: bool,
}

/// Where an entry stands among the words of a query, and what it finds.
pub(crate) struct Synonyms<'a> {
    /// The first word.
    pub(crate) from: usize,
    /// How many words.
    pub(crate) len: usize,
    pub(crate) finds: Vec<&'a Entry>,
}

impl Vocabulary {
    /// The text of the list that the program carries, `data/search/synonyms.txt`.
    pub const SHIPPED: &'static str = include_str!("../../../data/search/synonyms.txt");

    /// The list that the program carries.
    pub fn shipped() -> Self {
        Self::parse(Self::SHIPPED).0
    }

    /// Reads a list. Lines that cannot be read are left out and named.
    pub fn parse(text: &str) -> (Self, Vec<LineError>) {
        let mut vocabulary = Self::default();
        let mut errors = Vec::new();
        let mut forms = Forms::new();
        for (number, raw) in (1_usize..).zip(text.lines()) {
            let line = raw.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            if let Err(error) = vocabulary.read_line(line, number, &mut forms) {
                errors.push(error);
            }
        }
        (vocabulary, errors)
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn read_line(&mut self, line: &str, number: usize, forms: &mut Forms) -> Result<(), LineError> {
        let (given, found) = match line.split_once("=>") {
            Some((given, found)) => (given, Some(found)),
            None => (line, None),
        };
        let mut side = |text: &str| -> Result<Vec<Entry>, LineError> {
            let raw: Vec<&str> = text.split('=').map(str::trim).collect();
            let read = |entry: &&str| {
                Entry::read(entry, forms)
                    .filter(|_| raw.len() <= MAX_ENTRIES)
                    .ok_or_else(|| LineError::Entry {
                        line: number,
                        entry: (*entry).to_owned(),
                    })
            };
            raw.iter().map(read).collect()
        };
        let given = side(given)?;
        let found = found.map(side).transpose()?;
        if found.is_none() && given.len() < 2 {
            return Err(LineError::Single { line: number });
        }
        let given: Vec<usize> = given.into_iter().map(|entry| self.add(entry)).collect();
        let found: Vec<usize> = found
            .into_iter()
            .flatten()
            .map(|entry| self.add(entry))
            .collect();
        for from in &given {
            let targets = given.iter().filter(|to| found.is_empty() && *to != from);
            let targets: Vec<usize> = targets.chain(&found).copied().collect();
            if let Some(finds) = self.finds.get_mut(*from) {
                finds.extend(targets);
            }
        }
        Ok(())
    }

    fn add(&mut self, entry: Entry) -> usize {
        let number = self.entries.len();
        if let Some(first) = entry.words.first().and_then(AskedWord::whole) {
            let key = if entry.exact { &first.x } else { &first.s };
            self.by_first.entry(key.clone()).or_default().push(number);
        }
        self.entries.push(entry);
        self.finds.push(Vec::new());
        number
    }

    /// The entries among the words of a query, longest first; a word may stand in several.
    pub(crate) fn among<'a>(&'a self, words: &[AskedWord]) -> Vec<Synonyms<'a>> {
        let mut out: Vec<Synonyms<'a>> = Vec::new();
        for from in 0..words.len() {
            let rest = words.get(from..).unwrap_or_default();
            let Some(first) = rest.first().and_then(AskedWord::whole) else {
                continue;
            };
            let keys = if first.x == first.s {
                vec![&first.x]
            } else {
                vec![&first.x, &first.s]
            };
            let numbers = keys
                .into_iter()
                .filter_map(|key| self.by_first.get(key))
                .flatten();
            for number in numbers {
                let (Some(entry), Some(finds)) =
                    (self.entries.get(*number), self.finds.get(*number))
                else {
                    continue;
                };
                if !finds.is_empty() && entry.begins(rest) {
                    out.push(Synonyms {
                        from,
                        len: entry.words.len(),
                        finds: finds
                            .iter()
                            .filter_map(|to| self.entries.get(*to))
                            .collect(),
                    });
                }
            }
        }
        out.sort_by_key(|found| std::cmp::Reverse(found.len));
        out
    }

    /// The stems of single words that a part of a compound may be said with.
    pub(crate) fn of_part<'a>(&'a self, stem: &str) -> impl Iterator<Item = &'a Form> + use<'a> {
        let numbers = self.by_first.get(stem).into_iter().flatten().copied();
        numbers
            .filter(|number| {
                let entry = self.entries.get(*number);
                entry.is_some_and(|entry| entry.words.len() == 1 && !entry.exact)
            })
            .filter_map(|number| self.finds.get(number))
            .flatten()
            .filter_map(|to| self.entries.get(*to))
            .filter(|entry| !entry.exact)
            .filter_map(|entry| match entry.words.as_slice() {
                [single] => single.whole(),
                _ => None,
            })
    }
}

impl Entry {
    fn read(text: &str, forms: &mut Forms) -> Option<Self> {
        let words = Asked::parse(text, false, forms).words;
        let fits = (1..=MAX_WORDS).contains(&words.len());
        let short = text.chars().count() <= 8 && !text.contains(' ');
        let exact = short && text.chars().filter(|c| c.is_uppercase()).count() >= 2;
        fits.then_some(Self { words, exact })
    }

    /// Whether `words` begin with it.
    fn begins(&self, words: &[AskedWord]) -> bool {
        self.words.len() <= words.len()
            && self.words.iter().zip(words).all(|(own, word)| {
                let (Some(own), Some(word)) = (own.whole(), word.whole()) else {
                    return false;
                };
                own.x == word.x || (!self.exact && own.s == word.s)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(list: &str, query: &str) -> Vec<String> {
        let (vocabulary, errors) = Vocabulary::parse(list);
        assert_eq!(errors, []);
        let asked = Asked::parse(query, false, &mut Forms::new());
        let mut out = Vec::new();
        for synonyms in vocabulary.among(&asked.words) {
            for entry in synonyms.finds {
                let words: Vec<&str> = entry
                    .words
                    .iter()
                    .filter_map(|word| word.whole())
                    .map(|form| form.x.as_str())
                    .collect();
                out.push(words.join(" "));
            }
        }
        out
    }

    #[test]
    fn each_of_a_group_finds_the_others_in_any_inflection() {
        let list = "Kita = Kindertagesstätte = Krippe";
        assert_eq!(found(list, "viele Kitas"), ["kindertagesstatte", "krippe"]);
        assert_eq!(found(list, "Krippen"), ["kita", "kindertagesstatte"]);
    }

    #[test]
    fn an_arrow_goes_one_way() {
        let list = "Geldsorgen => Schulden = Armut # Anmerkung";
        assert_eq!(found(list, "Geldsorgen"), ["schulden", "armut"]);
        assert!(found(list, "Schulden").is_empty());
    }

    #[test]
    fn several_words_are_one_meaning() {
        let list = "BuT = Bildung und Teilhabe";
        assert_eq!(found(list, "Leistungen für Bildung und Teilhabe"), ["but"]);
        assert_eq!(found(list, "but"), ["bildung teilhabe"]);
        assert!(found(list, "Bildung").is_empty());
    }

    #[test]
    fn lines_that_cannot_be_read_are_named() {
        let (vocabulary, errors) = Vocabulary::parse("# nur Text\n\nKita\n= \nKita = Hort\n");
        assert!(!vocabulary.is_empty());
        assert_eq!(errors.len(), 2);
        assert_eq!(errors[0], LineError::Single { line: 3 });
    }

    #[test]
    fn every_line_of_the_shipped_list_is_read() {
        let text = include_str!("../../../data/search/synonyms.txt");
        assert_eq!(Vocabulary::parse(text).1, []);
    }
}
