//! The words in an update, by who wrote them and when.

use crate::bytes::{Cursor, Malformed};
use crate::wire::{self, Content, Head};

/// A piece of text as it stands in an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPiece {
    /// Who wrote it.
    pub client: u64,
    /// The clock of its first UTF-16 code unit.
    pub clock: u64,
    /// The words.
    pub text: String,
}

/// The text in `update` that belongs to `wanted`: by client, stretches of clocks, sorted and apart,
/// each with its first clock and the first after it. The update was let in or is a stored document;
/// where it cannot be read, what comes after is left out.
pub fn texts(update: &[u8], wanted: &[(u64, Vec<(u64, u64)>)]) -> Vec<TextPiece> {
    let mut found = Vec::new();
    // What was read before the end of the readable part is still true.
    let _ = collect(update, wanted, &mut found);
    found
}

fn collect(
    update: &[u8],
    wanted: &[(u64, Vec<(u64, u64)>)],
    found: &mut Vec<TextPiece>,
) -> Result<(), Malformed> {
    let mut cursor = Cursor::new(update, 0);
    structs(&mut cursor, |client, clock, text| {
        let of_client = wanted.iter().filter(|(wanted, _)| *wanted == client);
        for &(start, end) in of_client.flat_map(|(_, stretches)| stretches) {
            found.extend(cut(client, clock, text, start, end));
        }
    })
}

/// Passes over all structs, to where the deletions begin.
pub(crate) fn structs(
    cursor: &mut Cursor<'_>,
    mut text: impl FnMut(u64, u64, &str),
) -> Result<(), Malformed> {
    for _ in 0..cursor.count(3)? {
        let left = cursor.count(2)?;
        let client = wire::client(cursor)?;
        let mut clock = u64::from(cursor.clock()?);
        for _ in 0..left {
            let length = match wire::head(cursor)? {
                Head::Item(item) => {
                    let (content, length) = wire::content(cursor, &item, true)?;
                    if let Content::Text(words) = content {
                        text(client, clock, words);
                    }
                    length
                }
                Head::Forgotten | Head::Skip => wire::length(cursor)?,
            };
            clock += u64::from(length);
        }
    }
    Ok(())
}

/// The part of a text that begins at `clock` which lies between two clocks.
fn cut(client: u64, clock: u64, text: &str, start: u64, end: u64) -> Option<TextPiece> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u64::try_from(units.len()).ok()?;
    let from = start.saturating_sub(clock).min(length);
    let to = end.saturating_sub(clock).min(length);
    let part = units.get(usize::try_from(from).ok()?..usize::try_from(to).ok()?)?;
    (!part.is_empty()).then(|| TextPiece {
        client,
        clock: clock + from,
        text: String::from_utf16_lossy(part),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Client 5 types `ab😀` into the title, client 9 `xy` behind it.
    const UPDATE: &[u8] = b"\x02\x01\x05\x00\x04\x01\x05title\x06ab\xf0\x9f\x98\x80\
        \x01\x09\x00\x84\x05\x03\x02xy\x00";

    fn piece(client: u64, clock: u64, text: &str) -> TextPiece {
        let text = text.to_owned();
        TextPiece {
            client,
            clock,
            text,
        }
    }

    #[test]
    fn the_wanted_clocks_are_cut_out_of_the_text_by_utf16_units() {
        let all = [(9, vec![(0, 99)]), (5, vec![(0, 99)])];
        assert_eq!(
            texts(UPDATE, &all),
            [piece(5, 0, "ab😀"), piece(9, 0, "xy")]
        );
        let some = [(5, vec![(0, 1), (2, 4)]), (9, vec![(1, 2)])];
        let cut = [piece(5, 0, "a"), piece(5, 2, "😀"), piece(9, 1, "y")];
        assert_eq!(texts(UPDATE, &some), cut);
        assert_eq!(texts(UPDATE, &[(5, vec![(7, 9)]), (6, vec![(0, 9)])]), []);
    }

    #[test]
    fn what_comes_before_unreadable_bytes_is_found() {
        let all = [(5, vec![(0, 99)]), (9, vec![(0, 99)])];
        for end in 0..UPDATE.len() {
            let found = texts(&UPDATE[..end], &all);
            assert!(found.len() <= 2, "cut at {end}");
        }
        assert_eq!(texts(&UPDATE[..20], &all), [piece(5, 0, "ab😀")]);
    }
}
