//! Who is here and where.

use bytes::Bytes;
use denkraum_domain::Access;
use denkraum_sync::{Effect, Input};

use crate::bench::{Bench, entry, says, states};

fn told(effects: &[Effect], conn: u64) -> Vec<(u64, u64)> {
    let states = states(effects, conn);
    states
        .iter()
        .map(|(client, clock, _)| (*client, *clock))
        .collect()
}

/// [S-22]
#[test]
fn a_connection_speaks_for_the_client_of_its_first_frame_alone() {
    let mut bench = Bench::open(&[1, 2, 3]);
    assert_eq!(
        told(&bench.frame(1, says(&[entry(7, 0, "{}")])), 2),
        [(7, 0)]
    );
    assert_eq!(
        told(&bench.frame(2, says(&[entry(8, 3, "{}")])), 1),
        [(8, 3)]
    );
    let repeats = says(&[entry(8, 9, "{}"), entry(7, 1, "{}"), entry(9, 1, "{}")]);
    let effects = bench.frame(1, repeats);
    assert_eq!(
        told(&effects, 2),
        [(7, 1)],
        "of three entries one is its own"
    );
    assert_eq!(told(&effects, 1), [], "nothing comes back");
    assert_eq!(bench.frame(1, says(&[entry(8, 10, "null")])), []);
}

/// [S-22]
#[test]
fn a_first_frame_full_of_others_does_not_take_them() {
    let mut bench = Bench::open(&[1, 1, 2]);
    bench.frame(1, says(&[entry(7, 1, "{}")]));
    bench.frame(3, says(&[entry(8, 1, "{}")]));
    let all = says(&[entry(7, 2, "{}"), entry(8, 2, "{}"), entry(9, 1, "{}")]);
    assert_eq!(told(&bench.frame(2, all), 3), [(9, 1)]);
    assert_eq!(bench.frame(3, says(&[entry(7, 9, "{}")])), []);
}

/// [S-22]
#[test]
fn a_newer_connection_of_the_same_person_takes_the_client_over() {
    let mut bench = Bench::open(&[1, 1, 2]);
    bench.frame(1, says(&[entry(7, 5, "{}")]));
    let effects = bench.frame(2, says(&[entry(7, 5, "{}")]));
    assert_eq!(
        told(&effects, 3),
        [(7, 6)],
        "newer for the others than before"
    );
    assert_eq!(bench.frame(1, says(&[entry(7, 6, "{}")])), []);
    assert_eq!(
        bench.give(Input::Leave { conn: 1 }),
        [],
        "nothing of its own is left"
    );
    assert_eq!(told(&bench.give(Input::Leave { conn: 2 }), 3), [(7, 6)]);
}

/// [S-22] What the older one sent may come last: it waited behind something.
#[test]
fn an_older_connection_does_not_take_the_client_back() {
    let mut bench = Bench::open(&[1, 1, 2]);
    bench.frame(2, says(&[entry(7, 6, "{}")]));
    assert_eq!(bench.frame(1, says(&[entry(7, 5, "{}")])), []);
    assert_eq!(
        told(&bench.frame(2, says(&[entry(7, 7, "{}")])), 3),
        [(7, 7)]
    );
    assert_eq!(bench.give(Input::Leave { conn: 1 }), []);
}

/// [S-24] A first state that is none, with a high clock, does not change that.
#[test]
fn who_comes_back_is_newer_than_before_whatever_came_first() {
    let mut bench = Bench::open(&[1, 2, 3]);
    bench.frame(1, says(&[entry(7, 5, "{}")]));
    bench.give(Input::Leave { conn: 1 });
    assert_eq!(bench.frame(2, says(&[entry(7, 900, "[1")])), []);
    let effects = bench.frame(2, says(&[entry(7, 0, "{}")]));
    assert_eq!(told(&effects, 3), [(7, 6)]);
}

/// [S-22]
#[test]
fn another_person_does_not_take_it_over() {
    let mut bench = Bench::open(&[1, 2]);
    bench.frame(1, says(&[entry(7, 5, "{}")]));
    assert_eq!(bench.frame(2, says(&[entry(7, 6, "{}")])), []);
}

/// [S-23]
#[test]
fn who_it_is_comes_from_the_account() {
    let mut bench = Bench::open(&[1, 2]);
    let lie = r##"{"user":{"id":"x","name":"<b>Amt</b>","color":"#f00","hue":9},"extra":[1],
        "cursor":{"anchor":{"type":null,"tname":"body","item":{"client":7,"clock":2},"assoc":0},
        "head":{"tname":"body"}},"field":{"root":"title","anchor":3,"head":5}}"##;
    let effects = bench.frame(1, says(&[entry(7, 1, lie)]));
    let shown: serde_json::Value = serde_json::from_str(&states(&effects, 2)[0].2).unwrap();
    let id = denkraum_domain::PersonId::from_u128(1).to_string();
    let expected = serde_json::json!({
        "user": {"id": id, "name": format!("Person {id}"), "initials": "P", "hue": 3},
        "cursor": {
            "anchor": {"type": null, "tname": "body", "item": {"client": 7, "clock": 2}, "assoc": 0},
            "head": {"type": null, "tname": "body", "item": null, "assoc": null},
        },
        "field": {"root": "title", "anchor": 3, "head": 5},
    });
    assert_eq!(shown, expected);
}

/// [S-23]
#[test]
fn what_is_not_a_state_is_dropped() {
    let mut bench = Bench::open(&[1, 2]);
    bench.frame(1, says(&[entry(7, 1, "{}")]));
    let long = format!("{{\"cursor\":\"{}\"}}", "a".repeat(2048));
    let deep = "[".repeat(1000);
    for state in ["<not json", "[]", "3", "\"a\"", &long, &deep, ""] {
        assert_eq!(bench.frame(1, says(&[entry(7, 2, state)])), [], "{state}");
    }
    let odd = r#"{"cursor":{"anchor":"<img>"},"field":7}"#;
    let effects = bench.frame(1, says(&[entry(7, 2, odd)]));
    assert!(
        states(&effects, 2)[0]
            .2
            .ends_with(r#""cursor":null,"field":null}"#)
    );
}

/// [S-23]
#[test]
fn a_clock_goes_forward_and_not_far() {
    let mut bench = Bench::open(&[1, 2]);
    let far = u64::from(u32::MAX);
    assert_eq!(bench.frame(1, says(&[entry(7, far, "{}")])), []);
    bench.frame(1, says(&[entry(8, 10, "{}")]));
    for clock in [0, 9, 10, 1011, far] {
        assert_eq!(
            bench.frame(1, says(&[entry(8, clock, "{}")])),
            [],
            "{clock}"
        );
    }
    assert_eq!(
        told(&bench.frame(1, says(&[entry(8, 1010, "{}")])), 2),
        [(8, 1010)]
    );
}

/// [S-24]
#[test]
fn a_caret_goes_when_its_connection_goes_and_comes_back_with_it() {
    let mut bench = Bench::open(&[1, 2]);
    bench.frame(1, says(&[entry(7, 5, "{}")]));
    let left = bench.give(Input::Leave { conn: 1 });
    assert_eq!(states(&left, 2), [(7, 5, "null".to_owned())]);
    bench.join(3, 1, Access::Edit);
    let back = bench.frame(3, says(&[entry(7, 5, "{}")]));
    assert_eq!(
        told(&back, 2),
        [(7, 6)],
        "at its old clock it would not be shown"
    );
    assert_eq!(
        told(&bench.frame(3, says(&[entry(7, 6, "{}")])), 2),
        [(7, 7)]
    );
}

/// [S-24]
#[test]
fn a_client_may_hide_itself_at_its_last_clock() {
    let mut bench = Bench::open(&[1, 2]);
    bench.frame(1, says(&[entry(7, 5, "{}")]));
    let hidden = bench.frame(1, says(&[entry(7, 5, "null")]));
    assert_eq!(states(&hidden, 2), [(7, 5, "null".to_owned())]);
    assert_eq!(bench.give(Input::Leave { conn: 1 }), []);
}

/// [S-9]
#[test]
fn who_joins_or_asks_is_told_who_is_here() {
    let mut bench = Bench::open(&[1, 2]);
    bench.frame(1, says(&[entry(7, 1, "{}")]));
    let joined = bench.join(3, 3, Access::Read);
    assert_eq!(told(&joined, 3), [(7, 1)]);
    assert_eq!(told(&bench.frame(2, Bytes::from_static(&[3])), 2), [(7, 1)]);
}

/// [S-25]
#[test]
fn a_quiet_connection_is_sent_its_own_state() {
    let mut bench = Bench::open(&[1]);
    bench.join(2, 2, Access::Read);
    bench.frame(1, says(&[entry(7, 4, "{}")]));
    bench.pass(14_000);
    bench.frame(1, says(&[entry(7, 5, "{}")]));
    let effects = bench.pass(1_000);
    assert_eq!(
        told(&effects, 1),
        [(7, 5)],
        "with its own clock, which changes nothing there"
    );
    assert_eq!(effects.len(), 1, "the reader has just heard of the other");
    let effects = bench.pass(14_000);
    let to_reader = crate::bench::frames(&effects, 2);
    assert_eq!(
        to_reader,
        [Bytes::from_static(&[1, 1, 0])],
        "a message without states"
    );
}

/// [S-37]
#[test]
fn in_a_crowd_carets_are_told_together_and_nobody_hears_of_their_own() {
    let mut bench = Bench::open_with(|config| config.limits.crowd = 2, &[1, 2, 3]);
    let first = bench.frame(1, says(&[entry(7, 1, "{}")]));
    assert_eq!(told(&first, 2), [(7, 1)], "the first at once");
    assert_eq!(bench.frame(1, says(&[entry(7, 2, "{}")])), []);
    assert_eq!(bench.frame(2, says(&[entry(8, 1, "{}")])), []);
    assert_eq!(bench.pass(39), []);
    let together = bench.pass(1);
    assert_eq!(told(&together, 3), [(7, 2), (8, 1)]);
    assert_eq!(told(&together, 1), [(8, 1)]);
    assert_eq!(told(&together, 2), [(7, 2)]);
}
