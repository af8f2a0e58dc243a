//! The parts that German compounds are made of, with how often each one is.
//!
//! A finite-state map from the folded form to two counts: as the last part (the upper 32 bits) and
//! as an earlier part (the lower 32 bits). What it is made of stands in `data/search/README.md`.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use fst::{Map, MapBuilder, Streamer as _};

use super::fold;

/// Rarer forms split words that are no compounds.
const LEAST: u32 = 4;
/// What a word of this field counts at least.
const DOMAIN: u32 = 30;
/// A form that ends compounds may begin them too, even if no listed compound begins with it: such a
/// share of the one count, in tenths, is the least of the other.
const TENTHS_AS_MODIFIER: u32 = 3;

/// The map and the logarithms of its sums.
pub(super) struct Dictionary {
    pub(super) parts: Map<&'static [u8]>,
    pub(super) heads: f64,
    pub(super) modifiers: f64,
}

/// How often a form is the last part, and how often an earlier one; 0 means never.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) head: u32,
    pub(super) modifier: u32,
}

impl Counts {
    pub(super) fn unpack(packed: u64) -> Self {
        let half = |bits: u64| u32::try_from(bits).unwrap_or(u32::MAX);
        Self {
            head: half(packed >> 32),
            modifier: half(packed & u64::from(u32::MAX)),
        }
    }

    fn pack(self) -> u64 {
        (u64::from(self.head) << 32) | u64::from(self.modifier)
    }
}

/// The dictionary that the program carries; none if its bytes are no map.
pub(super) fn dictionary() -> Option<&'static Dictionary> {
    static BYTES: &[u8] = include_bytes!("../../../../data/search/constituents.fst");
    static DICTIONARY: LazyLock<Option<Dictionary>> = LazyLock::new(|| read(BYTES));
    DICTIONARY.as_ref()
}

fn read(bytes: &'static [u8]) -> Option<Dictionary> {
    let parts = Map::new(bytes).ok()?;
    let (mut heads, mut modifiers) = (0.0, 0.0);
    let mut all = parts.stream();
    while let Some((_, packed)) = all.next() {
        let counts = Counts::unpack(packed);
        heads += f64::from(counts.head);
        modifiers += f64::from(counts.modifier);
    }
    Some(Dictionary {
        parts,
        heads: heads.ln(),
        modifiers: modifiers.ln(),
    })
}

/// Builds the map from `constituents.tsv` and `domain.txt`. Lines that do not fit are left out.
pub(crate) fn build(counts: &str, domain: &str) -> Result<Vec<u8>, fst::Error> {
    let mut forms: BTreeMap<String, Counts> = BTreeMap::new();
    for line in counts.lines() {
        let mut cells = line.split('\t');
        let form = cells.next().unwrap_or_default();
        let mut number = || -> u32 { cells.next().and_then(|n| n.parse().ok()).unwrap_or(0) };
        let least = |count: u32| if count < LEAST { 0 } else { count };
        raise(
            &mut forms,
            form,
            Counts {
                head: least(number()),
                modifier: least(number()),
            },
        );
    }
    for counts in forms.values_mut() {
        let least = counts.head.saturating_mul(TENTHS_AS_MODIFIER) / 10;
        counts.modifier = counts.modifier.max(least);
    }
    let mut never = HashSet::new();
    for line in domain.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(ending) = line.strip_prefix('-') {
            never.insert(fold(ending));
            continue;
        }
        let (form, head) = match line.strip_suffix('-') {
            Some(form) => (form, 0),
            None => (line, DOMAIN),
        };
        let counts = Counts {
            head,
            modifier: DOMAIN,
        };
        raise(&mut forms, form, counts);
    }
    let mut map = MapBuilder::memory();
    for (form, counts) in forms {
        if counts != Counts::default() && !never.contains(&form) {
            map.insert(form, counts.pack())?;
        }
    }
    map.into_inner()
}

fn raise(forms: &mut BTreeMap<String, Counts>, form: &str, to: Counts) {
    // Spellings that fold to one share the larger counts.
    let counts = forms.entry(fold(form)).or_default();
    counts.head = counts.head.max(to.head);
    counts.modifier = counts.modifier.max(to.modifier);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_is_what_its_sources_give() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/search/");
        let read = |name: &str| std::fs::read_to_string(format!("{folder}{name}")).unwrap();
        let built = build(&read("constituents.tsv"), &read("domain.txt")).unwrap();
        let carried = std::fs::read(format!("{folder}constituents.fst")).unwrap();
        assert!(
            built == carried,
            "run: cargo run -p denkraum-search --example build_dictionary"
        );
    }

    #[test]
    fn rare_forms_and_stopped_endings_are_left_out_and_the_others_raised() {
        let built = build(
            "haus\t900\t3\nhäus\t2\t1\nkeit\t9\t9\nkita\t5\t5\nzeit\t9\t0\n",
            "# x\nkita\nlern-\n-keit\n",
        );
        let map = Map::new(built.unwrap()).unwrap();
        let counts = |form: &str| map.get(form).map(Counts::unpack);
        assert_eq!(
            counts("haus"),
            Some(Counts {
                head: 900,
                modifier: 270
            })
        );
        assert_eq!(
            counts("kita"),
            Some(Counts {
                head: 30,
                modifier: 30
            })
        );
        assert_eq!(
            counts("lern"),
            Some(Counts {
                head: 0,
                modifier: 30
            })
        );
        assert_eq!(counts("keit"), None);
        assert_eq!(
            counts("zeit"),
            Some(Counts {
                head: 9,
                modifier: 2
            })
        );
        assert_eq!(map.len(), 4);
    }
}
