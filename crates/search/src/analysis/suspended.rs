//! Suspended compounds: `Kinder- und Familienarmut` says Kinderarmut too, `Gesundheitslotsinnen und
//! -lotsen` Gesundheitslotsen, `Vor- und Nachbereitung` Vorbereitung.

use super::words::{Piece, Word};
use super::{compound, feminine, fold, verbs};

/// So many words may stand between the two.
const REACH: usize = 8;

const CONJUNCTIONS: &[&str] = &[
    "und",
    "oder",
    "sowie",
    "bzw",
    "beziehungsweise",
    "wie",
    "noch",
    "als",
    "auch",
    "bis",
];
const ARTICLES: &[&str] = &["der", "die", "das", "den", "dem", "des"];

/// Gives each suspended word in `words` of `text` its whole as the joined form.
pub(super) fn restore(words: &mut [Word], text: &str) {
    if !text.contains(['-', '\u{2010}', '\u{2011}']) {
        return;
    }
    for at in 0..words.len() {
        let Some(word) = words.get(at).filter(|word| word.parts.len() < 3) else {
            continue;
        };
        let whole = if is_open_behind(word, text) {
            completed_ahead(words, at, text)
        } else if is_open_before(word, text) {
            completed_behind(words, at)
        } else {
            None
        };
        let (Some(whole), Some(word)) = (whole, words.get_mut(at)) else {
            continue;
        };
        if let (Some(first), Some(last)) = (word.parts.first(), word.parts.last()) {
            word.joined = Some(Piece {
                text: whole,
                from: first.from,
                to: last.to,
            });
        }
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// A hyphen follows, and then no letter.
fn is_open_behind(word: &Word, text: &str) -> bool {
    let behind = word.parts.last().and_then(|last| text.get(last.to..));
    let mut next = behind.unwrap_or_default().chars();
    next.next().is_some_and(is_hyphen) && !next.next().is_some_and(char::is_alphanumeric)
}

/// A hyphen stands before, and before that no letter.
fn is_open_before(word: &Word, text: &str) -> bool {
    let before = word.parts.first().and_then(|first| text.get(..first.from));
    let mut last = before.unwrap_or_default().chars().rev();
    last.next().is_some_and(is_hyphen) && last.next().is_none_or(|c| c.is_whitespace() || c == '(')
}

fn completed_ahead(words: &[Word], at: usize, text: &str) -> Option<String> {
    let own = words.get(at)?;
    let own_end = own.parts.last()?.to;
    let mut joined_by = false;
    for word in words.iter().skip(at.saturating_add(1)).take(REACH) {
        let name = folded(word);
        let gap = text
            .get(own_end..word.parts.first()?.from)
            .unwrap_or_default();
        if gap.contains(['.', ';', '\n']) {
            return None;
        }
        joined_by |= gap.contains(['/', '&', '+']);
        if is_open_behind(word, text) || (joined_by && ARTICLES.contains(&name.as_str())) {
            continue;
        }
        if CONJUNCTIONS.contains(&name.as_str()) {
            joined_by = true;
            continue;
        }
        let rest = joined_by.then(|| tail(word, &folded(own)))??;
        return Some(format!("{}{rest}", whole(own)));
    }
    None
}

/// What the suspended word `own` shares with the end of `donor`.
fn tail(donor: &Word, own: &str) -> Option<String> {
    if let [_, rest @ ..] = donor.parts.as_slice()
        && !rest.is_empty()
    {
        return Some(rest.iter().map(|part| part.text.as_str()).collect());
    }
    let name = folded(donor);
    if verbs::without_particle(&format!("{own}xxx")).is_some_and(|(particle, _)| particle == own) {
        return verbs::without_particle(&name).map(|(_, rest)| rest.to_owned());
    }
    match compound::leaves(&name).as_slice() {
        [_, rest @ ..] if !rest.is_empty() => Some(rest.concat()),
        _ => None,
    }
}

fn completed_behind(words: &[Word], at: usize) -> Option<String> {
    let own = words.get(at)?;
    let mut joined_by = false;
    for word in words.get(..at)?.iter().rev().take(REACH) {
        let name = folded(word);
        if CONJUNCTIONS.contains(&name.as_str()) {
            joined_by = true;
            continue;
        }
        if !joined_by {
            return None;
        }
        let masculine = feminine::masculine(&name);
        let parts = compound::leaves(&masculine);
        let (_, before) = parts
            .split_last()
            .filter(|(_, before)| !before.is_empty())?;
        let mut text = before.concat();
        // A noun, so that it is split as one.
        if let Some(first) = text.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        return Some(text + &whole(own).to_lowercase());
    }
    None
}

fn whole(word: &Word) -> &str {
    let piece = word.joined.as_ref().or(word.parts.first());
    piece.map_or("", |piece| piece.text.as_str())
}

fn folded(word: &Word) -> String {
    fold(&whole(word).to_lowercase())
}
