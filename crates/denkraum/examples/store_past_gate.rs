//! For tests of what the gate keeps out: writes updates of pages into the journal of a server that
//! does not run, past the gate. The data directory is the argument; each line of standard input is
//! the id of a page, a space and an update as hexadecimal digits.

use std::io::stdin;
use std::path::Path;

use anyhow::{Context as _, Result};
use denkraum_domain::{PageId, Timestamp};
use denkraum_journal::{Body, Entry, Journal as _, JournalId, Subject};
use denkraum_journal_file::FileJournal;

#[tokio::main]
async fn main() -> Result<()> {
    let folder = std::env::args().nth(1).context("no data directory")?;
    let folder = Path::new(&folder).join("journal");
    // The id is taken only where there is no journal yet.
    let (journal, _) = FileJournal::open(&folder, JournalId::from_u128(0))?;
    for line in stdin().lines() {
        let line = line?;
        let (page, update) = line.split_once(' ').context("no update")?;
        let body = Body::PageUpdate {
            connection: 0,
            clients: Vec::new(),
            update: hex::decode(update)?.into(),
        };
        let entry = Entry {
            // In 2024: later than the demonstration, earlier than now.
            at: Timestamp::from_millis(1_735_600_000_000),
            by: None,
            subject: Subject::Page(PageId::parse(page)?),
            body,
        };
        journal.append(entry).await?;
    }
    journal.close().await;
    Ok(())
}
