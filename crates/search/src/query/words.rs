//! The query for one word: the best of its meanings in the best of its places.

use tantivy::TantivyError;
use tantivy::query::{BooleanQuery, Query};

use super::lexicon::Lexicon;
use super::marks::Marks;
use super::parse::AskedWord;
use super::terms::{Reach, Terms, all, best, boost, loose_phrase};
use crate::analysis::{Form, Forms};
use crate::vocabulary::{Entry, Vocabulary};
use crate::weights::Weights;

/// A begun word stands for at most so many words.
const MAX_BEGINNINGS: usize = 10;
/// A mistyped word stands for at most so many words.
const MAX_REPAIRS: usize = 3;
/// So many other words may stand within a synonym of several words.
const SYNONYM_SLOP: u32 = 2;

/// Whether a compound is also found by one of its parts alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breadth {
    AnyPart,
    Whole,
}

/// A word that nothing was found for, and words that may have been meant, as they are indexed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Repair {
    /// The word as it was typed, folded.
    pub(crate) typed: String,
    pub(crate) meant: Vec<String>,
}

/// Builds the queries of words, noting what is to be marked and what was repaired.
pub(super) struct WordQueries<'a> {
    pub(super) lexicon: &'a Lexicon<'a>,
    pub(super) forms: &'a mut Forms,
    pub(super) weights: &'a Weights,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) reach: Reach,
    pub(super) marks: Marks,
    pub(super) repairs: Vec<Repair>,
}

/// Words that one typed word can mean, each with its worth.
type Meanings = Vec<(Form, f32)>;

impl WordQueries<'_> {
    /// The best of the joined word, its parts and `synonyms`; repaired if none of it is there.
    pub(super) fn word(
        &mut self,
        word: &AskedWord,
        synonyms: &[&Entry],
        breadth: Breadth,
    ) -> Result<Box<dyn Query>, TantivyError> {
        let mut either: Vec<Box<dyn Query>> = Vec::new();
        if let Some(whole) = word.whole() {
            let meanings = self.meanings(whole, word.begun)?;
            either.extend(self.in_places(&meanings));
        }
        if word.joined.is_some()
            && let Some((last, first)) = word.parts.split_last()
            && !first.is_empty()
        {
            let mut parts = Vec::new();
            for part in first {
                let meanings = self.in_places(&vec![(part.clone(), 1.0)]);
                parts.push(best(meanings, self.weights.tie));
            }
            let meanings = self.meanings(last, word.begun)?;
            let meanings = self.in_places(&meanings);
            parts.push(best(meanings, self.weights.tie));
            either.push(boost(all(parts), self.weights.hyphened));
        }
        let tie = self.weights.tie;
        let Some(whole) = word.whole().filter(|_| self.reach == Reach::Inflection) else {
            return Ok(best(either, tie));
        };
        let parts = self.parts(whole);
        either.extend(self.run(whole, parts.len()));
        either.push(self.all_parts(&parts));
        for synonym in synonyms {
            let query = self.entry(synonym);
            either.push(boost(query, self.weights.synonym));
        }
        let found = best(either, tie);
        if self.lexicon.is_there(found.as_ref())? {
            return Ok(self.with_any_part(found, parts, breadth));
        }
        let repaired = self.repaired(whole, word.begun)?;
        if repaired.is_empty() {
            return Ok(self.with_any_part(found, parts, breadth));
        }
        Ok(best(repaired, tie))
    }

    /// What an entry of the vocabulary matches.
    pub(super) fn entry(&mut self, entry: &Entry) -> Box<dyn Query> {
        let [single] = entry.words.as_slice() else {
            for word in &entry.words {
                if let Some(form) = word.whole() {
                    self.marks.add(form, true);
                }
            }
            return loose_phrase(&self.lexicon.places, &entry.words, SYNONYM_SLOP);
        };
        let Some(form) = single.whole() else {
            return best(Vec::new(), 0.0);
        };
        if entry.exact {
            self.marks.add(form, false);
            let mut terms = Terms::default();
            for weighted in &self.lexicon.places {
                let [x_worth, ..] = weighted.worth;
                terms.add(weighted.place.x, &form.x, x_worth);
            }
            return best(terms.into_queries(), self.weights.tie);
        }
        let mut either = self.in_places(&vec![(form.clone(), 1.0)]);
        let parts = self.parts(form);
        either.extend(self.run(form, parts.len()));
        either.push(self.all_parts(&parts));
        best(either, self.weights.tie)
    }

    /// Several meanings in all places.
    pub(super) fn in_places(&mut self, meanings: &Meanings) -> Vec<Box<dyn Query>> {
        let stems = self.reach == Reach::Inflection;
        let mut terms = Terms::default();
        for (form, worth) in meanings {
            self.marks.add(form, stems);
            for weighted in &self.lexicon.places {
                let [x_worth, s_worth, _] = weighted.worth;
                terms.add(weighted.place.x, &form.x, x_worth * worth);
                if stems {
                    terms.add(weighted.place.s, &form.s, s_worth * worth);
                    let root = form.v.as_deref().unwrap_or_default();
                    terms.add(weighted.place.s, root, s_worth * worth * self.weights.root);
                }
            }
        }
        terms.into_queries()
    }

    fn meanings(&mut self, form: &Form, begun: bool) -> Result<Meanings, TantivyError> {
        let mut out = vec![(form.clone(), 1.0)];
        if begun {
            let found = self.lexicon.beginnings(&form.x, MAX_BEGINNINGS)?;
            let worth = self.weights.beginning;
            out.extend(found.iter().map(|found| (self.forms.of(found), worth)));
        }
        Ok(out)
    }

    /// A query for each part of a compound (or the one stem of another word).
    fn parts(&mut self, form: &Form) -> Vec<Box<dyn Query>> {
        let parts = self.forms.parts(form);
        let is_compound = parts.len() > 1;
        let mut out = Vec::new();
        for part in parts {
            let mut terms = Terms::default();
            for weighted in &self.lexicon.places {
                let [_, _, d_worth] = weighted.worth;
                for term in &part {
                    terms.add(weighted.place.d, term, d_worth);
                }
                let stem = part.first().filter(|_| is_compound);
                for synonym in stem
                    .into_iter()
                    .flat_map(|stem| self.vocabulary.of_part(stem))
                {
                    let worth = d_worth * self.weights.synonym;
                    terms.add(weighted.place.d, &synonym.s, worth);
                }
            }
            for term in &part {
                self.marks.add_part(term);
            }
            out.push(best(terms.into_queries(), self.weights.tie));
        }
        out
    }

    /// A compound as a part of longer ones.
    fn run(&mut self, form: &Form, parts: usize) -> Option<Box<dyn Query>> {
        if parts < 2 {
            return None;
        }
        self.marks.add_part(&form.s);
        let mut terms = Terms::default();
        for weighted in &self.lexicon.places {
            let [_, _, d_worth] = weighted.worth;
            terms.add(weighted.place.d, &form.s, d_worth);
        }
        Some(best(terms.into_queries(), self.weights.tie))
    }

    fn all_parts(&self, parts: &[Box<dyn Query>]) -> Box<dyn Query> {
        let worth = if parts.len() > 1 {
            self.weights.all_parts
        } else {
            1.0
        };
        boost(all(copies(parts)), worth)
    }

    fn with_any_part(
        &self,
        found: Box<dyn Query>,
        parts: Vec<Box<dyn Query>>,
        breadth: Breadth,
    ) -> Box<dyn Query> {
        if breadth == Breadth::Whole || parts.len() < 2 || self.weights.any_part <= 0.0 {
            return found;
        }
        let any = boost(BooleanQuery::union(parts), self.weights.any_part);
        best(vec![found, any], self.weights.tie)
    }

    /// What a word that is nowhere may have meant: a word that is there, two words written in one,
    /// a compound with a slip in one of its parts.
    fn repaired(&mut self, typed: &Form, begun: bool) -> Result<Vec<Box<dyn Query>>, TantivyError> {
        let worth = self.weights.repair;
        let mut either: Vec<Box<dyn Query>> = Vec::new();
        let meant = self.lexicon.repairs(&typed.x, begun, MAX_REPAIRS)?;
        let meanings: Meanings = meant
            .iter()
            .map(|word| (self.forms.of(word), worth))
            .collect();
        either.extend(self.in_places(&meanings));
        for (form, _) in &meanings {
            let parts = self.parts(form);
            either.push(boost(all(parts), self.weights.all_parts * worth));
        }
        let mut meant = meant;
        if either.is_empty() && !begun {
            if let Some((left, right)) = self.lexicon.two_words(&typed.x)? {
                let halves = [left.as_str(), right.as_str()].map(|half| {
                    let form = self.forms.of(half);
                    best(self.in_places(&vec![(form, 1.0)]), self.weights.tie)
                });
                either.push(boost(all(halves.into()), worth));
                meant.push(format!("{left} {right}"));
            }
        }
        if either.is_empty() {
            for (left, right) in self.lexicon.mistyped_compounds(&typed.x, self.forms)? {
                let mut terms = Vec::new();
                for part in [&left, &right] {
                    let mut in_places = Terms::default();
                    for weighted in &self.lexicon.places {
                        let [_, _, d_worth] = weighted.worth;
                        in_places.add(weighted.place.d, part, d_worth);
                    }
                    self.marks.add_part(part);
                    terms.push(best(in_places.into_queries(), self.weights.tie));
                }
                either.push(boost(all(terms), self.weights.all_parts * worth));
            }
        }
        if !meant.is_empty() {
            self.repairs.push(Repair {
                typed: typed.x.clone(),
                meant,
            });
        }
        Ok(either)
    }
}

pub(super) fn copies(queries: &[Box<dyn Query>]) -> Vec<Box<dyn Query>> {
    queries.iter().map(|query| query.box_clone()).collect()
}
