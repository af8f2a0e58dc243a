//! Why a change was not saved, in the words that whoever wants to save it can act on.

use denkraum_rooms::{EditError, EditFailure, KeptError};
use denkraum_store::PutError;

/// What stood in the way of saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// The page would grow beyond what one page may hold: too long, or nested too deeply.
    TooLarge,
    /// Something in it stands where pages do not have it.
    Misfit,
    /// Somebody else changed the same thing at the same moment; trying again helps.
    Conflict,
    /// The page is set aside; somebody has to mend it.
    SetAside,
    /// The server is stopping; it will be there again.
    Stopping,
    /// Nothing can be saved at the moment, or something broke; [`App::readiness`] says which.
    ///
    /// [`App::readiness`]: crate::App::readiness
    NotStored,
}

impl From<&EditError> for Unsaved {
    fn from(error: &EditError) -> Self {
        match error {
            EditError::Failed { err, .. } => match err {
                EditFailure::TooLarge(_) => Self::TooLarge,
                EditFailure::Refused(_) => Self::Misfit,
                EditFailure::Held(_) | EditFailure::Exists => Self::Conflict,
                EditFailure::Stopping => Self::Stopping,
                EditFailure::NotLoaded | EditFailure::NotStored => Self::NotStored,
            },
            EditError::Stopping => Self::Stopping,
            EditError::Interrupted(_) => Self::NotStored,
            EditError::SetAside(_) => Self::SetAside,
        }
    }
}

impl From<&KeptError> for Unsaved {
    fn from(error: &KeptError) -> Self {
        match error {
            KeptError::Put(error) => error.into(),
            _ => Self::NotStored,
        }
    }
}

impl From<&PutError> for Unsaved {
    fn from(error: &PutError) -> Self {
        match error {
            PutError::Conflict { .. } => Self::Conflict,
            _ => Self::NotStored,
        }
    }
}
