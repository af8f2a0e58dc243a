//! What the handles of a store share: asking the view, and writes that go on by themselves.

use std::future::Future;
use std::sync::Arc;

use denkraum_journal::{Journal, RecordKey, Subject};
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinSet;

use crate::progress::{Order, Phase, Shared};
use crate::rewrite::Rewriter;
use crate::view::{Broken, View};
use crate::write::Locks;
use crate::{ReadError, RewriteError, Rewritten, apply, record};

/// How often a look-up is tried: a second time after the view was made again.
const ATTEMPTS: usize = 2;

/// What the handles of a store share.
pub(crate) struct Inner {
    pub(crate) journal: Arc<dyn Journal>,
    pub(crate) shared: Arc<Shared>,
    orders: mpsc::UnboundedSender<Order>,
    /// Writes of records, which go on even if nobody waits for them any more.
    writes: Mutex<JoinSet<()>>,
    pub(crate) locks: Locks,
    rewriter: Rewriter,
    /// Rewrites the journal when it is worth it; ended with the store.
    background: Mutex<JoinSet<()>>,
}

impl Inner {
    pub(crate) fn new(
        journal: Arc<dyn Journal>,
        shared: Arc<Shared>,
        orders: mpsc::UnboundedSender<Order>,
    ) -> Self {
        let rewriter = Rewriter::new(&journal, &shared, orders.downgrade());
        let mut background = JoinSet::new();
        background.spawn(rewriter.clone().run());
        Self {
            journal,
            shared,
            orders,
            writes: Mutex::default(),
            locks: Locks::default(),
            rewriter,
            background: Mutex::new(background),
        }
    }

    pub(crate) fn rewrite_soon(&self) {
        self.rewriter.soon();
    }

    pub(crate) async fn rewrite(&self) -> Result<Rewritten, RewriteError> {
        self.rewriter.rewrite().await
    }

    /// Finishes the writes and stops applying; returns once the view's files are closed.
    pub(crate) async fn close(&self) {
        let mut writes = std::mem::take(&mut *self.writes.lock().await);
        while writes.join_next().await.is_some() {}
        // A rewrite may be given up at any moment.
        self.background.lock().await.shutdown().await;
        drop(self.orders.send(Order::Stop));
        let mut progress = self.shared.progress.subscribe();
        drop(
            progress
                .wait_for(|progress| matches!(progress.phase, Phase::Closed))
                .await,
        );
    }

    /// Looks something up in one state of the view that holds everything durable by now.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        what: impl Fn(&View) -> Result<T, Broken> + Send + Sync + 'static,
    ) -> Result<T, ReadError> {
        let what = move |view: &View| {
            let _guard = view.reading();
            what(view)
        };
        self.ask(Arc::new(what)).await
    }

    /// Asks the view; if it turns out to be broken, asks the one made in its place. [V-3]
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        what: Arc<impl Fn(&View) -> Result<T, Broken> + Send + Sync + 'static>,
    ) -> Result<T, ReadError> {
        let mut detail = String::new();
        for _ in 0..ATTEMPTS {
            let (view, generation) = self.shared.applied(self.journal.durable()).await?;
            let what = Arc::clone(&what);
            let asked = tokio::task::spawn_blocking(move || what(&view)).await;
            let why = match asked {
                Ok(Ok(found)) => return Ok(found),
                Ok(Err(Broken(why))) => why,
                Err(err) if err.is_panic() => "a look-up panicked".to_owned(),
                Err(_) => return Err(ReadError::Closed),
            };
            self.shared.suspend(generation);
            detail.clone_from(&why);
            drop(self.orders.send(Order::Rebuild { generation, why }));
        }
        Err(ReadError::View { detail })
    }

    pub(crate) async fn record(
        &self,
        key: &RecordKey,
    ) -> Result<Option<record::Stored>, ReadError> {
        let (subject, key) = (Subject::Record(key.clone()), key.clone());
        let read = move |view: &View| {
            if apply::is_damaged(view, &subject)? {
                return Ok(Err(ReadError::Damaged {
                    subject: subject.clone(),
                }));
            }
            record::read(view, &key).map(Ok)
        };
        self.read(read).await?
    }

    /// Runs something to its end, even if nobody waits for it; `None` if the store is gone.
    pub(crate) async fn to_the_end<T: Send + 'static>(
        &self,
        task: impl Future<Output = T> + Send + 'static,
    ) -> Option<T> {
        let (done, result) = oneshot::channel();
        {
            let mut writes = self.writes.lock().await;
            while writes.try_join_next().is_some() {}
            writes.spawn(async move { drop(done.send(task.await)) });
        }
        result.await.ok()
    }
}
