//! Adjectives that are made freely with a noun: `armutssensibel`, `einkommensschwach`, `bezirksweit`.

use super::compound;

/// Folded, without their endings.
const ADJECTIVES: &[&str] = &[
    "sensibel",
    "sensibl",
    "orientiert",
    "ubergreifend",
    "gerecht",
    "fordernd",
    "freundlich",
    "gefahrdet",
    "betroffen",
    "schwach",
    "stark",
    "reich",
    "fern",
    "nah",
    "frei",
    "bezogen",
    "basiert",
    "spezifisch",
    "fahig",
    "bedingt",
    "weit",
    "politisch",
    "psychologisch",
    "padagogisch",
    "medizinisch",
    "therapeutisch",
    "erziehend",
    "pflichtig",
    "berechtigt",
    "benachteiligt",
    "bedurftig",
    "wirksam",
    "begleitend",
    "unterstutzend",
    "feindlich",
    "relevant",
    "kritisch",
    "bewusst",
    "sicher",
    "rechtlich",
    "finanziert",
    "gestutzt",
    "gefuhrt",
    "geleitet",
    "zentriert",
    "intern",
    "los",
    "arm",
    "nutzig",
];

/// What stands before such an adjective without being a noun that anybody looks for.
const FIXED: &[&str] = &["hilf", "zahl", "lehr", "wert", "aussichts"];

/// The noun and the adjective of a folded word, if it is made of two such.
pub(super) fn split(folded: &str) -> Option<(&str, &str)> {
    ADJECTIVES.iter().find_map(|adjective| {
        let at = folded.rfind(*adjective)?;
        let (noun, behind) = folded.split_at_checked(at)?;
        let ending = behind.len().saturating_sub(adjective.len());
        let fits = noun.len() >= 4 && ending <= 2 && is_ending(behind.get(adjective.len()..)?);
        (fits && !FIXED.contains(&noun) && compound::is_modifier(noun)).then_some((noun, behind))
    })
}

fn is_ending(ending: &str) -> bool {
    matches!(ending, "" | "e" | "er" | "en" | "em" | "es")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_before_a_known_adjective_is_split_off() {
        assert_eq!(split("armutssensible"), Some(("armuts", "sensible")));
        assert_eq!(
            split("einkommensschwachen"),
            Some(("einkommens", "schwachen"))
        );
        assert_eq!(split("bezirksweit"), Some(("bezirks", "weit")));
        assert_eq!(split("kinderreiche"), Some(("kinder", "reiche")));
    }

    #[test]
    fn other_words_stay_whole() {
        for word in ["sensibel", "ungerecht", "erreicht", "bereich", "verfrei"] {
            assert_eq!(split(word), None, "{word}");
        }
    }
}
