//! Appends that have become durable, on their way to the room.
//!
//! The journal writes many at once, and the room shows as one what it hears of at once. With many
//! people on a page that is the greatest part of the work, so there the room hears of them at
//! intervals.

use std::time::Duration;

use denkraum_sync::Input;
use tokio::time::Instant;

use super::{PageTask, Stored};

/// What the room has not heard of yet.
#[derive(Default)]
pub(super) struct Durable {
    /// Appends with their positions.
    appends: Vec<(u64, u64)>,
    /// Whether the update of one of them is applied under guard.
    is_heavy: bool,
    /// When the room last heard of some.
    told: Option<Instant>,
}

impl Durable {
    pub(super) fn is_empty(&self) -> bool {
        self.appends.is_empty()
    }
}

impl PageTask {
    pub(super) async fn stored(&mut self, (append, outcome): Stored) {
        self.credits.remove(&append);
        self.durable.is_heavy |= self.heavy.remove(&append);
        match outcome {
            Ok(position) => self.durable.appends.push((append, position.get())),
            Err(err) => {
                self.tell_durable().await;
                let cause: &dyn std::error::Error = &err;
                tracing::warn!(page.id = %self.page, cause, "an update was not stored");
                self.give(Input::AppendFailed { append });
            }
        }
    }

    /// How long to wait until the room hears of what is durable; `None` if it has heard of all.
    pub(super) fn until_shown(&self) -> Option<Duration> {
        if self.durable.is_empty() {
            return None;
        }
        let told = self.durable.told.filter(|_| self.room.is_crowded());
        let tick = self.registry.config.busy_tick;
        Some(told.map_or(Duration::ZERO, |told| tick.saturating_sub(told.elapsed())))
    }

    /// Tells the room what is durable, if it is time to.
    pub(super) async fn show_durable(&mut self) {
        if self.until_shown().is_some_and(|wait| wait.is_zero()) {
            self.tell_durable().await;
        }
    }

    async fn tell_durable(&mut self) {
        let appends = std::mem::take(&mut self.durable.appends);
        if appends.is_empty() {
            return;
        }
        self.durable.told = Some(Instant::now());
        let is_heavy = std::mem::take(&mut self.durable.is_heavy);
        let is_heavy = is_heavy || self.room.may_compact(appends.len());
        let durable = Input::Durable { appends };
        if is_heavy {
            self.give_guarded(durable).await;
        } else {
            self.give(durable);
        }
    }
}
