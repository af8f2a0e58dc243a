//! `denkraum check` on a data directory whose attached files were touched.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use denkraum_app::{
    ATTACHMENT_BYTES, App, AppConfig, AttachmentsConfig, Environment, NewAccount, NewPage,
    Password, RoomsConfig, catalogue,
};
use denkraum_domain::{
    Audience, FileName, Grant, KindId, Login, PersonId, PersonName, Role, SpaceId, operator,
};
use denkraum_journal::{Journal, JournalId};
use denkraum_journal_file::FileJournal;
use denkraum_store::Store;
use denkraum_testkit::{MockClock, PASSWORD, berlin, page_schema, repeatable_bytes};

/// A data directory with one page that has two files.
async fn with_two_files(data: &Path) {
    let folder = data.join("journal");
    let (journal, _) = FileJournal::open(&folder, JournalId::from_u128(1)).unwrap();
    let journal: Arc<dyn Journal> = Arc::new(journal);
    let view = data.join("view");
    let store = Store::open(Arc::clone(&journal), &view).await.unwrap();
    let clock = MockClock::new();
    let app = App::open(AppConfig {
        store,
        catalogue: catalogue::read(&berlin()).unwrap(),
        schema: page_schema(),
        search_dir: data.join("search"),
        applying_dir: data.join("applying"),
        attachments: AttachmentsConfig {
            dir: data.join("blobs"),
            max_bytes: ATTACHMENT_BYTES,
            extractor: None,
        },
        rooms: RoomsConfig::default(),
        environment: Environment::new(move || clock.now(), repeatable_bytes(1)),
    });
    let app = app.await.unwrap();
    let pankow = SpaceId::parse("pankow").unwrap();
    let new = NewAccount {
        login: Login::parse("jana").unwrap(),
        name: PersonName::parse("Jana").unwrap(),
        label: String::new(),
        grants: vec![Grant {
            role: Role::Writer,
            space: Some(pankow.clone()),
        }],
        password: Password::new(PASSWORD.to_owned()).unwrap(),
    };
    let permit = operator::permit_admin(PersonId::from_u128(0));
    let jana = app.add_account(&permit, new).await.unwrap().actor();
    let page = NewPage {
        id: None,
        title: None,
        kind: KindId::parse("page").unwrap(),
        space: pankow,
        audience: Audience::Space,
        tags: Vec::new(),
        fields: BTreeMap::new(),
        markdown: Some(String::new()),
        body: None,
        emerged_from: None,
    };
    let page = app.create_page(&jana, page).await.unwrap().summary.page.id;
    for text in ["Erste.", "Zweite."] {
        let name = FileName::parse("a.txt").unwrap();
        let mut upload = app.begin_attachment(&jana, page, name).await.unwrap();
        upload.write(text.as_bytes()).await.unwrap();
        app.attach(&jana, upload).await.unwrap();
    }
    app.shutdown().await;
    journal.close().await;
}

fn check(data: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_denkraum"));
    let command = command.env_clear().args(["check", "--data-dir"]);
    command.arg(data).output().unwrap()
}

/// [B-5] Files that are missing or damaged are named, with the page that has them.
#[tokio::test]
async fn missing_and_damaged_files_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    with_two_files(data).await;
    let intact = check(data);
    let said = String::from_utf8(intact.stdout).unwrap();
    assert!(intact.status.success(), "{said}");
    assert!(said.contains("files: 2 are intact; damaged or missing: 0"));

    let blobs = data.join("blobs");
    let blob = |text: &str| blobs.join(blake3::hash(text.as_bytes()).to_string());
    std::fs::write(blob("Erste."), "Falsch").unwrap();
    std::fs::remove_file(blob("Zweite.")).unwrap();
    let broken = check(data);
    let said = String::from_utf8(broken.stdout).unwrap();
    assert_eq!(broken.status.code(), Some(1), "{said}");
    let named = |sort: &str, text: &str| {
        let blob = blob(text);
        let blob = blob.file_name().unwrap().to_str().unwrap();
        let mut lines = said.lines();
        lines.any(|line| line.starts_with(sort) && line.contains(blob))
    };
    assert!(named("damaged: file ", "Erste."), "{said}");
    assert!(named("missing: file ", "Zweite."), "{said}");
    assert!(said.contains("files: 0 are intact; damaged or missing: 2"));
}
