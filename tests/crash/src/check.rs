//! What is there after a restart.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use denkraum_load::{Account, Data, Server};

use crate::client::text_of;
use crate::ledger::Ledger;
use crate::search;
use crate::socket::{Heard, Socket, document};

/// How long a page may take to open, and all searches together until they find what there is.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long to wait before a search is tried again.
const SEARCH_AGAIN: Duration = Duration::from_millis(50);

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

/// Searches for every page by its title, and by a piece of text that is saved in it. The index may be
/// made anew just now.
pub(crate) async fn every_search(
    server: &Server,
    accounts: &[Account],
    data: &Data,
    ledger: &Ledger,
) -> Result<()> {
    let account = accounts.first().context("nobody is signed in")?;
    let search = async {
        for (number, page) in data.pages().iter().enumerate() {
            let text = ledger.some_text_of(number);
            let text = text.as_deref().map(|token| token.trim_matches(['[', ']']));
            for words in text.into_iter().chain([page.as_str()]) {
                while !search::found(server.address(), account, words)
                    .await?
                    .contains(page)
                {
                    tokio::time::sleep(SEARCH_AGAIN).await;
                }
            }
        }
        Ok(())
    };
    let searched = tokio::time::timeout(PATIENCE, search).await;
    searched.context("a page is not found by the search")?
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
