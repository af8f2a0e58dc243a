//! Which clocks an update brings: all that a receiver under load needs to know of it.

use crate::any;
use crate::wire::Reader;

/// Calls `found(client, from, to)` for each run of structs in an update (format v1), `to` being the
/// first clock after it. `None`: something that this reader does not know.
pub(crate) fn runs(update: &[u8], mut found: impl FnMut(u64, u64, u64)) -> Option<()> {
    let mut reader = Reader(update);
    for _ in 0..reader.number()? {
        let structs = reader.number()?;
        let client = reader.number()?;
        let mut clock = reader.number()?;
        let mut from = clock;
        for _ in 0..structs {
            let info = reader.byte()?;
            if info & 31 == SKIP {
                if clock > from {
                    found(client, from, clock);
                }
                clock += reader.number()?;
                from = clock;
            } else {
                clock += length(&mut reader, info)?;
            }
        }
        if clock > from {
            found(client, from, clock);
        }
    }
    Some(())
}

const FORGOTTEN: u8 = 0;
const SKIP: u8 = 10;

/// Passes over a struct; gives how many clocks it takes.
fn length(reader: &mut Reader<'_>, info: u8) -> Option<u64> {
    let kind = info & 31;
    if kind == FORGOTTEN {
        return reader.number();
    }
    place(reader, info)?;
    Some(match kind {
        // Deleted.
        1 => reader.number()?,
        // JSON, each value as a text.
        2 => {
            let values = reader.number()?;
            for _ in 0..values {
                reader.bytes()?;
            }
            values
        }
        // Binary, embed.
        3 | 5 => {
            reader.bytes()?;
            1
        }
        4 => units(reader.bytes()?),
        // A mark: key and value.
        6 => {
            reader.bytes()?;
            reader.bytes()?;
            1
        }
        // A type; elements and hooks have a name.
        7 => {
            if matches!(reader.number()?, 3 | 5) {
                reader.bytes()?;
            }
            1
        }
        8 => {
            let values = reader.number()?;
            for _ in 0..values {
                any::skip(reader)?;
            }
            values
        }
        _ => return None,
    })
}

/// Passes over where a struct stands.
fn place(reader: &mut Reader<'_>, info: u8) -> Option<()> {
    for neighbour in [0x80, 0x40] {
        if info & neighbour != 0 {
            reader.number()?;
            reader.number()?;
        }
    }
    if info & 0xc0 == 0 {
        if reader.number()? == 1 {
            reader.bytes()?;
        } else {
            reader.number()?;
            reader.number()?;
        }
        if info & 0x20 != 0 {
            reader.bytes()?;
        }
    }
    Some(())
}

/// The length of a text in UTF-16.
fn units(text: &[u8]) -> u64 {
    if let [_] = text {
        return 1;
    }
    let text = std::str::from_utf8(text).unwrap_or_default();
    crate::numbers::count(text.encode_utf16().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edits;

    fn found(update: &[u8]) -> Option<Vec<(u64, u64, u64)>> {
        let mut all = Vec::new();
        runs(update, |client, from, to| all.push((client, from, to)))?;
        Some(all)
    }

    #[test]
    fn the_clocks_of_edits_are_found() {
        assert_eq!(found(&edits::paragraph(500)), Some(vec![(500, 0, 2)]));
        assert_eq!(found(&edits::letter(500, 0)), Some(vec![(500, 2, 3)]));
        assert_eq!(found(&edits::letter(500, 7)), Some(vec![(500, 9, 10)]));
        assert_eq!(found(&[0, 0]), Some(Vec::new()));
    }

    #[test]
    fn what_yrs_writes_is_read_with_all_its_clocks() {
        use yrs::{Map as _, ReadTxn as _, Text as _, Transact as _};
        let doc = crate::history::document(9);
        let (text, map) = (
            doc.get_or_insert_text("title"),
            doc.get_or_insert_map("values"),
        );
        let mut changes = doc.transact_mut();
        text.insert(&mut changes, 0, "größer 😀");
        text.remove_range(&mut changes, 2, 3);
        let numbers = vec![yrs::Any::from(1.5), yrs::Any::from(true)];
        map.insert(&mut changes, "a", yrs::Any::from(numbers));
        map.insert(&mut changes, "b", "word");
        let update = changes.encode_update_v1();
        let all = found(&update).unwrap();
        let end = all.iter().map(|(_, _, to)| *to).max();
        let known = changes.state_vector().get(&yrs::ClientID::new(9));
        assert_eq!(end, Some(u64::from(known)));
    }

    #[test]
    fn what_is_cut_off_is_noticed() {
        let update = edits::letter(500, 7);
        for end in 0..update.len() - 1 {
            assert_eq!(found(&update[..end]), None, "cut at {end}");
        }
    }
}
