//! Questions that come faster than they are worth: nobody else notices, and nobody is sent away.

use bytes::Bytes;
use denkraum_sync::{
    AwarenessEntry, Effect, Message, awareness_frame, close, parse_frame, step1_frame,
};

use crate::bench::{Bench, closed, frames, heard, states};
use crate::support::{Heard, contents, document, type_title};

/// How many of the frames to this connection answer a step 1.
fn answers(effects: &[Effect], conn: u64) -> usize {
    let frames = frames(effects, conn);
    let is_answer = |frame: &&Bytes| matches!(parse_frame(frame), Ok(Message::Step2(_)));
    frames.iter().filter(is_answer).count()
}

/// [S-34]
#[test]
fn a_flood_of_questions_is_answered_at_a_pace_while_others_write_undisturbed() {
    let mut bench = Bench::open(&[1, 2, 3]);
    let doc = document(7);
    let mut answered = 0;
    for append in 1..=50 {
        for round in 0..200 {
            let known = if round % 2 == 0 {
                vec![]
            } else {
                vec![(7, append - 1)]
            };
            let effects = bench.frame(3, step1_frame(&known));
            assert_eq!(closed(&effects), []);
            assert_eq!(frames(&effects, 1).len() + frames(&effects, 2).len(), 0);
            answered += answers(&effects, 3);
        }
        let update = type_title(&doc, 0, "a");
        bench.update(1, &update);
        let effects = bench.durable(append);
        assert_eq!(heard(&effects, 2), [Heard::Document(update)]);
        assert_eq!(heard(&effects, 1), [Heard::Saved(append)]);
        answered += answers(&bench.pass(100), 3);
    }
    assert_eq!(answered, 9, "four at once, then one a second");
}

/// [S-34]
#[test]
fn of_questions_that_come_too_fast_the_newest_is_answered_when_it_is_due() {
    let mut bench = Bench::open(&[1, 2]);
    bench.update(1, &type_title(&document(7), 0, "eins"));
    bench.durable(1);
    for _ in 0..4 {
        assert_eq!(answers(&bench.frame(2, step1_frame(&[])), 2), 1);
    }
    assert_eq!(bench.frame(2, step1_frame(&[])), []);
    assert_eq!(bench.frame(2, step1_frame(&[(7, 2)])), []);
    assert_eq!(heard(&bench.pass(999), 2), []);
    match &heard(&bench.pass(1), 2)[..] {
        [Heard::Document(diff)] => {
            let (written, _) = contents(diff);
            assert_eq!(written, (2..4).map(|clock| (7, clock)).collect());
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(answers(&bench.pass(10_000), 2), 0, "once");
}

/// [S-34]
#[test]
fn whoever_asks_again_every_few_seconds_is_answered_at_once() {
    let mut bench = Bench::open(&[1]);
    for _ in 0..30 {
        bench.pass(1_500);
        assert_eq!(answers(&bench.frame(1, step1_frame(&[])), 1), 1);
    }
}

/// [S-34]
#[test]
fn a_flood_of_questions_who_is_here_is_answered_at_a_pace() {
    let mut bench = Bench::open(&[1, 2]);
    let (client, clock, state) = (7, 1, "{}");
    let entry = AwarenessEntry {
        client,
        clock,
        state,
    };
    bench.frame(1, awareness_frame([entry].into_iter()));
    let mut told = 0;
    for _ in 0..1_000 {
        let effects = bench.frame(2, Bytes::from_static(&[3]));
        assert_eq!(closed(&effects), []);
        told += states(&effects, 2).len();
    }
    assert_eq!(told, 5);
    assert_eq!(states(&bench.pass(1_000), 2).len(), 1);
    assert_eq!(states(&bench.pass(1_000), 2).len(), 0, "once");
}

/// [S-4] [S-34]
#[test]
fn a_question_that_is_none_closes_its_connection_even_in_a_flood() {
    let mut bench = Bench::open(&[1]);
    for _ in 0..20 {
        bench.frame(1, step1_frame(&[]));
    }
    let twice = Bytes::from_static(&[0, 0, 5, 2, 7, 1, 7, 1]);
    assert_eq!(closed(&bench.frame(1, twice)), [(1, close::MALFORMED)]);
}
