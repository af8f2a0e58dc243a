//! Somebody who opens a page, learns what is in it and when, and may put updates in.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::LoadError;
use crate::numbers::count;
use crate::target::Running;
use crate::updates::runs;
use crate::websocket::WebSocket;
use crate::wire::{Dialect, Heard};

const LOOK_EVERY: Duration = Duration::from_micros(500);

/// What has come so far.
#[derive(Default)]
struct Known {
    /// By client: the first clock that is not there.
    clocks: HashMap<u64, u64>,
    answers: u64,
    saved: u64,
    bytes: u64,
    /// When something new came last.
    news: Option<Instant>,
}

/// Somebody at a page.
pub(super) struct Probe {
    socket: Rc<WebSocket>,
    dialect: Dialect,
    known: Rc<RefCell<Known>>,
    /// Sync messages sent.
    sent: Rc<Cell<u64>>,
}

impl Probe {
    /// Connects and asks for the page.
    pub(super) async fn open(running: &Running, page: &str) -> Result<Self, LoadError> {
        let door = running.door(page, 0);
        let (socket, rest) = WebSocket::open(&door.address, &door.path, &door.headers).await?;
        let probe = Self {
            socket: Rc::clone(&socket),
            dialect: door.dialect.clone(),
            known: Rc::default(),
            sent: Rc::default(),
        };
        if door.dialect.is_hocuspocus() {
            socket.send(&door.dialect.knock());
        } else {
            socket.send(&door.dialect.question(&[]));
        }
        let (answering, known, sent) = (
            Rc::clone(&socket),
            Rc::clone(&probe.known),
            Rc::clone(&probe.sent),
        );
        let heard = move |message: &[u8]| {
            known.borrow_mut().bytes += count(message.len());
            match door.dialect.hear(message) {
                Some(Heard::Question) => {
                    sent.set(sent.get() + 1);
                    answering.send(&door.dialect.nothing());
                }
                Some(Heard::Welcome) => answering.send(&door.dialect.question(&[])),
                Some(Heard::Saved(saved)) => known.borrow_mut().saved = saved,
                Some(Heard::Answer(update)) => {
                    let mut known = known.borrow_mut();
                    known.learn(update);
                    known.answers += 1;
                }
                Some(Heard::Update(update)) => known.borrow_mut().learn(update),
                _ => {}
            }
        };
        tokio::task::spawn_local(socket.pump(rest, heard));
        Ok(probe)
    }

    /// Sends an update.
    pub(super) fn update(&self, update: &[u8]) {
        self.sent.set(self.sent.get() + 1);
        self.socket.send(&self.dialect.update(update));
    }

    /// Asks for what is beyond these clocks.
    pub(super) fn ask(&self, known: &[(u64, u64)]) {
        self.socket.send(&self.dialect.question(known));
    }

    /// How many questions were answered.
    pub(super) fn answers(&self) -> u64 {
        self.known.borrow().answers
    }

    /// How many sync messages were sent and are not reported saved.
    pub(super) fn unsaved(&self) -> u64 {
        self.sent.get().saturating_sub(self.known.borrow().saved)
    }

    /// The first clock of a client that is not there.
    pub(super) fn clock(&self, client: u64) -> u64 {
        self.known
            .borrow()
            .clocks
            .get(&client)
            .copied()
            .unwrap_or(0)
    }

    /// How many bytes came.
    pub(super) fn bytes(&self) -> u64 {
        self.known.borrow().bytes
    }

    /// When something new came last.
    pub(super) fn news(&self) -> Option<Instant> {
        self.known.borrow().news
    }

    /// Waits until something holds; false if the time is over or the connection ends before.
    pub(super) async fn until(&self, patience: Duration, holds: impl Fn(&Self) -> bool) -> bool {
        let began = Instant::now();
        while !holds(self) {
            if began.elapsed() > patience || self.socket.is_closed() {
                return holds(self);
            }
            sleep(LOOK_EVERY).await;
        }
        true
    }

    pub(super) fn leave(&self) {
        self.socket.cut();
    }
}

impl Known {
    fn learn(&mut self, update: &[u8]) {
        let (clocks, mut is_new) = (&mut self.clocks, false);
        // What cannot be read brings nothing, and shows as missing.
        let _ = runs(update, |client, from, until| {
            let known = clocks.entry(client).or_default();
            if from <= *known && until > *known {
                *known = until;
                is_new = true;
            }
        });
        if is_new {
            self.news = Some(Instant::now());
        }
    }
}
