//! The configuration: a TOML file with one section per concern, under what the command line and the
//! environment say.

pub(crate) mod attachments;
mod data;
mod file;
mod log;
pub(crate) mod rooms;
mod server;

use std::path::Path;

use thiserror::Error;

pub(crate) use data::DataConfig;
pub(crate) use file::ConfigFile;
pub(crate) use log::LogConfig;
pub(crate) use server::ServerConfig;

/// Why the configuration cannot be used. It says where, and what is allowed.
#[derive(Debug, Error)]
pub(crate) enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the operating system said.
        reason: String,
    },
    /// The file says something that it may not.
    #[error("{path}:{line}: {reason}")]
    Invalid {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what is allowed.
        reason: String,
    },
    /// An option is missing or has a wrong value.
    #[error("{option}: {reason}")]
    Option {
        /// The option.
        option: &'static str,
        /// What is wrong and what is allowed.
        reason: String,
    },
}

impl ConfigError {
    fn option(option: &'static str, reason: impl Into<String>) -> Self {
        Self::Option {
            option,
            reason: reason.into(),
        }
    }
}

/// Reads the file, or takes an empty one.
pub(crate) fn read(path: Option<&Path>) -> Result<ConfigFile, ConfigError> {
    path.map_or_else(|| Ok(ConfigFile::default()), ConfigFile::read)
}
