//! Who may what, and what happens when that changes.

use denkraum_domain::Access;
use denkraum_sync::{
    AccessReason, AwarenessEntry, Effect, Input, awareness_frame, close, step1_frame,
};

use crate::bench::{Bench, appends, closed, heard, is_asked, states};
use crate::support::{Heard, document, type_title, whole};

fn changed(conn: u64, access: Option<Access>, reason: AccessReason) -> Input {
    Input::PermitChanged {
        conn,
        access,
        reason,
    }
}

fn here(client: u64) -> bytes::Bytes {
    let state = "{}";
    let entry = AwarenessEntry {
        client,
        clock: 1,
        state,
    };
    awareness_frame([entry].into_iter())
}

/// A page with one update, an editor (1) and a reader (2).
fn with_reader() -> (Bench, yrs::Doc) {
    let mut bench = Bench::open(&[1]);
    let doc = document(7);
    bench.update(1, &type_title(&doc, 0, "a"));
    bench.durable(1);
    bench.join(2, 2, Access::Read);
    bench.frame(2, step1_frame(&[]));
    (bench, doc)
}

/// [S-26]
#[test]
fn what_a_reader_writes_changes_nothing_and_is_answered_with_access() {
    let (mut bench, doc) = with_reader();
    let read = Heard::Access(r#"{"access":"read","reason":"role"}"#.to_owned());
    let change = type_title(&doc, 0, "b");
    for effects in [bench.update(2, &change), bench.step2(2, &whole(&doc))] {
        assert_eq!(heard(&effects, 2), std::slice::from_ref(&read));
        assert_eq!(effects.len(), 1);
    }
}

/// [S-26]
#[test]
fn a_readers_step2_without_news_and_awareness_are_ignored_in_silence() {
    let (mut bench, doc) = with_reader();
    assert_eq!(bench.step2(2, &whole(&doc)), []);
    assert_eq!(bench.frame(2, here(5)), []);
}

/// [S-26]
#[test]
fn a_reader_gets_everything_else() {
    let (mut bench, doc) = with_reader();
    bench.update(1, &type_title(&doc, 0, "b"));
    let effects = bench.durable(2);
    assert!(matches!(&heard(&effects, 2)[..], [Heard::Document(_)]));
    assert_eq!(states(&bench.frame(1, here(7)), 2).len(), 1);
}

/// [S-27]
#[test]
fn a_connection_that_may_only_read_now_is_told_and_its_caret_goes() {
    let mut bench = Bench::open(&[1, 2]);
    bench.frame(1, here(7));
    let effects = bench.give(changed(1, Some(Access::Read), AccessReason::Archived));
    let words = r#"{"access":"read","reason":"archived"}"#;
    assert_eq!(heard(&effects, 1), [Heard::Access(words.to_owned())]);
    assert_eq!(states(&effects, 2), [(7, 1, "null".to_owned())]);
    let update = type_title(&document(7), 0, "a");
    assert_eq!(appends(&bench.update(1, &update)), [0; 0]);
}

/// [S-27]
#[test]
fn what_was_under_way_when_the_right_was_lost_still_counts() {
    let mut bench = Bench::open(&[1, 2]);
    bench.update(1, &type_title(&document(7), 0, "a"));
    bench.give(changed(1, Some(Access::Read), AccessReason::Role));
    let effects = bench.durable(1);
    assert_eq!(heard(&effects, 1), [Heard::Saved(1)]);
    assert_eq!(heard(&effects, 2).len(), 1);
}

/// [S-27]
#[test]
fn a_connection_that_may_write_again_is_asked_for_what_it_wrote_meanwhile() {
    let (mut bench, doc) = with_reader();
    bench.update(2, &type_title(&doc, 0, "b"));
    let effects = bench.give(changed(2, Some(Access::Edit), AccessReason::Role));
    assert!(is_asked(&effects, 2));
}

/// [S-27]
#[test]
fn who_may_not_even_read_is_told_and_closed() {
    let mut bench = Bench::open(&[1, 2, 3]);
    bench.frame(1, here(7));
    let effects = bench.give(changed(1, None, AccessReason::Role));
    let words = r#"{"access":"none","reason":"role"}"#;
    assert_eq!(heard(&effects, 1), [Heard::Access(words.to_owned())]);
    assert_eq!(closed(&effects), [(1, close::NOT_ALLOWED)]);
    assert_eq!(states(&effects, 2), [(7, 1, "null".to_owned())]);
    let effects = bench.give(changed(2, None, AccessReason::SignedOut));
    assert_eq!(closed(&effects), [(2, close::SIGNED_OUT)]);
    let update = type_title(&document(7), 0, "a");
    assert_eq!(bench.update(1, &update), [], "it has left the room");
    bench.update(3, &update);
    let sent = bench.durable(1);
    let to_gone = |effect: &Effect| matches!(effect, Effect::Send { conn: 1 | 2, .. });
    assert!(!sent.iter().any(to_gone));
}

/// [S-27]
#[test]
fn a_reader_is_told_that_the_page_is_archived_and_that_it_is_back() {
    let (mut bench, _doc) = with_reader();
    bench.frame(1, here(7));
    for reason in [AccessReason::Archived, AccessReason::Role] {
        let effects = bench.give(changed(2, Some(Access::Read), reason));
        let words = format!(r#"{{"access":"read","reason":"{}"}}"#, reason.as_str());
        assert_eq!(heard(&effects, 2), [Heard::Access(words)]);
        assert_eq!(effects.len(), 1);
        let again = bench.give(changed(2, Some(Access::Read), reason));
        assert_eq!(again, []);
    }
}

/// [S-27]
#[test]
fn an_unchanged_right_says_nothing() {
    let mut bench = Bench::open(&[1]);
    let effects = bench.give(changed(1, Some(Access::Edit), AccessReason::Role));
    assert_eq!(effects, []);
}
