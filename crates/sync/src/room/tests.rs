use denkraum_domain::Access;

use super::*;
use crate::{Extensions, Hue, LoadedPage, Member, Report, close, step1_frame, update_frame};

const NOW: Timestamp = Timestamp::from_millis(0);

/// The update with which client 7 types at the end of what it typed before, up to `clock`.
fn typed(clock: u8, text: &str) -> Bytes {
    let length = u8::try_from(text.len()).unwrap();
    let place = match clock {
        0 => b"\x04\x01\x05title".to_vec(),
        _ => vec![0x84, 7, clock - 1],
    };
    let head = [1, 1, 7, clock];
    [&head[..], &place, &[length], text.as_bytes(), &[0]]
        .concat()
        .into()
}

fn open(persons: u64, updates: Vec<Bytes>) -> (Room, Vec<Effect>) {
    let json = include_str!("../../../../data/schema/page.json");
    let schema = std::sync::Arc::new(crate::Schema::from_json(json).unwrap());
    let mut room = Room::new(RoomConfig::new(schema));
    let mut out = Vec::new();
    for conn in 1..=persons {
        let member = Member {
            person: PersonId::from_u128(u128::from(conn)),
            name: String::new(),
            initials: String::new(),
            hue: Hue::new(1).unwrap(),
            access: Access::Edit,
        };
        let extensions = Extensions::ALL;
        room.handle(
            NOW,
            Input::Join {
                conn,
                member,
                extensions,
            },
            &mut out,
        );
    }
    let upto = updates.len() as u64;
    let page = LoadedPage {
        updates,
        upto,
        ..LoadedPage::default()
    };
    room.handle(NOW, Input::Loaded(page), &mut out);
    for conn in 1..=persons {
        let bytes = step1_frame(&[]);
        room.handle(NOW, Input::Frame { conn, bytes }, &mut out);
    }
    (room, out)
}

/// [S-17]
#[test]
fn an_update_that_cannot_be_applied_ends_its_sender_and_the_page_is_loaded_again() {
    let (mut room, _) = open(2, vec![typed(0, "eins")]);
    // The gate lets nothing through that fails, so the document is broken by hand.
    room.document = Document::empty();
    let mut out = Vec::new();
    let bytes = update_frame(&typed(4, " zwei"));
    room.handle(NOW, Input::Frame { conn: 1, bytes }, &mut out);
    let position = 2;
    room.handle(
        NOW,
        Input::Durable {
            appends: vec![(1, position)],
        },
        &mut out,
    );
    assert!(out.contains(&Effect::Report(Report::ApplyFailed)));
    let closes = |effect: &Effect| match effect {
        Effect::Close { conn, code, .. } => Some((*conn, *code)),
        _ => None,
    };
    let closed: Vec<_> = out.iter().filter_map(closes).collect();
    assert_eq!(closed, [(1, close::MALFORMED)]);
    let to_other = |effect: &Effect| matches!(effect, Effect::Send { conn: 2, .. });
    assert!(!out.iter().any(to_other), "the other sees nothing of it");
    out.clear();
    room.handle(NOW.plus_millis(250), Input::Tick, &mut out);
    assert_eq!(out, [Effect::Load]);
}

/// [S-17]
#[test]
fn a_stored_update_that_cannot_be_read_is_left_out_and_reported() {
    let nonsense = Bytes::from_static(b"nonsense");
    let (mut room, out) = open(1, vec![typed(0, "eins"), nonsense, typed(4, " zwei")]);
    assert!(out.contains(&Effect::Report(Report::UpdatesLeftOut(1))));
    assert_eq!(room.document.clocks(), [(7, 9)]);
    assert!(room.document.reads_back());
}
