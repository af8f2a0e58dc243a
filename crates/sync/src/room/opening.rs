//! Loading the page, and what waited for it: questions and changes of the server.

use bytes::Bytes;
use denkraum_domain::Timestamp;
use denkraum_gate::{Gate, Rejection, Writer};

use super::{Phase, Room, ServerEdit, Stopping, Tail};
use crate::document::Document;
use crate::{Channel, EditFailure, Effect, LoadedPage, ReadFailure, Report, close, update_frame};

impl Room {
    pub(super) fn load_if_new(&mut self, out: &mut Vec<Effect>) {
        if self.phase == Phase::New {
            self.phase = Phase::Loading { again: false };
            out.push(Effect::Load);
        }
    }

    pub(super) fn loaded(&mut self, now: Timestamp, page: &LoadedPage, out: &mut Vec<Effect>) {
        let Phase::Loading { again } = self.phase else {
            return;
        };
        let Ok(replayed) = Document::replay(&self.config.schema, page) else {
            return self.load_failed(out);
        };
        let (mut document, left_out) = (replayed.document, replayed.left_out);
        let made_anew = |document: &mut Document| {
            let mut gate = Gate::new(self.config.schema.clone());
            gate.seed(&document.encoded()).map(|_| gate)
        };
        let gate = replayed.gate.map_or_else(|| made_anew(&mut document), Ok);
        let Ok(gate) = gate else {
            return self.load_failed(out);
        };
        if left_out > 0 {
            out.push(Effect::Report(Report::UpdatesLeftOut(left_out)));
        }
        if again && page.upto > self.position {
            self.mark_changed(now);
        }
        self.gate = gate;
        self.document = document;
        self.owners = page.owners.iter().copied().collect();
        self.position = page.upto;
        self.since_snapshot = Tail {
            updates: u64::try_from(page.updates.len()).unwrap_or(u64::MAX),
            bytes: page.updates.iter().map(Bytes::len).sum(),
            snapshot: page.snapshot.as_ref().map_or(0, Bytes::len),
        };
        self.loaded = replayed.snapshot.into_iter().collect();
        self.has_lost = !replayed.unnamed.is_empty();
        self.phase = Phase::Open;
        self.keep_lost(out);
        self.welcome(now, again, out);
        for token in std::mem::take(&mut self.reads) {
            self.read(now, token, out);
        }
        for edit in std::mem::take(&mut self.edits) {
            self.edit(now, edit, out);
        }
        self.compact_if_long(out);
    }

    /// Asks everybody what they have, and brings everybody up to date.
    fn welcome(&mut self, now: Timestamp, again: bool, out: &mut Vec<Effect>) {
        // Others may have missed what became durable while appends were being discarded.
        let state = again.then(|| update_frame(&self.document.encoded()));
        let conns: Vec<u64> = self.peers.keys().copied().collect();
        for conn in conns {
            // Asked first: what they answer is then as they wrote it, not as it became in what they
            // are sent now.
            self.ask(now, conn, out);
            let is_synced = self.peers.get(&conn).is_some_and(|peer| peer.is_synced);
            if let Some(state) = state.as_ref().filter(|_| is_synced) {
                self.send(now, conn, state.clone(), Channel::Document, out);
            }
            self.answer(now, conn, out);
        }
    }

    /// Never an empty document in place of one that could not be read: everybody comes again.
    pub(super) fn load_failed(&mut self, out: &mut Vec<Effect>) {
        if !matches!(self.phase, Phase::Loading { .. }) {
            return;
        }
        self.phase = Phase::New;
        for &conn in self.peers.keys() {
            let (code, reason) = (close::TRY_AGAIN, "cannot be read now");
            out.push(Effect::Close { conn, code, reason });
        }
        self.peers.clear();
        self.presence = super::Presence::default();
        for token in self.reads.drain(..) {
            let state = Err(ReadFailure::NotLoaded);
            out.push(Effect::State { token, state });
        }
        for edit in self.edits.drain(..) {
            let (token, result) = (edit.token, Err(EditFailure::NotLoaded));
            out.push(Effect::Edited { token, result });
        }
        self.changed = None;
        self.since_snapshot = Tail::default();
        self.empty_since = None;
        out.push(Effect::Stop);
    }

    pub(super) fn read(&mut self, now: Timestamp, token: u64, out: &mut Vec<Effect>) {
        if self.phase == Phase::Open {
            let state = Ok(self.document.encoded());
            out.push(Effect::State { token, state });
        } else {
            self.reads.push(token);
        }
        self.stay_for_visit(now, out);
    }

    pub(super) fn edit(&mut self, now: Timestamp, edit: ServerEdit, out: &mut Vec<Effect>) {
        if self.stopping != Stopping::No {
            let (token, result) = (edit.token, Err(EditFailure::Stopping));
            out.push(Effect::Edited { token, result });
        } else if self.phase == Phase::Open {
            self.edit_now(edit, out);
        } else {
            self.edits.push_back(edit);
        }
        self.stay_for_visit(now, out);
    }

    /// A question opens the page; without connections it lingers as after the last one left.
    fn stay_for_visit(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        if self.peers.is_empty() {
            self.empty_since = Some(now);
        }
        self.load_if_new(out);
    }

    fn edit_now(&mut self, edit: ServerEdit, out: &mut Vec<Effect>) {
        let ServerEdit {
            token,
            by,
            update,
            create,
        } = edit;
        let has_content = !self.flights.is_empty() || !self.document.clocks().is_empty();
        let checked = if create && has_content {
            Err(EditFailure::Exists)
        } else {
            self.gate
                .check(&update, Writer::Server)
                .map_err(|err| match err {
                    Rejection::Held(reason) => EditFailure::Held(reason.to_string()),
                    // Only sizes have a limit.
                    Rejection::Refused(reason) if reason.limit().is_some() => {
                        EditFailure::TooLarge(reason.to_string())
                    }
                    Rejection::Refused(reason) => EditFailure::Refused(reason.to_string()),
                })
        };
        match checked {
            Err(failure) => {
                let result = Err(failure);
                out.push(Effect::Edited { token, result });
            }
            Ok(admission) if admission.changes() => {
                self.append(0, by, update, admission, out);
                if let Some(flight) = self.flights.back_mut() {
                    flight.tokens.push(token);
                }
            }
            // Known, but perhaps not durable yet.
            Ok(_) => {
                if let Some(flight) = self.flights.back_mut() {
                    flight.tokens.push(token);
                } else {
                    let result = Ok(());
                    out.push(Effect::Edited { token, result });
                }
            }
        }
    }
}
