//! Looks at everything that goes into a room and comes out of it.

mod frames;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bytes::Bytes;
use denkraum_domain::{Access, PersonId, Timestamp};
use denkraum_sync::{
    AccessReason, Channel, Effect, Extensions, Input, LoadedPage, Message, Storage, close,
    parse_frame,
};

use super::oracle::Oracle;
use crate::rules::{equal, holds};
use crate::support;

/// The times of SPEC-sync, in milliseconds.
const ASK_AGAIN: i64 = 1_000;
const QUIET: i64 = 15_000;
const SETTLE_AT_MOST: i64 = 3_000;
/// Answers that may be given ahead of their time, and the first.
const AHEAD: i64 = 5;

/// What is known of one room.
#[derive(Default)]
pub(crate) struct Watch {
    pub(crate) conns: BTreeMap<u64, Conn>,
    pub(crate) is_loaded: bool,
    /// An append failed, and the page was not loaded again.
    is_discarding: bool,
    is_stopping: bool,
    /// Whether anything can be saved, as the room was last told.
    storage: Storage,
    /// Appends that are neither in the document nor discarded, in their order.
    flights: VecDeque<Flight>,
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
    extensions: Extensions,
    joined: Timestamp,
    /// It has asked for what it lacks, and was answered.
    has_asked: bool,
    is_synced: bool,
    answers: i64,
    last_asked: Option<Timestamp>,
    last_sent: Timestamp,
    received: u64,
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
        let committed = self.take_in(now, input);
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
                _ => {}
            }
        }
        check_order(&committed, out);
        self.check_times(now, input);
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
                    extensions: *extensions,
                    joined: now,
                    has_asked: false,
                    is_synced: false,
                    answers: 0,
                    last_asked: None,
                    last_sent: now,
                    received: 0,
                };
                self.conns.insert(*conn, joined);
            }
            Input::Frame { conn, bytes } => self.take_in_frame(*conn, bytes),
            Input::Loaded(page) => {
                self.is_loaded = true;
                self.is_discarding = false;
                self.flights.clear();
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
            }
            Input::PermitChanged {
                conn,
                access: Some(access),
                ..
            } => {
                if let Some(conn) = self.conns.get_mut(conn) {
                    conn.access = *access;
                }
                self.forget_shown();
            }
            Input::Leave { conn } => {
                self.conns.remove(conn);
                self.forget_shown();
            }
            Input::Shutdown => self.is_stopping = true,
            Input::Storage(storage) => self.storage = *storage,
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

    /// Whoever asked for it is told when nothing can be saved, and nobody else.
    fn check_storage(&self, input: &Input, out: &[Effect]) {
        let told: BTreeSet<u64> = out
            .iter()
            .filter_map(|effect| match effect {
                Effect::Send { conn, frame, .. } if frame[0] == 105 => Some(*conn),
                _ => None,
            })
            .collect();
        let expected: BTreeSet<u64> = match input {
            Input::Storage(storage) if *storage != self.storage => {
                let asked = self
                    .conns
                    .iter()
                    .filter(|(_, conn)| conn.extensions.storage);
                asked.map(|(conn, _)| *conn).collect()
            }
            Input::Join {
                conn, extensions, ..
            } if !self.is_stopping && extensions.storage && self.storage != Storage::Writable => {
                [*conn].into()
            }
            _ => BTreeSet::new(),
        };
        equal("S-43", &told, &expected, || {
            "told of the storage".to_owned()
        });
    }

    /// What has to follow at once.
    fn check_answer_to(&self, input: &Input, out: &[Effect]) {
        let sent_to = |conn: u64| {
            out.iter().filter_map(move |effect| match effect {
                Effect::Send {
                    conn: to, frame, ..
                } if *to == conn => Some(frame),
                _ => None,
            })
        };
        let closed_with = |conn: u64| {
            out.iter().find_map(|effect| match effect {
                Effect::Close {
                    conn: closed, code, ..
                } if *closed == conn => Some(*code),
                _ => None,
            })
        };
        match input {
            Input::Join { conn, .. } if self.is_stopping => {
                holds("S-33", closed_with(*conn) == Some(close::RESTART), || {
                    "let in while stopping".to_owned()
                });
            }
            Input::Join {
                conn, extensions, ..
            } => {
                if extensions.access {
                    let first = sent_to(*conn).next().map(|frame| frame[0]);
                    holds("S-9", first == Some(102), || {
                        format!("first came {first:?}")
                    });
                }
                if self.shown.values().any(|shown| shown.is_there) {
                    let is_told = sent_to(*conn).any(|frame| frame[0] == 1);
                    holds("S-9", is_told, || "not told who is here".to_owned());
                }
            }
            Input::LoadFailed => {
                for conn in self.conns.keys() {
                    let code = closed_with(*conn);
                    holds("S-7", code == Some(close::TRY_AGAIN), || {
                        format!("a page that cannot be loaded: {code:?}")
                    });
                }
            }
            Input::Shutdown => {
                for conn in self.conns.keys() {
                    let code = closed_with(*conn);
                    holds("S-33", code == Some(close::RESTART), || {
                        format!("told {code:?}")
                    });
                }
            }
            Input::PermitChanged {
                conn,
                access: None,
                reason,
            } if self.conns.contains_key(conn) => {
                let expected = match reason {
                    AccessReason::SignedOut => close::SIGNED_OUT,
                    _ => close::NOT_ALLOWED,
                };
                let code = closed_with(*conn);
                holds("S-27", code == Some(expected), || {
                    format!("{code:?}, not {expected}")
                });
            }
            Input::Commented => {
                for (conn, known) in &self.conns {
                    let is_told = sent_to(*conn).any(|frame| frame[0] == 104);
                    holds("S-42", is_told == known.extensions.comments, || {
                        format!("{conn} heard of comments: {is_told}")
                    });
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
            !oracle.written.contains(id)
                && !under_way.iter().any(|(written, _)| written.contains(id))
        }) || deleted.iter().any(|id| {
            !oracle.deleted.contains(id)
                && !under_way.iter().any(|(_, deleted)| deleted.contains(id))
        });
        holds("S-12", is_new, || {
            "journalled without anything new".to_owned()
        });
    }

    fn check_times(&self, now: Timestamp, input: &Input) {
        if !matches!(input, Input::Tick) {
            return;
        }
        for (conn, known) in &self.conns {
            let quiet = now.millis_since(known.last_sent);
            holds("S-25", quiet < QUIET, || {
                format!("{conn} was sent nothing for {quiet} ms")
            });
        }
        let waits = self.changed.map_or(0, |changed| now.millis_since(changed));
        holds("S-31", waits < SETTLE_AT_MOST || !self.is_loaded, || {
            format!("not passed on for {waits} ms")
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

/// Updates go out in the order of the journal, to everybody but who brought them.
fn check_order(committed: &[Flight], out: &[Effect]) {
    let mut next = BTreeMap::<u64, usize>::new();
    let mut shown = BTreeMap::<u64, usize>::new();
    for effect in out {
        let Effect::Send {
            conn,
            frame,
            channel: Channel::Document,
        } = effect
        else {
            continue;
        };
        let Ok(Message::Update(update)) = parse_frame(frame) else {
            continue;
        };
        let count = shown.entry(*conn).or_default();
        *count += 1;
        let (count, most) = (*count, committed.len());
        holds("S-37", most == 0 || count <= most, || {
            format!("{count} messages for {most} updates")
        });
        let as_made = committed.iter().position(|flight| flight.update == update);
        let Some(turn) = as_made else { continue };
        holds("S-10", committed[turn].conn != *conn, || {
            format!("sent back to {conn}")
        });
        let expected = next.entry(*conn).or_default();
        holds("S-11", turn >= *expected, || {
            format!("append {turn} came after {expected}")
        });
        *expected = turn + 1;
    }
}
