//! One file while it is written or read.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use bytes::{Bytes, BytesMut};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::blobs::BlobError;

/// So much is read at a time.
const CHUNK: usize = 256 << 10;

/// The name of a file: the BLAKE3 of its content.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId([u8; 32]);

impl BlobId {
    /// Reads 64 hexadecimal digits in lower case.
    pub fn parse(raw: &str) -> Option<Self> {
        let mut id = [0; 32];
        hex::decode_to_slice(raw, &mut id).ok()?;
        let id = Self(id);
        (id.to_string() == raw).then_some(id)
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobId({self})")
    }
}

/// How a file is that something refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlobState {
    /// It is what its name says.
    Intact,
    /// It is something else.
    Damaged,
    /// It is not there.
    Missing,
}

/// A file that is being written. It is removed unless it is kept.
#[derive(Debug)]
pub struct NewBlob {
    file: File,
    hasher: Box<blake3::Hasher>,
    bytes: u64,
    unfinished: Unfinished,
}

/// The file of an unfinished blob, which goes with it.
#[derive(Debug)]
struct Unfinished(Option<PathBuf>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            // What stays is removed at the next start.
            let _gone_or_later = std::fs::remove_file(path);
        }
    }
}

impl NewBlob {
    pub(crate) async fn create(path: PathBuf) -> Result<Self, BlobError> {
        let file = File::create_new(&path).await;
        let file = file.map_err(BlobError::new("make", &path))?;
        Ok(Self {
            file,
            hasher: Box::default(),
            bytes: 0,
            unfinished: Unfinished(Some(path)),
        })
    }

    /// How much was written so far.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Writes the next part.
    pub async fn write(&mut self, part: &[u8]) -> Result<(), BlobError> {
        self.hasher.update(part);
        self.bytes = self.bytes.saturating_add(part.len() as u64);
        let written = self.file.write_all(part).await;
        written.map_err(|err| self.unfinished.failed("write", err))
    }

    /// The whole file, durable under its first name.
    pub(crate) async fn finish(mut self) -> Result<Finished, BlobError> {
        let synced = async {
            self.file.flush().await?;
            self.file.sync_all().await
        };
        let synced = synced.await;
        synced.map_err(|err| self.unfinished.failed("sync", err))?;
        Ok(Finished {
            id: BlobId(*self.hasher.finalize().as_bytes()),
            bytes: self.bytes,
            unfinished: self.unfinished,
        })
    }
}

impl Unfinished {
    fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new(""))
    }

    fn failed(&self, doing: &'static str, err: io::Error) -> BlobError {
        BlobError::new(doing, self.path())(err)
    }
}

/// A file that waits for its name.
pub(crate) struct Finished {
    pub(crate) id: BlobId,
    bytes: u64,
    unfinished: Unfinished,
}

impl Finished {
    pub(crate) fn path(&self) -> &Path {
        self.unfinished.path()
    }

    /// It has its name now.
    pub(crate) fn done(mut self) -> (BlobId, u64) {
        self.unfinished.0 = None;
        (self.id, self.bytes)
    }
}

/// A file that is being read. The last part comes only if all parts are what the name says, so
/// that nobody takes a damaged file for a whole one. [B-4]
#[derive(Debug)]
pub struct BlobDownload {
    file: File,
    path: PathBuf,
    id: BlobId,
    left: u64,
    hasher: Box<blake3::Hasher>,
    ended: bool,
}

impl BlobDownload {
    pub(crate) fn new(file: File, path: PathBuf, id: BlobId, bytes: u64) -> Self {
        Self {
            file,
            path,
            id,
            left: bytes,
            hasher: Box::default(),
            ended: false,
        }
    }

    /// The next part, none after the last one.
    pub async fn next(&mut self) -> Result<Option<Bytes>, BlobError> {
        if self.ended {
            return Ok(None);
        }
        let wanted = usize::try_from(self.left).unwrap_or(usize::MAX).min(CHUNK);
        let mut part = BytesMut::zeroed(wanted);
        let read = self.file.read_exact(&mut part).await;
        read.map_err(BlobError::new("read", &self.path))?;
        self.hasher.update(&part);
        self.left = self.left.saturating_sub(wanted as u64);
        if self.left == 0 {
            self.ended = true;
            if self.hasher.finalize().as_bytes() != &self.id.0 {
                let err = io::Error::new(io::ErrorKind::InvalidData, "it is damaged");
                return Err(BlobError::new("read", &self.path)(err));
            }
        }
        Ok((!part.is_empty()).then(|| part.freeze()))
    }
}
