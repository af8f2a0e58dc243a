//! Looks at everything that goes into a room and comes out of it.

mod follows;
mod frames;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bytes::Bytes;
use denkraum_domain::{Access, PersonId, Timestamp};
use denkraum_sync::{
    AccessReason, Channel, Effect, Extensions, Input, LoadedPage, Message, Storage, close,
    parse_frame,
};

use super::oracle::Oracle;
use crate::rules::holds;
use crate::support::{self, Ids};

/// The times of SPEC-sync, in milliseconds.
const ASK_AGAIN: i64 = 1_000;
const QUIET: i64 = 15_000;
const SETTLE_AT_MOST: i64 = 2_500;
const PAUSE: i64 = 250;
/// Answers that may be given ahead of their time, and the first.
const AHEAD: i64 = 5;

/// What is known of one room.
#[derive(Default)]
pub(crate) struct Watch {
    pub(crate) conns: BTreeMap<u64, Conn>,
    pub(crate) is_loaded: bool,
    /// An append failed, and the page was not loaded again.
    is_discarding: bool,
    pause: Pause,
    /// What stood in the snapshot that the page was loaded from.
    loaded: Ids,
    /// What an answer deleted of that counts as seen: it does not say what its sender had seen.
    pub(crate) counts_as_seen: Ids,
    /// What has just become part of the document.
    pub(crate) committed: Vec<Bytes>,
    /// What the server wants to begin pages with.
    beginnings: Vec<Bytes>,
    is_stopping: bool,
    /// Whether anything can be saved, as the room was last told.
    storage: Storage,
    /// Appends that are neither in the document nor discarded, in their order.
    flights: VecDeque<Flight>,
    last_append: u64,
    /// Who has named which client in a presence frame.
    claims: BTreeMap<u64, BTreeSet<PersonId>>,
    /// The state of each client as it was last shown to all: its clock, and whether it was there.
    shown: BTreeMap<u64, Shown>,
    /// Counts what was looked at.
    turn: u64,
    owners: BTreeMap<u64, PersonId>,
    /// When something changed that was not passed on yet.
    changed: Option<Timestamp>,
}

pub(crate) struct Conn {
    pub(crate) person: PersonId,
    pub(crate) access: Access,
    reason: AccessReason,
    extensions: Extensions,
    joined: Timestamp,
    /// It has asked for what it lacks, and was answered.
    has_asked: bool,
    is_synced: bool,
    answers: i64,
    last_asked: Option<Timestamp>,
    last_sent: Timestamp,
    received: u64,
    /// The last append before it came.
    joined_after: u64,
}

/// A state of presence as everybody was told it.
#[derive(Debug)]
struct Shown {
    clock: u64,
    is_there: bool,
    /// In this turn; every receiver has a frame of its own.
    turn: u64,
}

struct Flight {
    append: u64,
    conn: u64,
    update: Bytes,
    is_durable: bool,
}

/// How long a page that failed is not loaded again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pause {
    /// Until all appends under way have their outcome, and longer.
    #[default]
    Open,
    /// Since this moment all have it.
    Since(Timestamp),
    /// It was heard then that entries are taken again.
    Over,
    /// It is being loaded.
    Loading,
}

type Stored<'a> = &'a dyn Fn() -> LoadedPage;

impl Watch {
    pub(crate) fn look(
        &mut self,
        now: Timestamp,
        input: &Input,
        out: &[Effect],
        oracle: &Oracle,
        stored: Stored<'_>,
    ) {
        self.turn += 1;
        self.check_storage(input, out);
        self.check_rights(input, out);
        let committed = self.take_in(now, input);
        let updates = committed.iter().map(|flight| flight.update.clone());
        self.committed.extend(updates);
        self.check_answer_to(input, out);
        if self.is_discarding {
            let goes_on = out.iter().any(|effect| {
                let is_part = matches!(
                    effect,
                    Effect::Send {
                        channel: Channel::Document,
                        ..
                    }
                );
                is_part || matches!(effect, Effect::Append { .. })
            });
            holds("S-16", !goes_on, || {
                "went on after a failed append".to_owned()
            });
        }
        let mut last_shown = None;
        for effect in out {
            match effect {
                Effect::Send {
                    conn,
                    frame,
                    channel,
                } => {
                    let message = self.check_sent(now, input, (*conn, frame, *channel));
                    if let Some(update) = message
                        && last_shown != Some(frame)
                    {
                        oracle.check_durable("S-10", update, stored);
                        last_shown = Some(frame);
                    }
                    if let Ok(Message::Step2(update)) = parse_frame(frame) {
                        check_nothing_deleted(update);
                    }
                }
                Effect::Append {
                    append,
                    update,
                    by,
                    conn,
                    clients,
                } => {
                    self.check_append(*conn, *by, clients);
                    self.check_is_news(update, oracle);
                    self.check_beginning(*conn, update, oracle, stored);
                    self.note_answer(input, update);
                    self.last_append = *append;
                    self.flights.push_back(Flight {
                        append: *append,
                        conn: *conn,
                        update: update.clone(),
                        is_durable: false,
                    });
                }
                Effect::Close { conn, code, .. } => self.check_closed(input, *conn, *code),
                Effect::Project { state, .. } => {
                    oracle.check_durable("S-31", state, stored);
                    self.changed = None;
                }
                Effect::State {
                    state: Ok(state), ..
                } => oracle.check_durable("S-29", state, stored),
                Effect::Load => self.check_load(now),
                _ => {}
            }
        }
        self.check_order(&committed, out);
        if matches!(input, Input::LoadFailed) {
            *self = Self {
                is_stopping: self.is_stopping,
                storage: self.storage,
                ..Self::default()
            };
        }
    }

    /// The room has ended: nothing was left under way.
    pub(crate) fn check_ended(&self) {
        let is_left = self.flights.iter().any(|flight| !flight.is_durable);
        holds("S-33", !is_left || self.is_discarding, || {
            "ended with appends under way".to_owned()
        });
    }

    /// Notes what happened; gives the appends that come into the document by it, in their order.
    fn take_in(&mut self, now: Timestamp, input: &Input) -> Vec<Flight> {
        match input {
            Input::Join {
                conn,
                member,
                extensions,
            } if !self.is_stopping => {
                let joined = Conn {
                    person: member.person,
                    access: member.access,
                    reason: AccessReason::Role,
                    extensions: *extensions,
                    joined: now,
                    has_asked: false,
                    is_synced: false,
                    answers: 0,
                    last_asked: None,
                    last_sent: now,
                    received: 0,
                    joined_after: self.last_append,
                };
                self.conns.insert(*conn, joined);
            }
            Input::Frame { conn, bytes } => self.take_in_frame(*conn, bytes),
            Input::Loaded(page) => {
                self.is_loaded = true;
                self.is_discarding = false;
                self.pause = Pause::Open;
                self.flights.clear();
                let snapshot = page.snapshot.as_deref().map(support::contents);
                self.loaded = snapshot.map(|(written, _)| written).unwrap_or_default();
                self.owners = page.owners.iter().copied().collect();
            }
            Input::LoadFailed => self.is_loaded = false,
            Input::AppendFailed { append }
                if self.flights.iter().any(|flight| flight.append == *append) =>
            {
                self.is_loaded = false;
                self.is_discarding = true;
                self.flights.retain(|flight| flight.append != *append);
                self.changed = None;
                self.pause_if_all_are_known(now);
            }
            Input::Durable { appends } => {
                for flight in &mut self.flights {
                    flight.is_durable |= appends.iter().any(|(append, _)| *append == flight.append);
                }
                if self.is_loaded {
                    let committed = self
                        .flights
                        .iter()
                        .take_while(|flight| flight.is_durable)
                        .count();
                    if committed > 0 {
                        self.changed.get_or_insert(now);
                    }
                    return self.flights.drain(..committed).collect();
                }
                self.pause_if_all_are_known(now);
            }
            Input::PermitChanged {
                conn,
                access: Some(access),
                reason,
            } => {
                if let Some(conn) = self.conns.get_mut(conn) {
                    (conn.access, conn.reason) = (*access, *reason);
                }
                self.forget_shown();
            }
            Input::Leave { conn } => {
                self.conns.remove(conn);
                self.forget_shown();
            }
            Input::Shutdown => self.is_stopping = true,
            Input::Storage(storage) => {
                let is_back = *storage == Storage::Writable && *storage != self.storage;
                if is_back && matches!(self.pause, Pause::Since(_)) {
                    self.pause = Pause::Over;
                }
                self.storage = *storage;
            }
            Input::Edit {
                update,
                create: true,
                ..
            } => self.beginnings.push(update.clone()),
            _ => {}
        }
        Vec::new()
    }

    /// Nobody is left who would be told that somebody has gone.
    fn forget_shown(&mut self) {
        if self.conns.len() <= 1 {
            for shown in self.shown.values_mut() {
                shown.is_there = false;
            }
        }
    }

    fn take_in_frame(&mut self, conn: u64, bytes: &Bytes) {
        let Some(conn) = self.conns.get_mut(&conn) else {
            return;
        };
        match parse_frame(bytes) {
            Ok(Message::Step1(_)) => conn.has_asked = true,
            Ok(Message::Step2(_) | Message::Update(_)) => conn.received += 1,
            Ok(Message::Awareness(entries)) => {
                for entry in entries {
                    self.claims
                        .entry(entry.client)
                        .or_default()
                        .insert(conn.person);
                }
            }
            _ => {}
        }
    }

    /// Who may write, what is taken while the page is not there, and whose clients are extended.
    fn check_append(&mut self, conn: u64, by: PersonId, clients: &[u64]) {
        holds("S-7", self.is_loaded, || {
            "admitted to a page that is not loaded".to_owned()
        });
        let sender = self.conns.get(&conn);
        let may_write = sender.is_some_and(|sender| sender.access == Access::Edit);
        holds("S-26", conn == 0 || may_write, || {
            format!("connection {conn} wrote without the right to")
        });
        for client in clients {
            let owner = *self.owners.entry(*client).or_insert(by);
            let is_here = self.conns.values().any(|conn| conn.person == owner);
            holds("S-19", owner == by || conn == 0 || !is_here, || {
                format!("client {client} of {owner}, who is here, was extended by {by}")
            });
        }
    }

    /// Something in it is neither durable nor under way.
    fn check_is_news(&self, update: &[u8], oracle: &Oracle) {
        let (written, deleted) = support::contents(update);
        let under_way: Vec<_> = self
            .flights
            .iter()
            .map(|flight| support::contents(&flight.update))
            .collect();
        let is_new = written.iter().any(|id| {
            !oracle.has_written(id) && !under_way.iter().any(|(written, _)| written.contains(id))
        }) || deleted.iter().any(|id| {
            !oracle.has_deleted(id) && !under_way.iter().any(|(_, deleted)| deleted.contains(id))
        });
        holds("S-12", is_new, || {
            "journalled without anything new".to_owned()
        });
    }

    fn check_closed(&mut self, input: &Input, conn: u64, code: u16) {
        let known = self.conns.remove(&conn);
        self.forget_shown();
        let expected: &[u16] = match input {
            Input::Frame { .. } => &[close::MALFORMED, close::TOO_LARGE, close::TOO_FAST],
            Input::Join { .. } | Input::Shutdown => &[close::RESTART],
            Input::LoadFailed => &[close::TRY_AGAIN],
            Input::PermitChanged { .. } => &[close::SIGNED_OUT, close::NOT_ALLOWED],
            _ => &[],
        };
        holds("S-34", expected.contains(&code), || {
            let who = known.map(|known| known.person);
            format!("{who:?} was closed with {code} on {input:?}")
        });
    }
}

/// What a client lacks is told without the words that were deleted.
fn check_nothing_deleted(answer: &[u8]) {
    let (_, deleted) = support::contents(answer);
    let words = support::text_ids(answer);
    let told: Vec<_> = words.intersection(&deleted).collect();
    holds("S-7", told.is_empty(), || {
        format!("deleted text was told: {told:?}")
    });
}
