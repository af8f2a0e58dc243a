//! What a query matches, to be marked in a passage.

use crate::analysis::Form;
use crate::short_hash::ShortMap;

/// The terms that a query matches, each with the number of the word it stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    x: ShortMap<usize>,
    s: ShortMap<usize>,
    d: ShortMap<usize>,
    words: usize,
    /// Roots of verbs are among them: a verb may stand in two places of a text.
    has_roots: bool,
}

impl Marks {
    /// The number of the asked word that a word of the text stands for.
    pub(crate) fn find(&self, form: &Form) -> Option<usize> {
        let stem = || form.terms().find_map(|term| self.s.get(term));
        self.x.get(&form.x).or_else(stem).copied()
    }

    /// The same for the root of a verb.
    pub(crate) fn find_root(&self, root: &str) -> Option<usize> {
        self.s.get(root).copied()
    }

    /// The same for the parts of a compound in the text.
    pub(crate) fn find_part(&self, parts: &[String]) -> Option<usize> {
        parts.iter().find_map(|part| self.d.get(part)).copied()
    }

    pub(crate) fn has_roots(&self) -> bool {
        self.has_roots
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.x.is_empty() && self.s.is_empty() && self.d.is_empty()
    }

    /// Marks the exact word, and with `stems` its other forms.
    pub(crate) fn add(&mut self, form: &Form, stems: bool) {
        if !form.x.is_empty() {
            self.x.entry(form.x.clone()).or_insert(self.words);
        }
        if stems {
            self.has_roots |= form.v.is_some() || form.x.is_empty();
            for term in form.terms() {
                self.s.entry(term.to_owned()).or_insert(self.words);
            }
        }
    }

    /// Marks compounds with this part.
    pub(crate) fn add_part(&mut self, part: &str) {
        self.d.entry(part.to_owned()).or_insert(self.words);
    }

    /// What is added from now on stands for the next word.
    pub(crate) fn next_word(&mut self) {
        self.words = self.words.saturating_add(1);
    }
}
