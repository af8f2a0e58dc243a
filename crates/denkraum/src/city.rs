//! The city's files: a folder, or Berlin as it is shipped inside the binary.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use denkraum_app::catalogue::CityFiles;
use rust_embed::RustEmbed;

use crate::config::DataConfig;

#[derive(RustEmbed)]
#[folder = "../../data/berlin"]
struct Berlin;

/// The document schema that the server, the web application and the gate agree on.
pub(crate) const PAGE_SCHEMA: &str = include_str!("../../../data/schema/page.json");

/// Reads the configured folder, or takes what is shipped.
pub(crate) fn files(config: &DataConfig) -> Result<CityFiles> {
    if let Some(folder) = &config.city {
        return CityFiles::read(folder)
            .with_context(|| format!("could not read {}", folder.display()));
    }
    let mut files = BTreeMap::new();
    for name in Berlin::iter() {
        let text = Berlin::get(&name).map(|file| String::from_utf8(file.data.into_owned()));
        if let Some(Ok(text)) = text {
            files.insert(name.into_owned(), text);
        }
    }
    Ok(CityFiles::new("data/berlin", files))
}
