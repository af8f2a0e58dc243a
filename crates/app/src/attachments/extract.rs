//! Reads the text out of files, one at a time, in a process of its own: what a hostile file breaks
//! or keeps busy is that process and nothing else. [B-6]

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use denkraum_domain::{AttachmentId, PageId};
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, Command};
use tokio::sync::{mpsc, watch};

use super::record::Attachment;
use crate::app::App;

/// The program that reads the text out of a file: the file is its standard input, the text its
/// standard output, and any other end than success says that there is none.
#[derive(Clone, Debug)]
pub struct Extractor {
    /// The program.
    pub program: PathBuf,
    /// What it is called with.
    pub arguments: Vec<OsString>,
    /// So long it may take.
    pub time: Duration,
    /// So many bytes of text are read; the rest is left out.
    pub max_text: usize,
}

/// A file of a page.
type Named = (PageId, AttachmentId);

/// The files whose text is not read yet.
pub(crate) struct Waiting {
    extractor: Option<Extractor>,
    send: mpsc::UnboundedSender<Named>,
    receive: Mutex<Option<mpsc::UnboundedReceiver<Named>>>,
    /// How many there are.
    count: watch::Sender<usize>,
}

impl Waiting {
    pub(super) fn new(extractor: Option<Extractor>) -> Self {
        let (send, receive) = mpsc::unbounded_channel();
        Self {
            extractor,
            send,
            receive: Mutex::new(Some(receive)),
            count: watch::Sender::new(0),
        }
    }

    /// Whether texts are read at all.
    pub(super) const fn reads(&self) -> bool {
        self.extractor.is_some()
    }

    pub(super) fn push(&self, page: PageId, file: AttachmentId) {
        if self.reads() {
            self.count.send_modify(|count| *count += 1);
            // Nobody receives once the server is stopping; the next start asks again.
            let _read_later = self.send.send((page, file));
        }
    }
}

/// What became of a file.
enum Read {
    Text(String),
    /// There is none, or it could not be read.
    None,
}

impl Extractor {
    /// Fails only if the program cannot be started: then it is not the file's doing.
    async fn read(&self, file: File) -> std::io::Result<Read> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::from(file.into_std().await))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let read = tokio::time::timeout(self.time, self.text_of(&mut child)).await;
        // Ends it if it goes on, and takes it off the table of processes.
        let _ended_already = child.kill().await;
        Ok(match read {
            Ok(Some(text)) if !text.trim().is_empty() => Read::Text(text),
            _ => Read::None,
        })
    }

    async fn text_of(&self, child: &mut Child) -> Option<String> {
        let limit = u64::try_from(self.max_text).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        let mut out = child.stdout.take()?.take(limit);
        out.read_to_end(&mut bytes).await.ok()?;
        if bytes.len() < self.max_text && !child.wait().await.ok()?.success() {
            return None;
        }
        // A letter may be cut in half at the end.
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Some(text.trim_end_matches('\u{fffd}').to_owned())
    }
}

impl App {
    /// Waits until the text of every file was read, if texts are read at all.
    pub async fn texts_read(&self) {
        let mut count = self.files().waiting.count.subscribe();
        tokio::select! {
            () = self.stopping().cancelled() => {}
            _ = count.wait_for(|count| *count == 0) => {}
        }
    }

    /// Reads the texts of files as they come, until the server stops.
    pub(crate) async fn extract_texts(self) {
        let waiting = &self.files().waiting;
        let receive = {
            let mut receive = waiting
                .receive
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            receive.take()
        };
        let (Some(mut receive), Some(extractor)) = (receive, &waiting.extractor) else {
            return;
        };
        loop {
            let next = async {
                let (page, file) = receive.recv().await?;
                self.extract(extractor, page, file).await;
                let count = &self.files().waiting.count;
                count.send_modify(|count| *count = count.saturating_sub(1));
                Some(())
            };
            tokio::select! {
                () = self.stopping().cancelled() => return,
                done = next => if done.is_none() { return },
            }
        }
    }

    async fn extract(&self, extractor: &Extractor, page: PageId, id: AttachmentId) {
        let Ok(Some((file, _))) = self.attachment(page, id).await else {
            return;
        };
        let Some(text) = self.read_text(extractor, page, &file).await else {
            return;
        };
        if let Err(error) = self.keep_text_of(page, id, text).await {
            tracing::error!(page.id = %page, %error, "the text of a file was not kept");
            return;
        }
        // It may have been removed meanwhile.
        if let Ok(None) = self.attachment(page, id).await {
            self.forget_text(page, id).await;
        }
        self.project_now(page).await;
    }

    /// The text of a file, if it has one; `None` if it is to be tried again at the next start.
    async fn read_text(
        &self,
        extractor: &Extractor,
        page: PageId,
        file: &Attachment,
    ) -> Option<Option<String>> {
        let path = self.files().blobs.path(file.blob);
        let opened = match File::open(&path).await {
            Ok(opened) => opened,
            Err(error) => {
                tracing::error!(page.id = %page, file.id = %file.id, %error, "a file is not there");
                return None;
            }
        };
        match extractor.read(opened).await {
            Ok(Read::Text(text)) => Some(Some(text)),
            Ok(Read::None) => {
                tracing::info!(page.id = %page, file.id = %file.id, "no text was read of a file");
                Some(None)
            }
            Err(error) => {
                tracing::error!(%error, "the program that reads files could not be started");
                None
            }
        }
    }
}
