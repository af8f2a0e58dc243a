//! The manifest: which files are the journal, in which order.
//!
//! It is replaced as a whole, by renaming, and holds its text twice, so that one damaged byte
//! leaves a good copy.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use denkraum_journal::{JournalId, Position};

use crate::layout::{Kind, MANIFEST, NEW_MANIFEST, file_name};
use crate::{Disk, OpenError};

const FORMAT: u32 = 1;
const FIRST_WORD: &str = "denkraum-journal";
/// A manifest with more bytes is not one; it names a few files only.
const MAX_BYTES: u64 = 1 << 20;

/// Which files are the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) id: JournalId,
    /// Entries up to here were durable when this was written.
    pub(crate) confirmed: Position,
    /// A base if there is one, then increments; only the last one is not sealed.
    pub(crate) files: Vec<FileLine>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileLine {
    pub(crate) kind: Kind,
    pub(crate) number: u64,
    /// The first position it may hold.
    pub(crate) first: Position,
    /// What its first frame says of the frame before.
    pub(crate) chain: [u8; 16],
    /// Where it ends, unless entries are still added.
    pub(crate) sealed: Option<Sealed>,
    /// What an opening found missing of the last write before it, which therefore was never
    /// confirmed. Later writes cannot tell that any more.
    pub(crate) lost: Vec<Lost>,
}

/// Positions from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lost {
    pub(crate) first: Position,
    pub(crate) last: Position,
}

/// The end of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub(crate) bytes: u64,
    pub(crate) last: Position,
}

impl FileLine {
    pub(crate) fn name(&self) -> String {
        file_name(self.kind, self.number)
    }
}

impl Manifest {
    /// The manifest as a file.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut text = format!(
            "{FIRST_WORD} {FORMAT}\nid {}\nconfirmed {}\n",
            self.id, self.confirmed
        );
        for FileLine {
            kind,
            number,
            first,
            chain,
            sealed,
            lost,
        } in &self.files
        {
            let chain = u128::from_be_bytes(*chain);
            let end = match sealed {
                Some(Sealed { bytes, last }) => format!("sealed {bytes} {last}"),
                None => "open".to_owned(),
            };
            // Writing to a string does not fail.
            let _ = write!(text, "{} {number} {first} {chain:032x} {end}", kind.name());
            for Lost { first, last } in lost {
                let _ = write!(text, " lost {first} {last}");
            }
            text.push('\n');
        }
        let _ = writeln!(text, "check {:08x}", crc32c::crc32c(text.as_bytes()));
        text.repeat(2).into_bytes()
    }

    /// Reads the first good copy.
    pub(crate) fn decode(bytes: &[u8], path: &Path) -> Result<Self, OpenError> {
        let mut newer = None;
        for copy in copies(bytes) {
            match Self::decode_copy(copy) {
                Ok(manifest) => return Ok(manifest),
                Err(Bad::Format(found)) => newer = Some(found),
                Err(Bad::Damaged) => {}
            }
        }
        let path = path.to_owned();
        Err(match newer {
            Some(found) => OpenError::NewerFormat {
                path,
                found,
                known: FORMAT,
            },
            None => OpenError::ManifestDamaged { path },
        })
    }

    fn decode_copy(copy: &str) -> Result<Self, Bad> {
        let (text, check) = copy.rsplit_once("check ").ok_or(Bad::Damaged)?;
        if check != format!("{:08x}\n", crc32c::crc32c(text.as_bytes())) {
            return Err(Bad::Damaged);
        }
        let mut lines = text.lines();
        let mut word = |name: &str| {
            let line = lines.next()?.strip_prefix(name)?;
            line.strip_prefix(' ').map(str::to_owned)
        };
        let format = word(FIRST_WORD)
            .and_then(|word| word.parse().ok())
            .ok_or(Bad::Damaged)?;
        if format != FORMAT {
            return Err(Bad::Format(format));
        }
        let id = word("id").and_then(|word| u128::from_str_radix(&word, 16).ok());
        let confirmed = word("confirmed").and_then(|word| word.parse().ok());
        let files: Option<Vec<_>> = lines.map(file_line).collect();
        let files = files.filter(|files| in_order(files)).ok_or(Bad::Damaged)?;
        Ok(Self {
            id: JournalId::from_u128(id.ok_or(Bad::Damaged)?),
            confirmed: Position::new(confirmed.ok_or(Bad::Damaged)?),
            files,
        })
    }

    /// Reads the manifest of a folder; `None` if there is none.
    pub(crate) fn load(disk: &dyn Disk, folder: &Path) -> Result<Option<Self>, OpenError> {
        let path = folder.join(MANIFEST);
        let read = || {
            let file = disk.open(&path)?;
            let length = usize::try_from(file.length()?.min(MAX_BYTES)).unwrap_or_default();
            let mut bytes = vec![0; length];
            let read = file.read_at(&mut bytes, 0)?;
            bytes.truncate(read);
            Ok(bytes)
        };
        match read() {
            Ok(bytes) => Self::decode(&bytes, &path).map(Some),
            Err(err) if io::Error::kind(&err) == io::ErrorKind::NotFound => Ok(None),
            Err(err) => Err(OpenError::Io {
                action: "read",
                path,
                err,
            }),
        }
    }

    /// Replaces the manifest of a folder.
    pub(crate) fn store(&self, disk: &dyn Disk, folder: &Path) -> Result<(), StoreError> {
        let new = folder.join(NEW_MANIFEST);
        let file = disk.create(&new).map_err(StoreError::Before)?;
        file.write_at(&self.encode(), 0)
            .map_err(StoreError::Before)?;
        file.sync().map_err(StoreError::Sync)?;
        disk.rename(&new, &folder.join(MANIFEST))
            .map_err(StoreError::Before)?;
        disk.sync_folder(folder).map_err(StoreError::Sync)
    }
}

/// How replacing the manifest failed.
#[derive(Debug)]
pub(crate) enum StoreError {
    /// The old one is still in place.
    Before(io::Error),
    /// A sync failed: which one is in place is unknown.
    Sync(io::Error),
}

impl StoreError {
    pub(crate) fn into_io(self) -> io::Error {
        match self {
            Self::Before(err) | Self::Sync(err) => err,
        }
    }
}

enum Bad {
    Damaged,
    Format(u32),
}

/// Both halves, and what stands before and after the end of a first copy, whatever their lengths.
fn copies(bytes: &[u8]) -> impl Iterator<Item = &str> {
    let (front, back) = bytes.split_at(bytes.len() / 2);
    [front, back]
        .into_iter()
        .filter_map(|half| std::str::from_utf8(half).ok())
}

fn file_line(line: &str) -> Option<FileLine> {
    let words: Vec<_> = line.split(' ').collect();
    let (kind, number, first, chain, end) = match words.as_slice() {
        [kind, number, first, chain, end @ ..] => (*kind, number, first, chain, end),
        _ => return None,
    };
    let kind = [Kind::Base, Kind::Increment]
        .into_iter()
        .find(|known| known.name() == kind)?;
    let (sealed, lost) = match end {
        ["open", lost @ ..] => (None, lost),
        ["sealed", bytes, last, lost @ ..] => {
            let end = Sealed {
                bytes: bytes.parse().ok()?,
                last: Position::new(last.parse().ok()?),
            };
            (Some(end), lost)
        }
        _ => return None,
    };
    let lost: Option<Vec<_>> = lost.chunks(3).map(lost_entries).collect();
    Some(FileLine {
        kind,
        number: number.parse().ok()?,
        first: Position::new(first.parse().ok()?),
        chain: u128::from_str_radix(chain, 16).ok()?.to_be_bytes(),
        sealed,
        lost: lost?,
    })
}

fn lost_entries(words: &[&str]) -> Option<Lost> {
    match words {
        ["lost", first, last] => Some(Lost {
            first: Position::new(first.parse().ok()?),
            last: Position::new(last.parse().ok()?),
        }),
        _ => None,
    }
}

/// A base at most at the beginning, numbers and positions growing, the last file alone not sealed.
fn in_order(files: &[FileLine]) -> bool {
    let Some((last, sealed)) = files.split_last() else {
        return false;
    };
    let only_last_open = last.sealed.is_none() && last.kind == Kind::Increment;
    let base_first = files
        .iter()
        .skip(1)
        .all(|file| file.kind == Kind::Increment);
    let growing = files.iter().zip(files.iter().skip(1)).all(|(one, next)| {
        let follows = one.sealed.and_then(|end| end.last.next()) == Some(next.first);
        one.number < next.number && follows
    });
    only_last_open && base_first && growing && sealed.iter().all(|file| file.sealed.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let sealed = |bytes, last| {
            Some(Sealed {
                bytes,
                last: Position::new(last),
            })
        };
        let line = |kind, number, first, sealed| FileLine {
            kind,
            number,
            first: Position::new(first),
            chain: [u8::try_from(number).unwrap(); 16],
            sealed,
            lost: Vec::new(),
        };
        let lost = |first, last| Lost {
            first: Position::new(first),
            last: Position::new(last),
        };
        let newest = FileLine {
            lost: vec![lost(42, 43), lost(50, 50)],
            ..line(Kind::Increment, 5, 41, None)
        };
        Manifest {
            id: JournalId::from_u128(77),
            confirmed: Position::new(40),
            files: vec![
                line(Kind::Base, 3, 1, sealed(900, 20)),
                line(Kind::Increment, 4, 21, sealed(1000, 40)),
                newest,
            ],
        }
    }

    /// [F-6] What was written is read back.
    #[test]
    fn a_manifest_is_read_back_as_written() {
        let decoded = Manifest::decode(&manifest().encode(), Path::new("m")).unwrap();
        assert_eq!(decoded, manifest());
    }

    /// [F-6] One damaged byte anywhere leaves a good copy.
    #[test]
    fn any_single_damaged_byte_is_survived() {
        let whole = manifest().encode();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x11;
            let decoded = Manifest::decode(&bytes, Path::new("m")).unwrap();
            assert_eq!(decoded, manifest(), "{at}");
        }
    }

    /// [F-6] A manifest that is damaged in both copies, or of a newer format, is refused.
    #[test]
    fn what_cannot_be_trusted_is_refused() {
        let whole = manifest().encode();
        for length in 0..whole.len() {
            let result = Manifest::decode(&whole[..length], Path::new("m"));
            assert!(
                matches!(result, Err(OpenError::ManifestDamaged { .. })),
                "{length}"
            );
        }
        let text = "denkraum-journal 2\n";
        let text = format!("{text}check {:08x}\n", crc32c::crc32c(text.as_bytes())).repeat(2);
        let result = Manifest::decode(text.as_bytes(), Path::new("m"));
        assert!(matches!(
            result,
            Err(OpenError::NewerFormat {
                found: 2,
                known: 1,
                ..
            })
        ));
    }

    /// [F-6] Files that do not follow each other are no journal.
    #[test]
    fn files_that_do_not_follow_each_other_are_refused() {
        let mut gap = manifest();
        gap.files.remove(1);
        let mut open = manifest();
        open.files.pop();
        let mut none = manifest();
        none.files.clear();
        for bad in [gap, open, none] {
            assert!(
                Manifest::decode(&bad.encode(), Path::new("m")).is_err(),
                "{bad:?}"
            );
        }
    }
}
