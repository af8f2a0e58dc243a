//! Files that are made from the code: the OpenAPI document and the web client's types.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::{command, root, setup};

/// The OpenAPI document as the server describes itself.
const OPENAPI: &str = "web/src/api/openapi.json";

/// The TypeScript types made from it.
const TYPES: &str = "web/src/api/schema.d.ts";

/// Checks that the committed files are what the built server says of itself; with `write`, makes
/// them so.
pub(crate) fn generated(write: bool) -> Result<()> {
    let top = root();
    let openapi = command::output(&top, &setup::server()?, &["openapi"])?;
    bring(OPENAPI, &openapi, write)?;
    setup::web_packages()?;
    let web = top.join("web");
    let types = command::output(
        &web,
        "npx",
        &["--no-install", "openapi-typescript", "src/api/openapi.json"],
    )?;
    bring(TYPES, &types, write)
}

fn bring(name: &str, made: &str, write: bool) -> Result<()> {
    let path = root().join(name);
    let stands = fs::read_to_string(&path).unwrap_or_default();
    if stands == made {
        return Ok(());
    }
    if !write {
        bail!("{name} is not what the code makes: run `cargo xtask tidy --write`");
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("could not make {}", folder.display()))?;
    }
    fs::write(&path, made).with_context(|| format!("could not write {name}"))?;
    println!("tidy: wrote {name}");
    Ok(())
}
