//! Data that another version of the program wrote.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use denkraum_domain::Timestamp;
use denkraum_journal::{Journal, JournalId};
use denkraum_journal_file::FileJournal;
use denkraum_store::{RecordKey, Store};

fn run(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_denkraum"));
    command.env_clear().args(arguments);
    command.arg("--data-dir").arg(data);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A program that refuses does not read it.
    drop(stdin.write_all(input.as_bytes()));
    drop(stdin);
    child.wait_with_output().unwrap()
}

/// A data folder with one account.
fn filled(data: &Path) {
    let add = ["user", "add", "--login", "jana", "--role", "administrator"];
    let added = run(data, &add, "ein langes Passwort");
    assert!(added.status.success(), "{added:?}");
}

async fn put(data: &Path, collection: &str, version: u16) {
    let (journal, _) = FileJournal::open(&data.join("journal"), JournalId::from_u128(1)).unwrap();
    let journal: Arc<dyn Journal> = Arc::new(journal);
    let view = data.join("view");
    let store = Store::open(Arc::clone(&journal), &view).await.unwrap();
    let key = RecordKey::new(collection, "01arz3ndektsv4rrffq69g0001").unwrap();
    let at = Timestamp::from_millis(2);
    let put = store.put(key, None, version, "{}".into(), None, at);
    put.await.unwrap();
    store.close().await;
    journal.close().await;
}

fn journal(data: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(data.join("journal"))
        .unwrap()
        .map(|entry| entry.unwrap())
        // The lock has the number of the process that had it, the manifest how far it confirmed.
        .filter(|entry| entry.file_name().to_string_lossy().ends_with(".dkj"))
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let mut bytes = fs::read(entry.path()).unwrap();
            // Room that is set aside behind the entries comes and goes.
            bytes.truncate(bytes.iter().rposition(|byte| *byte != 0).unwrap() + 1);
            (name, bytes)
        })
        .collect();
    files.sort();
    files
}

/// Every command refuses, says why and what to do, and leaves the data as they are.
fn is_refused(data: &Path, words: &str) {
    let before = journal(data);
    let to = data.join("export.zip");
    let to = to.to_str().unwrap();
    for arguments in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["check"],
        &["export", "--to", to],
        &["reindex"],
        &["user", "add", "--login", "x", "--role", "administrator"],
    ] {
        let refused = run(data, arguments, "ein langes Passwort");
        let error = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(1), "{arguments:?}: {error}");
        assert!(error.contains(words), "{arguments:?}: {error}");
        assert!(error.contains("use that one"), "{arguments:?}: {error}");
        assert!(
            !Path::new(to).exists() && refused.stdout.is_empty() || arguments == ["check"],
            "{arguments:?}"
        );
    }
    assert_eq!(journal(data), before);
}

/// [V-16] Were a newer account left out, the first to come could make themselves an administrator.
#[tokio::test]
async fn records_of_a_newer_version_are_refused_by_every_command() {
    for collection in ["person", "page", "lost-text", "format"] {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path());
        put(folder.path(), collection, 2).await;
        let words =
            format!("the records \"{collection}\" have version 2, but this program knows 1");
        is_refused(folder.path(), &words);
    }
}

/// [V-16]
#[tokio::test]
async fn so_are_records_that_this_program_does_not_know_at_all() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    put(folder.path(), "release-rules", 1).await;
    is_refused(
        folder.path(),
        "this program knows no records \"release-rules\"",
    );
}

/// [F-21]
#[test]
fn a_journal_of_a_newer_format_is_refused_by_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    filled(data);
    let manifest = data.join("journal/manifest");
    let text = fs::read_to_string(&manifest).unwrap();
    let (copy, _) = text.split_at(text.len() / 2);
    let (lines, _) = copy.rsplit_once("check ").unwrap();
    let lines = lines.replace("denkraum-journal 1", "denkraum-journal 2");
    let check = crc32c::crc32c(lines.as_bytes());
    let newer = format!("{lines}check {check:08x}\n").repeat(2);
    fs::write(&manifest, &newer).unwrap();
    is_refused(data, "has format 2, but this program knows 1");
    assert_eq!(fs::read_to_string(&manifest).unwrap(), newer);
}
