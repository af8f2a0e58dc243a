//! What has to follow from what happened, at once or when it is due.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use denkraum_domain::{Access, Timestamp};
use denkraum_sync::{AccessReason, Channel, Effect, Input, Message, Storage, close, parse_frame};

use super::super::oracle::Oracle;
use super::{Flight, PAUSE, Pause, QUIET, SETTLE_AT_MOST, Stored, Watch};
use crate::rules::{equal, holds};
use crate::support;

/// What goes to a connection.
fn sent_to(out: &[Effect], conn: u64) -> impl Iterator<Item = &[u8]> {
    out.iter().filter_map(move |effect| match effect {
        Effect::Send {
            conn: to, frame, ..
        } if *to == conn => Some(&frame[..]),
        _ => None,
    })
}

impl Watch {
    /// Whoever asked for it is told when nothing can be saved, and nobody else.
    pub(super) fn check_storage(&self, input: &Input, out: &[Effect]) {
        let told: BTreeSet<u64> = out
            .iter()
            .filter_map(|effect| match effect {
                Effect::Send { conn, frame, .. } if frame[0] == 105 => Some(*conn),
                _ => None,
            })
            .collect();
        let expected: BTreeSet<u64> = match input {
            Input::Storage(storage) if *storage != self.storage => {
                let asked = self
                    .conns
                    .iter()
                    .filter(|(_, conn)| conn.extensions.storage);
                asked.map(|(conn, _)| *conn).collect()
            }
            Input::Join {
                conn, extensions, ..
            } if !self.is_stopping && extensions.storage && self.storage != Storage::Writable => {
                [*conn].into()
            }
            _ => BTreeSet::new(),
        };
        equal("S-43", &told, &expected, || {
            "told of the storage".to_owned()
        });
    }

    /// What has to follow at once.
    pub(super) fn check_answer_to(&self, input: &Input, out: &[Effect]) {
        let closed_with = |conn: u64| {
            out.iter().find_map(|effect| match effect {
                Effect::Close {
                    conn: closed, code, ..
                } if *closed == conn => Some(*code),
                _ => None,
            })
        };
        match input {
            Input::Join { conn, .. } if self.is_stopping => {
                holds("S-33", closed_with(*conn) == Some(close::RESTART), || {
                    "let in while stopping".to_owned()
                });
            }
            Input::Join {
                conn, extensions, ..
            } => {
                if extensions.access {
                    let first = sent_to(out, *conn).next().map(|frame| frame[0]);
                    holds("S-9", first == Some(102), || {
                        format!("first came {first:?}")
                    });
                }
                if self.shown.values().any(|shown| shown.is_there) {
                    let is_told = sent_to(out, *conn).any(|frame| frame[0] == 1);
                    holds("S-9", is_told, || "not told who is here".to_owned());
                }
            }
            Input::LoadFailed => {
                for conn in self.conns.keys() {
                    let code = closed_with(*conn);
                    holds("S-7", code == Some(close::TRY_AGAIN), || {
                        format!("a page that cannot be loaded: {code:?}")
                    });
                }
            }
            Input::Shutdown => {
                for conn in self.conns.keys() {
                    let code = closed_with(*conn);
                    holds("S-33", code == Some(close::RESTART), || {
                        format!("told {code:?}")
                    });
                }
            }
            Input::PermitChanged {
                conn,
                access: None,
                reason,
            } if self.conns.contains_key(conn) => {
                let expected = match reason {
                    AccessReason::SignedOut => close::SIGNED_OUT,
                    _ => close::NOT_ALLOWED,
                };
                let code = closed_with(*conn);
                holds("S-27", code == Some(expected), || {
                    format!("{code:?}, not {expected}")
                });
            }
            Input::Commented => {
                for (conn, known) in &self.conns {
                    let is_told = sent_to(out, *conn).any(|frame| frame[0] == 104);
                    holds("S-42", is_told == known.extensions.comments, || {
                        format!("{conn} heard of comments: {is_told}")
                    });
                }
            }
            _ => {}
        }
    }

    /// Whose rights change is told, if they asked for it, and nothing is told that is known.
    pub(super) fn check_rights(&self, input: &Input, out: &[Effect]) {
        let Input::PermitChanged {
            conn,
            access,
            reason,
        } = input
        else {
            return;
        };
        let Some(known) = self.conns.get(conn) else {
            return;
        };
        let is_new = *access != Some(known.access) || *reason != known.reason;
        let is_told = sent_to(out, *conn).any(|frame| frame[0] == 102);
        holds(
            "S-27",
            is_told == (is_new && known.extensions.access),
            || format!("{conn} was told of {access:?} for {reason:?}: {is_told}"),
        );
        if *access == Some(Access::Edit) && known.access == Access::Read && self.is_loaded {
            let is_asked = sent_to(out, *conn).any(|frame| frame.starts_with(&[0, 0]));
            holds("S-27", is_asked, || {
                format!("{conn} may write again and is not asked for what it wrote")
            });
        }
    }

    /// What is due by now was done, whether or not the room asked to be woken for it.
    pub(crate) fn check_times(&self, now: Timestamp) {
        for (conn, known) in &self.conns {
            let quiet = now.millis_since(known.last_sent);
            holds("S-25", quiet < QUIET, || {
                format!("{conn} was sent nothing for {quiet} ms")
            });
        }
        let waits = self.changed.map_or(0, |changed| now.millis_since(changed));
        holds("S-31", waits < SETTLE_AT_MOST || !self.is_loaded, || {
            format!("not passed on for {waits} ms")
        });
        holds("S-43", self.pause != Pause::Over, || {
            "entries are taken again, and a page that waits for that is not loaded".to_owned()
        });
    }

    /// Nothing is under way any more of which the outcome is not known.
    pub(super) fn pause_if_all_are_known(&mut self, now: Timestamp) {
        let are_known = self.flights.iter().all(|flight| flight.is_durable);
        if self.is_discarding && are_known && self.pause == Pause::Open {
            self.pause = Pause::Since(now);
        }
    }

    /// After a failure the page is loaded again once all outcomes are known, and after a pause.
    pub(super) fn check_load(&mut self, now: Timestamp) {
        if !self.is_discarding {
            return;
        }
        let is_time = match self.pause {
            Pause::Since(since) => now.millis_since(since) >= PAUSE,
            Pause::Over => true,
            Pause::Open | Pause::Loading => false,
        };
        holds("S-16", is_time, || {
            format!("loaded again too soon: {:?}", self.pause)
        });
        self.pause = Pause::Loading;
    }

    /// Updates go out in the order of the journal, to everybody but who brought them, each by itself or
    /// all as one.
    pub(super) fn check_order(&self, committed: &[Flight], out: &[Effect]) {
        let mut shown = BTreeMap::<u64, Vec<&[u8]>>::new();
        for effect in out.iter().filter(|_| !committed.is_empty()) {
            if let Effect::Send {
                conn,
                frame,
                channel: Channel::Document,
            } = effect
                && let Ok(Message::Update(update)) = parse_frame(frame)
            {
                shown.entry(*conn).or_default().push(update);
            }
        }
        for (conn, updates) in shown {
            let others = || committed.iter().filter(|flight| flight.conn != conn);
            let count = others().count();
            holds("S-10", count > 0, || format!("sent back to {conn}"));
            let is_merged = updates.len() == 1 && committed.len() > 1;
            holds("S-37", is_merged || updates.len() == count, || {
                format!("{} messages for {count} updates", updates.len())
            });
            // Who came later gets each as the document has it.
            let joined_after = self.conns.get(&conn).map_or(0, |conn| conn.joined_after);
            let is_in_order = others()
                .zip(&updates)
                .all(|(flight, update)| flight.append <= joined_after || flight.update == *update);
            holds("S-11", is_merged || is_in_order, || {
                format!("sent to {conn} in another order")
            });
        }
    }

    /// What an answer deletes of a snapshot counts as seen.
    pub(super) fn note_answer(&mut self, input: &Input, update: &[u8]) {
        if let Input::Frame { bytes, .. } = input
            && let Ok(Message::Step2(_)) = parse_frame(bytes)
        {
            let (_, deleted) = support::contents(update);
            let old = deleted.intersection(&self.loaded);
            self.counts_as_seen.extend(old);
        }
    }

    /// A page is begun only if nothing was ever written on it.
    pub(super) fn check_beginning(
        &self,
        conn: u64,
        update: &Bytes,
        oracle: &Oracle,
        stored: Stored<'_>,
    ) {
        if conn == 0 && self.beginnings.contains(update) {
            let (written, _) = support::contents(&oracle.state(&stored()));
            holds(
                "S-29",
                written.is_empty() && self.flights.is_empty(),
                || "a page with content was begun again".to_owned(),
            );
        }
    }
}
