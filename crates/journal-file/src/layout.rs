//! Names, markers and the first bytes of the journal's files.

use denkraum_journal::frame::Marker;
use denkraum_journal::{JournalId, Position};

/// The manifest's name.
pub(crate) const MANIFEST: &str = "manifest";
/// Where a new manifest is written before it takes the name.
pub(crate) const NEW_MANIFEST: &str = "manifest.new";
/// The lock file's name.
pub(crate) const LOCK: &str = "lock";
/// Bytes before the first frame of a file.
pub(crate) const HEADER_BYTES: u64 = 64;

const MAGIC: [u8; 8] = *b"DENKRAUM";
const FORMAT: u16 = 1;

/// The sort of a journal file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What stands for all entries up to a position; positions may be missing in it.
    Base,
    /// Entries as they were appended, without a gap.
    Increment,
}

impl Kind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Increment => "increment",
        }
    }

    const fn byte(self) -> u8 {
        match self {
            Self::Base => 1,
            Self::Increment => 2,
        }
    }
}

/// A file's name.
pub(crate) fn file_name(kind: Kind, number: u64) -> String {
    format!("{}-{number:010}.dkj", kind.name())
}

/// What a name says that [`file_name`] made; `None` for any other.
pub(crate) fn journal_file(name: &str) -> Option<(Kind, u64)> {
    let (kind, number) = name.strip_suffix(".dkj")?.split_once('-')?;
    let kind = [Kind::Base, Kind::Increment]
        .into_iter()
        .find(|known| known.name() == kind)?;
    let number = number.parse().ok()?;
    (file_name(kind, number) == name).then_some((kind, number))
}

/// What the frames of a file begin with. Nobody outside can know it: it follows from the random id.
pub(crate) fn marker(id: JournalId, kind: Kind, number: u64) -> Marker {
    let mut hasher = blake3::Hasher::new_derive_key("denkraum journal frame marker 1");
    hasher.update(&id.as_u128().to_le_bytes());
    hasher.update(&[kind.byte()]);
    hasher.update(&number.to_le_bytes());
    let mut marker = [0; 8];
    hasher.finalize_xof().fill(&mut marker);
    Marker(marker)
}

/// What the next frame says of this one.
pub(crate) fn link(frame: &[u8]) -> [u8; 16] {
    let mut link = [0; 16];
    blake3::Hasher::new()
        .update(frame)
        .finalize_xof()
        .fill(&mut link);
    link
}

/// The first bytes of a file, for people and tools; the manifest says the same.
pub(crate) fn header(id: JournalId, kind: Kind, number: u64, first: Position) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(FORMAT.to_le_bytes());
    out.push(kind.byte());
    out.extend([0; 5]);
    out.extend(number.to_le_bytes());
    out.extend(id.as_u128().to_le_bytes());
    out.extend(first.get().to_le_bytes());
    out.extend([0; 12]);
    out.extend(crc32c::crc32c(&out).to_le_bytes());
    out
}

/// Whether these are the first bytes of another file. Damaged ones say nothing.
pub(crate) fn is_foreign(found: &[u8], expected: &[u8]) -> bool {
    let intact = found.split_last_chunk::<4>().is_some_and(|(front, crc)| {
        crc32c::crc32c(front).to_le_bytes() == *crc && front.starts_with(&MAGIC)
    });
    intact && found != expected
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: JournalId = JournalId::from_u128(5);

    /// [F-5] The header has its documented length and tells files apart; a damaged one is ignored.
    #[test]
    fn a_header_tells_files_apart() {
        let ours = header(ID, Kind::Increment, 1, Position::new(1));
        assert_eq!(ours.len() as u64, HEADER_BYTES);
        assert!(!is_foreign(&ours, &ours));
        assert!(is_foreign(
            &header(ID, Kind::Increment, 2, Position::new(1)),
            &ours
        ));
        assert!(is_foreign(
            &header(
                JournalId::from_u128(6),
                Kind::Increment,
                1,
                Position::new(1)
            ),
            &ours
        ));
        let mut damaged = header(ID, Kind::Increment, 2, Position::new(1));
        damaged[20] ^= 1;
        assert!(!is_foreign(&damaged, &ours));
    }

    /// [F-3] Every file has its own marker.
    #[test]
    fn every_file_has_its_own_marker() {
        let markers = [
            marker(ID, Kind::Increment, 1),
            marker(ID, Kind::Increment, 2),
            marker(ID, Kind::Base, 1),
            marker(JournalId::from_u128(6), Kind::Increment, 1),
        ];
        for (index, one) in markers.iter().enumerate() {
            assert!(markers.iter().skip(index + 1).all(|other| other != one));
        }
    }
}
