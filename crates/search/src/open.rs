//! Opening an index: the one that is there if it is whole, else a new one, beside an old one that still
//! answers.

use std::path::Path;

use tantivy::TantivyError;
use thiserror::Error;

use crate::files;
use crate::index::{Place, SearchConfig, SearchIndex};
use crate::schema::Fields;

/// What was opened.
pub struct Opened {
    /// An index of this version.
    pub index: SearchIndex,
    /// Whether every page is in it. Else it is new and empty, and counts from when it is
    /// [finished](SearchIndex::finish); until then it answers from what was put into it so far.
    pub is_whole: bool,
    /// A whole index that another version of this code wrote, which answers until the new one is
    /// finished. Changes are put into both.
    pub old: Option<SearchIndex>,
}

/// Why an index could not be opened. What it holds is never a reason: that makes a new one.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Another writer holds it.
    #[error("the search index is in use by another process")]
    Busy,
    /// Its folder cannot be written, or the configuration does not fit.
    #[error("the search index could not be opened")]
    Engine {
        /// What the engine says.
        #[source]
        err: TantivyError,
    },
}

impl From<TantivyError> for OpenError {
    fn from(err: TantivyError) -> Self {
        match err {
            TantivyError::LockFailure(..) => Self::Busy,
            err => Self::Engine { err },
        }
    }
}

impl SearchIndex {
    /// Opens the index in `dir`. Every byte is checked.
    pub fn open(dir: &Path, config: SearchConfig) -> Result<Opened, OpenError> {
        let fields = Fields::new();
        // Before looking: a writer at work would make the files look damaged.
        files::lock_free(dir)?;
        let format = files::read_format(dir, &fields);
        let mut known = None;
        if let Some(format) = format {
            match files::open_whole(dir, &fields, format.generation) {
                Ok(index) => {
                    let place = Place {
                        dir: dir.to_owned(),
                        generation: format.generation,
                        is_whole: true,
                    };
                    known = Self::over(index, place, fields.clone(), config)?;
                }
                Err(reason) => tracing::warn!(%reason, "the search index cannot be used"),
            }
        }
        let kept = known.as_ref().and(format).map(|format| format.generation);
        let kept: Vec<u64> = kept.into_iter().collect();
        files::keep_only(dir, &kept).map_err(TantivyError::from)?;
        let is_current = format.is_some_and(|format| format.is_current);
        let (whole, old) = match known {
            Some(index) if is_current => (Some(index), None),
            old => (None, old),
        };
        let is_whole = whole.is_some();
        let index = whole.map_or_else(|| Self::create(dir, config), Ok)?;
        Ok(Opened {
            index,
            is_whole,
            old,
        })
    }

    /// A new and empty index in `dir`, beside one that is open there, which keeps its files until the
    /// new one is [finished](SearchIndex::finish).
    pub fn create(dir: &Path, config: SearchConfig) -> Result<Self, OpenError> {
        tracing::info!("building the search index anew");
        let fields = Fields::new();
        let (generation, index) = files::create(dir, &fields)?;
        let place = Place {
            dir: dir.to_owned(),
            generation,
            is_whole: false,
        };
        let made = Self::over(index, place, fields, config)?;
        made.ok_or(OpenError::Engine {
            err: TantivyError::InternalError("a new index has no progress".to_owned()),
        })
    }
}
