//! Small queries that others are made of.

use std::collections::BTreeMap;

use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{TantivyError, Term};

use super::compile::Scope;
use super::lexicon::Lexicon;
use super::parse::{AskedWord, Phrase};
use super::timed::Timed;
use crate::analysis::Form;
use crate::budget::Budget;
use crate::schema::{Place, Weighted};
use crate::weights::Weights;

/// Words further apart are no neighbours.
const MAX_GAP: usize = 4;

/// How a word may differ from what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Not at all but for case, umlauts and hyphens.
    Letters,
    /// In its inflection.
    Inflection,
}

/// The best of several queries, and a little of the others.
pub(super) fn best(mut either: Vec<Box<dyn Query>>, tie: f32) -> Box<dyn Query> {
    match either.pop() {
        Some(single) if either.is_empty() => single,
        Some(last) => {
            either.push(last);
            Box::new(DisjunctionMaxQuery::with_tie_breaker(either, tie))
        }
        None => Box::new(tantivy::query::EmptyQuery),
    }
}

/// All of several queries.
pub(super) fn all(mut of: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match of.pop() {
        Some(single) if of.is_empty() => single,
        Some(last) => {
            of.push(last);
            Box::new(BooleanQuery::intersection(of))
        }
        None => Box::new(tantivy::query::EmptyQuery),
    }
}

/// Each term once, with the best of what it is worth.
#[derive(Default)]
pub(super) struct Terms(BTreeMap<(Field, String), f32>);

impl Terms {
    pub(super) fn add(&mut self, field: Field, term: &str, worth: f32) {
        if !term.is_empty() && worth > 0.0 {
            let best = self.0.entry((field, term.to_owned())).or_default();
            *best = best.max(worth);
        }
    }

    /// A query for each term that is in the index at all: the others would only cost time.
    ///
    /// The engine takes a word that stands in few titles for rare, even if every text has it. So a
    /// term is made as rare in each place as it is where it is most frequent (to the power of
    /// [`Weights::shared_rarity`]).
    pub(super) fn into_queries(
        self,
        lexicon: &Lexicon<'_>,
        weights: &Weights,
    ) -> Result<Vec<Box<dyn Query>>, TantivyError> {
        let mut found = Vec::new();
        let mut most: BTreeMap<(usize, String), u64> = BTreeMap::new();
        for ((field, text), worth) in self.0 {
            let term = Term::from_field_text(field, &text);
            let pages = lexicon.searcher.doc_freq(&term)?;
            if pages > 0 {
                let form = form_of(field, &lexicon.places);
                let known = most.entry((form, text.clone())).or_default();
                *known = pages.max(*known);
                found.push((term, (form, text), pages, worth));
            }
        }
        let all_pages = lexicon.searcher.num_docs();
        let queries = found.into_iter().map(|(term, name, pages, worth)| {
            let shared = most.get(&name).copied().unwrap_or(pages);
            let factor = rarity(shared, all_pages) / rarity(pages, all_pages);
            boost(text_query(term), worth * factor.powf(weights.shared_rarity))
        });
        Ok(queries.collect())
    }
}

/// Which of the forms a field holds.
fn form_of(field: Field, places: &[Weighted]) -> usize {
    let has = |of: fn(&Place) -> Field| places.iter().any(|weighted| of(&weighted.place) == field);
    if has(|place| place.x) {
        0
    } else if has(|place| place.s) {
        1
    } else {
        2
    }
}

/// What BM25 makes of a term's frequency.
#[expect(clippy::cast_precision_loss, reason = "a weight, not a count")]
pub(super) fn rarity(pages: u64, all: u64) -> f32 {
    let (pages, all) = (pages as f32, all.max(pages) as f32);
    (1.0 + (all - pages + 0.5) / (pages + 0.5)).ln()
}

/// The words of a phrase in their order, exact or inflected, in any of the places.
pub(super) fn phrase_query(
    places: &[Weighted],
    phrase: &Phrase,
    reach: Reach,
    scope: &Scope<'_>,
) -> Box<dyn Query> {
    let budget = scope.lexicon.budget;
    let mut either: Vec<Box<dyn Query>> = Vec::new();
    for Weighted { place, worth } in places {
        let [x_worth, s_worth, _] = *worth;
        let exact = phrase
            .parts
            .iter()
            .map(|form| Term::from_field_text(place.x, &form.x))
            .collect();
        either.push(in_order(exact, x_worth, budget));
        // A single word in quotation marks is meant as it stands.
        if reach == Reach::Inflection && phrase.parts.len() > 1 {
            let stems = phrase
                .parts
                .iter()
                .map(|form| Term::from_field_text(place.s, &form.s))
                .collect();
            either.push(in_order(stems, s_worth, budget));
        }
        if let Some(joined) = &phrase.joined {
            either.push(boost(term_query(place.x, &joined.x), x_worth));
        }
    }
    best(either, scope.weights.tie)
}

fn in_order(mut terms: Vec<Term>, worth: f32, budget: &Budget) -> Box<dyn Query> {
    match terms.pop() {
        Some(single) if terms.is_empty() => boost(text_query(single), worth),
        Some(last) => {
            terms.push(last);
            boost(Timed::new(PhraseQuery::new(terms), budget), worth)
        }
        None => Box::new(tantivy::query::EmptyQuery),
    }
}

/// Several words about as they were typed, with up to `slop` other words between them.
pub(super) fn loose_phrase(
    lexicon: &Lexicon<'_>,
    words: &[AskedWord],
    slop: u32,
) -> Result<Box<dyn Query>, TantivyError> {
    let first = words.first().map_or(0, |word| word.position);
    let parts = words.iter().flat_map(|word| {
        let from = word.position.saturating_sub(first);
        word.parts
            .iter()
            .enumerate()
            .map(move |(at, part)| (from.saturating_add(at), part))
    });
    let parts: Vec<(usize, &Form)> = parts.collect();
    let mut either = Vec::new();
    for weighted in &lexicon.places {
        either.extend(stems_in_order(lexicon, weighted, &parts, slop)?);
    }
    Ok(best(either, 0.0))
}

/// Both words as near to each other as they were typed.
pub(super) fn neighbours(
    lexicon: &Lexicon<'_>,
    first: &AskedWord,
    second: &AskedWord,
) -> Result<Option<Box<dyn Query>>, TantivyError> {
    let end = first
        .position
        .saturating_add(first.parts.len())
        .saturating_sub(1);
    let gap = second
        .position
        .checked_sub(end)
        .filter(|gap| (1..=MAX_GAP).contains(gap));
    let (Some(gap), Some(left), Some(right)) = (gap, first.parts.last(), second.parts.first())
    else {
        return Ok(None);
    };
    let mut either = Vec::new();
    for weighted in &lexicon.places {
        either.extend(stems_in_order(
            lexicon,
            weighted,
            &[(0, left), (gap, right)],
            0,
        )?);
    }
    Ok((!either.is_empty()).then(|| best(either, 0.0)))
}

/// Stems at their offsets in one place; none if one of them is nowhere there.
fn stems_in_order(
    lexicon: &Lexicon<'_>,
    weighted: &Weighted,
    parts: &[(usize, &Form)],
    slop: u32,
) -> Result<Option<Box<dyn Query>>, TantivyError> {
    let [_, s_worth, _] = weighted.worth;
    let mut terms = Vec::new();
    for (offset, form) in parts {
        let term = Term::from_field_text(weighted.place.s, &form.s);
        if lexicon.searcher.doc_freq(&term)? == 0 {
            return Ok(None);
        }
        terms.push((*offset, term));
    }
    Ok(match terms.as_slice() {
        [] => None,
        [(_, single)] => Some(boost(text_query(single.clone()), s_worth)),
        _ => {
            let phrase = PhraseQuery::new_with_offset_and_slop(terms, slop);
            Some(boost(Timed::new(phrase, lexicon.budget), s_worth))
        }
    })
}

/// Pages with a term, worth that much.
pub(crate) fn boosted(field: Field, term: &str, worth: f32) -> Box<dyn Query> {
    boost(term_query(field, term), worth)
}

pub(super) fn term_query(field: Field, term: &str) -> TermQuery {
    text_query(Term::from_field_text(field, term))
}

fn text_query(term: Term) -> TermQuery {
    TermQuery::new(term, IndexRecordOption::WithFreqs)
}

pub(super) fn boost(query: impl Query, by: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(Box::new(query), by))
}
