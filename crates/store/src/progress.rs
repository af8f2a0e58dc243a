//! What the applying thread tells the handles of a store.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use denkraum_domain::PageId;
use denkraum_journal::{Damage, Position};
use tokio::sync::{Notify, watch};

use crate::view::View;
use crate::{ReadError, ViewHealth};

/// What the applying thread is asked to do.
#[derive(Debug)]
pub(crate) enum Order {
    /// The view of this generation is broken: make it again.
    Rebuild { generation: u64, why: String },
    /// Finish.
    Stop,
}

/// How far the view is.
#[derive(Clone)]
pub(crate) struct Progress {
    /// The last position that the view holds.
    pub(crate) applied: Position,
    pub(crate) phase: Phase,
}

/// Whether the view answers.
#[derive(Clone)]
pub(crate) enum Phase {
    /// It is being opened or made again.
    Preparing,
    /// It answers.
    Serving {
        view: Arc<View>,
        /// Counts the views of this store.
        generation: u64,
    },
    /// It cannot be kept.
    Failed { detail: String },
    /// The store is being closed.
    Closing,
    /// The store was closed and the view's files with it.
    Closed,
}

/// What all handles share with the applying thread.
pub(crate) struct Shared {
    pub(crate) progress: watch::Sender<Progress>,
    /// Somebody waits for what is not applied yet.
    pub(crate) wanted: Notify,
    damage: Mutex<Vec<Damage>>,
    deleted: Mutex<BTreeSet<PageId>>,
}

impl Shared {
    pub(crate) fn new() -> Self {
        let progress = Progress {
            applied: Position::START,
            phase: Phase::Preparing,
        };
        Self {
            progress: watch::Sender::new(progress),
            wanted: Notify::new(),
            damage: Mutex::default(),
            deleted: Mutex::default(),
        }
    }

    pub(crate) fn set_phase(&self, phase: Phase) {
        self.progress.send_modify(|progress| progress.phase = phase);
    }

    pub(crate) fn set_applied(&self, applied: Position) {
        self.progress
            .send_modify(|progress| progress.applied = applied);
    }

    /// Waits until the view answers and holds everything up to `position`.
    pub(crate) async fn applied(&self, position: Position) -> Result<(Arc<View>, u64), ReadError> {
        let mut progress = self.progress.subscribe();
        if progress.borrow().applied < position {
            self.wanted.notify_one();
        }
        let settled = progress
            .wait_for(|progress| match progress.phase {
                Phase::Preparing => false,
                Phase::Serving { .. } => progress.applied >= position,
                Phase::Failed { .. } | Phase::Closing | Phase::Closed => true,
            })
            .await;
        match settled.map(|progress| progress.phase.clone()) {
            Ok(Phase::Serving { view, generation }) => Ok((view, generation)),
            Ok(Phase::Failed { detail }) => Err(ReadError::View { detail }),
            _ => Err(ReadError::Closed),
        }
    }

    /// Notes that a view is broken, unless it has been replaced already.
    pub(crate) fn suspend(&self, broken: u64) {
        self.progress
            .send_if_modified(|progress| match progress.phase {
                Phase::Serving { generation, .. } if generation == broken => {
                    progress.phase = Phase::Preparing;
                    true
                }
                _ => false,
            });
    }

    pub(crate) fn view_health(&self) -> (Position, ViewHealth) {
        let progress = self.progress.borrow();
        let health = match &progress.phase {
            Phase::Preparing => ViewHealth::Rebuilding,
            Phase::Serving { .. } => ViewHealth::Serving,
            Phase::Failed { detail } => ViewHealth::Failed {
                detail: detail.clone(),
            },
            Phase::Closing | Phase::Closed => ViewHealth::Closed,
        };
        (progress.applied, health)
    }

    pub(crate) fn damage(&self) -> Vec<Damage> {
        lock(&self.damage).clone()
    }

    /// Remembers damage; met again while making the view anew, it is the same one.
    pub(crate) fn add_damage(&self, damage: &Damage) {
        let mut known = lock(&self.damage);
        if !known.contains(damage) {
            known.push(damage.clone());
        }
    }

    pub(crate) fn is_deleted(&self, page: PageId) -> bool {
        lock(&self.deleted).contains(&page)
    }

    pub(crate) fn add_deleted(&self, pages: impl IntoIterator<Item = PageId>) {
        lock(&self.deleted).extend(pages);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics between two changes that belong together.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
