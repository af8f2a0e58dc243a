//! The application: what holds the parts together, from opening to shutting down.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use denkraum_domain::{AdminPermit, PageId, PersonId, Timestamp};
use denkraum_rooms::{Rooms, RoomsConfig, Trial};
use denkraum_search::{SearchConfig, SearchIndex, Workers};
use denkraum_store::{Health, ReadError, Store, ViewHealth};
use thiserror::Error;
use tokio::sync::{OwnedMutexGuard, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accounts::Accounts;
use crate::attachments::{Attachments, AttachmentsConfig};
use crate::catalogue::Catalogue;
use crate::document_schema::schema_with_fields;
use crate::find::{FormerTitles, Misses, SavedSearches, Words};
use crate::indexes::Indexes;
use crate::live::Live;
use crate::overview::Visits;
use crate::pages::Directory;
use crate::projector::Projector;
use crate::setup::SetUp;
use crate::versions::{VersionError, check_versions, note_versions};
use crate::{
    Account, AccountChange, AccountError, Environment, NewAccount, Password, SessionToken,
    SignInError, SignedIn,
};

/// So many settled pages wait for their projection before rooms wait with theirs.
const SETTLED_QUEUE: usize = 256;

/// What the application is opened with.
pub struct AppConfig {
    /// The opened store. The application closes it.
    pub store: Store,
    /// The city.
    pub catalogue: Catalogue,
    /// The document schema file, as text.
    pub schema: String,
    /// The folder of the search index.
    pub search_dir: PathBuf,
    /// The folder that names the pages which are being applied.
    pub applying_dir: PathBuf,
    /// The program that tries pages which a process ended with; without it they are set aside the second time.
    pub trial: Option<Trial>,
    /// How attached files are kept.
    pub attachments: AttachmentsConfig,
    /// Sizes and times of open pages.
    pub rooms: RoomsConfig,
    /// Time and randomness.
    pub environment: Environment,
}

/// Why the application could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The document schema file is wrong.
    #[error("the document schema cannot be used")]
    Schema(#[source] denkraum_rooms::SchemaError),
    /// What is stored is not for this program.
    #[error("what is stored cannot be used")]
    Versions(#[source] VersionError),
    /// Something stored could not be looked up.
    #[error("what is stored could not be looked up")]
    Store(#[source] ReadError),
    /// The search index could not be opened.
    #[error("the search index could not be opened")]
    Search(#[source] denkraum_search::OpenError),
    /// The system gave no threads for searches.
    #[error("the threads of the search could not be started")]
    Threads(#[source] std::io::Error),
}

/// Whether requests are served, and changes taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// Requests are served.
    pub ready: bool,
    /// Changes are taken.
    pub writable: bool,
    /// Why not, in English.
    pub reason: Option<String>,
}

/// The application. Clones share everything.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    catalogue: Arc<Catalogue>,
    environment: Environment,
    rooms: Rooms,
    accounts: Accounts,
    attachments: Attachments,
    directory: Directory,
    projector: Projector,
    live: Live,
    set_up: SetUp,
    visits: Visits,
    words: Words,
    misses: Misses,
    saved: SavedSearches,
    former: FormerTitles,
    /// Whether invented people and pages were loaded.
    demonstration: AtomicBool,
    /// One lock for each page that the server itself is changing.
    writing: Mutex<HashMap<PageId, Arc<tokio::sync::Mutex<()>>>>,
    tasks: TaskTracker,
    stopping: CancellationToken,
}

impl App {
    /// Opens everything, brings projections and the search index up to date, starts the tasks.
    pub async fn open(config: AppConfig) -> Result<Self, OpenError> {
        let AppConfig {
            store,
            catalogue,
            schema,
            search_dir,
            applying_dir,
            trial,
            attachments,
            rooms,
            environment,
        } = config;
        let schema = schema_with_fields(&schema, &catalogue).map_err(OpenError::Schema)?;
        let catalogue = Arc::new(catalogue);
        check_versions(&store).await.map_err(OpenError::Versions)?;
        let noted = note_versions(&store, environment.now()).await;
        noted.map_err(OpenError::Store)?;
        let (settled_in, settled) = mpsc::channel(SETTLED_QUEUE);
        let rooms = Rooms::new(
            store.clone(),
            Arc::new(schema),
            rooms,
            environment.clock(),
            settled_in,
        );
        let recalled = rooms.recall(&applying_dir, trial).await;
        recalled.map_err(OpenError::Store)?;
        let accounts = Accounts::load(store.clone(), environment.clone(), Arc::clone(&catalogue));
        let accounts = accounts.await.map_err(OpenError::Store)?;
        let attachments = Attachments::open(attachments).await;
        let index = tokio::task::spawn_blocking(move || {
            let opened = SearchIndex::open(&search_dir, SearchConfig::default())?;
            Ok(Indexes::new(opened, search_dir))
        });
        let indexes = match index.await {
            Ok(opened) => opened.map_err(OpenError::Search)?,
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        };
        let visits = Visits::load(store.clone());
        let workers = Workers::start().map_err(OpenError::Threads)?;
        let visits = visits.await.map_err(OpenError::Store)?;
        let words = Words::load(&store, &indexes.written())
            .await
            .map_err(OpenError::Store)?;
        let misses = Misses::load(&store).await.map_err(OpenError::Store)?;
        let saved = SavedSearches::load(&store)
            .await
            .map_err(OpenError::Store)?;
        let former = FormerTitles::load(&store).await.map_err(OpenError::Store)?;
        let set_up = SetUp::new(&environment, accounts.list().is_empty());
        let app = Self(Arc::new(Inner {
            store,
            catalogue,
            environment,
            rooms,
            accounts,
            attachments,
            directory: Directory::default(),
            projector: Projector::new(indexes, workers),
            live: Live::default(),
            set_up,
            visits,
            words,
            misses,
            saved,
            former,
            demonstration: AtomicBool::new(false),
            writing: Mutex::default(),
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
        }));
        app.load_directory().await.map_err(OpenError::Store)?;
        app.sweep_attachments().await;
        app.fill_search();
        app.0.tasks.spawn(app.clone().extract_texts());
        app.0.tasks.spawn(app.clone().project_settled(settled));
        app.0.tasks.spawn(app.clone().commit_projections());
        app.0.tasks.spawn(app.clone().watch_sessions());
        app.0.tasks.spawn(app.clone().watch_storage());
        Ok(app)
    }

    /// Tells everybody to come again, waits until everything is durable, stops the tasks.
    pub async fn shutdown(&self) {
        self.0.rooms.shutdown().await;
        self.0.stopping.cancel();
        self.0.tasks.close();
        self.0.tasks.wait().await;
        self.commit_waiting().await;
        self.0.projector.close();
        self.0.store.close().await;
    }

    /// The city.
    pub fn catalogue(&self) -> &Catalogue {
        &self.0.catalogue
    }

    /// Whether this is the demonstration, with invented people and pages.
    pub fn is_demonstration(&self) -> bool {
        self.0.demonstration.load(Ordering::Relaxed)
    }

    pub(crate) fn mark_demonstration(&self) {
        self.0.demonstration.store(true, Ordering::Relaxed);
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.0.environment.now()
    }

    /// Whether requests are served, and changes taken.
    pub fn readiness(&self) -> Readiness {
        let status = self.0.store.status();
        let view = match status.view {
            ViewHealth::Serving => None,
            ViewHealth::Rebuilding => Some("the view is being rebuilt".to_owned()),
            ViewHealth::Failed { detail } => Some(detail),
            ViewHealth::Closed => Some("the store is closed".to_owned()),
        };
        let journal = match status.journal {
            Health::Writable => None,
            Health::ReadOnly { reason } => Some(reason.to_string()),
        };
        let ready = view.is_none() && !self.0.stopping.is_cancelled();
        Readiness {
            ready,
            writable: ready && journal.is_none(),
            reason: view.or(journal),
        }
    }

    /// Signs a person in.
    pub async fn sign_in(&self, login: &str, password: &Password) -> Result<SignedIn, SignInError> {
        self.0.accounts.sign_in(login, password).await
    }

    /// The account of a session that has not ended.
    pub fn session(&self, token: &SessionToken) -> Option<Account> {
        self.0.accounts.session(token)
    }

    /// Ends a session and its connections.
    pub async fn sign_out(&self, token: &SessionToken) -> Result<(), denkraum_store::PutError> {
        let ended = self.0.accounts.sign_out(token).await;
        self.close_ended_sessions();
        ended
    }

    /// All accounts, by name.
    pub fn accounts(&self, _permit: &AdminPermit) -> Vec<Account> {
        self.0.accounts.list()
    }

    /// Makes an account.
    pub async fn add_account(
        &self,
        permit: &AdminPermit,
        new: NewAccount,
    ) -> Result<Account, AccountError> {
        self.0.accounts.add(Some(permit), new).await
    }

    /// Changes an account; what the person may no longer do ends at once.
    pub async fn change_account(
        &self,
        permit: &AdminPermit,
        person: PersonId,
        change: AccountChange,
    ) -> Result<Account, AccountError> {
        let changed = self.0.accounts.change(permit, person, change).await;
        self.close_ended_sessions();
        self.permits_changed();
        changed
    }

    pub(crate) fn accounts_view(&self) -> &Accounts {
        &self.0.accounts
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.0.directory
    }

    pub(crate) fn files(&self) -> &Attachments {
        &self.0.attachments
    }

    pub(crate) fn rooms(&self) -> &Rooms {
        &self.0.rooms
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.0.environment
    }

    pub(crate) fn projector(&self) -> &Projector {
        &self.0.projector
    }

    pub(crate) fn live(&self) -> &Live {
        &self.0.live
    }

    pub(crate) fn set_up_state(&self) -> &SetUp {
        &self.0.set_up
    }

    pub(crate) fn tasks(&self) -> &TaskTracker {
        &self.0.tasks
    }

    pub(crate) fn visits(&self) -> &Visits {
        &self.0.visits
    }

    pub(crate) fn words(&self) -> &Words {
        &self.0.words
    }

    pub(crate) fn misses(&self) -> &Misses {
        &self.0.misses
    }

    pub(crate) fn saved(&self) -> &SavedSearches {
        &self.0.saved
    }

    pub(crate) fn former(&self) -> &FormerTitles {
        &self.0.former
    }

    pub(crate) fn stopping(&self) -> &CancellationToken {
        &self.0.stopping
    }

    /// Waits until nobody else of the server itself is changing the page.
    pub(crate) async fn writing(&self, page: PageId) -> OwnedMutexGuard<()> {
        let lock = {
            let mut locks = self
                .0
                .writing
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            locks.retain(|other, lock| *other == page || Arc::strong_count(lock) > 1);
            Arc::clone(locks.entry(page).or_default())
        };
        lock.lock_owned().await
    }
}
