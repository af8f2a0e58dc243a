//! The plan for one word: the best of its meanings in the best of its places.

use tantivy::TantivyError;
use tantivy::schema::Field;

use super::lexicon::Lexicon;
use super::marks::Marks;
use super::parse::AskedWord;
use super::terms::{Reach, Terms, loose_phrase, parts_in_order};
use crate::analysis::{Form, Forms, is_verb};
use crate::schema::Place;
use crate::score::{Plan, idf};
use crate::vocabulary::{Entry, Vocabulary};
use crate::weights::Weights;

/// A begun word stands for at most so many words.
const MAX_BEGINNINGS: usize = 10;
/// A word stands for at most so many synonyms.
const MAX_SYNONYMS: usize = 16;
/// So many words of a query are repaired.
const MAX_REPAIRED: usize = 4;
/// A mistyped word stands for at most so many words.
const MAX_REPAIRS: usize = 3;
/// So many other words may stand within a synonym of several words.
const SYNONYM_SLOP: usize = 2;

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
    /// Words or stems; two with a space where both were written in one.
    pub(crate) meant: Vec<String>,
}

/// Builds the plans of words, noting what is to be marked and what was repaired.
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

type Found = Result<Vec<Plan>, TantivyError>;

impl WordQueries<'_> {
    /// The best of the joined word, its parts and `synonyms`; repaired if none of it is there and it is
    /// no verb.
    pub(super) fn word(
        &mut self,
        word: &AskedWord,
        synonyms: &[&Entry],
        breadth: Breadth,
    ) -> Result<Plan, TantivyError> {
        let tie = self.weights.tie;
        let mut either: Vec<Plan> = Vec::new();
        if let Some(whole) = word.whole() {
            let mut meanings = self.meanings(whole, word.begun)?;
            meanings.extend(
                word.verb
                    .as_ref()
                    .map(|verb| (verb.clone(), self.weights.root)),
            );
            either.extend(self.in_places(&meanings)?);
        }
        either.extend(self.hyphened(word)?);
        let Some(whole) = word.whole().filter(|_| self.reach == Reach::Inflection) else {
            return Ok(Plan::best(either, tie));
        };
        let parts = self.parts(whole)?;
        self.mark_parts(whole);
        either.extend(self.run(whole, parts.len())?);
        either.extend(self.all_parts(&parts));
        if word.begun {
            either.extend(self.begun_parts(whole)?);
        }
        for synonym in synonyms.iter().take(MAX_SYNONYMS) {
            let query = self.entry(synonym)?;
            either.push(query.times(self.weights.synonym));
        }
        let found = Plan::best(either, tie);
        let is_there =
            self.lexicon.occurs_in(&whole.s, |place| place.s)? || self.lexicon.is_there(&found)?;
        // A form of a verb is meant, though no page has one: "aufgesucht" is no slip of "ausgesucht".
        // Nouns are no better known than what they are near to: who asks for a "Patin" means "Paten", too.
        if !is_there && self.repairs.len() < MAX_REPAIRED && !is_verb(&whole.x) {
            let repaired = Plan::best(self.repaired(whole, word.begun)?, tie);
            if self.lexicon.is_there(&repaired)? {
                return Ok(repaired);
            }
        }
        Ok(self.with_any_part(found, parts, breadth))
    }

    /// The parts of a word with hyphens, all of them, wherever they stand.
    fn hyphened(&mut self, word: &AskedWord) -> Result<Option<Plan>, TantivyError> {
        let Some((last, first)) = word.parts.split_last() else {
            return Ok(None);
        };
        if word.joined.is_none() || first.is_empty() {
            return Ok(None);
        }
        let mut parts = Vec::new();
        for part in first {
            let meanings = self.in_places(&[(part.clone(), 1.0)])?;
            parts.push(Plan::best(meanings, self.weights.tie));
        }
        let meanings = self.meanings(last, word.begun)?;
        let meanings = self.in_places(&meanings)?;
        parts.push(Plan::best(meanings, self.weights.tie));
        Ok(Some(Plan::all(parts).times(self.weights.hyphened)))
    }

    /// What an entry of the vocabulary matches.
    pub(super) fn entry(&mut self, entry: &Entry) -> Result<Plan, TantivyError> {
        let [single] = entry.words.as_slice() else {
            let parts = parts_in_order(&entry.words);
            self.marks.add_together(&parts, SYNONYM_SLOP);
            let slop = u32::try_from(SYNONYM_SLOP).unwrap_or_default();
            return loose_phrase(self.lexicon, &parts, slop);
        };
        let Some(form) = single.whole() else {
            return Ok(Plan::best(Vec::new(), 0.0));
        };
        if entry.exact {
            self.marks.add(form, false);
            let mut terms = Terms::default();
            for weighted in &self.lexicon.places {
                let [x_worth, ..] = weighted.worth;
                terms.add(weighted.place.x, &form.x, x_worth);
            }
            return Ok(Plan::best(
                terms.into_plans(self.lexicon, self.weights)?,
                self.weights.tie,
            ));
        }
        let mut either = self.in_places(&[(form.clone(), 1.0)])?;
        let parts = self.parts(form)?;
        // One part of a synonym is no synonym: who asks for "SGB II" and is shown the Grundsicherung is
        // not shown every Grundschule.
        if parts.len() == 1 {
            self.mark_parts(form);
        }
        either.extend(self.run(form, parts.len())?);
        either.extend(self.all_parts(&parts));
        Ok(Plan::best(either, self.weights.tie))
    }

    /// Several meanings in all places.
    pub(super) fn in_places(&mut self, meanings: &[(Form, f32)]) -> Found {
        let stems = self.reach == Reach::Inflection;
        let mut terms = Terms::default();
        for (form, worth) in meanings {
            self.marks.add(form, stems);
            for weighted in &self.lexicon.places {
                let [x_worth, s_worth, _] = weighted.worth;
                terms.add(weighted.place.x, &form.x, x_worth * worth);
                if stems {
                    let masculine = form.m.as_deref().unwrap_or_default();
                    let root = form.v.as_deref().unwrap_or_default();
                    let s_worth = s_worth * worth;
                    terms.add(
                        weighted.place.x,
                        masculine,
                        x_worth * worth * self.weights.masculine,
                    );
                    terms.add(weighted.place.s, &form.s, s_worth);
                    terms.add(weighted.place.s, root, s_worth * self.weights.root);
                }
            }
        }
        terms.into_plans(self.lexicon, self.weights)
    }

    fn meanings(&mut self, form: &Form, begun: bool) -> Result<Meanings, TantivyError> {
        let mut out = vec![(form.clone(), 1.0)];
        if begun && self.reach == Reach::Inflection {
            let found = self
                .lexicon
                .beginnings(&form.x, MAX_BEGINNINGS, |place| place.x)?;
            for word in &*found {
                let worth = self.weights.beginning * self.rarity_beside(form, word, |of| of.x)?;
                out.push((self.forms.of(word), worth));
            }
        }
        Ok(out)
    }

    /// What keeps a word that what was typed begins from counting as rarer than what was typed, should
    /// that be a word as well: who types "Kinder" may mean a `Kinderzirkus`, but hardly because there is
    /// only one.
    fn rarity_beside(
        &self,
        typed: &Form,
        word: &str,
        field: impl Fn(&Place) -> Field,
    ) -> Result<f32, TantivyError> {
        let typed = self.lexicon.most_pages(&typed.x, |place| place.x)?;
        let word = self.lexicon.most_pages(word, field)?;
        if typed == 0 || word == 0 {
            return Ok(1.0);
        }
        let all = self.lexicon.pages();
        Ok((idf(typed, all) / idf(word, all)).min(1.0))
    }

    /// Compounds with a part that the word begins: `Beratu` finds a `Schuldnerberatung`.
    fn begun_parts(&mut self, form: &Form) -> Found {
        let found = self
            .lexicon
            .beginnings(&form.x, MAX_BEGINNINGS, |place| place.d)?;
        let mut either = Vec::new();
        for part in &*found {
            self.marks.add_part(part);
            let worth = self.weights.beginning * self.rarity_beside(form, part, |of| of.d)?;
            let plans = self.in_parts(part)?.into_iter();
            either.extend(plans.map(|plan| plan.times(worth)));
        }
        Ok(either)
    }

    /// A plan for each part of a compound (or the one stem of another word).
    fn parts(&mut self, form: &Form) -> Found {
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
            out.push(Plan::best(
                terms.into_plans(self.lexicon, self.weights)?,
                self.weights.tie,
            ));
        }
        Ok(out)
    }

    /// Marks each part of a word, in whatever compound it stands.
    fn mark_parts(&mut self, form: &Form) {
        for term in self.forms.parts(form).iter().flatten() {
            self.marks.add_part(term);
        }
    }

    /// A compound as a part of longer ones.
    fn run(&mut self, form: &Form, parts: usize) -> Found {
        if parts < 2 {
            return Ok(Vec::new());
        }
        self.marks.add_part(&form.s);
        self.in_parts(&form.s)
    }

    /// A term among the parts of compounds.
    fn in_parts(&self, term: &str) -> Found {
        let mut terms = Terms::default();
        for weighted in &self.lexicon.places {
            let [_, _, d_worth] = weighted.worth;
            terms.add(weighted.place.d, term, d_worth);
        }
        terms.into_plans(self.lexicon, self.weights)
    }

    fn all_parts(&self, parts: &[Plan]) -> Option<Plan> {
        match parts {
            [] => None,
            [single] => Some(single.clone()),
            parts => Some(Plan::all(parts.to_vec()).times(self.weights.all_parts)),
        }
    }

    fn with_any_part(&self, found: Plan, parts: Vec<Plan>, breadth: Breadth) -> Plan {
        if breadth == Breadth::Whole || parts.len() < 2 || self.weights.any_part <= 0.0 {
            return found;
        }
        let any = Plan::Any(parts).times(self.weights.any_part);
        Plan::best(vec![found, any], self.weights.tie)
    }

    /// What a word that is nowhere may have meant: a word that is there, in any inflection or as a
    /// part; two words written in one; a compound with a slip in one of its parts.
    fn repaired(&mut self, typed: &Form, begun: bool) -> Found {
        let worth = self.weights.repair;
        let mut meant = self
            .lexicon
            .repairs(&typed.x, begun, MAX_REPAIRS, |place| place.x)?;
        let mut either: Vec<Plan> = Vec::new();
        for word in &meant {
            let form = self.forms.of(word);
            let parts = self.parts(&form)?;
            self.mark_parts(&form);
            let mut ways = self.in_places(&[(form.clone(), 1.0)])?;
            ways.extend(self.run(&form, parts.len())?);
            ways.extend(self.all_parts(&parts));
            either.push(Plan::best(ways, self.weights.tie).times(worth));
        }
        // A begun word may be a whole one just as well: searches are sent while people type.
        if either.is_empty() {
            let stems = self
                .lexicon
                .repairs(&typed.s, false, MAX_REPAIRS, |place| place.s)?;
            let parts = self
                .lexicon
                .repairs(&typed.s, false, MAX_REPAIRS, |place| place.d)?;
            for stem in stems.iter().chain(&parts) {
                either.extend(self.stem(stem)?.map(|plan| plan.times(worth)));
            }
            meant.extend(stems);
        }
        if either.is_empty() {
            either.extend(self.two_words(typed, &mut meant)?);
        }
        if either.is_empty() {
            either.extend(self.mistyped_compound(typed)?);
        }
        self.repairs.push(Repair {
            typed: typed.x.clone(),
            meant,
        });
        Ok(either)
    }

    /// A stem as a word and as a part of compounds.
    fn stem(&mut self, stem: &str) -> Result<Option<Plan>, TantivyError> {
        let mut ways = self.in_places(&[(Form::of_root(stem), 1.0)])?;
        self.marks.add_part(stem);
        ways.extend(self.in_parts(stem)?);
        Ok((!ways.is_empty()).then(|| Plan::best(ways, self.weights.tie)))
    }

    fn two_words(
        &mut self,
        typed: &Form,
        meant: &mut Vec<String>,
    ) -> Result<Option<Plan>, TantivyError> {
        let Some((left, right)) = self.lexicon.two_words(&typed.x)? else {
            return Ok(None);
        };
        let mut halves = Vec::new();
        for half in [&left, &right] {
            let form = self.forms.of(half);
            let ways = self.in_places(&[(form, 1.0)])?;
            halves.push(Plan::best(ways, self.weights.tie));
        }
        meant.push(format!("{left} {right}"));
        Ok(Some(Plan::all(halves).times(self.weights.repair)))
    }

    fn mistyped_compound(&mut self, typed: &Form) -> Found {
        let mut either = Vec::new();
        for (left, right) in self.lexicon.mistyped_compounds(&typed.x, self.forms)? {
            let mut halves = Vec::new();
            for part in [&left, &right] {
                self.marks.add_part(part);
                halves.push(Plan::best(self.in_parts(part)?, self.weights.tie));
            }
            let worth = self.weights.all_parts * self.weights.repair;
            either.push(Plan::all(halves).times(worth));
        }
        Ok(either)
    }
}
