//! What goes wrong.

use denkraum_domain::Access;
use denkraum_sync::{AccessReason, Input, Storage};
use rand::RngExt;

use super::client::Client;
use super::world::{PAGES, World};
use crate::rules::holds;
use crate::shelf::Crash;
use crate::sim::Plan;
use crate::support;

impl World {
    pub(super) fn trouble(&mut self) {
        let storms = self.storms;
        if self.happens(storms.crash) {
            self.crash();
        }
        if self.happens(storms.shutdown) {
            self.shutdown();
        }
        if self.happens(storms.fill_disk) {
            self.fill_disk();
        }
        if self.is_full && self.happens(50) {
            self.make_room();
        }
        if self.shelf.has_failed() && self.happens(20) {
            // Only a new start ends that.
            self.crash();
        }
        if self.happens(storms.disconnect) && !self.links.is_empty() {
            let index = self.rng.random_range(0..self.links.len());
            self.links[index].client_open = false;
        }
        if self.happens(storms.close_tab) {
            self.close_tab();
        }
        if self.happens(storms.lag) {
            self.lag();
        }
        if self.happens(storms.repeat) {
            self.repeat();
        }
        if self.happens(storms.rights) {
            self.any_right();
        }
        if self.happens(storms.vandal) {
            self.vandal();
        }
        if self.happens(storms.server) {
            self.server_works();
        }
        if self.happens(storms.storage) {
            self.counts.storage += 1;
            let states = [Storage::Writable, Storage::Full, Storage::Failed];
            let storage = states[self.rng.random_range(0..3)];
            self.storage_changed(storage);
        }
        if self.happens(storms.rewrite) {
            self.counts.rewrites += 1;
            let (is_sound, has_failed) = (self.is_sound(), self.shelf.has_failed());
            let rewritten = self.shelf.rewrite();
            holds("V-14", rewritten || !is_sound, || {
                "a sound journal was not rewritten".to_owned()
            });
            holds("F-13", !(rewritten && has_failed), || {
                "rewritten after a failed sync".to_owned()
            });
        }
        if self.happens(60) {
            self.notice_closed();
        }
        if self.happens(100) {
            let client = self.rng.random_range(0..self.clients.len());
            self.connect(client);
        }
    }

    /// From now on hardly anything fits on the disk.
    fn fill_disk(&mut self) {
        if !self.is_full && self.shelf.is_writable() {
            self.is_full = true;
            let space = self.shelf.used() + self.rng.random_range(0..300);
            self.shelf.plan(Plan {
                space: Some(space),
                ..Plan::default()
            });
            self.storage_changed(Storage::Full);
        }
    }

    fn make_room(&mut self) {
        if std::mem::take(&mut self.is_full) {
            self.shelf.unplan();
            self.storage_changed(Storage::Writable);
        }
    }

    /// Nothing is wrong with the disk, or with what is left of it.
    pub(super) fn mend_disk(&mut self) {
        self.make_room();
        if self.shelf.has_failed() {
            self.crash();
        }
    }

    fn close_tab(&mut self) {
        let index = self.rng.random_range(0..self.clients.len());
        for link in self.links.iter_mut().filter(|link| link.client == index) {
            link.client_open = false;
        }
        self.last_client += 1;
        let Client {
            person,
            page,
            extensions,
            ..
        } = self.clients[index];
        self.clients[index] = Client::new(person, page, extensions, self.last_client);
    }

    fn any_right(&mut self) {
        let people: Vec<_> = self.rights.keys().copied().collect();
        let person = people[self.rng.random_range(0..people.len())];
        let (access, reason) = match self.rng.random_range(0..6) {
            0 => (None, AccessReason::Role),
            1 => (None, AccessReason::SignedOut),
            2 => (Some(Access::Read), AccessReason::Archived),
            3 => (Some(Access::Read), AccessReason::Role),
            _ => (Some(Access::Edit), AccessReason::Role),
        };
        self.change_rights(person, access, reason);
    }

    /// The server writes and reads by itself.
    fn server_works(&mut self) {
        let page = self.rng.random_range(0..PAGES);
        self.last_token += 1;
        let token = self.last_token;
        if self.happens(200) {
            return self.give(page, Input::Commented);
        }
        self.open(page);
        if self.happens(300) {
            return self.give(page, Input::Read { token });
        }
        self.counts.server_edits += 1;
        self.last_client += 1;
        let doc = support::document(self.last_client);
        let update: bytes::Bytes = support::type_title(&doc, 0, "S").into();
        self.pages[page].edits.insert(token, update.clone());
        let by = denkraum_domain::PersonId::from_u128(2);
        let create = self.happens(200);
        self.give(
            page,
            Input::Edit {
                token,
                by,
                update,
                create,
            },
        );
    }

    /// The process is gone; of the appends under way, the first few may have reached the disk.
    fn crash(&mut self) {
        self.counts.crashes += 1;
        let mut under_way = Vec::new();
        for page in 0..PAGES {
            let appends: Vec<_> = self.pages[page].appends.drain(..).collect();
            let stored = self.rng.random_range(0..=appends.len());
            let mut appends = appends.into_iter().map(|(_, update)| update);
            let stored: Vec<_> = appends.by_ref().take(stored).collect();
            if !stored.is_empty() {
                self.shelf.append(stored);
            }
            under_way.extend(appends.take(1));
        }
        let crash = Crash::any(&mut self.rng);
        self.shelf.crash_amid(crash, under_way, &mut self.rng);
        // The next one begins as if there were room.
        self.is_full = false;
        self.storage = Storage::Writable;
        self.forget_rooms();
        self.check_nothing_saved_is_lost();
        for link in &mut self.links {
            let arrive = self.rng.random_range(0..=link.down.len());
            link.down.truncate(arrive);
        }
    }

    /// Before anybody brings it again.
    fn check_nothing_saved_is_lost(&self) {
        for page in 0..PAGES {
            let oracle = &self.pages[page].oracle;
            oracle.check_saved(&self.stored(page));
        }
    }

    /// Nothing is left of the process.
    fn forget_rooms(&mut self) {
        self.absorb();
        for page in &mut self.pages {
            page.room = None;
            page.effects.clear();
            page.appends.clear();
            page.outcomes.clear();
            page.edits.clear();
            page.is_loading = false;
            page.watch = super::watch::Watch::default();
        }
        for link in &mut self.links {
            link.server_open = false;
            link.up.clear();
        }
    }

    /// The server stops in an orderly way: nothing that was admitted is lost.
    fn shutdown(&mut self) {
        self.counts.shutdowns += 1;
        let loads = std::mem::take(&mut self.storms.fail_load);
        for page in 0..PAGES {
            self.give(page, Input::Shutdown);
        }
        for link in &mut self.links {
            link.up.clear();
        }
        for _ in 0..100 {
            self.run_dry();
            if self.pages.iter().all(|page| page.room.is_none()) {
                break;
            }
            self.advance(500);
        }
        self.storms.fail_load = loads;
        let are_over = self.pages.iter().all(|page| page.room.is_none());
        holds("S-33", are_over, || "a room does not end".to_owned());
        for page in 0..PAGES {
            self.pages[page].watch.check_ended();
        }
        self.forget_rooms();
        if self.shelf.has_failed() {
            self.shelf.crash(Crash::Kill, &mut self.rng);
        } else {
            self.make_room();
            self.shelf.restart();
        }
        self.absorb();
        self.storage = Storage::Writable;
        self.check_nothing_saved_is_lost();
    }
}
