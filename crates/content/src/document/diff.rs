//! The smallest sensible change from one text to another, so that what others write at the same
//! time survives: whole words that stay are not touched.

/// A change: at a place of the old text, some of it goes and something new comes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Splice {
    /// Where, in UTF-16 units of the old text.
    pub at: u32,
    /// How much goes, in UTF-16 units.
    pub delete: u32,
    /// What comes.
    pub insert: String,
}

/// The most cells of the table that compares words; above it the middle is replaced as a whole.
const MAX_CELLS: usize = 1_000_000;

/// The changes that make `new` out of `old`, last place first, so that places stay right while
/// they are carried out in order.
pub(super) fn splices(old: &str, new: &str) -> Vec<Splice> {
    let old_words = words(old);
    let new_words = words(new);
    let prefix = common(old_words.iter(), new_words.iter());
    let (old_rest, new_rest) = (from(&old_words, prefix), from(&new_words, prefix));
    let suffix = common(old_rest.iter().rev(), new_rest.iter().rev());
    let old_middle = upto(old_rest, suffix);
    let new_middle = upto(new_rest, suffix);

    let mut at = units(&old_words, prefix);
    let mut out = Vec::new();
    for (gone, come) in hunks(old_middle, new_middle) {
        let (gone, come) = (gone.concat(), come.concat());
        if gone == come {
            at = at.saturating_add(utf16(&gone));
        } else {
            out.push(trimmed(at, &gone, &come));
            at = at.saturating_add(utf16(&gone));
        }
    }
    out.reverse();
    out
}

/// A splice without the characters that both sides begin and end with.
fn trimmed(at: u32, gone: &str, come: &str) -> Splice {
    let prefix = common(gone.chars(), come.chars());
    let gone: Vec<char> = gone.chars().collect();
    let come: Vec<char> = come.chars().collect();
    let (gone_rest, come_rest) = (from(&gone, prefix), from(&come, prefix));
    let suffix = common(gone_rest.iter().rev(), come_rest.iter().rev());
    let start: String = gone.iter().take(prefix).collect();
    let deleted: String = upto(gone_rest, suffix).iter().collect();
    Splice {
        at: at.saturating_add(utf16(&start)),
        delete: utf16(&deleted),
        insert: upto(come_rest, suffix).iter().collect(),
    }
}

type Hunk<'a> = (&'a [&'a str], &'a [&'a str]);

/// Both word lists cut into equal and different stretches by their longest common subsequence.
fn hunks<'a>(old: &'a [&'a str], new: &'a [&'a str]) -> Vec<Hunk<'a>> {
    let width = new.len().saturating_add(1);
    let cells = old.len().saturating_add(1).saturating_mul(width);
    if old.is_empty() || new.is_empty() || cells > MAX_CELLS {
        return vec![(old, new)];
    }
    // lengths[i * width + j]: the longest common subsequence of old[i..] and new[j..].
    let mut lengths = vec![0_u32; cells];
    let cell = |i: usize, j: usize| i.saturating_mul(width).saturating_add(j);
    let at = |lengths: &[u32], i: usize, j: usize| lengths.get(cell(i, j)).copied().unwrap_or(0);
    for (i, old_word) in old.iter().enumerate().rev() {
        for (j, new_word) in new.iter().enumerate().rev() {
            let length = if old_word == new_word {
                at(&lengths, i.saturating_add(1), j.saturating_add(1)).saturating_add(1)
            } else {
                at(&lengths, i.saturating_add(1), j).max(at(&lengths, i, j.saturating_add(1)))
            };
            if let Some(slot) = lengths.get_mut(cell(i, j)) {
                *slot = length;
            }
        }
    }
    let mut hunks = Vec::new();
    let (mut i, mut j) = (0, 0);
    let (mut from_i, mut from_j) = (0, 0);
    while let (Some(old_word), Some(new_word)) = (old.get(i), new.get(j)) {
        let (next_i, next_j) = (i.saturating_add(1), j.saturating_add(1));
        if old_word == new_word {
            hunks.push((range(old, from_i, i), range(new, from_j, j)));
            hunks.push((range(old, i, next_i), range(new, j, next_j)));
            (i, j) = (next_i, next_j);
            (from_i, from_j) = (i, j);
        } else if at(&lengths, next_i, j) >= at(&lengths, i, next_j) {
            i = next_i;
        } else {
            j = next_j;
        }
    }
    hunks.push((from(old, from_i), from(new, from_j)));
    hunks
}

/// Words and what stands between them, each on its own.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let letter = c.is_alphanumeric();
        if at > start && !(letter && inside) {
            words.extend(text.get(start..at));
            start = at;
        }
        inside = letter;
    }
    words.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    words
}

fn common<T: PartialEq>(a: impl Iterator<Item = T>, b: impl Iterator<Item = T>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

fn range<T>(list: &[T], from: usize, to: usize) -> &[T] {
    list.get(from..to).unwrap_or_default()
}

fn from<T>(list: &[T], at: usize) -> &[T] {
    list.get(at..).unwrap_or_default()
}

fn upto<T>(list: &[T], suffix: usize) -> &[T] {
    list.get(..list.len().saturating_sub(suffix))
        .unwrap_or_default()
}

fn units(words: &[&str], count: usize) -> u32 {
    words
        .iter()
        .take(count)
        .fold(0, |sum: u32, word| sum.saturating_add(utf16(word)))
}

/// The length in UTF-16 units, as documents count.
fn utf16(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Carries the changes out on UTF-16 units.
    fn applied(old: &str, splices: &[Splice]) -> String {
        let mut units: Vec<u16> = old.encode_utf16().collect();
        for splice in splices {
            let at = splice.at as usize;
            let end = at + splice.delete as usize;
            units.splice(at..end, splice.insert.encode_utf16());
        }
        String::from_utf16(&units).unwrap()
    }

    #[test]
    fn changes_lead_from_the_old_text_to_the_new_one() {
        let texts = [
            "",
            "a",
            "Grüße 😀!",
            "Grüße 😃!",
            "Frühe Hilfen im Kiez",
            "Frühe Hilfen im ganzen Kiez, heute",
            "im Kiez frühe Hilfen",
            "e\u{301}a",
            "ea",
        ];
        for old in texts {
            for new in texts {
                let splices = splices(old, new);
                assert_eq!(
                    applied(old, &splices),
                    new,
                    "{old:?} to {new:?}: {splices:?}"
                );
                assert_eq!(splices.is_empty(), old == new);
            }
        }
    }

    #[test]
    fn words_that_stay_are_not_touched() {
        let splice = |at, delete, insert: &str| Splice {
            at,
            delete,
            insert: insert.to_owned(),
        };
        assert_eq!(
            splices("Hilfen im Kiez für alle", "Hilfe im ganzen Kiez für viele"),
            [
                splice(19, 2, "vie"),
                splice(10, 0, "ganzen "),
                splice(5, 1, "")
            ]
        );
        assert_eq!(splices("😀 eins", "😀 zwei"), [splice(3, 4, "zwei")]);
    }

    #[test]
    fn very_different_long_texts_are_replaced_as_a_whole() {
        let old = "a ".repeat(2_000);
        let new = "b, ".repeat(2_000);
        let splices = splices(&old, &new);
        assert_eq!(splices.len(), 1);
        assert_eq!(applied(&old, &splices), new);
    }
}
