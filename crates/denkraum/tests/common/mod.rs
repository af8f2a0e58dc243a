//! The whole application on a data folder, and the program beside it.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use denkraum_app::{
    ATTACHMENT_BYTES, Account, App, AppConfig, AttachmentView, AttachmentsConfig, Environment,
    NewAccount, Password, RoomsConfig, catalogue,
};
use denkraum_domain::{
    FileName, Grant, Login, PageId, PersonId, PersonName, Role, SpaceId, operator,
};
use denkraum_journal::{Journal, JournalId};
use denkraum_journal_file::FileJournal;
use denkraum_store::Store;
use denkraum_testkit::{MockClock, PASSWORD, berlin, page_schema, repeatable_bytes};

/// The application with its files open, as in a server.
pub(crate) struct Opened {
    pub(crate) app: App,
    pub(crate) store: Store,
    journal: Arc<dyn Journal>,
}

impl Opened {
    pub(crate) async fn at(data: &Path) -> Self {
        let folder = data.join("journal");
        let (journal, _) = FileJournal::open(&folder, JournalId::from_u128(1)).unwrap();
        let journal: Arc<dyn Journal> = Arc::new(journal);
        let view = data.join("view");
        let store = Store::open(Arc::clone(&journal), &view).await.unwrap();
        let clock = MockClock::new();
        let app = App::open(AppConfig {
            store: store.clone(),
            catalogue: catalogue::read(&berlin()).unwrap(),
            schema: page_schema(),
            search_dir: data.join("search"),
            applying_dir: data.join("applying"),
            trial: None,
            attachments: AttachmentsConfig {
                dir: data.join("blobs"),
                max_bytes: ATTACHMENT_BYTES,
                extractor: None,
            },
            rooms: RoomsConfig::default(),
            environment: Environment::new(move || clock.now(), repeatable_bytes(1)),
        });
        let app = app.await.unwrap();
        Self {
            app,
            store,
            journal,
        }
    }

    pub(crate) async fn close(self) {
        self.app.shutdown().await;
        self.journal.close().await;
    }

    /// Adds Jana, who writes in Pankow.
    pub(crate) async fn jana(&self) -> Account {
        let new = NewAccount {
            login: Login::parse("jana").unwrap(),
            name: PersonName::parse("Jana").unwrap(),
            label: String::new(),
            grants: vec![Grant {
                role: Role::Writer,
                space: Some(SpaceId::parse("pankow").unwrap()),
            }],
            password: Password::new(PASSWORD.to_owned()).unwrap(),
        };
        let permit = operator::permit_admin(PersonId::from_u128(0));
        self.app.add_account(&permit, new).await.unwrap()
    }

    /// Attaches a file to a page.
    pub(crate) async fn attach(&self, who: &Account, page: PageId, bytes: &[u8]) -> AttachmentView {
        let name = FileName::parse("a.txt").unwrap();
        let upload = self.app.begin_attachment(&who.actor(), page, name).await;
        let mut upload = upload.unwrap();
        upload.write(bytes).await.unwrap();
        self.app.attach(&who.actor(), upload).await.unwrap()
    }
}

/// What `denkraum check` says of the folder.
pub(crate) fn check(data: &Path, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_denkraum"));
    command.env_clear().arg("check").arg("--data-dir").arg(data);
    command.args(options).stdin(Stdio::null());
    command.output().unwrap()
}
