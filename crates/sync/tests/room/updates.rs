//! The way of an update.

use denkraum_domain::PersonId;
use denkraum_sync::{Effect, Input};

use crate::bench::{Bench, appends, heard};
use crate::support::{Heard, document, type_title, whole};

/// [S-10]
#[test]
fn an_update_is_durable_before_anyone_else_sees_it() {
    let mut bench = Bench::open(&[1, 2]);
    let update = type_title(&document(7), 0, "a");
    let effects = bench.update(1, &update);
    match &effects[..] {
        [
            Effect::Append {
                append: 1,
                update: stored,
                by,
                conn: 1,
                clients,
            },
        ] => {
            assert_eq!(stored[..], update);
            assert_eq!(*by, PersonId::from_u128(1));
            assert_eq!(clients[..], [7]);
        }
        other => panic!("{other:?}"),
    }
    let effects = bench.durable(1);
    assert_eq!(heard(&effects, 2), [Heard::Document(update)]);
}

/// [S-10]
#[test]
fn nothing_is_echoed_to_the_sender() {
    let mut bench = Bench::open(&[1, 1]);
    bench.update(1, &type_title(&document(7), 0, "a"));
    let effects = bench.durable(1);
    assert_eq!(heard(&effects, 1), [Heard::Saved(1)]);
    assert_eq!(heard(&effects, 2).len(), 1, "a second tab is somebody else");
}

/// [S-11]
#[test]
fn updates_go_out_in_the_order_of_the_journal() {
    let mut bench = Bench::open(&[1, 2]);
    let doc = document(7);
    let first = type_title(&doc, 0, "a");
    let second = type_title(&doc, 1, "b");
    bench.update(1, &first);
    bench.update(1, &second);
    let early = bench.give(Input::Durable {
        appends: vec![(2, 2)],
    });
    assert_eq!(early, [], "the second waits for the first");
    let both = bench.give(Input::Durable {
        appends: vec![(1, 1)],
    });
    let merged = denkraum_gate::merge([&first[..], &second[..]]).unwrap();
    assert_eq!(heard(&both, 2), [Heard::Document(merged)]);
}

/// [S-10]
#[test]
fn an_update_may_build_on_one_that_is_not_durable_yet() {
    let mut bench = Bench::open(&[1]);
    let doc = document(7);
    let first = type_title(&doc, 0, "a");
    let second = type_title(&doc, 1, "b");
    assert_eq!(appends(&bench.update(1, &first)), [1]);
    assert_eq!(appends(&bench.update(1, &second)), [2]);
}

/// [S-12]
#[test]
fn an_update_without_news_is_acknowledged_and_not_journalled() {
    let mut bench = Bench::open(&[1]);
    let doc = document(7);
    bench.update(1, &type_title(&doc, 0, "a"));
    let again = bench.step2(1, &whole(&doc));
    assert_eq!(again, [], "known, but not durable yet");
    let effects = bench.durable(1);
    assert_eq!(heard(&effects, 1), [Heard::Saved(2)]);
    let effects = bench.step2(1, &whole(&doc));
    assert_eq!(appends(&effects), [0; 0]);
    assert_eq!(heard(&effects, 1), [Heard::Saved(3)]);
}

/// [S-20]
#[test]
fn saved_counts_the_messages_of_this_connection_only() {
    let mut bench = Bench::open(&[1, 2]);
    bench.update(1, &type_title(&document(7), 0, "a"));
    bench.update(2, &type_title(&document(8), 0, "b"));
    bench.update(2, &type_title(&document(9), 0, "c"));
    let first = bench.durable(1);
    assert!(heard(&first, 1).contains(&Heard::Saved(1)));
    assert!(
        !heard(&first, 2)
            .iter()
            .any(|heard| matches!(heard, Heard::Saved(_)))
    );
    bench.durable(2);
    let third = bench.durable(3);
    assert!(heard(&third, 2).contains(&Heard::Saved(2)));
}

/// [S-3]
#[test]
fn a_stock_client_hears_nothing_of_the_extensions() {
    let mut bench = Bench::open(&[]);
    bench.join_stock(1, 1);
    bench.update(1, &type_title(&document(7), 0, "a"));
    let effects = bench.durable(1);
    assert_eq!(heard(&effects, 1), []);
}

/// [S-19]
#[test]
fn while_its_owner_is_here_nobody_else_extends_a_client() {
    let mut bench = Bench::open(&[1, 2]);
    let doc = document(7);
    bench.update(1, &type_title(&doc, 0, "mine"));
    bench.durable(1);
    let forged = type_title(&doc, 4, " forged");
    assert_eq!(appends(&bench.update(2, &forged)), [0; 0]);
    assert_eq!(appends(&bench.update(1, &forged)), [2], "the owner may");
}

/// [S-19]
#[test]
fn when_its_owner_is_gone_a_client_is_extended_as_brought_by_the_sender() {
    let mut bench = Bench::open(&[1, 2]);
    let doc = document(7);
    bench.update(1, &type_title(&doc, 0, "mine"));
    bench.durable(1);
    bench.give(Input::Leave { conn: 1 });
    let effects = bench.update(2, &type_title(&doc, 4, " kept by a colleague"));
    match &effects[..] {
        [Effect::Append { by, conn: 2, .. }] => assert_eq!(*by, PersonId::from_u128(2)),
        other => panic!("{other:?}"),
    }
}

/// [S-19]
#[test]
fn a_second_tab_of_the_owner_and_several_ids_on_one_connection_are_normal() {
    let mut bench = Bench::open(&[1, 1]);
    let doc = document(7);
    bench.update(1, &type_title(&doc, 0, "mine"));
    let more = type_title(&doc, 4, " too");
    assert_eq!(appends(&bench.update(2, &more)), [2]);
    let other = type_title(&document(8), 0, "x");
    assert_eq!(appends(&bench.update(2, &other)), [3]);
}
