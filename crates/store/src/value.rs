//! Values in the view: each carries its checksum and position, and is split into chunks so small
//! that sled never puts one into a file of its own.
//!
//! sled moves a tree node above 128 KiB into a separate file; a node holds up to 16 keys, so chunks
//! stay at 4 KiB.

use crate::view::Broken;
use denkraum_journal::Position;

/// Bytes of a value in one chunk.
const CHUNK_BYTES: usize = 4096;
/// Checksum, position, length: in front of the first chunk.
const HEADER_BYTES: usize = 4 + 8 + 4;
/// Bytes of the chunk's number at the end of a key.
const SUFFIX_BYTES: usize = 2;

/// Keys and what stands there, sorted by key.
pub(crate) type Pairs = Vec<(Vec<u8>, Vec<u8>)>;

/// Something that keys can be read from.
pub(crate) trait Keys {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Broken>;
    /// All keys that begin so, sorted.
    fn scan(&self, prefix: &[u8]) -> Result<Pairs, Broken>;
}

/// Something that keys can also be written to.
pub(crate) trait KeysMut: Keys {
    fn set(&mut self, key: Vec<u8>, value: Option<Vec<u8>>);
}

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) position: Position,
    pub(crate) bytes: Vec<u8>,
    check: u32,
}

/// A sum over values that changes when one is lost, added or changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Digest(pub(crate) u64);

impl Digest {
    pub(crate) fn add(&mut self, value: &Value) {
        self.0 = self.0.wrapping_add(weight(value.check));
    }
}

fn weight(check: u32) -> u64 {
    (1 << 32) + u64::from(check)
}

struct Header {
    check: u32,
    position: Position,
    length: usize,
}

impl Header {
    fn read(chunk: &[u8]) -> Option<(Self, &[u8])> {
        let (check, rest) = chunk.split_first_chunk::<4>()?;
        let (position, rest) = rest.split_first_chunk::<8>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let header = Self {
            check: u32::from_le_bytes(*check),
            position: Position::new(u64::from_le_bytes(*position)),
            length: usize::try_from(u32::from_le_bytes(*length)).ok()?,
        };
        Some((header, rest))
    }

    fn chunks(&self) -> usize {
        self.length.div_ceil(CHUNK_BYTES).max(1)
    }
}

fn check(key: &[u8], position: Position, bytes: &[u8]) -> u32 {
    let check = crc32c::crc32c(key);
    let check = crc32c::crc32c_append(check, &position.get().to_le_bytes());
    crc32c::crc32c_append(check, bytes)
}

fn chunk_key(key: &[u8], chunk: usize) -> Vec<u8> {
    let mut key = key.to_vec();
    // An entry has at most 32 MiB: 8192 chunks.
    key.extend(u16::try_from(chunk).unwrap_or(u16::MAX).to_be_bytes());
    key
}

fn damaged(key: &[u8]) -> Broken {
    Broken(format!(
        "a value is damaged (family {:?})",
        key.first().map(|byte| char::from(*byte))
    ))
}

/// Puts a value's chunks together and checks it.
fn assemble(
    key: &[u8],
    first: &[u8],
    rest: impl Iterator<Item = Vec<u8>>,
) -> Result<Value, Broken> {
    let (header, start) = Header::read(first).ok_or_else(|| damaged(key))?;
    let mut bytes = start.to_vec();
    rest.for_each(|chunk| bytes.extend(chunk));
    let Header {
        check: expected,
        position,
        length,
    } = header;
    if bytes.len() != length || check(key, position, &bytes) != expected {
        return Err(damaged(key));
    }
    Ok(Value {
        position,
        bytes,
        check: expected,
    })
}

/// The value with this key.
pub(crate) fn read(keys: &impl Keys, key: &[u8]) -> Result<Option<Value>, Broken> {
    let Some(first) = keys.get(&chunk_key(key, 0))? else {
        return Ok(None);
    };
    let (header, _) = Header::read(&first).ok_or_else(|| damaged(key))?;
    let mut rest = Vec::new();
    for chunk in 1..header.chunks() {
        rest.push(
            keys.get(&chunk_key(key, chunk))?
                .ok_or_else(|| damaged(key))?,
        );
    }
    assemble(key, &first, rest.into_iter()).map(Some)
}

/// The position of the value with this key; the value itself is not checked.
pub(crate) fn position(keys: &impl Keys, key: &[u8]) -> Result<Option<Position>, Broken> {
    let Some(first) = keys.get(&chunk_key(key, 0))? else {
        return Ok(None);
    };
    let (header, _) = Header::read(&first).ok_or_else(|| damaged(key))?;
    Ok(Some(header.position))
}

/// All values whose keys begin so, sorted by key.
pub(crate) fn scan(keys: &impl Keys, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Value)>, Broken> {
    let mut values = Vec::new();
    let mut chunks = keys.scan(prefix)?.into_iter().peekable();
    while let Some((key, first)) = chunks.next() {
        let Some((name, chunk)) = key.split_last_chunk::<SUFFIX_BYTES>() else {
            return Err(damaged(&key));
        };
        if *chunk != [0; SUFFIX_BYTES] {
            return Err(damaged(&key));
        }
        let mut rest = Vec::new();
        while let Some((_, bytes)) =
            chunks.next_if(|(next, _)| next.len() == key.len() && next.starts_with(name))
        {
            rest.push(bytes);
        }
        values.push((name.to_vec(), assemble(name, &first, rest.into_iter())?));
    }
    Ok(values)
}

/// Writes a value in place of the one that is there, and keeps the digest right.
pub(crate) fn write(
    keys: &mut impl KeysMut,
    digest: &mut Digest,
    key: &[u8],
    position: Position,
    bytes: &[u8],
) -> Result<(), Broken> {
    remove(keys, digest, key)?;
    let check = check(key, position, bytes);
    digest.0 = digest.0.wrapping_add(weight(check));
    let mut first = check.to_le_bytes().to_vec();
    first.extend(position.get().to_le_bytes());
    first.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
    debug_assert_eq!(first.len(), HEADER_BYTES);
    let mut chunks = bytes.chunks(CHUNK_BYTES);
    first.extend(chunks.next().unwrap_or_default());
    keys.set(chunk_key(key, 0), Some(first));
    for (number, chunk) in chunks.enumerate() {
        keys.set(chunk_key(key, number + 1), Some(chunk.to_vec()));
    }
    Ok(())
}

/// Removes a value if it is there, and keeps the digest right.
pub(crate) fn remove(
    keys: &mut impl KeysMut,
    digest: &mut Digest,
    key: &[u8],
) -> Result<(), Broken> {
    let Some(first) = keys.get(&chunk_key(key, 0))? else {
        return Ok(());
    };
    let (header, _) = Header::read(&first).ok_or_else(|| damaged(key))?;
    digest.0 = digest.0.wrapping_sub(weight(header.check));
    for chunk in 0..header.chunks() {
        keys.set(chunk_key(key, chunk), None);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Default)]
    struct InMemory(BTreeMap<Vec<u8>, Vec<u8>>);

    impl Keys for InMemory {
        fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Broken> {
            Ok(self.0.get(key).cloned())
        }

        fn scan(&self, prefix: &[u8]) -> Result<Pairs, Broken> {
            let all = self.0.iter().filter(|(key, _)| key.starts_with(prefix));
            Ok(all
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect())
        }
    }

    impl KeysMut for InMemory {
        fn set(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) {
            match value {
                Some(value) => drop(self.0.insert(key, value)),
                None => drop(self.0.remove(&key)),
            }
        }
    }

    /// [V-6] Values of any length are read back, and leave nothing behind when they change.
    #[test]
    fn values_of_any_length_are_read_back_and_leave_nothing_behind() {
        let (mut keys, mut digest) = (InMemory::default(), Digest::default());
        for length in [0, 1, 4096, 4097, 20_000, 8192, 5, 0] {
            let bytes = vec![7; length];
            write(&mut keys, &mut digest, b"s1", Position::new(3), &bytes).unwrap();
            let value = read(&keys, b"s1").unwrap().unwrap();
            assert_eq!((value.position, &value.bytes), (Position::new(3), &bytes));
            assert_eq!(scan(&keys, b"s").unwrap(), [(b"s1".to_vec(), value)]);
            assert_eq!(keys.0.len(), length.div_ceil(4096).max(1));
        }
        remove(&mut keys, &mut digest, b"s1").unwrap();
        assert!(keys.0.is_empty());
        assert_eq!(digest, Digest::default());
    }

    /// [V-6] Any flipped bit, lost chunk or exchanged value is noticed.
    #[test]
    fn a_value_that_is_not_what_was_written_is_noticed() {
        let (mut keys, mut digest) = (InMemory::default(), Digest::default());
        write(
            &mut keys,
            &mut digest,
            b"s1",
            Position::new(3),
            &vec![7; 9000],
        )
        .unwrap();
        write(
            &mut keys,
            &mut digest,
            b"s2",
            Position::new(3),
            &vec![8; 9000],
        )
        .unwrap();
        let all: Vec<_> = keys.0.keys().cloned().collect();
        for key in all.iter().filter(|key| key.starts_with(b"s1")) {
            let whole = keys.0[key].clone();
            for at in (0..whole.len()).step_by(97) {
                keys.0.get_mut(key).unwrap()[at] ^= 4;
                assert!(
                    read(&keys, b"s1").is_err() && scan(&keys, b"s").is_err(),
                    "{at}"
                );
                keys.0.insert(key.clone(), whole.clone());
            }
            let exchanged = [b"s2", &key[2..]].concat();
            keys.0.insert(key.clone(), keys.0[&exchanged].clone());
            assert!(read(&keys, b"s1").is_err());
            keys.0.remove(key);
            assert!(scan(&keys, b"s").is_err());
            assert!(!matches!(read(&keys, b"s1"), Ok(Some(_))));
            keys.0.insert(key.clone(), whole);
        }
        assert!(read(&keys, b"s1").unwrap().is_some());
    }
}
