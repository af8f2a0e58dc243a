//! Putting updates together that are to go out at the same moment.

use crate::bytes::{Cursor, Malformed};
use crate::wire::{self, Head};
use crate::write::number;

/// The structs of one client in one update.
struct Section<'a> {
    client: u64,
    clock: u64,
    /// The first clock after them.
    end: u64,
    structs: usize,
    bytes: &'a [u8],
}

/// The deletions of one client in one update.
struct Deleted<'a> {
    client: u64,
    stretches: usize,
    bytes: &'a [u8],
}

#[derive(Default)]
struct Parts<'a> {
    sections: Vec<Section<'a>>,
    deletions: Vec<Deleted<'a>>,
}

/// One update that says what these say together. Each of them was let in after the one before.
///
/// Nothing is read out of the structs, so it costs little more than copying: the structs of a
/// client follow one another, and so do the deletions. `None` if what one update has of a client
/// does not begin where the one before it ended, or cannot be read; then they stay apart. [G-27]
pub fn merge<'a>(updates: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut parts = Parts::default();
    let mut bytes = 8;
    for update in updates {
        bytes += update.len();
        take_apart(update, &mut parts).ok()?;
    }
    let mut written = Vec::with_capacity(bytes);
    // As Yjs writes them: the highest client first. The order of the updates stays within each.
    parts
        .sections
        .sort_by_key(|part| std::cmp::Reverse(part.client));
    parts
        .deletions
        .sort_by_key(|part| std::cmp::Reverse(part.client));
    let clients = || parts.sections.chunk_by(|a, b| a.client == b.client);
    number(&mut written, clients().count() as u64);
    for sections in clients() {
        if sections.array_windows().any(|[a, b]| a.end != b.clock) {
            return None;
        }
        let first = sections.first()?;
        let structs: usize = sections.iter().map(|part| part.structs).sum();
        number(&mut written, structs as u64);
        number(&mut written, first.client);
        number(&mut written, first.clock);
        for part in sections {
            written.extend_from_slice(part.bytes);
        }
    }
    let clients = || parts.deletions.chunk_by(|a, b| a.client == b.client);
    number(&mut written, clients().count() as u64);
    for deletions in clients() {
        let stretches: usize = deletions.iter().map(|part| part.stretches).sum();
        number(&mut written, deletions.first()?.client);
        number(&mut written, stretches as u64);
        for part in deletions {
            written.extend_from_slice(part.bytes);
        }
    }
    Some(written)
}

fn take_apart<'a>(update: &'a [u8], parts: &mut Parts<'a>) -> Result<(), Malformed> {
    let mut cursor = Cursor::new(update, 0);
    for _ in 0..cursor.count(3)? {
        let structs = cursor.count(2)?;
        let client = wire::client(&mut cursor)?;
        let clock = u64::from(cursor.clock()?);
        let (start, mut end) = (cursor.at(), clock);
        for _ in 0..structs {
            end += u64::from(match wire::head(&mut cursor)? {
                Head::Item(item) => wire::content(&mut cursor, &item, true)?.1,
                Head::Forgotten => wire::length(&mut cursor)?,
                Head::Skip => return cursor.fail("no hole"),
            });
        }
        let bytes = cursor.since(start);
        parts.sections.push(Section {
            client,
            clock,
            end,
            structs,
            bytes,
        });
    }
    for _ in 0..cursor.count(2)? {
        let client = wire::client(&mut cursor)?;
        let stretches = cursor.count(2)?;
        let start = cursor.at();
        for _ in 0..stretches {
            cursor.clock()?;
            wire::length(&mut cursor)?;
        }
        let bytes = cursor.since(start);
        parts.deletions.push(Deleted {
            client,
            stretches,
            bytes,
        });
    }
    match cursor.rest() {
        0 => Ok(()),
        _ => cursor.fail("the end"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Client 5 types `ab` into the title, then `c` behind it, then takes the `b` away.
    const FIRST: &[u8] = b"\x01\x01\x05\x00\x04\x01\x05title\x02ab\x00";
    const SECOND: &[u8] = b"\x01\x01\x05\x02\x84\x05\x01\x01c\x00";
    const THIRD: &[u8] = b"\x00\x01\x05\x01\x01\x01";
    /// Client 9 writes behind it, and takes the `a` away.
    const OTHER: &[u8] = b"\x01\x01\x09\x00\x84\x05\x02\x01x\x01\x05\x01\x00\x01";

    /// [G-27]
    #[test]
    fn structs_and_deletions_of_a_client_follow_one_another() {
        let merged = merge([FIRST, SECOND, THIRD, OTHER]).unwrap();
        let expected = b"\x02\x01\x09\x00\x84\x05\x02\x01x\
            \x02\x05\x00\x04\x01\x05title\x02ab\x84\x05\x01\x01c\
            \x01\x05\x02\x01\x01\x00\x01";
        assert_eq!(merged, expected);
        assert_eq!(merge([FIRST]).unwrap(), FIRST);
        assert_eq!(merge([]).unwrap(), [0, 0]);
    }

    /// [G-27]
    #[test]
    fn what_does_not_follow_stays_apart() {
        assert_eq!(merge([SECOND, FIRST]), None, "the other way round");
        assert_eq!(merge([FIRST, FIRST]), None, "the same again");
        assert_eq!(merge([FIRST, b"\x01"]), None, "cut off");
        assert_eq!(merge([FIRST, b"\x00\x00\x00"]), None, "more than an update");
        let hole = b"\x01\x01\x09\x00\x0a\x01\x00";
        assert_eq!(merge([FIRST, hole]), None, "a hole");
    }
}
