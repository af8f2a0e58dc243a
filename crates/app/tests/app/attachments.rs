//! Files attached to pages: who may do what, that they last, and that nothing is left of them.

use std::fs::File;
use std::time::{Duration, UNIX_EPOCH};

use denkraum_app::{
    Account, App, AttachmentError, AttachmentView, Extractor, PageChange, SearchHit, SearchRequest,
    TextState,
};
use denkraum_domain::{AttachmentId, Audience, Denial, FileName, PageId, Role};
use denkraum_testkit::{FilesSetup, TestApp};

use crate::desk::{Desk, Fields};

/// A page of Pankow that all districts read; its coordinator Jana, and Rita who reads there.
struct Shelf {
    desk: Desk,
    page: PageId,
    rita: Account,
}

impl Shelf {
    async fn new() -> Self {
        Self::of(Desk::new().await).await
    }

    /// One whose files are read by a program, called with these words.
    async fn reading(program: &str, arguments: &[&str], time: Duration) -> Self {
        let extractor = Extractor {
            program: program.into(),
            arguments: arguments.iter().map(Into::into).collect(),
            time,
            max_text: 1000,
        };
        let test = TestApp::with_files(FilesSetup {
            extractor: Some(extractor),
            ..FilesSetup::default()
        });
        let test = test.await;
        let jana = test.person("jana", Role::Coordinator, "pankow").await;
        Self::of(Desk { test, jana }).await
    }

    async fn of(desk: Desk) -> Self {
        let rita = desk.test.person("rita", Role::Reader, "pankow").await;
        let page = desk.page("approach", "Frühstück", Fields::new()).await;
        Self {
            page: page.summary.page.id,
            desk,
            rita,
        }
    }

    fn app(&self) -> &App {
        &self.desk.test.app
    }

    async fn attaches(
        &self,
        who: &Account,
        name: &str,
        text: &str,
    ) -> Result<AttachmentView, AttachmentError> {
        let (actor, name) = (who.actor(), FileName::parse(name).unwrap());
        let mut upload = self.app().begin_attachment(&actor, self.page, name).await?;
        for part in text.as_bytes().chunks(7) {
            upload.write(part).await?;
        }
        self.app().attach(&actor, upload).await
    }

    async fn attached(&self, name: &str, text: &str) -> AttachmentView {
        self.attaches(&self.desk.jana, name, text).await.unwrap()
    }

    async fn listed(&self, who: &Account) -> Vec<AttachmentView> {
        let files = self.app().attachments(&who.actor(), self.page).await;
        files.unwrap().items
    }

    async fn bytes(
        &self,
        who: &Account,
        page: PageId,
        id: AttachmentId,
    ) -> Result<Vec<u8>, AttachmentError> {
        let mut download = self.app().download(&who.actor(), page, id).await?;
        let mut all = Vec::new();
        while let Some(part) = download.next().await.unwrap() {
            all.extend_from_slice(&part);
        }
        Ok(all)
    }

    async fn removes(&self, who: &Account, id: AttachmentId) -> Result<(), AttachmentError> {
        let actor = who.actor();
        self.app().remove_attachment(&actor, self.page, id).await
    }

    /// Heading and passage of the hit that a search has.
    async fn found(&self, who: &Account, text: &str) -> Option<(Option<String>, String)> {
        self.app().texts_read().await;
        self.app().flush_search().await;
        let request = SearchRequest {
            text: text.to_owned(),
            limit: 20,
            ..SearchRequest::default()
        };
        let results = self.app().search(&who.actor(), request).await.unwrap();
        assert!(results.hits.len() <= 1);
        let passage = |hit: SearchHit| {
            assert_eq!(hit.in_attachment, hit.heading.is_some());
            let words = hit.snippet.into_iter().map(|(text, _)| text);
            (hit.heading, words.collect::<String>())
        };
        results.hits.into_iter().next().map(passage)
    }

    /// How many files lie on the disk.
    fn on_disk(&self) -> usize {
        std::fs::read_dir(self.desk.test.blobs()).unwrap().count()
    }
}

fn is_denied<T>(result: &Result<T, AttachmentError>, denial: Denial) -> bool {
    matches!(result, Err(AttachmentError::Denied { err, .. }) if *err == denial)
}

fn is_hidden<T>(result: &Result<T, AttachmentError>) -> bool {
    matches!(result, Err(AttachmentError::Read(_)))
}

#[tokio::test]
async fn whoever_writes_the_page_attaches_and_removes_and_its_readers_read() {
    let shelf = Shelf::new().await;
    let jana = &shelf.desk.jana;
    let file = shelf
        .attached("Bericht 2023.pdf", "Ein Satz im Bericht.")
        .await;
    assert_eq!((file.bytes, &*file.media_type), (20, "application/pdf"));
    assert_eq!(file.by.as_ref().unwrap().name, "jana");
    assert_eq!(shelf.listed(&shelf.rita).await, std::slice::from_ref(&file));
    let read = shelf.bytes(&shelf.rita, shelf.page, file.id).await;
    assert_eq!(read.unwrap(), b"Ein Satz im Bericht.");

    let forbidden = shelf.attaches(&shelf.rita, "a.txt", "x").await;
    assert!(is_denied(&forbidden, Denial::Forbidden), "{forbidden:?}");
    let forbidden = shelf.removes(&shelf.rita, file.id).await;
    assert!(is_denied(&forbidden, Denial::Forbidden), "{forbidden:?}");
    let ruth = shelf.desk.test.person("ruth", Role::Writer, "mitte").await;
    assert!(is_hidden(&shelf.bytes(&ruth, shelf.page, file.id).await));
    assert!(is_hidden(&shelf.attaches(&ruth, "a.txt", "x").await));
    assert!(is_hidden(&shelf.removes(&ruth, file.id).await));

    shelf.removes(jana, file.id).await.unwrap();
    assert!(shelf.listed(jana).await.is_empty());
    let gone = shelf.removes(jana, file.id).await;
    assert!(matches!(gone, Err(AttachmentError::Unknown(_))), "{gone:?}");
}

/// The id of a file means nothing with another page, whoever may write that one.
#[tokio::test]
async fn a_file_is_found_with_its_own_page_only() {
    let shelf = Shelf::new().await;
    let jana = &shelf.desk.jana;
    let file = shelf.attached("a.txt", "Ein Satz.").await;
    let other = shelf.desk.page("approach", "Andere", Fields::new()).await;
    let other = other.summary.page.id;
    let read = shelf.bytes(jana, other, file.id).await;
    assert!(matches!(read, Err(AttachmentError::Unknown(_))), "{read:?}");
    let actor = jana.actor();
    let removed = shelf.app().remove_attachment(&actor, other, file.id).await;
    assert!(matches!(removed, Err(AttachmentError::Unknown(_))));
    assert!(shelf.bytes(jana, shelf.page, file.id).await.is_ok());
}

/// Losing sight of the page is losing its files, at once.
#[tokio::test]
async fn rights_are_asked_at_each_request_and_again_when_a_file_has_come() {
    let shelf = Shelf::new().await;
    let file = shelf.attached("a.txt", "Ein Satz.").await;
    let samuel = shelf
        .desk
        .test
        .person("samuel", Role::Writer, "pankow")
        .await;
    assert!(shelf.bytes(&samuel, shelf.page, file.id).await.is_ok());
    let name = FileName::parse("spät.txt").unwrap();
    let actor = samuel.actor();
    let begun = shelf.app().begin_attachment(&actor, shelf.page, name).await;
    let mut upload = begun.unwrap();
    upload.write(b"Zu sp\xc3\xa4t.").await.unwrap();
    let change = PageChange {
        audience: Some(Audience::Draft),
        ..PageChange::default()
    };
    let actor = shelf.desk.jana.actor();
    let narrowed = shelf.app().change_page(&actor, shelf.page, change);
    narrowed.await.unwrap();
    assert!(is_hidden(
        &shelf.app().attach(&samuel.actor(), upload).await
    ));
    assert!(is_hidden(&shelf.bytes(&samuel, shelf.page, file.id).await));
    assert_eq!(shelf.listed(&shelf.desk.jana).await.len(), 1);
    assert_eq!(shelf.on_disk(), 1);
}

/// [B-2] What was attached is there after every start, also when all views are gone.
#[tokio::test]
async fn files_outlive_restarts_and_views() {
    let mut shelf = Shelf::new().await;
    let file = shelf.attached("a.txt", "Ein Satz.").await;
    for without_views in [false, true] {
        if without_views {
            shelf.desk.test.restart_without_views().await;
        } else {
            shelf.desk.test.restart().await;
        }
        assert_eq!(shelf.listed(&shelf.rita).await, std::slice::from_ref(&file));
        let read = shelf.bytes(&shelf.rita, shelf.page, file.id).await;
        assert_eq!(read.unwrap(), b"Ein Satz.");
    }
}

/// [B-3] Bytes go with the last page that has them; what a stop left without a page goes at the start.
#[tokio::test]
async fn nothing_is_left_of_a_file_that_no_page_has() {
    let mut shelf = Shelf::new().await;
    let first = shelf.attached("a.txt", "Dieselben Zeilen.").await;
    let second = shelf.attached("b.txt", "Dieselben Zeilen.").await;
    assert_eq!(shelf.on_disk(), 1);
    shelf.removes(&shelf.desk.jana, first.id).await.unwrap();
    let read = shelf.bytes(&shelf.rita, shelf.page, second.id).await;
    assert_eq!(read.unwrap(), b"Dieselben Zeilen.");
    shelf.removes(&shelf.desk.jana, second.id).await.unwrap();
    assert_eq!(shelf.on_disk(), 0);

    let kept = shelf.attached("c.txt", "Bleibt.").await;
    for (name, written) in [("0f", Some(UNIX_EPOCH)), ("f0", None)] {
        let path = shelf.desk.test.blobs().join(name.repeat(32));
        let file = File::create_new(path).unwrap();
        // One of today may belong to a journal that somebody is about to put back.
        if let Some(written) = written {
            file.set_modified(written).unwrap();
        }
    }
    assert_eq!(shelf.on_disk(), 3);
    shelf.desk.test.restart().await;
    assert_eq!(shelf.on_disk(), 2);
    assert!(shelf.bytes(&shelf.rita, shelf.page, kept.id).await.is_ok());
}

#[tokio::test]
async fn a_file_that_is_too_large_leaves_nothing() {
    let test = TestApp::with_files(FilesSetup {
        max_bytes: 10,
        extractor: None,
    });
    let test = test.await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let shelf = Shelf::of(Desk { test, jana }).await;
    assert!(
        shelf
            .attaches(&shelf.desk.jana, "a.txt", "0123456789")
            .await
            .is_ok()
    );
    let refused = shelf
        .attaches(&shelf.desk.jana, "a.txt", "0123456789x")
        .await;
    assert!(matches!(
        refused,
        Err(AttachmentError::TooLarge { max: 10 })
    ));
    assert_eq!(shelf.on_disk(), 1);
    assert_eq!(shelf.listed(&shelf.desk.jana).await.len(), 1);
}

/// [B-7] The text is found as a section with the file's name, by those who may read the page alone.
#[tokio::test]
async fn the_text_of_a_file_is_found_until_it_is_removed() {
    let mut shelf = Shelf::reading("/bin/cat", &[], Duration::from_secs(30)).await;
    let file = shelf
        .attached("Protokoll.txt", "Die Lesepaten kommen montags.")
        .await;
    let found = shelf.found(&shelf.rita, "Lesepaten").await;
    let (heading, words) = found.unwrap();
    assert_eq!(heading.as_deref(), Some("Protokoll.txt"));
    assert!(words.contains("Lesepaten kommen montags"), "{words}");
    assert_eq!(shelf.listed(&shelf.rita).await[0].text, TextState::Found);
    assert!(shelf.found(&shelf.rita, "Protokoll").await.is_some());
    let ruth = shelf.desk.test.person("ruth", Role::Writer, "mitte").await;
    assert_eq!(shelf.found(&ruth, "Lesepaten").await, None);

    for without_views in [false, true] {
        if without_views {
            shelf.desk.test.restart_without_views().await;
        } else {
            shelf.desk.test.restart().await;
        }
        assert!(shelf.found(&shelf.rita, "Lesepaten").await.is_some());
    }
    shelf.removes(&shelf.desk.jana, file.id).await.unwrap();
    assert_eq!(shelf.found(&shelf.rita, "Lesepaten").await, None);
    assert_eq!(shelf.found(&shelf.rita, "Protokoll").await, None);
    shelf.desk.test.restart().await;
    assert_eq!(shelf.found(&shelf.rita, "Lesepaten").await, None);
    assert!(shelf.found(&shelf.rita, "Frühstück").await.is_some());
}

/// [B-6] Whatever becomes of the program, the file is there, found by its name, and others go on.
#[tokio::test]
async fn a_program_that_fails_hangs_or_floods_costs_the_text_of_one_file() {
    let script = "read -r sort rest; case $sort in \
        fail) echo Halbes; exit 3;; \
        hang) while :; do :; done;; \
        flood) while :; do echo Schwall; done;; \
        die) kill -9 $$;; \
        *) echo \"$sort $rest\";; esac";
    let time = Duration::from_secs(2);
    let shelf = Shelf::reading("/bin/sh", &["-c", script], time).await;
    for (name, text) in [
        ("fail.txt", "fail"),
        ("hang.txt", "hang"),
        ("die.txt", "die"),
        ("flood.txt", "flood"),
        ("good.txt", "Lesepaten kommen"),
    ] {
        shelf.desk.test.clock.advance(1);
        shelf.attached(name, &format!("{text}\n")).await;
    }
    assert!(shelf.found(&shelf.rita, "Lesepaten").await.is_some());
    assert_eq!(shelf.found(&shelf.rita, "Halbes").await, None);
    assert!(shelf.found(&shelf.rita, "Schwall").await.is_some());
    let states = shelf.listed(&shelf.rita).await;
    let states: Vec<_> = states.iter().map(|file| file.text).collect();
    let (found, none) = (TextState::Found, TextState::None);
    assert_eq!(states, [none, none, none, found, found]);
}
