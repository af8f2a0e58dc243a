//! The deletions of an update, and the limits that need both: what is brought and what goes.

use super::{Check, Deletions, Trust};
use crate::gate::Holder;
use crate::known::{Client, Kind, Stretch};
use crate::verdict::{HeldReason, RefusedReason, Rejection};

impl Check<'_> {
    /// Takes the deletions that are new; all must be of what is known or brought. [G-9]
    pub(super) fn deletions(&mut self, deletions: Deletions) -> Result<(), Rejection> {
        for (client, mut stretches) in deletions {
            let known = self.gate.client(client);
            let section = self.section(client).map(|(index, _)| index);
            let brought = section.and_then(|index| self.sections.get(index));
            let top = known
                .map_or(0, Client::clock)
                .max(brought.map_or(0, |s| s.clock));
            stretches.sort_unstable();
            let mut new: Vec<(u32, u32)> = Vec::new();
            let mut done = 0;
            for (start, end) in stretches {
                if end > top {
                    let clock = start.max(top).into();
                    return Err(HeldReason::UnknownReference { client, clock }.into());
                }
                let start = start.max(done);
                done = done.max(end);
                match known {
                    Some(known) if start < end => {
                        known
                            .deleted
                            .missing(start, end, |start, end| new.push((start, end)));
                    }
                    None if start < end => new.push((start, end)),
                    _ => {}
                }
            }
            if new.is_empty() {
                continue;
            }
            // Each list of stretches is passed over at most once, whatever the deletions are.
            let mut gone = Gone::default();
            if let Some(known) = known {
                gone.count(&known.stretches, &new);
            }
            if let Some(brought) = section.and_then(|index| self.sections.get(index)) {
                gone.count(&brought.stretches, &new);
            }
            self.found.bytes -= gone.units;
            self.found.deletes_nodes |= gone.nodes;
            for (node, units, times) in gone.by_parent {
                self.grow(node, -units);
                if let Some(effort) = &mut self.effort {
                    effort.delete(node, times);
                }
            }
            self.found.deleted.push((client, new));
        }
        Ok(())
    }

    /// Notes that the text in `node` grows, if it is one with a limit.
    pub(super) fn grow(&mut self, node: u32, by: i64) {
        if !matches!(self.node(node).holder, Holder::Title | Holder::Field) {
            return;
        }
        match self
            .found
            .units
            .iter_mut()
            .find(|(known, _)| *known == node)
        {
            Some((_, units)) => *units += by,
            None => self.found.units.push((node, by)),
        }
    }

    /// The limits of texts and of the page; shrinking is always allowed. [G-17, G-18]
    pub(super) fn limits(&self) -> Result<(), Rejection> {
        if self.trust == Trust::Stored {
            return Ok(());
        }
        if let Some(effort) = &self.effort
            && effort.is_too_much(|node| self.node(node).length)
        {
            return Err(RefusedReason::Tangled.into());
        }
        let limits = self.schema.limits();
        for &(index, by) in &self.found.units {
            let node = self.node(index);
            let limit = match node.holder {
                Holder::Title => limits.title_units,
                _ => limits.text_units,
            };
            if by > 0 && i64::from(node.units) + by > i64::from(limit) {
                return Err(RefusedReason::TextTooLong { limit }.into());
            }
        }
        let limit = limits.document_bytes;
        if self.found.bytes > 0 && self.gate.bytes().saturating_add_signed(self.found.bytes) > limit
        {
            return Err(RefusedReason::PageTooLarge { limit }.into());
        }
        Ok(())
    }
}

/// How much text and how many values deletions take away.
#[derive(Default)]
struct Gone {
    units: i64,
    /// For each node, how much, and in how many pieces.
    by_parent: Vec<(u32, i64, u32)>,
    /// Whether there are nodes among it.
    nodes: bool,
}

impl Gone {
    /// Adds what `deleted` covers of `stretches`; both are sorted.
    fn count(&mut self, stretches: &[Stretch], deleted: &[(u32, u32)]) {
        let Some(&(start, _)) = deleted.first() else {
            return;
        };
        let first = stretches.partition_point(|stretch| stretch.end <= start);
        let mut stretches = stretches.get(first..).unwrap_or_default().iter().peekable();
        for &(start, end) in deleted {
            while let Some(stretch) = stretches.peek() {
                if stretch.start >= end {
                    break;
                }
                let covered = end
                    .min(stretch.end)
                    .saturating_sub(start.max(stretch.start));
                match stretch.kind {
                    Kind::Leaf if covered > 0 => self.add(stretch.parent, i64::from(covered)),
                    Kind::Node(_) if covered > 0 => self.nodes = true,
                    _ => {}
                }
                if stretch.end > end {
                    break;
                }
                stretches.next();
            }
        }
    }

    fn add(&mut self, parent: u32, units: i64) {
        self.units += units;
        match self.by_parent.last_mut() {
            Some((last, sum, times)) if *last == parent => {
                *sum += units;
                *times += 1;
            }
            _ => self.by_parent.push((parent, units, 1)),
        }
    }
}
