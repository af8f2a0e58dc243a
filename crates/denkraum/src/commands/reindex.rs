//! `denkraum reindex`.

use std::io::ErrorKind;

use anyhow::{Context as _, Result};

use super::runtime;
use crate::cli::Data;
use crate::config::{self, DataConfig};
use crate::open::open_quietly;

/// Removes the search index and opens the application, which makes a missing index again.
pub(crate) fn reindex(arguments: &Data) -> Result<()> {
    let file = config::read(arguments.config.as_deref())?;
    let data = DataConfig::validate(arguments, &file)?;
    runtime()?.block_on(async {
        // The first opening holds the lock of the directory: no server is running on this index.
        open_quietly(&data).await?.close().await;
        match std::fs::remove_dir_all(data.search()) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error)
                    .with_context(|| format!("could not remove {}", data.search().display()));
            }
            _ => {}
        }
        let opened = open_quietly(&data).await?;
        let pages = opened.app.flush_search().await;
        opened.close().await;
        println!("{pages} pages are in the search index");
        Ok(())
    })
}
