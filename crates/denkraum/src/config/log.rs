//! What is logged, and how.

use tracing_subscriber::EnvFilter;

use super::{ConfigError, ConfigFile};
use crate::cli::Serve;

pub(crate) struct LogConfig {
    pub(crate) filter: EnvFilter,
    pub(crate) json: bool,
}

impl LogConfig {
    pub(crate) fn validate(arguments: &Serve, file: &ConfigFile) -> Result<Self, ConfigError> {
        let filter = arguments
            .log
            .as_deref()
            .or(file.log.filter.as_deref())
            .unwrap_or("info,tantivy=error");
        let filter = EnvFilter::try_new(filter)
            .map_err(|error| ConfigError::option("log", format!("{error}; try info or debug")))?;
        Ok(Self {
            filter,
            json: arguments.log_json || file.log.json,
        })
    }
}
