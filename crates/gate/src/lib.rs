//! Strict validator of foreign Yjs bytes, before yrs sees them.
//!
//! yrs must never see what a stranger wrote: mutated updates abort the process, hang it or reserve
//! gigabytes. The gate reads an update without recursion, allocates in proportion to its bytes,
//! and knows of the page what it needs to place each struct: which node holds it, how deep it
//! stands, under which key. So it can say of every struct whether the schema lets it stand there,
//! before it is written to the journal, applied, or sent to anyone. The rules are numbered in
//! `docs/SPEC-gate.md`.
//!
//! Absent on purpose: yrs, text that was let in, a clock, input and output. Whose a client id is,
//! is decided in `sync`.

mod any;
mod bytes;
mod check;
mod gate;
mod href;
mod known;
mod mark;
mod merge;
mod schema;
mod split;
mod state_vector;
mod texts;
mod unnamed;
mod verdict;
mod wire;
mod write;

#[cfg(test)]
mod fuzz;

pub use gate::{Gate, Writer};
pub use merge::merge;
pub use schema::{
    FieldShape, Limits, MAX_CHOICE_CHARS, MAX_ORDER_CHARS, ScalarType, Schema, SchemaError,
};
pub use split::{Parts, split};
pub use state_vector::{StateVectorError, check_state_vector};
pub use texts::{TextPiece, texts};
pub use verdict::{Admission, HeldReason, RefusedReason, Rejection, SeedError};

/// The highest clock: 2^30. Beyond it the arithmetic of yrs overflows. [G-3]
pub const MAX_CLOCK: u32 = 1 << 30;
/// How many clients one update may bring content of.
pub const MAX_UPDATE_CLIENTS: usize = 16_384;
/// How many clients one page may have; every opening of a page in a browser makes one.
pub const MAX_PAGE_CLIENTS: usize = 65_536;
