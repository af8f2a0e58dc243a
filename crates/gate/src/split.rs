//! Taking a long update apart, so that the engine never has more of it in hand than a little.
//!
//! yrs reads all structs of an update before it places the first, and puts those that continue each other
//! together from the last to the first, keeping every step until it is through: twenty thousand letters,
//! one struct each, took three hundred megabytes. In parts it takes what the document keeps of them.

use std::borrow::Cow;

use crate::bytes::{Cursor, Malformed};
use crate::wire::{self, Head, Id, ParentName};
use crate::write::number;

/// What putting the structs of a part together takes, in bytes, is not much more than this.
const JOINED: usize = 1 << 19;
/// The structs of a part at most: yrs needs some bytes beside each until all are placed, and moves those
/// behind it for each that it puts to another.
const STRUCTS: usize = 1 << 11;

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
    /// The structs that were taken last.
    chain: Chain,
    /// Where its structs are among the runs of the part.
    run: Option<usize>,
}

/// A struct as far as it matters here.
struct Struct {
    kind: u8,
    left: Option<Id>,
    right: Option<Id>,
    parent: Option<Id>,
    /// How many clocks it takes.
    length: u32,
}

/// Structs of one section that continue each other, so that yrs makes one of them.
#[derive(Default)]
struct Chain {
    /// Kind and right neighbour of the last one.
    last: Option<(u8, Option<Id>)>,
    structs: usize,
    bytes: usize,
}

impl Chain {
    /// Adds the next struct of the section, which begins at `clock` and has so many bytes; says how many
    /// bytes more it takes to put all together.
    fn add(&mut self, client: u64, clock: u32, next: &Struct, bytes: usize) -> usize {
        if !self.is_continued_by(client, clock, next) {
            (self.structs, self.bytes) = (0, 0);
        }
        let before = self.costs();
        self.last = Some((next.kind, next.right));
        self.structs += 1;
        self.bytes += bytes;
        self.costs() - before
    }

    /// As yrs decides it, as far as that can be seen here.
    fn is_continued_by(&self, client: u64, clock: u32, next: &Struct) -> bool {
        let follows = next
            .left
            .is_some_and(|left| left.client == client && left.clock.checked_add(1) == Some(clock));
        match next.kind {
            wire::FORGOTTEN | wire::SKIP => self.last == Some((next.kind, None)),
            kind => follows && self.last == Some((kind, next.right)),
        }
    }

    /// Each is put to those after it, from the last to the first, and every step is kept.
    fn costs(&self) -> usize {
        self.structs.saturating_sub(1).saturating_mul(self.bytes)
    }
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
    if update.len() * update.len() / 2 <= JOINED {
        return Ok(parts);
    }
    let mut cursor = Cursor::new(update, 0);
    let mut joined = 0_usize;
    for _ in 0..cursor.count(3)? {
        let left = cursor.count(2)?;
        let client = wire::client(&mut cursor)?;
        let clock = cursor.clock()?;
        let (at, mut end, mut chain) = (cursor.at(), clock, Chain::default());
        for _ in 0..left {
            let start = cursor.at();
            let read = one(&mut cursor)?;
            joined = joined.saturating_add(chain.add(client, end, &read, cursor.at() - start));
            end = end.saturating_add(read.length);
        }
        parts.left += left;
        parts.sections.push(Section {
            client,
            clock,
            end,
            left,
            at,
            waiting: false,
            chain: Chain::default(),
            run: None,
        });
    }
    parts.deletions = cursor.at();
    parts.is_whole = parts.left <= STRUCTS && joined <= JOINED;
    parts.sections.sort_by_key(|section| section.client);
    Ok(parts)
}

fn one(cursor: &mut Cursor<'_>) -> Result<Struct, Malformed> {
    let alone = |kind, length| Struct {
        kind,
        left: None,
        right: None,
        parent: None,
        length,
    };
    Ok(match wire::head(cursor)? {
        Head::Item(item) => Struct {
            kind: item.kind,
            left: item.left,
            right: item.right,
            parent: match item.parent {
                Some(ParentName::Node(id)) => Some(id),
                _ => None,
            },
            length: wire::content(cursor, &item, true)?.1,
        },
        Head::Forgotten => alone(wire::FORGOTTEN, wire::length(cursor)?),
        Head::Skip => alone(wire::SKIP, wire::length(cursor)?),
    })
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
        let (mut runs, mut structs, mut joined) = (Vec::<Run>::new(), 0, 0_usize);
        while structs < STRUCTS
            && joined <= JOINED
            && let Some(costs) = self.take(&mut runs)
        {
            structs += 1;
            joined = joined.saturating_add(costs);
        }
        for run in &runs {
            if let Some(section) = self.sections.get_mut(run.section) {
                (section.run, section.chain) = (None, Chain::default());
            }
        }
        // Without any left, or if a second reading should differ from the first.
        self.is_done = self.left == 0 || runs.is_empty();
        Some(Cow::Owned(self.written(&mut runs)))
    }
}

impl Parts<'_> {
    /// Takes the next struct that needs nothing more into the runs; says how many bytes more it takes to
    /// put them together.
    fn take(&mut self, runs: &mut Vec<Run>) -> Option<usize> {
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
            let read = one(&mut cursor).ok()?;
            let needs = [read.left, read.right, read.parent];
            if let Some(first) = self.goes_before(index, needs) {
                self.stack.push(first);
                continue;
            }
            let section = self.sections.get_mut(index)?;
            let end = cursor.at();
            let costs = section.chain.add(section.client, clock, &read, end - start);
            section.clock = clock.saturating_add(read.length);
            section.left -= 1;
            section.at = end;
            self.left -= 1;
            if let Some(run) = section.run.and_then(|run| runs.get_mut(run)) {
                run.structs += 1;
                run.end = end;
            } else {
                section.run = Some(runs.len());
                runs.push(Run {
                    section: index,
                    clock,
                    structs: 1,
                    start,
                    end,
                });
            }
            return Some(costs);
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

    fn written(&self, runs: &mut [Run]) -> Vec<u8> {
        let bytes: usize = runs.iter().map(|run| run.end - run.start).sum();
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
mod tests;
