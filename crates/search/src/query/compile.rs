//! Building the plan for what was asked.
//!
//! A text scores the sum of its words, more where all of them stand, where neighbours stand side by
//! side, and where two of them stand as one compound. Phrases and what operators ask for are required.

use tantivy::TantivyError;

use super::closed_class::is_light;
use super::lexicon::Lexicon;
use super::marks::Marks;
use super::parse::{self, Asked, AskedWord};
use super::terms::{Reach, neighbours, phrase, term};
use super::words::{Breadth, Repair, WordQueries};
use crate::analysis::Forms;
use crate::schema::{Fields, Place, Weighted};
use crate::score::{Phrase, Plan};
use crate::vocabulary::{Entry, Vocabulary};
use crate::weights::Weights;

/// A begun word behind an operator stands for at most so many words.
const MAX_FINISHED: usize = 50;

/// What a query is built over.
pub(crate) struct Scope<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) lexicon: &'a Lexicon<'a>,
    pub(crate) weights: &'a Weights,
    pub(crate) vocabulary: &'a Vocabulary,
    /// Only what was typed: no inflection, no parts, no synonyms, no repair.
    pub(crate) literal: bool,
}

/// The plan for a text, and what to mark in a passage.
pub(crate) struct Compiled {
    pub(crate) plan: Plan,
    /// Neighbours side by side, which make pages better that match.
    pub(crate) extras: Vec<Vec<Phrase>>,
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
        let (all, not) = required(asked, scope, &mut queries)?;
        let spaces = spaces(asked, scope, queries.forms)?;
        let synonyms = synonyms(asked, scope);
        let mut any = Vec::new();
        let mut words = Vec::new();
        for (number, word) in asked.words.iter().enumerate() {
            if scope.lexicon.budget.is_over() {
                break;
            }
            let found = synonyms.get(number).map(Vec::as_slice).unwrap_or_default();
            let plan = Plan::word(queries.word(word, found, Breadth::AnyPart)?);
            queries.marks.next_word();
            let light = asked.words.len() > 1 && word.whole().is_some_and(|form| is_light(&form.x));
            // A page with the telling one of two words is nearer than a page with the other.
            let share = match word.whole() {
                Some(form) => scope.lexicon.rarity(form)?.powf(scope.weights.rare_share),
                None => 1.0,
            };
            words.push(if light {
                let light = scope.weights.light;
                (plan.times(light), light * share)
            } else {
                (plan, share)
            });
        }
        match words.pop() {
            Some((single, _)) if words.is_empty() => any.push(single),
            Some(last) => {
                words.push(last);
                any.push(Plan::Together {
                    of: words,
                    bonus: scope.weights.all_words,
                    power: scope.weights.all_words_power,
                    least: 0.0,
                });
            }
            None => {}
        }
        let mut extras = Vec::new();
        for pair in asked.words.windows(2) {
            if let [first, second] = pair
                && !scope.lexicon.budget.is_over()
            {
                let worth = scope.weights.neighbours;
                extras.push(neighbours(scope.lexicon, first, second, worth)?);
                any.extend(compound(&mut queries, first, second)?);
            }
        }
        extras.retain(|places| !places.is_empty());
        let WordQueries { marks, repairs, .. } = queries;
        Ok(Self {
            plan: combined(asked, (all, any, not), spaces),
            extras,
            marks,
            repairs,
        })
    }
}

fn combined(
    asked: &Asked,
    (mut all, mut any, not): (Vec<Plan>, Vec<Plan>, Vec<Plan>),
    spaces: Option<Plan>,
) -> Plan {
    if asked.is_empty() {
        return if asked.blank {
            Plan::Everything
        } else {
            Plan::Nothing
        };
    }
    if let Some(spaces) = spaces {
        // As a filter does, it narrows what the words find; it does not stand in for them.
        if all.is_empty() && !any.is_empty() {
            all.push(Plan::Any(std::mem::take(&mut any)));
        }
        all.push(spaces);
    }
    if all.is_empty() && any.is_empty() {
        all.push(Plan::Everything);
    }
    Plan::Chosen { all, any, not }
}

/// The pages of the spaces that are asked for, if any are.
fn spaces(
    asked: &Asked,
    scope: &Scope<'_>,
    forms: &mut Forms,
) -> Result<Option<Plan>, TantivyError> {
    if asked.in_space.is_empty() {
        return Ok(None);
    }
    let places = places_of(scope, scope.fields.space);
    let names = asked
        .in_space
        .iter()
        .map(|asked| wide(asked, &places, scope, forms));
    let names: Vec<Plan> = names.collect::<Result<_, _>>()?;
    Ok(Some(Plan::best(names, scope.weights.tie)))
}

fn places_of(scope: &Scope<'_>, place: Place) -> Vec<Weighted> {
    let all_places = scope.fields.places(scope.weights).into_iter();
    all_places
        .filter(|weighted| weighted.place == place)
        .collect()
}

/// What phrases and words behind operators ask for, and what they exclude.
fn required(
    asked: &Asked,
    scope: &Scope<'_>,
    queries: &mut WordQueries<'_>,
) -> Result<(Vec<Plan>, Vec<Plan>), TantivyError> {
    let WordQueries { marks, forms, .. } = queries;
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
    let (mut must, mut not) = (Vec::new(), Vec::new());
    for asked in &asked.phrases {
        let phrase = phrase(lexicon, &lexicon.places, asked, reach, weights.tie)?;
        must.push(Plan::word(phrase));
        for form in asked.parts.iter().chain(&asked.joined) {
            marks.add(form, reach == Reach::Inflection && asked.parts.len() > 1);
            marks.next_word();
        }
    }
    for asked in &asked.in_title {
        must.push(wide(asked, &places_of(scope, fields.title), scope, forms)?);
        for form in asked.parts.iter().chain(&asked.joined) {
            marks.add(form, !scope.literal);
            marks.next_word();
        }
    }
    for asked in &asked.excluded {
        not.push(wide(asked, &lexicon.places, scope, forms)?);
    }
    Ok((must, not))
}

/// Words in any inflection, also a single one; the last one perhaps only begun.
fn wide(
    asked: &parse::Phrase,
    places: &[Weighted],
    scope: &Scope<'_>,
    forms: &mut Forms,
) -> Result<Plan, TantivyError> {
    let tie = scope.weights.tie;
    let mut either = vec![phrase(
        scope.lexicon,
        places,
        asked,
        Reach::Inflection,
        tie,
    )?];
    if let [single] = asked.parts.as_slice() {
        for weighted in places {
            either.push(term(scope.lexicon, weighted.place.s, &single.s, 1.0)?);
        }
    }
    if asked.begun {
        let there = Lexicon {
            places: places.to_vec(),
            ..*scope.lexicon
        };
        for finished in finished(asked, &there, forms)? {
            either.push(phrase(&there, places, &finished, Reach::Letters, tie)?);
        }
    }
    Ok(Plan::best(either, tie))
}

/// What a phrase may become whose last word is only begun, from the words of the places.
fn finished(
    asked: &parse::Phrase,
    there: &Lexicon<'_>,
    forms: &mut Forms,
) -> Result<Vec<parse::Phrase>, TantivyError> {
    let mut out = Vec::new();
    let Some((last, before)) = asked.parts.split_last() else {
        return Ok(out);
    };
    let ways = asked.joined.iter().map(|joined| (&[][..], joined));
    for (before, begun) in std::iter::once((before, last)).chain(ways) {
        for word in there.beginnings(&begun.x, MAX_FINISHED, |place| place.x)? {
            let word = std::iter::once(forms.of(&word));
            out.push(parse::Phrase {
                parts: before.iter().cloned().chain(word).collect(),
                joined: None,
                begun: false,
            });
        }
    }
    Ok(out)
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
) -> Result<Plan, TantivyError> {
    if asked.blank {
        return Ok(Plan::Everything);
    }
    let mut queries = scope.words(forms);
    let lexicon = scope.lexicon;
    let (reach, tie) = (Reach::Inflection, scope.weights.tie);
    let mut every = Vec::new();
    for asked in asked.phrases.iter().chain(&asked.in_title) {
        every.push(phrase(lexicon, &lexicon.places, asked, reach, tie)?);
    }
    for word in &asked.words {
        every.push(queries.word(word, &[], Breadth::Whole)?);
    }
    Ok(Plan::all(every))
}

/// Both words as one, with and without a linking letter: `Kinder Armut` also finds `Kinderarmut`.
fn compound(
    queries: &mut WordQueries<'_>,
    first: &AskedWord,
    second: &AskedWord,
) -> Result<Option<Plan>, TantivyError> {
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
    let worth = queries.weights.joined;
    Ok((!ways.is_empty()).then(|| Plan::best(ways, queries.weights.tie).times(worth)))
}
