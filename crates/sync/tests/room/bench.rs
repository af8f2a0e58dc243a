//! A room on a bench: clients by hand, a journal by hand, time by hand.

use bytes::Bytes;
use denkraum_domain::{Access, PersonId, Timestamp};
use denkraum_sync::{
    AwarenessEntry, Effect, Extensions, Hue, Input, LoadedPage, Member, Message, Room, RoomConfig,
    awareness_frame, parse_frame, step1_frame, step2_frame, update_frame,
};

use crate::support::{self, Heard};

pub(crate) struct Bench {
    pub(crate) room: Room,
    pub(crate) now: Timestamp,
    position: u64,
}

pub(crate) fn member(person: u128, access: Access) -> Member {
    let person = PersonId::from_u128(person);
    Member {
        person,
        name: format!("Person {person}"),
        initials: "P".to_owned(),
        hue: Hue::new(3).unwrap(),
        access,
    }
}

impl Bench {
    /// A room that nobody has entered.
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(change: impl FnOnce(&mut RoomConfig)) -> Self {
        let mut config = RoomConfig::new(support::schema());
        change(&mut config);
        Self {
            room: Room::new(config),
            now: Timestamp::from_millis(1_000_000),
            position: 0,
        }
    }

    /// A room with an empty page and these persons in it, connection n for the n-th.
    pub(crate) fn open(persons: &[u128]) -> Self {
        Self::open_with(|_| {}, persons)
    }

    /// The same with another configuration.
    pub(crate) fn open_with(change: impl FnOnce(&mut RoomConfig), persons: &[u128]) -> Self {
        let mut bench = Self::with(change);
        bench.give(Input::Read { token: 0 });
        for (conn, &person) in (1..).zip(persons) {
            bench.join(conn, person, Access::Edit);
        }
        bench.load(LoadedPage::default());
        for (conn, _) in (1..).zip(persons) {
            bench.frame(conn, step1_frame(&[]));
        }
        bench
    }

    pub(crate) fn give(&mut self, input: Input) -> Vec<Effect> {
        let mut out = Vec::new();
        self.room.handle(self.now, input, &mut out);
        out
    }

    pub(crate) fn join(&mut self, conn: u64, person: u128, access: Access) -> Vec<Effect> {
        let extensions = Extensions::ALL;
        self.join_as(conn, member(person, access), extensions)
    }

    /// Joins as the stock client does: without extensions.
    pub(crate) fn join_stock(&mut self, conn: u64, person: u128) -> Vec<Effect> {
        self.join_as(conn, member(person, Access::Edit), Extensions::default())
    }

    fn join_as(&mut self, conn: u64, member: Member, extensions: Extensions) -> Vec<Effect> {
        self.give(Input::Join {
            conn,
            member,
            extensions,
        })
    }

    pub(crate) fn load(&mut self, page: LoadedPage) -> Vec<Effect> {
        self.position = page.upto;
        self.give(Input::Loaded(page))
    }

    pub(crate) fn frame(&mut self, conn: u64, bytes: impl Into<Bytes>) -> Vec<Effect> {
        let bytes = bytes.into();
        self.give(Input::Frame { conn, bytes })
    }

    pub(crate) fn update(&mut self, conn: u64, update: &[u8]) -> Vec<Effect> {
        self.frame(conn, update_frame(update))
    }

    pub(crate) fn step2(&mut self, conn: u64, update: &[u8]) -> Vec<Effect> {
        self.frame(conn, step2_frame(update))
    }

    /// The next append in order has become durable.
    pub(crate) fn durable(&mut self, append: u64) -> Vec<Effect> {
        self.position += 1;
        let appends = vec![(append, self.position)];
        self.give(Input::Durable { appends })
    }

    pub(crate) fn fail(&mut self, append: u64) -> Vec<Effect> {
        self.give(Input::AppendFailed { append })
    }

    /// Lets time pass and ticks if a tick is due.
    pub(crate) fn pass(&mut self, millis: i64) -> Vec<Effect> {
        self.now = self.now.plus_millis(millis);
        if self.room.wake_at().is_some_and(|at| at <= self.now) {
            self.give(Input::Tick)
        } else {
            Vec::new()
        }
    }
}

/// What one connection hears, in order.
pub(crate) fn heard(effects: &[Effect], conn: u64) -> Vec<Heard> {
    let frames = frames(effects, conn);
    frames.iter().map(support::hear).collect()
}

/// The frames to one connection, in order.
pub(crate) fn frames(effects: &[Effect], conn: u64) -> Vec<Bytes> {
    let to = effects.iter().filter_map(|effect| match effect {
        Effect::Send {
            conn: to, frame, ..
        } if *to == conn => Some(frame.clone()),
        _ => None,
    });
    to.collect()
}

/// One client's state.
pub(crate) fn entry(client: u64, clock: u64, state: &str) -> AwarenessEntry<'_> {
    AwarenessEntry {
        client,
        clock,
        state,
    }
}

/// An awareness frame with these states.
pub(crate) fn says(entries: &[AwarenessEntry<'_>]) -> Bytes {
    awareness_frame(entries.iter().copied())
}

/// The awareness states that one connection is told: client, clock, state.
pub(crate) fn states(effects: &[Effect], conn: u64) -> Vec<(u64, u64, String)> {
    let mut states = Vec::new();
    for frame in frames(effects, conn) {
        if let Ok(Message::Awareness(entries)) = parse_frame(&frame) {
            let owned = |entry: &denkraum_sync::AwarenessEntry<'_>| {
                (entry.client, entry.clock, entry.state.to_owned())
            };
            states.extend(entries.iter().map(owned));
        }
    }
    states
}

/// The numbers of the appends.
pub(crate) fn appends(effects: &[Effect]) -> Vec<u64> {
    let appends = effects.iter().filter_map(|effect| match effect {
        Effect::Append { append, .. } => Some(*append),
        _ => None,
    });
    appends.collect()
}

/// The closed connections with their codes.
pub(crate) fn closed(effects: &[Effect]) -> Vec<(u64, u16)> {
    let closed = effects.iter().filter_map(|effect| match effect {
        Effect::Close { conn, code, .. } => Some((*conn, *code)),
        _ => None,
    });
    closed.collect()
}

pub(crate) fn is_asked(effects: &[Effect], conn: u64) -> bool {
    let heard = heard(effects, conn);
    heard.iter().any(|heard| matches!(heard, Heard::Step1(_)))
}
