//! Foreign bytes: whoever sends them may be closed or refused; nobody else notices.

use bytes::Bytes;
use denkraum_sync::{Channel, Effect, close, step1_frame, step2_frame, update_frame};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use crate::bench::{Bench, closed, heard};
use crate::support::{Heard, document, state_vector, type_title};

/// Two people write; the third is hostile. What the two see must be what they see without it.
struct Siege {
    bench: Bench,
    doc: yrs::Doc,
    attackers: u64,
    appends: u64,
}

impl Siege {
    fn new() -> Self {
        Self {
            bench: Bench::open(&[1, 2]),
            doc: document(7),
            attackers: 100,
            appends: 0,
        }
    }

    /// One frame from a fresh connection with extensions and one without.
    fn attack(&mut self, frame: &Bytes) -> Vec<Effect> {
        let mut all = Vec::new();
        for stock in [false, true] {
            self.attackers += 1;
            let conn = self.attackers;
            if stock {
                self.bench.join_stock(conn, 3);
            } else {
                self.bench.join(conn, 3, denkraum_domain::Access::Edit);
            }
            let effects = self.bench.frame(conn, frame.clone());
            for effect in &effects {
                match effect {
                    // A state that a mutation left valid.
                    Effect::Send {
                        channel: Channel::Awareness,
                        ..
                    } => {}
                    Effect::Send { conn: to, .. } | Effect::Close { conn: to, .. } => {
                        assert_eq!(*to, conn, "somebody else heard of it");
                    }
                    Effect::Append { .. } => self.appends += 1,
                    other => panic!("{other:?}"),
                }
            }
            self.bench.give(denkraum_sync::Input::Leave { conn });
            all.extend(effects);
        }
        all
    }

    /// The two still write together as if nothing had been.
    fn assert_undisturbed(&mut self) {
        let update = type_title(&self.doc, 0, "a");
        self.bench.update(1, &update);
        self.appends += 1;
        let effects = self.bench.durable(self.appends);
        assert!(heard(&effects, 2).contains(&Heard::Document(update)));
        assert!(
            heard(&effects, 1)
                .iter()
                .any(|heard| matches!(heard, Heard::Saved(_)))
        );
    }
}

fn corpus() -> Vec<(String, String, Vec<u8>)> {
    let text = include_str!("../../../../tests/corpus/frames/updates.txt");
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let cases = lines.map(|line| {
        let mut parts = line.split(" | ");
        let (verdict, kind) = (parts.next().unwrap(), parts.next().unwrap());
        let bytes = hex::decode(parts.nth(1).unwrap()).unwrap();
        (verdict.to_owned(), kind.to_owned(), bytes)
    });
    cases.collect()
}

/// [S-34]
#[test]
fn every_line_of_the_corpus_disturbs_nobody_else() {
    let cases = corpus();
    assert!(cases.len() > 20);
    for (verdict, kind, bytes) in cases {
        if verdict == "allowed" {
            continue;
        }
        let mut siege = Siege::new();
        let frames = if kind == "update" {
            vec![update_frame(&bytes), step2_frame(&bytes)]
        } else {
            let mut frame = vec![0, 0, u8::try_from(bytes.len()).unwrap()];
            frame.extend(&bytes);
            vec![Bytes::from(frame)]
        };
        for frame in frames {
            let effects = siege.attack(&frame);
            assert!(
                verdict == "held" || !effects.is_empty(),
                "{kind} is answered"
            );
            assert_eq!(siege.appends, 0, "{verdict} {kind} was journalled");
        }
        siege.assert_undisturbed();
    }
}

/// [S-4] [S-34]
#[test]
fn malformed_frames_close_their_connection_for_good() {
    let update = update_frame(&type_title(&document(9), 0, "Hallo"));
    let mut frames = vec![
        Bytes::new(),
        Bytes::from_static(&[0]),
        Bytes::from_static(&[0, 3, 0]),
        Bytes::from_static(&[100, 1]),
        Bytes::from_static(&[77]),
        Bytes::from_static(b"{\"type\":\"hello\"}"),
        Bytes::from_static(&[1, 2, 1, 5]),
        [update.clone(), update.clone()].concat().into(),
        update_frame(b""),
        update_frame(b"\x01\x02"),
    ];
    frames.extend((0..update.len()).map(|end| update.slice(..end)));
    let mut siege = Siege::new();
    for frame in frames {
        let codes: Vec<u16> = closed(&siege.attack(&frame))
            .iter()
            .map(|(_, code)| *code)
            .collect();
        assert_eq!(codes, [close::MALFORMED; 2], "{frame:?}");
    }
    siege.assert_undisturbed();
}

/// [S-4] [S-34]
#[test]
fn a_frame_that_is_too_large_closes_its_connection() {
    let mut siege = Siege::new();
    let frame = Bytes::from(vec![0; 2 << 20]);
    let codes: Vec<u16> = closed(&siege.attack(&frame))
        .iter()
        .map(|(_, code)| *code)
        .collect();
    assert_eq!(codes, [close::TOO_LARGE; 2]);
    siege.assert_undisturbed();
}

/// [S-34]
#[test]
fn random_and_mutated_frames_disturb_nobody_else() {
    let mut rng = SmallRng::seed_from_u64(42);
    let mut siege = Siege::new();
    let doc = document(9);
    let update = type_title(&doc, 0, "Grüße aus Mitte");
    let sources = [
        update_frame(&update),
        step2_frame(&update),
        step1_frame(&[(7, 3), (9, 15)]),
        Bytes::from([&[0, 0, 4][..], &state_vector(&doc)].concat()),
        Bytes::from_static(b"\x01\x07\x01\x05\x01\x03{ }"),
    ];
    for round in 0..4_000 {
        let mut bytes = sources[round % sources.len()].to_vec();
        for _ in 0..rng.random_range(1..4) {
            let at = rng.random_range(0..bytes.len());
            bytes[at] = rng.random();
        }
        if rng.random_range(0..4) == 0 {
            bytes = (0..rng.random_range(0..40)).map(|_| rng.random()).collect();
        }
        let before = siege.appends;
        siege.attack(&bytes.into());
        // What a mutation left valid is journalled like any other update.
        for append in before + 1..=siege.appends {
            siege.bench.durable(append);
        }
    }
    siege.assert_undisturbed();
}

/// [S-5]
#[test]
fn what_only_servers_say_in_auth_messages_is_ignored() {
    let mut bench = Bench::open(&[1]);
    assert_eq!(
        bench.frame(1, Bytes::from_static(&[2, 0, 2, b'n', b'o'])),
        []
    );
}

/// [S-6]
#[test]
fn a_flood_closes_its_connection() {
    let mut bench = Bench::with(|config| config.limits.rate.frames_burst = 3);
    bench.join(1, 1, denkraum_domain::Access::Edit);
    let ask = Bytes::from_static(&[3]);
    for _ in 0..3 {
        assert_eq!(closed(&bench.frame(1, ask.clone())), []);
    }
    assert_eq!(closed(&bench.frame(1, ask)), [(1, close::TOO_FAST)]);
}

/// [S-28]
#[test]
fn a_connection_that_lagged_gets_everything_anew() {
    let mut bench = Bench::open(&[1, 2]);
    let doc = document(7);
    bench.update(1, &type_title(&doc, 0, "a"));
    bench.durable(1);
    let effects = bench.give(denkraum_sync::Input::Lagged { conn: 1 });
    let whole = crate::support::whole(&doc);
    assert_eq!(
        heard(&effects, 1),
        [Heard::Document(whole), Heard::Saved(1)]
    );
}
