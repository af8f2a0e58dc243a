//! Pages: listing, creating, reading, changing, taking away.

pub(super) mod archive;
pub(super) mod attachments;
pub(super) mod change;
pub(super) mod comments;
pub(super) mod create;
mod errors;
pub(super) mod export;
pub(super) mod list;
pub(super) mod lost;
pub(super) mod related;
pub(super) mod relocate;
pub(super) mod restore;
pub(super) mod show;

mod fields;
mod view;

pub(super) use crate::answers::Answer;
pub(super) use errors::{field_error, read_error};
pub(super) use export::as_file;
