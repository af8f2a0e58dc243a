//! Building the engine's query for what was asked.
//!
//! A text scores the sum of its words, more where all of them stand, where neighbours stand side by
//! side, and where two of them stand as one compound. Phrases and what operators ask for are required.

use tantivy::TantivyError;
use tantivy::query::{EmptyQuery, Occur, Query};

use super::closed_class::is_light;
use super::filter::everything;
use super::lexicon::Lexicon;
use super::marks::Marks;
use super::parse::{Asked, AskedWord};
use super::terms::{Reach, all, best, boost, neighbours, phrase_query};
use super::together::Together;
use super::words::{Breadth, Repair, WordQueries};
use crate::analysis::Forms;
use crate::schema::Fields;
use crate::vocabulary::{Entry, Vocabulary};
use crate::weights::Weights;

/// What a query is built over.
pub(crate) struct Scope<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) lexicon: &'a Lexicon<'a>,
    pub(crate) weights: &'a Weights,
    pub(crate) vocabulary: &'a Vocabulary,
    /// Only what was typed: no inflection, no parts, no synonyms, no repair.
    pub(crate) literal: bool,
}

/// The query for a text, and what to mark in a passage.
pub(crate) struct Compiled {
    pub(crate) query: Box<dyn Query>,
    pub(crate) marks: Marks,
    /// Words that nothing was found for.
    pub(crate) repairs: Vec<Repair>,
}

impl Scope<'_> {
    fn words<'a>(&'a self, forms: &'a mut Forms) -> WordQueries<'a> {
        WordQueries {
            lexicon: self.lexicon,
            forms,
            weights: self.weights,
            vocabulary: self.vocabulary,
            reach: if self.literal {
                Reach::Letters
            } else {
                Reach::Inflection
            },
            marks: Marks::default(),
            repairs: Vec::new(),
        }
    }
}

impl Compiled {
    /// Builds the query for `asked`.
    pub(crate) fn new(
        asked: &Asked,
        scope: &Scope<'_>,
        forms: &mut Forms,
    ) -> Result<Self, TantivyError> {
        let mut queries = scope.words(forms);
        let mut clauses = required(asked, scope, &mut queries.marks);
        let synonyms = synonyms(asked, scope);
        let mut words = Vec::new();
        for (number, word) in asked.words.iter().enumerate() {
            if scope.lexicon.budget.is_over() {
                break;
            }
            let found = synonyms.get(number).map(Vec::as_slice).unwrap_or_default();
            let query = queries.word(word, found, Breadth::AnyPart)?;
            queries.marks.next_word();
            let light = asked.words.len() > 1 && word.whole().is_some_and(|form| is_light(&form.x));
            // A page with the telling one of two words is nearer than a page with the other.
            let share = match word.whole() {
                Some(form) => scope.lexicon.rarity(form)?.powf(scope.weights.rare_share),
                None => 1.0,
            };
            words.push(if light {
                let light = scope.weights.light;
                (boost(query, light), light * share)
            } else {
                (query, share)
            });
        }
        match words.pop() {
            Some((single, _)) if words.is_empty() => clauses.push((Occur::Should, single)),
            Some(last) => {
                words.push(last);
                let together = Together {
                    of: words,
                    bonus: scope.weights.all_words,
                    power: scope.weights.all_words_power,
                };
                clauses.push((Occur::Should, Box::new(together)));
            }
            None => {}
        }
        for pair in asked.words.windows(2) {
            if let [first, second] = pair
                && !scope.lexicon.budget.is_over()
            {
                let side_by_side = neighbours(scope.lexicon, first, second)?;
                let weighted = side_by_side.map(|query| boost(query, scope.weights.neighbours));
                clauses.extend(weighted.map(|query| (Occur::Should, query)));
                let compound = compound(&mut queries, first, second)?;
                clauses.extend(compound.map(|query| (Occur::Should, query)));
            }
        }
        let WordQueries { marks, repairs, .. } = queries;
        Ok(Self {
            query: combined(asked, clauses),
            marks,
            repairs,
        })
    }
}

fn combined(asked: &Asked, mut clauses: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    if asked.is_empty() {
        return if asked.blank {
            everything()
        } else {
            Box::new(EmptyQuery)
        };
    }
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, everything()));
    }
    Box::new(tantivy::query::BooleanQuery::new(clauses))
}

/// What phrases and operators ask for.
fn required(asked: &Asked, scope: &Scope<'_>, marks: &mut Marks) -> Vec<(Occur, Box<dyn Query>)> {
    let Scope {
        fields,
        lexicon,
        weights,
        ..
    } = scope;
    let reach = if scope.literal {
        Reach::Letters
    } else {
        Reach::Inflection
    };
    let mut clauses = Vec::new();
    for phrase in &asked.phrases {
        let query = phrase_query(&lexicon.places, phrase, reach, scope);
        clauses.push((Occur::Must, query));
        for form in phrase.parts.iter().chain(&phrase.joined) {
            marks.add(form, reach == Reach::Inflection && phrase.parts.len() > 1);
            marks.next_word();
        }
    }
    let of = |place| -> Vec<_> {
        let all_places = fields.places(weights).into_iter();
        all_places
            .filter(|weighted| weighted.place == place)
            .collect()
    };
    let wide = |phrase: &super::parse::Phrase, places: &[crate::schema::Weighted]| {
        let mut either = vec![phrase_query(places, phrase, Reach::Inflection, scope)];
        if let [single] = phrase.parts.as_slice() {
            for weighted in places {
                either.push(Box::new(super::terms::term_query(
                    weighted.place.s,
                    &single.s,
                )));
            }
        }
        best(either, weights.tie)
    };
    for phrase in &asked.in_title {
        clauses.push((Occur::Must, wide(phrase, &of(fields.title))));
    }
    if !asked.in_space.is_empty() {
        let names = asked
            .in_space
            .iter()
            .map(|phrase| wide(phrase, &of(fields.space)));
        clauses.push((Occur::Must, best(names.collect(), weights.tie)));
    }
    for phrase in &asked.excluded {
        clauses.push((Occur::MustNot, wide(phrase, &lexicon.places)));
    }
    clauses
}

/// For each word what its synonyms are; those of several words count for each of them.
fn synonyms<'a>(asked: &Asked, scope: &'a Scope<'_>) -> Vec<Vec<&'a Entry>> {
    let mut out: Vec<Vec<&Entry>> = vec![Vec::new(); asked.words.len()];
    if scope.literal {
        return out;
    }
    for found in scope.vocabulary.among(&asked.words) {
        for word in out.iter_mut().skip(found.from).take(found.len) {
            word.extend(&found.finds);
        }
    }
    out
}

/// Pages in whose places all words stand, the last one perhaps only begun.
pub(crate) fn title_query(
    asked: &Asked,
    scope: &Scope<'_>,
    forms: &mut Forms,
) -> Result<Box<dyn Query>, TantivyError> {
    if asked.blank {
        return Ok(everything());
    }
    let mut queries = scope.words(forms);
    let phrases = asked.phrases.iter().chain(&asked.in_title);
    let mut every: Vec<Box<dyn Query>> = phrases
        .map(|phrase| {
            let reach = Reach::Inflection;
            phrase_query(&scope.lexicon.places, phrase, reach, scope)
        })
        .collect();
    for word in &asked.words {
        every.push(queries.word(word, &[], Breadth::Whole)?);
    }
    Ok(all(every))
}

/// Both words as one, with and without a linking letter: `Kinder Armut` also finds `Kinderarmut`.
fn compound(
    queries: &mut WordQueries<'_>,
    first: &AskedWord,
    second: &AskedWord,
) -> Result<Option<Box<dyn Query>>, TantivyError> {
    let ([left], [right]) = (first.parts.as_slice(), second.parts.as_slice()) else {
        return Ok(None);
    };
    let joins = |word: &str| word.chars().count() >= 3 && word.chars().all(char::is_alphabetic);
    if second.position != first.position.saturating_add(1) || !joins(&left.x) || !joins(&right.x) {
        return Ok(None);
    }
    let meanings = ["", "s", "n", "en"].map(|link| {
        (
            queries.forms.of(&format!("{}{link}{}", left.x, right.x)),
            1.0,
        )
    });
    let ways = queries.in_places(&meanings)?;
    queries.marks.next_word();
    let query = (!ways.is_empty()).then(|| best(ways, queries.weights.tie));
    Ok(query.map(|query| boost(query, queries.weights.joined)))
}
