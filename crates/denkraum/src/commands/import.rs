//! `denkraum import`.

mod folder;

use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use denkraum_app::{ImportOptions, ImportReport, ImportSource};
use denkraum_domain::SpaceId;

use super::runtime;
use crate::cli::Import;
use crate::config::{self, DataConfig};
use crate::open::open_quietly;

/// Imports a file or a folder into a data directory on which no server runs.
pub(crate) fn import(arguments: Import) -> Result<()> {
    let file = config::read(arguments.data.config.as_deref())?;
    let data = DataConfig::validate(&arguments.data, &file)?;
    let space = arguments.space.as_deref().map(SpaceId::parse).transpose();
    let options = ImportOptions {
        replace: arguments.replace,
        preview: arguments.dry_run,
        space: space.map_err(|error| anyhow!("space: {error}"))?,
    };
    let path = arguments.file;
    runtime()?.block_on(async {
        let source = read(&path).await?;
        let opened = open_quietly(&data).await?;
        let report = opened.app.import_from_as_operator(source, &options).await;
        opened.close().await;
        tell(&path, &report, options.preview);
        if report.failed.is_empty() {
            Ok(())
        } else {
            bail!("some pages were refused")
        }
    })
}

async fn read(path: &Path) -> Result<ImportSource> {
    let failed = || format!("could not read {}", path.display());
    if path.is_dir() {
        return folder::read(path).with_context(failed);
    }
    let bytes = std::fs::read(path).with_context(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let source = ImportSource::of_file(&name, bytes).await;
    source.with_context(failed)
}

/// What came on standard output; what could not, and what became different, on standard error.
fn tell(path: &Path, report: &ImportReport, preview: bool) {
    if preview {
        for page in &report.pages {
            let what = if page.replaces { "replace" } else { "create" };
            let id = page.id.map(|id| id.to_string()).unwrap_or_default();
            let (kind, space, title) = (&page.kind, &page.space, &page.title);
            let audience = page.audience.as_str();
            println!("{what}\t{id}\t{kind}\t{space}\t{audience}\t{title}");
        }
    }
    let (created, replaced) = (report.created, report.replaced);
    let refused = report.failed.len();
    let would = if preview { "would be: " } else { "" };
    println!("{would}{created} created, {replaced} replaced, {refused} refused");
    for failure in &report.failed {
        let place = place(path, failure.file.as_deref(), failure.line);
        eprintln!("{place}: {failure}");
    }
    for remark in &report.remarks {
        let place = place(path, remark.file.as_deref(), remark.line);
        eprintln!("{place}: note: {}", remark.note);
    }
}

fn place(path: &Path, file: Option<&str>, line: usize) -> String {
    // A single file is not inside itself.
    let own = path.file_name().map(|name| name.to_string_lossy());
    let inside = file.filter(|file| own.as_deref() != Some(*file));
    let mut place = match inside {
        Some(file) => format!("{}/{file}", path.display()),
        None => path.display().to_string(),
    };
    if line > 0 {
        place = format!("{place}:{line}");
    }
    place
}
