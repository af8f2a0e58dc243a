//! A page in the view: its head, snapshot, updates and owners.

use bytes::Bytes;
use denkraum_domain::{PageId, PersonId, Timestamp};
use denkraum_journal::{Change, Position};

use crate::keys::{self, Family};
use crate::value::{self, Digest, Keys, KeysMut, Value};
use crate::view::Broken;
use crate::{PageHead, StoredPage};

/// What the view keeps of a page beside its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Gone for good; nothing else is left.
    pub(crate) deleted: bool,
    pub(crate) created: Change,
    pub(crate) changed: Change,
    /// The last position that the snapshot holds.
    pub(crate) snapshot_at: Position,
    /// The position of the entry that brought the snapshot; the start if there is none.
    pub(crate) snapshot_entry: Position,
    /// Over snapshot, updates and owners.
    pub(crate) digest: Digest,
}

impl Head {
    pub(crate) const fn new(created: Change) -> Self {
        Self {
            deleted: false,
            created,
            changed: created,
            snapshot_at: Position::START,
            snapshot_entry: Position::START,
            digest: Digest(0),
        }
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = vec![u8::from(self.deleted)];
        for Change { position, at, by } in [self.created, self.changed] {
            out.extend(position.get().to_le_bytes());
            out.extend(at.millis().to_le_bytes());
            out.push(u8::from(by.is_some()));
            out.extend(by.map_or(0, PersonId::as_u128).to_le_bytes());
        }
        out.extend(self.snapshot_at.get().to_le_bytes());
        out.extend(self.snapshot_entry.get().to_le_bytes());
        out.extend(self.digest.0.to_le_bytes());
        out
    }

    fn decode(raw: &[u8]) -> Option<Self> {
        let ([deleted], raw) = raw.split_first_chunk::<1>()?;
        let (created, raw) = decode_change(raw)?;
        let (changed, raw) = decode_change(raw)?;
        let (snapshot_at, raw) = raw.split_first_chunk::<8>()?;
        let (snapshot_entry, raw) = raw.split_first_chunk::<8>()?;
        let digest = raw.first_chunk::<8>()?;
        Some(Self {
            deleted: *deleted == 1,
            created,
            changed,
            snapshot_at: Position::new(u64::from_le_bytes(*snapshot_at)),
            snapshot_entry: Position::new(u64::from_le_bytes(*snapshot_entry)),
            digest: Digest(u64::from_le_bytes(*digest)),
        })
    }

    /// Reads a page's head, and the position of the entry that changed it last.
    pub(crate) fn read(keys: &impl Keys, page: PageId) -> Result<Option<(Self, Position)>, Broken> {
        let value = value::read(keys, &keys::page(Family::Head, page))?;
        value
            .map(|value| Ok((Self::from_value(&value)?, value.position)))
            .transpose()
    }

    pub(crate) fn from_value(value: &Value) -> Result<Self, Broken> {
        Self::decode(&value.bytes).ok_or_else(|| Broken("a head is unreadable".to_owned()))
    }

    /// Writes the head as changed by the entry at `position`.
    pub(crate) fn write(
        &self,
        keys: &mut impl KeysMut,
        all: &mut Digest,
        page: PageId,
        position: Position,
    ) -> Result<(), Broken> {
        value::write(
            keys,
            all,
            &keys::page(Family::Head, page),
            position,
            &self.encode(),
        )
    }
}

fn decode_change(raw: &[u8]) -> Option<(Change, &[u8])> {
    let (position, raw) = raw.split_first_chunk::<8>()?;
    let (at, raw) = raw.split_first_chunk::<8>()?;
    let ([known], raw) = raw.split_first_chunk::<1>()?;
    let (by, raw) = raw.split_first_chunk::<16>()?;
    let by = PersonId::from_u128(u128::from_le_bytes(*by));
    let change = Change {
        position: Position::new(u64::from_le_bytes(*position)),
        at: Timestamp::from_millis(i64::from_le_bytes(*at)),
        by: (*known == 1).then_some(by),
    };
    Some((change, raw))
}

/// A page's values, complete.
struct Parts {
    head: Head,
    snapshot: Option<Value>,
    updates: Vec<(Vec<u8>, Value)>,
    owners: Vec<(Vec<u8>, Value)>,
}

/// Reads a page's values and checks that none is missing; `None` if it does not exist.
fn parts(keys: &impl Keys, page: PageId) -> Result<Option<Parts>, Broken> {
    let Some((head, _)) = Head::read(keys, page)?.filter(|(head, _)| !head.deleted) else {
        return Ok(None);
    };
    let scan = |family| value::scan(keys, &keys::page(family, page));
    let parts = Parts {
        head,
        snapshot: value::read(keys, &keys::page(Family::Snapshot, page))?,
        updates: scan(Family::Update)?,
        owners: scan(Family::Owner)?,
    };
    let mut digest = Digest::default();
    let values = parts.updates.iter().chain(&parts.owners);
    let values = values.map(|(_, value)| value);
    parts
        .snapshot
        .iter()
        .chain(values)
        .for_each(|value| digest.add(value));
    if digest != head.digest {
        return Err(Broken(format!("values of page {page} are missing")));
    }
    Ok(Some(parts))
}

/// Reads a whole page; `None` if it does not exist.
pub(crate) fn load(keys: &impl Keys, page: PageId) -> Result<Option<StoredPage>, Broken> {
    let Some(parts) = parts(keys, page)? else {
        return Ok(None);
    };
    let Parts {
        head,
        snapshot,
        updates,
        owners,
    } = parts;
    Ok(Some(StoredPage {
        snapshot: snapshot.map(|value| Bytes::from(value.bytes)),
        updates: updates
            .into_iter()
            .map(|(_, value)| Bytes::from(value.bytes))
            .collect(),
        owners: decode_owners(page, owners)?,
        upto: head.changed.position.max(head.snapshot_at),
        snapshot_at: head.snapshot_at,
    }))
}

/// Reads who first brought which client id to a page.
pub(crate) fn owners(keys: &impl Keys, page: PageId) -> Result<Vec<(u64, PersonId)>, Broken> {
    decode_owners(page, value::scan(keys, &keys::page(Family::Owner, page))?)
}

fn decode_owners(
    page: PageId,
    owners: Vec<(Vec<u8>, Value)>,
) -> Result<Vec<(u64, PersonId)>, Broken> {
    let owner = |(key, value): (Vec<u8>, Value)| {
        let person = value.bytes.first_chunk::<16>()?;
        Some((
            keys::number_of(&key)?,
            PersonId::from_u128(u128::from_le_bytes(*person)),
        ))
    };
    let owners: Option<Vec<_>> = owners.into_iter().map(owner).collect();
    owners.ok_or_else(|| Broken(format!("an owner of page {page} is unreadable")))
}

/// The positions of the entries that a page's content still rests on; none if the page is gone.
pub(crate) fn positions(keys: &impl Keys, page: PageId) -> Result<Vec<Position>, Broken> {
    let Some(parts) = parts(keys, page)? else {
        return Ok(Vec::new());
    };
    let updates = parts.updates.iter();
    let mut positions: Vec<_> = updates.map(|(_, value)| value.position).collect();
    if parts.snapshot.is_some() {
        positions.push(parts.head.snapshot_entry);
    }
    Ok(positions)
}

/// Reads the heads of all pages that exist, sorted by page.
pub(crate) fn heads(keys: &impl Keys) -> Result<Vec<PageHead>, Broken> {
    let mut heads = Vec::new();
    for (key, value) in value::scan(keys, &[Family::Head as u8])? {
        let page = keys::page_of(&key).ok_or_else(|| Broken("a key is unreadable".to_owned()))?;
        let head = Head::from_value(&value)?;
        if !head.deleted {
            heads.push(PageHead::new(page, &head.created, &head.changed));
        }
    }
    Ok(heads)
}

/// Reads the ids of all pages that were deleted.
pub(crate) fn deleted(keys: &impl Keys) -> Result<Vec<PageId>, Broken> {
    let mut deleted = Vec::new();
    for (key, value) in value::scan(keys, &[Family::Head as u8])? {
        if Head::from_value(&value)?.deleted {
            deleted.extend(keys::page_of(&key));
        }
    }
    Ok(deleted)
}
