//! Parts of files in, bytes of a zip out, on a thread of its own.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::mpsc;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{ExportError, LeftOut};

/// A part of what is written.
pub(super) enum Part {
    /// A new file begins.
    File(String),
    /// The file goes on.
    Bytes(Vec<u8>),
    /// Everything is there.
    End,
    /// It cannot go on.
    Failed(ExportError),
}

/// Why writing stopped.
pub(super) enum Stopped {
    /// Nobody takes it any more.
    Unwanted,
    Failed(ExportError),
}

/// Where parts go, and where it is noted what could not be written.
pub(super) struct Parts {
    sender: mpsc::Sender<Part>,
    left_out: Arc<Mutex<Vec<LeftOut>>>,
}

impl Parts {
    pub(super) fn new(sender: mpsc::Sender<Part>, left_out: Arc<Mutex<Vec<LeftOut>>>) -> Self {
        Self { sender, left_out }
    }

    /// Notes a page that cannot be read, once.
    pub(super) fn leave_out(&self, page: LeftOut) {
        let mut noted = self.noted();
        if !noted.iter().any(|known| known.page == page.page) {
            noted.push(page);
        }
    }

    pub(super) fn left_out(&self) -> Vec<LeftOut> {
        self.noted().clone()
    }

    fn noted(&self) -> MutexGuard<'_, Vec<LeftOut>> {
        self.left_out.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) async fn file(&self, name: impl Into<String>) -> Result<(), Stopped> {
        self.send(Part::File(name.into())).await
    }

    pub(super) async fn text(&self, text: String) -> Result<(), Stopped> {
        self.send(Part::Bytes(text.into_bytes())).await
    }

    pub(super) async fn end(&self) -> Result<(), Stopped> {
        self.send(Part::End).await
    }

    /// Tells why it cannot go on.
    pub(super) async fn give_up(&self, stopped: Stopped) {
        if let Stopped::Failed(error) = stopped {
            let _nobody_listens = self.sender.send(Part::Failed(error)).await;
        }
    }

    async fn send(&self, part: Part) -> Result<(), Stopped> {
        let sent = self.sender.send(part).await;
        sent.map_err(|_| Stopped::Unwanted)
    }
}

type Out = mpsc::Sender<Result<Bytes, ExportError>>;

/// Writes a zip until everything is there, something fails, or nobody listens.
pub(super) fn write(mut parts: mpsc::Receiver<Part>, out: &Out) {
    let mut zip = ZipWriter::new_stream(Chunks::new(out));
    // The time of a file says nothing here: pages tell their own.
    let options = SimpleFileOptions::default();
    let ended = loop {
        let written = match parts.blocking_recv() {
            Some(Part::File(name)) => zip.start_file(name, options),
            Some(Part::Bytes(bytes)) => zip.write_all(&bytes).map_err(Into::into),
            Some(Part::End) => break Ok(()),
            Some(Part::Failed(error)) => break Err(error),
            None => break Err(ExportError::Interrupted),
        };
        if let Err(error) = written {
            break Err(ExportError::Zip(error));
        }
    };
    let ended = ended.and_then(|()| {
        let chunks = zip.finish().map_err(ExportError::Zip)?;
        let mut chunks = chunks.into_inner();
        chunks
            .flush()
            .map_err(|error| ExportError::Zip(error.into()))
    });
    if let Err(error) = ended {
        let _nobody_listens = out.blocking_send(Err(error));
    }
}

/// Sends the bytes on as they are.
pub(super) fn pass_on(mut parts: mpsc::Receiver<Part>, out: &Out) {
    loop {
        let part = match parts.blocking_recv() {
            Some(Part::File(_)) => continue,
            Some(Part::Bytes(bytes)) => Ok(Bytes::from(bytes)),
            Some(Part::End) => return,
            Some(Part::Failed(error)) => Err(error),
            None => Err(ExportError::Interrupted),
        };
        let failed = part.is_err();
        if out.blocking_send(part).is_err() || failed {
            return;
        }
    }
}

/// Gathers what is written into parts of some size.
struct Chunks<'a> {
    out: &'a Out,
    waiting: Vec<u8>,
}

/// The size of a part, in bytes.
const CHUNK: usize = 64 << 10;

impl<'a> Chunks<'a> {
    fn new(out: &'a Out) -> Self {
        let waiting = Vec::with_capacity(CHUNK);
        Self { out, waiting }
    }
}

impl Write for Chunks<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let part = std::mem::replace(&mut self.waiting, Vec::with_capacity(CHUNK));
        let sent = self.out.blocking_send(Ok(part.into()));
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}
