//! The file as it is written.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::ConfigError;

/// All sections; each may be left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ConfigFile {
    pub(crate) server: ServerSection,
    pub(crate) data: DataSection,
    pub(crate) rooms: RoomsSection,
    pub(crate) attachments: AttachmentsSection,
    pub(crate) log: LogSection,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ServerSection {
    pub(crate) listen: Option<SocketAddr>,
    pub(crate) public_url: Option<String>,
    pub(crate) demo: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DataSection {
    pub(crate) dir: Option<PathBuf>,
    pub(crate) city: Option<PathBuf>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RoomsSection {
    pub(crate) updates_per_second: Option<u64>,
    pub(crate) keep_alive_ms: Option<u64>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AttachmentsSection {
    pub(crate) max_mib: Option<u64>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LogSection {
    pub(crate) filter: Option<String>,
    pub(crate) json: bool,
}

impl ConfigFile {
    pub(super) fn read(path: &Path) -> Result<Self, ConfigError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable {
            path: name.clone(),
            reason: error.to_string(),
        })?;
        toml::from_str(&text).map_err(|error| {
            let before = error
                .span()
                .and_then(|span| text.get(..span.start))
                .unwrap_or_default();
            let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
            ConfigError::Invalid {
                path: name,
                line,
                reason: error.message().to_owned(),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ConfigFile, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("denkraum.toml");
        std::fs::write(&path, text).unwrap();
        ConfigFile::read(&path).map_err(|error| {
            error
                .to_string()
                .replace(&folder.path().display().to_string(), "")
        })
    }

    #[test]
    fn every_section_may_be_left_out() {
        assert!(read("").is_ok());
        let file = read("[server]\nlisten = \"127.0.0.1:9000\"\n").unwrap();
        assert_eq!(file.server.listen, Some(([127, 0, 0, 1], 9000).into()));
    }

    #[test]
    fn a_mistake_is_reported_with_file_line_and_what_is_allowed() {
        assert_eq!(
            read("[server]\nlistne = \"127.0.0.1:9000\"\n").unwrap_err(),
            "/denkraum.toml:2: unknown field `listne`, expected one of `listen`, `public_url`, `demo`"
        );
        let wrong = read("[data]\n\n[server]\nlisten = \"here\"\n").unwrap_err();
        assert!(wrong.starts_with("/denkraum.toml:4: "), "{wrong}");
    }
}
