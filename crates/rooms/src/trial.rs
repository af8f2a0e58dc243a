//! Tries pages in a process of its own: what a page breaks there is that process and nothing else. [S-41]
//!
//! The process reads page after page from its standard input and answers each with one byte. One that ends
//! instead, or does not answer in time, has answered as well; the next page is given to another one.

use std::ffi::OsString;
use std::future::Future;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use bytes::Bytes;
use denkraum_store::{Position, StoredPage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::time::timeout;

const OPENS: u8 = b'+';
const DOES_NOT: u8 = b'-';

/// The program that tries pages: it calls [`answer`] on its standard input and output.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The program.
    pub program: PathBuf,
    /// What it is called with.
    pub arguments: Vec<OsString>,
    /// So long it may take over a page.
    pub time: Duration,
}

/// Pages that are tried one after the other.
pub struct Trials {
    trial: Trial,
    running: Option<Child>,
}

impl Trials {
    /// Begins; the process is started with the first page.
    pub fn new(trial: Trial) -> Self {
        let running = None;
        Self { trial, running }
    }

    /// Whether the page can be opened. Fails only if the program cannot be started: then it is not the
    /// page's doing.
    pub async fn opens(&mut self, page: &StoredPage) -> io::Result<bool> {
        let mut child = match self.running.take() {
            Some(child) => child,
            None => Command::new(&self.trial.program)
                .args(&self.trial.arguments)
                .env_clear()
                .current_dir("/")
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .kill_on_drop(true)
                .spawn()?,
        };
        let asked = timeout(self.trial.time, ask(&mut child, page)).await;
        let answer = asked.ok().and_then(Result::ok);
        if answer == Some(OPENS) {
            self.running = Some(child);
            return Ok(true);
        }
        // Whatever it answered, it may still be busy.
        let _ended_already = child.kill().await;
        Ok(false)
    }
}

async fn ask(child: &mut Child, page: &StoredPage) -> io::Result<u8> {
    let (Some(stdin), Some(stdout)) = (&mut child.stdin, &mut child.stdout) else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let no_snapshot = Bytes::new();
    let snapshot = page.snapshot.as_ref().unwrap_or(&no_snapshot);
    stdin.write_u64_le(page.updates.len() as u64).await?;
    for bytes in std::iter::once(snapshot).chain(&page.updates) {
        stdin.write_u64_le(bytes.len() as u64).await?;
        stdin.write_all(bytes).await?;
    }
    stdin.flush().await?;
    stdout.read_u8().await
}

/// The other end, in the program that tries pages: answers until there are no more. Ends after the first
/// page that does not open, because something may be busy with it.
pub async fn answer<F: Future<Output = bool>>(
    mut input: impl Read,
    mut output: impl Write,
    opens: impl Fn(StoredPage) -> F,
) -> io::Result<()> {
    while let Some(page) = read(&mut input)? {
        let opens = opens(page).await;
        output.write_all(&[if opens { OPENS } else { DOES_NOT }])?;
        output.flush()?;
        if !opens {
            break;
        }
    }
    Ok(())
}

fn read(input: &mut impl Read) -> io::Result<Option<StoredPage>> {
    let Ok(count) = number(input) else {
        return Ok(None);
    };
    let snapshot = bytes(input)?;
    let updates = (0..count).map(|_| bytes(input));
    Ok(Some(StoredPage {
        snapshot: (!snapshot.is_empty()).then_some(snapshot),
        updates: updates.collect::<io::Result<_>>()?,
        owners: Vec::new(),
        upto: Position::START,
        snapshot_at: Position::START,
    }))
}

fn number(input: &mut impl Read) -> io::Result<u64> {
    let mut bytes = [0; 8];
    input.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

fn bytes(input: &mut impl Read) -> io::Result<Bytes> {
    let length = number(input)?;
    let mut bytes = Vec::new();
    let read = input.by_ref().take(length).read_to_end(&mut bytes)?;
    if read as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes.into())
}
