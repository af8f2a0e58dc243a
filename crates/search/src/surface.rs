//! Words as the pages write them: what else was found, and spellings to offer.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::analysis::{Forms, WordCache, words};
use crate::budget::Budget;
use crate::query::{Asked, AskedWord, Repair};
use crate::request::Hit;

/// At most so many words are named.
const MAX_ALSO: usize = 6;

/// The marked words of the hits that are not what was typed, most frequent first.
pub(crate) fn also_found(asked: &Asked, hits: &[Hit], forms: &mut Forms) -> Vec<String> {
    let typed: HashSet<String> = asked
        .words
        .iter()
        .flat_map(|word| word.parts.iter().chain(&word.joined))
        .chain(asked.phrases.iter().flat_map(|phrase| &phrase.parts))
        .flat_map(|form| form.terms().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let begun: Vec<&str> = asked
        .words
        .iter()
        .filter(|word| word.begun)
        .filter_map(AskedWord::whole)
        .map(|form| form.x.as_str())
        .collect();
    let mut found: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let marked = hits
        .iter()
        .flat_map(|hit| &hit.snippet)
        .filter(|part| part.hit);
    for part in marked {
        let form = forms.of(&part.text.replace(['-', '\u{AD}'], ""));
        let is_typed = form.terms().any(|term| typed.contains(term))
            || begun.iter().any(|start| form.x.starts_with(start));
        if is_typed || !part.text.starts_with(char::is_alphabetic) {
            continue;
        }
        let (count, _) = found
            .entry(form.s)
            .or_insert_with(|| (0, part.text.clone()));
        *count = count.saturating_add(1);
    }
    let mut ranked: Vec<(usize, String)> = found.into_values().collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked.truncate(MAX_ALSO);
    ranked.into_iter().map(|(_, word)| word).collect()
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
