//! One client: joins a page, answers the server, types.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use tokio::time::sleep;

use crate::LoadError;
use crate::edits;
use crate::target::Door;
use crate::updates::runs;
use crate::websocket::WebSocket;
use crate::wire::{Dialect, Heard};
use crate::world::{Seat, World};

/// How long a page may take to open.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// Somebody at a page.
pub struct Typist {
    seat: Seat,
    socket: Rc<WebSocket>,
    dialect: Dialect,
    is_synced: Cell<bool>,
    caret_clock: Cell<u64>,
}

impl Typist {
    /// Joins and waits until the page is there, then begins a paragraph.
    pub(crate) async fn join(
        door: Door,
        seat: Seat,
        per_page: usize,
        world: Rc<RefCell<World>>,
    ) -> Result<Rc<Self>, LoadError> {
        let (socket, rest) = WebSocket::open(&door.address, &door.path, &door.headers).await?;
        let typist = Rc::new(Self {
            seat,
            socket: Rc::clone(&socket),
            dialect: door.dialect,
            is_synced: Cell::new(false),
            caret_clock: Cell::new(0),
        });
        typist.hello();
        let (listener, mut seen) = (Rc::clone(&typist), vec![0; per_page]);
        let heard = move |message: &[u8]| listener.hear(message, &mut seen, &world);
        tokio::task::spawn_local(socket.pump(rest, heard));
        let opened = tokio::time::timeout(PATIENCE, typist.opened()).await;
        opened.map_err(|_| LoadError::Late("a page"))??;
        typist.send(&typist.dialect.update(&edits::paragraph(seat.client())));
        Ok(typist)
    }

    fn hello(&self) {
        if self.dialect.is_hocuspocus() {
            self.send(&self.dialect.knock());
        } else {
            self.send(&self.dialect.question(&[]));
            self.point(0);
        }
    }

    async fn opened(&self) -> Result<(), LoadError> {
        while !self.is_synced.get() {
            if self.is_gone() {
                let text = "the connection ended before the page was there";
                return Err(LoadError::Refused(text.to_owned()));
            }
            sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    fn hear(&self, message: &[u8], seen: &mut [u64], world: &RefCell<World>) {
        let mut world = world.borrow_mut();
        world.messages += 1;
        let update = match self.dialect.hear(message) {
            Some(Heard::Question) => return self.send(&self.dialect.nothing()),
            Some(Heard::Welcome) => {
                self.send(&self.dialect.question(&[]));
                return self.point(0);
            }
            Some(Heard::Awareness) => {
                world.carets += 1;
                return;
            }
            Some(Heard::Saved(_) | Heard::Other) => return,
            Some(Heard::Answer(update)) => {
                self.is_synced.set(true);
                update
            }
            Some(Heard::Update(update)) => update,
            None => {
                world.unread += 1;
                return;
            }
        };
        let now = world.now();
        let read = runs(update, |client, from, until| {
            world.came(self.seat, seen, (client, from, until), now);
        });
        world.unread += u64::from(read.is_none());
    }

    fn send(&self, message: &[u8]) {
        self.socket.send(message);
    }

    /// Types a letter that was due then.
    pub(crate) fn letter(&self, world: &RefCell<World>, due: u32) {
        let number = world.borrow_mut().typed(self.seat, due);
        self.send(
            &self
                .dialect
                .update(&edits::letter(self.seat.client(), number)),
        );
    }

    /// Moves the caret behind so many letters of the paragraph.
    pub(crate) fn point(&self, letters: u64) {
        let clock = self.caret_clock.get() + 1;
        self.caret_clock.set(clock);
        let caret = edits::caret(self.seat.client(), clock, letters);
        self.send(&self.dialect.awareness(&caret));
    }

    pub(crate) const fn seat(&self) -> Seat {
        self.seat
    }

    /// Whether the connection has ended.
    pub fn is_gone(&self) -> bool {
        self.socket.is_closed()
    }

    pub(crate) fn leave(&self) {
        self.socket.cut();
    }
}
