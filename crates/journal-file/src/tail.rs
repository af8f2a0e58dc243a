//! Streams entries from the files, then live.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

use denkraum_journal::{BoxStream, Entry, Position, ReadError};
use futures_util::{StreamExt, stream};
use tokio::sync::watch;

use crate::layout::HEADER_BYTES;
use crate::reader::{Item, Reader};
use crate::shared::{Durable, JournalFile, Shared};

/// Entries handed over at once.
const BATCH: usize = 512;
/// Bytes of frames handed over at once, about.
const BATCH_BYTES: u64 = 4 << 20;

type TailItem = Result<(Position, Entry), ReadError>;

/// Every durable entry after `after`, then new ones; ends when the journal is closed.
pub(crate) fn tail(shared: &Arc<Shared>, after: Position) -> BoxStream<'static, TailItem> {
    let tail = Tail {
        durable: shared.durable.subscribe(),
        cursor: Some(Cursor {
            shared: Arc::clone(shared),
            after,
            current: None,
        }),
        ready: VecDeque::new(),
    };
    stream::unfold(tail, |mut tail| async move {
        let item = tail.next().await?;
        Some((item, tail))
    })
    .boxed()
}

struct Tail {
    durable: watch::Receiver<Durable>,
    /// Gone after an error and while a batch is being read.
    cursor: Option<Cursor>,
    ready: VecDeque<TailItem>,
}

impl Tail {
    async fn next(&mut self) -> Option<TailItem> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            let durable = *self.durable.borrow_and_update();
            let mut cursor = self.cursor.take()?;
            if cursor.after >= durable.position {
                self.cursor = Some(cursor);
                if durable.closed {
                    return None;
                }
                self.durable.changed().await.ok()?;
                continue;
            }
            let read = move || {
                let batch = cursor.read(durable);
                (cursor, batch)
            };
            // Without a runtime that runs it there is nobody left to read for.
            let (cursor, batch) = tokio::task::spawn_blocking(read).await.ok()?;
            match batch {
                Ok(batch) => {
                    self.ready = batch;
                    self.cursor = Some(cursor);
                }
                Err((file, err)) => {
                    return Some(Err(ReadError::Io {
                        file,
                        err: Arc::new(err),
                    }));
                }
            }
        }
    }
}

/// Where a tail is.
struct Cursor {
    shared: Arc<Shared>,
    after: Position,
    current: Option<(u64, Reader)>,
}

impl Cursor {
    /// The next entries up to `durable`, in the file at hand or the next one.
    fn read(&mut self, durable: Durable) -> Result<VecDeque<TailItem>, (String, io::Error)> {
        let mut batch = VecDeque::new();
        let files = self.shared.files();
        let stands = self
            .current
            .as_ref()
            .map(|(number, _)| *number)
            .filter(|number| files.iter().any(|file| file.line.number == *number));
        let number = if let Some(number) = stands {
            number
        } else {
            // At the beginning, or the file was replaced by a base in the meantime.
            self.current = None;
            // The last file that may hold the position after the last one seen.
            let wanted = self.after.next().unwrap_or(self.after);
            let holds = |file: &&JournalFile| file.line.first <= wanted;
            let file = files.iter().rev().find(holds).or(files.first());
            file.map_or(0, |file| file.line.number)
        };
        let Some(file) = files.iter().find(|file| file.line.number == number) else {
            return Err((number.to_string(), io::ErrorKind::NotFound.into()));
        };
        let (_, reader) = self
            .current
            .get_or_insert_with(|| (number, file.reader(self.shared.id)));
        let (end, last) = match file.line.sealed {
            Some(sealed) => (sealed.bytes, sealed.last),
            None if number == durable.file => (durable.end, durable.position),
            // Sealed in the meantime: the next call sees it.
            None => (HEADER_BYTES, self.after),
        };
        reader.extend(end);
        let start = reader.whole().end;
        while batch.len() < BATCH && reader.whole().end - start < BATCH_BYTES {
            let item = reader.next().map_err(|err| (file.line.name(), err))?;
            match item.or_else(|| reader.finish(last)) {
                Some(Item::Entry(position, entry)) => {
                    if position > self.after {
                        self.after = position;
                        batch.push_back(Ok((position, entry)));
                    }
                }
                Some(Item::Damage(damage)) => {
                    if damage.first.max(damage.last) > self.after {
                        self.after = self.after.max(damage.last);
                        batch.push_back(Err(ReadError::Damaged(damage)));
                    }
                }
                None => {
                    if file.line.sealed.is_some() {
                        self.after = self.after.max(last);
                        let next = files.iter().find(|next| next.line.number > number);
                        self.current =
                            next.map(|next| (next.line.number, next.reader(self.shared.id)));
                    }
                    break;
                }
            }
        }
        Ok(batch)
    }
}
