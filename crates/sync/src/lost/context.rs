//! Where lost text stood, and what stood around it.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use denkraum_domain::PersonId;
use denkraum_gate::{Gate, Schema};
use yrs::types::text::YChange;
use yrs::{Any, Assoc, BranchID, ClientID, Doc, ID, Out, StickyIndex, Text, Transact, XmlTextRef};

use super::{LostText, Run};
use crate::LoadedPage;
use crate::document::Document;

/// More than this is kept without its place: only an attack writes it, and looking takes time.
const PLACED: usize = 100;
/// So much is typed and deleted again within one text.
const CORRECTED: u64 = 100;

/// A part of a run as it stood in one text, at the last moment when it stood there.
#[derive(Clone)]
struct Spot {
    /// How many updates were applied then.
    moment: usize,
    text: BranchID,
    index: usize,
    /// All of that text.
    units: Rc<[u16]>,
    client: u64,
    start: u64,
    length: usize,
}

/// Puts together what stood together. `late` are updates that came after what their words stood in
/// was deleted; they are applied as early as they can be, so that it is still there.
pub(super) fn placed(
    schema: &Arc<Schema>,
    page: &LoadedPage,
    late: &[usize],
    runs: &[Run],
    owners: &BTreeMap<u64, PersonId>,
) -> Vec<LostText> {
    let mut spots: Vec<Vec<Spot>> = vec![Vec::new(); runs.len()];
    if runs.len() <= PLACED {
        watch(schema, page, late, runs, &mut spots);
    }
    let unplaced = runs
        .iter()
        .zip(&spots)
        .filter(|(_, spots)| spots.is_empty());
    let mut lost = as_typed(unplaced.map(|(run, _)| run), owners);
    lost.extend(joined(spots.into_iter().flatten().collect(), owners));
    lost
}

/// Of what nobody knows the place of, the order in which it was typed says most.
fn as_typed<'r>(
    runs: impl Iterator<Item = &'r Run>,
    owners: &BTreeMap<u64, PersonId>,
) -> Vec<LostText> {
    let mut lost: Vec<LostText> = Vec::new();
    let mut last: Option<(u64, u64)> = None;
    for run in runs {
        let Some(&author) = owners.get(&run.client) else {
            continue;
        };
        let piece = (run.client, run.start, run.end());
        let text = String::from_utf16_lossy(&run.units);
        // What lies between was typed and deleted again.
        let goes_on = last.is_some_and(|(client, end)| {
            client == run.client && run.start.saturating_sub(end) <= CORRECTED
        });
        match lost.last_mut().filter(|_| goes_on) {
            Some(before) => {
                before.pieces.push(piece);
                before.text.push_str(&text);
            }
            None => lost.push(LostText {
                author,
                pieces: vec![piece],
                text,
                before: String::new(),
                after: String::new(),
            }),
        }
        last = Some((run.client, run.end()));
    }
    lost
}

/// Replays the page and notes where the runs stand whenever a node is about to be deleted.
fn watch(
    schema: &Arc<Schema>,
    page: &LoadedPage,
    late: &[usize],
    runs: &[Run],
    spots: &mut [Vec<Spot>],
) {
    let (mut document, mut gate) = (Document::empty(), Gate::new(schema.clone()));
    let mut moment = 0;
    let mut apply = |update: &Bytes| {
        let Ok(deletes_nodes) = gate.seed(update) else {
            return false;
        };
        moment += 1;
        if deletes_nodes {
            for (run, known) in runs.iter().zip(&mut *spots) {
                let found = stands(document.doc(), run, moment);
                if !found.is_empty() {
                    *known = found;
                }
            }
        }
        document.apply(update).is_ok()
    };
    page.snapshot.iter().for_each(|snapshot| {
        apply(snapshot);
    });
    let mut early: Vec<(usize, &Bytes)> = late
        .iter()
        .filter_map(|&index| Some((index, page.updates.get(index)?)))
        .collect();
    for (index, update) in page.updates.iter().enumerate() {
        early.retain(|(_, update)| !apply(update));
        let is_due = early.iter().any(|&(late, _)| late == index);
        if is_due || !late.contains(&index) {
            apply(update);
            early.retain(|&(late, _)| late != index);
        }
    }
}

/// Where a run stands now; nothing unless all of it is there.
fn stands(doc: &Doc, run: &Run, moment: usize) -> Vec<Spot> {
    let mut spots = Vec::new();
    let mut waiting = vec![(0, run.units.len())];
    while let Some((from, to)) = waiting.pop() {
        let Some(last) = to.checked_sub(1).filter(|last| from <= *last) else {
            continue;
        };
        let (Some(first), Some(end)) = (locate(doc, run, from), locate(doc, run, last)) else {
            return Vec::new();
        };
        if first.0 == end.0 && end.1.checked_sub(first.1) == Some(last - from) {
            let (text, index) = first;
            let start = run.start + u64::try_from(from).unwrap_or(0);
            spots.push((text, index, start, to - from));
        } else {
            // Others have written in between, or it was written in several places.
            let middle = usize::midpoint(from, to);
            waiting.extend([(middle, to), (from, middle)]);
        }
    }
    let mut read: BTreeMap<BranchID, Rc<[u16]>> = BTreeMap::new();
    let spots = spots.into_iter().map(|(text, index, start, length)| {
        let units = read
            .entry(text.clone())
            .or_insert_with(|| units_of(doc, &text));
        Spot {
            moment,
            units: units.clone(),
            text,
            index,
            client: run.client,
            start,
            length,
        }
    });
    spots.collect()
}

/// The text in which the unit of a run stands, and its index there.
fn locate(doc: &Doc, run: &Run, offset: usize) -> Option<(BranchID, usize)> {
    let clock = u32::try_from(run.start).ok()? + u32::try_from(offset).ok()?;
    let id = ID::new(ClientID::new(run.client), clock);
    let transaction = doc.transact();
    let before = StickyIndex::from_id(id, Assoc::After).get_offset(&transaction)?;
    let after = StickyIndex::from_id(id, Assoc::Before).get_offset(&transaction)?;
    // Of what is deleted, both sides are one place.
    let is_there = after.index == before.index + 1;
    is_there.then_some((before.branch.id(), usize::try_from(before.index).ok()?))
}

fn units_of(doc: &Doc, text: &BranchID) -> Rc<[u16]> {
    let transaction = doc.transact();
    let Some(branch) = text.get_branch(&transaction) else {
        return Rc::new([]);
    };
    let pieces = XmlTextRef::from(branch).diff(&transaction, YChange::identity);
    let words = pieces.into_iter().map(|piece| match piece.insert {
        Out::Any(Any::String(words)) => words,
        // What is no text takes one place.
        _ => "\u{fffc}".into(),
    });
    words
        .flat_map(|words| words.encode_utf16().collect::<Vec<_>>())
        .collect()
}

/// Makes one text of what one person wrote without anybody's words in between.
fn joined(mut spots: Vec<Spot>, owners: &BTreeMap<u64, PersonId>) -> Vec<LostText> {
    spots.sort_by(|a, b| {
        let key = |spot: &Spot| (spot.moment, spot.text.clone(), spot.index);
        key(a).cmp(&key(b))
    });
    let mut lost: Vec<LostText> = Vec::new();
    let mut open: Option<(Spot, usize)> = None;
    for spot in spots {
        let Some(&author) = owners.get(&spot.client) else {
            continue;
        };
        let end = spot.index + spot.length;
        let slice = |from: usize, to: usize| {
            String::from_utf16_lossy(spot.units.get(from..to).unwrap_or_default())
        };
        let after = slice(end, spot.units.len().min(end + LostText::CONTEXT));
        let length = u64::try_from(spot.length).unwrap_or(0);
        let piece = (spot.client, spot.start, spot.start + length);
        let continues = open.as_ref().is_some_and(|(before, before_end)| {
            let together = before.moment == spot.moment && before.text == spot.text;
            together && *before_end == spot.index
        });
        match lost.last_mut() {
            Some(last) if continues && last.author == author => {
                last.pieces.push(piece);
                last.text.push_str(&slice(spot.index, end));
                last.after = after;
            }
            _ => lost.push(LostText {
                author,
                pieces: vec![piece],
                text: slice(spot.index, end),
                before: slice(spot.index.saturating_sub(LostText::CONTEXT), spot.index),
                after,
            }),
        }
        open = Some((spot, end));
    }
    lost
}
