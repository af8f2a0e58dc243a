//! The little that the journal asks of a file system, so that tests can let any of it fail.

use std::fs;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Duration;

use rustix::fs::{FallocateFlags, fallocate};
use rustix::io::Errno;

/// A file system. Every method fails as the operating system does.
pub trait Disk: Send + Sync + 'static {
    /// Makes a folder and those above it; one that exists is fine.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// The names in a folder.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Makes an empty file, or empties the one that is there, and opens it for writing.
    fn create(&self, path: &Path) -> io::Result<Box<dyn File>>;
    /// Opens a file that exists, for reading and writing.
    fn open(&self, path: &Path) -> io::Result<Box<dyn File>>;
    /// Gives a file a new name, replacing what has that name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes the names in a folder durable.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// How long to wait really where a pause of so long is wanted, so that time can be simulated too.
    fn pause(&self, wanted: Duration) -> Duration {
        wanted
    }
    /// Locks a file against other programs, writing `text` into it if there is room; `None` if it is
    /// locked.
    fn lock(&self, path: &Path, text: &str) -> io::Result<Option<Box<dyn Lock>>>;
}

/// An open file.
pub trait File: Send + Sync + 'static {
    /// The bytes it has.
    fn length(&self) -> io::Result<u64>;
    /// Reads from `offset` until `buffer` is full or the file ends; returns the bytes read.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;
    /// Writes all of `bytes` at `offset`. On an error any part may have been written.
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()>;
    /// Makes the file at least `length` bytes long and sets space aside for them.
    fn allocate(&self, length: u64) -> io::Result<()>;
    /// Cuts the file to `length` bytes.
    fn cut(&self, length: u64) -> io::Result<()>;
    /// Makes everything written durable.
    fn sync(&self) -> io::Result<()>;
}

/// Holds a lock until it is dropped.
pub trait Lock: Send + Sync + 'static {}

/// The file system of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let name = |found: io::Result<fs::DirEntry>| {
            found.map(|found| found.file_name().to_string_lossy().into_owned())
        };
        fs::read_dir(folder)?.map(name).collect()
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let mut how = fs::OpenOptions::new();
        how.read(true).write(true).create(true).truncate(true);
        Ok(Box::new(SystemFile(how.open(path)?)))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn File>> {
        Ok(Box::new(SystemFile(
            fs::OpenOptions::new().read(true).write(true).open(path)?,
        )))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        fs::File::open(path)?.sync_all()
    }

    fn lock(&self, path: &Path, text: &str) -> io::Result<Option<Box<dyn Lock>>> {
        let mut how = fs::OpenOptions::new();
        // Not emptied on opening: the text belongs to whoever holds the lock.
        let file = how
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Ok(None),
            Err(fs::TryLockError::Error(err)) => return Err(err),
        }
        // The text helps whoever is refused. On a full disk it may be missing; the lock holds.
        drop(
            file.set_len(0)
                .and_then(|()| file.write_all_at(text.as_bytes(), 0)),
        );
        Ok(Some(Box::new(SystemLock { _file: file })))
    }
}

struct SystemFile(fs::File);

impl File for SystemFile {
    fn length(&self) -> io::Result<u64> {
        self.0.metadata().map(|metadata| metadata.len())
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut done = 0;
        while let Some(rest) = buffer.get_mut(done..).filter(|rest| !rest.is_empty()) {
            match self.0.read_at(rest, offset.saturating_add(done as u64)) {
                Ok(0) => break,
                Ok(read) => done += read,
                Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
                Err(err) => return Err(err),
            }
        }
        Ok(done)
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.0.write_all_at(bytes, offset)
    }

    fn allocate(&self, length: u64) -> io::Result<()> {
        if self.length()? >= length {
            return Ok(());
        }
        match fallocate(&self.0, FallocateFlags::empty(), 0, length) {
            // A file system that cannot set space aside lets the file grow as it is written.
            Ok(()) | Err(Errno::OPNOTSUPP | Errno::NOSYS) => Ok(()),
            Err(err) => Err(err.into()),
        }
    }

    fn cut(&self, length: u64) -> io::Result<()> {
        self.0.set_len(length)
    }

    fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }
}

struct SystemLock {
    _file: fs::File,
}

impl Lock for SystemLock {}
