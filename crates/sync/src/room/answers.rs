//! Answers to what connections ask: what they lack, and who is here.

use denkraum_domain::Timestamp;

use super::{Phase, Room};
use crate::{Channel, Effect, step2_frame};

impl Room {
    /// Answers what a connection has asked, as far as it is due.
    pub(super) fn answer(&mut self, now: Timestamp, conn: u64, out: &mut Vec<Effect>) {
        let pace = self.config.limits.answers;
        let Some(peer) = self.peers.get_mut(&conn) else {
            return;
        };
        if peer.who.take(now, pace).is_some()
            && let Some(everybody) = self.presence.all()
        {
            peer.who.answered(now, everybody.len(), pace);
            self.send(now, conn, everybody, Channel::Control, out);
        }
        self.bring_up_to_date(now, conn, out);
    }

    /// Sends all that the connection lacks, if it has asked for it and the page is loaded.
    fn bring_up_to_date(&mut self, now: Timestamp, conn: u64, out: &mut Vec<Effect>) {
        let pace = self.config.limits.answers;
        if self.phase != Phase::Open {
            return;
        }
        if let Some(peer) = self.peers.get_mut(&conn)
            && let Some(clocks) = peer.lacks.take(now, pace)
        {
            let answer = step2_frame(&self.document.beyond(&clocks));
            peer.lacks.answered(now, answer.len(), pace);
            peer.is_synced = true;
            self.send(now, conn, answer, Channel::Document, out);
        }
    }

    /// When the first answer that waits is due.
    pub(super) fn answers_at(&self) -> Option<Timestamp> {
        let (pace, is_open) = (self.config.limits.answers, self.phase == Phase::Open);
        let due = self.peers.values().flat_map(|peer| {
            let lacks = peer.lacks.due(pace).filter(|_| is_open);
            [lacks, peer.who.due(pace)]
        });
        due.flatten().min()
    }

    pub(super) fn answer_where_due(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        let conns: Vec<u64> = self.peers.keys().copied().collect();
        for conn in conns {
            self.answer(now, conn, out);
        }
    }
}
