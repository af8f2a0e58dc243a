//! What a frame was whose front was changed in one byte.
//!
//! The front's checksum tells not only that a byte was changed but, by trying them all, which one.
//! The frame is not used: what is found only names the page or record that has to be set aside.

use super::{CRC_BYTES, FRAME_VERSION, Marker, PREFIX_BYTES, Prefix, Stamp};
use crate::payload::{self, MAX_HEAD_BYTES};
use crate::{MAX_BODY_BYTES, Subject};

/// The most bytes that [`recover`] looks at.
pub const MAX_FRONT_BYTES: usize = PREFIX_BYTES + MAX_HEAD_BYTES + CRC_BYTES;
/// Where the front says how many bytes its head has.
const HEAD_LENGTH: std::ops::Range<usize> = 10..12;

/// The position and subject of the frame at the beginning of `input`, if its front is whole or at
/// most one byte of it was changed.
pub fn recover(marker: Marker, input: &[u8]) -> Option<(Stamp, Subject)> {
    let mut front = input.get(..input.len().min(MAX_FRONT_BYTES))?.to_vec();
    if front.get(..PREFIX_BYTES)?.iter().all(|byte| *byte == 0) {
        return None;
    }
    if let Some(found) = whole(marker, &front) {
        return Some(found);
    }
    let length = PREFIX_BYTES + Prefix::read(&front)?.head_bytes;
    if let Some((at, changed)) = changed_byte(&front, length) {
        *front.get_mut(at)? ^= changed;
        return whole(marker, &front);
    }
    HEAD_LENGTH.into_iter().find_map(|at| {
        let mut front = front.clone();
        (1..=u8::MAX).find_map(|_| {
            let byte = front.get_mut(at)?;
            *byte = byte.wrapping_add(1);
            whole(marker, &front)
        })
    })
}

/// Position and subject of a front that is as it was written.
fn whole(marker: Marker, input: &[u8]) -> Option<(Stamp, Subject)> {
    let prefix = Prefix::read(input)?;
    let fits = prefix.head_bytes <= MAX_HEAD_BYTES && prefix.body_bytes <= MAX_BODY_BYTES;
    if prefix.marker != marker.0 || prefix.version != FRAME_VERSION || !fits {
        return None;
    }
    let length = PREFIX_BYTES + prefix.head_bytes;
    let (front, rest) = input.split_at_checked(length)?;
    if *rest.first_chunk::<CRC_BYTES>()? != crc32c::crc32c(front).to_le_bytes() {
        return None;
    }
    let head = payload::decode_head(&front.get(PREFIX_BYTES..)?.to_vec().into())?;
    Some((prefix.stamp, head.subject))
}

/// Which byte of a front with `length` bytes, or of the checksum behind it, was changed and how, if
/// one alone explains the checksum.
fn changed_byte(front: &[u8], length: usize) -> Option<(usize, u8)> {
    let (bytes, rest) = front.split_at_checked(length)?;
    let wanted = crc32c::crc32c(bytes) ^ u32::from_le_bytes(*rest.first_chunk::<CRC_BYTES>()?);
    let in_checksum = wanted.to_le_bytes();
    if in_checksum.iter().filter(|byte| **byte != 0).count() == 1 {
        let at = in_checksum.iter().position(|byte| *byte != 0)?;
        return Some((length + at, *in_checksum.get(at)?));
    }
    // A checksum is linear: what a change does to it depends on the change and on how many bytes
    // follow, not on the other bytes.
    let zeros = [0; MAX_FRONT_BYTES];
    let mut change = zeros;
    (0..length).find_map(|at| {
        let behind = length - at;
        let none = crc32c::crc32c(zeros.get(..behind)?);
        (1..=u8::MAX).find_map(|changed| {
            *change.first_mut()? = changed;
            let effect = crc32c::crc32c(change.get(..behind)?) ^ none;
            (effect == wanted).then_some((at, changed))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{snapshot, update};
    use crate::frame::Encoded;
    use crate::{Body, Entry, Position, RecordKey};
    use denkraum_domain::Timestamp;

    const MARKER: Marker = Marker(*b"\x01marker\xFF");
    const STAMP: Stamp = Stamp {
        position: Position::new(9),
        synced: Position::new(7),
        chain: [3; 16],
    };

    fn record() -> Entry {
        Entry {
            at: Timestamp::from_millis(5),
            by: None,
            subject: Subject::Record(RecordKey::new("people", "jörg").unwrap()),
            body: Body::RecordDelete { revision: 8 },
        }
    }

    /// [F-4] Whatever single byte of the front is changed, page or record and position are known.
    #[test]
    fn one_changed_byte_in_the_front_does_not_hide_what_it_was() {
        for entry in [update(1, "text"), snapshot(2, Position::new(4)), record()] {
            let mut bytes = Vec::new();
            let encoded = Encoded::new(&entry).unwrap();
            encoded.write(MARKER, &STAMP, &mut bytes);
            let front = PREFIX_BYTES + encoded.head.len() + CRC_BYTES;
            let expected = Some((STAMP, entry.subject));
            for at in 0..front {
                for changed in [1, 0x40, 0xFF] {
                    let mut bytes = bytes.clone();
                    bytes[at] ^= changed;
                    assert_eq!(recover(MARKER, &bytes), expected, "{at} {changed}");
                }
            }
        }
    }

    /// [F-4] Nothing is made up of what is no frame, or of a front with two changed bytes.
    #[test]
    fn nothing_is_made_up() {
        assert_eq!(recover(MARKER, &[0; 300]), None);
        assert_eq!(recover(MARKER, &[7; 300]), None);
        assert_eq!(recover(MARKER, b"short"), None);
        let mut bytes = Vec::new();
        let encoded = Encoded::new(&update(1, "text")).unwrap();
        encoded.write(MARKER, &STAMP, &mut bytes);
        for (one, other) in [(0, 60), (17, 80), (20, 21), (10, 50)] {
            let mut bytes = bytes.clone();
            bytes[one] ^= 5;
            bytes[other] ^= 9;
            assert_eq!(recover(MARKER, &bytes), None, "{one} {other}");
        }
    }
}
