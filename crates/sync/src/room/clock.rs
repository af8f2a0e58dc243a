//! What is due because time has passed.

use denkraum_domain::Timestamp;

use super::{Changed, Phase, Room, Stopping, Tail};
use crate::{Channel, EditFailure, Effect};

/// What an update of one moment of typing has at most, in bytes.
const SHORT: usize = 1024;

impl Room {
    /// When the room wants its next `Tick`, if nothing else happens before.
    pub fn wake_at(&self) -> Option<Timestamp> {
        let timing = self.config.timing;
        let paused = match self.phase {
            Phase::Paused { until } => Some(until),
            _ => None,
        };
        let is_open = self.phase == Phase::Open;
        let changed = self.changed.filter(|_| is_open);
        let settles = changed.map(|changed| self.settles_at(changed));
        let unloads = self
            .empty_since
            .filter(|_| self.may_unload())
            .map(|since| since.plus_millis(timing.linger));
        let peers = self.peers.values().flat_map(|peer| {
            let asks = peer.asking.last.filter(|_| is_open && peer.asking.is_due);
            let asks = asks.map(|last| last.plus_millis(timing.ask_again));
            [Some(peer.last_sent.plus_millis(timing.quiet)), asks]
        });
        let presence = self.presence_at().filter(|_| self.presence.has_news());
        let all = [paused, settles, unloads, presence, self.answers_at()]
            .into_iter()
            .chain(peers);
        all.flatten().min()
    }

    pub(super) fn tick(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        if let Phase::Paused { until } = self.phase
            && now >= until
        {
            self.phase = Phase::Loading { again: true };
            out.push(Effect::Load);
        }
        self.ask_where_due(now, out);
        self.answer_where_due(now, out);
        self.tell_presence(now, out);
        self.speak_to_the_quiet(now, out);
        if let Some(changed) = self.changed
            && self.phase == Phase::Open
            && now >= self.settles_at(changed)
        {
            self.project(out);
        }
        if let Some(since) = self.empty_since
            && self.may_unload()
            && now.millis_since(since) >= self.config.timing.linger
        {
            self.empty_since = Some(now);
            self.unload(out);
        }
    }

    /// Whether so many more durable updates may make the room write the page anew and read it back.
    pub fn may_compact(&self, more: usize) -> bool {
        let tail = self.since_snapshot;
        let more_updates = u64::try_from(more).unwrap_or(u64::MAX);
        let tail = Tail {
            updates: tail.updates.saturating_add(more_updates),
            bytes: tail.bytes.saturating_add(more.saturating_mul(SHORT)),
            ..tail
        };
        tail.is_long(&self.config.limits)
    }

    fn settles_at(&self, changed: Changed) -> Timestamp {
        let timing = self.config.timing;
        let rests = changed.last.plus_millis(timing.settle);
        rests.min(changed.first.plus_millis(timing.settle_at_most))
    }

    fn ask_where_due(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        let again = self.config.timing.ask_again;
        if self.phase != Phase::Open {
            return;
        }
        let mut due = Vec::new();
        for (&conn, peer) in &self.peers {
            let asking = &peer.asking;
            let may_ask = asking
                .last
                .is_none_or(|last| now.millis_since(last) >= again);
            if asking.is_due && may_ask {
                due.push(conn);
            }
        }
        for conn in due {
            self.ask(now, conn, out);
        }
    }

    fn speak_to_the_quiet(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        let quiet = self.config.timing.quiet;
        let conns: Vec<u64> = self
            .peers
            .iter()
            .filter(|(_, peer)| now.millis_since(peer.last_sent) >= quiet)
            .map(|(&conn, _)| conn)
            .collect();
        for conn in conns {
            let own = self.presence.own(conn);
            self.send(now, conn, own, Channel::Control, out);
        }
    }

    /// Whether nobody is here and nothing is under way.
    fn may_unload(&self) -> bool {
        let rests = match self.phase {
            Phase::New | Phase::Open => true,
            Phase::Paused { .. } => self.reads.is_empty() && self.edits.is_empty(),
            Phase::Loading { .. } | Phase::Discarding => false,
        };
        rests && self.peers.is_empty() && self.flights.is_empty()
    }

    fn unload(&mut self, out: &mut Vec<Effect>) {
        if self.phase == Phase::Open {
            if self.changed.is_some() {
                self.project(out);
            }
            if self.since_snapshot.updates > 0 {
                self.compact(out);
            }
        }
        out.push(Effect::Stop);
    }

    pub(super) fn finish_if_stopping(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        if self.stopping != Stopping::Asked {
            return;
        }
        if let Phase::Paused { .. } = self.phase {
            for edit in self.edits.drain(..) {
                let (token, result) = (edit.token, Err(EditFailure::NotStored));
                out.push(Effect::Edited { token, result });
            }
            for token in self.reads.drain(..) {
                let state = Err(crate::ReadFailure::NotLoaded);
                out.push(Effect::State { token, state });
            }
        }
        if self.may_unload() {
            self.stopping = Stopping::Done;
            self.empty_since = Some(now);
            self.unload(out);
        }
    }
}
