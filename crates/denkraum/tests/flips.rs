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
use std::sync::Arc;

use denkraum_app::{ATTACHMENT_BYTES, App, AppConfig, AttachmentsConfig, CollectionFormat};
use denkraum_app::{Environment, RoomsConfig, SearchRequest, Selection, catalogue};
use denkraum_domain::{Actor, Grant, PersonId, Role, SpaceId};
use denkraum_journal::{Journal, JournalId};
use denkraum_journal_file::FileJournal;
use denkraum_store::Store;
use denkraum_testkit::{MockClock, berlin, page_schema, repeatable_bytes};
use serde_json::{Value, json};

/// So many flips belong to the test command.
const FLIPS: u64 = 24;
const PAGES: usize = 8;

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

struct Opened {
    app: App,
    store: Store,
    journal: Arc<dyn Journal>,
}

impl Opened {
    async fn at(data: &Path) -> Self {
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

    async fn close(self) {
        self.app.shutdown().await;
        self.journal.close().await;
    }

    /// The line of each page that is exported, and the pages that the export names as left out.
    async fn exported(&self) -> (BTreeMap<String, Value>, Vec<String>) {
        let mut export = self.app.export_as_operator(Selection {
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
        self.app.flush_search().await;
        let grant = Grant {
            role: Role::Reader,
            space: Some(SpaceId::parse("pankow").unwrap()),
        };
        let actor = Actor {
            person: PersonId::from_u128(1),
            grants: vec![grant],
        };
        let request = SearchRequest {
            text: text.to_owned(),
            literal: true,
            limit: 20,
            ..SearchRequest::default()
        };
        let results = self.app.search(&actor, request).await.unwrap();
        let hits = results.hits.iter();
        hits.map(|hit| hit.summary.page.id.to_string()).collect()
    }
}

/// A folder with a base, an increment, a view and a search index; what its pages are.
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
    opened.app.flush_search().await;
    let (lines, left_out) = opened.exported().await;
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
    let is_truth = |file: &PathBuf| file.starts_with(data.join("journal"));
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

/// Flips one byte, opens everything, and gives how many pages are not as they were.
async fn affected(whole: &Path, expected: &BTreeMap<String, Value>, seed: u64) -> usize {
    let left = tempfile::tempdir().unwrap();
    copy(whole, left.path());
    let context = flip(left.path(), seed);
    // Two of three times the view is lost too, so that everything comes from the journal.
    if !seed.is_multiple_of(3) {
        fs::remove_dir_all(left.path().join("view")).unwrap();
    }
    let opened = Opened::at(left.path()).await;
    let (lines, left_out) = opened.exported().await;
    let set_aside = opened.store.set_aside().await.unwrap();
    let mut affected = 0;
    for (page, line) in expected {
        if let Some(found) = lines.get(page) {
            assert_eq!(found, line, "{context}: page {page}");
            continue;
        }
        affected += 1;
        let mut named = set_aside.iter().map(ToString::to_string);
        assert!(
            named.any(|subject| subject.contains(page)),
            "{context}: {page} is not named"
        );
        // A page whose record is damaged belongs to nobody; the export names the others.
        let mut named = set_aside.iter().map(ToString::to_string);
        let is_record = named.any(|subject| subject.starts_with("record page/"));
        assert!(
            left_out.contains(page) || is_record,
            "{context}: {left_out:?}"
        );
    }
    assert_eq!(lines.len() + affected, expected.len(), "{context}");
    for page in 0..PAGES {
        let found = opened.found(word(page)).await;
        let is_there = lines.contains_key(&id(page));
        assert!(
            found == [id(page)] || !is_there && found.is_empty(),
            "{context}: {found:?}"
        );
    }
    assert!(affected <= 1, "{context}: {affected} pages");
    opened.close().await;
    affected
}

async fn flips(count: u64) {
    let whole = tempfile::tempdir().unwrap();
    let expected = filled(whole.path()).await;
    let mut hit = 0;
    for seed in 0..count {
        hit += affected(whole.path(), &expected, seed).await;
    }
    println!("{count} flipped bytes: {hit} set one page aside, the others harmed no page");
    assert!(hit > 0, "no flip met a page");
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
