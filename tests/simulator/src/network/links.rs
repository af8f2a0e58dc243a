//! Connections: slow, cut off, behind; each keeps its order.

use std::collections::VecDeque;

use bytes::Bytes;
use denkraum_domain::{Access, PersonId};
use denkraum_sync::{AccessReason, Channel, Effect, Hue, Input, Member};
use rand::RngExt;

use super::weather::Bug;
use super::world::World;

pub(crate) struct Link {
    pub(crate) conn: u64,
    pub(crate) client: usize,
    pub(crate) page: usize,
    pub(crate) up: VecDeque<Bytes>,
    pub(crate) down: VecDeque<(Channel, Bytes)>,
    /// Too much waited for the socket: nothing that can be made anew is taken until it comes through.
    pub(crate) lags: bool,
    pub(crate) client_open: bool,
    pub(crate) server_open: bool,
}

pub(crate) fn member(person: PersonId, access: Access) -> Member {
    Member {
        person,
        name: "Jana".to_owned(),
        initials: "J".to_owned(),
        hue: Hue::of(person),
        access,
    }
}

impl World {
    pub(super) fn connect(&mut self, client: usize) {
        let mut links = self.links.iter();
        if links.any(|link| link.client == client && link.client_open) {
            return;
        }
        let tab = &mut self.clients[client];
        let Some(access) = self.rights[&tab.person] else {
            return;
        };
        self.counts.reconnects += u64::from(self.last_conn > 6);
        self.last_conn += 1;
        let conn = self.last_conn;
        let (page, extensions) = (tab.page, tab.extensions);
        let member = member(tab.person, access);
        self.links.push(Link {
            conn,
            client,
            page,
            up: tab.open().into(),
            down: VecDeque::new(),
            lags: false,
            client_open: true,
            server_open: true,
        });
        self.open(page);
        self.give(
            page,
            Input::Join {
                conn,
                member,
                extensions,
            },
        );
    }

    /// Sends something on the connection of a client, if one is open.
    pub(super) fn send(&mut self, client: usize, message: Option<Bytes>) {
        let mut links = self.links.iter_mut();
        let link = links.find(|link| link.client == client && link.client_open);
        if let (Some(message), Some(link)) = (message, link) {
            link.up.push_back(message);
        }
    }

    pub(super) fn edit(&mut self) {
        let client = self.rng.random_range(0..self.clients.len());
        let restructures = self.storms.restructure;
        let message = if self.happens(restructures) {
            self.clients[client].restructure(&mut self.rng)
        } else {
            self.clients[client].edit(&mut self.rng)
        };
        let Self { pages, clients, .. } = self;
        let oracle = &mut pages[clients[client].page].oracle;
        oracle.seen_deleted.extend(&clients[client].deleted);
        self.send(client, message);
    }

    pub(super) fn move_caret(&mut self) {
        let client = self.rng.random_range(0..self.clients.len());
        let is_open = |link: &Link| link.client == client && link.client_open;
        if self.links.iter().any(is_open) {
            let message = self.clients[client].awareness();
            self.send(client, Some(message));
        }
    }

    /// The same message a second time.
    pub(super) fn repeat(&mut self) {
        let client = self.rng.random_range(0..self.clients.len());
        let is_open = |link: &Link| link.client == client && link.client_open;
        if self.links.iter().any(is_open)
            && let Some(message) = self.clients[client].repeat()
        {
            self.counts.repeated += 1;
            self.send(client, Some(message));
        }
    }

    pub(super) fn deliver_up(&mut self) {
        if let Some(index) = self.any_link(|link| !link.up.is_empty()) {
            let link = &mut self.links[index];
            let (conn, page, bytes) = (link.conn, link.page, link.up.pop_front());
            if let Some(bytes) = bytes.filter(|_| link.server_open) {
                self.give(page, Input::Frame { conn, bytes });
            }
        }
    }

    pub(super) fn deliver_down(&mut self) {
        let Some(index) = self.any_link(|link| !link.down.is_empty()) else {
            return;
        };
        let link = &mut self.links[index];
        let (client, page, frame) = (link.client, link.page, link.down.pop_front());
        let has_come_through = link.lags && link.down.is_empty() && link.server_open;
        let (conn, is_open) = (link.conn, link.client_open);
        if has_come_through {
            self.come_through(page, conn);
        }
        let Some((_, frame)) = frame.filter(|_| is_open) else {
            return;
        };
        let (answer, saved) = self.clients[client].hear(&frame);
        if let Some(answer) = answer {
            self.links[index].up.push_back(answer);
        }
        if let Some(saved) = saved {
            self.counts.saved += 1;
            self.pages[page].oracle.note_saved(saved);
            self.pages[page].oracle.check_saved(&self.stored(page));
        }
    }

    /// A socket does not come through: what waits behind the first few frames is dropped, but for
    /// what cannot be made anew.
    pub(super) fn lag(&mut self) {
        let Some(index) = self.any_link(|link| link.server_open && link.down.len() > 1) else {
            return;
        };
        self.counts.lags += 1;
        let link = &mut self.links[index];
        let on_the_way = self.rng.random_range(1..link.down.len());
        let waiting = link.down.split_off(on_the_way);
        let drops_parts = self.storms.bug == Some(Bug::DropsParts);
        link.lags = !drops_parts;
        let stays = |(channel, _): &(Channel, Bytes)| *channel == Channel::Control;
        link.down.extend(waiting.into_iter().filter(stays));
    }

    /// The socket has come through. What the room sent before it hears of that is still left out.
    pub(super) fn come_through(&mut self, page: usize, conn: u64) {
        self.pages[page].effects.retain(|effect| match effect {
            Effect::Send {
                conn: to, channel, ..
            } => *to != conn || *channel == Channel::Control,
            _ => true,
        });
        for link in self.links.iter_mut().filter(|link| link.conn == conn) {
            link.lags = false;
        }
        self.give(page, Input::Lagged { conn });
    }

    pub(super) fn any_link(&mut self, fits: impl Fn(&Link) -> bool) -> Option<usize> {
        let fitting: Vec<usize> = (0..self.links.len())
            .filter(|&index| fits(&self.links[index]))
            .collect();
        (!fitting.is_empty()).then(|| fitting[self.rng.random_range(0..fitting.len())])
    }

    /// Both ends learn that the other is gone. What was on the way is lost.
    pub(super) fn notice_closed(&mut self) {
        let mut left = Vec::new();
        self.links.retain_mut(|link| {
            if !link.server_open && link.down.is_empty() {
                link.client_open = false;
            }
            if link.client_open {
                return true;
            }
            if link.server_open {
                left.push((link.page, link.conn));
            }
            false
        });
        for (page, conn) in left {
            self.give(page, Input::Leave { conn });
        }
    }

    /// What a person may do changes, on all their connections at once.
    pub(super) fn change_rights(
        &mut self,
        person: PersonId,
        access: Option<Access>,
        reason: AccessReason,
    ) {
        self.counts.rights += 1;
        self.rights.insert(person, access);
        let theirs = self
            .links
            .iter()
            .filter(|link| link.server_open && self.clients[link.client].person == person);
        let theirs: Vec<_> = theirs.map(|link| (link.page, link.conn)).collect();
        for (page, conn) in theirs {
            self.give(
                page,
                Input::PermitChanged {
                    conn,
                    access,
                    reason,
                },
            );
        }
    }
}
