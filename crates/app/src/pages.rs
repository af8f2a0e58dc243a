//! Pages: creating, listing, reading, changing, taking away.

mod change;
mod create;
mod directory;
mod export;
mod facts;
mod fields;
mod list;
mod projection;
mod read;

pub use change::ChangeError;
pub use create::CreateError;
pub use fields::FieldError;
pub use read::PageError;

pub(crate) use directory::{Directory, Entry};
pub(crate) use facts::{COLLECTION, PageRecord};
pub(crate) use fields::{facets, field_value};
pub(crate) use projection::{Projection, searchable};
