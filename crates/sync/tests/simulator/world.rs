//! Everything that can happen, one random step after the other.

mod effects;

use std::collections::VecDeque;

use bytes::Bytes;
use denkraum_domain::{Access, PersonId, Timestamp};
use denkraum_sync::{Effect, Extensions, Hue, Input, Member, Room, RoomConfig};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use crate::client::Client;
use crate::journal::{Entry, Journal};
use crate::support::{self, Ids};
use crate::weather::{Counts, Storms};

struct Link {
    conn: u64,
    client: usize,
    up: VecDeque<Bytes>,
    down: VecDeque<Bytes>,
    client_open: bool,
    server_open: bool,
}

pub(crate) struct World {
    rng: SmallRng,
    storms: Storms,
    now: Timestamp,
    clients: Vec<Client>,
    links: Vec<Link>,
    last_conn: u64,
    last_client: u64,
    journal: Journal,
    room: Option<Room>,
    effects: VecDeque<Effect>,
    appends: VecDeque<(u64, Entry)>,
    outcomes: Vec<Input>,
    is_loading: bool,
    saved: (Ids, Ids),
    /// What was deleted by people who saw it.
    deleted: Ids,
    pub(crate) counts: Counts,
}

impl World {
    pub(crate) fn new(seed: u64, storms: Storms) -> Self {
        let person = |client: u64| PersonId::from_u128(u128::from(client % 3) + 1);
        Self {
            rng: SmallRng::seed_from_u64(seed),
            storms,
            now: Timestamp::from_millis(1_000_000),
            clients: (1..=4).map(|id| Client::new(person(id), id)).collect(),
            links: Vec::new(),
            last_conn: 0,
            last_client: 4,
            journal: Journal::new(),
            room: None,
            effects: VecDeque::new(),
            appends: VecDeque::new(),
            outcomes: Vec::new(),
            is_loading: false,
            saved: (Ids::new(), Ids::new()),
            deleted: Ids::new(),
            counts: Counts::default(),
        }
    }

    pub(crate) fn storm(&mut self, steps: u32) {
        for _ in 0..steps {
            self.weather();
            match self.rng.random_range(0..16) {
                0..3 => self.edit(),
                3..5 => self.deliver_up(),
                5..7 => self.deliver_down(),
                7..10 => self.carry_out(),
                10..12 => self.store(),
                12..14 => self.tell_outcome(),
                14 => self.load(),
                _ => self.pass_time(),
            }
        }
    }

    /// No more trouble: everything is delivered, everybody is connected; then all must agree.
    pub(crate) fn calm(&mut self) {
        self.storms = Storms {
            crash: 0,
            disconnect: 0,
            fail_append: 0,
            fail_load: 0,
            close_tab: 0,
            ..self.storms
        };
        for _ in 0..200 {
            for client in 0..self.clients.len() {
                self.connect(client);
            }
            self.run_dry();
            if self.agree() {
                break;
            }
            self.advance(500);
        }
        let expected = support::reading(&self.clients[0].doc);
        for client in &self.clients {
            assert_eq!(support::reading(&client.doc), expected);
        }
        self.assert_journal_reads(&expected);
        self.assert_nobody_has_news();
        for link in &mut self.links {
            link.client_open = false;
        }
        for _ in 0..20 {
            self.notice_closed();
            self.run_dry();
            self.advance(1000);
        }
        assert!(self.room.is_none(), "an empty room stays open");
        self.assert_journal_reads(&expected);
        self.journal.assert_holds(&self.saved.0, &self.saved.1);
        self.journal.assert_nothing_vanished(&self.deleted);
    }

    fn agree(&self) -> bool {
        let first = support::state_vector_sorted(&self.clients[0].doc);
        let journal = support::document(1);
        support::apply(&journal, &self.journal.state());
        let is_equal = |doc| support::state_vector_sorted(doc) == first;
        self.clients.iter().all(|client| is_equal(&client.doc))
            && is_equal(&journal)
            && support::reading(&journal) == support::reading(&self.clients[0].doc)
    }

    fn assert_journal_reads(&self, expected: &str) {
        let doc = support::document(1);
        assert!(!support::apply(&doc, &self.journal.state()));
        assert_eq!(support::reading(&doc), expected);
    }

    /// Nothing that a client has is new to the server, not even a deletion that nobody named.
    fn assert_nobody_has_news(&mut self) {
        for index in 0..self.links.len() {
            let (conn, client) = (self.links[index].conn, self.links[index].client);
            let bytes = self.clients[client].everything();
            self.give(Input::Frame { conn, bytes });
            let is_append = |effect: &Effect| matches!(effect, Effect::Append { .. });
            assert!(!self.effects.iter().any(is_append), "journalled again");
        }
        self.run_dry();
    }

    fn run_dry(&mut self) {
        loop {
            self.notice_closed();
            let waiting = self
                .links
                .iter()
                .any(|link| !link.up.is_empty() || !link.down.is_empty());
            let busy = !self.effects.is_empty()
                || !self.appends.is_empty()
                || !self.outcomes.is_empty()
                || self.is_loading
                || waiting;
            if !busy {
                return;
            }
            while !self.effects.is_empty() {
                self.carry_out();
            }
            self.load();
            self.store();
            self.tell_outcome();
            self.deliver_up();
            self.deliver_down();
        }
    }

    fn happens(&mut self, thousandths: u32) -> bool {
        self.rng.random_range(0..1000) < thousandths
    }

    fn weather(&mut self) {
        if self.happens(self.storms.crash) {
            self.crash();
        }
        if self.happens(self.storms.disconnect) && !self.links.is_empty() {
            let index = self.rng.random_range(0..self.links.len());
            self.links[index].client_open = false;
        }
        if self.happens(self.storms.close_tab) {
            let index = self.rng.random_range(0..self.clients.len());
            for link in self.links.iter_mut().filter(|link| link.client == index) {
                link.client_open = false;
            }
            self.last_client += 1;
            self.clients[index] = Client::new(self.clients[index].person, self.last_client);
        }
        if self.happens(60) {
            self.notice_closed();
        }
        if self.happens(80) {
            let client = self.rng.random_range(0..self.clients.len());
            self.connect(client);
        }
    }

    /// The process is gone; of the appends under way, the first few may have reached the disk.
    fn crash(&mut self) {
        self.counts.crashes += 1;
        self.room = None;
        self.effects.clear();
        self.outcomes.clear();
        self.is_loading = false;
        let stored = self.rng.random_range(0..=self.appends.len());
        for (_, entry) in self.appends.drain(..).take(stored) {
            self.journal.append(&entry);
        }
        for link in &mut self.links {
            link.server_open = false;
            link.up.clear();
            let arrive = self.rng.random_range(0..=link.down.len());
            link.down.truncate(arrive);
        }
    }

    fn connect(&mut self, client: usize) {
        let mut links = self.links.iter();
        if links.any(|link| link.client == client && link.client_open) {
            return;
        }
        self.counts.reconnects += u64::from(self.last_conn > 4);
        self.last_conn += 1;
        let conn = self.last_conn;
        let up = self.clients[client].open().into();
        self.links.push(Link {
            conn,
            client,
            up,
            down: VecDeque::new(),
            client_open: true,
            server_open: true,
        });
        let person = self.clients[client].person;
        let member = Member {
            person,
            name: "Jana".to_owned(),
            initials: "J".to_owned(),
            hue: Hue::of(person),
            access: Access::Edit,
        };
        let extensions = Extensions::ALL;
        if self.room.is_none() {
            let mut config = RoomConfig::new(support::schema());
            config.limits.compact_after = 15;
            // The network may be as slow as it likes.
            config.timing.answer_within = i64::MAX;
            self.room = Some(Room::new(config));
        }
        self.give(Input::Join {
            conn,
            member,
            extensions,
        });
    }

    fn edit(&mut self) {
        let client = self.rng.random_range(0..self.clients.len());
        // Without structural edits, seeds that were kept go as they went.
        let restructures = self.storms.restructure;
        let message = if restructures > 0 && self.happens(restructures) {
            self.clients[client].restructure(&mut self.rng)
        } else {
            self.clients[client].edit(&mut self.rng)
        };
        self.deleted.extend(&self.clients[client].deleted);
        let mut links = self.links.iter_mut();
        let link = links.find(|link| link.client == client && link.client_open);
        if let (Some(message), Some(link)) = (message, link) {
            link.up.push_back(message);
        }
    }

    fn deliver_up(&mut self) {
        if let Some(index) = self.any_link(|link| !link.up.is_empty()) {
            let link = &mut self.links[index];
            let (conn, bytes) = (link.conn, link.up.pop_front());
            if let Some(bytes) = bytes.filter(|_| link.server_open) {
                self.give(Input::Frame { conn, bytes });
            }
        }
    }

    fn deliver_down(&mut self) {
        let Some(index) = self.any_link(|link| !link.down.is_empty()) else {
            return;
        };
        let link = &mut self.links[index];
        let (client, frame) = (link.client, link.down.pop_front());
        let Some(frame) = frame.filter(|_| link.client_open) else {
            return;
        };
        let (answer, saved) = self.clients[client].hear(&frame);
        if let Some(answer) = answer {
            self.links[index].up.push_back(answer);
        }
        for (written, deleted) in saved.into_iter().flatten() {
            self.counts.saved += 1;
            self.saved.0.extend(written);
            self.saved.1.extend(deleted);
            self.journal.assert_holds(&self.saved.0, &self.saved.1);
        }
    }

    fn any_link(&mut self, fits: impl Fn(&Link) -> bool) -> Option<usize> {
        let fitting: Vec<usize> = (0..self.links.len())
            .filter(|&i| fits(&self.links[i]))
            .collect();
        (!fitting.is_empty()).then(|| fitting[self.rng.random_range(0..fitting.len())])
    }

    /// Both ends learn that the other is gone. What was on the way is lost.
    fn notice_closed(&mut self) {
        let mut left = Vec::new();
        self.links.retain_mut(|link| {
            if !link.server_open && link.down.is_empty() {
                link.client_open = false;
            }
            if link.client_open {
                return true;
            }
            if link.server_open {
                left.push(link.conn);
            }
            false
        });
        for conn in left {
            self.give(Input::Leave { conn });
        }
    }
}
