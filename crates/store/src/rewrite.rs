//! Rewriting the journal: the view says what is to be kept.

use std::sync::Arc;
use std::time::Duration;

use denkraum_journal as journal;
use denkraum_journal::{Journal, Rewritten};
use tokio::sync::{Mutex, Notify, mpsc};

use crate::progress::{Order, Phase, Progress, Shared};
use crate::view::Broken;
use crate::{ReadError, RewriteError, live};

/// How long after a rewrite that failed the next one is tried, unless somebody asks for it.
const TRY_AGAIN_AFTER: Duration = Duration::from_mins(1);

/// Rewrites the journal of a store. Clones rewrite the same one, one at a time.
#[derive(Clone)]
pub(crate) struct Rewriter {
    journal: Arc<dyn Journal>,
    shared: Arc<Shared>,
    /// Does not keep the thread alive that applies.
    orders: mpsc::WeakUnboundedSender<Order>,
    wanted: Arc<Notify>,
    under_way: Arc<Mutex<()>>,
}

impl Rewriter {
    pub(crate) fn new(
        journal: &Arc<dyn Journal>,
        shared: &Arc<Shared>,
        orders: mpsc::WeakUnboundedSender<Order>,
    ) -> Self {
        Self {
            journal: Arc::clone(journal),
            shared: Arc::clone(shared),
            orders,
            wanted: Arc::default(),
            under_way: Arc::default(),
        }
    }

    /// Asks for a rewrite that nobody waits for. [V-14]
    pub(crate) fn soon(&self) {
        self.wanted.notify_one();
    }

    /// Rewrites whenever it is due or wanted, until the store is closed.
    pub(crate) async fn run(self) {
        let mut progress = self.shared.progress.subscribe();
        loop {
            let due = |progress: &Progress| {
                matches!(progress.phase, Phase::Closing | Phase::Closed)
                    || self.journal.is_rewrite_due()
            };
            tokio::select! {
                () = self.wanted.notified() => {}
                moved = progress.wait_for(due) => match moved.map(|now| now.phase.clone()) {
                    Err(_) | Ok(Phase::Closing | Phase::Closed) => return,
                    Ok(_) => {}
                },
            }
            match self.rewrite().await {
                Ok(Rewritten {
                    entries,
                    before,
                    after,
                }) => tracing::info!(entries, before, after, "the journal was rewritten"),
                Err(RewriteError::Journal(journal::RewriteError::NotNeeded)) => return,
                Err(err) => {
                    let cause = chain(&err);
                    tracing::warn!(cause, "the journal was not rewritten and grows on");
                    self.wait_after(&err).await;
                    self.wanted.notify_one();
                }
            }
        }
    }

    /// Waits until another attempt may have another outcome, or somebody asks for one.
    async fn wait_after(&self, err: &RewriteError) {
        use journal::RewriteError::{Disk, NotSealed, ReadOnly};
        let wanted = self.wanted.notified();
        match err {
            RewriteError::Read(_)
            | RewriteError::Journal(Disk { .. } | ReadOnly(_) | NotSealed { .. }) => {
                drop(tokio::time::timeout(TRY_AGAIN_AFTER, wanted).await);
            }
            // Damage does not go away by waiting.
            _ => wanted.await,
        }
    }

    /// Seals the journal, waits for the view, and lets the journal keep what the view rests on.
    pub(crate) async fn rewrite(&self) -> Result<Rewritten, RewriteError> {
        let _one_at_a_time = self.under_way.lock().await;
        let upto = self.journal.seal().await.map_err(RewriteError::Journal)?;
        let (view, generation) = self
            .shared
            .applied(upto)
            .await
            .map_err(RewriteError::Read)?;
        let found = tokio::task::spawn_blocking(move || live::positions(&view, upto)).await;
        let found = found.unwrap_or_else(|err| Err(Broken(err.to_string())));
        let keep = match found {
            Ok(keep) => keep.map_err(|subject| RewriteError::SetAside { subject })?,
            Err(Broken(why)) => {
                self.shared.suspend(generation);
                let detail = why.clone();
                if let Some(orders) = self.orders.upgrade() {
                    drop(orders.send(Order::Rebuild { generation, why }));
                }
                return Err(RewriteError::Read(ReadError::View { detail }));
            }
        };
        let rewritten = self.journal.rewrite(upto, keep).await;
        rewritten.map_err(RewriteError::Journal)
    }
}

fn chain(err: &dyn std::error::Error) -> String {
    let mut text = err.to_string();
    let mut source = err.source();
    while let Some(err) = source {
        text.push_str(": ");
        text.push_str(&err.to_string());
        source = err.source();
    }
    text
}
