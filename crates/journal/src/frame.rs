//! One entry as bytes in a file: the frame. `docs/SPEC-storage.md` has the layout.
//!
//! A frame begins with a marker that is random for each file and known to no client, so frames are
//! found again behind damage without trusting a length, and nothing that a person writes into a
//! page can look like one.

mod recover;

pub use recover::{MAX_FRONT_BYTES, recover};

use bytes::Bytes;

use crate::payload::{self, MAX_HEAD_BYTES};
use crate::{Entry, EntryError, MAX_BODY_BYTES, Position, Subject};

/// The version of the frame format. Another one, and any new sort of body, needs a later format of the
/// journal that has such frames: programs that do not know them would take them for damaged.
pub const FRAME_VERSION: u8 = 1;
/// Bytes before the head: marker, version, kind, lengths, position, synced, chain.
const PREFIX_BYTES: usize = 48;
const CRC_BYTES: usize = 4;
/// The fewest bytes a frame may have.
pub const MIN_FRAME_BYTES: usize = PREFIX_BYTES + CRC_BYTES + CRC_BYTES;

/// What every frame of one file begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker(pub [u8; 8]);

/// What the journal adds to an entry when it writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Where the entry stands.
    pub position: Position,
    /// The last position known to be durable when this was written. Frames written together share
    /// it, so the last frame tells which entries a crash found not yet confirmed.
    pub synced: Position,
    /// A hash of the frame before, zeros if the journal keeps no chain.
    pub chain: [u8; 16],
}

/// An entry made ready to be written.
#[derive(Clone, Debug)]
pub struct Encoded {
    kind: u8,
    head: Vec<u8>,
    body: Vec<u8>,
}

impl Encoded {
    /// Writes head and body; fails for an entry that no journal takes.
    pub fn new(entry: &Entry) -> Result<Self, EntryError> {
        if !entry.fits_subject() {
            return Err(EntryError::Mismatched);
        }
        Ok(Self {
            kind: payload::kind(&entry.body),
            head: payload::encode_head(entry),
            body: payload::encode_body(&entry.body)?,
        })
    }

    /// The bytes of the whole frame.
    pub fn frame_bytes(&self) -> usize {
        MIN_FRAME_BYTES + self.head.len() + self.body.len()
    }

    /// Appends the frame to `out`.
    pub fn write(&self, marker: Marker, stamp: &Stamp, out: &mut Vec<u8>) {
        // Both lengths were bounded when the entry was encoded.
        let head_bytes = u16::try_from(self.head.len()).unwrap_or(u16::MAX);
        let body_bytes = u32::try_from(self.body.len()).unwrap_or(u32::MAX);
        let mut front = Vec::with_capacity(PREFIX_BYTES + self.head.len());
        front.extend(marker.0);
        front.extend([FRAME_VERSION, self.kind]);
        front.extend(head_bytes.to_le_bytes());
        front.extend(body_bytes.to_le_bytes());
        front.extend(stamp.position.get().to_le_bytes());
        front.extend(stamp.synced.get().to_le_bytes());
        front.extend(stamp.chain);
        front.extend(&self.head);
        let front_crc = crc32c::crc32c(&front);
        out.reserve(self.frame_bytes());
        out.extend(&front);
        out.extend(front_crc.to_le_bytes());
        out.extend(&self.body);
        out.extend(crc32c::crc32c_append(front_crc, &self.body).to_le_bytes());
    }
}

/// A frame that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What the journal added.
    pub stamp: Stamp,
    /// The entry.
    pub entry: Entry,
    /// The bytes of the frame.
    pub bytes: usize,
}

/// What stands at the beginning of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A whole frame.
    Whole(Box<Frame>),
    /// The beginning of a frame that has at least so many bytes; more are needed to judge it.
    Short {
        /// The bytes of the whole frame, or the fewest that tell.
        needs: usize,
    },
    /// No frame, or a damaged one.
    Bad {
        /// What can still be known of it.
        known: Option<(Stamp, Subject)>,
    },
}

/// Reads the frame at the beginning of `input`.
pub fn read(marker: Marker, input: &Bytes) -> Found {
    let Some(prefix) = Prefix::read(input) else {
        let begins = input
            .iter()
            .zip(marker.0)
            .all(|(found, wanted)| *found == wanted);
        return if begins {
            Found::Short {
                needs: PREFIX_BYTES,
            }
        } else {
            Found::Bad { known: None }
        };
    };
    let whole = MIN_FRAME_BYTES + prefix.head_bytes + prefix.body_bytes;
    let fits = prefix.head_bytes <= MAX_HEAD_BYTES && prefix.body_bytes <= MAX_BODY_BYTES;
    if prefix.marker != marker.0 || prefix.version != FRAME_VERSION || !fits {
        return Found::Bad { known: None };
    }
    let front_bytes = PREFIX_BYTES + prefix.head_bytes;
    let body_at = front_bytes + CRC_BYTES;
    if input.len() < body_at {
        return Found::Short { needs: body_at };
    }
    let front = input.slice(..front_bytes);
    let front_crc = crc32c::crc32c(&front);
    let intact = input.slice(front_bytes..body_at) == front_crc.to_le_bytes().as_slice();
    let head = payload::decode_head(&front.slice(PREFIX_BYTES..));
    let Some(head) = head.filter(|_| intact) else {
        return Found::Bad { known: None };
    };
    if input.len() < whole {
        return Found::Short { needs: whole };
    }
    let body = input.slice(body_at..whole - CRC_BYTES);
    let crc = crc32c::crc32c_append(front_crc, &body);
    let intact = input.slice(whole - CRC_BYTES..whole) == crc.to_le_bytes().as_slice();
    let decoded = payload::decode_body(prefix.kind, &body).filter(|_| intact);
    let payload::Head { at, by, subject } = head;
    let Some(body) = decoded else {
        return Found::Bad {
            known: Some((prefix.stamp, subject)),
        };
    };
    let entry = Entry {
        at,
        by,
        subject,
        body,
    };
    if entry.fits_subject() {
        Found::Whole(Box::new(Frame {
            stamp: prefix.stamp,
            entry,
            bytes: whole,
        }))
    } else {
        Found::Bad {
            known: Some((prefix.stamp, entry.subject)),
        }
    }
}

/// The first place at or after `from` where a frame may begin.
pub fn find(marker: Marker, input: &[u8], from: usize) -> Option<usize> {
    let rest = input.get(from..)?;
    let found = rest
        .windows(marker.0.len())
        .position(|window| window == marker.0);
    found.map(|at| from + at)
}

/// The part of a frame whose length is fixed.
struct Prefix {
    marker: [u8; 8],
    version: u8,
    kind: u8,
    head_bytes: usize,
    body_bytes: usize,
    stamp: Stamp,
}

impl Prefix {
    fn read(input: &[u8]) -> Option<Self> {
        let (marker, input) = input.split_first_chunk::<8>()?;
        let ([version, kind], input) = input.split_first_chunk::<2>()?;
        let (head_bytes, input) = input.split_first_chunk::<2>()?;
        let (body_bytes, input) = input.split_first_chunk::<4>()?;
        let (position, input) = input.split_first_chunk::<8>()?;
        let (synced, input) = input.split_first_chunk::<8>()?;
        let (chain, _) = input.split_first_chunk::<16>()?;
        Some(Self {
            marker: *marker,
            version: *version,
            kind: *kind,
            head_bytes: usize::from(u16::from_le_bytes(*head_bytes)),
            body_bytes: usize::try_from(u32::from_le_bytes(*body_bytes)).ok()?,
            stamp: Stamp {
                position: Position::new(u64::from_le_bytes(*position)),
                synced: Position::new(u64::from_le_bytes(*synced)),
                chain: *chain,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{snapshot, update};
    use proptest::prelude::*;

    const MARKER: Marker = Marker(*b"\x01marker\xFF");
    const STAMP: Stamp = Stamp {
        position: Position::new(9),
        synced: Position::new(7),
        chain: [3; 16],
    };

    fn framed(entry: &Entry) -> Vec<u8> {
        let mut out = Vec::new();
        Encoded::new(entry).unwrap().write(MARKER, &STAMP, &mut out);
        out
    }

    /// [F-2] The layout is what the specification says, byte by byte.
    #[test]
    fn a_frame_has_the_documented_layout() {
        let bytes = framed(&update(1, "ab"));
        let mut front = MARKER.0.to_vec();
        front.extend([1, 1, 42, 0, 30, 0, 0, 0]);
        front.extend([9, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]);
        front.extend([3; 16]);
        front.extend(1_700_000_000_000_i64.to_le_bytes());
        front.push(1);
        front.extend(7_u128.to_le_bytes());
        front.push(1);
        front.extend(1_u128.to_le_bytes());
        let mut expected = front.clone();
        expected.extend(crc32c::crc32c(&front).to_le_bytes());
        let mut body = 3_u64.to_le_bytes().to_vec();
        body.extend([2, 0, 0, 0, 11, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0]);
        body.extend(b"ab");
        expected.extend(&body);
        front.extend(&body);
        expected.extend(crc32c::crc32c(&front).to_le_bytes());
        assert_eq!(bytes, expected);
    }

    /// [F-4] Every bit that is flipped is noticed, and page and position are known where possible.
    #[test]
    fn every_flipped_bit_is_noticed() {
        let whole = framed(&snapshot(1, Position::new(4)));
        let head_ends = PREFIX_BYTES + 26 + CRC_BYTES;
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut bytes = whole.clone();
                bytes[at] ^= 1 << bit;
                let found = read(MARKER, &bytes.into());
                let subject = snapshot(1, Position::START).subject;
                let known = (at >= head_ends).then_some((STAMP, subject));
                let short = matches!(found, Found::Short { .. });
                assert!(
                    short && at < 16 || found == Found::Bad { known },
                    "{at}: {found:?}"
                );
            }
        }
    }

    /// [F-4] A beginning of a frame is never taken for a whole one, nor for something else.
    #[test]
    fn every_beginning_of_a_frame_is_short() {
        let whole = framed(&update(1, "text"));
        for length in 0..whole.len() {
            let found = read(MARKER, &whole[..length].to_vec().into());
            assert!(
                matches!(found, Found::Short { needs } if needs > length),
                "{length}"
            );
        }
    }

    /// [F-3] A frame inside a page's text is no frame: its marker is another one.
    #[test]
    fn a_frame_of_another_file_is_not_found() {
        let mut inner = Vec::new();
        let other = Marker([9; 8]);
        Encoded::new(&update(2, "forged"))
            .unwrap()
            .write(other, &STAMP, &mut inner);
        let outer = framed(&Entry {
            body: crate::Body::PageUpdate {
                connection: 0,
                clients: Vec::new(),
                update: inner.into(),
            },
            ..update(1, "")
        });
        assert_eq!(find(MARKER, &outer, 0), Some(0));
        assert_eq!(find(MARKER, &outer, 1), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(mut bytes: Vec<u8>, marked: bool) {
            if marked {
                bytes.splice(0..0, MARKER.0);
            }
            let found = read(MARKER, &bytes.into());
            prop_assert!(!matches!(found, Found::Whole(_)));
        }

        #[test]
        fn any_head_and_body_is_decoded_or_refused(kind: u8, bytes: Vec<u8>) {
            let bytes = Bytes::from(bytes);
            drop(payload::decode_head(&bytes));
            if let Some(body) = payload::decode_body(kind, &bytes) {
                prop_assert_eq!(payload::encode_body(&body).unwrap(), bytes);
            }
        }
    }
}
