//! Calls to the disk that fail.

use denkraum_journal::ReadOnly;
use denkraum_store::AppendError;
use rand::RngExt;

use super::Storage;
use crate::rules::{holds, note};
use crate::shelf::Crash;
use crate::sim::Plan;

impl Storage {
    /// One write fails: its entries are refused and taken back, then all goes on.
    pub(super) fn write_fails(&mut self) {
        self.shelf.plan(Plan {
            write: Some(0),
            ..Plan::default()
        });
        let update = self.updates().into_iter().take(1).collect();
        let appended = self.shelf.append(update);
        self.shelf.unplan();
        // The first write may have been another file's.
        if appended.iter().any(Result::is_err) {
            let again = self.updates().into_iter().take(1).collect();
            for appended in self.shelf.append(again) {
                holds("F-12", appended.is_ok(), || {
                    format!("after a failed write: {appended:?}")
                });
            }
        }
        self.shelf.check_view();
    }

    /// A failed sync is final; reading goes on.
    pub(super) fn sync_fails(&mut self) {
        self.shelf.plan(Plan {
            sync: Some(0),
            ..Plan::default()
        });
        let update: Vec<_> = self.updates().into_iter().take(1).collect();
        let appended = self.shelf.append(update);
        self.shelf.unplan();
        if matches!(self.shelf.fails(), Some(ReadOnly::SyncFailed { .. })) {
            holds("F-13", appended.iter().all(Result::is_err), || {
                "confirmed after a failed sync".to_owned()
            });
            let later: Vec<_> = self.updates().into_iter().take(1).collect();
            for later in self.shelf.append(later) {
                holds("F-13", later.is_err(), || {
                    format!("confirmed after a failed sync: {later:?}")
                });
            }
            self.shelf.check_view();
            let crash = Crash::any(&mut self.rng);
            self.shelf.crash(crash, &mut self.rng);
        }
    }

    /// Any single call fails, while anything is done.
    pub(super) fn call_fails(&mut self) {
        let any = Some(self.rng.random_range(0..8));
        note(format!("call {any:?}"));
        self.shelf.plan(Plan {
            any,
            ..Plan::default()
        });
        let updates: Vec<_> = self.updates().into_iter().take(1).collect();
        self.shelf.append(updates);
        match self.rng.random_range(0..3) {
            0 => drop(self.shelf.rewrite()),
            1 => {
                let page = self.page();
                if let Some(stored) = self.shelf.load(page) {
                    let state = bytes::Bytes::from_static(b"state");
                    self.shelf.compact(page, stored.upto, Vec::new(), state);
                }
            }
            _ => {}
        }
        self.shelf.unplan();
        self.shelf.check_view();
        let crash = Crash::any(&mut self.rng);
        self.shelf.crash(crash, &mut self.rng);
        holds("F-11", self.shelf.is_writable(), || {
            "not writable after a restart".to_owned()
        });
    }

    /// The program ends at any call of a rewrite.
    pub(super) fn rewrite_until_a_call_fails(&mut self) {
        self.shelf.plan(Plan {
            from: Some(self.rng.random_range(0..16)),
            ..Plan::default()
        });
        let rewritten = self.shelf.rewrite();
        let crash = Crash::any(&mut self.rng);
        self.shelf.crash(crash, &mut self.rng);
        holds("F-18", self.shelf.is_writable(), || {
            format!("not writable after a rewrite that was cut off ({rewritten})")
        });
    }

    /// Nothing more fits: entries are refused, reading goes on; then there is room again.
    pub(super) fn disk_is_full(&mut self) {
        let used: usize = self.shelf.used();
        self.shelf.plan(Plan {
            space: Some(used + self.rng.random_range(0..2000)),
            ..Plan::default()
        });
        let mut was_full = false;
        for _ in 0..4 {
            let update: Vec<_> = self.updates().into_iter().take(1).collect();
            for appended in self.shelf.append(update) {
                let is_full = |err: &AppendError| {
                    matches!(
                        err,
                        AppendError::Journal(denkraum_journal::AppendError::ReadOnly(
                            ReadOnly::NoSpace
                        ))
                    )
                };
                was_full |= appended.as_ref().is_err_and(is_full);
                holds("F-12", appended.as_ref().err().is_none_or(is_full), || {
                    format!("on a full disk: {appended:?}")
                });
            }
            self.shelf.check_view();
        }
        if was_full && self.rng.random() {
            // It can be opened and read while it is full.
            self.shelf.restart_while_full();
        }
        self.shelf.unplan();
        let update: Vec<_> = self.updates().into_iter().take(1).collect();
        for appended in self.shelf.append(update) {
            holds("F-12", appended.is_ok(), || {
                format!("with room again: {appended:?}")
            });
        }
        if !self.shelf.is_writable() {
            // Nobody has tried yet: a new start looks at once.
            self.shelf.crash(Crash::Kill, &mut self.rng);
        }
    }
}
