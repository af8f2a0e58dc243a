//! Words as the pages write them: what else was found, and spellings to offer.

use std::collections::{BTreeMap, HashSet};

use crate::analysis::{Forms, words};
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
    texts: &(impl Iterator<Item = &'a str> + Clone),
    forms: &mut Forms,
) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let raw = words(typed);
    for repair in repairs {
        for meant in &repair.meant {
            let Some(spelled) = spelled(meant, texts, forms) else {
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

/// A folded word, or two, as one of the texts writes it.
fn spelled<'a>(
    meant: &str,
    texts: &(impl Iterator<Item = &'a str> + Clone),
    forms: &mut Forms,
) -> Option<String> {
    let mut out = Vec::new();
    for folded in meant.split(' ') {
        let found = texts.clone().find_map(|text| {
            words(text).into_iter().find_map(|word| {
                let pieces = word.joined.iter().chain(&word.parts);
                let mut fitting = pieces.filter(|piece| {
                    let form = forms.of(&piece.text);
                    form.x == folded || form.s == folded
                });
                fitting
                    .next()
                    .and_then(|piece| text.get(piece.from..piece.to))
                    .map(str::to_owned)
            })
        });
        out.push(found?);
    }
    Some(out.join(" "))
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
