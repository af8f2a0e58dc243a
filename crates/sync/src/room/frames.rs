//! What clients send.

use bytes::Bytes;
use denkraum_domain::{PersonId, Timestamp};
use denkraum_gate::{Admission, Rejection, Writer, check_state_vector};

use super::{Phase, Room};
use crate::codec::{
    AwarenessEntry, Message, access_frame, parse_frame, refused_frame, step1_frame,
};
use crate::ledger::Received;
use crate::{Channel, Effect, close};

impl Room {
    pub(super) fn frame(
        &mut self,
        now: Timestamp,
        conn: u64,
        bytes: &Bytes,
        out: &mut Vec<Effect>,
    ) {
        let limits = self.config.limits;
        let Some(peer) = self.peers.get_mut(&conn) else {
            return;
        };
        if bytes.len() > limits.frame_bytes {
            return self.close(now, conn, close::TOO_LARGE, "message too large", out);
        }
        if !peer.spend(now, bytes.len(), limits.rate) {
            return self.close(now, conn, close::TOO_FAST, "too fast", out);
        }
        let Ok(message) = parse_frame(bytes) else {
            return self.close(now, conn, close::MALFORMED, "malformed message", out);
        };
        match message {
            Message::Step1(clocks) => {
                let Ok(clocks) = check_state_vector(clocks) else {
                    let reason = "malformed state vector";
                    return self.close(now, conn, close::MALFORMED, reason, out);
                };
                peer.lacks.ask(clocks);
                self.answer(now, conn, out);
            }
            Message::Step2(update) => {
                let received = peer.ledger.step2();
                self.sync(now, conn, received, bytes.slice_ref(update), out);
            }
            Message::Update(update) => {
                let received = peer.ledger.update();
                self.sync(now, conn, received, bytes.slice_ref(update), out);
            }
            Message::Awareness(entries) => self.awareness(now, conn, &entries, out),
            Message::QueryAwareness => {
                peer.who.ask(());
                self.answer(now, conn, out);
            }
            Message::Auth => {}
        }
    }

    fn awareness(
        &mut self,
        now: Timestamp,
        conn: u64,
        entries: &[AwarenessEntry<'_>],
        out: &mut Vec<Effect>,
    ) {
        self.presence.note_client(conn, entries);
        let Some(peer) = self.peers.get(&conn).filter(|peer| peer.may_edit()) else {
            return;
        };
        let max_bytes = self.config.limits.awareness_bytes;
        self.presence.take(conn, &peer.member, entries, max_bytes);
        self.tell_presence(now, out);
    }

    /// A step 2 or an update.
    fn sync(
        &mut self,
        now: Timestamp,
        conn: u64,
        received: Received,
        update: Bytes,
        out: &mut Vec<Effect>,
    ) {
        let Some(peer) = self.peers.get_mut(&conn) else {
            return;
        };
        if self.phase != Phase::Open {
            return peer.ledger.drop_unasked(received);
        }
        let (may_edit, person) = (peer.may_edit(), peer.member.person);
        match self.gate.check(&update, Writer::Person) {
            Ok(admission) if !admission.changes() => self.known(now, conn, received, out),
            Err(Rejection::Refused(reason)) if reason.code() == "malformed" => {
                self.close(now, conn, close::MALFORMED, "malformed update", out);
            }
            _ if !may_edit => self.ignore_reader(now, conn, received, out),
            Ok(admission) if self.extends_a_present_owner(person, &admission) => {
                self.hold(now, conn, received, "foreign-client", out);
            }
            Ok(mut admission) => {
                let update = match received.answers {
                    Some(_) => self.as_seen(conn, person, update, &mut admission),
                    None => update,
                };
                if !admission.changes() {
                    // What is left of it follows from something under way.
                    return self.known(now, conn, received, out);
                }
                let append = self.append(conn, person, update, admission, out);
                if let Some(peer) = self.peers.get_mut(&conn) {
                    peer.ledger.waits(received, append);
                    peer.asking.progress();
                }
            }
            Err(Rejection::Held(_)) => self.hold(now, conn, received, "gap", out),
            Err(Rejection::Refused(reason)) => {
                if let Some(peer) = self.peers.get_mut(&conn) {
                    peer.ledger.drop_refused(received);
                }
                self.refuse(now, conn, reason.code(), reason.limit(), out);
            }
        }
    }

    /// Nothing in the message is new: durable as soon as everything admitted is.
    fn known(&mut self, now: Timestamp, conn: u64, received: Received, out: &mut Vec<Effect>) {
        let under_way = self.flights.back().map_or(0, |flight| flight.append);
        let Some(peer) = self.peers.get_mut(&conn) else {
            return;
        };
        peer.ledger.waits(received, under_way);
        peer.asking.progress();
        if peer.may_edit() {
            self.tell_saved(now, conn, out);
        }
    }

    /// Whether somebody extends a client of another person who is here and can do so themselves.
    fn extends_a_present_owner(&self, person: PersonId, admission: &Admission) -> bool {
        admission.clients().iter().any(|(client, _, _)| {
            let owner = self.owners.get(client).filter(|owner| **owner != person);
            owner.is_some_and(|owner| {
                let mut present = self.peers.values();
                present.any(|peer| peer.member.person == *owner)
            })
        })
    }

    fn ignore_reader(
        &mut self,
        now: Timestamp,
        conn: u64,
        received: Received,
        out: &mut Vec<Effect>,
    ) {
        let Some(peer) = self.peers.get_mut(&conn) else {
            return;
        };
        peer.ledger.drop_unasked(received);
        if peer.extensions.access {
            let frame = access_frame(Some(peer.member.access), peer.reason);
            self.send(now, conn, frame, Channel::Control, out);
        }
    }

    /// Drops a message that builds on something missing, and asks for all that is missing.
    fn hold(
        &mut self,
        now: Timestamp,
        conn: u64,
        received: Received,
        reason: &'static str,
        out: &mut Vec<Effect>,
    ) {
        let (timing, limits) = (self.config.timing, self.config.limits);
        let Some(peer) = self.peers.get_mut(&conn) else {
            return;
        };
        peer.ledger.drop_held(received);
        let asking = &mut peer.asking;
        if asking.is_refused {
            return;
        }
        let since = |at: Option<Timestamp>| at.map(|at| now.millis_since(at));
        if let Some(question) = received.answers {
            asking.rounds += u32::from(question > asking.stale_upto);
            asking.unanswered_since = None;
        }
        let is_silent = since(asking.unanswered_since).is_some_and(|t| t >= timing.answer_within);
        if asking.rounds >= limits.held_rounds || is_silent {
            asking.is_refused = true;
            peer.ledger.drop_refused(received);
            self.refuse(now, conn, reason, None, out);
            return;
        }
        asking.unanswered_since.get_or_insert(now);
        if since(asking.last).is_none_or(|t| t >= timing.ask_again) {
            self.ask(now, conn, out);
        } else {
            asking.is_due = true;
        }
    }

    /// Asks a connection for all that the gate does not know.
    pub(super) fn ask(&mut self, now: Timestamp, conn: u64, out: &mut Vec<Effect>) {
        let clocks: Vec<(u64, u64)> = self.gate.state_vector().collect();
        let Some(peer) = self.peers.get_mut(&conn) else {
            return;
        };
        peer.ledger.ask();
        peer.asking.last = Some(now);
        peer.asking.is_due = false;
        self.send(now, conn, step1_frame(&clocks), Channel::Control, out);
    }

    /// Tells a connection that something of it is not taken. A stock client cannot hear that; it
    /// is closed, so that its person sees that the page does not go along.
    pub(super) fn refuse(
        &mut self,
        now: Timestamp,
        conn: u64,
        reason: &'static str,
        limit: Option<u64>,
        out: &mut Vec<Effect>,
    ) {
        let Some(peer) = self.peers.get(&conn) else {
            return;
        };
        if peer.extensions.refused {
            let frame = refused_frame(reason, limit);
            self.send(now, conn, frame, Channel::Control, out);
        } else if limit.is_some() {
            self.close(now, conn, close::TOO_LARGE, reason, out);
        } else {
            self.close(now, conn, close::MALFORMED, reason, out);
        }
    }
}
