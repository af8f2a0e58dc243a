//! Passing on what became durable, and who is where.

use bytes::Bytes;
use denkraum_domain::Timestamp;

use super::Room;
use crate::peer::Peer;
use crate::{Channel, Effect, update_frame};

/// Updates of more bytes than this together stay apart.
const MERGED_BYTES: usize = 256 << 10;

/// An update that has just become part of the document.
pub(super) struct New {
    pub(super) append: u64,
    pub(super) conn: u64,
    pub(super) update: Bytes,
    /// The same as the document has it, for those who came while it was under way.
    pub(super) from_document: Option<Bytes>,
}

/// Updates that became part of the document at the same moment, oldest first.
#[derive(Default)]
pub(super) struct News(Vec<New>);

impl News {
    pub(super) fn add(&mut self, new: New) {
        self.0.push(new);
    }

    /// All of them as one message, if there are several and they can be merged. [G-27]
    fn merged(&self) -> Option<Bytes> {
        let bytes: usize = self.0.iter().map(|new| new.update.len()).sum();
        let are_several = self.0.len() > 1 && bytes <= MERGED_BYTES;
        let updates = self.0.iter().map(|new| &new.update[..]);
        let merged = are_several.then(|| denkraum_gate::merge(updates)).flatten();
        merged.map(|update| update_frame(&update))
    }
}

impl Room {
    /// Shows everybody what is new, and tells whoever wrote it that it is saved.
    pub(super) fn show(&mut self, now: Timestamp, news: &News, out: &mut Vec<Effect>) {
        let (Some(first), Some(last)) = (news.0.first(), news.0.last()) else {
            return;
        };
        let as_made: Vec<Bytes> = news.0.iter().map(|new| update_frame(&new.update)).collect();
        let merged = news.merged();
        let mut newly_saved = Vec::new();
        for (&conn, peer) in &mut self.peers {
            peer.ledger.durable(last.append);
            if peer.extensions.saved && peer.ledger.saved() > peer.told_saved {
                newly_saved.push(conn);
            }
            if !peer.is_synced || news.0.iter().all(|new| new.conn == conn) {
                continue;
            }
            peer.last_sent = now;
            let mut send = |frame: &Bytes| {
                out.push(Effect::Send {
                    conn,
                    frame: frame.clone(),
                    channel: Channel::Document,
                });
            };
            match &merged {
                // What they wrote themselves may be among it: it says nothing new to them.
                Some(frame) if !came_later(peer, first) => send(frame),
                _ => {
                    for (new, as_made) in news.0.iter().zip(&as_made) {
                        match &new.from_document {
                            _ if new.conn == conn => {}
                            Some(update) if came_later(peer, new) => send(&update_frame(update)),
                            _ => send(as_made),
                        }
                    }
                }
            }
        }
        for conn in newly_saved {
            self.tell_saved(now, conn, out);
        }
    }

    /// Whether so many people are here that what is new is better told in one than in many.
    pub fn is_crowded(&self) -> bool {
        self.peers.len() > self.config.limits.crowd
    }

    /// Tells everybody who is where, or later if it was told just now and many are here.
    pub(super) fn tell_presence(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        if !self.presence.has_news() || self.presence_at().is_some_and(|due| now < due) {
            return;
        }
        self.told_presence = Some(now);
        let news = self.presence.news();
        for (&conn, peer) in &mut self.peers {
            if let Some(frame) = news.for_connection(conn) {
                peer.last_sent = now;
                out.push(Effect::Send {
                    conn,
                    frame,
                    channel: Channel::Awareness,
                });
            }
        }
    }

    /// From when on it may be told again who is where.
    pub(super) fn presence_at(&self) -> Option<Timestamp> {
        let told = self.told_presence.filter(|_| self.is_crowded());
        told.map(|told| told.plus_millis(self.config.timing.presence))
    }
}

/// Whether somebody came while an update was under way.
const fn came_later(peer: &Peer, new: &New) -> bool {
    peer.joined_after >= new.append
}
