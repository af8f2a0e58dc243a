//! The way of a keystroke, part by part: the gate, the room from frame to encoded broadcast, the
//! append; and what opening a page costs: loading it, the first answer.
//!
//! `cargo xtask bench hot` runs this. The parts alone say where time goes; what people feel is measured
//! by `cargo xtask bench sync`.

#![expect(missing_docs, reason = "the macros of criterion document nothing")]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made ends")]

use std::hint::black_box;
use std::sync::Arc;

use bytes::Bytes;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use denkraum_domain::{Access, PageId, PersonId, Timestamp};
use denkraum_gate::{Gate, Schema, Writer};
use denkraum_journal::{Body, Entry, Journal, JournalId, Subject};
use denkraum_journal_file::FileJournal;
use denkraum_sync::{
    Effect, Extensions, Hue, Input, LoadedPage, Member, Room, RoomConfig, durable_state,
    step1_frame, step2_frame, update_frame,
};

const NOW: Timestamp = Timestamp::from_millis(0);
/// Letters of the page that is opened and typed into: a hundred pages of a book.
const LETTERS: u64 = 200_000;
/// So many letters stand in one struct, as they do after typing without a pause.
const RUN: u64 = 40;
const PEOPLE: u64 = 50;
const WRITER: u64 = 7;

fn schema() -> Arc<Schema> {
    let json = include_str!("../../../data/schema/page.json");
    Arc::new(Schema::from_json(json).unwrap())
}

fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap());
}

/// `length` letters typed at the end of what a client typed before, up to `clock`.
fn typed(client: u64, clock: u64, length: u64) -> Vec<u8> {
    let mut out = vec![1, 1];
    number(&mut out, client);
    number(&mut out, clock);
    out.push(0x84);
    number(&mut out, client);
    number(&mut out, clock - 1);
    number(&mut out, length);
    out.extend((0..length).map(|at| b'a' + u8::try_from((clock + at) % 26).unwrap()));
    out.push(0);
    out
}

/// A paragraph, and letters in it that came in runs.
fn updates() -> Vec<Bytes> {
    let mut paragraph = vec![1, 2];
    number(&mut paragraph, WRITER);
    paragraph.extend(b"\x00\x07\x01\x04body\x03\x09paragraph\x07\x00");
    number(&mut paragraph, WRITER);
    paragraph.extend(b"\x00\x06\x00");
    let mut updates = vec![Bytes::from(paragraph)];
    for clock in (2..LETTERS).step_by(usize::try_from(RUN).unwrap()) {
        updates.push(
            if clock == 2 {
                first(RUN)
            } else {
                typed(WRITER, clock, RUN)
            }
            .into(),
        );
    }
    updates
}

/// The first letters in the paragraph.
fn first(length: u64) -> Vec<u8> {
    let mut out = vec![1, 1];
    number(&mut out, WRITER);
    number(&mut out, 2);
    out.extend([4, 0]);
    number(&mut out, WRITER);
    out.push(1);
    number(&mut out, length);
    out.extend((0..length).map(|_| b'a'));
    out.push(0);
    out
}

/// The clock at which the page's writer goes on.
fn end() -> u64 {
    let runs = u64::try_from(updates().len() - 1).unwrap();
    2 + runs * RUN
}

fn snapshot(schema: &Arc<Schema>) -> LoadedPage {
    let whole = LoadedPage {
        updates: updates(),
        ..LoadedPage::default()
    };
    let state = durable_state(schema, &whole).unwrap();
    LoadedPage {
        snapshot: Some(state),
        upto: 1,
        ..LoadedPage::default()
    }
}

/// An open room with this page and so many people.
fn room(schema: &Arc<Schema>, page: LoadedPage, people: u64) -> Room {
    let mut room = Room::new(RoomConfig::new(Arc::clone(schema)));
    let mut out = Vec::new();
    for conn in 1..=people {
        let member = Member {
            person: PersonId::from_u128(u128::from(conn)),
            name: "Jana Petersen".to_owned(),
            initials: "JP".to_owned(),
            hue: Hue::new(1).unwrap(),
            access: Access::Edit,
        };
        let extensions = Extensions::ALL;
        let join = Input::Join {
            conn,
            member,
            extensions,
        };
        room.handle(NOW, join, &mut out);
    }
    room.handle(NOW, Input::Loaded(page), &mut out);
    for conn in 1..=people {
        for bytes in [step1_frame(&[]), step2_frame(&[0, 0])] {
            room.handle(NOW, Input::Frame { conn, bytes }, &mut out);
        }
    }
    room
}

/// Types a letter; gives how many are sent something.
fn keystroke(room: &mut Room, clock: u64, append: u64, out: &mut Vec<Effect>) -> usize {
    out.clear();
    let bytes = update_frame(&typed(WRITER, clock, 1));
    room.handle(NOW, Input::Frame { conn: 1, bytes }, out);
    let appends = vec![(append, append + 1)];
    let durable = Input::Durable { appends };
    room.handle(NOW, durable, out);
    out.iter()
        .filter(|effect| matches!(effect, Effect::Send { .. }))
        .count()
}

fn gate(criterion: &mut Criterion) {
    let schema = schema();
    let mut gate = Gate::new(Arc::clone(&schema));
    for update in updates() {
        let admission = gate.check(&update, Writer::Person).unwrap();
        gate.admit(admission);
    }
    let key = typed(WRITER, end(), 1);
    criterion.bench_function("gate: a keystroke on a long page", |bencher| {
        bencher.iter(|| gate.check(black_box(&key), Writer::Person).unwrap());
    });
    let mut clock = end();
    criterion.bench_function("gate: a keystroke, checked and let in", |bencher| {
        bencher.iter(|| {
            let admission = gate.check(&typed(WRITER, clock, 1), Writer::Person);
            gate.admit(admission.unwrap());
            clock += 1;
        });
    });
}

fn broadcast(criterion: &mut Criterion) {
    let schema = schema();
    let page = snapshot(&schema);
    for people in [2, PEOPLE] {
        let mut room = room(&schema, page.clone(), people);
        let (mut clock, mut append, mut out) = (end(), 0, Vec::new());
        let name = format!("room: a frame decoded, checked, applied, encoded for {people} people");
        criterion.bench_function(&name, |bencher| {
            bencher.iter(|| {
                append += 1;
                let sent = keystroke(&mut room, clock, append, &mut out);
                clock += 1;
                assert!(sent >= usize::try_from(people - 1).unwrap(), "{out:?}");
            });
        });
    }
}

fn append(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = FileJournal::open(folder.path(), JournalId::from_u128(1)).unwrap();
    let entry = || Entry {
        at: NOW,
        by: Some(PersonId::from_u128(1)),
        subject: Subject::Page(PageId::from_u128(1)),
        body: Body::PageUpdate {
            connection: 1,
            clients: vec![WRITER],
            update: typed(WRITER, 5, 1).into(),
        },
    };
    criterion.bench_function("journal: an append, durable", |bencher| {
        bencher.iter(|| runtime.block_on(journal.append(entry())).unwrap());
    });
    criterion.bench_function("journal: 100 appends at once, durable", |bencher| {
        bencher.iter(|| {
            let all: Vec<_> = (0..100).map(|_| journal.append(entry())).collect();
            runtime.block_on(async {
                for appended in all {
                    appended.await.unwrap();
                }
            });
        });
    });
    runtime.block_on(journal.close());
}

fn open(criterion: &mut Criterion) {
    let schema = schema();
    let page = snapshot(&schema);
    criterion.bench_function("room: a long page loaded from its snapshot", |bencher| {
        bencher.iter_batched(
            || page.clone(),
            |page| room(&schema, page, 0),
            BatchSize::LargeInput,
        );
    });
    let mut room = room(&schema, page, 1);
    let (mut now, mut out) = (NOW, Vec::new());
    criterion.bench_function("room: the first answer for a long page", |bencher| {
        bencher.iter(|| {
            out.clear();
            // Questions have a pace.
            now = now.plus_millis(60_000);
            let bytes = step1_frame(&[]);
            room.handle(now, Input::Frame { conn: 1, bytes }, &mut out);
            let is_whole = |effect: &Effect| {
                matches!(effect, Effect::Send { frame, .. } if frame.len() as u64 > LETTERS)
            };
            assert!(out.iter().any(is_whole), "{}", out.len());
        });
    });
}

criterion_group!(hot, gate, broadcast, append, open);
criterion_main!(hot);
