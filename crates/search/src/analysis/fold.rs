//! The search key of a word: one spelling for what people spell in several ways.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a lower-case word: ä = ae = a, ö = oe = o, ü = ue = u, ß = ss, no accents.
///
/// `ue` stays after a vowel or `q` (neue, Mauer, Quelle), `oe` before `u` (Manöver as Manoeuvre).
pub(crate) fn fold(word: &str) -> String {
    let plain = if word.is_ascii() {
        word.to_owned()
    } else {
        without_accents(word)
    };
    if !plain.contains('e') {
        return plain;
    }
    without_ae_oe(&without_ue(&plain))
}

fn without_accents(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ß' | 'ẞ' => out.push_str("ss"),
            'ø' | 'œ' => out.push('o'),
            'æ' => out.push('a'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            other => out.push(other),
        }
    }
    out
}

fn without_ue(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut before = None;
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        let after_vowel = matches!(before, Some('a' | 'e' | 'i' | 'o' | 'u' | 'q'));
        before = Some(c);
        if c == 'u' && !after_vowel && chars.next_if_eq(&'e').is_some() {
            before = Some('e');
        }
    }
    out
}

fn without_ae_oe(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        let mut ahead = chars.clone();
        let drops = match c {
            'a' => ahead.next() == Some('e'),
            'o' => ahead.next() == Some('e') && ahead.next() != Some('u'),
            _ => false,
        };
        if drops {
            chars.next();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_their_transcription_and_their_omission_are_one() {
        for (raw, folded) in [
            ("ämter", "amter"),
            ("aemter", "amter"),
            ("amter", "amter"),
            ("schöneberg", "schoneberg"),
            ("schoeneberg", "schoneberg"),
            ("frühe", "fruhe"),
            ("fruehe", "fruhe"),
            ("übung", "ubung"),
            ("uebung", "ubung"),
            ("straße", "strasse"),
            ("café", "cafe"),
            ("gökçe", "gokce"),
        ] {
            assert_eq!(fold(raw), folded, "{raw}");
        }
    }

    #[test]
    fn ue_stays_after_a_vowel_or_q() {
        for raw in ["neue", "mauer", "quelle", "treue", "steuer"] {
            assert_eq!(fold(raw), raw);
        }
    }

    #[test]
    fn other_scripts_are_left_alone() {
        assert_eq!(fold("помощь"), "помощь");
        assert_eq!(fold("семьи"), "семьи");
    }
}
