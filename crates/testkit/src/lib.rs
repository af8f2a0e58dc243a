//! What tests of several crates need: a whole application in a temporary folder, with a clock that
//! moves when told and randomness that repeats.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a helper that cannot help fails the test"
)]

pub mod hostile;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use denkraum_app::catalogue::{self, CityFiles};
use denkraum_app::{
    ATTACHMENT_BYTES, Account, App, AppConfig, AttachmentsConfig, Environment, Extractor,
    NewAccount, Password, RoomsConfig,
};
use denkraum_domain::{
    Grant, Login, PageId, PersonId, PersonName, Role, SpaceId, Timestamp, operator,
};
use denkraum_journal::{Body, Entry, Journal, JournalId, MemoryJournal, ReadOnly, Subject};
use denkraum_store::Store;

/// The password of every account that [`TestApp::person`] makes.
pub const PASSWORD: &str = "ein langes Passwort";

/// A clock that stands still until it is moved.
#[derive(Clone, Debug)]
pub struct MockClock {
    now: Arc<AtomicI64>,
    /// So many milliseconds pass whenever somebody looks.
    pace: Arc<AtomicI64>,
}

impl MockClock {
    /// 7 November 2023, 9:00 UTC.
    pub fn new() -> Self {
        Self {
            now: Arc::new(AtomicI64::new(1_699_347_600_000)),
            pace: Arc::default(),
        }
    }

    /// The time it shows.
    pub fn now(&self) -> Timestamp {
        let pace = self.pace.load(Ordering::SeqCst);
        Timestamp::from_millis(self.now.fetch_add(pace, Ordering::SeqCst))
    }

    /// Moves it on by `millis` milliseconds.
    pub fn advance(&self, millis: i64) {
        self.now.fetch_add(millis, Ordering::SeqCst);
    }

    /// From now on moves by `millis` milliseconds whenever somebody looks.
    pub fn run(&self, millis: i64) {
        self.pace.store(millis, Ordering::SeqCst);
    }
}

impl Default for MockClock {
    fn default() -> Self {
        Self::new()
    }
}

/// Bytes that look random and repeat: `SplitMix64` (Steele, Lea, Flood 2014).
pub fn repeatable_bytes(seed: u64) -> impl Fn(&mut [u8]) + Send + Sync + 'static {
    let state = AtomicU64::new(seed);
    move |bytes| {
        for chunk in bytes.chunks_mut(8) {
            let step = state.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::SeqCst);
            let mixed = (step ^ (step >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            let mixed = (mixed ^ (mixed >> 31)).to_le_bytes();
            for (byte, value) in chunk.iter_mut().zip(mixed) {
                *byte = value;
            }
        }
    }
}

/// The top folder of the repository.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .nth(2)
        .map_or_else(|| here.to_path_buf(), Path::to_path_buf)
}

/// The document schema file.
pub fn page_schema() -> String {
    std::fs::read_to_string(repository().join("data/schema/page.json"))
        .expect("the schema file is there")
}

/// The files of Berlin.
pub fn berlin() -> CityFiles {
    CityFiles::read(&repository().join("data/berlin")).expect("the city's folder is there")
}

/// The files of a small made-up city, with other names and every type of field.
pub fn hafenstadt() -> CityFiles {
    CityFiles::read(&repository().join("tests/cities/hafenstadt"))
        .expect("the city's folder is there")
}

/// An application whose journal is in memory and whose views are in a temporary folder.
pub struct TestApp {
    /// The application.
    pub app: App,
    /// Its clock.
    pub clock: MockClock,
    city: CityFiles,
    journal: Arc<MemoryJournal>,
    folder: tempfile::TempDir,
    files: FilesSetup,
    seed: Mutex<u64>,
}

/// How a test keeps attached files.
#[derive(Clone, Debug)]
pub struct FilesSetup {
    /// The most bytes of one file.
    pub max_bytes: u64,
    /// What reads their text.
    pub extractor: Option<Extractor>,
}

impl Default for FilesSetup {
    fn default() -> Self {
        Self {
            max_bytes: ATTACHMENT_BYTES,
            extractor: None,
        }
    }
}

impl TestApp {
    /// A new and empty installation of Berlin.
    pub async fn new() -> Self {
        Self::in_city(berlin()).await
    }

    /// A new and empty installation of another city.
    pub async fn in_city(city: CityFiles) -> Self {
        Self::with(city, FilesSetup::default()).await
    }

    /// A new and empty installation of Berlin that keeps attached files in this way.
    pub async fn with_files(files: FilesSetup) -> Self {
        Self::with(berlin(), files).await
    }

    async fn with(city: CityFiles, files: FilesSetup) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let journal = Arc::new(MemoryJournal::new(JournalId::from_u128(1)));
        let clock = MockClock::new();
        let app = open(
            &city,
            Arc::clone(&journal),
            folder.path(),
            &files,
            &clock,
            1,
        )
        .await;
        Self {
            app,
            clock,
            city,
            journal,
            folder,
            files,
            seed: Mutex::new(1),
        }
    }

    /// The folder of the attached files.
    pub fn blobs(&self) -> PathBuf {
        self.folder.path().join("blobs")
    }

    /// The folder of the search index.
    pub fn search(&self) -> PathBuf {
        self.folder.path().join("search")
    }

    /// Stops the application and opens it again on the same journal and folder.
    pub async fn restart(&mut self) {
        self.restart_after(|_| ()).await;
    }

    /// As [`TestApp::restart`], after something was done to the folder of the search index.
    pub async fn restart_after(&mut self, change: impl FnOnce(&Path)) {
        self.app.shutdown().await;
        change(&self.search());
        self.open_again().await;
    }

    /// As [`TestApp::restart`], but everything that follows from the journal is removed before.
    pub async fn restart_without_views(&mut self) {
        self.app.shutdown().await;
        for view in ["view", "search"] {
            std::fs::remove_dir_all(self.folder.path().join(view))
                .expect("the view can be removed");
        }
        self.open_again().await;
    }

    /// Journals an update of a page past the gate, as a mistake of it would. It is seen after
    /// [`TestApp::restart`].
    pub async fn store_past_gate(&self, page: PageId, update: Vec<u8>) {
        let body = Body::PageUpdate {
            connection: 0,
            clients: Vec::new(),
            update: update.into(),
        };
        let entry = Entry {
            at: self.clock.now(),
            by: None,
            subject: Subject::Page(page),
            body,
        };
        let appended = self.journal.append(entry).await;
        appended.expect("the journal takes any update");
    }

    /// From now on the disk is full, as far as the journal goes, or has room again.
    pub fn fill_disk(&self, is_full: bool) {
        if is_full {
            self.journal.fail(ReadOnly::NoSpace);
        } else {
            self.journal.recover();
        }
    }

    async fn open_again(&mut self) {
        let seed = {
            let mut seed = self
                .seed
                .lock()
                .expect("no test panics while it holds the seed");
            *seed += 1;
            *seed
        };
        self.app = open(
            &self.city,
            Arc::clone(&self.journal),
            self.folder.path(),
            &self.files,
            &self.clock,
            seed,
        )
        .await;
    }

    /// Adds a person with [`PASSWORD`]; `space` is the id of a space, empty for the network.
    pub async fn person(&self, login: &str, role: Role, space: &str) -> Account {
        let space = (!space.is_empty()).then(|| SpaceId::parse(space).expect("a space id"));
        let new = NewAccount {
            login: Login::parse(login).expect("a log-in"),
            name: PersonName::parse(login).expect("a name"),
            label: String::new(),
            grants: vec![Grant { role, space }],
            password: Password::new(PASSWORD.to_owned()).expect("a password"),
        };
        let permit = operator::permit_admin(PersonId::from_u128(0));
        self.app
            .add_account(&permit, new)
            .await
            .expect("the account is added")
    }
}

async fn open(
    city: &CityFiles,
    journal: Arc<MemoryJournal>,
    folder: &Path,
    files: &FilesSetup,
    clock: &MockClock,
    seed: u64,
) -> App {
    let journal: Arc<dyn Journal> = journal;
    let store = Store::open(journal, &folder.join("view"))
        .await
        .expect("the store opens");
    let clock = clock.clone();
    App::open(AppConfig {
        store,
        catalogue: catalogue::read(city).expect("the city is in order"),
        schema: page_schema(),
        search_dir: folder.join("search"),
        applying_dir: folder.join("applying"),
        trial: None,
        attachments: AttachmentsConfig {
            dir: folder.join("blobs"),
            max_bytes: files.max_bytes,
            extractor: files.extractor.clone(),
        },
        rooms: RoomsConfig::default(),
        environment: Environment::new(move || clock.now(), repeatable_bytes(seed)),
    })
    .await
    .expect("the application opens")
}
