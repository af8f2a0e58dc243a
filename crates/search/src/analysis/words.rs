//! Words in raw text, as people mean them.
//!
//! `Akteur*innen` and `Be|tei|li|gung` are one word; `Charlottenburg-Wilmersdorf` is two parts and
//! a joined form; `(um)gestalten` is `gestalten` and `umgestalten`.

use super::clean::{Char, clean};
use super::{MAX_TERM_BYTES, gender, separable, suspended};

/// A word or part of a word, in the case it is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its letters, without marks and hyphens.
    pub(crate) text: String,
    /// First byte in the raw text.
    pub(crate) from: usize,
    /// Byte after the last in the raw text.
    pub(crate) to: usize,
}

/// A word: its parts between hyphens (at least one), and all of it in one if that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// The parts, in order; each takes one position.
    pub(crate) parts: Vec<Piece>,
    /// The whole, at the position of the first part: `Charlottenburg-Wilmersdorf` in one, and
    /// `Kinderarmut` for the `Kinder-` of `Kinder- und Familienarmut`.
    pub(crate) joined: Option<Piece>,
    /// The root of the verb that it makes with a particle that stands apart: `anpass` for `passten`.
    pub(crate) verb: Option<String>,
}

/// Reads the words of raw text.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 7);
    for chunk in text.split_whitespace() {
        let from = chunk.as_ptr().addr().saturating_sub(text.as_ptr().addr());
        match simple(chunk, from) {
            Some(word) => out.push(word),
            None => read_chunk(chunk, from, &mut out),
        }
    }
    suspended::restore(&mut out, text);
    separable::rejoin(&mut out, text);
    out
}

/// The word of a chunk that is nothing but a word and punctuation around it, as nearly all are.
fn simple(chunk: &str, from: usize) -> Option<Word> {
    let open = |c: char| matches!(c, '(' | '"' | '„' | '“' | '»' | '«' | '\'');
    let close = |c: char| {
        matches!(
            c,
            '.' | ',' | ';' | ':' | '!' | '?' | ')' | '"' | '“' | '”' | '«' | '»'
        )
    };
    let behind = chunk.trim_start_matches(open);
    let core = behind.trim_end_matches(close);
    let is_letter =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ž');
    if core.is_empty() || core.len() > MAX_TERM_BYTES || !core.chars().all(is_letter) {
        return None;
    }
    let from = from.saturating_add(chunk.len().saturating_sub(behind.len()));
    Some(Word {
        parts: vec![Piece {
            text: core.to_owned(),
            from,
            to: from.saturating_add(core.len()),
        }],
        joined: None,
        verb: None,
    })
}

/// Reads the words of a chunk without spaces that begins at a byte of the text.
fn read_chunk(chunk: &str, from: usize, out: &mut Vec<Word>) {
    let mut chars = clean(chunk);
    for c in &mut chars {
        c.from = c.from.saturating_add(from);
        c.to = c.to.saturating_add(from);
    }
    let mut rest = chars.as_slice();
    let mut behind_letter = false;
    while let Some((first, tail)) = rest.split_first() {
        let prefixed = if behind_letter { None } else { prefix(rest) };
        if let Some((word, used)) = prefixed.or_else(|| plain(rest)) {
            out.extend(word);
            rest = rest.get(used..).unwrap_or_default();
            behind_letter = true;
        } else {
            behind_letter = first.value.is_alphanumeric();
            rest = tail;
        }
    }
}

/// Reads a word at the start of `rest`: what it is (nothing if too long) and its length.
fn plain(rest: &[Char]) -> Option<(Option<Word>, usize)> {
    rest.first().filter(|c| is_word(c.value))?;
    let mut parts = vec![Vec::new()];
    let mut used = 0;
    while let Some(current) = rest.get(used) {
        let tail = rest.get(used..).unwrap_or_default();
        let next = tail.get(1).map(|c| c.value);
        let behind_letter = used > 0;
        if is_word(current.value) {
            extend(&mut parts, &[*current]);
            used += 1;
        } else if current.value == '-' && next.is_some_and(is_word) {
            parts.push(Vec::new());
            used += 1;
        } else if is_dropped_before(current.value, next) {
            used += 1;
        } else if let Some(skip) = gender::mark(tail).filter(|_| behind_letter) {
            used += skip;
        } else if let Some((ending, length)) = gender::bracketed(tail).filter(|_| behind_letter) {
            extend(&mut parts, ending);
            used += length;
        } else {
            break;
        }
    }
    Some((word(&parts), used))
}

/// Reads `(um)gestalten` or `(Weiter-)Entwicklung`: what stands behind the brackets, and the whole.
fn prefix(rest: &[Char]) -> Option<(Option<Word>, usize)> {
    let (open, inner) = rest.split_first()?;
    if open.value != '(' {
        return None;
    }
    let len = inner.iter().take_while(|c| c.value.is_alphabetic()).count();
    let before = inner.get(..len).filter(|letters| !letters.is_empty())?;
    let mut used = len + 1;
    if rest.get(used)?.value == '-' {
        used += 1;
    }
    if rest.get(used)?.value != ')' {
        return None;
    }
    used += 1;
    let behind = rest.get(used..)?;
    behind.first().filter(|c| c.value.is_alphabetic())?;
    let (word, length) = plain(behind)?;
    let word = word.map(|mut word| {
        let tail = word.joined.as_ref().or(word.parts.first());
        if let (Some(tail), Some(first)) = (tail, before.first()) {
            let mut text: String = before.iter().map(|c| c.value).collect();
            text.push_str(&tail.text);
            let to = tail.to;
            word.joined = Some(Piece {
                text,
                from: first.from,
                to,
            });
        }
        word
    });
    Some((word, used + length))
}

/// An apostrophe inside a word, or the bar of easy language.
fn is_dropped_before(c: char, next: Option<char>) -> bool {
    match c {
        '\'' => next.is_some_and(char::is_alphabetic),
        '|' => next.is_some_and(char::is_lowercase),
        _ => false,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn extend(parts: &mut [Vec<Char>], chars: &[Char]) {
    if let Some(part) = parts.last_mut() {
        part.extend_from_slice(chars);
    }
}

fn word(parts: &[Vec<Char>]) -> Option<Word> {
    let pieces: Vec<Piece> = parts.iter().filter_map(|part| piece(part)).collect();
    // Numbers with a hyphen are a range, not a word.
    let joins = parts.len() > 1 && parts.iter().flatten().any(|c| c.value.is_alphabetic());
    let joined = if joins { piece(&parts.concat()) } else { None };
    (!pieces.is_empty()).then_some(Word {
        parts: pieces,
        joined,
        verb: None,
    })
}

fn piece(chars: &[Char]) -> Option<Piece> {
    let text: String = chars.iter().map(|c| c.value).collect();
    let (first, last) = (chars.first()?, chars.last()?);
    (text.len() <= MAX_TERM_BYTES).then_some(Piece {
        text,
        from: first.from,
        to: last.to,
    })
}

#[cfg(test)]
mod tests;
