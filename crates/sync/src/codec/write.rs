//! Writing frames.

use bytes::Bytes;
use denkraum_domain::Access;
use serde::Serialize;

use super::{AwarenessEntry, kind, step};
use crate::{AccessReason, Storage};

/// Asks for everything beyond these clocks.
pub fn step1_frame(state_vector: &[(u64, u64)]) -> Bytes {
    let mut vector = Vec::new();
    integer(&mut vector, length(state_vector.len()));
    for &(client, clock) in state_vector {
        integer(&mut vector, client);
        integer(&mut vector, clock);
    }
    sync(step::STEP1, &vector)
}

/// Answers a step 1 with an update.
pub fn step2_frame(update: &[u8]) -> Bytes {
    sync(step::STEP2, update)
}

/// Passes an update on.
pub fn update_frame(update: &[u8]) -> Bytes {
    sync(step::UPDATE, update)
}

/// States of clients; without entries it says no more than that the connection is alive.
pub fn awareness_frame<'a>(entries: impl ExactSizeIterator<Item = AwarenessEntry<'a>>) -> Bytes {
    let entries: Vec<Vec<u8>> = entries.map(|entry| entry_bytes(&entry)).collect();
    entries_frame(&entries)
}

/// One state of a client, as it stands in an awareness frame.
pub(crate) fn entry_bytes(entry: &AwarenessEntry<'_>) -> Vec<u8> {
    let mut written = Vec::with_capacity(entry.state.len() + 18);
    integer(&mut written, entry.client);
    integer(&mut written, entry.clock);
    bytes(&mut written, entry.state.as_bytes());
    written
}

/// A frame of states that were written before.
pub(crate) fn entries_frame(entries: &[impl AsRef<[u8]>]) -> Bytes {
    let mut payload = Vec::new();
    integer(&mut payload, length(entries.len()));
    for entry in entries {
        payload.extend_from_slice(entry.as_ref());
    }
    let mut frame = Vec::with_capacity(payload.len() + 5);
    integer(&mut frame, kind::AWARENESS);
    bytes(&mut frame, &payload);
    frame.into()
}

/// How many of the connection's own sync messages are durable.
pub(crate) fn saved_frame(count: u64) -> Bytes {
    let mut frame = Vec::new();
    integer(&mut frame, kind::SAVED);
    integer(&mut frame, count);
    frame.into()
}

/// How many texts of the connection's person are kept because they were lost.
pub(crate) fn kept_frame(count: u64) -> Bytes {
    let mut frame = Vec::new();
    integer(&mut frame, kind::KEPT);
    integer(&mut frame, count);
    frame.into()
}

/// The page's comments are others now; which, is asked over the API.
pub(crate) fn comments_frame() -> Bytes {
    let mut frame = Vec::new();
    integer(&mut frame, kind::COMMENTS);
    frame.into()
}

/// Whether what is written can be saved.
pub(crate) fn storage_frame(storage: Storage) -> Bytes {
    #[derive(Serialize)]
    struct StorageNow {
        storage: &'static str,
    }
    let storage = storage.as_str();
    json(kind::STORAGE, &StorageNow { storage })
}

/// Why something was refused, and the limit if it was one.
pub(crate) fn refused_frame(reason: &str, limit: Option<u64>) -> Bytes {
    #[derive(Serialize)]
    struct Refused<'a> {
        reason: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<u64>,
    }
    json(kind::REFUSED, &Refused { reason, limit })
}

/// What the connection's person may do, and since when it is so.
pub(crate) fn access_frame(access: Option<Access>, reason: AccessReason) -> Bytes {
    #[derive(Serialize)]
    struct AccessNow {
        access: &'static str,
        reason: &'static str,
    }
    let access = match access {
        Some(Access::Edit) => "edit",
        Some(Access::Read) => "read",
        None => "none",
    };
    let reason = reason.as_str();
    json(kind::ACCESS, &AccessNow { access, reason })
}

fn json(kind: u64, value: &impl Serialize) -> Bytes {
    // Structs of texts and numbers always serialise.
    let text = serde_json::to_string(value).unwrap_or_default();
    let mut frame = Vec::with_capacity(text.len() + 4);
    integer(&mut frame, kind);
    bytes(&mut frame, text.as_bytes());
    frame.into()
}

fn sync(step: u64, payload: &[u8]) -> Bytes {
    let mut frame = Vec::with_capacity(payload.len() + 7);
    integer(&mut frame, kind::SYNC);
    integer(&mut frame, step);
    bytes(&mut frame, payload);
    frame.into()
}

fn length(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn bytes(out: &mut Vec<u8>, value: &[u8]) {
    integer(out, length(value.len()));
    out.extend_from_slice(value);
}

fn integer(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).unwrap_or(0) | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap_or(0));
}
