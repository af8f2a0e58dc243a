//! Frames: a room takes whatever connections send, and everything it says can be read.

use anyhow::{Context as _, Result, ensure};
use bytes::Bytes;
use denkraum_domain::{Access, PersonId, Timestamp};
use denkraum_load::Dice;
use denkraum_sync::{
    AwarenessEntry, Effect, Extensions, Hue, Input, LoadedPage, Member, RateLimit, Room,
    RoomConfig, awareness_frame, parse_frame, step1_frame, step2_frame, update_frame,
};

use super::Target;
use crate::mutate::{index, mutate, one_of};
use crate::pages::{self, Moment};

/// So many frames go to one room.
const ROUND: u32 = 300;
const CONNECTIONS: u64 = 3;

/// Which frames are mutated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Any,
    StateVector,
    Awareness,
}

pub(crate) struct Frames {
    sort: Sort,
    moments: Vec<Moment>,
    config: RoomConfig,
    at: usize,
    room: Room,
    left: u32,
    now: i64,
    position: u64,
    next_conn: u64,
    conns: Vec<u64>,
    understood: u64,
    tried: u64,
}

impl Frames {
    pub(crate) fn new(sort: Sort) -> Result<Self> {
        let mut config = RoomConfig::new(pages::schema()?);
        // Floods are not what is looked for.
        let much = 1 << 40;
        config.limits.rate = RateLimit {
            frames_per_second: much,
            frames_burst: much,
            bytes_per_second: much,
            bytes_burst: much,
        };
        let mut new = Self {
            sort,
            moments: pages::moments()?,
            room: Room::new(config.clone()),
            config,
            at: 0,
            left: ROUND,
            now: 1_700_000_000_000,
            position: 1,
            next_conn: 1,
            conns: Vec::new(),
            understood: 0,
            tried: 0,
        };
        new.open()?;
        Ok(new)
    }

    fn open(&mut self) -> Result<()> {
        self.room = Room::new(self.config.clone());
        self.conns.clear();
        self.join()?;
        let moment = self.moments.get(self.at).context("no recording")?;
        let page = LoadedPage {
            snapshot: Some(Bytes::from(moment.state.clone())),
            upto: 1,
            ..LoadedPage::default()
        };
        self.give(Input::Loaded(page))
    }

    /// As many connections as there should be.
    fn join(&mut self) -> Result<()> {
        while u64::try_from(self.conns.len())? < CONNECTIONS {
            let conn = self.next_conn;
            self.next_conn += 1;
            self.conns.push(conn);
            let member = Member {
                person: PersonId::from_u128(u128::from(conn % CONNECTIONS)),
                name: "Jana Petersen".to_owned(),
                initials: "JP".to_owned(),
                hue: Hue::of(PersonId::from_u128(1)),
                access: Access::Edit,
            };
            let extensions = Extensions::ALL;
            self.give(Input::Join {
                conn,
                member,
                extensions,
            })?;
        }
        Ok(())
    }

    fn give(&mut self, input: Input) -> Result<()> {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let mut effects = Vec::new();
            self.now += 5;
            let now = Timestamp::from_millis(self.now);
            self.room.handle(now, input, &mut effects);
            for effect in effects {
                match effect {
                    Effect::Append { append, .. } => {
                        self.position += 1;
                        let appends = vec![(append, self.position)];
                        inputs.push(Input::Durable { appends });
                    }
                    Effect::Send { frame, .. } => {
                        let kind = frame.first().copied().unwrap_or(0);
                        ensure!(
                            kind >= 100 || parse_frame(&frame).is_ok(),
                            "said unreadably"
                        );
                    }
                    Effect::Close { conn, .. } => self.conns.retain(|other| *other != conn),
                    Effect::Report(report) => anyhow::bail!("{report:?}"),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn frame(&self, dice: &mut Dice) -> Vec<u8> {
        let update = self.moments.get(self.at);
        let update = update.and_then(|moment| one_of(dice, &moment.next));
        let update = update.map_or(&[0, 0][..], Vec::as_slice);
        let choice = match self.sort {
            Sort::Any => dice.below(5),
            Sort::StateVector => 0,
            Sort::Awareness => 1,
        };
        let frame = match choice {
            0 => {
                let clocks = self.moments.get(self.at).map(|m| m.gate.state_vector());
                let clocks: Vec<_> = clocks.into_iter().flatten().collect();
                step1_frame(&clocks)
            }
            1 => awareness_frame(std::iter::once(AwarenessEntry {
                client: dice.below(5),
                clock: dice.below(1_000),
                state: r#"{"cursor":{"anchor":{"type":{"client":9,"clock":1},"tname":null,"item":{"client":9,"clock":2},"assoc":0},"head":null},"field":{"root":"title","anchor":1,"head":2},"user":{"name":"x"}}"#,
            })),
            2 => step2_frame(update),
            3 => update_frame(update),
            _ => Bytes::from_static(&[3]),
        };
        frame.to_vec()
    }
}

impl Target for Frames {
    fn next(&mut self, dice: &mut Dice) -> Vec<u8> {
        if self.left == 0 {
            self.left = ROUND;
            self.at = index(dice, self.moments.len());
            // A recording that does not open is found by every other target.
            let _ = self.open();
        }
        self.left -= 1;
        let (mut frame, other) = (self.frame(dice), self.frame(dice));
        // One in ten is as it should be, so that there is something to disturb.
        if dice.below(10) > 0 {
            mutate(&mut frame, &other, dice);
        }
        frame
    }

    fn run(&mut self, bytes: &[u8]) -> Result<()> {
        self.tried += 1;
        self.understood += u64::from(parse_frame(bytes).is_ok());
        self.join()?;
        let conn = self.conns.first().copied().unwrap_or(0);
        self.conns.rotate_left(1);
        let bytes = Bytes::copy_from_slice(bytes);
        self.give(Input::Frame { conn, bytes })?;
        self.give(Input::Tick)
    }

    fn told(&self) -> String {
        format!(
            "{} of {} frames were understood",
            self.understood, self.tried
        )
    }
}
