//! Carrying out effects.

use std::sync::Arc;

use bytes::Bytes;
use denkraum_domain::PersonId;
use denkraum_store::{CompactError, PageUpdate, Position};
use denkraum_sync::{CloseCode, Effect, Input, Report};

use super::{PageTask, Stage};
use crate::Settled;
use crate::guard::HEAVY;
use crate::queue::Pushed;

/// So many sockets are written to before others get a turn.
const AT_ONCE: usize = 64;

/// A state to put in place of the page's entries.
pub(super) struct Snapshot {
    upto: u64,
    owners: Vec<(u64, PersonId)>,
    state: Bytes,
}

impl PageTask {
    pub(super) fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut stalled = Vec::new();
        // One moment for all: asking the clock for each of hundreds of receivers would show.
        let now = self.now();
        for effect in effects {
            match effect {
                Effect::Load => {
                    let (store, page) = (self.registry.store.clone(), self.page);
                    self.load = Some(Box::pin(async move { store.load_page(page).await }));
                }
                Effect::Append {
                    append,
                    update,
                    by,
                    conn,
                    clients,
                } => self.append(append, update, by, conn, clients),
                Effect::Send {
                    conn,
                    frame,
                    channel,
                } => {
                    let Some(queue) = self.queues.get(&conn) else {
                        continue;
                    };
                    match queue.push(now, frame, channel) {
                        Pushed::First => self.unflushed.push(Arc::clone(queue)),
                        Pushed::More => {}
                        Pushed::Stalled => stalled.push(conn),
                    }
                }
                Effect::Close { conn, code, reason } => self.close(conn, code, reason),
                Effect::State { token, state } => {
                    if let Some(reply) = self.reads.remove(&token) {
                        // Who asked may have gone.
                        let _ = reply.send(state);
                    }
                }
                Effect::Edited { token, result } => {
                    if let Some(reply) = self.edits.remove(&token) {
                        let _ = reply.send(result);
                    }
                }
                Effect::Project { state, upto } => {
                    self.settled = Some(Settled {
                        page: self.page,
                        state,
                        upto: Position::new(upto),
                    });
                }
                Effect::Keep => {
                    self.keeps_again = true;
                    self.keep_next();
                }
                Effect::Compact {
                    upto,
                    owners,
                    state,
                } => {
                    self.next_compaction = Some(Snapshot {
                        upto,
                        owners,
                        state,
                    });
                    self.compact_next();
                }
                Effect::Report(report) => self.report(report),
                Effect::Stop if self.stage == Stage::Open => self.stage = Stage::MayStop,
                Effect::Stop => {}
            }
        }
        for conn in stalled {
            tracing::info!(page.id = %self.page, conn, "a connection was too slow");
            self.registry.unseat(conn);
            self.queues.remove(&conn);
            self.give(Input::Leave { conn });
        }
    }

    /// Sends what was put into the queues on its way, once for each socket.
    pub(super) async fn flush(&mut self) {
        let mut written = 0;
        for queue in std::mem::take(&mut self.unflushed) {
            queue.flush();
            written += 1;
            if written % AT_ONCE == 0 {
                tokio::task::yield_now().await;
            }
        }
    }

    fn append(
        &mut self,
        append: u64,
        update: Bytes,
        by: PersonId,
        connection: u64,
        clients: Vec<u64>,
    ) {
        if update.len() > HEAVY {
            self.heavy.insert(append);
        }
        let update = PageUpdate {
            page: self.page,
            at: self.now(),
            by: Some(by),
            connection,
            clients,
            update,
        };
        self.saving.gather(append, update);
    }

    fn close(&mut self, conn: u64, code: CloseCode, reason: &'static str) {
        tracing::debug!(page.id = %self.page, conn, code, reason, "a connection is closed");
        if let Some(queue) = self.queues.remove(&conn) {
            queue.close(code, reason);
        }
        self.registry.unseat(conn);
    }

    /// One compaction at a time; of those that wait, only the newest is worth doing. None before
    /// lost text is kept: the entries that hold it are replaced.
    pub(super) fn compact_next(&mut self) {
        if self.compaction.is_some() || self.keeping.is_some() {
            return;
        }
        if self.keeps_again && self.next_compaction.is_some() {
            return self.keep_next();
        }
        if let Some(next) = self.next_compaction.take() {
            let (store, page, at) = (self.registry.store.clone(), self.page, self.now());
            let upto = Position::new(next.upto);
            self.compaction = Some(Box::pin(async move {
                let (owners, state) = (next.owners, next.state);
                store.compact_page(page, upto, owners, state, at).await
            }));
        }
    }

    pub(super) fn compacted(&mut self, outcome: Result<Position, CompactError>) {
        if let Err(err) = outcome {
            // Nothing is lost: the entries stay as they are.
            let cause: &dyn std::error::Error = &err;
            tracing::warn!(page.id = %self.page, cause, "a page was not compacted");
        }
        self.compact_next();
    }

    fn report(&self, report: Report) {
        let page = self.page;
        match report {
            Report::UpdatesLeftOut(count) => {
                tracing::error!(page.id = %page, count, "stored updates were left out while loading");
            }
            Report::ApplyFailed => {
                tracing::error!(page.id = %page, "a stored update could not be applied");
            }
            Report::CompactionRefused => {
                tracing::error!(page.id = %page, "a page does not read back as it was written");
            }
        }
    }
}
