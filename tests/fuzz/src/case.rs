//! The file that a case is written to before it is tried: its number, its length, its bytes.

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};

const HEAD: usize = 16;

/// The file, open for writing.
pub(crate) struct Cases {
    file: File,
    count: u64,
    buffer: Vec<u8>,
}

impl Cases {
    pub(crate) fn create(path: &str) -> Result<Self> {
        let file = File::create(path).with_context(|| format!("could not make {path}"))?;
        Ok(Self {
            file,
            count: 0,
            buffer: Vec::new(),
        })
    }

    /// Notes what is tried next.
    pub(crate) fn note(&mut self, bytes: &[u8]) -> Result<()> {
        self.count += 1;
        self.buffer.clear();
        self.buffer.extend(self.count.to_le_bytes());
        self.buffer
            .extend(u64::try_from(bytes.len())?.to_le_bytes());
        self.buffer.extend(bytes);
        Ok(self.file.write_all_at(&self.buffer, 0)?)
    }

    pub(crate) fn count(&self) -> u64 {
        self.count
    }
}

/// The number and the bytes of the last case in a file; nothing if there is none.
pub(crate) fn last(path: &Path) -> Option<(u64, Vec<u8>)> {
    let all = std::fs::read(path).ok()?;
    let (count, rest) = all.split_first_chunk::<8>()?;
    let length = rest.first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let bytes = all.get(HEAD..HEAD.checked_add(length)?)?;
    Some((u64::from_le_bytes(*count), bytes.to_vec()))
}
