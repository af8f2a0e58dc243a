//! Rewriting: a new base from the entries that are kept.
//!
//! Nothing that is there is changed. The base is written beside the old files, synced, read back,
//! and only then takes their place; a stop at any moment leaves either the old files or the base.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};

use denkraum_journal::frame::{Encoded, Stamp};
use denkraum_journal::{Damage, Entry, Position, ReadOnly, RewriteError, Rewritten};
use tokio::sync::oneshot;

use crate::layout::{HEADER_BYTES, Kind, header, link, marker};
use crate::manifest::{FileLine, Sealed};
use crate::reader::Item;
use crate::shared::{JournalFile, Shared};
use crate::writer::Order;
use crate::{Disk, File};

/// Bytes written at once, about.
const BUFFER_BYTES: usize = 1 << 20;

/// What a rewrite needs of its journal.
pub(crate) struct Rewriter {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) folder: PathBuf,
    pub(crate) shared: Arc<Shared>,
    pub(crate) orders: mpsc::Sender<Order>,
}

impl Rewriter {
    /// Replaces everything up to `upto` by the entries at the positions in `keep`. Blocks.
    pub(crate) fn rewrite(
        &self,
        upto: Position,
        mut keep: BTreeSet<Position>,
    ) -> Result<Rewritten, RewriteError> {
        if let Some(reason) = self.shared.read_only() {
            return Err(RewriteError::ReadOnly(reason));
        }
        // So that no position is given again, and whoever follows the journal comes to its end.
        keep.insert(upto);
        keep.retain(|position| *position <= upto && *position > Position::START);
        let (files, number) = self.sealed(upto)?;
        let line = FileLine {
            kind: Kind::Base,
            number,
            first: Position::new(1),
            chain: [0; 16],
            sealed: None,
            lost: Vec::new(),
        };
        let path = self.folder.join(line.name());
        let adopted = self
            .write_base(&path, &line, &files, upto, &keep)
            .and_then(|base| {
                let bytes = size(&base);
                Ok((bytes, self.adopt(base)?))
            });
        match adopted {
            Ok((after, replaced)) => {
                let before = replaced.iter().map(size).sum();
                self.remove(&replaced);
                Ok(Rewritten {
                    entries: keep.len() as u64,
                    before,
                    after,
                })
            }
            // After a failed sync it is unknown which manifest is in place: both must find its files.
            Err(err @ RewriteError::ReadOnly(_)) => Err(err),
            Err(err) => {
                // What stays behind is removed when the journal is opened the next time.
                drop(self.disk.remove(&path));
                Err(err)
            }
        }
    }

    /// The files up to a sealed position, and the number that their base is to have.
    fn sealed(&self, upto: Position) -> Result<(Vec<JournalFile>, u64), RewriteError> {
        let files = self.shared.files();
        let next = files
            .iter()
            .rposition(|file| Some(file.line.first) == upto.next() && file.line.number > 1);
        let found = next.and_then(|next| {
            let number = files.get(next)?.line.number.checked_sub(1)?;
            let before = files.get(..next)?;
            let free = before.last().is_none_or(|file| file.line.number < number);
            free.then(|| (before.to_vec(), number))
        });
        found.ok_or(RewriteError::NotSealed { upto })
    }

    fn write_base(
        &self,
        path: &Path,
        line: &FileLine,
        files: &[JournalFile],
        upto: Position,
        keep: &BTreeSet<Position>,
    ) -> Result<JournalFile, RewriteError> {
        let file: Arc<dyn File> = self.disk.create(path).map_err(refused)?.into();
        let header = header(self.shared.id, line.kind, line.number, line.first);
        let mut out = Output {
            file: Arc::clone(&file),
            buffer: header,
            offset: 0,
        };
        let mut chain = line.chain;
        let marker = marker(self.shared.id, line.kind, line.number);
        self.read(files, |position, entry| {
            if keep.contains(&position) {
                let start = out.buffer.len();
                let stamp = Stamp {
                    position,
                    synced: upto,
                    chain,
                };
                let encoded = Encoded::new(&entry).map_err(refused)?;
                encoded.write(marker, &stamp, &mut out.buffer);
                chain = link(out.buffer.get(start..).unwrap_or_default());
                out.write_if_full()?;
            }
            Ok(())
        })?;
        out.write()?;
        file.sync().map_err(refused)?;
        self.disk.sync_folder(&self.folder).map_err(refused)?;
        let sealed = Some(Sealed {
            bytes: out.offset,
            last: upto,
        });
        let base = JournalFile {
            line: FileLine {
                sealed,
                ..line.clone()
            },
            file,
        };
        self.check(&base, keep)?;
        Ok(base)
    }

    /// Reads a base back: it must hold what is kept, no more and no less.
    fn check(&self, base: &JournalFile, keep: &BTreeSet<Position>) -> Result<(), RewriteError> {
        let mut left = keep.iter();
        self.read(std::slice::from_ref(base), |position, _| {
            match left.next() {
                Some(expected) if *expected == position => Ok(()),
                Some(expected) => Err(RewriteError::Missing {
                    position: *expected,
                }),
                None => Err(RewriteError::Missing { position }),
            }
        })?;
        left.next().map_or(Ok(()), |position| {
            Err(RewriteError::Missing {
                position: *position,
            })
        })
    }

    /// Reads all entries of sealed files in order; refuses what is damaged so that nobody knows
    /// what stood there.
    fn read(
        &self,
        files: &[JournalFile],
        mut take: impl FnMut(Position, Entry) -> Result<(), RewriteError>,
    ) -> Result<(), RewriteError> {
        for file in files {
            let Some(end) = file.line.sealed else {
                continue;
            };
            let mut reader = file.reader(self.shared.id);
            reader.extend(end.bytes);
            while let Some(item) = reader
                .next()
                .map_err(refused)?
                .or_else(|| reader.finish(end.last))
            {
                if self.shared.durable.borrow().closed {
                    // Nobody waits for the base, and another program may have the journal open.
                    return Err(RewriteError::ReadOnly(ReadOnly::Closed));
                }
                match item {
                    Item::Entry(position, entry) => take(position, entry)?,
                    Item::Damage(damage) if is_known(&damage) => {}
                    Item::Damage(damage) => return Err(RewriteError::Damaged(damage)),
                }
            }
        }
        Ok(())
    }

    /// Lets the thread that writes put the base in place.
    fn adopt(&self, base: JournalFile) -> Result<Vec<JournalFile>, RewriteError> {
        let (done, adopted) = oneshot::channel();
        let closed = || RewriteError::ReadOnly(ReadOnly::Closed);
        self.orders
            .send(Order::Adopt(base, done))
            .map_err(|_| closed())?;
        adopted.blocking_recv().unwrap_or_else(|_| Err(closed()))
    }

    fn remove(&self, replaced: &[JournalFile]) {
        for file in replaced {
            let name = file.line.name();
            if let Err(err) = self.disk.remove(&self.folder.join(&name)) {
                tracing::warn!(file = name, %err, "a replaced journal file stays until the next start");
            }
        }
    }
}

/// Whether it is known that nothing confirmed is lost, or what it was about. Of the latter whoever
/// rewrites says whether a later entry has taken its place, by keeping that one.
fn is_known(damage: &Damage) -> bool {
    damage.unconfirmed || (damage.subject.is_some() && damage.first <= damage.last)
}

fn size(file: &JournalFile) -> u64 {
    file.line.sealed.map_or(HEADER_BYTES, |end| end.bytes)
}

fn refused(err: impl std::fmt::Display) -> RewriteError {
    RewriteError::Disk {
        detail: err.to_string(),
    }
}

/// Bytes on their way into a file.
struct Output {
    file: Arc<dyn File>,
    buffer: Vec<u8>,
    offset: u64,
}

impl Output {
    fn write_if_full(&mut self) -> Result<(), RewriteError> {
        if self.buffer.len() < BUFFER_BYTES {
            return Ok(());
        }
        self.write()
    }

    fn write(&mut self) -> Result<(), RewriteError> {
        self.file
            .write_at(&self.buffer, self.offset)
            .map_err(refused)?;
        self.offset += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}
