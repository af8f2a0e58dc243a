//! Feminine forms of persons, read as the masculine, so that both are found by either.

use std::borrow::Cow;

/// What a masculine person ends in before `-in`; other words in `-in` (Berlin, Termin) stay.
const PERSONS: &[&str] = &[
    "er",
    "eur",
    "or",
    "ent",
    "ant",
    "ist",
    "og",
    "at",
    "ekt",
    "arzt",
    "ärzt",
    "anwält",
    "anwalt",
    "rät",
    "rat",
    "lots",
    "kund",
    "kolleg",
    "bot",
    "wirt",
    "freund",
    "nachbar",
    "chef",
    "beamt",
    "tiv",
    "eut",
    "köch",
    "bäuer",
    "enkel",
    "expert",
    "sekretär",
    "herr",
    "zeug",
    "held",
];

/// The masculine of a lower-case word: `lotsinnen` to `lotse`, `lehrerin` to `lehrer`.
pub(super) fn masculine(word: &str) -> Cow<'_, str> {
    let long = |stem: &&str| stem.chars().count() >= 4;
    let person = |stem: &&str| PERSONS.iter().any(|end| stem.ends_with(end));
    let plural = word.strip_suffix("innen").filter(long);
    let singular = || word.strip_suffix("in").filter(long).filter(person);
    match plural.or_else(singular) {
        // The stemmer would take the last letter for an ending.
        Some(stem) if stem.ends_with('s') => Cow::Owned(format!("{stem}e")),
        Some(stem) => Cow::Borrowed(stem),
        None => Cow::Borrowed(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plural_loses_its_ending() {
        assert_eq!(masculine("lotsinnen"), "lotse");
        assert_eq!(masculine("akteurinnen"), "akteur");
        assert_eq!(masculine("gesundheitslotsinnen"), "gesundheitslotse");
    }

    #[test]
    fn a_singular_loses_its_ending_only_behind_a_person() {
        assert_eq!(masculine("lehrerin"), "lehrer");
        assert_eq!(masculine("ärztin"), "ärzt");
        assert_eq!(masculine("pädagogin"), "pädagog");
        for word in [
            "berlin",
            "termin",
            "medizin",
            "disziplin",
            "weiterhin",
            "darin",
        ] {
            assert_eq!(masculine(word), word);
        }
    }

    #[test]
    fn verbs_and_adverbs_stay() {
        for word in ["beginnen", "innen", "drinnen", "gewinnen"] {
            assert_eq!(masculine(word), word);
        }
    }
}
