//! What builds on something missing, and what is refused.

use denkraum_sync::close;

use crate::bench::{Bench, appends, closed, heard, is_asked};
use crate::support::{Heard, change, document, type_title, whole};
use yrs::{Map, WriteTxn};

fn unknown_node() -> Vec<u8> {
    use yrs::{XmlElementPrelim, XmlFragment};
    change(&document(7), |transaction| {
        let body = transaction.get_or_insert_xml_fragment("body");
        body.insert(transaction, 0, XmlElementPrelim::empty("script"));
    })
}

/// [S-13]
#[test]
fn a_gap_is_dropped_and_asked_for_at_most_once_a_second() {
    let mut bench = Bench::open(&[1, 2]);
    bench.pass(5_000);
    let doc = document(7);
    let missing = type_title(&doc, 0, "a");
    let gap = bench.update(1, &type_title(&doc, 1, "b"));
    assert_eq!(appends(&gap), [0; 0]);
    assert!(is_asked(&gap, 1));
    let next = bench.update(1, &type_title(&doc, 2, "c"));
    assert_eq!(next, [], "not again within the second");
    bench.pass(999);
    let due = bench.pass(1);
    assert!(is_asked(&due, 1));
    assert!(
        !is_asked(&bench.pass(1_000), 1),
        "nothing new was held back"
    );
    drop(missing);
    let answer = bench.step2(1, &whole(&doc));
    assert_eq!(appends(&answer), [1]);
}

/// [S-21]
#[test]
fn what_was_dropped_is_not_counted_as_saved_before_it_comes_again() {
    let mut bench = Bench::open(&[1]);
    let doc = document(7);
    type_title(&doc, 0, "a");
    bench.update(1, &type_title(&doc, 1, "b"));
    let other = document(8);
    bench.update(1, &type_title(&other, 0, "x"));
    assert_eq!(heard(&bench.durable(1), 1), [], "the first is not saved");
    bench.step2(1, &whole(&doc));
    assert_eq!(heard(&bench.durable(2), 1), [Heard::Saved(3)]);
}

/// [S-14]
#[test]
fn after_three_answers_with_the_same_gap_it_is_refused_once() {
    let mut bench = Bench::open(&[1]);
    let doc = document(7);
    type_title(&doc, 0, "a");
    let gap = type_title(&doc, 1, "b");
    let mut refusals = 0;
    for _ in 0..6 {
        let effects = [bench.step2(1, &gap), bench.pass(1_100)].concat();
        let is_refusal = |heard: &Heard| *heard == Heard::Refused(r#"{"reason":"gap"}"#.into());
        refusals += heard(&effects, 1)
            .iter()
            .filter(|heard| is_refusal(heard))
            .count();
    }
    assert_eq!(refusals, 1);
    // Progress begins the count anew.
    assert_eq!(appends(&bench.step2(1, &whole(&doc))), [1]);
    assert!(is_asked(
        &bench.update(1, &{
            type_title(&doc, 0, "c");
            type_title(&doc, 0, "d")
        }),
        1
    ));
}

/// [S-14]
#[test]
fn a_client_that_does_not_answer_is_refused_after_a_while() {
    let mut bench = Bench::open(&[1]);
    let doc = document(7);
    type_title(&doc, 0, "a");
    let gap = type_title(&doc, 1, "b");
    let mut refused_after = None;
    for second in 0..20 {
        let effects = bench.update(1, &gap);
        if heard(&effects, 1)
            .iter()
            .any(|heard| matches!(heard, Heard::Refused(_)))
        {
            refused_after.get_or_insert(second);
        }
        bench.pass(1_000);
    }
    assert_eq!(refused_after, Some(10));
}

/// [S-15]
#[test]
fn what_the_schema_does_not_know_is_refused_with_a_reason() {
    let mut bench = Bench::open(&[1, 2]);
    let effects = bench.update(1, &unknown_node());
    assert_eq!(
        heard(&effects, 1),
        [Heard::Refused(r#"{"reason":"node"}"#.into())]
    );
    assert_eq!(effects.len(), 1, "nobody else hears of it");
    let good = bench.update(1, &type_title(&document(9), 0, "a"));
    assert_eq!(appends(&good), [1], "the connection goes on");
    assert_eq!(
        heard(&bench.durable(1), 1),
        [],
        "the refused message is never saved"
    );
}

/// [S-15]
#[test]
fn a_limit_is_named() {
    let mut bench = Bench::open(&[1]);
    let effects = bench.update(1, &type_title(&document(7), 0, &"a".repeat(500)));
    let expected = r#"{"reason":"text-too-long","limit":400}"#;
    assert_eq!(heard(&effects, 1), [Heard::Refused(expected.into())]);
}

/// [S-15]
#[test]
fn a_stock_client_is_closed_for_good_when_refused() {
    let mut bench = Bench::open(&[1]);
    bench.join_stock(2, 2);
    bench.join_stock(3, 3);
    assert_eq!(
        closed(&bench.update(2, &unknown_node())),
        [(2, close::MALFORMED)]
    );
    let long = type_title(&document(8), 0, &"a".repeat(500));
    assert_eq!(closed(&bench.update(3, &long)), [(3, close::TOO_LARGE)]);
}

/// [S-15]
#[test]
fn only_the_server_writes_meta() {
    let mut bench = Bench::open(&[1]);
    let meta = change(&document(7), |transaction| {
        let meta = transaction.get_or_insert_map("meta");
        meta.insert(transaction, "kind", "page");
    });
    let effects = bench.update(1, &meta);
    assert!(matches!(&heard(&effects, 1)[..], [Heard::Refused(_)]));
}
