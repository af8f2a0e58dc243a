//! Files that people attach: each under the hash of its content, in a folder beside the journal.
//!
//! A file is whole and durable before anything refers to it [B-1], and is removed only while no
//! reference is under way [B-3]. Who refers to what is not known here.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::UNIX_EPOCH;

use denkraum_domain::Timestamp;
use thiserror::Error;
use tokio::fs;
use tokio::sync::{OwnedRwLockReadGuard, RwLock};

use crate::blob::{BlobDownload, BlobId, BlobState, NewBlob};

/// The beginning of the names of files that are being written.
const UNFINISHED: &str = "new-";

/// Why a file was not written, read or removed.
#[derive(Debug, Error)]
#[error("could not {doing} {}", path.display())]
pub struct BlobError {
    /// What was tried.
    pub doing: &'static str,
    /// With which file or folder.
    pub path: PathBuf,
    /// What the disk said.
    #[source]
    pub err: io::Error,
}

impl BlobError {
    pub(crate) fn new(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |err| Self { doing, path, err }
    }
}

/// A folder of files. Clones are the same folder.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: Arc<Path>,
    next: Arc<AtomicU64>,
    /// Held by each file that is there while its reference is not; all of it to remove files.
    under_way: Arc<RwLock<()>>,
}

/// A file that is there to stay as long as this is held; from then on a reference must hold it.
#[derive(Debug)]
pub struct KeptBlob {
    /// Its name.
    pub id: BlobId,
    /// Its length.
    pub bytes: u64,
    _under_way: OwnedRwLockReadGuard<()>,
}

impl Blobs {
    /// Opens the folder. Files that were not finished are removed, if the disk lets them; a folder
    /// that is not there is made with the first file, so that nothing is written to a full disk.
    pub async fn open(folder: &Path) -> Self {
        let blobs = Self::look(folder);
        let names = blobs.names().await.unwrap_or_default();
        for name in names.iter().filter(|name| name.starts_with(UNFINISHED)) {
            if let Err(error) = blobs.remove_file(name).await {
                tracing::warn!(%error, "an unfinished file was not removed");
            }
        }
        blobs
    }

    /// The folder opened for looking only: nothing is made or removed. One that is not there is empty.
    pub fn look(folder: &Path) -> Self {
        Self {
            folder: folder.into(),
            next: Arc::default(),
            under_way: Arc::default(),
        }
    }

    /// Begins a file.
    pub async fn begin(&self) -> Result<NewBlob, BlobError> {
        if !fs::try_exists(&self.folder).await.unwrap_or(false) {
            let made = fs::create_dir_all(&self.folder).await;
            made.map_err(BlobError::new("make", &self.folder))?;
            if let Some(parent) = self.folder.parent() {
                sync_folder(parent).await?;
            }
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        NewBlob::create(self.folder.join(format!("{UNFINISHED}{number}"))).await
    }

    /// Finishes a file: once this returns it is durable under its name. [B-1]
    ///
    /// One of the same content is replaced, so that damage to it heals.
    pub async fn keep(&self, new: NewBlob) -> Result<KeptBlob, BlobError> {
        let finished = new.finish().await?;
        let under_way = Arc::clone(&self.under_way).read_owned().await;
        let path = self.path(finished.id);
        let renamed = fs::rename(finished.path(), &path).await;
        renamed.map_err(BlobError::new("rename to", &path))?;
        let (id, bytes) = finished.done();
        sync_folder(&self.folder).await?;
        Ok(KeptBlob {
            id,
            bytes,
            _under_way: under_way,
        })
    }

    /// Where a file is; for programs that are handed it.
    pub fn path(&self, id: BlobId) -> PathBuf {
        self.folder.join(id.to_string())
    }

    /// Opens a file for reading; `None` if it is missing or has another length.
    pub async fn read(&self, id: BlobId, bytes: u64) -> Result<Option<BlobDownload>, BlobError> {
        let path = self.path(id);
        let file = match fs::File::open(&path).await {
            Ok(file) => file,
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(err) => return Err(BlobError::new("open", &path)(err)),
        };
        let found = file.metadata().await;
        let found = found.map_err(BlobError::new("look at", &path))?.len();
        Ok((found == bytes).then(|| BlobDownload::new(file, path, id, bytes)))
    }

    /// Reads a file to its end and says whether it is what its name says.
    pub async fn check(&self, id: BlobId, bytes: u64) -> Result<BlobState, BlobError> {
        let Some(mut file) = self.read(id, bytes).await? else {
            let is_there = fs::try_exists(self.path(id)).await.unwrap_or(false);
            return Ok(if is_there {
                BlobState::Damaged
            } else {
                BlobState::Missing
            });
        };
        loop {
            match file.next().await {
                Ok(Some(_)) => {}
                Ok(None) => return Ok(BlobState::Intact),
                Err(err) if err.err.kind() == io::ErrorKind::InvalidData => {
                    return Ok(BlobState::Damaged);
                }
                Err(err) => return Err(err),
            }
        }
    }

    /// Removes the files that nobody refers to and that were written before some moment; returns how
    /// many. `used` is asked while no reference is under way, and says nothing if it does not know all
    /// of them: then all files stay. [B-3]
    pub async fn sweep(
        &self,
        before: Timestamp,
        used: impl Future<Output = Option<BTreeSet<BlobId>>>,
    ) -> Result<usize, BlobError> {
        let _none_under_way = self.under_way.write().await;
        let Some(used) = used.await else {
            return Ok(0);
        };
        let mut removed = 0;
        for name in self.names().await? {
            let unused = BlobId::parse(&name).filter(|id| !used.contains(id));
            if let Some(id) = unused
                && self.written_at(id).await? < before
            {
                self.remove_file(&name).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Removes one file, unless somebody refers to it; asks as [`Blobs::sweep`] does. [B-3]
    pub async fn remove(
        &self,
        id: BlobId,
        used: impl Future<Output = Option<BTreeSet<BlobId>>>,
    ) -> Result<usize, BlobError> {
        let _none_under_way = self.under_way.write().await;
        let is_unused = used.await.is_some_and(|used| !used.contains(&id));
        if !is_unused || !fs::try_exists(self.path(id)).await.unwrap_or(false) {
            return Ok(0);
        }
        self.remove_file(&id.to_string()).await?;
        Ok(1)
    }

    async fn written_at(&self, id: BlobId) -> Result<Timestamp, BlobError> {
        let path = self.path(id);
        let modified = async { fs::metadata(&path).await?.modified() };
        let modified = modified.await.map_err(BlobError::new("look at", &path))?;
        let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
        let millis = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        Ok(Timestamp::from_millis(millis))
    }

    async fn remove_file(&self, name: &str) -> Result<(), BlobError> {
        let path = self.folder.join(name);
        let removed = fs::remove_file(&path).await;
        removed.map_err(BlobError::new("remove", &path))
    }

    async fn names(&self) -> Result<Vec<String>, BlobError> {
        let failed = || BlobError::new("list", &self.folder);
        let mut entries = match fs::read_dir(&self.folder).await {
            Ok(entries) => entries,
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(err) => return Err(failed()(err)),
        };
        let mut names = Vec::new();
        while let Some(entry) = entries.next_entry().await.map_err(failed())? {
            names.extend(entry.file_name().into_string());
        }
        Ok(names)
    }
}

async fn sync_folder(folder: &Path) -> Result<(), BlobError> {
    let synced = async { fs::File::open(folder).await?.sync_all().await };
    synced.await.map_err(BlobError::new("sync", folder))
}

#[cfg(test)]
mod tests;
