//! One update against what is known of the page.
//!
//! The bytes are read twice. The first reading (`scan`) checks their form from end to end and finds
//! where each client's structs begin. The second (here) goes through the structs in the order in
//! which they depend on each other, as Yjs does when it applies them, finds for each the place
//! where it will stand, and asks `rules` whether it may. Nothing is kept per struct but the place,
//! and places that continue each other share one entry. There is no recursion: an explicit stack
//! holds each client at most once.

mod deletions;
mod effort;
mod place;
mod rules;
mod scan;

use std::collections::HashMap;

use crate::bytes::Cursor;
use crate::gate::{GONE, Gate, Node};
use crate::known::{self, Kind, NO_KEY, Stretch};
use crate::mark;
use crate::schema::Schema;
use crate::verdict::{Admission, HeldReason, RefusedReason, Rejection};
use crate::wire::{self, Content, Head, ItemHead, ParentName};
use effort::Effort;
use place::NOWHERE;
use scan::Section;

/// Marks an index of a node or key that is only in the update, not yet in the gate.
pub(crate) const LOCAL: u32 = 1 << 31;

/// What one entry costs in the estimate of a page's size, in bytes.
const STRETCH_BYTES: i64 = 16;

/// Whose bytes are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// A person's: the schema binds, `meta` is not theirs.
    Person,
    /// The server's own edit: the schema binds.
    Server,
    /// Our stored document: whatever holds together is taken.
    Stored,
}

/// Stretches of deleted clocks, per client.
pub(crate) type Deletions = Vec<(u64, Vec<(u32, u32)>)>;

/// What an update brings. Indices with [`LOCAL`] set point into the lists here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) stretches: Vec<(u64, Vec<Stretch>)>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) keys: Vec<Box<str>>,
    /// Roots met for the first time, with their index.
    pub(crate) roots: HashMap<Box<str>, u32>,
    /// By how much texts with a limit grow, in UTF-16 code units.
    pub(crate) units: Vec<(u32, i64)>,
    /// By how much the page grows, roughly, in bytes.
    pub(crate) bytes: i64,
    /// What is deleted and was not, per client, sorted.
    pub(crate) deleted: Deletions,
    /// Whether a node is among that.
    pub(crate) deletes_nodes: bool,
}

pub(crate) struct Check<'c> {
    gate: &'c Gate,
    schema: &'c Schema,
    update: &'c [u8],
    trust: Trust,
    sections: Vec<Section<'c>>,
    /// Sections by client id, sorted; empty if there is at most one section.
    by_client: Vec<(u64, usize)>,
    local_keys: HashMap<&'c str, u32>,
    /// Kept for updates that could keep the engine busy for long.
    effort: Option<Effort>,
    found: Found,
}

pub(crate) fn check(gate: &Gate, update: &[u8], trust: Trust) -> Result<Admission, Rejection> {
    let scan = scan::scan(gate, update, trust)?;
    let mut by_client = Vec::new();
    if scan.sections.len() > 1 {
        by_client.extend(
            scan.sections
                .iter()
                .enumerate()
                .map(|(i, section)| (section.client, i)),
        );
        by_client.sort_unstable();
        if by_client.array_windows().any(|[(a, _), (b, _)]| a == b) {
            let (at, expected) = (0, "each client once");
            return Err(RefusedReason::Malformed { at, expected }.into());
        }
    }
    let effort = Effort::of(&scan, trust);
    let (structs, deletions) = scan.pieces();
    let mut check = Check {
        gate,
        schema: gate.schema(),
        update,
        trust,
        effort,
        sections: scan.sections,
        by_client,
        local_keys: HashMap::new(),
        found: Found::default(),
    };
    check.structs()?;
    check.deletions(scan.deletions)?;
    check.limits()?;
    let mut clients = Vec::with_capacity(check.sections.len());
    check.found.stretches.reserve_exact(check.sections.len());
    for section in check.sections {
        if section.clock > section.known_to {
            clients.push((
                section.client,
                section.known_to.into(),
                section.clock.into(),
            ));
            check
                .found
                .stretches
                .push((section.client, section.stretches));
        }
    }
    Ok(Admission {
        found: check.found,
        clients,
        pieces: structs + deletions,
    })
}

impl<'c> Check<'c> {
    /// Goes through all structs, each after those it depends on. [G-6, G-7]
    fn structs(&mut self) -> Result<(), Rejection> {
        // Which sections wait, from the first to the one they wait for, and up to which clock.
        let mut waiting: Vec<(usize, u32)> = Vec::with_capacity(1);
        for first in 0..self.sections.len() {
            waiting.push((first, u32::MAX));
            while let Some(&(index, until)) = waiting.last() {
                let Some(section) = self.sections.get_mut(index) else {
                    break;
                };
                if section.left == 0 || section.clock > until {
                    section.waiting = false;
                    waiting.pop();
                    continue;
                }
                section.waiting = true;
                let start = section.at;
                let mut cursor = Cursor::new(self.update, start);
                let head = wire::head(&mut cursor)?;
                if let Head::Item(head) = &head
                    && let Some((other, needed)) = self.depends_on(index, head, start)?
                {
                    waiting.push((other, needed));
                    continue;
                }
                self.one(index, &head, &mut cursor, start)?;
            }
        }
        Ok(())
    }

    /// The section to go through first, and up to which clock, before this item can be placed.
    fn depends_on(
        &self,
        index: usize,
        head: &ItemHead<'_>,
        at: usize,
    ) -> Result<Option<(usize, u32)>, Rejection> {
        let Some(section) = self.sections.get(index) else {
            return Ok(None);
        };
        let parent = match head.parent {
            Some(ParentName::Node(id)) => Some(id),
            _ => None,
        };
        for id in [head.left, head.right, parent].into_iter().flatten() {
            if id.client == section.client {
                if id.clock >= section.clock {
                    return Err(RefusedReason::Forward { at }.into());
                }
                continue;
            }
            let other = self.section(id.client);
            let unknown = HeldReason::UnknownReference {
                client: id.client,
                clock: id.clock.into(),
            };
            let Some((other, brought)) = other else {
                if self
                    .gate
                    .client(id.client)
                    .is_none_or(|known| id.clock >= known.clock())
                {
                    return Err(unknown.into());
                }
                continue;
            };
            if id.clock < brought.clock.max(brought.known_to) {
                continue;
            }
            if id.clock >= brought.end {
                return Err(unknown.into());
            }
            if brought.waiting {
                return Err(RefusedReason::Forward { at }.into());
            }
            return Ok(Some((other, id.clock)));
        }
        Ok(None)
    }

    /// Places one struct behind what its client has so far.
    fn one(
        &mut self,
        index: usize,
        head: &Head<'c>,
        cursor: &mut Cursor<'c>,
        at: usize,
    ) -> Result<(), Rejection> {
        let Some(section) = self.sections.get(index) else {
            return Ok(());
        };
        let (client, start, known_to) = (section.client, section.clock, section.known_to);
        let (item, content, length) = match head {
            Head::Item(item) => {
                let (content, length) = wire::content(cursor, item, self.trust == Trust::Stored)?;
                (Some(item), content, length)
            }
            Head::Forgotten | Head::Skip => (None, Content::Deleted, wire::length(cursor)?),
        };
        let end = start.saturating_add(length);
        if let Content::Mark { json, .. } = content
            && !mark::is_json(json)
        {
            return Err(RefusedReason::Mark { at }.into());
        }
        let new = (end > known_to).then(|| (start.max(known_to), end));
        if let Some((from, end)) = new {
            let place = match item {
                Some(item) => self.place(item, at)?,
                None => NOWHERE,
            };
            if let (Some(effort), Some(item)) = (&mut self.effort, item) {
                effort.place(index, client, place.parent, item, (from, end));
            }
            if item.is_some() && start < known_to {
                self.continues_known(index, place)?;
            }
            let kind = if place.parent == GONE {
                Kind::Gone
            } else {
                self.settle(place, &content, end - from, at)?
            };
            let stretch = Stretch {
                start: from,
                end,
                parent: place.parent,
                key: place.key,
                kind,
            };
            self.keep(index, stretch, &content);
        }
        if let Some(section) = self.sections.get_mut(index) {
            section.clock = end;
            section.left = section.left.saturating_sub(1);
            section.at = cursor.at();
        }
        Ok(())
    }

    fn keep(&mut self, index: usize, stretch: Stretch, content: &Content<'_>) {
        let key = if stretch.key == NO_KEY {
            0
        } else {
            self.key_text(stretch.key).len()
        };
        let Some(section) = self.sections.get_mut(index) else {
            return;
        };
        let last = section
            .stretches
            .last()
            .or_else(|| section.known?.stretches.last());
        if !last.is_some_and(|last| last.continues(&stretch)) {
            self.found.bytes += STRETCH_BYTES + i64::try_from(key).unwrap_or(0);
        }
        if stretch.kind != Kind::Gone {
            self.found.bytes += i64::try_from(content.weight()).unwrap_or(0);
        }
        known::push(&mut section.stretches, stretch);
    }
}
