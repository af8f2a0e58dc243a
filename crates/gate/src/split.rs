//! Taking a long update apart, so that the engine never has more of it in hand than a little.
//!
//! yrs reads all structs of an update before it places the first, and puts those that continue each other
//! together from the last to the first, keeping every step until it is through: twenty thousand letters,
//! one struct each, took three hundred megabytes. In parts it takes what the document keeps of them.

use std::borrow::Cow;

use crate::bytes::{Cursor, Malformed};
use crate::wire::{self, Head, Id, ParentName};
use crate::write::number;

/// The structs of a part, times its bytes, are not much more than this.
const PART: usize = 1 << 19;

/// The structs of one client.
struct Section {
    client: u64,
    /// The clock of the next struct.
    clock: u32,
    /// The first clock after the last struct.
    end: u32,
    /// How many structs are left.
    left: usize,
    /// Where the next struct begins.
    at: usize,
    /// Whether a struct of it waits for one of another section.
    waiting: bool,
}

/// Structs of one section that follow one another.
struct Run {
    section: usize,
    clock: u32,
    structs: usize,
    start: usize,
    end: usize,
}

/// The parts of an update, each of which builds on those before it alone. The last one has the deletions.
pub struct Parts<'a> {
    update: &'a [u8],
    /// In the order of their clients.
    sections: Vec<Section>,
    /// How many structs are left in all sections.
    left: usize,
    /// Where the deletions begin.
    deletions: usize,
    /// Which sections wait, from the first to the one they wait for, and up to which clock.
    stack: Vec<(usize, u32)>,
    /// The sections before this one are through.
    first: usize,
    is_whole: bool,
    is_done: bool,
}

/// Takes an update apart that was let in; one that is short or has few structs stays whole. `None` if it
/// is no update. [G-28]
pub fn split(update: &[u8]) -> Option<Parts<'_>> {
    taken_apart(update).ok()
}

fn taken_apart(update: &[u8]) -> Result<Parts<'_>, Malformed> {
    let mut parts = Parts {
        update,
        sections: Vec::new(),
        left: 0,
        deletions: 0,
        stack: Vec::new(),
        first: 0,
        is_whole: true,
        is_done: false,
    };
    // A struct has two bytes at least.
    if update.len() * update.len() / 2 <= PART {
        return Ok(parts);
    }
    let mut cursor = Cursor::new(update, 0);
    for _ in 0..cursor.count(3)? {
        let left = cursor.count(2)?;
        let client = wire::client(&mut cursor)?;
        let clock = cursor.clock()?;
        let (at, mut end) = (cursor.at(), clock);
        for _ in 0..left {
            end = end.saturating_add(one(&mut cursor)?.1);
        }
        parts.left += left;
        parts.sections.push(Section {
            client,
            clock,
            end,
            left,
            at,
            waiting: false,
        });
    }
    parts.deletions = cursor.at();
    parts.is_whole = parts.left.saturating_mul(parts.deletions) <= PART;
    parts.sections.sort_by_key(|section| section.client);
    Ok(parts)
}

/// Reads one struct: what it stands beside or in, and how many clocks it takes.
fn one(cursor: &mut Cursor<'_>) -> Result<([Option<Id>; 3], u32), Malformed> {
    match wire::head(cursor)? {
        Head::Item(item) => {
            let parent = match item.parent {
                Some(ParentName::Node(id)) => Some(id),
                _ => None,
            };
            let length = wire::content(cursor, &item, true)?.1;
            Ok(([item.left, item.right, parent], length))
        }
        Head::Forgotten | Head::Skip => Ok(([None; 3], wire::length(cursor)?)),
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Cow<'a, [u8]>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        if self.is_whole {
            self.is_done = true;
            return Some(Cow::Borrowed(self.update));
        }
        let (mut runs, mut structs, mut bytes) = (Vec::<Run>::new(), 0, 0);
        while structs * bytes <= PART
            && let Some(run) = self.take()
        {
            structs += 1;
            bytes += run.end - run.start;
            match runs.iter_mut().find(|known| known.section == run.section) {
                Some(known) => {
                    known.structs += 1;
                    known.end = run.end;
                }
                None => runs.push(run),
            }
        }
        // Without any left, or if a second reading should differ from the first.
        self.is_done = self.left == 0 || runs.is_empty();
        Some(Cow::Owned(self.written(&mut runs, bytes)))
    }
}

impl Parts<'_> {
    /// The next struct that needs nothing more, as a run of one.
    fn take(&mut self) -> Option<Run> {
        loop {
            let Some(&(index, until)) = self.stack.last() else {
                self.stack.push((self.first, u32::MAX));
                self.first += 1;
                self.sections.get(self.first - 1)?;
                continue;
            };
            let section = self.sections.get_mut(index)?;
            if section.left == 0 || section.clock > until {
                section.waiting = false;
                self.stack.pop();
                continue;
            }
            section.waiting = true;
            let (clock, start) = (section.clock, section.at);
            let mut cursor = Cursor::new(self.update, start);
            let (needs, length) = one(&mut cursor).ok()?;
            if let Some(first) = self.goes_before(index, needs) {
                self.stack.push(first);
                continue;
            }
            let section = self.sections.get_mut(index)?;
            section.clock = clock.saturating_add(length);
            section.left -= 1;
            section.at = cursor.at();
            self.left -= 1;
            return Some(Run {
                section: index,
                clock,
                structs: 1,
                start,
                end: cursor.at(),
            });
        }
    }

    /// The section that has to be gone through first, and up to which clock.
    fn goes_before(&self, index: usize, needs: [Option<Id>; 3]) -> Option<(usize, u32)> {
        needs.into_iter().flatten().find_map(|id| {
            let sections = &self.sections;
            let other = sections.binary_search_by_key(&id.client, |section| section.client);
            let other = other.ok().filter(|other| *other != index)?;
            let section = sections.get(other)?;
            let is_missing = (section.clock..section.end).contains(&id.clock);
            // In a circle nothing can be first; the gate lets none in.
            (is_missing && !section.waiting).then_some((other, id.clock))
        })
    }

    fn written(&self, runs: &mut [Run], bytes: usize) -> Vec<u8> {
        let mut written = Vec::with_capacity(bytes + 32 * (runs.len() + 1));
        // As Yjs writes them: the highest client first.
        runs.sort_by_key(|run| std::cmp::Reverse(run.section));
        number(&mut written, runs.len() as u64);
        for run in runs {
            let client = self.sections.get(run.section).map(|section| section.client);
            number(&mut written, run.structs as u64);
            number(&mut written, client.unwrap_or_default());
            number(&mut written, run.clock.into());
            let bytes = self.update.get(run.start..run.end);
            written.extend_from_slice(bytes.unwrap_or_default());
        }
        if self.is_done {
            let deletions = self.update.get(self.deletions..);
            written.extend_from_slice(deletions.unwrap_or_default());
        } else {
            number(&mut written, 0);
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge;

    fn parts(update: &[u8]) -> Vec<Vec<u8>> {
        split(update).unwrap().map(Cow::into_owned).collect()
    }

    /// `count` letters of two clients, who take turns in one text: each letter stands behind the other's.
    fn duet(count: u32) -> Vec<u8> {
        let mut bytes = vec![2];
        for (client, other) in [(9_u8, 5_u8), (5, 9)] {
            number(&mut bytes, count.into());
            bytes.extend([client, 0]);
            for clock in 0..count {
                if client == 5 && clock == 0 {
                    bytes.extend(b"\x04\x01\x05title");
                } else {
                    let left = clock - u32::from(client == 5);
                    bytes.extend([0x84, other]);
                    number(&mut bytes, left.into());
                }
                bytes.extend(b"\x01a");
            }
        }
        bytes.extend(b"\x01\x05\x01\x00\x01");
        bytes
    }

    /// [G-28]
    #[test]
    fn a_short_update_stays_whole() {
        assert_eq!(parts(b"\x00\x00"), [b"\x00\x00"]);
        let short = duet(50);
        assert_eq!(parts(&short), [short]);
        let long_text = {
            let mut bytes = b"\x01\x01\x05\x00\x04\x01\x05title".to_vec();
            number(&mut bytes, 100_000);
            bytes.extend(std::iter::repeat_n(b'a', 100_000));
            bytes.push(0);
            bytes
        };
        assert_eq!(parts(&long_text), [long_text]);
    }

    /// [G-28] Together they say what the update says, deletions last.
    #[test]
    fn parts_follow_one_another() {
        let update = duet(5_000);
        let parts = parts(&update);
        assert!(parts.len() > 10, "{}", parts.len());
        let (last, others) = parts.split_last().unwrap();
        assert!(others.iter().all(|part| part.ends_with(b"\x01a\x00")));
        assert!(last.ends_with(b"\x01\x05\x01\x00\x01"));
        let merged = merge(parts.iter().map(Vec::as_slice)).unwrap();
        assert_eq!(merged, update);
        assert!(parts.iter().all(|part| part.len() < 10_000));
    }

    /// [G-28] Each builds on those before it alone, though the first client waits for the second.
    #[test]
    fn no_part_waits_for_a_later_one() {
        let mut seen = std::collections::HashMap::new();
        for part in parts(&duet(5_000)) {
            let mut cursor = Cursor::new(&part, 0);
            let mut needed = Vec::new();
            for _ in 0..cursor.count(3).unwrap() {
                let left = cursor.count(2).unwrap();
                let client = wire::client(&mut cursor).unwrap();
                let mut clock = cursor.clock().unwrap();
                for _ in 0..left {
                    let (needs, length) = one(&mut cursor).unwrap();
                    needed.extend(needs.into_iter().flatten());
                    clock += length;
                }
                seen.insert(client, clock);
            }
            for id in needed {
                assert!(
                    seen.get(&id.client).is_some_and(|end| id.clock < *end),
                    "{id:?}"
                );
            }
        }
    }

    /// [G-28]
    #[test]
    fn what_is_no_update_is_none() {
        let update = duet(5_000);
        assert!(split(&update[..update.len() / 2]).is_none());
    }
}
