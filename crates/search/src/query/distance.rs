//! How many typing errors lie between two words.

/// The least number of insertions, deletions, replacements and swaps of neighbours that turn
/// `typed` into `word`, or (with `begun`) into the beginning of `word` that is nearest.
pub(super) fn distance(typed: &str, word: &str, begun: bool) -> usize {
    let word: Vec<char> = word.chars().collect();
    // Three rows of the optimal string alignment: before last, last, current.
    let mut older: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=word.len()).collect();
    let mut before = None;
    for (row, c) in typed.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, w) in word.iter().enumerate() {
            let at =
                |cells: &[usize], index: usize| cells.get(index).copied().unwrap_or(usize::MAX);
            let replaced = at(&last, column).saturating_add(usize::from(*w != c));
            let inserted = at(&current, column).saturating_add(1);
            let deleted = at(&last, column + 1).saturating_add(1);
            let mut best = replaced.min(inserted).min(deleted);
            if let Some(left) = column.checked_sub(1)
                && word.get(left) == Some(&c)
                && before == Some(*w)
            {
                best = best.min(at(&older, left).saturating_add(1));
            }
            current.push(best);
        }
        before = Some(c);
        older = std::mem::replace(&mut last, current);
    }
    let nearest = if begun {
        last.iter().min()
    } else {
        last.last()
    };
    nearest.copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn insertions_deletions_replacements_and_swaps_count_one() {
        for (typed, word, errors) in [
            ("praxis", "praxis", 0),
            ("praxs", "praxis", 1),
            ("praxiis", "praxis", 1),
            ("proxis", "praxis", 1),
            ("parxis", "praxis", 1),
            ("arpxis", "praxis", 2),
            ("", "abc", 3),
        ] {
            assert_eq!(distance(typed, word, false), errors, "{typed} {word}");
        }
    }

    #[test]
    fn of_a_begun_word_only_the_beginning_counts() {
        assert_eq!(distance("parx", "praxisfall", true), 1);
        assert_eq!(distance("prax", "praxisfall", true), 0);
    }
}
