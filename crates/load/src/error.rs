//! What can go wrong while measuring.

use std::io;

use thiserror::Error;

/// Why a measurement could not be made.
#[derive(Debug, Error)]
pub enum LoadError {
    /// A file, a process or a socket did not do what was asked.
    #[error("{what}: {error}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system said.
        error: io::Error,
    },
    /// A program ended badly.
    #[error("`{program}` failed: {reason}")]
    Program {
        /// The program and how it was called.
        program: String,
        /// What it said.
        reason: String,
    },
    /// Something did not come in the time that it may take.
    #[error("{0} did not come in time")]
    Late(&'static str),
    /// A server refused a connection or ended it too early.
    #[error("{0}")]
    Refused(String),
    /// A file with an editing history has another form.
    #[error("{path}: {reason}")]
    History {
        /// The file.
        path: String,
        /// What is wrong.
        reason: String,
    },
}

impl LoadError {
    /// For `map_err`: names what was tried.
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |error| Self::Io { what, error }
    }
}
