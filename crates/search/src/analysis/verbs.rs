//! The root of a verb in any of its forms: `angepasst`, `passte an`, `anzupassen`, `Anpassung`.
//!
//! The stemmer takes endings off; it knows neither `ge-` nor changing vowels nor that `an` may stand
//! apart. A root is the folded infinitive without its ending: `anpass`, `forder`, `sprech`. Only verbs
//! of the list `data/search/verbs.txt` have one.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::fold;

/// What may stand apart from its verb, longest first.
const PARTICLES: &[&str] = &[
    "zusammen", "entgegen", "vorbei", "voraus", "vorwarts", "zuruck", "weiter", "wieder", "heraus",
    "herein", "hinaus", "hinein", "herum", "herbei", "hervor", "kennen", "bereit", "durch", "uber",
    "unter", "statt", "teil", "fest", "frei", "fort", "nach", "hoch", "fern", "dazu", "dran",
    "hin", "her", "los", "mit", "vor", "weg", "auf", "aus", "bei", "ein", "ab", "an", "um", "zu",
];

/// Prefixes that stay with their verb and take the place of `ge-`.
const PREFIXES: &[&str] = &[
    "unter", "durch", "hinter", "wider", "uber", "miss", "voll", "emp", "ent", "ver", "zer", "be",
    "er", "ge", "um",
];

/// Endings of a weak or regular form behind the root, longest first.
const ENDINGS: &[&str] = &[
    "etest", "endem", "enden", "ender", "endes", "tende", "ende", "test", "eten", "etet", "nden",
    "nder", "ndes", "end", "est", "ete", "tet", "ten", "nde", "en", "et", "st", "te", "nd", "e",
    "n", "t",
];

/// Endings of a participle that stands before a noun.
const ADJECTIVE: &[&str] = &["em", "en", "er", "es", "e", ""];

struct Verbs {
    roots: HashSet<String>,
    /// Irregular finite forms without their regular endings, to the root.
    finite: HashMap<String, String>,
    /// Irregular participles without `ge-`, to the root.
    participles: HashMap<String, String>,
}

static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    read(
        include_str!("../../../../data/search/verbs.txt"),
        include_str!("../../../../data/search/strong_verbs.txt"),
    )
});

fn read(infinitives: &str, strong: &str) -> Verbs {
    let mut verbs = Verbs {
        roots: infinitives.lines().map(root_of_infinitive).collect(),
        finite: HashMap::new(),
        participles: HashMap::new(),
    };
    for line in strong.lines().filter(|line| !line.starts_with('#')) {
        let forms: Vec<String> = line.split_whitespace().map(fold).collect();
        let [infinitive, past, participle, present @ ..] = forms.as_slice() else {
            continue;
        };
        let root = root_of_infinitive(infinitive);
        let bare = participle.strip_prefix("ge").unwrap_or(participle);
        verbs.participles.insert(bare.to_owned(), root.clone());
        for finite in present.iter().chain([past]) {
            verbs.finite.insert(finite.clone(), root.clone());
        }
        verbs.roots.insert(root);
    }
    verbs
}

fn root_of_infinitive(infinitive: &str) -> String {
    let folded = fold(infinitive.trim());
    let root = folded.strip_suffix("en").or(folded.strip_suffix('n'));
    root.map(str::to_owned).unwrap_or(folded)
}

/// The root of a folded word, if it is a form of a known verb or a noun in `-ung` made of one.
pub(super) fn root(word: &str) -> Option<String> {
    if word.len() < 4 || !word.is_ascii() {
        return None;
    }
    VERBS.root(word)
}

/// The root of the verb that a finite form makes with a particle that stands apart from it.
pub(super) fn root_with_particle(finite: &str, particle: &str) -> Option<String> {
    VERBS.known(format!("{particle}{}", VERBS.finite_root(finite)?))
}

/// Whether a folded word may stand apart from its verb.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Whether it is the root of a verb that begins with such a word.
pub(super) fn has_particle(root: &str) -> bool {
    VERBS.roots.contains(root) && PARTICLES.iter().any(|particle| root.starts_with(particle))
}

/// A particle or prefix that a folded word begins with, and what follows it.
pub(super) fn without_particle(word: &str) -> Option<(&str, &str)> {
    PARTICLES
        .iter()
        .chain(PREFIXES)
        .find_map(|particle| Some((*particle, word.strip_prefix(particle)?)))
        .filter(|(_, rest)| rest.len() >= 3)
}

impl Verbs {
    fn root(&self, word: &str) -> Option<String> {
        if let Some(root) = self
            .finite_root(word)
            .or_else(|| self.participle_root(word))
        {
            return Some(root);
        }
        if let Some(root) = self.noun_root(word) {
            return Some(root);
        }
        PARTICLES.iter().find_map(|particle| {
            let rest = word.strip_prefix(particle).filter(|rest| rest.len() >= 3)?;
            let to_infinitive = || self.finite_root(rest.strip_prefix("zu")?);
            let root = self
                .participle_root(rest)
                .or_else(to_infinitive)
                .or_else(|| self.finite_root(rest))?;
            self.known(format!("{particle}{root}"))
        })
    }

    /// Of a form without `ge-`: `passte`, `besprach`, `sprechend`.
    fn finite_root(&self, word: &str) -> Option<String> {
        let regular = ENDINGS
            .iter()
            .filter_map(|ending| word.strip_suffix(ending))
            .find(|root| root.len() >= 3 && self.roots.contains(*root));
        if let Some(root) = regular {
            return Some(root.to_owned());
        }
        self.irregular(word, |rest| {
            ["", "st", "en", "t", "n", "e"]
                .iter()
                // Otherwise `Sprache` would be a form of `sprechen`.
                .filter(|ending| **ending != "e" || rest.ends_with("te"))
                .filter_map(|ending| rest.strip_suffix(ending))
                .find_map(|stem| {
                    self.finite
                        .get(stem)
                        .or_else(|| self.finite.get(&format!("{stem}e")))
                })
        })
        .or_else(|| {
            PREFIXES.iter().find_map(|prefix| {
                let root = self.participle(word.strip_prefix(prefix)?)?;
                self.known(format!("{prefix}{root}"))
            })
        })
    }

    fn known(&self, root: String) -> Option<String> {
        self.roots.contains(&root).then_some(root)
    }

    /// Looks an irregular form up, with and without a prefix.
    fn irregular<'a>(
        &'a self,
        word: &str,
        look_up: impl Fn(&str) -> Option<&'a String>,
    ) -> Option<String> {
        if let Some(root) = look_up(word) {
            return Some(root.clone());
        }
        PREFIXES.iter().find_map(|prefix| {
            self.known(format!("{prefix}{}", look_up(word.strip_prefix(prefix)?)?))
        })
    }

    /// Of a form with `ge-`: `gekocht`, `gesprochene`.
    fn participle_root(&self, word: &str) -> Option<String> {
        let rest = word.strip_prefix("ge").filter(|rest| rest.len() >= 3)?;
        let weak = || {
            let stem = ADJECTIVE.iter().find_map(|ending| {
                let bare = rest.strip_suffix(ending)?.strip_suffix('t')?;
                let short = bare.strip_suffix('e').unwrap_or(bare);
                [bare, short]
                    .into_iter()
                    .find(|root| self.roots.contains(*root))
            });
            stem.filter(|stem| stem.len() >= 3).map(str::to_owned)
        };
        self.participle(rest).cloned().or_else(weak)
    }

    fn participle(&self, bare: &str) -> Option<&String> {
        ADJECTIVE
            .iter()
            .filter_map(|ending| bare.strip_suffix(ending))
            .find_map(|stem| self.participles.get(stem))
    }

    /// Of a noun: `Beratung`, `Entwicklungen`.
    fn noun_root(&self, word: &str) -> Option<String> {
        let stem = word.strip_suffix("ung").or(word.strip_suffix("ungen"))?;
        if self.roots.contains(stem) {
            return Some(stem.to_owned());
        }
        let (before, l) = stem.split_at_checked(stem.len().checked_sub(1)?)?;
        self.known(format!("{before}e{l}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_of_a_verb_have_one_root() {
        for (expected, forms) in [
            (
                "anpass",
                "anpassen angepasst anzupassen anpasste angepasste anpassung anpassend",
            ),
            ("koch", "kochen gekocht kochte kochten gekochtes"),
            (
                "vernetz",
                "vernetzen vernetzt vernetzte vernetzung vernetzten",
            ),
            ("forder", "fordern gefordert fordert forderung geforderten"),
            (
                "entwickel",
                "entwickeln entwickelt entwicklung entwicklungen",
            ),
            ("sprech", "sprechen sprach gesprochen spricht sprachen"),
            (
                "besprech",
                "besprechen besprach besprochen bespricht besprochene",
            ),
            ("teilnehm", "teilnehmen teilgenommen teilnimmt teilzunehmen"),
            ("berat", "beraten beriet beratung beratungen"),
            ("aufsuch", "aufsuchen aufsuchende aufgesucht"),
            ("unterstutz", "unterstutzen unterstutzt unterstutzung"),
            ("bring", "bringen brachte gebracht brachten"),
        ] {
            for form in forms.split(' ') {
                assert_eq!(root(form).as_deref(), Some(expected), "{form}");
            }
        }
    }

    #[test]
    fn nouns_that_only_look_like_verbs_have_none() {
        for word in [
            "gewalt",
            "geburt",
            "gebiet",
            "kinder",
            "sprache",
            "familie",
            "gehalt",
            "помощь",
        ] {
            assert_eq!(root(word), None, "{word}");
        }
    }

    #[test]
    fn a_particle_that_stands_apart_makes_the_verb() {
        assert_eq!(
            root_with_particle("passten", "an").as_deref(),
            Some("anpass")
        );
        assert_eq!(
            root_with_particle("nahmen", "teil").as_deref(),
            Some("teilnehm")
        );
        assert_eq!(
            root_with_particle("findet", "statt").as_deref(),
            Some("stattfind")
        );
        assert_eq!(root_with_particle("haus", "an"), None);
    }
}
