//! Plurals that the stemmer does not know: `Kitas`, `Workshops`, `Zentren`, `Gremien`.

use std::borrow::Cow;

/// Endings of foreign plurals and of their singulars, as they end compounds too.
const FOREIGN: &[(&str, &str)] = &[
    ("zentren", "zentrum"),
    ("museen", "museum"),
    ("gremien", "gremium"),
    ("kriterien", "kriterium"),
    ("ministerien", "ministerium"),
    ("stipendien", "stipendium"),
    ("gymnasien", "gymnasium"),
    ("jubiläen", "jubiläum"),
    ("jubilaen", "jubilaum"),
    ("prinzipien", "prinzip"),
    ("materialien", "material"),
    ("praktika", "praktikum"),
    ("curricula", "curriculum"),
    ("themen", "thema"),
    ("themata", "thema"),
    ("dramen", "drama"),
    ("firmen", "firma"),
    ("praxen", "praxis"),
    ("basen", "basis"),
    ("konten", "konto"),
    ("risiken", "risiko"),
    ("foren", "forum"),
    ("visa", "visum"),
    ("alben", "album"),
    ("daten", "datum"),
    ("viren", "virus"),
    ("zyklen", "zyklus"),
    ("ismen", "ismus"),
    ("villen", "villa"),
    ("indizes", "index"),
    ("cafes", "cafe"),
];

/// The singular of a lower-case word, umlauts kept or folded; the word itself for other plurals.
pub(super) fn singular(word: &str) -> Cow<'_, str> {
    for (plural, singular) in FOREIGN {
        if let Some(stem) = word.strip_suffix(plural) {
            return Cow::Owned(format!("{stem}{singular}"));
        }
    }
    match word.strip_suffix('s') {
        Some(stem)
            if stem.len() >= 4
                && stem.ends_with(['a', 'o', 'y', 'i', 'é', 'ü', 'p'])
                && !stem.ends_with("lo") =>
        {
            Cow::Borrowed(stem)
        }
        _ => Cow::Borrowed(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_plurals_are_singular() {
        for (plural, one) in [
            ("familienzentren", "familienzentrum"),
            ("gremien", "gremium"),
            ("kitas", "kita"),
            ("workshops", "workshop"),
            ("azubis", "azubi"),
            ("cafés", "café"),
            ("elterncafes", "elterncafe"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }

    #[test]
    fn other_words_stay() {
        for word in ["haus", "arbeitslos", "familien", "tipp", "das"] {
            assert_eq!(singular(word), word);
        }
    }
}
