//! From a text to the terms of the three fields of a place, in one pass.

use std::sync::Arc;

use super::term_list::TermList;
use super::{Forms, Known, Word, WordCache, words};
use crate::short_hash::ShortMap;

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

/// So many words are remembered by each.
const MAX_KNOWN: usize = 40_000;

/// Analyses texts.
pub(crate) struct Analyzer {
    forms: Forms,
    cache: Arc<WordCache>,
    /// Words that it met itself, which nobody else has to be kept from.
    own: ShortMap<Arc<Known>>,
    /// Those of the last text; the next ones take their room.
    terms: Terms,
}

impl Analyzer {
    pub(crate) fn new(cache: Arc<WordCache>) -> Self {
        Self {
            forms: Forms::new(),
            cache,
            own: ShortMap::default(),
            terms: Terms::default(),
        }
    }

    /// The terms of `text`. The parts of a word with hyphens take one position each; its joined form,
    /// roots and the parts of a compound stand at the position of the word.
    pub(crate) fn terms(&mut self, text: &str) -> &Terms {
        let mut terms = std::mem::take(&mut self.terms);
        for list in [&mut terms.x, &mut terms.s, &mut terms.d] {
            list.clear();
        }
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
        self.terms = terms;
        &self.terms
    }

    fn add(&mut self, terms: &mut Terms, word: &str, position: usize) {
        if !self.own.contains_key(word) {
            if self.own.len() >= MAX_KNOWN {
                self.own.clear();
            }
            let known = self.cache.get(word, &mut self.forms);
            self.own.insert(word.to_owned(), known);
        }
        let Some(Known { form, parts }) = self.own.get(word).map(Arc::as_ref) else {
            return;
        };
        terms.x.push(&form.x, position);
        if let Some(masculine) = &form.m {
            terms.x.push(masculine, position);
        }
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
