//! The search index is a view: whatever happens to it, searches are answered.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use denkraum_app::{Account, NewPage, SearchRequest, SearchResults};
use denkraum_domain::{Audience, KindId, PageTitle, Role};
use denkraum_testkit::TestApp;

const PAGES: usize = 7;

async fn filled() -> (TestApp, Account) {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    for number in 0..PAGES {
        let new = NewPage {
            id: None,
            title: Some(PageTitle::parse(&format!("Seite {number}")).unwrap()),
            kind: KindId::parse("approach").unwrap(),
            space: jana.home().unwrap().clone(),
            audience: Audience::Network,
            tags: Vec::new(),
            fields: BTreeMap::new(),
            body: None,
            emerged_from: None,
            markdown: Some("Ein Frühstück für Familien.".to_owned()),
        };
        test.app.create_page(&jana.actor(), new).await.unwrap();
    }
    test.app.flush_search().await;
    (test, jana)
}

async fn breakfast(test: &TestApp, by: &Account) -> SearchResults {
    let request = SearchRequest {
        text: "Frühstück".to_owned(),
        limit: 20,
        ..SearchRequest::default()
    };
    test.app.search(&by.actor(), request).await.unwrap()
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

#[tokio::test]
async fn a_search_that_takes_too_long_says_so() {
    let (test, jana) = filled().await;
    assert!(!breakfast(&test, &jana).await.out_of_time);
    test.clock.run(1_000);
    assert!(breakfast(&test, &jana).await.out_of_time);
}
