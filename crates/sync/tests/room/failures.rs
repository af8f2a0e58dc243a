//! When the journal does not take it.

use bytes::Bytes;
use denkraum_domain::Access;
use denkraum_sync::{Effect, LoadedPage};

use crate::bench::{Bench, appends, heard, is_asked};
use crate::support::{Heard, document, type_title, whole};

/// [S-16]
#[test]
fn after_a_failed_append_nothing_under_way_counts_and_the_page_is_loaded_again() {
    let mut bench = Bench::open(&[1, 2]);
    let doc = document(7);
    bench.step2(1, &[0, 0]);
    bench.update(1, &type_title(&doc, 0, "a"));
    bench.update(1, &type_title(&doc, 1, "b"));
    assert_eq!(bench.fail(1), []);
    let late = bench.durable(2);
    assert_eq!(
        late,
        [],
        "it may build on what failed: neither sent nor saved"
    );
    assert_eq!(appends(&bench.update(1, &type_title(&doc, 2, "c"))), [0; 0]);
    let effects = bench.pass(250);
    assert_eq!(effects, [Effect::Load]);
    let effects = bench.load(LoadedPage::default());
    assert!(is_asked(&effects, 1) && is_asked(&effects, 2));
    assert_eq!(appends(&bench.step2(1, &whole(&doc))), [3]);
    let effects = bench.durable(3);
    assert_eq!(heard(&effects, 1), [Heard::Saved(5)]);
    assert_eq!(heard(&effects, 2).len(), 1);
}

/// [S-16]
#[test]
fn what_became_durable_all_the_same_reaches_everybody_after_loading() {
    let mut bench = Bench::open(&[1, 2]);
    let (mine, other) = (document(7), document(8));
    let kept = type_title(&other, 0, "kept");
    bench.update(1, &type_title(&mine, 0, "a"));
    bench.update(2, &kept);
    bench.fail(1);
    bench.durable(2);
    bench.pass(250);
    let effects = bench.load(LoadedPage {
        updates: vec![Bytes::from(kept)],
        upto: 1,
        ..LoadedPage::default()
    });
    match &heard(&effects, 1)[..] {
        [Heard::Step1(_), Heard::Document(state)] => assert_eq!(*state, whole(&other)),
        other => panic!("{other:?}"),
    }
}

/// [S-16]
#[test]
fn loading_waits_longer_with_each_failure() {
    let mut bench = Bench::open(&[1]);
    for (pause, append) in [(250, 1), (500, 2), (1_000, 3)] {
        let doc = document(6 + append);
        assert_eq!(
            appends(&bench.update(1, &type_title(&doc, 0, "a"))),
            [append]
        );
        bench.fail(append);
        assert_eq!(bench.pass(pause - 1), []);
        assert_eq!(bench.pass(1), [Effect::Load]);
        bench.load(LoadedPage::default());
    }
}

/// [S-21]
#[test]
fn an_answer_from_before_the_failure_does_not_count_what_failed() {
    let mut bench = Bench::new();
    bench.join(1, 1, Access::Edit);
    bench.load(LoadedPage::default());
    let doc = document(7);
    bench.update(1, &type_title(&doc, 0, "a"));
    bench.fail(1);
    bench.pass(250);
    bench.load(LoadedPage::default());
    // The answer to the first question: made when the page knew "a".
    let stale = bench.step2(1, &[0, 0]);
    assert_eq!(heard(&stale, 1), [], "not saved");
    bench.step2(1, &whole(&doc));
    assert_eq!(heard(&bench.durable(2), 1), [Heard::Saved(3)]);
}
