//! Pages: creating, listing, reading, changing, taking away.

mod change;
mod create;
mod directory;
mod export;
mod facts;
mod fields;
mod keep;
mod list;
mod lost;
mod projection;
mod read;
mod reading;
mod shown;

pub use change::ChangeError;
pub use create::CreateError;
pub use fields::FieldError;
pub use keep::{KeepError, PageMove};
pub use lost::LostTextError;
pub use read::PageError;
pub use reading::ReadingPage;
pub use shown::{ShownField, ShownPart, day_in_words};

pub(crate) use create::Past;
pub(crate) use directory::{Directory, Entry};
pub(crate) use facts::{Archived, COLLECTION, KNOWN, PageRecord};
pub(crate) use fields::{answered, facets, field_json, field_value, forget_other_entries};
pub(crate) use projection::{Projection, plain_page, searchable};
pub(crate) use shown::shown_fields;
