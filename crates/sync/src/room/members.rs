//! Coming, going, and what a person may do.

use denkraum_domain::{Access, Timestamp};

use super::{Phase, Room, Stopping};
use crate::codec::{access_frame, comments_frame, storage_frame};
use crate::peer::Peer;
use crate::{
    AccessReason, Channel, CloseCode, Effect, Extensions, Member, Storage, close, update_frame,
};

impl Room {
    pub(super) fn join(
        &mut self,
        now: Timestamp,
        conn: u64,
        member: Member,
        extensions: Extensions,
        out: &mut Vec<Effect>,
    ) {
        if self.stopping != Stopping::No {
            let (code, reason) = (close::RESTART, "restart");
            out.push(Effect::Close { conn, code, reason });
            return;
        }
        let access = member.access;
        let rate = self.config.limits.rate;
        let peer = Peer::new(now, member, extensions, self.last_append, rate);
        self.peers.insert(conn, Box::new(peer));
        self.empty_since = None;
        if extensions.access {
            let frame = access_frame(Some(access), AccessReason::Role);
            self.send(now, conn, frame, Channel::Control, out);
        }
        if extensions.storage && self.storage != Storage::Writable {
            self.send(
                now,
                conn,
                storage_frame(self.storage),
                Channel::Control,
                out,
            );
        }
        if let Some(everybody) = self.presence.all() {
            self.send(now, conn, everybody, Channel::Control, out);
        }
        if self.phase == Phase::Open {
            self.ask(now, conn, out);
        }
        self.load_if_new(out);
    }

    /// Closes a connection; it has left.
    pub(super) fn close(
        &mut self,
        now: Timestamp,
        conn: u64,
        code: CloseCode,
        reason: &'static str,
        out: &mut Vec<Effect>,
    ) {
        if self.peers.contains_key(&conn) {
            out.push(Effect::Close { conn, code, reason });
            self.remove(now, conn, out);
        }
    }

    pub(super) fn remove(&mut self, now: Timestamp, conn: u64, out: &mut Vec<Effect>) {
        if self.peers.remove(&conn).is_none() {
            return;
        }
        self.clear_presence(now, conn, out);
        if self.peers.is_empty() {
            self.empty_since = Some(now);
        }
    }

    /// Tells everybody who asked for it that the comments of the page are others now.
    pub(super) fn commented(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        let listening = self
            .peers
            .iter()
            .filter(|(_, peer)| peer.extensions.comments);
        let listening: Vec<u64> = listening.map(|(&conn, _)| conn).collect();
        for conn in listening {
            self.send(now, conn, comments_frame(), Channel::Control, out);
        }
    }

    /// Tells everybody who asked for it that nothing can be saved, or that it can again.
    pub(super) fn storage_changed(
        &mut self,
        now: Timestamp,
        storage: Storage,
        out: &mut Vec<Effect>,
    ) {
        if storage == self.storage {
            return;
        }
        self.storage = storage;
        let asked = self
            .peers
            .iter()
            .map(|(&conn, peer)| (conn, peer.extensions.storage));
        let listening = asked.filter_map(|(conn, asked)| asked.then_some(conn));
        let listening: Vec<u64> = listening.collect();
        for conn in listening {
            self.send(now, conn, storage_frame(storage), Channel::Control, out);
        }
        if let Phase::Paused { until } = &mut self.phase
            && storage == Storage::Writable
        {
            // What it waited for has come.
            *until = now;
        }
    }

    fn clear_presence(&mut self, now: Timestamp, conn: u64, out: &mut Vec<Effect>) {
        self.presence.leave(conn);
        self.tell_presence(now, out);
    }

    pub(super) fn permit_changed(
        &mut self,
        now: Timestamp,
        conn: u64,
        access: Option<Access>,
        reason: AccessReason,
        out: &mut Vec<Effect>,
    ) {
        let Some(peer) = self.peers.get_mut(&conn) else {
            return;
        };
        let before = peer.member.access;
        if access == Some(before) && reason == peer.reason {
            return;
        }
        peer.reason = reason;
        if let Some(access) = access {
            peer.member.access = access;
        }
        if peer.extensions.access {
            self.send(
                now,
                conn,
                access_frame(access, reason),
                Channel::Control,
                out,
            );
        }
        if access == Some(before) {
            return;
        }
        match access {
            None if reason == AccessReason::SignedOut => {
                self.close(now, conn, close::SIGNED_OUT, "signed out", out);
            }
            None => self.close(now, conn, close::NOT_ALLOWED, "not allowed", out),
            Some(Access::Read) => self.clear_presence(now, conn, out),
            // What the client wrote meanwhile and we ignored, it is asked for now.
            Some(Access::Edit) if self.phase == Phase::Open => self.ask(now, conn, out),
            Some(Access::Edit) => {}
        }
    }

    /// Sends everything anew that the connection's queue has lost.
    pub(super) fn lagged(&mut self, now: Timestamp, conn: u64, out: &mut Vec<Effect>) {
        let is_synced = self.peers.get(&conn).is_some_and(|peer| peer.is_synced);
        if self.phase == Phase::Open && is_synced {
            let state = update_frame(&self.document.encoded());
            self.send(now, conn, state, Channel::Document, out);
        }
        if let Some(everybody) = self.presence.all() {
            self.send(now, conn, everybody, Channel::Control, out);
        }
        if let Some(peer) = self.peers.get_mut(&conn) {
            peer.told_saved = 0;
        }
        self.tell_saved(now, conn, out);
    }

    pub(super) fn shutdown(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        if self.stopping == Stopping::No {
            self.stopping = Stopping::Asked;
            let conns: Vec<u64> = self.peers.keys().copied().collect();
            for conn in conns {
                self.close(now, conn, close::RESTART, "restart", out);
            }
        }
    }
}
