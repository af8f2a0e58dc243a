//! When a change is seen, and what a restart keeps.

use denkraum_search::{OpenError, SearchConfig, SearchIndex};

use crate::common::{Fixture, anybody, filled, page_with, query};

fn reopen(fixture: Fixture) -> Fixture {
    let Fixture { index, texts, dir } = fixture;
    index.close().unwrap();
    let opened = SearchIndex::open(dir.path(), SearchConfig::default()).unwrap();
    assert!(opened.is_whole && opened.old.is_none());
    let index = opened.index;
    Fixture { index, texts, dir }
}

#[test]
fn a_put_is_seen_at_once_after_commit_and_not_before() {
    let fixture = filled(&[]);
    fixture.index.put(&page_with(1, "Eins", "Familie")).unwrap();
    assert!(fixture.titles("Familie").is_empty());
    fixture.index.commit().unwrap();
    assert_eq!(fixture.titles("Familie"), ["Eins"]);
}

#[test]
fn a_put_replaces_and_a_remove_removes() {
    let fixture = filled(&[
        page_with(1, "Eins", "Familie"),
        page_with(2, "Zwei", "Familie"),
    ]);
    fixture.index.put(&page_with(1, "Neu", "Schule")).unwrap();
    fixture.index.put(&page_with(1, "Neuer", "Schule")).unwrap();
    fixture.index.remove(page_with(2, "", "").id).unwrap();
    fixture.index.commit().unwrap();
    assert!(fixture.titles("Familie").is_empty());
    assert_eq!(fixture.titles("Schule"), ["Neuer"]);
    assert_eq!(fixture.index.pages(), 1);
}

#[test]
fn a_restart_keeps_what_was_committed_and_its_progress() {
    let fixture = filled(&[page_with(1, "Eins", "Familie")]);
    fixture.index.set_progress(u64::MAX - 1);
    assert_eq!(fixture.index.progress(), 0);
    fixture.index.commit().unwrap();
    assert_eq!(fixture.index.progress(), u64::MAX - 1);
    fixture.index.put(&page_with(2, "Zwei", "Familie")).unwrap();
    fixture.index.set_progress(u64::MAX);
    let fixture = reopen(fixture);
    assert_eq!(fixture.index.progress(), u64::MAX - 1);
    assert_eq!(fixture.titles("Familie"), ["Eins"]);
}

#[test]
fn an_index_of_no_pages_opens_again_with_no_progress() {
    let fixture = reopen(filled(&[]));
    assert_eq!(fixture.index.progress(), 0);
    assert_eq!(fixture.ask(&query(""), &anybody()).total, 0);
}

#[test]
fn many_commits_are_merged_and_keep_their_progress() {
    let fixture = filled(&[]);
    for number in 0..40_u8 {
        fixture
            .index
            .put(&page_with(u128::from(number % 10), "Seite", "Familie"))
            .unwrap();
        fixture.index.set_progress(u64::from(number));
        fixture.index.commit().unwrap();
    }
    let fixture = reopen(fixture);
    assert_eq!(fixture.index.progress(), 39);
    assert_eq!(fixture.ask(&query("Familie"), &anybody()).total, 10);
}

#[test]
fn purging_takes_removed_text_off_the_disk() {
    let secret = "Zwetschgenkuchenrezept";
    let fixture = filled(&[
        page_with(1, secret, secret),
        page_with(2, "Familienkasse", "Familie"),
    ]);
    fixture.index.remove(page_with(1, "", "").id).unwrap();
    fixture.index.purge().unwrap();
    let holds = |needle: &str| {
        let folders = std::fs::read_dir(fixture.dir.path()).unwrap();
        let folders = folders.map(|entry| entry.unwrap().path());
        let mut files = folders
            .filter(|folder| folder.is_dir())
            .flat_map(|folder| std::fs::read_dir(folder).unwrap());
        files.any(|file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            bytes
                .windows(needle.len())
                .any(|window| window == needle.as_bytes())
        })
    };
    assert!(!holds(secret) && !holds("zwetschgenkuchenrezept"));
    assert!(holds("Familienkasse"), "the control is stored");
    assert_eq!(fixture.titles("Familie"), ["Familienkasse"]);
}

#[test]
fn a_second_writer_is_refused_and_harms_nothing() {
    let fixture = filled(&[page_with(1, "Eins", "Familie")]);
    let second = SearchIndex::open(fixture.dir.path(), SearchConfig::default());
    assert!(matches!(second, Err(OpenError::Busy)));
    assert_eq!(fixture.titles("Familie"), ["Eins"]);
}

#[test]
fn the_index_is_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let fixture = filled(&[page_with(1, "Eins", "Familie")]);
    shared(&fixture.index);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 2..30_u8 {
                fixture
                    .index
                    .put(&page_with(number.into(), "Mehr", "Familie"))
                    .unwrap();
                fixture.index.commit().unwrap();
            }
        });
        let mut seen = 0;
        while seen < 29 {
            let total = fixture.ask(&query("Familie"), &anybody()).total;
            assert!(total >= seen, "a page that was seen is never lost");
            seen = total;
        }
    });
}
