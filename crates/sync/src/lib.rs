//! One open page as a state machine, and the y-sync wire it speaks.
//!
//! A [`Room`] takes an [`Input`] at a point in time and answers with [`Effect`]s; it knows no
//! sockets, tasks, clocks or disks. An update goes gate → journal → room → everyone else: what
//! others see is durable. The rules are numbered in `docs/SPEC-sync.md` and named by the tests.

mod codec;
mod config;
mod document;
mod effect;
mod input;
mod ledger;
mod lost;
mod member;
mod peer;
mod presence;
mod questions;
mod room;
mod shown;

pub use codec::{
    AwarenessEntry, MalformedFrame, Message, awareness_frame, parse_frame, step1_frame,
    step2_frame, update_frame,
};
pub use config::{Limits, Pace, RateLimit, RoomConfig, Timing};
pub use denkraum_gate::{FieldShape, ScalarType, Schema, SchemaError};
pub use document::{LoadedPage, ReplayError, durable_state};
pub use effect::{Channel, CloseCode, Effect, Report, close};
pub use input::{EditFailure, Input, ReadFailure};
pub use lost::{LostText, lost_texts};
pub use member::{AccessReason, Extensions, Hue, Member, Storage};
pub use room::Room;
