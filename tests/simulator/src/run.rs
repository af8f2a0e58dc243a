//! Runs seeds, on as many threads as wanted, and says which failed and with which rule.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::runtime::{Builder, Runtime};

use crate::network::{Bug, Counts};
use crate::rules::{Checked, take_checked, take_trail};
use crate::{network, storage};

/// What came of many seeds.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) seeds: u64,
    pub(crate) checked: Checked,
    pub(crate) counts: Counts,
    /// Seeds that failed, and how.
    pub(crate) failed: Vec<(u64, String)>,
}

impl Outcome {
    fn add(&mut self, other: Self) {
        self.seeds += other.seeds;
        for (rule, count) in other.checked {
            *self.checked.entry(rule).or_default() += count;
        }
        self.counts.add(&other.counts);
        self.failed.extend(other.failed);
    }

    /// All failures, one to a line.
    pub(crate) fn failures(&self) -> String {
        let mut failed = self.failed.clone();
        failed.sort();
        let lines = failed
            .iter()
            .map(|(seed, what)| format!("seed {seed}: {what}"));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Runs each seed once.
pub(crate) fn run_seeds(
    bug: Option<Bug>,
    first: u64,
    count: u64,
    threads: usize,
    told: impl Fn(u64) + Sync,
) -> Outcome {
    let (next, outcome) = (AtomicU64::new(0), Mutex::new(Outcome::default()));
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                let runtime = runtime();
                let mut mine = Outcome::default();
                loop {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    if turn >= count {
                        break;
                    }
                    run_seed(first + turn, bug, &runtime, &mut mine);
                    told(turn + 1);
                }
                mine.checked = take_checked();
                outcome.lock().unwrap().add(mine);
            });
        }
    });
    outcome.into_inner().unwrap()
}

fn run_seed(seed: u64, bug: Option<Bug>, runtime: &Rc<Runtime>, outcome: &mut Outcome) {
    let counts = &mut outcome.counts;
    let run = AssertUnwindSafe(|| {
        storage::run(seed, runtime);
        counts.add(&network::run(seed, bug, runtime));
    });
    if let Err(panic) = catch_unwind(run) {
        let what = panic.downcast_ref::<String>().cloned();
        let what = what.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
        let what = what.unwrap_or_default();
        let failed = format!("{what}\n    after {}", take_trail());
        // At once: the run may be a long one.
        eprintln!("seed {seed}: {failed}");
        outcome.failed.push((seed, failed));
    }
    take_trail();
    outcome.seeds += 1;
}

/// What drives the futures of journal and store; nothing in it waits for time. Kept for ever: the
/// threads of a store that was killed may still look at it.
pub(crate) fn runtime() -> Rc<Runtime> {
    let runtime = Builder::new_current_thread().enable_time().build();
    let runtime = Rc::new(runtime.unwrap());
    std::mem::forget(Rc::clone(&runtime));
    runtime
}
