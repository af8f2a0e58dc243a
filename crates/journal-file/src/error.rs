//! Why a journal was not opened.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why a journal was not opened. Nothing was changed.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Another program has it open.
    #[error("{path} is in use by another program{}", process(*.pid))]
    Locked {
        /// The journal's folder.
        path: PathBuf,
        /// The number of the process, if it can be read.
        pid: Option<u32>,
    },
    /// A file or folder could not be read or written.
    #[error("could not {action} {path}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        err: io::Error,
    },
    /// There are journal files, but the manifest that names them is missing.
    #[error("the manifest is missing in {path}, but there are journal files")]
    ManifestMissing {
        /// The journal's folder.
        path: PathBuf,
    },
    /// Both copies in the manifest are damaged.
    #[error("the manifest {path} is damaged")]
    ManifestDamaged {
        /// The manifest.
        path: PathBuf,
    },
    /// A newer version of the program wrote it.
    #[error(
        "{path} has format {found}, but this program knows {known}: a newer version wrote it, use that one"
    )]
    NewerFormat {
        /// The manifest.
        path: PathBuf,
        /// The format found.
        found: u32,
        /// The newest format known.
        known: u32,
    },
    /// A file that the manifest names is not there.
    #[error("the journal file {path} is missing")]
    FileMissing {
        /// The file.
        path: PathBuf,
    },
    /// A file belongs to another journal or another place in this one.
    #[error("the journal file {path} belongs to another journal")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// There is a file with entries that the manifest does not know: the manifest is an older one.
    #[error("the journal file {path} holds entries, but the manifest does not name it")]
    Unnamed {
        /// The file.
        path: PathBuf,
    },
    /// The thread that writes could not be started.
    #[error("could not start the thread that writes")]
    Thread(#[source] io::Error),
}

fn process(pid: Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})"))
        .unwrap_or_default()
}
