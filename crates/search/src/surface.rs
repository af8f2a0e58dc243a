//! Words as the pages write them: what else was found, and spellings to offer.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::analysis::{Form, Forms, Piece, WordCache, words};
use crate::budget::Budget;
use crate::query::{Asked, Repair};
use crate::request::Hit;

/// At most so many words are named.
const MAX_ALSO: usize = 6;

/// The marked words of the hits and of their titles that are not what was typed, most frequent first.
///
/// An inflected form counts as typed; the same word with or without its hyphens does not.
pub(crate) fn also_found(
    asked: &Asked,
    hits: &[Hit],
    cache: &WordCache,
    forms: &mut Forms,
) -> Vec<String> {
    let phrases = asked.phrases.iter().chain(&asked.in_title);
    let phrases = phrases.map(|phrase| (&phrase.parts, phrase.joined.as_ref()));
    let as_typed = asked.words.iter();
    let as_typed = as_typed.map(|word| (&word.parts, word.joined.as_ref()));
    let typed: HashSet<String> = as_typed
        .chain(phrases)
        .flat_map(|(parts, joined)| {
            let terms = parts.iter().flat_map(Form::terms).map(str::to_owned);
            // Words side by side are no word with hyphens.
            let is_word = joined.is_some() || parts.len() == 1;
            let whole = is_word.then(|| Written::of(&each(parts), joined).terms);
            terms.chain(whole.into_iter().flatten())
        })
        .collect();
    let begun: Vec<String> = asked
        .words
        .iter()
        .filter(|word| word.begun)
        .map(|word| Written::of(&each(&word.parts), word.joined.as_ref()).letters)
        .collect();
    let mut found: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let pieces = hits
        .iter()
        .flat_map(|hit| hit.snippet.iter().chain(&hit.marked_title));
    for text in pieces.filter(|part| part.hit).map(|part| &*part.text) {
        // A synonym of several words is one mark; it is typed if each of them is.
        let (mut stems, mut is_typed) = (Vec::new(), true);
        for word in words(text) {
            let mut known = |piece: &Piece| cache.get(&piece.text, forms);
            let joined = word.joined.as_ref().map(&mut known);
            let parts: Vec<_> = word.parts.iter().map(known).collect();
            let parts: Vec<&Form> = parts.iter().map(|known| &known.form).collect();
            let joined = joined.as_ref().map(|known| &known.form);
            let Written { letters, terms } = Written::of(&parts, joined);
            is_typed &= terms.iter().any(|term| typed.contains(term))
                || begun.iter().any(|start| letters.starts_with(start));
            stems.extend(terms.into_iter().next());
        }
        if is_typed {
            continue;
        }
        let stem = stems.join(" ");
        if text.starts_with(char::is_alphabetic) {
            let (count, _) = found.entry(stem).or_insert_with(|| (0, text.to_owned()));
            *count = count.saturating_add(1);
        }
    }
    let mut ranked: Vec<(usize, String)> = found.into_values().collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked.truncate(MAX_ALSO);
    ranked.into_iter().map(|(_, word)| word).collect()
}

fn each(parts: &[Form]) -> Vec<&Form> {
    parts.iter().collect()
}

/// A word by how it is written: with its hyphens, or in one.
struct Written {
    letters: String,
    /// Its stem first.
    terms: Vec<String>,
}

impl Written {
    fn of(parts: &[&Form], joined: Option<&Form>) -> Self {
        if parts.len() > 1 {
            let hyphened =
                |of: fn(&Form) -> &str| parts.iter().copied().map(of).collect::<Vec<_>>().join("-");
            return Self {
                letters: hyphened(|form| &form.x),
                terms: vec![hyphened(|form| &form.s)],
            };
        }
        let one = joined.or(parts.first().copied());
        Self {
            letters: one.map(|form| form.x.clone()).unwrap_or_default(),
            terms: one
                .into_iter()
                .flat_map(Form::terms)
                .map(str::to_owned)
                .collect(),
        }
    }
}

/// What was typed with its repaired words as `texts` write them, at most one offer for each word that
/// may have been meant.
pub(crate) fn offers<'a>(
    typed: &str,
    repairs: &[Repair],
    texts: impl Iterator<Item = &'a str>,
    (cache, budget): (&WordCache, &Budget),
    forms: &mut Forms,
) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let raw = words(typed);
    let meant = repairs.iter().flat_map(|repair| &repair.meant);
    let wanted: HashSet<&str> = meant.flat_map(|meant| meant.split(' ')).collect();
    if wanted.is_empty() {
        return out;
    }
    let texts = texts.take_while(|_| !budget.is_over());
    let spellings = spellings(&wanted, texts, cache, forms);
    for repair in repairs {
        for meant in &repair.meant {
            let folded = meant.split(' ');
            let spelled: Option<Vec<&str>> = folded
                .map(|word| spellings.get(word).map(String::as_str))
                .collect();
            let Some(spelled) = spelled.map(|words| words.join(" ")) else {
                continue;
            };
            let offer = replaced(typed, &raw, repair, &spelled, forms);
            if let Some(offer) = offer.filter(|offer| !out.contains(offer)) {
                out.push(offer);
            }
        }
    }
    out
}

/// Folded words or stems as the first of the texts that has one writes it.
fn spellings<'a>(
    wanted: &HashSet<&str>,
    texts: impl Iterator<Item = &'a str>,
    cache: &WordCache,
    forms: &mut Forms,
) -> HashMap<String, String> {
    let mut out = HashMap::new();
    for text in texts {
        for word in words(text) {
            for piece in word.joined.iter().chain(&word.parts) {
                let known = cache.get(&piece.text, forms);
                for folded in [&known.form.x, &known.form.s] {
                    if wanted.contains(folded.as_str()) && !out.contains_key(folded) {
                        let written = text.get(piece.from..piece.to).unwrap_or_default();
                        out.insert(folded.clone(), written.to_owned());
                    }
                }
            }
        }
        if out.len() == wanted.len() {
            break;
        }
    }
    out
}

fn replaced(
    typed: &str,
    raw: &[crate::analysis::Word],
    repair: &Repair,
    spelled: &str,
    forms: &mut Forms,
) -> Option<String> {
    let word = raw.iter().find(|word| {
        let whole = word.joined.as_ref().or(word.parts.first());
        whole.is_some_and(|piece| forms.of(&piece.text).x == repair.typed)
    })?;
    let (first, last) = (word.parts.first()?, word.parts.last()?);
    let (before, behind) = (typed.get(..first.from)?, typed.get(last.to..)?);
    Some(format!("{before}{spelled}{behind}"))
}
