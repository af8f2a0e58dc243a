//! Inputs that may keep the engine busy, and the end of a page that does.

use denkraum_store::BoxFuture;
use denkraum_sync::{CloseCode, Input, Room, close};

use super::{PageTask, Stage};
use crate::aside;
use crate::guard::{self, Outcome};
use crate::mail::{Joining, Mail};

/// What those are told who are on a page that is set aside.
const REASON: &str = "the page is set aside";

impl PageTask {
    /// Gives the room an input on a thread of its own, which has the room meanwhile. Boxed, so that
    /// the task of every page need not hold what few are doing.
    pub(super) fn give_guarded(&mut self, input: Input) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if matches!(self.stage, Stage::Left | Stage::Broken) {
                return;
            }
            // What is there already need not wait for this.
            self.flush().await;
            let empty = Room::new(self.registry.room.clone());
            let mut room = std::mem::replace(&mut self.room, empty);
            let now = self.now();
            let (registry, page) = (self.registry.clone(), self.page);
            let work = move || {
                let _mark = registry.marks.begin(page);
                let mut effects = Vec::new();
                room.handle(now, input, &mut effects);
                (room, effects)
            };
            match guard::within(self.registry.config.apply_within, work).await {
                Outcome::Done((room, effects)) => {
                    self.room = room;
                    self.carry_out(effects);
                }
                Outcome::Failed => self.set_aside().await,
                // The room is gone; everybody comes again.
                Outcome::NotTried => self.stage = Stage::Broken,
            }
        })
    }

    /// The engine has failed with the page.
    pub(super) async fn set_aside(&mut self) {
        // The others first: they need not wait for the disk.
        self.registry.shut(self.page);
        self.end();
        // Boxed for the same reason.
        Box::pin(aside::set_aside(&self.registry, self.page)).await;
    }

    /// Sends everybody away from a page that is set aside, also those who were about to come. From
    /// here on the room is none; it is not asked for anything.
    pub(super) fn end(&mut self) {
        // The registry has let go of the page already.
        self.stage = Stage::Left;
        self.send_away(close::SET_ASIDE, REASON);
    }

    /// Closes all connections, also those whose first mail still waits. Nobody can post any more.
    pub(super) fn send_away(&mut self, code: CloseCode, reason: &'static str) {
        for (conn, queue) in self.queues.drain() {
            queue.close(code, reason);
            self.registry.unseat(conn);
        }
        while let Ok(mail) = self.mails.try_recv() {
            if let Mail::Join(joining) = mail {
                let Joining { conn, queue, .. } = *joining;
                queue.close(code, reason);
                self.registry.unseat(conn);
            }
        }
    }
}
