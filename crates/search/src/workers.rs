//! Threads that answer searches: as many as there are processors, first come, first served.
//!
//! More at once would only slow each other down. A thread that has answered goes on with the next question by
//! itself: nobody has to be woken first while a processor waits.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::{io, thread};

type Job = Box<dyn FnOnce() + Send>;

/// Threads that end when this is dropped, after what was asked before.
#[derive(Debug)]
pub struct Workers(Sender<Job>);

impl Workers {
    /// As many as there are processors.
    ///
    /// # Errors
    ///
    /// If the system gives no thread.
    pub fn start() -> io::Result<Self> {
        let processors = thread::available_parallelism().map_or(2, usize::from);
        let (jobs, waiting) = channel::<Job>();
        let waiting = Arc::new(Mutex::new(waiting));
        for number in 0..processors {
            let waiting = Arc::clone(&waiting);
            thread::Builder::new()
                .name(format!("search-{number}"))
                .spawn(move || work(&waiting))?;
        }
        Ok(Self(jobs))
    }

    /// Has something done when those asked before are done or under way. A panic ends this job alone, and is
    /// reported as others are; whoever waits for its answer learns of it by what the job had in hand being dropped.
    pub fn give(&self, job: impl FnOnce() + Send + 'static) {
        // It is taken for as long as this exists: the threads end only after it.
        drop(self.0.send(Box::new(job)));
    }
}

fn work(waiting: &Mutex<Receiver<Job>>) {
    loop {
        // One of the threads waits for the next job, the others for their turn to do so.
        let next = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(job) = next else {
            return;
        };
        // What a job shares guards itself against panics; the job is gone.
        drop(catch_unwind(AssertUnwindSafe(job)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_are_done_also_after_one_that_panics() {
        let workers = Workers::start().unwrap();
        let (done, finished) = channel();
        let jobs = 4 * thread::available_parallelism().unwrap().get();
        for number in 0..jobs {
            let done = done.clone();
            workers.give(move || {
                assert!(number % 2 == 0, "a job that fails");
                done.send(number).unwrap();
            });
        }
        drop(done);
        let mut numbers: Vec<usize> = finished.iter().collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (0..jobs).step_by(2).collect::<Vec<_>>());
    }

    #[test]
    fn what_was_asked_before_the_end_is_still_done() {
        let workers = Workers::start().unwrap();
        let (done, finished) = channel();
        for number in 0..20 {
            let done = done.clone();
            workers.give(move || done.send(number).unwrap());
        }
        drop((workers, done));
        assert_eq!(finished.iter().count(), 20);
    }
}
