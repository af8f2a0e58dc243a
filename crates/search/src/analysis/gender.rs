//! Gendered spellings, joined: `Akteur*innen`, `Lehrer/-in`, `eine*n`, `Lehrer(innen)`.

use super::clean::Char;

/// How many characters at the start of `rest` are only the mark of a gendered form.
///
/// `rest` begins behind a letter. What follows the mark belongs to the word.
pub(super) fn mark(rest: &[Char]) -> Option<usize> {
    let at = |i: usize| rest.get(i).map(|c| c.value);
    let first = at(0)?;
    let skip = match (first, at(1)) {
        ('/', Some('-')) => 2,
        ('*' | ':' | '_' | '\u{00B7}' | '/', _) => 1,
        _ => return None,
    };
    let tail = rest.get(skip..)?;
    if begins_with_ending(tail) || (matches!(first, '*' | ':') && is_inflection(tail)) {
        Some(skip)
    } else {
        None
    }
}

/// The ending in brackets, such as `(innen)`, if `rest` begins with one: its letters, and the length
/// with the brackets.
pub(super) fn bracketed(rest: &[Char]) -> Option<(&[Char], usize)> {
    let (open, tail) = rest.split_first()?;
    if open.value != '(' {
        return None;
    }
    let (tail, before) = match tail {
        [hyphen, behind @ ..] if hyphen.value == '-' => (behind, 2),
        other => (other, 1),
    };
    let len = letters(tail);
    let ending = tail.get(..len)?;
    let closes = tail.get(len).is_some_and(|c| c.value == ')');
    let known = matches(ending, "innen") || matches(ending, "in");
    (closes && known).then_some((ending, before + len + 1))
}

/// `in` at the end of the word, or `innen` with anything behind it.
fn begins_with_ending(tail: &[Char]) -> bool {
    let begins = |ending: &str| matches(tail.get(..ending.len()).unwrap_or_default(), ending);
    begins("innen") || (begins("in") && letters(tail) == 2)
}

/// An ending of an article or adjective, at the end of the word: `eine*n`, `jede*r`.
fn is_inflection(tail: &[Char]) -> bool {
    let ending = tail.get(..letters(tail)).unwrap_or_default();
    ["e", "n", "r", "s", "m", "en", "er", "es", "em"]
        .iter()
        .any(|known| matches(ending, known))
}

fn letters(chars: &[Char]) -> usize {
    chars.iter().take_while(|c| c.value.is_alphabetic()).count()
}

/// Whether `chars` are the ASCII letters of `word`, in either case.
fn matches(chars: &[Char], word: &str) -> bool {
    chars.len() == word.len()
        && chars
            .iter()
            .zip(word.chars())
            .all(|(c, w)| c.value.eq_ignore_ascii_case(&w))
}
