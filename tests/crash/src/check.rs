//! What is there after a restart.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use denkraum_load::{Account, Data, Server};

use crate::client::text_of;
use crate::ledger::Ledger;
use crate::socket::{Heard, Socket, document};

/// How long a page may take to open.
const PATIENCE: Duration = Duration::from_secs(20);

/// Opens every page with an empty document, and compares it with what was reported saved.
pub(crate) async fn every_page(
    server: &Server,
    accounts: &[Account],
    data: &Data,
    ledger: &Ledger,
) -> Result<()> {
    let account = accounts.first().context("nobody is signed in")?;
    for (number, page) in data.pages().iter().enumerate() {
        let text = open(server, page, account);
        let text = text
            .await
            .with_context(|| format!("page {page} does not open"))?;
        let wrong = ledger.wrong_in(number, &text);
        if !wrong.is_empty() {
            let some = wrong.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
            bail!("page {page}: {} edits are wrong: {some}", wrong.len());
        }
    }
    Ok(())
}

async fn open(server: &Server, page: &str, account: &Account) -> Result<String> {
    let doc = document(1);
    let mut socket = Socket::open(server.address(), page, &account.token, &doc).await?;
    loop {
        match socket.hear(PATIENCE, &doc).await? {
            Some(Heard::Synced) => return text_of(&doc),
            Some(Heard::End) | None => bail!("the connection ended"),
            Some(_) => {}
        }
    }
}
