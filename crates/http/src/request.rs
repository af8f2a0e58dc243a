//! What a request brings, parsed strictly: whatever is not understood is an error that names the
//! field.

mod json;
mod path;
mod query;

pub(crate) use json::{Json, unread};
pub(crate) use path::{PagePath, PersonPath, SpacePath};
pub(crate) use query::{FromParameters, Parameters, Query};
