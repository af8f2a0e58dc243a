//! Load on servers that speak the y-websocket protocol, and how well they bear it.
//!
//! One thread plays all clients, on a hand-written WebSocket and a reader of updates that only counts
//! clocks: a generator must cost far less than the server that it measures. Every server gets the same
//! bytes: what our editor sends when somebody types into a paragraph of their own.
//!
//! - [`Target`] starts ours, a peer from a package registry, or the bare relay (`denkraum-relay`).
//! - [`Crowd`] connects clients and types by a fixed plan, whatever the server does (open loop).
//! - [`World`] knows when each edit was due and who has it; latency counts from the time it was due.
//! - [`scenario`] holds what is measured; each gives JSON objects, one a line in the program's output.
//!
//! [`Data`] and [`Server`] are also what `tests/crash` starts our server with.

mod any;
mod crowd;
mod data;
mod dice;
mod edits;
mod error;
mod history;
mod measure;
mod numbers;
mod process;
pub mod scenario;
mod server;
mod target;
mod typist;
mod updates;
mod websocket;
mod wire;
mod world;

pub use crowd::{Crowd, Plan};
pub use data::{Account, Data};
pub use dice::{Dice, fresh_seed};
pub use error::LoadError;
pub use history::History;
pub use measure::{Measured, measure};
pub use process::Usage;
pub use server::{Launch, Server};
pub use target::{Kind, Running, Target};
pub use typist::Typist;
pub use world::World;
