//! What is known of one client's content: stretches of clocks with where they stand, and which of
//! them are deleted.

/// A stretch of one client's clocks that share a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// First clock.
    pub(crate) start: u32,
    /// First clock after it.
    pub(crate) end: u32,
    /// Index of the node that holds it.
    pub(crate) parent: u32,
    /// Index of its key, or [`NO_KEY`].
    pub(crate) key: u32,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Forgotten after deletion; stands nowhere.
    Gone,
    /// Deleted, its place still known.
    Deleted,
    /// Text, marks, values.
    Leaf,
    /// An element or a text node: its index.
    Node(u32),
}

/// The key of what stands in a sequence.
pub(crate) const NO_KEY: u32 = u32::MAX;

impl Stretch {
    /// Whether `next` continues this stretch, so that one entry can stand for both.
    pub(crate) fn continues(&self, next: &Self) -> bool {
        self.end == next.start
            && self.parent == next.parent
            && self.key == next.key
            && self.kind == next.kind
            && !matches!(self.kind, Kind::Node(_))
    }
}

/// Adds `next` behind the last stretch, in the same entry if it continues it.
pub(crate) fn push(stretches: &mut Vec<Stretch>, next: Stretch) {
    match stretches.last_mut() {
        Some(last) if last.continues(&next) => last.end = next.end,
        Some(_) => stretches.push(next),
        // Most lists stay at one: an update that brings many clients must not cost four each.
        None => {
            stretches.reserve_exact(1);
            stretches.push(next);
        }
    }
}

/// The stretch that holds `clock`.
pub(crate) fn at(stretches: &[Stretch], clock: u32) -> Option<&Stretch> {
    // Most references are to what was written last.
    if let Some(last) = stretches.last()
        && last.start <= clock
    {
        return (clock < last.end).then_some(last);
    }
    let after = stretches.partition_point(|stretch| stretch.start <= clock);
    stretches
        .get(after.checked_sub(1)?)
        .filter(|stretch| clock < stretch.end)
}

/// One client's content.
#[derive(Clone, Debug, Default)]
pub(crate) struct Client {
    /// From clock zero on, without holes.
    pub(crate) stretches: Vec<Stretch>,
    pub(crate) deleted: ClockSet,
}

impl Client {
    /// The first clock that is not known.
    pub(crate) fn clock(&self) -> u32 {
        self.stretches.last().map_or(0, |stretch| stretch.end)
    }
}

/// A set of clocks as sorted stretches that neither overlap nor touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClockSet(Vec<(u32, u32)>);

impl ClockSet {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.0.iter().copied()
    }

    /// Calls `found` with each part of `start..end` that is not in the set.
    pub(crate) fn missing(&self, start: u32, end: u32, mut found: impl FnMut(u32, u32)) {
        let mut from = start;
        let first = self.0.partition_point(|(_, known_end)| *known_end <= start);
        for &(known_start, known_end) in self.0.get(first..).unwrap_or_default() {
            if known_start >= end || from >= end {
                break;
            }
            if known_start > from {
                found(from, known_start);
            }
            from = from.max(known_end);
        }
        if from < end {
            found(from, end);
        }
    }

    /// Adds stretches that are sorted by their start.
    pub(crate) fn extend(&mut self, added: &[(u32, u32)]) {
        // A few are put in place; many are merged in one pass, or moving would cost the square.
        if added.len() > 8 {
            let old = std::mem::take(&mut self.0);
            self.0.reserve(old.len() + added.len());
            let (mut old, mut new) = (old.into_iter().peekable(), added.iter().copied().peekable());
            loop {
                let next = match (old.peek(), new.peek()) {
                    (Some(a), Some(b)) if a.0 <= b.0 => old.next(),
                    (Some(_), None) => old.next(),
                    (_, Some(_)) => new.next(),
                    (None, None) => break,
                };
                if let Some((start, end)) = next {
                    self.append(start, end);
                }
            }
        } else {
            for &(start, end) in added {
                self.insert(start, end);
            }
        }
    }

    fn append(&mut self, start: u32, end: u32) {
        match self.0.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => self.0.push((start, end)),
        }
    }

    fn insert(&mut self, start: u32, end: u32) {
        // All that overlap or touch become one.
        let first = self.0.partition_point(|(_, known_end)| *known_end < start);
        let after = self
            .0
            .partition_point(|(known_start, _)| *known_start <= end);
        let touched = self.0.get(first..after).unwrap_or_default();
        let merged = match (touched.first(), touched.last()) {
            (Some(one), Some(last)) => (start.min(one.0), end.max(last.1)),
            _ => (start, end),
        };
        self.0.splice(first..after.max(first), [merged]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(set: &ClockSet, start: u32, end: u32) -> Vec<(u32, u32)> {
        let mut parts = Vec::new();
        set.missing(start, end, |start, end| parts.push((start, end)));
        parts
    }

    #[test]
    fn stretches_that_touch_or_overlap_become_one() {
        let mut set = ClockSet::default();
        set.extend(&[(10, 12)]);
        set.extend(&[(20, 22)]);
        set.extend(&[(12, 15)]);
        set.extend(&[(5, 6)]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [(5, 6), (10, 15), (20, 22)]);
        set.extend(&[(6, 21)]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [(5, 22)]);
    }

    #[test]
    fn many_at_once_give_what_one_by_one_gives() {
        let added: Vec<_> = (0..40).map(|i| (i * 7 % 90, i * 7 % 90 + 3)).collect();
        let mut sorted = added.clone();
        sorted.sort_unstable();
        let (mut at_once, mut single) = (ClockSet::default(), ClockSet::default());
        at_once.extend(&[(30, 50)]);
        single.extend(&[(30, 50)]);
        at_once.extend(&sorted);
        for one in added {
            single.extend(&[one]);
        }
        assert_eq!(at_once, single);
    }

    #[test]
    fn what_is_missing_is_found_between_and_around() {
        let mut set = ClockSet::default();
        set.extend(&[(5, 8), (10, 12)]);
        assert_eq!(missing(&set, 0, 20), [(0, 5), (8, 10), (12, 20)]);
        assert_eq!(missing(&set, 6, 11), [(8, 10)]);
        assert_eq!(missing(&set, 5, 8), []);
        assert_eq!(missing(&set, 12, 13), [(12, 13)]);
    }

    #[test]
    fn a_stretch_is_found_by_each_of_its_clocks() {
        let stretch = |start, end, parent| Stretch {
            start,
            end,
            parent,
            key: NO_KEY,
            kind: Kind::Leaf,
        };
        let mut all = Vec::new();
        push(&mut all, stretch(0, 3, 1));
        push(&mut all, stretch(3, 5, 1));
        push(&mut all, stretch(5, 9, 2));
        assert_eq!(all.len(), 2);
        assert_eq!(at(&all, 4).map(|s| s.parent), Some(1));
        assert_eq!(at(&all, 5).map(|s| s.parent), Some(2));
        assert_eq!(at(&all, 9), None);
    }
}
