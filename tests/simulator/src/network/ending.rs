//! After the storm: everything is delivered, everybody is connected; then all must agree.

use std::collections::BTreeSet;

use denkraum_domain::Access;
use denkraum_sync::{AccessReason, Effect, Input, Storage};

use super::world::{PAGES, World};
use crate::rules::{equal, holds};
use crate::support;

impl World {
    pub(crate) fn calm(&mut self) {
        self.storms = self.storms.calm();
        self.mend_disk();
        self.storage_changed(Storage::Writable);
        let people: Vec<_> = self.rights.keys().copied().collect();
        for person in people {
            self.change_rights(person, Some(Access::Edit), AccessReason::Role);
        }
        for _ in 0..200 {
            for client in 0..self.clients.len() {
                self.connect(client);
            }
            self.run_dry();
            // What was held back is asked for again only after a moment, and whoever was cut off last has
            // yet to come again.
            if self.all_are_here() && (0..PAGES).all(|page| self.agree(page)) && self.all_is_saved()
            {
                break;
            }
            self.advance(500);
        }
        let readings: Vec<_> = (0..PAGES).map(|page| self.check_agreement(page)).collect();
        self.check_everything_is_saved();
        self.check_presence();
        self.check_nobody_has_news();
        for link in &mut self.links {
            link.client_open = false;
        }
        for _ in 0..20 {
            self.notice_closed();
            self.run_dry();
            self.advance(1000);
        }
        for (page, expected) in readings.iter().enumerate() {
            holds("S-32", self.pages[page].room.is_none(), || {
                "an empty room stays open".to_owned()
            });
            self.check_journal_reads(page, expected);
            let stored = self.stored(page);
            let oracle = &self.pages[page].oracle;
            oracle.check_saved(&stored);
            oracle.check_nothing_vanished("S-38", &stored);
        }
        self.shelf.check_view();
    }

    fn all_are_here(&self) -> bool {
        (0..self.clients.len()).all(|client| {
            let mut links = self.links.iter();
            links.any(|link| link.client == client && link.client_open && link.server_open)
        })
    }

    fn all_is_saved(&self) -> bool {
        let mut asking = self.clients.iter().filter(|client| client.extensions.saved);
        asking.all(|client| {
            let (sent, saved) = client.progress();
            sent == saved
        })
    }

    fn agree(&self, page: usize) -> bool {
        let journal = support::document(1);
        support::apply(&journal, &self.pages[page].oracle.state(&self.stored(page)));
        let first = support::state_vector_sorted(&journal);
        let reading = support::reading(&journal);
        let mut clients = self.clients.iter().filter(|client| client.page == page);
        clients.all(|client| {
            support::state_vector_sorted(&client.doc) == first
                && support::reading(&client.doc) == reading
        })
    }

    fn check_agreement(&self, page: usize) -> String {
        let mut clients = self.clients.iter().filter(|client| client.page == page);
        let first = clients.next().unwrap();
        let expected = support::reading(&first.doc);
        for client in clients {
            equal("S-30", &support::reading(&client.doc), &expected, || {
                "two clients".to_owned()
            });
        }
        self.check_journal_reads(page, &expected);
        expected
    }

    fn check_journal_reads(&self, page: usize, expected: &String) {
        let doc = support::document(1);
        let has_hole = support::apply(&doc, &self.pages[page].oracle.state(&self.stored(page)));
        holds("S-18", !has_hole, || "the journal has a hole".to_owned());
        equal("S-30", &support::reading(&doc), expected, || {
            "the journal".to_owned()
        });
    }

    /// Nothing is under way, so everything that was sent is saved.
    fn check_everything_is_saved(&self) {
        for client in self.clients.iter().filter(|client| client.extensions.saved) {
            let (sent, saved) = client.progress();
            equal("S-21", &saved, &sent, || {
                format!("saved messages of client {}", client.id)
            });
        }
    }

    /// Everybody is seen by everybody else on the page, and nobody who has gone.
    fn check_presence(&mut self) {
        for client in 0..self.clients.len() {
            self.clients[client].forget_others();
            let state = self.clients[client].awareness();
            self.send(client, Some(state));
        }
        self.run_dry();
        for client in &self.clients {
            let here = self
                .clients
                .iter()
                .filter(|other| other.page == client.page);
            let here: BTreeSet<u64> = here
                .map(|other| other.id)
                .filter(|id| *id != client.id)
                .collect();
            let found: BTreeSet<u64> = client.present().into_iter().collect();
            equal("S-24", &found, &here, || {
                format!("whom client {} sees", client.id)
            });
        }
    }

    /// Nothing that a client has is new to the server, not even a deletion that nobody named.
    fn check_nobody_has_news(&mut self) {
        for index in 0..self.links.len() {
            let (conn, client) = (self.links[index].conn, self.links[index].client);
            let page = self.links[index].page;
            let bytes = self.clients[client].everything();
            self.give(page, Input::Frame { conn, bytes });
            let is_append = |effect: &Effect| matches!(effect, Effect::Append { .. });
            let is_journalled = self.pages[page].effects.iter().any(is_append);
            holds("S-12", !is_journalled, || "journalled again".to_owned());
        }
        self.run_dry();
    }

    pub(super) fn run_dry(&mut self) {
        loop {
            self.notice_closed();
            let mut links = self.links.iter();
            let waits = links.any(|link| !link.up.is_empty() || !link.down.is_empty() || link.lags);
            let is_busy = self.pages.iter().any(|page| {
                !page.effects.is_empty()
                    || !page.appends.is_empty()
                    || !page.outcomes.is_empty()
                    || page.is_loading
            });
            if !waits && !is_busy {
                return;
            }
            while self.pages.iter().any(|page| !page.effects.is_empty()) {
                self.carry_out();
            }
            self.load();
            self.store();
            self.tell_outcome();
            self.all_come_through();
            self.deliver_up();
            self.deliver_down();
        }
    }

    /// Sockets for which nothing waits any more have come through.
    fn all_come_through(&mut self) {
        let links = self.links.iter();
        let through = links.filter(|link| link.lags && link.down.is_empty());
        let through: Vec<_> = through.map(|link| (link.page, link.conn)).collect();
        for (page, conn) in through {
            self.come_through(page, conn);
        }
    }
}
