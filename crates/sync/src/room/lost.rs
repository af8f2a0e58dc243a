//! Text that went with something that somebody else deleted without having seen it.

use bytes::Bytes;
use denkraum_domain::{PersonId, Timestamp};
use denkraum_gate::Admission;

use super::Room;
use crate::codec::kept_frame;
use crate::{Channel, Effect};

impl Room {
    /// Asks for what was lost to be kept, before anything lets go of it.
    pub(super) fn keep_lost(&mut self, out: &mut Vec<Effect>) {
        if std::mem::take(&mut self.has_lost) {
            out.push(Effect::Keep);
        }
    }

    /// Tells those whose text was kept.
    pub(super) fn kept(
        &mut self,
        now: Timestamp,
        people: &[(PersonId, u64)],
        out: &mut Vec<Effect>,
    ) {
        for &(person, count) in people {
            let theirs = self.peers.iter().filter(|(_, peer)| {
                let is_theirs = peer.member.person == person;
                is_theirs && peer.extensions.kept
            });
            let theirs: Vec<u64> = theirs.map(|(&conn, _)| conn).collect();
            for conn in theirs {
                self.send(now, conn, kept_frame(count), Channel::Control, out);
            }
        }
    }

    /// An answer names all that was ever deleted in a document: also what came into something that
    /// its person had deleted before the server knew of it. Whether they saw that, nobody can say;
    /// so text that is not old goes with what it stands in, unnamed. Only what the client of this
    /// connection wrote itself was surely seen there: a person may write on two devices at once.
    pub(super) fn as_seen(
        &self,
        conn: u64,
        person: PersonId,
        update: Bytes,
        admission: &mut Admission,
    ) -> Bytes {
        let own = self.presence.client_of(conn);
        let from = |client: u64| {
            let is_own = own == Some(client) && self.owners.get(&client) == Some(&person);
            (!is_own).then(|| self.loaded.get(&client).copied().unwrap_or(0))
        };
        match self.gate.leave_to_nodes(&update, admission, from) {
            Some(update) => update.into(),
            None => update,
        }
    }
}
