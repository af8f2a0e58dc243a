//! Small plans that others are made of.

use std::collections::BTreeMap;

use tantivy::TantivyError;
use tantivy::schema::Field;

use super::lexicon::Lexicon;
use super::parse::{self, AskedWord};
use crate::analysis::Form;
use crate::schema::{Place, Weighted};
use crate::score::{Phrase, Plan, idf};
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

    /// A plan for each term that is in the index at all.
    ///
    /// BM25 takes a word that stands in few titles for rare, even if every text has it. So a
    /// term is made as rare in each place as it is where it is most frequent (to the power of
    /// [`Weights::shared_rarity`]).
    pub(super) fn into_plans(
        self,
        lexicon: &Lexicon<'_>,
        weights: &Weights,
    ) -> Result<Vec<Plan>, TantivyError> {
        let mut found = Vec::new();
        let mut most: BTreeMap<(usize, String), u64> = BTreeMap::new();
        for ((field, text), worth) in self.0 {
            if let Some(term) = lexicon.find(field, &text)? {
                let name = (form_of(field, &lexicon.places), text);
                let known = most.entry(name.clone()).or_default();
                *known = term.pages.max(*known);
                found.push((term, name, worth));
            }
        }
        let all_pages = lexicon.pages();
        let plans = found.into_iter().map(|(term, name, worth)| {
            let shared = most.get(&name).copied().unwrap_or(term.pages);
            let factor = idf(shared, all_pages) / idf(term.pages, all_pages);
            let worth = worth * factor.powf(weights.shared_rarity);
            Plan::Term { term, worth }
        });
        Ok(plans.collect())
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

/// The words of a phrase in their order, exact or inflected, in any of the places.
pub(super) fn phrase(
    lexicon: &Lexicon<'_>,
    places: &[Weighted],
    phrase: &parse::Phrase,
    reach: Reach,
    tie: f32,
) -> Result<Plan, TantivyError> {
    let mut either = Vec::new();
    for Weighted { place, worth } in places {
        let [x_worth, s_worth, _] = *worth;
        let exact = (0..).zip(phrase.parts.iter().map(|form| form.x.as_str()));
        either.extend(in_order(lexicon, place.x, exact, 0, x_worth)?);
        // A single word in quotation marks is meant as it stands.
        if reach == Reach::Inflection && phrase.parts.len() > 1 {
            let stems = (0..).zip(phrase.parts.iter().map(|form| form.s.as_str()));
            either.extend(in_order(lexicon, place.s, stems, 0, s_worth)?);
        }
        if let Some(joined) = &phrase.joined {
            either.push(term(lexicon, place.x, &joined.x, x_worth)?);
        }
    }
    Ok(Plan::best(either.into_iter().collect(), tie))
}

/// Terms at their offsets in a field; none if one of them is nowhere there.
fn in_order<'t>(
    lexicon: &Lexicon<'_>,
    field: Field,
    texts: impl Iterator<Item = (u32, &'t str)>,
    slop: u32,
    worth: f32,
) -> Result<Option<Plan>, TantivyError> {
    let mut terms = Vec::new();
    for (offset, text) in texts {
        let Some(term) = lexicon.find(field, text)? else {
            return Ok(None);
        };
        terms.push((offset, term));
    }
    Ok(match terms.as_slice() {
        [] => None,
        [(_, single)] => Some(Plan::Term {
            term: single.clone(),
            worth,
        }),
        _ => Some(Plan::Phrase(Phrase { terms, slop, worth })),
    })
}

/// The parts of words, each with its place behind the first one.
pub(super) fn parts_in_order(words: &[AskedWord]) -> Vec<(usize, &Form)> {
    let first = words.first().map_or(0, |word| word.position);
    let parts = words.iter().flat_map(|word| {
        let from = word.position.saturating_sub(first);
        let parts = word.parts.iter().enumerate();
        parts.map(move |(at, part)| (from.saturating_add(at), part))
    });
    parts.collect()
}

/// Words at their places about as they were typed, with up to `slop` other words between them.
pub(super) fn loose_phrase(
    lexicon: &Lexicon<'_>,
    parts: &[(usize, &Form)],
    slop: u32,
) -> Result<Plan, TantivyError> {
    let mut either = Vec::new();
    for weighted in &lexicon.places {
        either.extend(stems_in_order(lexicon, weighted, parts, slop)?);
    }
    Ok(Plan::best(either, 0.0))
}

/// Both words as near to each other as they were typed, for each place that has them.
pub(super) fn neighbours(
    lexicon: &Lexicon<'_>,
    first: &AskedWord,
    second: &AskedWord,
    worth: f32,
) -> Result<Vec<Phrase>, TantivyError> {
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
        return Ok(Vec::new());
    };
    let mut either = Vec::new();
    for weighted in &lexicon.places {
        let parts = [(0, left), (gap, right)];
        if let Some(Plan::Phrase(mut phrase)) = stems_in_order(lexicon, weighted, &parts, 0)? {
            phrase.worth *= worth;
            either.push(phrase);
        }
    }
    Ok(either)
}

/// Stems at their offsets in one place; none if one of them is nowhere there.
fn stems_in_order(
    lexicon: &Lexicon<'_>,
    weighted: &Weighted,
    parts: &[(usize, &Form)],
    slop: u32,
) -> Result<Option<Plan>, TantivyError> {
    let [_, worth, _] = weighted.worth;
    let stems = parts.iter().map(|(offset, form)| {
        let offset = u32::try_from(*offset).unwrap_or(u32::MAX);
        (offset, form.s.as_str())
    });
    in_order(lexicon, weighted.place.s, stems, slop, worth)
}

/// Pages with a term, worth that much.
pub(crate) fn term(
    lexicon: &Lexicon<'_>,
    field: Field,
    text: &str,
    worth: f32,
) -> Result<Plan, TantivyError> {
    let found = lexicon.find(field, text)?;
    Ok(found.map_or(Plan::Nothing, |term| Plan::Term { term, worth }))
}
