//! Head and body of an entry as bytes, little-endian; `docs/SPEC-storage.md` has the layout.

use bytes::Bytes;
use denkraum_domain::{PageId, PersonId, Timestamp};

use crate::{
    Body, Change, Entry, EntryError, MAX_BODY_BYTES, MAX_CLIENTS, Position, RecordKey, Subject,
};

/// The most bytes a head takes: time, person, the longest record key.
pub(crate) const MAX_HEAD_BYTES: usize =
    8 + 17 + 3 + RecordKey::MAX_COLLECTION_BYTES + RecordKey::MAX_ID_BYTES;

const SUBJECT_PAGE: u8 = 1;
const SUBJECT_RECORD: u8 = 2;

const PAGE_UPDATE: u8 = 1;
const PAGE_SNAPSHOT: u8 = 2;
const PAGE_DELETE: u8 = 3;
const RECORD_PUT: u8 = 4;
const RECORD_DELETE: u8 = 5;
const BLOB_REFERENCE: u8 = 6;

/// The sort of an entry's body, as written into its frame.
pub(crate) const fn kind(body: &Body) -> u8 {
    match body {
        Body::PageUpdate { .. } => PAGE_UPDATE,
        Body::PageSnapshot { .. } => PAGE_SNAPSHOT,
        Body::PageDelete => PAGE_DELETE,
        Body::RecordPut { .. } => RECORD_PUT,
        Body::RecordDelete { .. } => RECORD_DELETE,
        Body::BlobReference { .. } => BLOB_REFERENCE,
    }
}

/// What an entry's head says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) at: Timestamp,
    pub(crate) by: Option<PersonId>,
    pub(crate) subject: Subject,
}

pub(crate) fn encode_head(entry: &Entry) -> Vec<u8> {
    let mut out = Vec::with_capacity(64);
    put_change(&mut out, entry.at, entry.by);
    match &entry.subject {
        Subject::Page(page) => {
            out.push(SUBJECT_PAGE);
            out.extend(page.as_u128().to_le_bytes());
        }
        Subject::Record(key) => {
            out.push(SUBJECT_RECORD);
            for part in [key.collection(), key.id()] {
                // Both parts are shorter than 256 bytes by construction.
                out.push(u8::try_from(part.len()).unwrap_or(u8::MAX));
                out.extend(part.as_bytes());
            }
        }
    }
    out
}

pub(crate) fn encode_body(body: &Body) -> Result<Vec<u8>, EntryError> {
    let mut out = Vec::new();
    match body {
        Body::PageUpdate {
            connection,
            clients,
            update,
        } => {
            out.extend(connection.to_le_bytes());
            put_count(&mut out, clients.len())?;
            for client in clients {
                out.extend(client.to_le_bytes());
            }
            out.extend(update);
        }
        Body::PageSnapshot {
            upto,
            owners,
            created,
            changed,
            state,
        } => {
            out.extend(upto.get().to_le_bytes());
            for change in [created, changed] {
                out.extend(change.position.get().to_le_bytes());
                put_change(&mut out, change.at, change.by);
            }
            put_count(&mut out, owners.len())?;
            for (client, person) in owners {
                out.extend(client.to_le_bytes());
                out.extend(person.as_u128().to_le_bytes());
            }
            out.extend(state);
        }
        Body::PageDelete => {}
        Body::RecordPut {
            revision,
            version,
            value,
        } => {
            out.extend(revision.to_le_bytes());
            out.extend(version.to_le_bytes());
            out.extend(value);
        }
        Body::RecordDelete { revision } => out.extend(revision.to_le_bytes()),
        Body::BlobReference { blob, bytes } => {
            out.extend(blob);
            out.extend(bytes.to_le_bytes());
        }
    }
    if out.len() > MAX_BODY_BYTES {
        return Err(EntryError::TooLarge {
            bytes: out.len(),
            max: MAX_BODY_BYTES,
        });
    }
    Ok(out)
}

fn put_change(out: &mut Vec<u8>, at: Timestamp, by: Option<PersonId>) {
    out.extend(at.millis().to_le_bytes());
    out.push(u8::from(by.is_some()));
    if let Some(person) = by {
        out.extend(person.as_u128().to_le_bytes());
    }
}

fn put_count(out: &mut Vec<u8>, count: usize) -> Result<(), EntryError> {
    let fits = u32::try_from(count).ok().filter(|_| count <= MAX_CLIENTS);
    let count = fits.ok_or(EntryError::TooLarge {
        bytes: count,
        max: MAX_CLIENTS,
    })?;
    out.extend(count.to_le_bytes());
    Ok(())
}

/// Reads a head; `None` if it is not one, to the last byte.
pub(crate) fn decode_head(raw: &Bytes) -> Option<Head> {
    let mut input = Input(raw.clone());
    let (at, by) = input.change()?;
    let subject = match input.u8()? {
        SUBJECT_PAGE => Subject::Page(PageId::from_u128(input.u128()?)),
        SUBJECT_RECORD => {
            let (collection, id) = (input.short_text()?, input.short_text()?);
            Subject::Record(RecordKey::new(collection, id).ok()?)
        }
        _ => return None,
    };
    input.0.is_empty().then_some(Head { at, by, subject })
}

/// Reads a body of the given kind; `None` if it is not one.
pub(crate) fn decode_body(kind: u8, raw: &Bytes) -> Option<Body> {
    let mut input = Input(raw.clone());
    let body = match kind {
        PAGE_UPDATE => {
            let connection = input.u64()?;
            let count = input.count(8)?;
            let clients = (0..count).map(|_| input.u64()).collect::<Option<_>>()?;
            Body::PageUpdate {
                connection,
                clients,
                update: input.rest(),
            }
        }
        PAGE_SNAPSHOT => {
            let upto = Position::new(input.u64()?);
            let mut changes = || {
                let position = Position::new(input.u64()?);
                let (at, by) = input.change()?;
                Some(Change { position, at, by })
            };
            let (created, changed) = (changes()?, changes()?);
            let count = input.count(24)?;
            let mut owner = || Some((input.u64()?, PersonId::from_u128(input.u128()?)));
            let owners = (0..count).map(|_| owner()).collect::<Option<_>>()?;
            Body::PageSnapshot {
                upto,
                owners,
                created,
                changed,
                state: input.rest(),
            }
        }
        PAGE_DELETE => Body::PageDelete,
        RECORD_PUT => Body::RecordPut {
            revision: input.u64()?,
            version: u16::from_le_bytes(input.take()?),
            value: input.rest(),
        },
        RECORD_DELETE => Body::RecordDelete {
            revision: input.u64()?,
        },
        BLOB_REFERENCE => Body::BlobReference {
            blob: input.take()?,
            bytes: input.u64()?,
        },
        _ => return None,
    };
    input.0.is_empty().then_some(body)
}

/// Bytes read from the front.
struct Input(Bytes);

impl Input {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let found = self.0.first_chunk::<N>().copied()?;
        self.0 = self.0.slice(N..);
        Some(found)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take().map(u8::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    fn u128(&mut self) -> Option<u128> {
        self.take().map(u128::from_le_bytes)
    }

    /// A count whose elements, of `size` bytes each, are all there: nothing is reserved for more.
    fn count(&mut self, size: usize) -> Option<usize> {
        let count = usize::try_from(self.take().map(u32::from_le_bytes)?).ok()?;
        (count.checked_mul(size)? <= self.0.len()).then_some(count)
    }

    fn short_text(&mut self) -> Option<String> {
        let length = usize::from(self.u8()?);
        let text = self.0.get(..length)?;
        let text = std::str::from_utf8(text).ok()?.to_owned();
        self.0 = self.0.slice(length..);
        Some(text)
    }

    fn change(&mut self) -> Option<(Timestamp, Option<PersonId>)> {
        let at = Timestamp::from_millis(self.take().map(i64::from_le_bytes)?);
        let by = match self.u8()? {
            0 => None,
            1 => Some(PersonId::from_u128(self.u128()?)),
            _ => return None,
        };
        Some((at, by))
    }

    fn rest(&mut self) -> Bytes {
        std::mem::take(&mut self.0)
    }
}
