//! From a text to the terms of the three fields of a place, in one pass.

use std::collections::HashMap;

use super::term_list::TermList;
use super::{Form, Forms, Word, words};

/// So many words are remembered.
const MAX_KNOWN: usize = 50_000;

/// A text as the three fields of a place take it.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// Exact forms.
    pub(crate) x: TermList,
    /// Stems and roots of verbs.
    pub(crate) s: TermList,
    /// Parts of compounds.
    pub(crate) d: TermList,
}

/// Analyses texts. It remembers words, because texts repeat them and splitting is slow.
pub(crate) struct Analyzer {
    forms: Forms,
    known: HashMap<String, (Form, Vec<String>)>,
}

impl Analyzer {
    pub(crate) fn new() -> Self {
        Self {
            forms: Forms::new(),
            known: HashMap::new(),
        }
    }

    /// The terms of `text`. The parts of a word with hyphens take one position each; its joined form,
    /// roots and the parts of a compound stand at the position of the word.
    pub(crate) fn terms(&mut self, text: &str) -> Terms {
        let mut terms = Terms::default();
        let mut position = 0_usize;
        for word in words(text) {
            let Word {
                parts,
                mut joined,
                mut verb,
            } = word;
            for part in parts {
                self.add(&mut terms, &part.text, position);
                if let Some(whole) = joined.take() {
                    self.add(&mut terms, &whole.text, position);
                }
                if let Some(root) = verb.take() {
                    terms.s.push(&root, position);
                    terms.d.push(&root, position);
                }
                position = position.saturating_add(1);
            }
        }
        terms
    }

    fn add(&mut self, terms: &mut Terms, word: &str, position: usize) {
        if self.known.len() >= MAX_KNOWN {
            self.known.clear();
        }
        if !self.known.contains_key(word) {
            let form = self.forms.of(word);
            let parts = self.forms.text_parts(word, &form);
            self.known.insert(word.to_owned(), (form, parts));
        }
        let Some((form, parts)) = self.known.get(word) else {
            return;
        };
        terms.x.push(&form.x, position);
        for term in form.terms() {
            terms.s.push(term, position);
        }
        for part in parts {
            terms.d.push(part, position);
        }
    }
}

#[cfg(test)]
mod tests;
