//! Splitting German compounds: the cheapest way to write a word as parts of the dictionary.
//!
//! A part costs the less the more compounds are known to be made with it, so that few and common
//! parts win (Viterbi over the logarithms of the counts). A known whole word competes with its parts.

use super::dictionary::{Counts, Dictionary, dictionary};

/// Shorter words are not split, in bytes.
const MIN_WORD: usize = 7;
/// Each boundary makes a split so much cheaper: a known whole word is often a compound all the same.
const BOUNDARY: f64 = 2.5;
/// Longer words are not split, in bytes.
const MAX_WORD: usize = 64;
/// Shorter parts are not taken, in bytes. The dictionary has few as short as this.
const MIN_PART: usize = 3;
/// Longer earlier parts are not taken, in bytes.
const MAX_MODIFIER: usize = 18;
/// What an unknown word costs as a whole.
const UNKNOWN: f64 = 99.0;

/// The parts of a folded word; the word itself if it is none or not known as a compound.
pub(super) fn split(word: &str) -> Vec<&str> {
    let splits = (MIN_WORD..=MAX_WORD).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_lowercase());
    match dictionary() {
        Some(dictionary) if splits => cut(word, &cheapest(word, dictionary)),
        _ => vec![word],
    }
}

/// The smallest parts of a folded word: parts that are compounds themselves are split again.
pub(super) fn leaves(word: &str) -> Vec<&str> {
    match split(word).as_slice() {
        [_] => vec![word],
        parts => parts.iter().flat_map(|part| leaves(part)).collect(),
    }
}

/// Whether a folded word is a part of known compounds.
pub(super) fn is_known(word: &str) -> bool {
    dictionary().is_some_and(|dictionary| dictionary.parts.contains_key(word))
}

/// Whether a folded word may stand before the end of a compound, or is a compound itself.
pub(super) fn is_modifier(word: &str) -> bool {
    let known = dictionary().and_then(|dictionary| dictionary.parts.get(word));
    known.is_some_and(|packed| Counts::unpack(packed).modifier > 0) || split(word).len() > 1
}

/// The cheapest way to reach a place in the word.
#[derive(Clone, Copy)]
struct Way {
    cost: f64,
    /// Where its last part begins.
    from: usize,
}

/// The inner boundaries of the cheapest split, last first.
fn cheapest(word: &str, dictionary: &Dictionary) -> Vec<usize> {
    let len = word.len();
    let mut ways: Vec<Option<Way>> = vec![None; len.saturating_add(1)];
    if let Some(start) = ways.first_mut() {
        *start = Some(Way { cost: 0.0, from: 0 });
    }
    relax(
        &mut ways,
        len,
        Way {
            cost: UNKNOWN,
            from: 0,
        },
    );
    for from in 0..len {
        let Some(way) = ways.get(from).copied().flatten() else {
            continue;
        };
        for_each_part(
            word.get(from..).unwrap_or_default(),
            dictionary,
            |size, counts| {
                let to = from.saturating_add(size);
                let step = if to == len && counts.head > 0 {
                    dictionary.heads - f64::from(counts.head).ln()
                } else if to < len && counts.modifier > 0 && size <= MAX_MODIFIER {
                    dictionary.modifiers - f64::from(counts.modifier).ln() - BOUNDARY
                } else {
                    return;
                };
                relax(
                    &mut ways,
                    to,
                    Way {
                        cost: way.cost + step,
                        from,
                    },
                );
            },
        );
    }
    let mut boundaries = Vec::new();
    let mut at = len;
    while let Some(way) = ways.get(at).copied().flatten() {
        if way.from == 0 || way.from >= at {
            break;
        }
        boundaries.push(way.from);
        at = way.from;
    }
    boundaries
}

fn relax(ways: &mut [Option<Way>], to: usize, way: Way) {
    if let Some(known) = ways.get_mut(to)
        && known.is_none_or(|known| way.cost < known.cost)
    {
        *known = Some(way);
    }
}

/// Every part that `rest` begins with: its length and counts.
fn for_each_part(rest: &str, dictionary: &Dictionary, mut each: impl FnMut(usize, Counts)) {
    let map = dictionary.parts.as_fst();
    let mut node = map.root();
    let mut packed = fst::raw::Output::zero();
    for (size, byte) in (1_usize..).zip(rest.bytes()) {
        let Some(found) = node.find_input(byte) else {
            return;
        };
        let transition = node.transition(found);
        packed = packed.cat(transition.out);
        node = map.node(transition.addr);
        if size >= MIN_PART && node.is_final() {
            each(
                size,
                Counts::unpack(packed.cat(node.final_output()).value()),
            );
        }
    }
}

fn cut<'a>(word: &'a str, boundaries: &[usize]) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut rest = word;
    for boundary in boundaries {
        let (before, part) = rest.split_at_checked(*boundary).unwrap_or((rest, ""));
        parts.push(part);
        rest = before;
    }
    parts.push(rest);
    parts.reverse();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_are_split_into_their_parts() {
        for (word, parts) in [
            ("kinderarmut", "kinder armut"),
            ("familienzentrum", "familien zentrum"),
            ("gesundheitslotse", "gesundheits lotse"),
            ("praventionskette", "praventions kette"),
            ("schuldnerberatung", "schuldner beratung"),
            ("kitasozialarbeit", "kita sozial arbeit"),
            ("jugendamt", "jugend amt"),
            ("elternrat", "eltern rat"),
            ("praventionkette", "pravention kette"),
            ("stadtteilzentrum", "stadtteil zentrum"),
            ("leihoma", "leih oma"),
            ("fachtag", "fach tag"),
            ("elterncafe", "eltern cafe"),
            ("nachbarschaftscafe", "nachbarschafts cafe"),
        ] {
            assert_eq!(leaves(word).join(" "), parts);
        }
    }

    #[test]
    fn words_that_are_no_compounds_stay_whole() {
        for word in [
            "familien",
            "beteiligung",
            "partizipation",
            "niedrigschwellig",
            "berliner",
            "arbeitslosigkeit",
            "kind",
            "помощьпомощь",
        ] {
            assert_eq!(split(word), [word]);
        }
    }

    #[test]
    fn the_parts_of_any_word_make_the_word() {
        for word in [
            "",
            "a",
            "donaudampfschifffahrtsgesellschaft",
            "xxxxxxxxxxxxxxxxx",
        ] {
            assert_eq!(leaves(word).concat(), word);
        }
    }
}
