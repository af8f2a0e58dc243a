//! Where the data is and which city it is for.

use std::path::PathBuf;

use denkraum_app::{ATTACHMENT_BYTES, AttachmentsConfig, Extractor};

use super::{ConfigError, ConfigFile};
use crate::cli::Data;

pub(crate) struct DataConfig {
    pub(crate) dir: PathBuf,
    pub(crate) city: Option<PathBuf>,
}

impl DataConfig {
    pub(crate) fn validate(arguments: &Data, file: &ConfigFile) -> Result<Self, ConfigError> {
        let dir = arguments.dir.clone().or_else(|| file.data.dir.clone());
        let Some(dir) = dir else {
            let reason = "say where the data is: --data-dir DIR, DENKRAUM_DATA_DIR, or dir = \"…\" in [data]";
            return Err(ConfigError::option("data_dir", reason));
        };
        let city = arguments.city.clone().or_else(|| file.data.city.clone());
        if let Some(city) = city.as_ref().filter(|city| !city.is_dir()) {
            let reason = format!("{} is not a folder", city.display());
            return Err(ConfigError::option("city", reason));
        }
        Ok(Self { dir, city })
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.dir.join("journal")
    }

    pub(crate) fn view(&self) -> PathBuf {
        self.dir.join("view")
    }

    pub(crate) fn search(&self) -> PathBuf {
        self.dir.join("search")
    }

    /// The files that people attach.
    pub(crate) fn blobs(&self) -> PathBuf {
        self.dir.join("blobs")
    }

    /// How they are kept, if nothing else is said.
    pub(crate) fn attachments(&self, extractor: Option<Extractor>) -> AttachmentsConfig {
        AttachmentsConfig {
            dir: self.blobs(),
            max_bytes: ATTACHMENT_BYTES,
            extractor,
        }
    }

    /// Which pages the engine is busy with, for the case that it ends the process.
    pub(crate) fn applying(&self) -> PathBuf {
        self.dir.join("applying")
    }

    /// How the demonstration's people sign in; only there after a start with `--demo`.
    pub(crate) fn demo_sign_ins(&self) -> PathBuf {
        self.dir.join("demo-sign-ins.tsv")
    }
}
