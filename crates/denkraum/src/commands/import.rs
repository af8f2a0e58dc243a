//! `denkraum import`.

use anyhow::{Context as _, Result, bail};
use denkraum_app::RoomsConfig;

use super::runtime;
use crate::cli::Import;
use crate::config::{self, DataConfig};
use crate::open::open;

/// Imports a file into a data directory on which no server runs.
pub(crate) fn import(arguments: Import) -> Result<()> {
    let file = config::read(arguments.data.config.as_deref())?;
    let data = DataConfig::validate(&arguments.data, &file)?;
    let path = arguments.file;
    let lines = std::fs::read_to_string(&path)
        .with_context(|| format!("could not read {}", path.display()))?;
    runtime()?.block_on(async {
        let opened = open(&data, RoomsConfig::default()).await?;
        let report = opened
            .app
            .import_as_operator(&lines, arguments.replace)
            .await;
        opened.close().await;
        println!(
            "{} created, {} replaced, {} refused",
            report.created,
            report.replaced,
            report.failed.len()
        );
        for failure in &report.failed {
            eprintln!("{}:{}: {}", path.display(), failure.line, failure.reason);
        }
        if report.failed.is_empty() {
            Ok(())
        } else {
            bail!("some lines were refused")
        }
    })
}
