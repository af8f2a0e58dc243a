//! Opening a journal: making a new one, or finding the end of one that is there.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use denkraum_journal::{Damage, JournalId, Position};

use crate::layout::{
    HEADER_BYTES, Kind, LOCK, NEW_MANIFEST, file_name, header, is_foreign, journal_file,
};
use crate::manifest::{FileLine, Lost, Manifest, Sealed, StoreError};
use crate::reader::{Item, Whole};
use crate::shared::JournalFile;
use crate::strays::remove_strays;
use crate::{Cut, Disk, File, Lock, OpenError, Opened};

/// A journal that was opened, before anything is written.
pub(crate) struct Found {
    pub(crate) manifest: Manifest,
    pub(crate) files: Vec<JournalFile>,
    pub(crate) opened: Opened,
    /// The end of the newest file.
    pub(crate) end: Whole,
    pub(crate) lock: Box<dyn Lock>,
}

/// Opens the journal in `folder` or makes one with the id `fresh`.
pub(crate) fn open(
    disk: &dyn Disk,
    folder: &Path,
    fresh: JournalId,
    allocate: u64,
) -> Result<Found, OpenError> {
    disk.create_folder(folder).map_err(failed("make", folder))?;
    let lock = lock(disk, folder)?;
    let loaded = Manifest::load(disk, folder)?;
    let created = loaded.is_none();
    let manifest = match loaded {
        Some(manifest) => {
            // An interrupted program may have renamed it without a sync: it is about to be built on.
            disk.sync_folder(folder).map_err(failed("sync", folder))?;
            manifest
        }
        None => create(disk, folder, fresh, allocate)?,
    };
    let files = open_files(disk, folder, &manifest)?;
    remove_strays(disk, folder, &manifest)?;
    let opened = Opened {
        created,
        ..Opened::default()
    };
    let end = Whole {
        end: HEADER_BYTES,
        link: [0; 16],
        position: Position::START,
        synced: Position::START,
    };
    let mut found = Found {
        manifest,
        files,
        opened,
        end,
        lock,
    };
    find_end(disk, folder, &mut found, allocate)?;
    Ok(found)
}

pub(crate) fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> OpenError {
    let path = path.to_owned();
    move |err| OpenError::Io { action, path, err }
}

fn lock(disk: &dyn Disk, folder: &Path) -> Result<Box<dyn Lock>, OpenError> {
    let path = folder.join(LOCK);
    let text = format!("{}\n", std::process::id());
    let lock = disk.lock(&path, &text).map_err(failed("lock", &path))?;
    lock.ok_or_else(|| OpenError::Locked {
        path: folder.to_owned(),
        pid: read_text(disk, &path).and_then(|text| text.trim().parse().ok()),
    })
}

fn read_text(disk: &dyn Disk, path: &Path) -> Option<String> {
    let mut buffer = [0; 32];
    let read = disk.open(path).ok()?.read_at(&mut buffer, 0).ok()?;
    String::from_utf8(buffer.get(..read)?.to_vec()).ok()
}

/// Makes an empty journal. A first start that was interrupted is begun anew.
fn create(
    disk: &dyn Disk,
    folder: &Path,
    id: JournalId,
    allocate: u64,
) -> Result<Manifest, OpenError> {
    for name in disk.list(folder).map_err(failed("list", folder))? {
        let path = folder.join(&name);
        if journal_file(&name).is_some() {
            if holds_frames(disk, &path).map_err(failed("read", &path))? {
                return Err(OpenError::ManifestMissing {
                    path: folder.to_owned(),
                });
            }
            disk.remove(&path).map_err(failed("remove", &path))?;
        }
    }
    let manifest = Manifest {
        id,
        confirmed: Position::START,
        files: vec![FileLine {
            kind: Kind::Increment,
            number: 1,
            first: Position::new(1),
            chain: [0; 16],
            sealed: None,
            lost: Vec::new(),
        }],
    };
    begin_files(disk, folder, &manifest, allocate)?;
    if let Some(parent) = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        disk.sync_folder(parent).map_err(failed("sync", parent))?;
    }
    Ok(manifest)
}

/// Makes the newest file of a manifest and then the manifest.
fn begin_files(
    disk: &dyn Disk,
    folder: &Path,
    manifest: &Manifest,
    allocate: u64,
) -> Result<(), OpenError> {
    if let Some(line) = manifest.files.last() {
        let path = folder.join(line.name());
        begin_file(disk, folder, manifest.id, line, allocate)
            .map_err(BeginError::into_io)
            .map_err(failed("make", &path))?;
    }
    let path = folder.join(NEW_MANIFEST);
    let stored = manifest.store(disk, folder);
    stored.map_err(|err| failed("write", &path)(err.into_io()))
}

/// How making a file failed.
pub(crate) enum BeginError {
    /// The operating system refused; nothing depends on the file yet.
    Refused(io::Error),
    /// A sync failed.
    Sync(io::Error),
}

impl BeginError {
    fn into_io(self) -> io::Error {
        match self {
            Self::Refused(err) | Self::Sync(err) => err,
        }
    }
}

/// Makes an empty journal file, durable under its name, with space set aside.
pub(crate) fn begin_file(
    disk: &dyn Disk,
    folder: &Path,
    id: JournalId,
    line: &FileLine,
    allocate: u64,
) -> Result<Arc<dyn File>, BeginError> {
    let path = folder.join(line.name());
    let file: Arc<dyn File> = disk.create(&path).map_err(BeginError::Refused)?.into();
    let header = header(id, line.kind, line.number, line.first);
    file.write_at(&header, 0).map_err(BeginError::Refused)?;
    file.allocate(HEADER_BYTES + allocate)
        .map_err(BeginError::Refused)?;
    file.sync().map_err(BeginError::Sync)?;
    disk.sync_folder(folder).map_err(BeginError::Sync)?;
    Ok(file)
}

/// Whether anything but zeros stands behind the header.
pub(crate) fn holds_frames(disk: &dyn Disk, path: &Path) -> io::Result<bool> {
    let file = disk.open(path)?;
    Ok(last_byte(&*file, HEADER_BYTES)?.is_some())
}

/// Where the last byte from `start` on that is not zero ends.
fn last_byte(file: &dyn File, start: u64) -> io::Result<Option<u64>> {
    let mut buffer = vec![0; 256 << 10];
    let (mut offset, mut last) = (start, None);
    loop {
        let read = file.read_at(&mut buffer, offset)?;
        let bytes = buffer.get(..read).unwrap_or_default();
        if let Some(at) = bytes.iter().rposition(|byte| *byte != 0) {
            last = Some(offset + at as u64 + 1);
        }
        if read < buffer.len() {
            return Ok(last);
        }
        offset += read as u64;
    }
}

fn open_files(
    disk: &dyn Disk,
    folder: &Path,
    manifest: &Manifest,
) -> Result<Vec<JournalFile>, OpenError> {
    let open = |line: &FileLine| {
        let path: PathBuf = folder.join(line.name());
        let file: Arc<dyn File> = match disk.open(&path) {
            Ok(file) => file.into(),
            Err(err) if err.kind() == io::ErrorKind::NotFound => {
                return Err(OpenError::FileMissing { path });
            }
            Err(err) => {
                return Err(OpenError::Io {
                    action: "open",
                    path,
                    err,
                });
            }
        };
        let expected = header(manifest.id, line.kind, line.number, line.first);
        let mut found = vec![0; expected.len()];
        file.read_at(&mut found, 0).map_err(failed("read", &path))?;
        if is_foreign(&found, &expected) {
            return Err(OpenError::Foreign { path });
        }
        Ok(JournalFile {
            line: line.clone(),
            file,
        })
    };
    manifest.files.iter().map(open).collect()
}

/// Reads the newest file to its end, cuts what is torn there and makes the rest durable.
fn find_end(
    disk: &dyn Disk,
    folder: &Path,
    found: &mut Found,
    allocate: u64,
) -> Result<(), OpenError> {
    let Some(newest) = found.files.last().cloned() else {
        return Ok(());
    };
    let path = folder.join(newest.line.name());
    let length = newest.file.length().map_err(failed("read", &path))?;
    let mut reader = newest.reader(found.manifest.id);
    reader.extend(length);
    while let Some(item) = reader.next().map_err(failed("read", &path))? {
        if let Item::Damage(damage) = item {
            found.opened.damage.push(damage);
        }
    }
    found.end = reader.whole();
    note_lost(disk, folder, found)?;
    let torn = last_byte(&*newest.file, found.end.end).map_err(failed("read", &path))?;
    if found.end.position < found.manifest.confirmed {
        if let Some(Item::Damage(damage)) = reader.finish(found.manifest.confirmed) {
            found.opened.damage.push(damage);
        }
        return seal_damaged(disk, folder, found, length, allocate);
    }
    if let Some(torn) = torn {
        newest
            .file
            .cut(found.end.end)
            .map_err(failed("cut", &path))?;
        let bytes = torn - found.end.end;
        let file = newest.line.name();
        found.opened.cut = Some(Cut {
            file,
            offset: found.end.end,
            bytes,
        });
    }
    // What an interrupted program wrote without a sync is about to be shown: it must stay.
    newest.file.sync().map_err(failed("sync", &path))
}

/// Notes in the manifest what is missing of the last write and was never confirmed, as no orderly
/// stop and no later write says that it was: after the next write nobody could tell.
fn note_lost(disk: &dyn Disk, folder: &Path, found: &mut Found) -> Result<(), OpenError> {
    let confirmed = found.manifest.confirmed.max(found.end.synced);
    let (Some(line), Some(newest)) = (found.manifest.files.last_mut(), found.files.last_mut())
    else {
        return Ok(());
    };
    let known = line.lost.len();
    for damage in &mut found.opened.damage {
        let Damage { first, last, .. } = *damage;
        if !damage.unconfirmed && confirmed < first && first <= last {
            damage.unconfirmed = true;
            line.lost.push(Lost { first, last });
        }
    }
    if line.lost.len() == known {
        return Ok(());
    }
    newest.line.lost.clone_from(&line.lost);
    let path = folder.join(NEW_MANIFEST);
    match found.manifest.store(disk, folder) {
        Ok(()) => Ok(()),
        // On a full disk it comes with the next manifest.
        Err(StoreError::Before(err)) if err.kind() == io::ErrorKind::StorageFull => {
            tracing::warn!(%err, "what was never confirmed is not noted yet");
            Ok(())
        }
        Err(err) => Err(failed("write", &path)(err.into_io())),
    }
}

/// The newest file has lost entries that were confirmed. Nothing of it is cut: it stays as it is,
/// and a new file begins behind it.
fn seal_damaged(
    disk: &dyn Disk,
    folder: &Path,
    found: &mut Found,
    length: u64,
    allocate: u64,
) -> Result<(), OpenError> {
    let last = found.manifest.confirmed;
    let sealed = Some(Sealed {
        bytes: length.max(HEADER_BYTES),
        last,
    });
    let mut line = FileLine {
        kind: Kind::Increment,
        number: 1,
        first: last.next().unwrap_or(last),
        chain: found.end.link,
        sealed: None,
        lost: Vec::new(),
    };
    if let Some(old) = found.manifest.files.last_mut() {
        old.sealed = sealed;
        line.number = old.number + 1;
    }
    if let Some(old) = found.files.last_mut() {
        old.line.sealed = sealed;
    }
    found.manifest.files.push(line.clone());
    begin_files(disk, folder, &found.manifest, allocate)?;
    let path = folder.join(file_name(line.kind, line.number));
    let file = disk.open(&path).map_err(failed("open", &path))?.into();
    found.end = Whole {
        end: HEADER_BYTES,
        link: line.chain,
        position: last,
        synced: last,
    };
    found.files.push(JournalFile { line, file });
    Ok(())
}
