//! The way of an update: admitted, appended, durable, in the document, with everyone else.

use bytes::Bytes;
use denkraum_domain::{PersonId, Timestamp};
use denkraum_gate::Admission;

use super::showing::{New, News};
use super::{Changed, Flight, Phase, Room, Tail};
use crate::codec::saved_frame;
use crate::{Channel, EditFailure, Effect, Report, close};

impl Room {
    /// Admits an update and sends it on its way to the journal; gives the number of the append.
    pub(super) fn append(
        &mut self,
        conn: u64,
        by: PersonId,
        update: Bytes,
        admission: Admission,
        out: &mut Vec<Effect>,
    ) -> u64 {
        self.last_append += 1;
        let append = self.last_append;
        let mut clients: Vec<u64> = Vec::new();
        for &(client, _, _) in admission.clients() {
            self.owners.entry(client).or_insert(by);
            clients.push(client);
        }
        self.gate.admit(admission);
        self.flights.push_back(Flight {
            append,
            update: update.clone(),
            conn,
            tokens: Vec::new(),
            durable: None,
        });
        out.push(Effect::Append {
            append,
            update,
            by,
            conn,
            clients,
        });
        append
    }

    pub(super) fn durable(
        &mut self,
        now: Timestamp,
        appends: &[(u64, u64)],
        out: &mut Vec<Effect>,
    ) {
        for &(append, position) in appends {
            let mut flights = self.flights.iter_mut();
            if let Some(flight) = flights.find(|flight| flight.append == append) {
                flight.durable = Some(position);
                if self.phase == Phase::Discarding {
                    self.discard(now, append, out);
                }
            }
        }
        let mut news = News::default();
        // In the order of the journal, whatever the order of the news.
        while self.phase == Phase::Open
            && let Some(first) = self.flights.front()
            && let Some(position) = first.durable
            && let Some(flight) = self.flights.pop_front()
        {
            self.commit(now, flight, position, &mut news, out);
        }
        self.show(now, &news, out);
        self.compact_if_long(out);
    }

    fn commit(
        &mut self,
        now: Timestamp,
        flight: Flight,
        position: u64,
        news: &mut News,
        out: &mut Vec<Effect>,
    ) {
        // Those who came while it was under way never get it as it was made.
        let mut joined_after = self.peers.values().map(|peer| peer.joined_after);
        let before = joined_after.any(|append| append >= flight.append);
        let before = before.then(|| self.document.clocks());
        let Ok(applied) = self.document.apply(&flight.update) else {
            return self.apply_failed(now, flight, out);
        };
        // Whoever gets this update deletes the same, and will name it when they come again.
        for (client, stretches) in applied.deleted {
            self.gate.note_deleted(client, &stretches);
        }
        self.has_lost |= !applied.unnamed.is_empty();
        self.position = position;
        self.since_snapshot.updates += 1;
        self.since_snapshot.bytes += flight.update.len();
        self.failures = 0;
        self.mark_changed(now);
        for token in flight.tokens {
            let result = Ok(());
            out.push(Effect::Edited { token, result });
        }
        news.add(New {
            append: flight.append,
            conn: flight.conn,
            update: flight.update,
            from_document: before.map(|clocks| self.document.beyond(&clocks)),
        });
    }

    pub(super) fn tell_saved(&mut self, now: Timestamp, conn: u64, out: &mut Vec<Effect>) {
        let Some(peer) = self.peers.get_mut(&conn) else {
            return;
        };
        let saved = peer.ledger.saved();
        if peer.extensions.saved && saved > peer.told_saved {
            peer.told_saved = saved;
            self.send(now, conn, saved_frame(saved), Channel::Saved, out);
        }
    }

    /// The update is in the journal, but not a change that the document can take. Whoever sent it
    /// would send it again for ever.
    fn apply_failed(&mut self, now: Timestamp, flight: Flight, out: &mut Vec<Effect>) {
        out.push(Effect::Report(Report::ApplyFailed));
        for token in flight.tokens {
            let result = Err(EditFailure::Refused("it cannot be applied".to_owned()));
            out.push(Effect::Edited { token, result });
        }
        if let Some(peer) = self.peers.get(&flight.conn)
            && peer.extensions.refused
        {
            self.refuse(now, flight.conn, "unreadable", None, out);
        }
        self.close(now, flight.conn, close::MALFORMED, "unreadable update", out);
        self.start_discarding(now, out);
    }

    pub(super) fn append_failed(&mut self, now: Timestamp, append: u64, out: &mut Vec<Effect>) {
        if self.flights.iter().any(|flight| flight.append == append) {
            if self.phase == Phase::Open {
                self.start_discarding(now, out);
            }
            self.discard(now, append, out);
        }
    }

    /// From here on nothing that is under way counts: it may build on what failed.
    fn start_discarding(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        self.phase = Phase::Discarding;
        self.failures = self.failures.saturating_add(1);
        for peer in self.peers.values_mut() {
            peer.ledger.fail();
            peer.asking.progress();
            peer.asking.stale_upto = peer.ledger.asked();
        }
        let known: Vec<u64> = self
            .flights
            .iter()
            .filter(|flight| flight.durable.is_some())
            .map(|flight| flight.append)
            .collect();
        for append in known {
            self.discard(now, append, out);
        }
        self.pause_if_discarded(now);
    }

    /// One append under way has its outcome.
    fn discard(&mut self, now: Timestamp, append: u64, out: &mut Vec<Effect>) {
        let index = self
            .flights
            .iter()
            .position(|flight| flight.append == append);
        if let Some(flight) = index.and_then(|index| self.flights.remove(index)) {
            // A change of the server builds on what was durable, so it stands if it is durable.
            let stands = flight.durable.is_some();
            for token in flight.tokens {
                let result = if stands {
                    Ok(())
                } else {
                    Err(EditFailure::NotStored)
                };
                out.push(Effect::Edited { token, result });
            }
        }
        self.pause_if_discarded(now);
    }

    fn pause_if_discarded(&mut self, now: Timestamp) {
        if self.phase == Phase::Discarding && self.flights.is_empty() {
            let timing = self.config.timing;
            let doublings = self.failures.saturating_sub(1).min(16);
            let pause = timing.reload.saturating_mul(1 << doublings);
            let until = now.plus_millis(pause.min(timing.reload_at_most));
            self.phase = Phase::Paused { until };
        }
    }

    pub(super) fn mark_changed(&mut self, now: Timestamp) {
        let changed = self.changed.get_or_insert(Changed {
            first: now,
            last: now,
        });
        changed.last = now;
    }

    pub(super) fn compact_if_long(&mut self, out: &mut Vec<Effect>) {
        if self.phase == Phase::Open && self.since_snapshot.is_long(&self.config.limits) {
            self.compact(out);
        }
    }

    /// Replaces the page's entries by its state, if the state reads back as it was written.
    pub(super) fn compact(&mut self, out: &mut Vec<Effect>) {
        self.keep_lost(out);
        let state = self.document.encoded();
        self.since_snapshot = Tail {
            snapshot: state.len(),
            ..Tail::default()
        };
        if self.document.reads_back() {
            out.push(Effect::Compact {
                upto: self.position,
                owners: self
                    .owners
                    .iter()
                    .map(|(&client, &by)| (client, by))
                    .collect(),
                state,
            });
        } else {
            out.push(Effect::Report(Report::CompactionRefused));
        }
    }

    pub(super) fn project(&mut self, out: &mut Vec<Effect>) {
        self.changed = None;
        self.keep_lost(out);
        out.push(Effect::Project {
            state: self.document.encoded(),
            upto: self.position,
        });
    }
}
