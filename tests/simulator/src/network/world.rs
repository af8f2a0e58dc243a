//! Everything that can happen, one random step after the other.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use bytes::Bytes;
use denkraum_domain::{Access, PageId, PersonId, Timestamp};
use denkraum_journal_file::Options;
use denkraum_store::{PageUpdate, Position};
use denkraum_sync::{Effect, Extensions, Input, LoadedPage, Room, RoomConfig, Storage};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use tokio::runtime::Runtime;

use super::client::Client;
use super::links::Link;
use super::oracle::Oracle;
use super::watch::Watch;
use super::weather::{Bug, Counts, Storms};
use crate::shelf::{Fold, Shelf};
use crate::support;

pub(crate) const PAGES: usize = 2;

/// One page: its room, what the room wants done, and what is known of its entries.
pub(crate) struct Page {
    pub(crate) id: PageId,
    pub(crate) room: Option<Room>,
    pub(crate) watch: Watch,
    pub(crate) effects: VecDeque<Effect>,
    pub(crate) appends: VecDeque<(u64, PageUpdate)>,
    pub(crate) outcomes: Vec<Input>,
    pub(crate) is_loading: bool,
    pub(crate) oracle: Oracle,
    /// Changes by the server that are under way.
    pub(crate) edits: BTreeMap<u64, Bytes>,
    /// An older state, for a server with a bug.
    pub(crate) old_state: Option<Bytes>,
}

pub(crate) struct World {
    pub(crate) rng: SmallRng,
    pub(crate) storms: Storms,
    pub(crate) now: Timestamp,
    pub(crate) shelf: Shelf,
    /// Whether anything can be saved, as far as rooms are told.
    pub(crate) storage: Storage,
    /// The disk takes no more bytes, for now.
    pub(crate) is_full: bool,
    pub(crate) pages: Vec<Page>,
    pub(crate) clients: Vec<Client>,
    pub(crate) links: Vec<Link>,
    pub(crate) rights: BTreeMap<PersonId, Option<Access>>,
    pub(crate) last_conn: u64,
    pub(crate) last_client: u64,
    pub(crate) last_token: u64,
    /// Up to here the oracles know the journal.
    absorbed: Position,
    pub(crate) counts: Counts,
}

/// Of the six tabs, two are of one person on one page, and one is of a stock client.
const TABS: [(u128, usize, bool); 6] = [
    (1, 0, true),
    (2, 0, true),
    (3, 0, false),
    (1, 0, true),
    (1, 1, true),
    (2, 1, true),
];

impl World {
    pub(crate) fn new(seed: u64, storms: Storms, runtime: Rc<Runtime>) -> Self {
        let options = Options {
            increment_bytes: 20_000,
            allocate_bytes: 512,
            ..Options::default()
        };
        let tab = |(id, (person, page, asks)): (u64, &(u128, usize, bool))| {
            let extensions = if *asks {
                Extensions::ALL
            } else {
                Extensions::default()
            };
            Client::new(PersonId::from_u128(*person), *page, extensions, id)
        };
        let page = |number: usize| Page {
            id: PageId::from_u128(number as u128 + 1),
            room: None,
            watch: Watch::default(),
            effects: VecDeque::new(),
            appends: VecDeque::new(),
            outcomes: Vec::new(),
            is_loading: false,
            oracle: Oracle::new(support::schema()),
            edits: BTreeMap::new(),
            old_state: None,
        };
        let everybody = (1..=3).map(PersonId::from_u128);
        Self {
            rng: SmallRng::seed_from_u64(seed),
            storms,
            now: Timestamp::from_millis(1_000_000),
            shelf: Shelf::new(runtime, options),
            storage: Storage::Writable,
            is_full: false,
            pages: (0..PAGES).map(page).collect(),
            clients: (1..).zip(&TABS).map(tab).collect(),
            links: Vec::new(),
            rights: everybody
                .map(|person| (person, Some(Access::Edit)))
                .collect(),
            last_conn: 0,
            last_client: 100,
            last_token: 0,
            absorbed: Position::START,
            counts: Counts::default(),
        }
    }

    pub(crate) fn storm(&mut self, steps: u32) {
        for _ in 0..steps {
            self.trouble();
            match self.rng.random_range(0..17) {
                0..3 => self.edit(),
                3..5 => self.some_times(Self::deliver_up),
                5..7 => self.some_times(Self::deliver_down),
                7..10 => self.some_times(Self::carry_out),
                10..12 => self.store(),
                12..14 => self.tell_outcome(),
                14 => self.load(),
                15 => self.move_caret(),
                _ => self.pass_time(),
            }
        }
    }

    /// Much waits, so more than one of it has its turn.
    fn some_times(&mut self, act: impl Fn(&mut Self)) {
        for _ in 0..self.rng.random_range(1..=4) {
            act(self);
        }
    }

    pub(crate) fn happens(&mut self, thousandths: u32) -> bool {
        self.rng.random_range(0..1000) < thousandths
    }

    /// A page for which something is so.
    pub(crate) fn any_page(&mut self, fits: impl Fn(&Page) -> bool) -> Option<usize> {
        let fitting: Vec<usize> = (0..PAGES).filter(|&page| fits(&self.pages[page])).collect();
        (!fitting.is_empty()).then(|| fitting[self.rng.random_range(0..fitting.len())])
    }

    /// The page as a server started now would load it.
    pub(crate) fn stored(&self, page: usize) -> LoadedPage {
        let stored = self.shelf.load(self.pages[page].id);
        stored.map_or_else(LoadedPage::default, |stored| LoadedPage {
            snapshot: stored.snapshot,
            updates: stored.updates,
            owners: stored.owners,
            upto: stored.upto.get(),
        })
    }

    /// The same without what came after a position.
    pub(crate) fn stored_upto(&self, page: usize, upto: Position) -> LoadedPage {
        let mut fold = Fold::of(&self.shelf.known);
        let known = fold.pages.remove(&self.pages[page].id);
        known.map_or_else(LoadedPage::default, |known| LoadedPage {
            snapshot: known.snapshot,
            updates: known
                .updates
                .range(..=upto)
                .map(|(_, update)| update.clone())
                .collect(),
            owners: known.owners.into_iter().collect(),
            upto: upto.get(),
        })
    }

    /// Tells the oracles what has become durable.
    pub(crate) fn absorb(&mut self) {
        for (position, entry) in self.shelf.known.range(self.absorbed..) {
            if *position == self.absorbed {
                continue;
            }
            for page in &mut self.pages {
                if entry.subject == denkraum_store::Subject::Page(page.id) {
                    page.oracle.note(entry);
                }
            }
        }
        self.absorbed = self
            .shelf
            .known
            .keys()
            .next_back()
            .copied()
            .unwrap_or_default();
    }

    /// The room of a page; made if nobody has it open.
    pub(crate) fn open(&mut self, page: usize) {
        let state = &mut self.pages[page];
        if state.room.is_none() {
            state.room = Some(Room::new(config()));
            state.watch = Watch::default();
            self.give(page, Input::Storage(self.storage));
        }
    }

    /// Tells a room what happened, and looks at what it wants done.
    pub(crate) fn give(&mut self, page: usize, input: Input) {
        let Some(mut room) = self.pages[page].room.take() else {
            return;
        };
        let mut watch = std::mem::take(&mut self.pages[page].watch);
        let mut out = Vec::new();
        let is_forgotten = self.storms.bug == Some(Bug::ForgetsRights)
            && matches!(input, Input::PermitChanged { .. });
        let seen = input.clone();
        if !is_forgotten {
            room.handle(self.now, input, &mut out);
        }
        let (oracle, stored) = (&self.pages[page].oracle, || self.stored(page));
        watch.look(self.now, &seen, &out, oracle, &stored);
        let page = &mut self.pages[page];
        let seen = std::mem::take(&mut watch.counts_as_seen);
        page.oracle.seen_deleted.extend(seen);
        for update in watch.committed.drain(..) {
            page.oracle.enters(&update);
        }
        page.room = Some(room);
        page.watch = watch;
        page.effects.extend(out);
    }

    /// Whether anything can be saved is no longer as it was, or as rooms know it.
    pub(crate) fn storage_changed(&mut self, storage: Storage) {
        self.storage = storage;
        for page in 0..PAGES {
            self.give(page, Input::Storage(storage));
        }
        self.advance(0);
    }

    pub(crate) fn advance(&mut self, millis: i64) {
        self.now = self.now.plus_millis(millis);
        for page in 0..PAGES {
            let due = self.pages[page].room.as_ref().and_then(Room::wake_at);
            let is_woken = self.storms.bug != Some(Bug::ForgetsTheTime);
            if is_woken && due.is_some_and(|due| due <= self.now) {
                self.give(page, Input::Tick);
            }
            if self.pages[page].room.is_some() {
                self.pages[page].watch.check_times(self.now);
            }
        }
    }

    fn pass_time(&mut self) {
        let millis = self.rng.random_range(0..1500);
        self.advance(millis);
    }
}

/// Smaller limits than in the product, so that they are met.
fn config() -> RoomConfig {
    let mut config = RoomConfig::new(support::schema());
    config.limits.compact_after = 15;
    config.limits.frame_bytes = 64 << 10;
    config.limits.rate.frames_per_second = 200;
    config.limits.rate.frames_burst = super::vandal::FLOOD;
    // The network may be as slow as it likes.
    config.timing.answer_within = i64::MAX;
    config
}
