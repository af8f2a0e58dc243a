//! Small queries that others are made of.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::parse::{AskedWord, Phrase};
use crate::analysis::Form;
use crate::schema::Weighted;

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

    pub(super) fn into_queries(self) -> Vec<Box<dyn Query>> {
        let queries = self.0.into_iter();
        queries
            .map(|((field, term), worth)| boost(term_query(field, &term), worth))
            .collect()
    }
}

/// The words of a phrase in their order, exact or inflected, in any of the places.
pub(super) fn phrase_query(
    places: &[Weighted],
    phrase: &Phrase,
    reach: Reach,
    tie: f32,
) -> Box<dyn Query> {
    let mut either: Vec<Box<dyn Query>> = Vec::new();
    for Weighted { place, worth } in places {
        let [x_worth, s_worth, _] = *worth;
        let exact = phrase
            .parts
            .iter()
            .map(|form| Term::from_field_text(place.x, &form.x))
            .collect();
        either.push(in_order(exact, x_worth));
        // A single word in quotation marks is meant as it stands.
        if reach == Reach::Inflection && phrase.parts.len() > 1 {
            let stems = phrase
                .parts
                .iter()
                .map(|form| Term::from_field_text(place.s, &form.s))
                .collect();
            either.push(in_order(stems, s_worth));
        }
        if let Some(joined) = &phrase.joined {
            either.push(boost(term_query(place.x, &joined.x), x_worth));
        }
    }
    best(either, tie)
}

fn in_order(mut terms: Vec<Term>, worth: f32) -> Box<dyn Query> {
    match terms.pop() {
        Some(single) if terms.is_empty() => boost(text_query(single), worth),
        Some(last) => {
            terms.push(last);
            boost(PhraseQuery::new(terms), worth)
        }
        None => Box::new(tantivy::query::EmptyQuery),
    }
}

/// Several words about as they were typed, with up to `slop` other words between them.
pub(super) fn loose_phrase(places: &[Weighted], words: &[AskedWord], slop: u32) -> Box<dyn Query> {
    let first = words.first().map_or(0, |word| word.position);
    let in_place = |weighted: &Weighted| -> Box<dyn Query> {
        let [_, s_worth, _] = weighted.worth;
        let terms: Vec<(usize, Term)> = words
            .iter()
            .flat_map(|word| {
                word.parts
                    .iter()
                    .enumerate()
                    .map(move |(at, part)| (word, at, part))
            })
            .map(|(word, at, part)| {
                let offset = word.position.saturating_sub(first).saturating_add(at);
                (offset, Term::from_field_text(weighted.place.s, &part.s))
            })
            .collect();
        match terms.as_slice() {
            [(_, single)] => boost(text_query(single.clone()), s_worth),
            _ => boost(PhraseQuery::new_with_offset_and_slop(terms, slop), s_worth),
        }
    };
    Box::new(DisjunctionMaxQuery::new(
        places.iter().map(in_place).collect(),
    ))
}

/// Both words as near to each other as they were typed.
pub(super) fn neighbours(
    places: &[Weighted],
    first: &AskedWord,
    second: &AskedWord,
) -> Option<Box<dyn Query>> {
    let end = first
        .position
        .saturating_add(first.parts.len())
        .saturating_sub(1);
    let gap = second
        .position
        .checked_sub(end)
        .filter(|gap| (1..=MAX_GAP).contains(gap))?;
    let (left, right) = (first.parts.last()?, second.parts.first()?);
    let side_by_side = |weighted: &Weighted| -> Box<dyn Query> {
        let [_, s_worth, _] = weighted.worth;
        let term = |form: &Form| Term::from_field_text(weighted.place.s, &form.s);
        let phrase = PhraseQuery::new_with_offset(vec![(0, term(left)), (gap, term(right))]);
        boost(phrase, s_worth)
    };
    let places = places.iter().map(side_by_side).collect();
    Some(Box::new(DisjunctionMaxQuery::new(places)))
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
