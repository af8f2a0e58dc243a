//! Where sentences begin and end, in German and English text.

/// Words after which a full stop does not end a sentence.
const ABBREVIATIONS: [&str; 24] = [
    "abs", "art", "bzw", "ca", "dr", "e.v", "etc", "evtl", "ggf", "hr", "inkl", "max", "min",
    "mind", "nr", "prof", "sog", "st", "str", "tel", "usw", "vgl", "zzgl", "e.g",
];

/// The part of `text` after the last end of a sentence.
pub(crate) fn last_sentence(text: &str) -> &str {
    let start = ends(text).last().unwrap_or(0);
    text.get(start..).unwrap_or_default().trim_start()
}

/// The part of `text` up to and with the first end of a sentence.
pub(crate) fn first_sentence(text: &str) -> &str {
    let end = ends(text).next().unwrap_or(text.len());
    text.get(..end).unwrap_or_default().trim_end()
}

/// The byte positions just after the marks that end a sentence and are followed by white space.
fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().filter_map(move |(at, c)| {
        let after = at.saturating_add(c.len_utf8());
        if c == '\n' {
            return Some(after);
        }
        if !matches!(c, '.' | '!' | '?' | ':') {
            return None;
        }
        let rest = text.get(after..)?;
        let closing = rest
            .trim_start_matches(['"', '“', '”', '«', '»', ')', '’'])
            .len();
        let end = text.len().saturating_sub(closing);
        let follows = text.get(end..)?;
        if !follows.starts_with(char::is_whitespace) {
            return None;
        }
        let next = follows.trim_start().chars().next();
        let goes_on = next.is_some_and(char::is_lowercase);
        (!goes_on && c != ':' && !(c == '.' && is_abbreviated(text.get(..at)?))).then_some(end)
    })
}

/// Whether the text ends with a number or an abbreviation.
fn is_abbreviated(text: &str) -> bool {
    let word = text
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == '.');
    number || letters == 1 || ABBREVIATIONS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_mark() {
        assert_eq!(
            last_sentence("Eins. Zwei ist da, drei"),
            "Zwei ist da, drei"
        );
        assert_eq!(first_sentence(" kam an! Danach nichts."), " kam an!");
        assert_eq!(
            first_sentence("sagte sie („Ja.“) Und ging."),
            "sagte sie („Ja.“)"
        );
        assert_eq!(last_sentence("Zeile\nNeue "), "Neue ");
    }

    #[test]
    fn dates_and_abbreviations_do_not_end_a_sentence() {
        for text in [
            "Am 12. September traf man z. B. Dr. Muster",
            "das Amt bzw. Die Stelle",
            "nach § 64 Abs. 2 SGB VIII",
            "wie o. Ä. Beispiele",
        ] {
            assert_eq!(last_sentence(text), text);
            assert_eq!(first_sentence(text), text);
        }
    }
}
