use denkraum_domain::Access;

use super::*;
use crate::AccessReason;

/// [S-1]
#[test]
fn a_frame_is_read_back_as_it_was_written() {
    let state_vector = [(1, 2), (MAX_INTEGER, 300)];
    assert_eq!(step1_frame(&state_vector)[..2], [0, 0]);
    assert_eq!(
        parse_frame(&step2_frame(b"abc")),
        Ok(Message::Step2(b"abc"))
    );
    let long = vec![7; 20_000];
    assert_eq!(
        parse_frame(&update_frame(&long)),
        Ok(Message::Update(&long))
    );
    let entries = [
        AwarenessEntry {
            client: 5,
            clock: 1,
            state: "{}",
        },
        AwarenessEntry {
            client: MAX_INTEGER,
            clock: 9,
            state: "null",
        },
    ];
    assert_eq!(
        parse_frame(&awareness_frame(entries.into_iter())),
        Ok(Message::Awareness(entries.to_vec()))
    );
    assert_eq!(parse_frame(&[3]), Ok(Message::QueryAwareness));
    assert_eq!(parse_frame(&[2, 0, 1, b'x']), Ok(Message::Auth));
}

/// [S-1]
#[test]
fn the_state_vector_is_written_as_yjs_writes_it() {
    assert_eq!(
        step1_frame(&[(1, 2), (300, 4)])[..],
        [0, 0, 6, 2, 1, 2, 0xac, 2, 4]
    );
    assert_eq!(step1_frame(&[])[..], [0, 0, 1, 0]);
}

/// [S-2]
#[test]
fn every_beginning_of_a_frame_is_truncated_and_every_longer_one_trails() {
    let entry = AwarenessEntry {
        client: 5,
        clock: 1,
        state: "{}",
    };
    for frame in [
        step1_frame(&[(1, 2)]),
        step2_frame(b"abc"),
        update_frame(b"abc"),
        awareness_frame([entry].into_iter()),
        bytes::Bytes::from_static(&[2, 0, 1, b'x']),
    ] {
        for end in 0..frame.len() {
            assert_eq!(
                parse_frame(&frame[..end]),
                Err(MalformedFrame::Truncated),
                "{frame:?} cut at {end}"
            );
        }
        let mut longer = frame.to_vec();
        longer.push(0);
        assert_eq!(parse_frame(&longer), Err(MalformedFrame::Trailing));
    }
}

/// [S-2]
#[test]
fn two_messages_in_one_frame_are_refused() {
    let twice = [step2_frame(b"a"), step2_frame(b"b")].concat();
    assert_eq!(parse_frame(&twice), Err(MalformedFrame::Trailing));
}

/// [S-2]
#[test]
fn unknown_types_and_those_of_the_server_are_refused() {
    for kind in [4, 5, 99, 100, 101, 102, 127] {
        assert_eq!(parse_frame(&[kind, 0]), Err(MalformedFrame::Kind), "{kind}");
    }
    assert_eq!(parse_frame(&[0, 3, 0]), Err(MalformedFrame::Kind));
}

/// [S-2]
#[test]
fn numbers_are_short_and_exact_in_javascript() {
    // 2^53 - 1 as the client of an awareness entry, then 2^53.
    let largest = [1, 12, 1, 255, 255, 255, 255, 255, 255, 255, 15, 1, 1, b'0'];
    assert!(parse_frame(&largest).is_ok());
    let above = [1, 12, 1, 128, 128, 128, 128, 128, 128, 128, 16, 1, 1, b'0'];
    assert_eq!(parse_frame(&above), Err(MalformedFrame::Integer));
    assert_eq!(parse_frame(&[0x80, 0, 0, 0]), Err(MalformedFrame::Integer));
    assert_eq!(parse_frame(&[255; 12]), Err(MalformedFrame::Integer));
}

/// [S-2]
#[test]
fn a_claimed_length_takes_no_memory() {
    // 2^49 bytes, 2^49 awareness entries.
    assert_eq!(
        parse_frame(&[0, 2, 128, 128, 128, 128, 128, 128, 128, 1]),
        Err(MalformedFrame::Truncated)
    );
    assert_eq!(
        parse_frame(&[1, 8, 128, 128, 128, 128, 128, 128, 128, 1]),
        Err(MalformedFrame::Truncated)
    );
}

/// [S-2]
#[test]
fn text_that_is_not_utf8_is_refused() {
    assert_eq!(
        parse_frame(&[1, 5, 1, 5, 1, 1, 0xff]),
        Err(MalformedFrame::Text)
    );
}

/// [S-3]
#[test]
fn the_extensions_have_the_agreed_form() {
    assert_eq!(saved_frame(300)[..], [100, 0xac, 2]);
    let refused = refused_frame("update-too-large", Some(9));
    assert_eq!(refused[0], 101);
    assert_eq!(&refused[2..], br#"{"reason":"update-too-large","limit":9}"#);
    assert_eq!(&refused_frame("gap", None)[2..], br#"{"reason":"gap"}"#);
    let access = access_frame(Some(Access::Read), AccessReason::Archived);
    assert_eq!(access[0], 102);
    assert_eq!(&access[2..], br#"{"access":"read","reason":"archived"}"#);
    assert_eq!(
        &access_frame(None, AccessReason::SignedOut)[2..],
        br#"{"access":"none","reason":"signed-out"}"#
    );
}
