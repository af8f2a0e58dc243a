//! Who is here and where: the awareness of a page, owned by the server.
//!
//! A connection speaks for one Yjs client, the one of its first awareness frame. Stock clients
//! send everybody's states again and again; what is not the connection's own is dropped. Who it
//! is comes from the account, only the place in the text from the client.

mod state;

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use denkraum_domain::PersonId;

use crate::Member;
use crate::codec::{AwarenessEntry, awareness_frame, entries_frame, entry_bytes};

/// How far a clock may run ahead of the last one.
const MAX_CLOCK_STEP: u64 = 1000;
/// The highest clock a client may begin with.
const MAX_FIRST_CLOCK: u64 = 1 << 30;
/// Of so many clients that left, the last clock is kept.
const MAX_DEPARTED: usize = 256;

/// What has changed since it was last told, for everybody.
pub(crate) struct News {
    /// Each state that changed, as it stands in a frame, with the connection that changed it.
    states: Vec<(u64, Vec<u8>)>,
    /// For everybody who has not changed anything.
    whole: Bytes,
}

impl News {
    /// What one connection is to hear: all but its own. `None` if that is nothing.
    pub(crate) fn for_connection(&self, conn: u64) -> Option<Bytes> {
        if self.states.iter().all(|(of, _)| *of != conn) {
            return Some(self.whole.clone());
        }
        let others = self.states.iter().filter(|(of, _)| *of != conn);
        let others: Vec<&[u8]> = others.map(|(_, state)| &state[..]).collect();
        (!others.is_empty()).then(|| entries_frame(&others))
    }
}

struct Slot {
    conn: u64,
    person: PersonId,
    /// The last clock taken from the client.
    clock: Option<u64>,
    /// The least clock that others do not take for an old state.
    least: u64,
    /// Added to it for others, so that a client that comes back is not taken for an old state.
    shift: u64,
    /// The last clock that others saw.
    shown: u64,
    state: Option<Box<str>>,
}

impl Slot {
    /// Whether an entry comes after what was taken before. A client that leaves may repeat its
    /// last clock.
    fn is_followed_by(&self, entry: &AwarenessEntry<'_>) -> bool {
        let Some(clock) = self.clock else {
            return entry.clock <= MAX_FIRST_CLOCK;
        };
        let leaves = entry.state == "null" && self.state.is_some();
        match entry.clock.checked_sub(clock) {
            Some(0) => leaves,
            Some(step) => step <= MAX_CLOCK_STEP,
            None => false,
        }
    }
}

#[derive(Default)]
pub(crate) struct Presence {
    /// By client.
    slots: BTreeMap<u64, Box<Slot>>,
    /// By connection: its client, or `None` once a newer connection has taken it over.
    speaks_for: BTreeMap<u64, Option<u64>>,
    /// By connection: the client that it named first and alone, as a client does that comes; also if
    /// another connection speaks for it.
    named: BTreeMap<u64, u64>,
    /// Clients that left, with the last clock others saw.
    departed: VecDeque<(u64, u64)>,
    /// Clients that others are to hear of, each with the connection that spoke for it last.
    changed: BTreeMap<u64, u64>,
}

impl Presence {
    /// Takes what a connection sent.
    pub(crate) fn take(
        &mut self,
        conn: u64,
        member: &Member,
        entries: &[AwarenessEntry<'_>],
        max_bytes: usize,
    ) {
        if let Some(client) = self.changed_by(conn, member, entries, max_bytes) {
            self.changed.insert(client, conn);
        }
    }

    /// The client whose state changes.
    fn changed_by(
        &mut self,
        conn: u64,
        member: &Member,
        entries: &[AwarenessEntry<'_>],
        max_bytes: usize,
    ) -> Option<u64> {
        let client = match self.speaks_for.get(&conn) {
            Some(client) => (*client)?,
            None => self.bind(conn, member.person, entries)?,
        };
        let slot = self.slots.get_mut(&client)?;
        let own =
            |entry: &&AwarenessEntry<'_>| entry.client == client && slot.is_followed_by(entry);
        let entry = entries.iter().find(own)?;
        slot.state = if entry.state == "null" {
            None
        } else {
            Some(state::rewrite(entry.state, member, max_bytes)?)
        };
        if slot.clock.is_none() {
            // Of the first state that is taken, which need not be the first that came.
            slot.shift = slot.least.saturating_sub(entry.clock);
        }
        slot.clock = Some(entry.clock);
        slot.shown = entry.clock.saturating_add(slot.shift);
        Some(client)
    }

    /// Finds the client that a connection speaks for in its first frame.
    fn bind(&mut self, conn: u64, person: PersonId, entries: &[AwarenessEntry<'_>]) -> Option<u64> {
        let is_free = |entry: &&AwarenessEntry<'_>| !self.slots.contains_key(&entry.client);
        let is_own = |entry: &&AwarenessEntry<'_>| {
            let slot = self.slots.get(&entry.client);
            // What an older connection sent may come last.
            slot.is_some_and(|slot| slot.person == person && slot.conn < conn)
        };
        let mut own = entries
            .iter()
            .filter(|entry| entry.clock <= MAX_FIRST_CLOCK);
        // Only a frame with nothing else is a client coming back on a new connection; among
        // several entries, those of others are repetitions.
        let entry = match entries {
            [_] => own.find(|entry| is_free(entry) || is_own(entry)),
            _ => own.find(is_free),
        }?;
        let before = self.slots.remove(&entry.client);
        if let Some(before) = &before {
            self.speaks_for.insert(before.conn, None);
        }
        let last_shown = before.as_ref().map(|slot| slot.shown).or_else(|| {
            let left = self
                .departed
                .iter()
                .find(|(client, _)| *client == entry.client);
            left.map(|&(_, shown)| shown)
        });
        let slot = Slot {
            conn,
            person,
            clock: None,
            least: last_shown.map_or(0, |last| last + 1),
            shift: 0,
            shown: last_shown.unwrap_or(0),
            state: before.and_then(|before| before.state),
        };
        self.speaks_for.insert(conn, Some(entry.client));
        self.slots.insert(entry.client, Box::new(slot));
        Some(entry.client)
    }

    /// Notes which client is at the other end of a connection, whatever its person may do.
    pub(crate) fn note_client(&mut self, conn: u64, entries: &[AwarenessEntry<'_>]) {
        if let [entry] = entries {
            self.named.entry(conn).or_insert(entry.client);
        }
    }

    /// The client at the other end of a connection, if it said so.
    pub(crate) fn client_of(&self, conn: u64) -> Option<u64> {
        self.named.get(&conn).copied()
    }

    /// Forgets a connection.
    pub(crate) fn leave(&mut self, conn: u64) {
        self.named.remove(&conn);
        let client = self.speaks_for.remove(&conn).flatten();
        let slot = client.and_then(|client| Some((client, self.slots.remove(&client)?)));
        let Some((client, slot)) = slot else {
            return;
        };
        self.departed.retain(|(departed, _)| *departed != client);
        if self.departed.len() >= MAX_DEPARTED {
            self.departed.pop_front();
        }
        self.departed.push_back((client, slot.shown));
        if slot.state.is_some() {
            self.changed.insert(client, conn);
        }
    }

    /// Whether there is something that others are to hear.
    pub(crate) fn has_news(&self) -> bool {
        !self.changed.is_empty()
    }

    /// What others are to hear; from here on it counts as told.
    pub(crate) fn news(&mut self) -> News {
        let changed = std::mem::take(&mut self.changed);
        let states: Vec<_> = changed
            .into_iter()
            .filter_map(|(client, conn)| Some((conn, self.state_of(client)?)))
            .collect();
        let all: Vec<&[u8]> = states.iter().map(|(_, state)| &state[..]).collect();
        let whole = entries_frame(&all);
        News { states, whole }
    }

    /// The state that others are to see of a client, as it stands in a frame.
    fn state_of(&self, client: u64) -> Option<Vec<u8>> {
        let (clock, state) = if let Some(slot) = self.slots.get(&client) {
            (slot.shown, slot.state.as_deref())
        } else {
            let mut departed = self.departed.iter();
            let (_, clock) = departed.find(|(departed, _)| *departed == client)?;
            (*clock, None)
        };
        let state = state.unwrap_or("null");
        let entry = AwarenessEntry {
            client,
            clock,
            state,
        };
        Some(entry_bytes(&entry))
    }

    /// Everybody's state.
    pub(crate) fn all(&self) -> Option<Bytes> {
        let mut entries = Vec::new();
        for (&client, slot) in &self.slots {
            if let Some(state) = &slot.state {
                let clock = slot.shown;
                entries.push(AwarenessEntry {
                    client,
                    clock,
                    state,
                });
            }
        }
        (!entries.is_empty()).then(|| awareness_frame(entries.into_iter()))
    }

    /// What a connection is sent so that it hears something: its own state with its own clock,
    /// which changes nothing there; without one, an empty frame.
    pub(crate) fn own(&self, conn: u64) -> Bytes {
        let own = self
            .speaks_for
            .get(&conn)
            .copied()
            .flatten()
            .and_then(|client| {
                let slot = self.slots.get(&client)?;
                let (clock, state) = (slot.clock?, slot.state.as_deref()?);
                Some(AwarenessEntry {
                    client,
                    clock,
                    state,
                })
            });
        awareness_frame(own.as_slice().iter().copied())
    }
}
