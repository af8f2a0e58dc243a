//! Building the engine's query for what was asked.
//!
//! A word scores the best of its meanings in the best of its places; a text the sum of its words,
//! more where all of them stand, where neighbours stand side by side, and where two of them stand
//! as one compound. Phrases are required.

use std::collections::BTreeMap;

use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{TantivyError, Term};

use super::filter::everything;
use super::lexicon::Lexicon;
use super::parse::{Asked, AskedWord, Phrase};
use crate::analysis::{Form, Forms};
use crate::schema::Place;

/// What the other places of a word add to the best one.
const TIE: f32 = 0.2;
/// Worth of a word that what was typed begins.
const BEGINNING: f32 = 0.8;
/// Worth of a word that what was typed is a slip of.
const REPAIR: f32 = 0.7;
/// Worth of the parts of a word with hyphens beside its joined form.
const PARTS: f32 = 0.9;
/// Worth of all words together, over the sum of the words.
const ALL_WORDS: f32 = 1.5;
/// Worth of all parts of a typed compound, wherever they stand.
const ALL_PARTS: f32 = 0.9;
/// Worth of any of its parts.
const ANY_PART: f32 = 0.25;
/// A begun word stands for at most so many words.
const MAX_BEGINNINGS: usize = 10;
/// A mistyped word stands for at most so many words.
const MAX_REPAIRS: usize = 3;
/// Words further apart are no neighbours.
const MAX_GAP: usize = 4;

/// The query for a text, and what to mark in a passage.
pub(crate) struct Compiled {
    pub(crate) query: Box<dyn Query>,
    pub(crate) marks: Marks,
}

/// The terms that a query matches, each with the number of the word it stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    x: BTreeMap<String, usize>,
    s: BTreeMap<String, usize>,
    d: BTreeMap<String, usize>,
    words: usize,
}

impl Marks {
    /// The number of the asked word that a word of the text stands for.
    pub(crate) fn find(&self, form: &Form) -> Option<usize> {
        self.x.get(&form.x).or_else(|| self.s.get(&form.s)).copied()
    }

    /// The same for the parts of a compound in the text.
    pub(crate) fn find_part(&self, parts: &[String]) -> Option<usize> {
        parts.iter().find_map(|part| self.d.get(part)).copied()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.x.is_empty() && self.s.is_empty()
    }

    fn add(&mut self, form: &Form, exact_only: bool) {
        self.x.entry(form.x.clone()).or_insert(self.words);
        if !exact_only {
            self.s.entry(form.s.clone()).or_insert(self.words);
        }
    }

    fn next_word(&mut self) {
        self.words = self.words.saturating_add(1);
    }
}

/// Whether a compound is also found by one of its parts alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Breadth {
    AnyPart,
    Whole,
}

/// Words that one typed word can mean, each with its worth.
type Meanings = Vec<(Form, f32)>;

impl Compiled {
    /// Builds the query for `asked`, over the places of the lexicon.
    pub(crate) fn new(
        asked: &Asked,
        lexicon: &Lexicon<'_>,
        forms: &mut Forms,
    ) -> Result<Self, TantivyError> {
        let mut marks = Marks::default();
        if asked.blank {
            return Ok(Self {
                query: everything(),
                marks,
            });
        }
        let mut clauses = Vec::new();
        for phrase in &asked.phrases {
            clauses.push((Occur::Must, phrase_query(&lexicon.places, phrase)));
            for form in phrase.parts.iter().chain(&phrase.joined) {
                marks.add(form, true);
                marks.next_word();
            }
        }
        let mut words = Vec::new();
        for word in &asked.words {
            words.push(word_query(
                word,
                lexicon,
                forms,
                &mut marks,
                Breadth::AnyPart,
            )?);
            marks.next_word();
        }
        if let [_, _, ..] = words.as_slice() {
            let all = words.iter().map(|word| word.box_clone()).collect();
            clauses.push((
                Occur::Should,
                boost(BooleanQuery::intersection(all), ALL_WORDS),
            ));
        }
        clauses.extend(words.into_iter().map(|word| (Occur::Should, word)));
        for pair in asked.words.windows(2) {
            if let [first, second] = pair {
                let side_by_side = neighbours(&lexicon.places, first, second);
                clauses.extend(side_by_side.map(|query| (Occur::Should, query)));
                let compound = compound(&lexicon.places, first, second, forms, &mut marks);
                clauses.extend(compound.map(|query| (Occur::Should, query)));
            }
        }
        let query: Box<dyn Query> = if clauses.is_empty() {
            Box::new(EmptyQuery)
        } else {
            Box::new(BooleanQuery::new(clauses))
        };
        Ok(Self { query, marks })
    }
}

/// Pages in whose places all words stand, the last one perhaps only begun.
pub(crate) fn title_query(
    asked: &Asked,
    lexicon: &Lexicon<'_>,
    forms: &mut Forms,
) -> Result<Box<dyn Query>, TantivyError> {
    if asked.blank {
        return Ok(everything());
    }
    let mut marks = Marks::default();
    let mut all: Vec<Box<dyn Query>> = asked
        .phrases
        .iter()
        .map(|phrase| phrase_query(&lexicon.places, phrase))
        .collect();
    for word in &asked.words {
        all.push(word_query(
            word,
            lexicon,
            forms,
            &mut marks,
            Breadth::Whole,
        )?);
    }
    if all.is_empty() {
        return Ok(Box::new(EmptyQuery));
    }
    Ok(Box::new(BooleanQuery::intersection(all)))
}

/// The best of the joined word and its parts; repaired if none of it is there.
fn word_query(
    word: &AskedWord,
    lexicon: &Lexicon<'_>,
    forms: &mut Forms,
    marks: &mut Marks,
    breadth: Breadth,
) -> Result<Box<dyn Query>, TantivyError> {
    let begin = |form: &Form, forms: &mut Forms| -> Result<Meanings, TantivyError> {
        let mut out = vec![(form.clone(), 1.0)];
        if word.begun {
            let found = lexicon.beginnings(&form.x, MAX_BEGINNINGS)?;
            out.extend(found.iter().map(|found| (forms.of(found), BEGINNING)));
        }
        Ok(out)
    };
    let mut either: Vec<Box<dyn Query>> = Vec::new();
    if let Some(whole) = word.whole() {
        let meanings = begin(whole, forms)?;
        either.push(best_of(&lexicon.places, &meanings, marks));
    }
    if word.joined.is_some()
        && let Some((last, first)) = word.parts.split_last()
    {
        let mut parts: Vec<Box<dyn Query>> = Vec::new();
        for part in first {
            parts.push(best_of(&lexicon.places, &vec![(part.clone(), 1.0)], marks));
        }
        parts.push(best_of(&lexicon.places, &begin(last, forms)?, marks));
        either.push(boost(BooleanQuery::intersection(parts), PARTS));
    }
    let Some(whole) = word.whole() else {
        return Ok(best(either));
    };
    let parts = parts_queries(&lexicon.places, &forms.parts(whole), marks);
    either.push(all_parts(&parts));
    let found = best(either);
    if lexicon.is_there(found.as_ref())? {
        return Ok(with_any_part(found, parts, breadth));
    }
    let repairs = lexicon.repairs(&whole.x, word.begun, MAX_REPAIRS)?;
    let meanings: Meanings = repairs
        .iter()
        .map(|word| (forms.of(word), REPAIR))
        .collect();
    if meanings.is_empty() {
        return Ok(with_any_part(found, parts, breadth));
    }
    let mut either = vec![best_of(&lexicon.places, &meanings, marks)];
    for (form, worth) in &meanings {
        let parts = parts_queries(&lexicon.places, &forms.parts(form), marks);
        either.push(boost(BooleanQuery::intersection(parts), ALL_PARTS * worth));
    }
    Ok(best(either))
}

/// A query for each part of a compound (or the one stem of another word).
fn parts_queries(places: &[Place], parts: &[String], marks: &mut Marks) -> Vec<Box<dyn Query>> {
    let everywhere = |part: &String| {
        let in_place = |place: &Place| boost(term_query(place.d, part), place.d_boost);
        best(places.iter().map(in_place).collect())
    };
    for part in parts {
        marks.d.entry(part.clone()).or_insert(marks.words);
    }
    parts.iter().map(everywhere).collect()
}

fn all_parts(parts: &[Box<dyn Query>]) -> Box<dyn Query> {
    let all = parts.iter().map(|part| part.box_clone()).collect();
    let worth = if parts.len() > 1 { ALL_PARTS } else { 1.0 };
    boost(BooleanQuery::intersection(all), worth)
}

fn with_any_part(
    found: Box<dyn Query>,
    parts: Vec<Box<dyn Query>>,
    breadth: Breadth,
) -> Box<dyn Query> {
    if breadth == Breadth::Whole || parts.len() < 2 {
        return found;
    }
    best(vec![found, boost(BooleanQuery::union(parts), ANY_PART)])
}

/// The best of several queries, and a little of the others.
fn best(either: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(DisjunctionMaxQuery::with_tie_breaker(either, TIE))
}

/// The best of all meanings in all places.
fn best_of(places: &[Place], meanings: &Meanings, marks: &mut Marks) -> Box<dyn Query> {
    let mut worths: BTreeMap<(Field, String), f32> = BTreeMap::new();
    for (form, worth) in meanings {
        marks.add(form, false);
        for place in places {
            for (field, term, boost) in [
                (place.x, &form.x, place.x_boost),
                (place.s, &form.s, place.s_boost),
            ] {
                // Several meanings may share a stem: the best of them counts.
                let best = worths.entry((field, term.clone())).or_default();
                *best = best.max(boost * worth);
            }
        }
    }
    let terms = worths
        .into_iter()
        .map(|((field, term), worth)| boost(term_query(field, &term), worth));
    best(terms.collect())
}

fn phrase_query(places: &[Place], phrase: &Phrase) -> Box<dyn Query> {
    let mut either: Vec<Box<dyn Query>> = Vec::new();
    for place in places {
        let terms: Vec<Term> = phrase
            .parts
            .iter()
            .map(|form| Term::from_field_text(place.x, &form.x))
            .collect();
        either.push(match terms.as_slice() {
            [single] => boost(text_query(single.clone()), place.x_boost),
            _ => boost(PhraseQuery::new(terms), place.x_boost),
        });
        if let Some(joined) = &phrase.joined {
            either.push(boost(term_query(place.x, &joined.x), place.x_boost));
        }
    }
    best(either)
}

/// Both words as near to each other as they were typed.
fn neighbours(places: &[Place], first: &AskedWord, second: &AskedWord) -> Option<Box<dyn Query>> {
    let end = first
        .position
        .saturating_add(first.parts.len())
        .saturating_sub(1);
    let gap = second
        .position
        .checked_sub(end)
        .filter(|gap| (1..=MAX_GAP).contains(gap))?;
    let (left, right) = (first.parts.last()?, second.parts.first()?);
    let side_by_side = |place: &Place| -> Box<dyn Query> {
        let term = |form: &Form| Term::from_field_text(place.s, &form.s);
        let phrase = PhraseQuery::new_with_offset(vec![(0, term(left)), (gap, term(right))]);
        boost(phrase, place.s_boost)
    };
    let places = places.iter().map(side_by_side).collect();
    Some(Box::new(DisjunctionMaxQuery::new(places)))
}

/// Both words as one, with and without a linking `s`: `Kinder Armut` also finds `Kinderarmut`.
fn compound(
    places: &[Place],
    first: &AskedWord,
    second: &AskedWord,
    forms: &mut Forms,
    marks: &mut Marks,
) -> Option<Box<dyn Query>> {
    let [left] = first.parts.as_slice() else {
        return None;
    };
    let [right] = second.parts.as_slice() else {
        return None;
    };
    let joins =
        |form: &Form| form.x.chars().count() >= 3 && form.x.chars().all(char::is_alphabetic);
    if second.position != first.position.saturating_add(1) || !joins(left) || !joins(right) {
        return None;
    }
    let meanings: Meanings = ["", "s"]
        .map(|link| (forms.of(&format!("{}{link}{}", left.x, right.x)), 1.0))
        .to_vec();
    let query = best_of(places, &meanings, marks);
    marks.next_word();
    Some(query)
}

fn term_query(field: Field, term: &str) -> TermQuery {
    text_query(Term::from_field_text(field, term))
}

fn text_query(term: Term) -> TermQuery {
    TermQuery::new(term, IndexRecordOption::WithFreqs)
}

fn boost(query: impl Query, by: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(Box::new(query), by))
}
