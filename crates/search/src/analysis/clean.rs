//! Characters as search sees them, with their place in the raw text.
//!
//! Composed (NFC), without soft hyphens and zero-width characters, all hyphens and apostrophes one.
//! Offsets stay those of the raw text, so that a highlight marks what stands there.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A character and the bytes of the raw text it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Char {
    pub(super) value: char,
    /// First byte in the raw text.
    pub(super) from: usize,
    /// Byte after the last in the raw text.
    pub(super) to: usize,
}

/// Reads raw text.
pub(super) fn clean(text: &str) -> Vec<Char> {
    let mut out = Vec::with_capacity(text.len());
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        for (from, raw) in text.char_indices() {
            push(&mut out, raw, from, from.saturating_add(raw.len_utf8()));
        }
    } else {
        for (from, cluster) in clusters(text) {
            let to = from.saturating_add(cluster.len());
            for composed in cluster.nfc() {
                push(&mut out, composed, from, to);
            }
        }
    }
    out
}

fn push(out: &mut Vec<Char>, raw: char, from: usize, to: usize) {
    let value = match raw {
        // Soft hyphen, zero-width space, joiners, word joiner, byte order mark.
        '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => return,
        // Hyphen, no-break hyphen, figure dash, en dash, minus, small and full-width hyphen.
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{02BC}' => '\'',
        // Asterisks and middle dots that stand for the gender star.
        '\u{2217}' | '\u{FF0A}' => '*',
        '\u{2022}' | '\u{2027}' | '\u{30FB}' => '\u{00B7}',
        other => other,
    };
    out.push(Char { value, from, to });
}

/// A starter with the combining marks behind it, and where it begins.
fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    let mut from: usize = 0;
    std::iter::from_fn(move || {
        let end = rest
            .char_indices()
            .skip(1)
            .find(|(_, c)| canonical_combining_class(*c) == 0)
            .map_or(rest.len(), |(at, _)| at);
        let (cluster, tail) = rest.split_at_checked(end)?;
        if cluster.is_empty() {
            return None;
        }
        let start = from;
        from = from.saturating_add(cluster.len());
        rest = tail;
        Some((start, cluster))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(raw: &str) -> String {
        clean(raw).into_iter().map(|c| c.value).collect()
    }

    #[test]
    fn soft_hyphens_and_zero_width_characters_are_dropped() {
        assert_eq!(text("Fa\u{AD}mi\u{200B}lie\u{FEFF}"), "Familie");
    }

    #[test]
    fn all_hyphens_are_one() {
        assert_eq!(text("a‐b‑c–d−e"), "a-b-c-d-e");
    }

    #[test]
    fn a_decomposed_umlaut_is_composed_and_keeps_both_bytes() {
        let chars = clean("Mu\u{308}tter");
        assert_eq!(
            chars[1],
            Char {
                value: 'ü',
                from: 1,
                to: 4
            }
        );
        assert_eq!(
            chars[2],
            Char {
                value: 't',
                from: 4,
                to: 5
            }
        );
    }

    #[test]
    fn a_text_that_begins_with_a_mark_is_read() {
        assert_eq!(text("\u{308}a\u{308}"), "\u{308}ä");
    }
}
