//! Leaving to a node what would be deleted with it anyway.

use crate::bytes::Cursor;
use crate::check::Deletions;
use crate::gate::Gate;
use crate::known::{Client, Kind, NO_KEY, Stretch};
use crate::texts;
use crate::verdict::Admission;
use crate::wire;
use crate::write::number;

impl Gate {
    /// An update that means the same as `update`, without deletions of text that goes with a node
    /// which the update deletes as well, or one before it. Of each client, `from` says from which
    /// clock on its text is left out. `None` if there is none such. [G-25]
    ///
    /// One before it may still be under way, and fail. Then nothing is left that deletes the text.
    ///
    /// What somebody deletes who answers a question is all that was ever deleted in their document,
    /// also by itself, because it came into something deleted: they may never have seen it. Left
    /// unnamed, it is deleted just the same, and known to be lost.
    pub fn leave_to_nodes(
        &self,
        update: &[u8],
        admission: &mut Admission,
        from: impl Fn(u64) -> Option<u64>,
    ) -> Option<Vec<u8>> {
        if admission.found.deleted.is_empty() {
            return None;
        }
        let nodes = self.nodes_gone(&admission.found.deleted);
        let mut left: Deletions = Vec::new();
        for (id, deleted) in &admission.found.deleted {
            if let (Some(client), Some(from)) = (self.client(*id), from(*id)) {
                let stretches = text_in(client, deleted, &nodes, from);
                if !stretches.is_empty() {
                    left.push((*id, stretches));
                }
            }
        }
        if left.is_empty() {
            return None;
        }
        let written = without(update, &left)?;
        for (id, deleted) in &mut admission.found.deleted {
            *deleted = minus(deleted, of(&left, *id));
        }
        admission
            .found
            .deleted
            .retain(|(_, deleted)| !deleted.is_empty());
        // It counts as there until the room says that it is deleted.
        let units = left.iter().flat_map(|(_, stretches)| stretches);
        let units: u64 = units.map(|(start, end)| u64::from(end - start)).sum();
        admission.found.bytes += i64::try_from(units).unwrap_or(0);
        Some(written)
    }

    /// The nodes whose own clock is deleted, by these deletions or known ones, sorted.
    fn nodes_gone(&self, deletions: &Deletions) -> Vec<u32> {
        let mut nodes = Vec::new();
        let mut note = |stretch: &Stretch, _: u32, _: u32| {
            if let Kind::Node(index) = stretch.kind {
                nodes.push(index);
            }
        };
        for (id, client) in self.each_client() {
            let known: Vec<(u32, u32)> = client.deleted.iter().collect();
            overlaps(client, &known, &mut note);
            overlaps(client, of(deletions, id), &mut note);
        }
        nodes.sort_unstable();
        nodes
    }
}

/// Those of the deleted clocks that are text in one of the nodes, from a clock on.
fn text_in(client: &Client, deleted: &[(u32, u32)], nodes: &[u32], from: u64) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    let from = u32::try_from(from).unwrap_or(u32::MAX);
    overlaps(client, deleted, |stretch, start, end| {
        let is_text = stretch.kind == Kind::Leaf && stretch.key == NO_KEY;
        if is_text && start.max(from) < end && nodes.binary_search(&stretch.parent).is_ok() {
            found.push((start.max(from), end));
        }
    });
    found
}

/// Each stretch with the part of it that is deleted.
fn overlaps(client: &Client, deleted: &[(u32, u32)], mut found: impl FnMut(&Stretch, u32, u32)) {
    for &(start, end) in deleted {
        let first = client.stretches.partition_point(|known| known.end <= start);
        let known = client.stretches.iter().skip(first);
        for stretch in known.take_while(|known| known.start < end) {
            found(stretch, start.max(stretch.start), end.min(stretch.end));
        }
    }
}

fn of(deletions: &Deletions, client: u64) -> &[(u32, u32)] {
    let mut all = deletions.iter();
    all.find(|(id, _)| *id == client)
        .map_or(&[], |(_, stretches)| stretches)
}

/// What is in the one list of stretches and not in the other; both are sorted and apart.
fn minus(from: &[(u32, u32)], away: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut rest = Vec::new();
    for &(start, end) in from {
        let mut at = start;
        for &(gone, back) in away {
            if gone >= end || back <= at {
                continue;
            }
            if gone > at {
                rest.push((at, gone));
            }
            at = back;
        }
        if at < end {
            rest.push((at, end));
        }
    }
    rest
}

/// The update without these deletions; `None` if it cannot be read.
fn without(update: &[u8], left: &Deletions) -> Option<Vec<u8>> {
    let mut cursor = Cursor::new(update, 0);
    texts::structs(&mut cursor, |_, _, _| {}).ok()?;
    let mut written = cursor.since(0).to_vec();
    let mut deletions: Deletions = Vec::new();
    for _ in 0..cursor.count(2).ok()? {
        let client = wire::client(&mut cursor).ok()?;
        let mut stretches = Vec::new();
        for _ in 0..cursor.count(2).ok()? {
            let start = cursor.clock().ok()?;
            let length = wire::length(&mut cursor).ok()?;
            stretches.push((start, start.saturating_add(length)));
        }
        stretches.sort_unstable();
        let rest = minus(&stretches, of(left, client));
        if !rest.is_empty() {
            deletions.push((client, rest));
        }
    }
    number(&mut written, length(&deletions));
    for (client, stretches) in deletions {
        number(&mut written, client);
        number(&mut written, length(&stretches));
        for (start, end) in stretches {
            number(&mut written, start.into());
            number(&mut written, (end - start).into());
        }
    }
    Some(written)
}

fn length<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Schema, Writer};

    /// Client 5 makes a paragraph with `Hallo`, client 6 writes behind it.
    const PARAGRAPH: &[u8] = b"\x01\x03\x05\x00\x07\x01\x04body\x03\x09paragraph\
        \x07\x00\x05\x00\x06\x04\x00\x05\x01\x05Hallo\x00";
    const WRITTEN: &[u8] = b"\x01\x01\x06\x00\x84\x05\x06\x05 Welt\x00";

    fn gate() -> Gate {
        let json = include_str!("../../../data/schema/page.json");
        let mut gate = Gate::new(Arc::new(Schema::from_json(json).unwrap()));
        gate.seed(PARAGRAPH).unwrap();
        gate.seed(WRITTEN).unwrap();
        gate
    }

    /// The update as it is written anew, if text of client 6 goes unnamed from this clock on.
    fn written(update: &[u8], from: u64) -> Option<Vec<u8>> {
        let mut gate = gate();
        let mut admission = gate.check(update, Writer::Person).unwrap();
        let from = |client: u64| (client == 6).then_some(from);
        let written = gate.leave_to_nodes(update, &mut admission, from)?;
        // What is left of the admission is that of the new bytes.
        let again = gate.check(&written, Writer::Person).unwrap();
        let (bytes, deleted) = (again.found.bytes, again.found.deleted);
        assert_eq!(
            (admission.found.bytes, &admission.found.deleted),
            (bytes, &deleted)
        );
        gate.admit(admission);
        gate.note_deleted(6, &[(0, 5)]);
        let again = gate.check(update, Writer::Person).unwrap();
        assert!(!again.changes());
        Some(written)
    }

    /// [G-25]
    #[test]
    fn text_that_goes_with_its_node_can_go_unnamed() {
        let all = [0, 2, 5, 1, 0, 7, 6, 1, 0, 5];
        assert_eq!(written(&all, 0), Some(vec![0, 1, 5, 1, 0, 7]));
        assert_eq!(written(&all, 2), Some(vec![0, 2, 5, 1, 0, 7, 6, 1, 0, 2]));
        assert_eq!(written(&all, 5), None, "all of it is older");
    }

    /// [G-25]
    #[test]
    fn text_whose_node_stays_is_named() {
        assert_eq!(written(&[0, 2, 5, 1, 2, 5, 6, 1, 0, 5], 0), None);
    }

    /// [G-25]
    #[test]
    fn text_whose_node_was_deleted_before_can_go_unnamed() {
        let mut gate = gate();
        let node = [0, 1, 5, 1, 0, 7];
        let admission = gate.check(&node, Writer::Person).unwrap();
        gate.admit(admission);
        let text = [0, 1, 6, 1, 0, 5];
        let mut admission = gate.check(&text, Writer::Person).unwrap();
        let written = gate.leave_to_nodes(&text, &mut admission, |_| Some(0));
        assert_eq!(written, Some(vec![0, 0]));
        assert!(!admission.changes());
    }

    #[test]
    fn stretches_are_taken_out_of_stretches() {
        assert_eq!(minus(&[(0, 10)], &[(2, 4), (8, 12)]), [(0, 2), (4, 8)]);
        assert_eq!(minus(&[(0, 3), (5, 9)], &[(0, 6)]), [(6, 9)]);
        assert_eq!(minus(&[(0, 3)], &[(0, 3)]), []);
        assert_eq!(minus(&[(4, 6)], &[(0, 2), (8, 9)]), [(4, 6)]);
        assert_eq!(minus(&[(4, 6)], &[]), [(4, 6)]);
    }
}
