//! Updates on their way to the journal, and those that have become durable on their way to the room.
//!
//! The journal writes many at once, and the room shows as one what it hears of at once. With many
//! people on a page both are the greatest part of the work, so there updates are gathered: the next
//! ones go to the journal when those before are durable and shown, and not before an interval is
//! over. Nobody waits longer than for a look at intervals, and there are fewer syncs.

use std::time::Duration;

use denkraum_store::PageUpdate;
use denkraum_sync::Input;
use tokio::time::Instant;

use super::{PageTask, Stored};

/// What the journal has not been given yet, and what the room has not heard of yet.
#[derive(Default)]
pub(super) struct Saving {
    /// Appends that go to the journal together.
    gathered: Vec<(u64, PageUpdate)>,
    /// When some last went there.
    begun: Option<Instant>,
    /// Durable appends with their positions.
    durable: Vec<(u64, u64)>,
    /// Whether the update of one of them is applied under guard.
    is_heavy: bool,
}

impl Saving {
    pub(super) fn is_empty(&self) -> bool {
        self.gathered.is_empty() && self.durable.is_empty()
    }

    pub(super) fn gather(&mut self, append: u64, update: PageUpdate) {
        self.gathered.push((append, update));
    }
}

impl PageTask {
    /// How long to wait until the journal gets what was gathered; `None` if there is nothing, or what
    /// went before is awaited.
    pub(super) fn until_append(&self) -> Option<Duration> {
        if self.saving.gathered.is_empty() {
            return None;
        }
        if !self.room.is_crowded() {
            return Some(Duration::ZERO);
        }
        let tick = self.registry.config.busy_tick;
        let since = self.saving.begun.map(|begun| begun.elapsed());
        let wait = since.map_or(Duration::ZERO, |since| tick.saturating_sub(since));
        self.appends.is_empty().then_some(wait)
    }

    /// Hands what was gathered to the journal, if it is time to.
    pub(super) fn append_gathered(&mut self) {
        if self.until_append().is_none_or(|wait| !wait.is_zero()) {
            return;
        }
        self.saving.begun = Some(Instant::now());
        for (append, update) in std::mem::take(&mut self.saving.gathered) {
            let stored = self.registry.store.append_update(update);
            self.appends
                .push_back(Box::pin(async move { (append, stored.await) }));
        }
    }

    pub(super) async fn stored(&mut self, (append, outcome): Stored) {
        self.credits.remove(&append);
        self.saving.is_heavy |= self.heavy.remove(&append);
        match outcome {
            Ok(position) => self.saving.durable.push((append, position.get())),
            Err(err) => {
                self.tell_durable().await;
                let cause: &dyn std::error::Error = &err;
                tracing::warn!(page.id = %self.page, cause, "an update was not stored");
                self.give(Input::AppendFailed { append });
            }
        }
    }

    /// Tells the room what is durable; with many people, once all of it is that went together.
    pub(super) async fn show_durable(&mut self) {
        if self.appends.is_empty() || !self.room.is_crowded() {
            self.tell_durable().await;
        }
    }

    async fn tell_durable(&mut self) {
        let appends = std::mem::take(&mut self.saving.durable);
        if appends.is_empty() {
            return;
        }
        let is_heavy = std::mem::take(&mut self.saving.is_heavy);
        let is_heavy = is_heavy || self.room.may_compact(appends.len());
        let durable = Input::Durable { appends };
        if is_heavy {
            self.give_guarded(durable).await;
        } else {
            self.give(durable);
        }
    }
}
