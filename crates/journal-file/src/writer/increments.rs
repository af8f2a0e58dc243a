//! Which files are the journal: the next increment, and a base in place of old files.

use denkraum_journal::{AppendError, Position, ReadOnly, RewriteError};

use super::{Failure, Writer, no_position_left};
use crate::layout::{HEADER_BYTES, Kind, file_name, marker};
use crate::manifest::{FileLine, Sealed};
use crate::open::begin_file;
use crate::shared::JournalFile;

impl Writer {
    /// Seals the newest increment and begins the next one, whose number is higher by `step`.
    pub(super) fn begin_increment(&mut self, step: u64) -> Result<(), Failure> {
        let mut manifest = self.manifest.clone();
        let sealed = Sealed {
            bytes: self.end,
            last: self.last,
        };
        let number = manifest.files.last().map_or(0, |line| line.number) + step;
        if let Some(old) = manifest.files.last_mut() {
            old.sealed = Some(sealed);
        }
        let line = FileLine {
            kind: Kind::Increment,
            number,
            first: self.last.next().ok_or_else(no_position_left)?,
            chain: self.chain,
            sealed: None,
            lost: Vec::new(),
        };
        manifest.files.push(line.clone());
        manifest.confirmed = self.last;
        let space = self.options.allocate_bytes;
        let file = begin_file(&*self.disk, &self.folder, manifest.id, &line, space)?;
        manifest.store(&*self.disk, &self.folder)?;
        // Only the space set aside behind the last entry goes; keeping it would harm nothing.
        if let Err(err) = self.file.cut(self.end) {
            tracing::warn!(%err, "the sealed increment keeps its spare space");
        }
        let mut files = self.shared.files().to_vec();
        if let Some(old) = files.last_mut() {
            old.line.sealed = Some(sealed);
        }
        files.push(JournalFile {
            line,
            file: file.clone(),
        });
        self.shared.set_files(files);
        self.marker = marker(manifest.id, Kind::Increment, number);
        (self.file, self.end, self.manifest) = (file, HEADER_BYTES, manifest);
        self.publish(false);
        tracing::debug!(
            file = file_name(Kind::Increment, number),
            "a new increment was begun"
        );
        Ok(())
    }

    /// Begins a new increment and leaves the number before it to a base.
    pub(super) fn seal(&mut self) -> Result<Position, RewriteError> {
        self.check_writable()?;
        if self.end == HEADER_BYTES && self.has_room_for_base() {
            // Sealed before, and nothing came since.
            return Ok(self.last);
        }
        match self.begin_increment(2) {
            Ok(()) => Ok(self.last),
            Err(failure) => Err(self.not_rewritten(failure)),
        }
    }

    /// Puts a base in the place of all files before it, and gives those.
    pub(super) fn adopt(&mut self, base: JournalFile) -> Result<Vec<JournalFile>, RewriteError> {
        // On a full disk too: what the base replaces is about to make room.
        if self.shared.read_only() != Some(ReadOnly::NoSpace) {
            self.check_writable()?;
        }
        let number = base.line.number;
        let upto = base.line.sealed.map_or(Position::START, |end| end.last);
        let mut manifest = self.manifest.clone();
        manifest.files.retain(|line| line.number > number);
        if manifest.files.first().map(|next| next.first) != upto.next() {
            return Err(RewriteError::NotSealed { upto });
        }
        manifest.files.insert(0, base.line.clone());
        manifest.confirmed = self.last;
        if let Err(failure) = manifest.store(&*self.disk, &self.folder) {
            return Err(self.not_rewritten(failure.into()));
        }
        self.manifest = manifest;
        let (later, replaced): (Vec<_>, Vec<_>) = self
            .shared
            .files()
            .iter()
            .cloned()
            .partition(|file| file.line.number > number);
        let files = std::iter::once(base).chain(later).collect();
        self.shared.set_files(files);
        Ok(replaced)
    }

    /// Whether the number before the newest increment is free.
    fn has_room_for_base(&self) -> bool {
        match self.manifest.files.as_slice() {
            [.., before, newest] => before.number + 1 < newest.number,
            _ => false,
        }
    }

    fn check_writable(&self) -> Result<(), RewriteError> {
        self.shared
            .read_only()
            .map_or(Ok(()), |reason| Err(RewriteError::ReadOnly(reason)))
    }

    fn not_rewritten(&self, failure: Failure) -> RewriteError {
        match failure {
            // A rewrite without room for it is not what makes the journal take no entries.
            Failure::TakenBack(err) => RewriteError::Disk {
                detail: err.to_string(),
            },
            last @ Failure::Final(_) => match self.failed(last) {
                AppendError::ReadOnly(reason) => RewriteError::ReadOnly(reason),
                err => RewriteError::ReadOnly(ReadOnly::SyncFailed {
                    detail: err.to_string(),
                }),
            },
        }
    }
}
