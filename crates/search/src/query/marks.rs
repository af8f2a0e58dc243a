//! What a query matches, to be marked in a passage.

use super::closed_class::is_closed_class;
use crate::analysis::{Form, may_part};
use crate::short_hash::{ShortMap, hash};

/// There are so many tells, in words of bits: enough that few terms share one with a term that is
/// looked for, and few enough for the processor's nearest memory.
const TELL_WORDS: usize = 512;
const LAST_TELL: u64 = 64 * 512 - 1;

/// What stands for a term where most are none of those that are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tell(u16);

impl Default for Tell {
    fn default() -> Self {
        Self::NONE
    }
}

impl Tell {
    /// Stands for no term.
    pub(crate) const NONE: Self = Self(u16::MAX);

    /// Stands for terms that are not known: it may always be looked for.
    pub(crate) const ANY: Self = Self(u16::MAX - 1);

    pub(crate) fn of(term: &str) -> Self {
        Self(u16::try_from(hash(term) >> 20 & LAST_TELL).unwrap_or_default())
    }
}

/// The terms that a query matches, each with the number of the word it stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    x: ShortMap<usize>,
    s: ShortMap<usize>,
    d: ShortMap<usize>,
    words: usize,
    /// Stems of words of synonyms of several words, each with a number of its own.
    members: ShortMap<usize>,
    synonyms: Vec<LooseWords>,
    /// A bit for each [`Tell`] of its terms.
    tells: Tells,
    /// A verb with a particle is among them: it may stand in two places of a text.
    has_parting: bool,
}

/// Several words that are marked only where they stand together.
#[derive(Clone, Debug)]
pub(crate) struct LooseWords {
    /// The number of the word that they stand for.
    pub(crate) word: usize,
    /// The number of each, and its place behind the first one.
    pub(crate) members: Vec<(usize, usize)>,
    /// So many other words may stand between them.
    pub(crate) slop: usize,
}

/// A set of tells.
#[derive(Clone, Debug)]
struct Tells(Box<[u64; TELL_WORDS]>);

impl Default for Tells {
    fn default() -> Self {
        Self(Box::new([0; TELL_WORDS]))
    }
}

impl Tells {
    fn add(&mut self, term: &str) {
        let Tell(tell) = Tell::of(term);
        if let Some(word) = self.0.get_mut(usize::from(tell / 64)) {
            *word |= 1 << (tell % 64);
        }
    }

    fn has(&self, Tell(tell): Tell) -> bool {
        let word = self.0.get(usize::from(tell / 64));
        word.is_some_and(|word| word >> (tell % 64) & 1 == 1)
    }
}

impl Marks {
    /// Whether a term may be one of those that are marked; if not, it is none.
    pub(crate) fn may_have(&self, tell: Tell) -> bool {
        tell == Tell::ANY || self.tells.has(tell)
    }

    /// The number of the asked word that a word of the text stands for. A small word stands for nothing
    /// but itself: "wird" is no hit for "werdende Mütter".
    pub(crate) fn find(&self, form: &Form) -> Option<usize> {
        let stem = || {
            let found = form.terms().find_map(|term| self.s.get(term));
            found.filter(|_| !is_closed_class(&form.x))
        };
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

    /// The number of a word of the text among those of synonyms of several words.
    pub(crate) fn find_member(&self, form: &Form) -> Option<usize> {
        if self.synonyms.is_empty() || is_closed_class(&form.x) {
            return None;
        }
        let found = form.terms().find_map(|term| self.members.get(term));
        found.copied()
    }

    /// The synonyms of several words.
    pub(crate) fn synonyms(&self) -> &[LooseWords] {
        &self.synonyms
    }

    pub(crate) fn has_parting(&self) -> bool {
        self.has_parting
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.x.is_empty() && self.s.is_empty() && self.d.is_empty() && self.synonyms.is_empty()
    }

    /// Marks the exact word, and with `stems` its other forms.
    pub(crate) fn add(&mut self, form: &Form, stems: bool) {
        if !form.x.is_empty() {
            self.tells.add(&form.x);
            self.x.entry(form.x.clone()).or_insert(self.words);
        }
        if stems {
            self.has_parting |= form.terms().any(may_part);
            for term in form.terms() {
                self.tells.add(term);
                self.s.entry(term.to_owned()).or_insert(self.words);
            }
        }
    }

    /// Marks words in any inflection where they stand together, each with its place behind the first one.
    pub(crate) fn add_together(&mut self, parts: &[(usize, &Form)], slop: usize) {
        let mut members = Vec::with_capacity(parts.len());
        for (offset, form) in parts {
            self.tells.add(&form.s);
            let next = self.members.len();
            let number = *self.members.entry(form.s.clone()).or_insert(next);
            members.push((number, *offset));
        }
        self.synonyms.push(LooseWords {
            word: self.words,
            members,
            slop,
        });
    }

    /// Marks compounds with this part.
    pub(crate) fn add_part(&mut self, part: &str) {
        self.tells.add(part);
        self.d.entry(part.to_owned()).or_insert(self.words);
    }

    /// What is added from now on stands for the next word.
    pub(crate) fn next_word(&mut self) {
        self.words = self.words.saturating_add(1);
    }
}
