//! When a change is seen, and what a restart keeps.

use denkraum_search::{OpenError, Opened, SearchConfig, SearchIndex};

use crate::common::{Fixture, anybody, filled, page_with, query};

fn reopen(fixture: Fixture) -> (Fixture, Opened) {
    let Fixture { index, dir } = fixture;
    index.close().unwrap();
    let (index, opened) = SearchIndex::open(dir.path(), SearchConfig::default()).unwrap();
    (Fixture { index, dir }, opened)
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
    let (fixture, opened) = reopen(fixture);
    assert_eq!(opened, Opened::Current);
    assert_eq!(fixture.index.progress(), u64::MAX - 1);
    assert_eq!(fixture.titles("Familie"), ["Eins"]);
}

#[test]
fn a_new_index_without_a_commit_opens_again_with_no_progress() {
    let (fixture, opened) = reopen(filled(&[]));
    assert_eq!((opened, fixture.index.progress()), (Opened::Current, 0));
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
    let (fixture, opened) = reopen(fixture);
    assert_eq!((opened, fixture.index.progress()), (Opened::Current, 39));
    assert_eq!(fixture.ask(&query("Familie"), &anybody()).total, 10);
}

#[test]
fn purging_takes_removed_text_off_the_disk() {
    let secret = "Zwetschgenkuchenrezept";
    let fixture = filled(&[
        page_with(1, "Eins", secret),
        page_with(2, "Zwei", "Familie"),
    ]);
    fixture.index.remove(page_with(1, "", "").id).unwrap();
    fixture.index.purge().unwrap();
    let holds = |needle: &str| {
        std::fs::read_dir(fixture.dir.path().join("index"))
            .unwrap()
            .any(|file| {
                let bytes = std::fs::read(file.unwrap().path()).unwrap();
                bytes
                    .windows(needle.len())
                    .any(|window| window == needle.as_bytes())
            })
    };
    assert!(!holds(secret) && !holds("zwetschgenkuchenrezept"));
    assert!(holds("Familie"), "the control is stored");
    assert_eq!(fixture.titles("Familie"), ["Zwei"]);
}

#[test]
fn a_cleared_index_answers_until_it_is_filled_again() {
    let fixture = filled(&[
        page_with(1, "Alt", "Familie"),
        page_with(2, "Weg", "Familie"),
    ]);
    fixture.index.set_progress(7);
    fixture.index.commit().unwrap();
    fixture.index.clear().unwrap();
    fixture.index.put(&page_with(1, "Neu", "Familie")).unwrap();
    assert_eq!(fixture.ask(&query("Familie"), &anybody()).total, 2);
    fixture.index.commit().unwrap();
    assert_eq!(fixture.titles("Familie"), ["Neu"]);
    assert_eq!(fixture.index.progress(), 0);
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
