//! A journal in memory, for tests: everything is durable at once, unless it is told otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::{FutureExt, StreamExt, future, stream};
use tokio::sync::{oneshot, watch};

use crate::{
    AppendError, BoxFuture, BoxStream, CompactError, Condition, Entry, Health, Journal, JournalId,
    Position, ReadError, ReadOnly, RewriteError, Rewritten, Subject, check_compaction,
    frame::Encoded,
};

/// A journal in memory. Clones are handles of the same journal.
#[derive(Clone)]
pub struct MemoryJournal {
    shared: Arc<Shared>,
}

struct Shared {
    id: JournalId,
    state: Mutex<State>,
    /// Moves whenever a tail may have something to do.
    moved: watch::Sender<()>,
    condition: Condition,
}

#[derive(Default)]
struct State {
    durable: BTreeMap<Position, Entry>,
    last: Position,
    durable_upto: Position,
    /// Where a rewrite may replace what came before.
    sealed: Option<Position>,
    /// Entries that wait for the word, if entries are held back.
    held: Option<Vec<Held>>,
}

struct Held {
    position: Position,
    entry: Entry,
    done: oneshot::Sender<Result<Position, AppendError>>,
}

impl MemoryJournal {
    /// An empty journal.
    pub fn new(id: JournalId) -> Self {
        Self::with(id, State::default())
    }

    fn with(id: JournalId, state: State) -> Self {
        let (moved, _) = watch::channel(());
        Self {
            shared: Arc::new(Shared {
                id,
                state: Mutex::new(state),
                moved,
                condition: Condition::default(),
            }),
        }
    }

    /// What the journal would be after a restart: the durable entries, and writable again.
    #[must_use]
    pub fn reopened(&self) -> Self {
        let old = self.shared.lock();
        let state = State {
            durable: old.durable.clone(),
            last: old.durable_upto,
            durable_upto: old.durable_upto,
            ..State::default()
        };
        Self::with(self.shared.id, state)
    }

    /// From now on entries take their place, but do not become durable.
    pub fn hold(&self) {
        self.shared.lock().held.get_or_insert_default();
    }

    /// How many entries are held back.
    pub fn held(&self) -> usize {
        self.shared.lock().held.as_ref().map_or(0, Vec::len)
    }

    /// Makes all held entries durable and holds no more.
    pub fn release(&self) {
        let mut state = self.shared.lock();
        for Held {
            position,
            entry,
            done,
        } in state.held.take().unwrap_or_default()
        {
            state.durable.insert(position, entry);
            state.durable_upto = position;
            // Nobody waits any more: the entry is durable all the same.
            drop(done.send(Ok(position)));
        }
        self.shared.moved.send_replace(());
    }

    /// Lets all held entries fail and holds no more.
    pub fn refuse_held(&self, error: &AppendError) {
        let mut state = self.shared.lock();
        for held in state.held.take().unwrap_or_default() {
            drop(held.done.send(Err(error.clone())));
        }
        state.last = state.durable_upto;
    }

    /// Takes no entries from now on, as after a failed sync; held ones fail.
    pub fn fail(&self, reason: ReadOnly) {
        self.shared.condition.set(Some(reason.clone()));
        self.refuse_held(&AppendError::ReadOnly(reason));
    }

    /// Takes entries again, as when there is space on a disk that was full.
    pub fn recover(&self) {
        self.shared.condition.set(None);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds the lock in the middle of a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next durable entry after `after`; `Err` if there will never be one.
    fn next(&self, after: Position) -> Result<Option<(Position, Entry)>, ()> {
        let state = self.lock();
        let next = after
            .next()
            .and_then(|from| state.durable.range(from..).next());
        match next {
            Some((position, entry)) => Ok(Some((*position, entry.clone()))),
            None if self.condition.read_only() == Some(ReadOnly::Closed) => Err(()),
            None => Ok(None),
        }
    }

    fn rewrite(
        &self,
        upto: Position,
        mut keep: BTreeSet<Position>,
    ) -> Result<Rewritten, RewriteError> {
        let mut state = self.lock();
        if state.sealed != Some(upto) {
            return Err(RewriteError::NotSealed { upto });
        }
        keep.insert(upto);
        let keep: BTreeSet<_> = keep.range(..=upto).copied().collect();
        let missing = keep.iter().find(|at| !state.durable.contains_key(at));
        if let Some(position) = missing.filter(|at| **at > Position::START) {
            return Err(RewriteError::Missing {
                position: *position,
            });
        }
        let before = state.durable.range(..=upto).count() as u64;
        state
            .durable
            .retain(|at, _| *at > upto || keep.contains(at));
        let entries = state.durable.range(..=upto).count() as u64;
        state.sealed = None;
        // There are no bytes here: entries stand for them.
        Ok(Rewritten {
            entries,
            before,
            after: entries,
        })
    }

    fn append(&self, entry: Entry) -> Result<oneshot::Receiver<AppendResult>, AppendError> {
        Encoded::new(&entry).map_err(AppendError::Invalid)?;
        let mut state = self.lock();
        if let Some(reason) = self.condition.read_only() {
            return Err(AppendError::ReadOnly(reason));
        }
        let (done, receiver) = oneshot::channel();
        let Some(position) = state.last.next() else {
            return Err(AppendError::Write {
                detail: "no position is left".to_owned(),
            });
        };
        state.last = position;
        if let Some(held) = &mut state.held {
            held.push(Held {
                position,
                entry,
                done,
            });
        } else {
            state.durable.insert(position, entry);
            state.durable_upto = position;
            drop(done.send(Ok(position)));
            self.moved.send_replace(());
        }
        Ok(receiver)
    }
}

type AppendResult = Result<Position, AppendError>;

impl Journal for MemoryJournal {
    fn id(&self) -> JournalId {
        self.shared.id
    }

    fn append(&self, entry: Entry) -> BoxFuture<'static, AppendResult> {
        match self.shared.append(entry) {
            Ok(receiver) => receiver
                .map(|done| done.unwrap_or(Err(AppendError::ReadOnly(ReadOnly::Closed))))
                .boxed(),
            Err(err) => future::ready(Err(err)).boxed(),
        }
    }

    fn tail(&self, after: Position) -> BoxStream<'static, Result<(Position, Entry), ReadError>> {
        let moved = self.shared.moved.subscribe();
        let start = (Arc::clone(&self.shared), moved, after);
        stream::unfold(start, |(shared, mut moved, after)| async move {
            loop {
                moved.mark_unchanged();
                if let Some((position, entry)) = shared.next(after).ok()? {
                    return Some((Ok((position, entry)), (shared, moved, position)));
                }
                moved.changed().await.ok()?;
            }
        })
        .boxed()
    }

    fn compact(
        &self,
        subject: Subject,
        upto: Position,
        snapshot: Entry,
    ) -> BoxFuture<'static, Result<Position, CompactError>> {
        if let Err(err) = check_compaction(&subject, upto, &snapshot, self.durable()) {
            return future::ready(Err(err)).boxed();
        }
        let appended = self.append(snapshot);
        let shared = Arc::clone(&self.shared);
        async move {
            let position = appended.await.map_err(CompactError::Append)?;
            let mut state = shared.lock();
            state
                .durable
                .retain(|at, entry| *at > upto || entry.subject != subject);
            Ok(position)
        }
        .boxed()
    }

    fn seal(&self) -> BoxFuture<'static, Result<Position, RewriteError>> {
        let mut state = self.shared.lock();
        if let Some(reason) = self.shared.condition.read_only() {
            return future::ready(Err(RewriteError::ReadOnly(reason))).boxed();
        }
        state.sealed = Some(state.durable_upto);
        future::ready(Ok(state.durable_upto)).boxed()
    }

    fn rewrite(
        &self,
        upto: Position,
        keep: BTreeSet<Position>,
    ) -> BoxFuture<'static, Result<Rewritten, RewriteError>> {
        future::ready(self.shared.rewrite(upto, keep)).boxed()
    }

    fn durable(&self) -> Position {
        self.shared.lock().durable_upto
    }

    fn health(&self) -> Health {
        self.shared.condition.health()
    }

    fn health_changes(&self) -> BoxStream<'static, Health> {
        self.shared.condition.changes()
    }

    fn close(&self) -> BoxFuture<'static, ()> {
        self.release();
        self.shared.condition.set(Some(ReadOnly::Closed));
        self.shared.moved.send_replace(());
        future::ready(()).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Bench, update};

    struct InMemory(Mutex<MemoryJournal>);

    impl InMemory {
        fn new() -> Self {
            Self(Mutex::new(MemoryJournal::new(JournalId::from_u128(1))))
        }
    }

    impl Bench for InMemory {
        fn open(&self) -> BoxFuture<'_, Arc<dyn Journal>> {
            let mut current = self.0.lock().unwrap();
            *current = current.reopened();
            let journal: Arc<dyn Journal> = Arc::new(current.clone());
            future::ready(journal).boxed()
        }
    }

    crate::journal_contract!(InMemory::new());

    /// [J-7] A tail does not see what is not durable.
    #[tokio::test]
    async fn held_entries_are_seen_once_they_are_released() {
        let journal = MemoryJournal::new(JournalId::from_u128(1));
        let mut tail = journal.tail(Position::START);
        journal.hold();
        let mut append = journal.append(update(1, "held"));
        assert!((&mut append).now_or_never().is_none());
        assert!(tail.next().now_or_never().is_none());
        assert_eq!(journal.durable(), Position::START);
        journal.release();
        let position = append.await.unwrap();
        assert_eq!(
            tail.next().await.unwrap().unwrap(),
            (position, update(1, "held"))
        );
    }

    /// [J-7] Held entries that are refused are never seen, and later ones are.
    #[tokio::test]
    async fn refused_entries_are_never_seen() {
        let journal = MemoryJournal::new(JournalId::from_u128(1));
        journal.hold();
        let append = journal.append(update(1, "refused"));
        let error = AppendError::Write {
            detail: "full".to_owned(),
        };
        journal.refuse_held(&error);
        assert_eq!(append.await, Err(error));
        let position = journal.append(update(1, "kept")).await.unwrap();
        let first = journal.tail(Position::START).next().await.unwrap().unwrap();
        assert_eq!(first, (position, update(1, "kept")));
    }
}
