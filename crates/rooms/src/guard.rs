//! Work with yrs that may not end: on a thread of its own, and waited for only so long.
//!
//! The gate keeps out every shape of bytes that we know to keep yrs busy; this is for those that we
//! do not know. A thread cannot be ended from outside, so one that does not end is left behind:
//! nobody waits for it, and the end of the process ends it. (A task of tokio's pool for blocking
//! work would keep the process from stopping.)

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

/// With so many bytes of Yjs to apply, work is given a thread. Less cannot take long.
pub(crate) const HEAVY: usize = 256;
/// On a machine that is busy with other things, work may take so many times its limit.
const ROUNDS: u32 = 10;

/// How guarded work ended.
pub(crate) enum Outcome<T> {
    /// In time.
    Done(T),
    /// Not in time, or it panicked.
    Failed,
    /// The system gave no thread; nothing was tried.
    NotTried,
}

/// Does `work` on a thread of its own, for at most `limit` of that thread's own time.
pub(crate) async fn within<T, W>(limit: Duration, work: W) -> Outcome<T>
where
    T: Send + 'static,
    W: FnOnce() -> T + Send + 'static,
{
    let (done, mut result) = oneshot::channel();
    let place = Arc::new(OnceLock::new());
    let own_place = Arc::clone(&place);
    let started = thread::Builder::new()
        .name("page".to_owned())
        .spawn(move || {
            if let Ok(path) = std::fs::read_link("/proc/thread-self") {
                let _ = own_place.set(path);
            }
            // Whoever waited may have given up.
            let _ = done.send(work());
        });
    if let Err(error) = started {
        tracing::error!(%error, "there is no thread for a page");
        return Outcome::NotTried;
    }
    let mut wait = limit;
    for _ in 0..ROUNDS {
        match timeout(wait, &mut result).await {
            Ok(Ok(result)) => return Outcome::Done(result),
            Ok(Err(_panicked)) => return Outcome::Failed,
            Err(_late) => match place.get().and_then(time_used) {
                // It had to wait for others; what it has used does not count against it yet.
                Some(used) if used < limit => wait = limit.saturating_sub(used).max(limit / ROUNDS),
                _ => return Outcome::Failed,
            },
        }
    }
    Outcome::Failed
}

/// How long a thread has been on a processor, where the system tells (Linux).
fn time_used(thread: &PathBuf) -> Option<Duration> {
    let file = PathBuf::from("/proc").join(thread).join("schedstat");
    let text = std::fs::read_to_string(file).ok()?;
    let nanos = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanos))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const LIMIT: Duration = Duration::from_millis(20);

    #[tokio::test]
    async fn what_ends_in_time_gives_its_result() {
        assert!(matches!(within(LIMIT, || 7).await, Outcome::Done(7)));
    }

    #[tokio::test]
    async fn what_does_not_end_is_left_behind() {
        let (stop, stopped) = mpsc::channel::<()>();
        let busy = move || while let Err(mpsc::TryRecvError::Empty) = stopped.try_recv() {};
        assert!(matches!(within(LIMIT, busy).await, Outcome::Failed));
        drop(stop);
    }

    #[tokio::test]
    async fn who_only_waits_for_a_processor_gets_more_time() {
        let (go, gone) = mpsc::channel::<()>();
        let waiting = move || gone.recv().is_ok();
        let work = within(LIMIT, waiting);
        let late = async {
            tokio::time::sleep(LIMIT * 3).await;
            go.send(()).unwrap();
        };
        let (outcome, ()) = tokio::join!(work, late);
        assert!(matches!(outcome, Outcome::Done(true)));
    }

    #[tokio::test]
    async fn a_panic_is_a_failure() {
        let outcome = within(LIMIT, || -> u8 { panic!("as an input might make it") }).await;
        assert!(matches!(outcome, Outcome::Failed));
    }
}
