//! Tokio shell around rooms: mailboxes, timers, registry of open pages.
//!
//! What a page means and how it is spoken about on the wire is decided in `denkraum-sync`; here
//! its effects are carried out, in order, by one task per open page.

mod aside;
mod config;
mod connection;
mod error;
mod guard;
mod kept;
mod mail;
mod marks;
mod page;
mod queue;
mod registry;
mod rooms;
mod trial;

pub use aside::{SET_ASIDE, opens};
pub use config::{Clock, RoomsConfig};
pub use connection::{Closed, Connection, Inbox, Outbound, Outbox};
pub use denkraum_sync::{
    AccessReason, CloseCode, EditFailure, Extensions, FieldShape, Hue, Limits, ScalarType, Schema,
    SchemaError, Timing, close,
};
pub use error::{EditError, JoinError, ReadError};
pub use kept::{KeptError, KeptText};
pub use queue::{Wire, Written};
/// The collections of records that rooms keep, each with the newest version of its values that is known.
pub const COLLECTIONS: [(&str, u16); 2] = [
    (aside::SET_ASIDE, aside::VERSION),
    (kept::COLLECTION, kept::VERSION),
];

pub use rooms::{JoinPermit, Profile, Rooms, Settled};
pub use trial::{Trial, Trials, answer as answer_trials};
