//! A store in a temporary folder, rooms on it, and a client that speaks the wire.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use denkraum_domain::{
    Actor, Audience, EditPermit, Grant, PageFacts, PageId, PersonId, ReadPermit, Role, SpaceId,
    Timestamp, permit_edit, permit_read,
};
use denkraum_journal::{JournalId, MemoryJournal};
use denkraum_rooms::{
    Connection, Extensions, Hue, Inbox, JoinError, JoinPermit, Outbound, Outbox, Profile, Rooms,
    RoomsConfig, Schema, Settled,
};
use denkraum_store::Store;
use denkraum_sync::{Message, parse_frame, step1_frame, step2_frame, update_frame};
use tokio::sync::mpsc;
use tokio::time::Instant;

pub(crate) const PAGE: PageId = PageId::from_u128(77);
/// Nothing in these tests takes so long; it only ends a test that would hang. Shorter than the
/// time after which a quiet connection is sent something.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Bench {
    pub(crate) rooms: Rooms,
    pub(crate) journal: MemoryJournal,
    pub(crate) store: Store,
    pub(crate) settled: mpsc::Receiver<Settled>,
    _folder: tempfile::TempDir,
}

pub(crate) fn config() -> RoomsConfig {
    let mut config = RoomsConfig::default();
    config.timing.linger = 20;
    config.timing.settle = 20;
    config.timing.reload = 1;
    config
}

impl Bench {
    pub(crate) async fn new(config: RoomsConfig) -> Self {
        Self::on(MemoryJournal::new(JournalId::from_u128(1)), config).await
    }

    pub(crate) async fn on(journal: MemoryJournal, config: RoomsConfig) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(Arc::new(journal.clone()), &folder.path().join("view"))
            .await
            .unwrap();
        let (settle, settled) = mpsc::channel(1000);
        let started = Instant::now();
        let clock = move || {
            let millis = i64::try_from(started.elapsed().as_millis()).unwrap();
            Timestamp::from_millis(1_700_000_000_000 + millis)
        };
        let json = include_str!("../../../../data/schema/page.json");
        let schema = Arc::new(Schema::from_json(json).unwrap());
        Self {
            rooms: Rooms::new(store.clone(), schema, config, Arc::new(clock), settle),
            journal,
            store,
            settled,
            _folder: folder,
        }
    }

    pub(crate) fn join(&self, person: u128) -> Client {
        self.join_page(PAGE, person).unwrap()
    }

    pub(crate) fn join_page(&self, page: PageId, person: u128) -> Result<Client, JoinError> {
        let permit = JoinPermit::Edit(may_edit_page(page, person));
        let joined = self.rooms.join(&permit, profile(), Extensions::ALL);
        joined.map(Client::new)
    }

    /// Waits until no page is open.
    pub(crate) async fn all_closed(&self) {
        until(|| self.rooms.open_counts() == (0, 0)).await;
    }
}

pub(crate) fn profile() -> Profile {
    Profile {
        name: "Jana Petersen".to_owned(),
        initials: "JP".to_owned(),
        hue: Hue::new(1).unwrap(),
    }
}

fn facts_and_actor(page: PageId, person: u128) -> (PageFacts, Actor) {
    let space = SpaceId::parse("pankow").unwrap();
    let person = PersonId::from_u128(person);
    let facts = PageFacts {
        page,
        space: space.clone(),
        in_network: false,
        audience: Audience::Network,
        authors: Vec::new(),
        archived: false,
    };
    let grant = Grant {
        role: Role::Writer,
        space: Some(space),
    };
    let grants = vec![grant];
    (facts, Actor { person, grants })
}

pub(crate) fn may_edit(person: u128) -> EditPermit {
    may_edit_page(PAGE, person)
}

pub(crate) fn may_edit_page(page: PageId, person: u128) -> EditPermit {
    let (facts, actor) = facts_and_actor(page, person);
    permit_edit(&facts, &actor).unwrap()
}

pub(crate) fn may_read(person: u128) -> ReadPermit {
    let (facts, actor) = facts_and_actor(PAGE, person);
    permit_read(&facts, &actor).unwrap()
}

/// Looks again and again until it is so.
pub(crate) async fn until(is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.unwrap();
}

/// The update that types `text` (ASCII) at the end of what this client typed before, up to `clock`,
/// into the title.
pub(crate) fn typed(client: u8, clock: u8, text: &str) -> Vec<u8> {
    assert!(client < 128 && clock < 128 && text.len() < 128);
    let length = u8::try_from(text.len()).unwrap();
    let place = match clock {
        0 => b"\x04\x01\x05title".to_vec(),
        _ => vec![0x84, client, clock - 1],
    };
    [
        &[1, 1, client, clock],
        &place[..],
        &[length],
        text.as_bytes(),
        &[0],
    ]
    .concat()
}

pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    assert!(!text.is_empty());
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

pub(crate) struct Client {
    pub(crate) id: u64,
    pub(crate) inbox: Inbox,
    pub(crate) outbox: Outbox,
    waiting: VecDeque<Bytes>,
}

impl Client {
    pub(crate) fn new(connection: Connection) -> Self {
        Self {
            id: connection.id,
            inbox: connection.inbox,
            outbox: connection.outbox,
            waiting: VecDeque::new(),
        }
    }

    /// Exchanges the first messages as y-websocket does; gives the document as one update.
    pub(crate) async fn sync(&mut self) -> Vec<u8> {
        self.send(step1_frame(&[])).await;
        let (mut document, mut is_asked) = (None, false);
        while document.is_none() || !is_asked {
            let frame = self.frame().await.unwrap();
            match parse_frame(&frame) {
                Ok(Message::Step1(_)) => is_asked = true,
                Ok(Message::Step2(update)) => document = Some(update.to_vec()),
                _ => {}
            }
        }
        self.send(step2_frame(&[0, 0])).await;
        document.unwrap()
    }

    pub(crate) async fn send(&self, frame: Bytes) {
        let sent = tokio::time::timeout(PATIENCE, self.inbox.send(frame));
        sent.await.unwrap().unwrap();
    }

    pub(crate) async fn write(&self, client: u8, clock: u8, text: &str) {
        self.send(update_frame(&typed(client, clock, text))).await;
    }

    async fn frame(&mut self) -> Result<Bytes, u16> {
        loop {
            if let Some(frame) = self.waiting.pop_front() {
                return Ok(frame);
            }
            match tokio::time::timeout(PATIENCE, self.outbox.next())
                .await
                .unwrap()
            {
                Outbound::Frames(frames) => self.waiting.extend(frames),
                Outbound::Close { code, .. } => return Err(code),
            }
        }
    }

    /// The next message with a part of the document; others are passed over.
    pub(crate) async fn document(&mut self) -> Vec<u8> {
        loop {
            let frame = self.frame().await.unwrap();
            if let Ok(Message::Step2(update) | Message::Update(update)) = parse_frame(&frame) {
                return update.to_vec();
            }
        }
    }

    /// Passes over messages until one has this type number.
    pub(crate) async fn wait_for(&mut self, kind: u8) -> Bytes {
        loop {
            let frame = self.frame().await.unwrap();
            if frame[0] == kind {
                return frame;
            }
        }
    }

    pub(crate) async fn saved(&mut self, count: u8) {
        while self.wait_for(100).await[1] != count {}
    }

    /// Waits for a question about what the page lacks.
    pub(crate) async fn asked(&mut self) {
        while self.wait_for(0).await[1] != 0 {}
    }

    /// Passes over messages until the connection is closed.
    pub(crate) async fn closed(&mut self) -> u16 {
        loop {
            if let Err(code) = self.frame().await {
                return code;
            }
        }
    }
}
