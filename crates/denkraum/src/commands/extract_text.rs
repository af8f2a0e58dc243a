//! `denkraum extract-text`: the text of one file, in a process that may break. [B-6]

use std::io::{Read as _, Write as _};
use std::time::Duration;

use anyhow::{Context as _, Result};
use rustix::process::{Resource, Rlimit, setrlimit};

/// So long the server waits for the text of a file.
pub(crate) const TIME: Duration = Duration::from_secs(20);
/// So much text of a file is read, in bytes: about as many pages as a thick book has.
pub(crate) const MAX_TEXT: usize = 1 << 20;
/// A larger file is not read.
const MAX_FILE: u64 = 256 << 20;
/// The memory that the process may write to, in bytes.
const MEMORY: u64 = 768 << 20;

/// Prints the text of the file on standard input. Ends without success where there is none.
pub(crate) fn extract_text() -> Result<()> {
    confine()?;
    let mut file = Vec::new();
    std::io::stdin()
        .lock()
        .take(MAX_FILE + 1)
        .read_to_end(&mut file)
        .context("could not read the file")?;
    let fits = u64::try_from(file.len()).is_ok_and(|bytes| bytes <= MAX_FILE);
    let text = fits.then(|| denkraum_extract::text_of(&file, MAX_TEXT));
    let text = text.flatten().context("the file has no text")?;
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .context("nobody reads the text")
}

/// Takes everything away that reading a file does not need: memory and time beyond measure, and
/// opening anything: no file, no connection.
fn confine() -> Result<()> {
    for (resource, most) in [
        (Resource::Data, MEMORY),
        (Resource::Cpu, TIME.as_secs()),
        (Resource::Nofile, 3),
        (Resource::Nproc, 0),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ] {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit).context("could not set the limits")?;
    }
    Ok(())
}
