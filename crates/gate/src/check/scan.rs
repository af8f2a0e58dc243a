//! The first reading: the form of the bytes from end to end, and where each client's structs begin.

use super::{Deletions, Trust};
use crate::bytes::{Cursor, Malformed};
use crate::gate::Gate;
use crate::known::{Client, Stretch};
use crate::verdict::{HeldReason, RefusedReason, Rejection};
use crate::wire::{self, Head};
use crate::{MAX_CLOCK, MAX_PAGE_CLIENTS, MAX_UPDATE_CLIENTS};

/// The structs of one client in an update.
pub(super) struct Section<'c> {
    pub(super) client: u64,
    pub(super) known: Option<&'c Client>,
    /// The first clock that the page does not have.
    pub(super) known_to: u32,
    /// The clock of the next struct.
    pub(super) clock: u32,
    /// The first clock after the last struct.
    pub(super) end: u32,
    /// How many structs are left.
    pub(super) left: usize,
    /// Where the next struct begins.
    pub(super) at: usize,
    /// Whether a struct of it waits for one of another section.
    pub(super) waiting: bool,
    /// What it brings that is not known.
    pub(super) stretches: Vec<Stretch>,
}

pub(super) struct Scan<'c> {
    pub(super) sections: Vec<Section<'c>>,
    /// What it deletes, per client, in the order of the bytes.
    pub(super) deletions: Deletions,
}

impl Scan<'_> {
    /// How many structs and how many deletions there are.
    pub(super) fn pieces(&self) -> (usize, usize) {
        let structs = self.sections.iter().map(|section| section.left).sum();
        let deletions = self.deletions.iter().map(|(_, all)| all.len()).sum();
        (structs, deletions)
    }
}

/// Reads the whole update once. [G-1, G-2, G-3, G-4]
pub(super) fn scan<'c>(gate: &'c Gate, update: &[u8], trust: Trust) -> Result<Scan<'c>, Rejection> {
    let own = trust == Trust::Stored;
    let limit = gate.schema().limits().update_bytes;
    if !own && update.len() > limit {
        return Err(RefusedReason::UpdateTooLarge {
            bytes: update.len(),
            limit,
        }
        .into());
    }
    let mut cursor = Cursor::new(update, 0);
    let clients = cursor.count(3)?;
    if !own && clients > MAX_UPDATE_CLIENTS {
        return Err(RefusedReason::TooManyClients {
            limit: MAX_UPDATE_CLIENTS,
        }
        .into());
    }
    let mut held = None;
    let mut new_clients = 0_usize;
    let mut sections = Vec::with_capacity(clients.min(MAX_UPDATE_CLIENTS));
    for _ in 0..clients {
        let (section, skip) = section(gate, &mut cursor, own)?;
        if section.clock > section.known_to {
            held = held.or(Some(HeldReason::Gap {
                client: section.client,
                known: section.known_to.into(),
                from: section.clock.into(),
            }));
        }
        held = held.or(skip);
        new_clients += usize::from(section.known.is_none());
        sections.push(section);
    }
    let deletions = deletions(&mut cursor, own)?;
    if cursor.rest() > 0 {
        return Err(fail(&cursor, "the end"));
    }
    if !own && new_clients > 0 && gate.clients() + new_clients > MAX_PAGE_CLIENTS {
        return Err(RefusedReason::TooManyClients {
            limit: MAX_PAGE_CLIENTS,
        }
        .into());
    }
    match held {
        Some(reason) => Err(reason.into()),
        None => Ok(Scan {
            sections,
            deletions,
        }),
    }
}

fn section<'c>(
    gate: &'c Gate,
    cursor: &mut Cursor<'_>,
    own: bool,
) -> Result<(Section<'c>, Option<HeldReason>), Rejection> {
    let left = cursor.count(2)?;
    if left == 0 && !own {
        return Err(fail(cursor, "a client with content"));
    }
    let client = wire::client(cursor)?;
    let clock = cursor.clock()?;
    let at = cursor.at();
    let mut end = clock;
    let mut skip = None;
    for _ in 0..left {
        let length = match wire::head(cursor)? {
            Head::Item(item) => wire::content(cursor, &item, own)?.1,
            Head::Forgotten => wire::length(cursor)?,
            Head::Skip => {
                skip = skip.or(Some(HeldReason::Skip {
                    client,
                    clock: end.into(),
                }));
                wire::length(cursor)?
            }
        };
        end = end.saturating_add(length);
        if end > MAX_CLOCK {
            return Err(fail(cursor, "a clock within the limit"));
        }
    }
    let known = gate.client(client);
    let known_to = known.map_or(0, Client::clock);
    let stretches = Vec::new();
    let waiting = false;
    Ok((
        Section {
            client,
            known,
            known_to,
            clock,
            end,
            left,
            at,
            waiting,
            stretches,
        },
        skip,
    ))
}

fn deletions(cursor: &mut Cursor<'_>, own: bool) -> Result<Deletions, Rejection> {
    let clients = cursor.count(2)?;
    let mut all = Vec::new();
    for _ in 0..clients {
        let client = wire::client(cursor)?;
        let count = cursor.count(2)?;
        if count == 0 && !own {
            return Err(fail(cursor, "a client with deletions"));
        }
        let mut stretches = Vec::with_capacity(count.min(64));
        for _ in 0..count {
            let start = cursor.clock()?;
            let end = start.saturating_add(wire::length(cursor)?);
            if end > MAX_CLOCK {
                return Err(fail(cursor, "a clock within the limit"));
            }
            stretches.push((start, end));
        }
        all.push((client, stretches));
    }
    let mut ids: Vec<u64> = all.iter().map(|(client, _)| *client).collect();
    ids.sort_unstable();
    if ids.array_windows().any(|[a, b]| a == b) {
        return Err(fail(cursor, "each client once among the deletions"));
    }
    Ok(all)
}

fn fail(cursor: &Cursor<'_>, what: &'static str) -> Rejection {
    Malformed {
        at: cursor.at(),
        what,
    }
    .into()
}
