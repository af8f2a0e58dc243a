//! What a journal keeps of its own health, and how others follow it.

use futures_util::{StreamExt, stream};
use tokio::sync::watch;

use crate::{BoxStream, Health, ReadOnly};

/// Whether a journal takes entries, as it knows it itself. [J-15]
#[derive(Debug, Default)]
pub struct Condition(watch::Sender<Option<ReadOnly>>);

impl Condition {
    /// Why no entries are taken; `None` if they are.
    pub fn read_only(&self) -> Option<ReadOnly> {
        self.0.borrow().clone()
    }

    /// Notes that no entries are taken, or that they are again. A closed journal stays closed.
    pub fn set(&self, reason: Option<ReadOnly>) {
        self.0.send_if_modified(|known| {
            let changes = *known != reason && *known != Some(ReadOnly::Closed);
            if changes {
                *known = reason;
            }
            changes
        });
    }

    /// The same as others are told it.
    pub fn health(&self) -> Health {
        health(self.read_only())
    }

    /// How it is now, and then every change; of several in a row perhaps only the last. Ends when the
    /// journal is closed.
    pub fn changes(&self) -> BoxStream<'static, Health> {
        let mut receiver = self.0.subscribe();
        receiver.mark_changed();
        stream::unfold(Some(receiver), |receiver| async move {
            let mut receiver = receiver?;
            receiver.changed().await.ok()?;
            let reason = receiver.borrow_and_update().clone();
            let is_last = reason == Some(ReadOnly::Closed);
            Some((health(reason), (!is_last).then_some(receiver)))
        })
        .boxed()
    }
}

fn health(reason: Option<ReadOnly>) -> Health {
    reason.map_or(Health::Writable, |reason| Health::ReadOnly { reason })
}
