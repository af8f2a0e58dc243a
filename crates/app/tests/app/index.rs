//! The search index is a view: whatever happens to it, searches are answered.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use denkraum_app::{Account, FindError, NewPage, SearchRequest, SearchResults};
use denkraum_domain::{Audience, KindId, PageTitle, Role};
use denkraum_testkit::TestApp;

const PAGES: usize = 7;

async fn filled() -> (TestApp, Account) {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    for number in 0..PAGES {
        let title = format!("Seite {number}");
        page(&test, &jana, &title, "Ein Frühstück für Familien.").await;
    }
    test.app.flush_search().await;
    (test, jana)
}

async fn page(test: &TestApp, by: &Account, title: &str, text: &str) {
    let new = NewPage {
        id: None,
        title: Some(PageTitle::parse(title).unwrap()),
        kind: KindId::parse("approach").unwrap(),
        space: by.home().unwrap().clone(),
        audience: Audience::Network,
        tags: Vec::new(),
        fields: BTreeMap::new(),
        body: None,
        emerged_from: None,
        markdown: Some(text.to_owned()),
    };
    test.app.create_page(&by.actor(), new).await.unwrap();
}

async fn asked(test: &TestApp, by: &Account, text: &str) -> Result<SearchResults, FindError> {
    let request = SearchRequest {
        text: text.to_owned(),
        limit: 20,
        ..SearchRequest::default()
    };
    test.app.search(&by.actor(), request).await
}

async fn breakfast(test: &TestApp, by: &Account) -> SearchResults {
    asked(test, by, "Frühstück").await.unwrap()
}

fn generations(search: &Path) -> Vec<String> {
    let entries = fs::read_dir(search).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("index")).collect()
}

#[tokio::test]
async fn a_damaged_index_is_built_anew_while_searches_are_answered() {
    let (mut test, jana) = filled().await;
    test.restart_after(|search| {
        fs::remove_file(search.join("index-1").join("meta.json")).unwrap();
    })
    .await;
    loop {
        let found = breakfast(&test, &jana).await;
        if !found.incomplete {
            assert_eq!((found.total, found.hits.len()), (PAGES, PAGES));
            break;
        }
        assert!(found.total <= PAGES);
    }
    let shown = breakfast(&test, &jana).await;
    let (text, _) = shown.hits[0].snippet.first().unwrap();
    assert_eq!(text, "Ein ", "passages come from the kept text");
    // What was built is whole for the next start.
    test.restart().await;
    assert!(!breakfast(&test, &jana).await.incomplete);
    assert_eq!(breakfast(&test, &jana).await.total, PAGES);
}

#[tokio::test]
async fn what_an_index_could_not_write_is_found_once_it_can_again() {
    let (test, jana) = filled().await;
    let index = test.search().join("index-1");
    let away = test.search().join("away");
    for retried_by_hand in [true, false] {
        let before = breakfast(&test, &jana).await.total;
        fs::rename(&index, &away).unwrap();
        for title in ["Eine", "Noch eine"] {
            page(&test, &jana, title, "Ein Frühstück für Familien.").await;
            test.app.flush_search().await;
        }
        let found = breakfast(&test, &jana).await;
        assert_eq!((found.total, found.incomplete), (before, false));
        fs::rename(&away, &index).unwrap();
        if retried_by_hand {
            test.app.flush_search().await;
        }
        while breakfast(&test, &jana).await.total < before + 2 {
            assert!(!retried_by_hand);
        }
    }
}

#[tokio::test]
async fn an_index_of_another_version_answers_until_the_new_one_is_whole() {
    let (mut test, jana) = filled().await;
    let mut folder = None;
    test.restart_after(|search| {
        fs::write(search.join("format"), "denkraum-search 0 0 1\n").unwrap();
        folder = Some(search.to_owned());
    })
    .await;
    let folder = folder.unwrap();
    while generations(&folder) != ["index-2"] {
        let found = breakfast(&test, &jana).await;
        assert_eq!((found.total, found.incomplete), (PAGES, false));
    }
    test.app.flush_search().await;
    let found = breakfast(&test, &jana).await;
    assert_eq!((found.total, found.incomplete), (PAGES, false));
}

/// An index that is in use and whose stored pages cannot be read any more; and its folder.
async fn broken_in_use() -> (TestApp, Account, PathBuf) {
    let (mut test, jana) = filled().await;
    let mut folder = PathBuf::new();
    test.restart_after(|search| folder = search.to_owned())
        .await;
    for entry in fs::read_dir(folder.join("index-1")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|kind| kind == "store") {
            // In place: the file is in use.
            let mut file = OpenOptions::new().write(true).open(path).unwrap();
            file.write_all(&[0xff; 32]).unwrap();
        }
    }
    (test, jana, folder)
}

#[tokio::test]
async fn an_index_that_breaks_while_it_is_used_is_built_anew_beside_itself() {
    let (mut test, jana, folder) = broken_in_use().await;
    let broken = asked(&test, &jana, "Frühstück").await;
    assert!(matches!(broken, Err(FindError::Index(_))), "{broken:?}");
    test.app.flush_search().await;
    let found = breakfast(&test, &jana).await;
    assert_eq!((found.total, found.hits.len()), (PAGES, PAGES));
    assert!(!found.incomplete);
    assert_eq!(generations(&folder), ["index-2"]);
    test.restart().await;
    assert_eq!(breakfast(&test, &jana).await.total, PAGES);
}

#[tokio::test]
async fn an_index_that_cannot_be_filled_is_given_up_until_the_next_start() {
    let (mut test, jana, folder) = broken_in_use().await;
    let broken = asked(&test, &jana, "Frühstück").await;
    assert!(matches!(broken, Err(FindError::Index(_))), "{broken:?}");
    // Before the first page is put into it.
    fs::remove_dir_all(folder.join("index-2")).unwrap();
    test.app.flush_search().await;
    // What is written from now on is found in the one that is left, where its own part is whole.
    page(&test, &jana, "Neu", "Es gibt Apfelmus.").await;
    test.app.flush_search().await;
    assert_eq!(asked(&test, &jana, "Apfelmus").await.unwrap().total, 1);
    assert!(asked(&test, &jana, "Frühstück").await.is_err());

    test.restart().await;
    test.app.flush_search().await;
    assert_eq!(breakfast(&test, &jana).await.total, PAGES);
    assert_eq!(asked(&test, &jana, "Apfelmus").await.unwrap().total, 1);
}

#[tokio::test]
async fn a_search_that_takes_too_long_says_so() {
    let (test, jana) = filled().await;
    assert!(!breakfast(&test, &jana).await.out_of_time);
    test.clock.run(1_000);
    assert!(breakfast(&test, &jana).await.out_of_time);
}

#[tokio::test]
async fn suggestions_have_the_time_of_one_answer_for_all_and_say_when_it_was_up() {
    let (test, jana) = filled().await;
    let suggested = test.app.suggest(&jana.actor(), "Seite").await.unwrap();
    assert_eq!(
        (suggested.pages.len(), suggested.out_of_time),
        (PAGES, false)
    );
    test.clock.run(1_000);
    let hurried = test.app.suggest(&jana.actor(), "ja").await.unwrap();
    assert!(hurried.out_of_time);
    assert!(hurried.people.is_empty() && hurried.terms.is_empty());
}

/// The files of a folder and those below, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Deletes, cuts or writes over something of the index; what and where follows from the seed.
fn harm(search: &Path, seed: usize) {
    let files = files(search);
    // A step that has nothing in common with their number comes across them all.
    let path = &files[seed * 7 % files.len()];
    let mut content = fs::read(path).unwrap();
    let middle = content.len() * (seed % 5) / 5;
    match seed % 4 {
        0 if seed == 0 => return fs::remove_dir_all(search).unwrap(),
        0 => return fs::remove_file(path).unwrap(),
        1 => content.truncate(middle),
        2 => content[middle..].iter_mut().for_each(|byte| *byte ^= 0x55),
        _ => {
            if let Some(byte) = content.get_mut(middle) {
                *byte ^= 1;
            }
        }
    }
    fs::write(path, content).unwrap();
}

async fn shown(test: &TestApp, by: &Account) -> Vec<(String, Vec<(String, bool)>)> {
    let found = loop {
        // One that turns out to be damaged is built anew beside itself.
        match asked(test, by, "Frühstück").await {
            Ok(found) if !found.incomplete && !found.out_of_time => break found,
            Ok(_) | Err(FindError::Index(_)) => {
                test.app.flush_search().await;
            }
            Err(error) => panic!("{error}"),
        }
    };
    let hits = found.hits.into_iter();
    let mut shown: Vec<_> = hits
        .map(|hit| (hit.summary.page.title, hit.snippet))
        .collect();
    shown.sort();
    shown
}

#[tokio::test]
async fn an_index_that_is_deleted_cut_or_damaged_anywhere_comes_back_the_same() {
    let (mut test, jana) = filled().await;
    let before = shown(&test, &jana).await;
    assert_eq!(before.len(), PAGES);
    for seed in 0..24 {
        test.restart_after(|search| harm(search, seed)).await;
        assert_eq!(shown(&test, &jana).await, before, "seed {seed}");
    }
}
