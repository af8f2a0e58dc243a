//! What the program does, one file per command.

mod check;
mod export;
mod extract_text;
mod import;
mod reindex;
mod serve;
mod try_pages;
mod user;

pub(crate) use check::check;
pub(crate) use export::export;
pub(crate) use extract_text::{MAX_TEXT, TIME, extract_text};
pub(crate) use import::import;
pub(crate) use reindex::reindex;
pub(crate) use serve::serve;
pub(crate) use try_pages::{trial, try_pages};
pub(crate) use user::user;

use anyhow::{Context as _, Result};
use tokio::runtime::{Builder, Runtime};

/// Prints the OpenAPI document.
#[expect(clippy::unnecessary_wraps, reason = "all commands have one shape")]
pub(crate) fn openapi() -> Result<()> {
    print!("{}", denkraum_http::openapi());
    Ok(())
}

fn runtime() -> Result<Runtime> {
    Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("could not start the runtime")
}
