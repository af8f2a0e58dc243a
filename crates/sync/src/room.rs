//! One open page: who is here, what is under way to the journal, what is durable.
//!
//! | phase | sync messages of clients | leaves it with |
//! | --- | --- | --- |
//! | new | dropped; nobody is here | the first to come: load |
//! | loading | dropped, asked for later | loaded, or load failed: everybody is sent away |
//! | open | gate → journal → document → everyone else | a failed append or apply |
//! | discarding | dropped, asked for later | the last append under way has its outcome |
//! | paused | dropped, asked for later | a moment has passed: load |

mod answers;
mod clock;
mod commits;
mod frames;
mod lost;
mod members;
mod opening;
mod showing;

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use denkraum_domain::{PersonId, Timestamp};
use denkraum_gate::Gate;

use crate::document::Document;
use crate::peer::Peer;
use crate::presence::Presence;
use crate::{Channel, Effect, Input, Limits, RoomConfig, Storage};

/// The state of one open page. See the module's documentation.
pub struct Room {
    config: RoomConfig,
    phase: Phase,
    /// Boxed: a node of the map has room for eleven, and most pages are open to one or two.
    peers: BTreeMap<u64, Box<Peer>>,
    presence: Presence,
    /// Knows everything admitted, durable or not.
    gate: Gate,
    /// Holds what is durable, and nothing else.
    document: Document,
    /// By client: the person who first brought it.
    owners: BTreeMap<u64, PersonId>,
    /// Appends under way, oldest first.
    flights: VecDeque<Flight>,
    /// The number of the last append.
    last_append: u64,
    /// The position of the last entry in `document`.
    position: u64,
    since_snapshot: Tail,
    /// By client, how far the snapshot went that the page was loaded from.
    loaded: BTreeMap<u64, u64>,
    /// Text may have been lost that the shell was not asked to keep yet.
    has_lost: bool,
    /// Changes that were not passed on yet.
    changed: Option<Changed>,
    empty_since: Option<Timestamp>,
    /// When it was last told who is where.
    told_presence: Option<Timestamp>,
    /// Failures since the last durable append.
    failures: u32,
    /// Questions that wait for the page.
    reads: Vec<u64>,
    /// Changes of the server that wait for the page.
    edits: VecDeque<ServerEdit>,
    /// Whether anything can be saved, as far as it was told.
    storage: Storage,
    stopping: Stopping,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    New,
    Loading { again: bool },
    Open,
    Discarding,
    Paused { until: Timestamp },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stopping {
    No,
    Asked,
    Done,
}

#[derive(Clone, Copy, Debug)]
struct Changed {
    first: Timestamp,
    last: Timestamp,
}

/// What is in the document since the last snapshot.
#[derive(Clone, Copy, Debug, Default)]
struct Tail {
    updates: u64,
    /// The bytes of those updates.
    bytes: usize,
    /// The bytes of that snapshot; 0 without one.
    snapshot: usize,
}

impl Tail {
    /// Whether it costs more to read it again and again than to write a snapshot once.
    fn is_long(&self, limits: &Limits) -> bool {
        let weighs = self.bytes.saturating_mul(limits.compact_share) >= self.snapshot;
        (self.updates >= limits.compact_after && weighs) || self.updates >= limits.compact_at_most
    }
}

/// An append under way.
struct Flight {
    append: u64,
    update: Bytes,
    /// 0 for the server itself.
    conn: u64,
    /// The questions of the server that it answers.
    tokens: Vec<u64>,
    /// Its position, once durable.
    durable: Option<u64>,
}

struct ServerEdit {
    token: u64,
    by: PersonId,
    update: Bytes,
    create: bool,
}

impl Room {
    /// A room that nobody has entered; it loads the page when somebody does.
    pub fn new(config: RoomConfig) -> Self {
        let gate = Gate::new(config.schema.clone());
        Self {
            config,
            phase: Phase::New,
            peers: BTreeMap::new(),
            presence: Presence::default(),
            gate,
            document: Document::empty(),
            owners: BTreeMap::new(),
            flights: VecDeque::new(),
            last_append: 0,
            position: 0,
            since_snapshot: Tail::default(),
            loaded: BTreeMap::new(),
            has_lost: false,
            changed: None,
            empty_since: None,
            told_presence: None,
            failures: 0,
            reads: Vec::new(),
            edits: VecDeque::new(),
            storage: Storage::Writable,
            stopping: Stopping::No,
        }
    }

    /// Takes what happened at `now` and adds what is to be done to `out`.
    pub fn handle(&mut self, now: Timestamp, input: Input, out: &mut Vec<Effect>) {
        match input {
            Input::Loaded(page) => self.loaded(now, &page, out),
            Input::LoadFailed => self.load_failed(out),
            Input::Join {
                conn,
                member,
                extensions,
            } => self.join(now, conn, member, extensions, out),
            Input::Frame { conn, bytes } => self.frame(now, conn, &bytes, out),
            Input::Durable { appends } => self.durable(now, &appends, out),
            Input::AppendFailed { append } => self.append_failed(now, append, out),
            Input::Kept { people } => self.kept(now, &people, out),
            Input::Commented => self.commented(now, out),
            Input::Storage(storage) => self.storage_changed(now, storage, out),
            Input::PermitChanged {
                conn,
                access,
                reason,
            } => self.permit_changed(now, conn, access, reason, out),
            Input::Lagged { conn } => self.lagged(now, conn, out),
            Input::Leave { conn } => self.remove(now, conn, out),
            Input::Read { token } => self.read(now, token, out),
            Input::Edit {
                token,
                by,
                update,
                create,
            } => {
                let edit = ServerEdit {
                    token,
                    by,
                    update,
                    create,
                };
                self.edit(now, edit, out);
            }
            Input::Shutdown => self.shutdown(now, out),
            Input::Tick => self.tick(now, out),
        }
        self.finish_if_stopping(now, out);
    }

    fn send(
        &mut self,
        now: Timestamp,
        conn: u64,
        frame: Bytes,
        channel: Channel,
        out: &mut Vec<Effect>,
    ) {
        if let Some(peer) = self.peers.get_mut(&conn) {
            peer.last_sent = now;
            out.push(Effect::Send {
                conn,
                frame,
                channel,
            });
        }
    }
}

#[cfg(test)]
mod tests;
