//! `denkraum export`.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use denkraum_app::{App, CollectionFormat, LeftOut, Selection};
use denkraum_domain::SpaceId;

use super::runtime;
use crate::cli::Export;
use crate::config::{self, DataConfig};
use crate::open::open_quietly;

/// Writes all pages of a data directory on which no server runs, or those of one space.
pub(crate) fn export(arguments: Export) -> Result<()> {
    let file = config::read(arguments.data.config.as_deref())?;
    let data = DataConfig::validate(&arguments.data, &file)?;
    let words = CollectionFormat::ALL
        .map(CollectionFormat::as_str)
        .join(", ");
    let format = CollectionFormat::parse(&arguments.format)
        .ok_or_else(|| anyhow!("format: one of {words}"))?;
    let space = arguments.space.as_deref().map(SpaceId::parse).transpose();
    let space = space.map_err(|error| anyhow!("space: {error}"))?;
    let to = arguments.to;
    if to.exists() {
        bail!("{} is there already", to.display());
    }
    runtime()?.block_on(async {
        let opened = open_quietly(&data).await?;
        let known = |id: &SpaceId| opened.app.catalogue().space(id).is_some();
        let selection = || Selection {
            space: space.clone(),
            page: None,
            format,
        };
        let written = match &space {
            Some(id) if !known(id) => Err(anyhow!("space: there is no \"{id}\"")),
            _ => write(&opened.app, selection(), &to).await,
        };
        opened.close().await;
        let Written { bytes, left_out } = written?;
        println!("{}: {bytes} bytes", to.display());
        if left_out.is_empty() {
            return Ok(());
        }
        for page in &left_out {
            let title = page.title.as_deref().unwrap_or("title unknown");
            eprintln!("left out: {} ({title}): {}", page.page, page.reason);
        }
        let pages = left_out.len();
        bail!("{pages} pages cannot be read and are not in the file; everything else is")
    })
}

/// What came into the file, and what did not.
struct Written {
    bytes: u64,
    left_out: Vec<LeftOut>,
}

/// Writes beside the wanted name first, so that a file of that name is always whole.
async fn write(app: &App, selection: Selection, to: &Path) -> Result<Written> {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = to.with_file_name(name);
    let outcome = write_parts(app, selection, &part).await;
    match outcome {
        Ok(written) => {
            std::fs::rename(&part, to)
                .with_context(|| format!("could not write {}", to.display()))?;
            Ok(written)
        }
        Err(error) => {
            let _gone_anyway = std::fs::remove_file(&part);
            Err(error)
        }
    }
}

async fn write_parts(app: &App, selection: Selection, part: &Path) -> Result<Written> {
    let failed = || format!("could not write {}", part.display());
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(part)
        .with_context(failed)?;
    let mut export = app.export_as_operator(selection);
    let mut bytes = 0;
    while let Some(chunk) = export.next().await {
        let chunk = chunk.context("the export was not finished")?;
        file.write_all(&chunk).with_context(failed)?;
        bytes += chunk.len() as u64;
    }
    file.sync_all().with_context(failed)?;
    let left_out = export.left_out();
    Ok(Written { bytes, left_out })
}
