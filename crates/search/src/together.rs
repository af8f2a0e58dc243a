//! Synonyms of several words in a text: a hit where they stand together, none where one stands alone.

use crate::query::LooseWords;
use crate::seen::{Mark, Marked};

/// All marks of a text in their order, synonyms of several words as one mark each.
pub(crate) fn joined(text: &str, found: Marked, synonyms: &[LooseWords]) -> Vec<Mark> {
    let Marked { words, members } = found;
    if members.len() < 2 {
        return words;
    }
    let members = placed(text, &members, synonyms);
    let mut out: Vec<Mark> = Vec::new();
    for synonym in synonyms {
        out.extend(places(synonym, &members));
    }
    if out.is_empty() {
        return words;
    }
    out.extend(words);
    // Of marks that begin at the same place, the longest covers the others.
    out.sort_by_key(|mark| (mark.from, std::cmp::Reverse(mark.to)));
    let mut end = 0;
    out.retain(|mark| {
        let is_free = mark.from >= end;
        if is_free {
            end = mark.to;
        }
        is_free
    });
    out
}

/// By the number of a word of synonyms, where it stands, each with the number of its word in the text.
fn placed(text: &str, members: &[Mark], synonyms: &[LooseWords]) -> Vec<Vec<(usize, Mark)>> {
    let offsets = synonyms.iter().flat_map(|synonym| &synonym.members);
    // So that there is a place for what should stand before the first of them.
    let mut place = offsets.map(|(_, offset)| *offset).max().unwrap_or_default();
    let mut from = members.first().map_or(0, |mark| mark.from);
    let mut out: Vec<Vec<(usize, Mark)>> = Vec::new();
    for mark in members {
        let between = text.get(from..mark.from).unwrap_or_default();
        let words = between.split(|c: char| !c.is_alphanumeric());
        place = place.saturating_add(words.filter(|word| !word.is_empty()).count());
        from = mark.from;
        if out.len() <= mark.word {
            out.resize_with(mark.word.saturating_add(1), Vec::new);
        }
        if let Some(of) = out.get_mut(mark.word) {
            of.push((place, *mark));
        }
    }
    out
}

/// Where a synonym stands: with as many words between its own as pages are found by.
fn places(synonym: &LooseWords, members: &[Vec<(usize, Mark)>]) -> Vec<Mark> {
    let Some(((first, _), rest)) = synonym.members.split_first() else {
        return Vec::new();
    };
    let of = |number: usize| members.get(number).map(Vec::as_slice).unwrap_or_default();
    let found = of(*first).iter().filter_map(|(start, mark)| {
        let (mut begin, mut left, mut whole) = (*start, synonym.slop, *mark);
        for (number, offset) in rest {
            let (place, next) = nearest(of(*number), begin.saturating_add(*offset))?;
            left = left.checked_sub(place.abs_diff(begin.saturating_add(*offset)))?;
            begin = place.saturating_sub(*offset);
            whole.from = whole.from.min(next.from);
            whole.to = whole.to.max(next.to);
        }
        whole.word = synonym.word;
        Some(whole)
    });
    found.collect()
}

fn nearest(places: &[(usize, Mark)], wanted: usize) -> Option<(usize, Mark)> {
    let behind = places.partition_point(|(place, _)| *place < wanted);
    let near = [behind.checked_sub(1), Some(behind)].into_iter().flatten();
    let near = near.filter_map(|at| places.get(at));
    near.min_by_key(|(place, _)| place.abs_diff(wanted))
        .copied()
}
