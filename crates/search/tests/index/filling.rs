//! Filling a new index with every page, while pages change.

use std::sync::Mutex;

use denkraum_search::{IndexedPage, SearchConfig, SearchIndex};

use crate::common::{Fixture, Known, anybody, page_with, query};

fn empty() -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    let opened = SearchIndex::open(dir.path(), SearchConfig::default()).unwrap();
    Fixture {
        index: opened.index,
        texts: Known::default(),
        dir,
    }
}

fn fill(fixture: &Fixture, pages: Vec<IndexedPage>) -> u64 {
    let pages = Mutex::new(pages.into_iter());
    let filled = fixture.index.fill(|| pages.lock().unwrap().next());
    fixture.index.commit().unwrap();
    filled.unwrap()
}

#[test]
fn every_page_is_put_once_and_archived_ones_are_not() {
    let fixture = empty();
    let mut pages: Vec<IndexedPage> = (1..=500)
        .map(|number| page_with(number, "Seite", "Familie"))
        .collect();
    pages[7].archived = true;
    assert_eq!(fill(&fixture, pages), 499);
    assert_eq!(fixture.ask(&query("Familie"), &anybody()).total, 499);
}

#[test]
fn what_was_put_or_taken_out_meanwhile_is_newer() {
    let fixture = empty();
    fixture.index.put(&page_with(1, "Neu", "Familie")).unwrap();
    fixture.index.remove(page_with(2, "", "").id).unwrap();
    let old = |number| page_with(number, "Alt", "Familie");
    assert_eq!(fill(&fixture, vec![old(1), old(2), old(3)]), 1);
    let mut titles = fixture.titles("Familie");
    titles.sort();
    assert_eq!(titles, ["Alt", "Neu"]);
    // And what is put afterwards takes the place of what it was filled with.
    fixture
        .index
        .put(&page_with(3, "Neuer", "Familie"))
        .unwrap();
    fixture.index.finish().unwrap();
    let mut titles = fixture.titles("Familie");
    titles.sort();
    assert_eq!(titles, ["Neu", "Neuer"]);
}

#[test]
fn what_was_filled_so_far_is_found_after_a_commit() {
    let fixture = empty();
    fill(&fixture, vec![page_with(1, "Eins", "Familie")]);
    assert_eq!(fixture.titles("Familie"), ["Eins"]);
    fill(&fixture, vec![page_with(2, "Zwei", "Familie")]);
    assert_eq!(fixture.titles("Familie").len(), 2);
}

#[test]
fn what_is_put_while_filling_ends_is_found() {
    const PAGES: u128 = 300;
    let fixture = empty();
    std::thread::scope(|scope| {
        let fixture = &fixture;
        let putting = scope.spawn(move || {
            for number in 1..=PAGES {
                let page = page_with(number, "Seite", "Familie");
                fixture.index.put(&page).unwrap();
            }
        });
        while !putting.is_finished() {
            fixture.index.finish().unwrap();
        }
    });
    fixture.index.commit().unwrap();
    assert_eq!(u128::from(fixture.index.pages()), PAGES);
}
