//! A file of declarations with the means to point at a place in it.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use thiserror::Error;
use toml::Spanned;

use super::CityFiles;

/// Why a city cannot be started.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// A file is not there.
    #[error("{path}: the file is missing")]
    Missing {
        /// The file.
        path: String,
    },
    /// A file says something that it may not.
    #[error("{path}:{line}: {reason}")]
    Invalid {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what is allowed.
        reason: String,
    },
}

/// One file with the means to point at a place in it.
pub(super) struct File<'a> {
    path: String,
    text: &'a str,
}

impl<'a> File<'a> {
    pub(super) fn open(files: &'a CityFiles, name: &str) -> Result<Self, CatalogueError> {
        let path = files.path_of(name);
        match files.get(name) {
            Some(text) => Ok(Self { path, text }),
            None => Err(CatalogueError::Missing { path }),
        }
    }

    pub(super) fn parse<T: DeserializeOwned>(&self) -> Result<T, CatalogueError> {
        toml::from_str(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.invalid(at, error.message().to_owned())
        })
    }

    pub(super) fn invalid(&self, at: usize, reason: String) -> CatalogueError {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        CatalogueError::Invalid {
            path: self.path.clone(),
            line,
            reason,
        }
    }

    /// An id that no other entry of the list has.
    pub(super) fn id<T, E: std::fmt::Display>(
        &self,
        raw: &Spanned<String>,
        seen: &mut BTreeSet<String>,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Result<T, CatalogueError> {
        let text = raw.get_ref();
        let at = raw.span().start;
        let id =
            parse(text).map_err(|error| self.invalid(at, format!("id \"{text}\": {error}")))?;
        if !seen.insert(text.clone()) {
            return Err(self.invalid(at, format!("id \"{text}\" is there twice")));
        }
        Ok(id)
    }
}
