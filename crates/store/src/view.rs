//! The view as sled keeps it: keys, the applied position, and changes that become visible at once.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use denkraum_journal::{JournalId, Position};

use crate::keys::{self, Family};
use crate::value::{self, Digest, Keys, KeysMut, Pairs};

/// The version of the view's layout. Another one is not read but made again.
pub(crate) const FORMAT: u32 = 2;
/// Memory for sled's cache, in bytes.
const CACHE_BYTES: u64 = 64 << 20;

/// The view is not what was written, or sled failed: it has to be made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken(pub(crate) String);

impl From<sled::Error> for Broken {
    fn from(err: sled::Error) -> Self {
        Self(err.to_string())
    }
}

/// What the view says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meta {
    pub(crate) format: u32,
    pub(crate) journal: JournalId,
    /// The last position that the view holds.
    pub(crate) applied: Position,
    /// Over all heads, records, files and damage marks.
    pub(crate) digest: Digest,
}

impl Meta {
    pub(crate) const fn new(journal: JournalId) -> Self {
        Self {
            format: FORMAT,
            journal,
            applied: Position::START,
            digest: Digest(0),
        }
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = self.format.to_le_bytes().to_vec();
        out.extend(self.journal.as_u128().to_le_bytes());
        out.extend(self.applied.get().to_le_bytes());
        out.extend(self.digest.0.to_le_bytes());
        out.extend(crc32c::crc32c(&out).to_le_bytes());
        out
    }

    fn decode(raw: &[u8]) -> Option<Self> {
        let (text, check) = raw.split_last_chunk::<4>()?;
        if crc32c::crc32c(text).to_le_bytes() != *check {
            return None;
        }
        let (format, rest) = text.split_first_chunk::<4>()?;
        let (journal, rest) = rest.split_first_chunk::<16>()?;
        let (applied, rest) = rest.split_first_chunk::<8>()?;
        let digest = rest.first_chunk::<8>()?;
        Some(Self {
            format: u32::from_le_bytes(*format),
            journal: JournalId::from_u128(u128::from_le_bytes(*journal)),
            applied: Position::new(u64::from_le_bytes(*applied)),
            digest: Digest(u64::from_le_bytes(*digest)),
        })
    }
}

/// Where the view is kept.
enum Kept {
    /// In sled's files.
    Files(sled::Db),
    /// In memory, for as long as no files can be kept.
    Memory(RwLock<BTreeMap<Vec<u8>, Vec<u8>>>),
}

/// The view. Everything here blocks.
pub(crate) struct View {
    kept: Kept,
    /// Held for writing while a batch becomes visible, so that a page is read as one state.
    visible: RwLock<()>,
}

impl View {
    /// Opens or makes the sled database in `folder`.
    pub(crate) fn open(folder: &Path) -> Result<Self, Broken> {
        let db = sled::Config::new()
            .path(folder)
            .cache_capacity(CACHE_BYTES)
            .open()?;
        Ok(Self {
            kept: Kept::Files(db),
            visible: RwLock::new(()),
        })
    }

    /// An empty view that leaves nothing on the disk.
    pub(crate) fn in_memory() -> Self {
        Self {
            kept: Kept::Memory(RwLock::default()),
            visible: RwLock::new(()),
        }
    }

    /// What the view says of itself; `None` if it is empty.
    pub(crate) fn meta(&self) -> Result<Option<Meta>, Broken> {
        match self.get(&keys::meta())? {
            Some(raw) => {
                let meta = Meta::decode(&raw).ok_or_else(|| Broken("bad meta".to_owned()))?;
                Ok(Some(meta))
            }
            None if self.is_empty() => Ok(None),
            None => Err(Broken("no meta".to_owned())),
        }
    }

    fn is_empty(&self) -> bool {
        match &self.kept {
            Kept::Files(db) => db.is_empty(),
            Kept::Memory(map) => read(map).is_empty(),
        }
    }

    /// Checks heads, records, files and damage marks against the digest. What belongs to one page is
    /// checked when that page is loaded.
    pub(crate) fn verify(&self, meta: &Meta) -> Result<(), Broken> {
        let mut digest = Digest::default();
        let families = [Family::Head, Family::Record, Family::File, Family::Damage];
        for family in families {
            for (_, value) in value::scan(self, &[family as u8])? {
                digest.add(&value);
            }
        }
        if digest == meta.digest {
            Ok(())
        } else {
            Err(Broken("values are missing".to_owned()))
        }
    }

    /// Keeps what is read from changing in the middle.
    pub(crate) fn reading(&self) -> RwLockReadGuard<'_, ()> {
        read(&self.visible)
    }

    /// Reads, changes and makes the changes visible at once.
    pub(crate) fn change<T>(
        &self,
        change: impl FnOnce(&mut Changes<'_>) -> Result<T, Broken>,
    ) -> Result<T, Broken> {
        let _guard = self.visible.write().unwrap_or_else(PoisonError::into_inner);
        let mut changes = Changes {
            view: self,
            changed: BTreeMap::new(),
        };
        let result = change(&mut changes)?;
        match &self.kept {
            Kept::Files(db) => {
                let mut batch = sled::Batch::default();
                for (key, value) in changes.changed {
                    match value {
                        Some(value) => batch.insert(key, value),
                        None => batch.remove(key),
                    }
                }
                db.apply_batch(batch)?;
            }
            Kept::Memory(map) => {
                let mut map = map.write().unwrap_or_else(PoisonError::into_inner);
                for (key, value) in changes.changed {
                    match value {
                        Some(value) => drop(map.insert(key, value)),
                        None => drop(map.remove(&key)),
                    }
                }
            }
        }
        Ok(result)
    }

    /// Writes out what is only in memory yet.
    pub(crate) fn flush(&self) -> Result<(), Broken> {
        if let Kept::Files(db) = &self.kept {
            db.flush()?;
        }
        Ok(())
    }
}

impl Keys for View {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Broken> {
        Ok(match &self.kept {
            Kept::Files(db) => db.get(key)?.map(|value| value.to_vec()),
            Kept::Memory(map) => read(map).get(key).cloned(),
        })
    }

    fn scan(&self, prefix: &[u8]) -> Result<Pairs, Broken> {
        let pair = |found: sled::Result<(sled::IVec, sled::IVec)>| {
            let (key, value) = found?;
            Ok((key.to_vec(), value.to_vec()))
        };
        match &self.kept {
            Kept::Files(db) => db.scan_prefix(prefix).map(pair).collect(),
            Kept::Memory(map) => {
                let map = read(map);
                let found = map.range(prefix.to_vec()..);
                let found = found.take_while(|(key, _)| key.starts_with(prefix));
                Ok(found
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect())
            }
        }
    }
}

fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

/// Changes that are not visible yet, and the view below them.
pub(crate) struct Changes<'a> {
    view: &'a View,
    changed: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl Changes<'_> {
    pub(crate) fn set_meta(&mut self, meta: &Meta) {
        self.set(keys::meta(), Some(meta.encode()));
    }
}

impl Keys for Changes<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Broken> {
        match self.changed.get(key) {
            Some(value) => Ok(value.clone()),
            None => self.view.get(key),
        }
    }

    fn scan(&self, prefix: &[u8]) -> Result<Pairs, Broken> {
        let mut all: BTreeMap<_, _> = self.view.scan(prefix)?.into_iter().collect();
        let changed = self.changed.range(prefix.to_vec()..);
        for (key, value) in changed.take_while(|(key, _)| key.starts_with(prefix)) {
            match value {
                Some(value) => drop(all.insert(key.clone(), value.clone())),
                None => drop(all.remove(key)),
            }
        }
        Ok(all.into_iter().collect())
    }
}

impl KeysMut for Changes<'_> {
    fn set(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) {
        self.changed.insert(key, value);
    }
}
