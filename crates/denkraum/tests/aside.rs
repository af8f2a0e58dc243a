//! Pages that the engine fails with, as `denkraum check` sees them.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::fs::File;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use denkraum_domain::{PageId, PersonId, Timestamp};
use denkraum_journal::{Journal, JournalId};
use denkraum_journal_file::FileJournal;
use denkraum_store::{PageUpdate, RecordKey, Store};
use serde_json::{Value, json};

#[expect(dead_code, reason = "shared with tests that need other parts")]
mod common;
#[path = "common/server.rs"]
#[expect(dead_code, reason = "shared with tests that need other parts")]
mod server;

use common::check;
use server::{PASSWORD, Server, run};

/// The signal of a process that ends itself.
const SIGABRT: i32 = 6;
const BUSY: PageId = PageId::from_u128(77);
const MARKED: PageId = PageId::from_u128(78);
/// So many letters, each after another one, all before the last: yrs takes minutes.
const LETTERS: usize = 10_000;

fn number(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap());
}

fn title(length: usize) -> Vec<u8> {
    let mut bytes = b"\x01\x01\x09\x00\x04\x01\x05title".to_vec();
    number(&mut bytes, length);
    bytes.extend(std::iter::repeat_n(b'a', length));
    bytes.push(0);
    bytes
}

fn tangle(length: usize) -> Vec<u8> {
    let mut bytes = vec![1];
    number(&mut bytes, length);
    bytes.extend([10, 0]);
    for clock in (0..length).rev() {
        bytes.extend([0xc4, 9]);
        number(&mut bytes, clock);
        bytes.push(9);
        number(&mut bytes, length);
        bytes.extend(b"\x01x");
    }
    bytes.push(0);
    bytes
}

/// So many elements inside each other, by client 9: yrs goes down into them call by call to delete them.
const DEEP: usize = 60_000;

fn nested(depth: usize) -> Vec<u8> {
    let mut bytes = vec![1];
    number(&mut bytes, depth);
    bytes.extend(b"\x09\x00\x07\x01\x04body\x03\x0ablockquote");
    for outer in 0..depth - 1 {
        bytes.extend(b"\x07\x00\x09");
        number(&mut bytes, outer);
        bytes.extend(b"\x03\x0ablockquote");
    }
    bytes.push(0);
    bytes
}

/// Deletes the first thing that client 9 made.
const DELETES_FIRST: &[u8] = b"\x00\x01\x09\x01\x00\x01";

/// Appends what is to come to a journal on which no server runs.
async fn store(data: &Path, updates: Vec<(PageId, u64, Vec<u8>)>, mark: Option<PageId>) {
    let (journal, _) = FileJournal::open(&data.join("journal"), JournalId::from_u128(1)).unwrap();
    let journal: Arc<dyn Journal> = Arc::new(journal);
    let view = data.join("view");
    let store = Store::open(Arc::clone(&journal), &view);
    let store = store.await.unwrap();
    for (page, client, update) in updates {
        let stored = store.append_update(PageUpdate {
            page,
            at: Timestamp::from_millis(1),
            by: Some(PersonId::from_u128(1)),
            connection: 1,
            clients: vec![client],
            update: update.into(),
        });
        stored.await.unwrap();
    }
    if let Some(page) = mark {
        let key = RecordKey::new("set-aside", page.to_string()).unwrap();
        let at = Timestamp::from_millis(2);
        let put = store.put(key, None, 1, "3".into(), None, at);
        put.await.unwrap();
    }
    store.close().await;
    journal.close().await;
}

/// A page that no server could open, and one that a server set aside though it opens.
async fn fill(data: &Path) {
    let updates = vec![
        (BUSY, 9, title(LETTERS + 1)),
        (BUSY, 10, tangle(LETTERS)),
        (MARKED, 9, title(10)),
    ];
    store(data, updates, Some(MARKED)).await;
}

/// [S-39]
#[tokio::test]
async fn a_check_names_pages_that_cannot_be_opened_and_takes_back_those_that_can() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    fill(data).await;
    let busy = format!("cannot be opened: page {BUSY}\n");
    let marked = format!("set aside: page {MARKED} as it was at position 3; it opens now");
    for (options, taken_back) in [(&[][..], false), (&["--release"][..], true)] {
        let checked = check(data, options);
        let said = String::from_utf8(checked.stdout).unwrap();
        assert_eq!(checked.status.code(), Some(1), "{said}");
        assert!(said.contains(&busy), "{said}");
        assert!(said.contains(&marked), "{said}");
        assert_eq!(said.contains("was taken back"), taken_back, "{said}");
    }
    let checked = check(data, &[]);
    let said = String::from_utf8(checked.stdout).unwrap();
    assert!(said.contains(&busy), "{said}");
    assert!(!said.contains("set aside: page"), "{said}");
    assert!(said.contains("pages: 1 are intact; set aside: 1"), "{said}");
}

/// Jana and two pages, by the commands.
fn two_pages(folder: &Path, data: &Path) {
    let role = ["--role", "coordinator", "--space", "pankow"];
    let add = [&["user", "add", "--login", "jana"][..], &role].concat();
    assert!(run(data, &add, PASSWORD).status.success());
    let lines = [BUSY, MARKED].map(|page| {
        let line = json!({
            "id": page.to_string(), "title": "Seite", "kind": "page", "space": "pankow",
            "audience": "space", "markdown": "Text",
        });
        format!("{line}\n")
    });
    let file = folder.join("pages.jsonl");
    std::fs::write(&file, lines.concat()).unwrap();
    let import = ["import", file.to_str().unwrap()];
    assert!(run(data, &import, "").status.success());
}

/// [S-39] With the limits as they are shipped: a stored update is too heavy for the engine. Its page is set
/// aside, by name in the log, while somebody writes on another page; `denkraum check` names it, too.
#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "how long it took is what is asked"
)]
async fn a_server_sets_a_page_aside_that_is_too_heavy_and_all_others_go_on() {
    /// The second that a page gets is one on a processor; this is what the clock may show at most.
    const WITHIN: Duration = Duration::from_secs(10);
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    two_pages(folder.path(), &data);
    let updates = vec![(BUSY, 9, title(LETTERS + 1)), (BUSY, 10, tangle(LETTERS))];
    store(&data, updates, None).await;

    let log = folder.path().join("log");
    // The start looks at what changed since it was last looked at, so it comes across the page.
    let began = Instant::now();
    let server = Server::start_with(&data, Stdio::from(File::create(&log).unwrap()));
    let token = server.sign_in();
    let path = |page: PageId| format!("/api/v1/pages/{page}");
    let busy = format!("{}/export?format=md", path(BUSY));
    let is_named = || is_named_by(&log);
    let mut changes = 0;
    let (status, body) = std::thread::scope(|scope| {
        let asked = scope.spawn(|| server.ask("GET", &busy, &token, &Value::Null));
        loop {
            let title = json!({ "title": format!("Fassung {changes}") });
            let (status, _, _) = server.ask("PATCH", &path(MARKED), &token, &title);
            assert_eq!(status, 200, "the other page goes on");
            changes += 1;
            assert!(began.elapsed() < WITHIN, "{changes} changes of the other");
            if is_named() && asked.is_finished() {
                break;
            }
        }
        let (status, _, body) = asked.join().unwrap();
        (status, String::from_utf8(body).unwrap())
    });
    let took = began.elapsed();
    println!("set aside {took:?} after the start, {changes} changes of the other page meanwhile");
    assert_eq!(status, 503, "{body}");
    assert!(body.contains("page-set-aside"), "{body}");
    drop(server);

    let checked = check(&data, &[]);
    let said = String::from_utf8(checked.stdout).unwrap();
    assert_eq!(checked.status.code(), Some(1), "{said}");
    let named = format!("set aside: page {BUSY} as it was at position");
    assert!(said.contains(&named), "{said}");
    assert!(said.contains("pages: 1 are intact; set aside: 1"), "{said}");
}

fn is_named_by(log: &Path) -> bool {
    let said = std::fs::read_to_string(log).unwrap();
    let busy = BUSY.to_string();
    let is_it = |line: &str| line.contains("is set aside") && line.contains(&busy);
    said.lines().any(is_it)
}

/// [S-41] What is stored of a page makes the engine end the whole process. It does so once: the next start
/// tries the page in a process of its own, and everything else goes on. So does `denkraum check`.
#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "how long it took is what is asked"
)]
async fn a_page_that_ends_the_process_does_so_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    two_pages(folder.path(), &data);
    let updates = vec![(BUSY, 9, nested(DEEP)), (BUSY, 9, DELETES_FIRST.to_vec())];
    store(&data, updates, None).await;
    // The start looks at what changed since it was last looked at, so it comes across the page.
    let ended = run(&data, &["serve", "--listen", "127.0.0.1:0"], "");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.signal(), Some(SIGABRT), "{said}");

    let checked = check(&data, &[]);
    let said = String::from_utf8(checked.stdout).unwrap();
    assert_eq!(checked.status.code(), Some(1), "{said}");
    let named = format!("cannot be opened: page {BUSY}");
    assert!(said.contains(&named), "{said}");
    assert!(said.contains("pages: 1 are intact; set aside: 1"), "{said}");

    let log = folder.path().join("log");
    let began = Instant::now();
    let server = Server::start_with(&data, Stdio::from(File::create(&log).unwrap()));
    println!(
        "set aside and serving {:?} after the start",
        began.elapsed()
    );
    assert!(is_named_by(&log), "before anybody is served");
    let token = server.sign_in();
    let path = |page: PageId| format!("/api/v1/pages/{page}");
    let title = json!({ "title": "Neue Fassung" });
    let (status, _, _) = server.ask("PATCH", &path(MARKED), &token, &title);
    assert_eq!(status, 200);
    let busy = format!("{}/export?format=md", path(BUSY));
    let (status, _, body) = server.ask("GET", &busy, &token, &Value::Null);
    let body = String::from_utf8(body).unwrap();
    assert_eq!(status, 503, "{body}");
    assert!(body.contains("page-set-aside"), "{body}");
    drop(server);

    let checked = check(&data, &[]);
    let said = String::from_utf8(checked.stdout).unwrap();
    assert!(said.contains(&format!("set aside: page {BUSY}")), "{said}");
    assert!(said.contains("it cannot be opened"), "{said}");
}
