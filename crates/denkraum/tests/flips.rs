//! Flipped bytes anywhere in the data folder of the whole application: noticed or harmless, and never
//! more than one page. What is intact is exported, found and shown as it was.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a helper of a test fails the test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use denkraum_app::{CollectionFormat, SearchRequest, Selection};
use denkraum_domain::{Actor, Grant, PageId, PersonId, Role, SpaceId};
use serde_json::{Value, json};

mod common;

use common::{Opened, check};

/// So many flips belong to the test command.
const FLIPS: u64 = 24;
const PAGES: usize = 8;
/// The page with an attached file.
const WITH_FILE: usize = 3;

fn id(page: usize) -> String {
    format!("01arz3ndektsv4rrffq69g{page:04}")
}

/// A word that stands on this page alone, and that no other word is taken for.
fn word(page: usize) -> &'static str {
    let words = [
        "Kohlrabi",
        "Eichhorn",
        "Laterne",
        "Schubkarre",
        "Pinguin",
        "Trompete",
        "Vulkan",
        "Zwieback",
    ];
    words[page]
}

/// What the application gives of the pages.
struct Shown<'a>(&'a Opened);

impl Shown<'_> {
    /// The line of each page that is exported, and the pages that the export names as left out.
    async fn exported(&self) -> (BTreeMap<String, Value>, Vec<String>) {
        let mut export = self.0.app.export_as_operator(Selection {
            space: None,
            page: None,
            format: CollectionFormat::parse("jsonl").unwrap(),
        });
        let mut bytes = Vec::new();
        while let Some(chunk) = export.next().await {
            bytes.extend_from_slice(&chunk.unwrap());
        }
        let lines = String::from_utf8(bytes).unwrap();
        let lines = lines.lines().map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            (line["id"].as_str().unwrap().to_owned(), line)
        });
        let left_out = export.left_out();
        let left_out = left_out.iter().map(|page| page.page.to_string());
        (lines.collect(), left_out.collect())
    }

    /// The pages on which a word is found.
    async fn found(&self, text: &str) -> Vec<String> {
        self.0.app.flush_search().await;
        let actor = reader();
        let request = SearchRequest {
            text: text.to_owned(),
            literal: true,
            limit: 20,
            ..SearchRequest::default()
        };
        let results = self.0.app.search(&actor, request).await.unwrap();
        let hits = results.hits.iter();
        hits.map(|hit| hit.summary.page.id.to_string()).collect()
    }

    /// The attached file as far as it is given out whole; nothing wrong is.
    async fn file(&self, context: &str) -> Option<()> {
        let (app, actor, page) = (&self.0.app, reader(), page_id(WITH_FILE));
        let files = app.attachments(&actor, page).await.ok()?;
        let id = files.items.first()?.id;
        let mut download = app.download(&actor, page, id).await.ok()?;
        let mut bytes = Vec::new();
        while let Some(part) = download.next().await.ok()? {
            bytes.extend_from_slice(&part);
        }
        assert!(bytes == attached(), "{context}: another file is given out");
        Some(())
    }
}

fn reader() -> Actor {
    let grant = Grant {
        role: Role::Reader,
        space: Some(SpaceId::parse("pankow").unwrap()),
    };
    Actor {
        person: PersonId::from_u128(1),
        grants: vec![grant],
    }
}

fn page_id(page: usize) -> PageId {
    id(page).parse().unwrap()
}

/// What is attached to one of the pages: more than is handed out at once.
fn attached() -> Vec<u8> {
    let numbers = (0..20_000_u32).flat_map(u32::to_le_bytes);
    numbers.collect()
}

/// A folder with a base, an increment, a file, a view and a search index; what its pages are.
async fn filled(data: &Path) -> BTreeMap<String, Value> {
    let opened = Opened::at(data).await;
    for round in 0..3 {
        let lines = (0..PAGES).map(|page| {
            let (word, filler) = (word(page), "Satz für Satz. ".repeat(20));
            let line = json!({
                "id": id(page), "title": format!("Seite {page}"), "kind": "page",
                "space": "pankow", "audience": "space",
                "markdown": format!("Fassung {round}\n\n{word}\n\n{filler}"),
            });
            format!("{line}\n")
        });
        let lines: String = lines.collect();
        let report = opened.app.import_as_operator(&lines, true).await;
        assert!(report.failed.is_empty());
        if round == 1 {
            opened.store.rewrite().await.unwrap();
        }
    }
    let jana = opened.jana().await;
    opened.attach(&jana, page_id(WITH_FILE), &attached()).await;
    opened.app.flush_search().await;
    let (lines, left_out) = Shown(&opened).exported().await;
    assert_eq!((lines.len(), left_out.len()), (PAGES, 0));
    opened.close().await;
    lines
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn copy(from: &Path, to: &Path) {
    let mut files = Vec::new();
    list(from, &mut files);
    for file in files {
        let copied = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(copied.parent().unwrap()).unwrap();
        fs::copy(file, copied).unwrap();
    }
}

/// Flips a byte that means something; the place is said.
fn flip(data: &Path, seed: u64) -> String {
    let mut random = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut below = |bound: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % bound.max(1) as u64).unwrap()
    };
    let mut files = Vec::new();
    list(data, &mut files);
    files.sort();
    // Locks and marks hold nothing. A journal file has spare room behind its entries.
    let used = |content: &[u8]| content.iter().rposition(|byte| *byte != 0).map(|at| at + 1);
    files.retain(|file| !file.ends_with("lock") && used(&fs::read(file).unwrap()).is_some());
    // In turn those that are the truth, and all.
    let truth = [data.join("journal"), data.join("blobs")];
    let is_truth = |file: &PathBuf| truth.iter().any(|folder| file.starts_with(folder));
    if seed.is_multiple_of(2) {
        files.retain(is_truth);
    }
    let file = &files[below(files.len())];
    let mut content = fs::read(file).unwrap();
    let at = below(used(&content).unwrap());
    content[at] ^= u8::try_from(1 + below(255)).unwrap();
    fs::write(file, content).unwrap();
    let name = file.strip_prefix(data).unwrap().display();
    format!("seed {seed}: byte {at} of {name}")
}

/// What a flipped byte did.
#[derive(Default)]
struct Harm {
    /// Pages that are not as they were.
    pages: usize,
    /// The attached file is not there any more.
    file: usize,
}

/// Flips one byte, opens everything, asks `denkraum check`, and gives what is not as it was.
async fn harm(whole: &Path, expected: &BTreeMap<String, Value>, seed: u64) -> Harm {
    let left = tempfile::tempdir().unwrap();
    copy(whole, left.path());
    let context = flip(left.path(), seed);
    // Two of three times the view is lost too, so that everything comes from the journal.
    if !seed.is_multiple_of(3) {
        fs::remove_dir_all(left.path().join("view")).unwrap();
    }
    let opened = Opened::at(left.path()).await;
    let shown = Shown(&opened);
    let (lines, left_out) = shown.exported().await;
    let mut affected = Vec::new();
    for (page, line) in expected {
        if let Some(found) = lines.get(page) {
            assert_eq!(found, line, "{context}: page {page}");
            continue;
        }
        affected.push(page);
    }
    assert_eq!(lines.len() + affected.len(), expected.len(), "{context}");
    assert!(affected.len() <= 1, "{context}: {affected:?}");
    for page in 0..PAGES {
        let found = shown.found(word(page)).await;
        let is_there = lines.contains_key(&id(page));
        assert!(
            found == [id(page)] || !is_there && found.is_empty(),
            "{context}: {found:?}"
        );
    }
    let has_file = shown.file(&context).await.is_some();
    opened.close().await;

    let checked = check(left.path(), &[]);
    let said = String::from_utf8(checked.stdout).unwrap();
    let names = |page: &str| {
        let broken = ["set aside: ", "damaged: ", "missing: "];
        let mut lines = said.lines();
        lines.any(|line| broken.iter().any(|word| line.starts_with(word)) && line.contains(page))
    };
    for &page in &affected {
        assert!(names(page), "{context}: {page} is not named:\n{said}");
        // A page whose record is damaged belongs to nobody; the export names the others.
        let is_record = said.contains("set aside: record page/");
        assert!(left_out.contains(page) || is_record, "{context}");
    }
    let with_file = id(WITH_FILE);
    assert!(has_file || names(&with_file), "{context}:\n{said}");
    let is_whole = affected.is_empty() && has_file;
    let exit = checked.status.code();
    assert!(
        exit == Some(1) || is_whole && exit == Some(0),
        "{context}: {exit:?}\n{said}"
    );
    // What is intact is called so.
    let aside = said.matches("set aside: page ").count();
    let intact = format!("pages: {} are intact", PAGES - aside);
    assert!(said.contains(&intact), "{context}:\n{said}");
    Harm {
        pages: affected.len(),
        file: usize::from(!has_file && !affected.contains(&&with_file)),
    }
}

async fn flips(count: u64) {
    let whole = tempfile::tempdir().unwrap();
    let expected = filled(whole.path()).await;
    let mut all = Harm::default();
    for seed in 0..count {
        let Harm { pages, file } = harm(whole.path(), &expected, seed).await;
        (all.pages, all.file) = (all.pages + pages, all.file + file);
    }
    let Harm { pages, file } = all;
    println!(
        "{count} flipped bytes: {pages} set one page aside, {file} met an attached file, the others harmed nothing"
    );
    assert!(
        pages > 0 && file > 0,
        "no flip met a page or no flip met a file"
    );
}

/// [V-2, V-13, F-4, F-6]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flipped_bytes_are_noticed_or_harmless_in_all_folders() {
    flips(FLIPS).await;
}

/// [V-2, V-13, F-4, F-6] The same, as often as one likes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "long: run by `cargo xtask crash --flips N`"]
#[expect(clippy::disallowed_methods, reason = "the command says how often")]
async fn many_flipped_bytes_in_all_folders() {
    let wanted = std::env::var("DENKRAUM_FLIPS").unwrap_or_else(|_| "1000".to_owned());
    flips(wanted.parse().unwrap()).await;
}
