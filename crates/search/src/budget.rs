//! How long an answer may take.
//!
//! The caller says when the time is up; this crate reads no clock. What was found by then is the
//! answer, and it says that it was [cut short](crate::Results::out_of_time).

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The time of one answer. Clones share it.
#[derive(Clone)]
pub struct Budget(Arc<Inner>);

struct Inner {
    is_over: Box<dyn Fn() -> bool + Send + Sync>,
    /// It was over when somebody looked. It never begins again.
    was_over: AtomicBool,
}

impl Budget {
    /// Time without end.
    pub fn unlimited() -> Self {
        Self::until(|| false)
    }

    /// Time until `is_over`, which is asked every few hundred steps of the work.
    pub fn until(is_over: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner {
            is_over: Box::new(is_over),
            was_over: AtomicBool::new(false),
        }))
    }

    /// Whether the time is up now.
    pub(crate) fn is_over(&self) -> bool {
        if self.was_over() {
            return true;
        }
        let over = (self.0.is_over)();
        if over {
            self.0.was_over.store(true, Ordering::Relaxed);
        }
        over
    }

    /// Whether something was left out for lack of time.
    pub fn was_over(&self) -> bool {
        self.0.was_over.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Budget").finish_non_exhaustive()
    }
}
