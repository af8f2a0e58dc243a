//! Updates that would keep the engine busy for long, and honest ones that only look like it.

use denkraum_gate::{Gate, RefusedReason, Writer};

#[cfg(test)]
mod common;

use common::build::{self, Place, deletion, text, update, updates};
use common::{let_in, page, refused, schema};

/// The first character of the text of [`page`].
const FIRST: u32 = 2;

/// Insertions of one letter each, in this order.
fn letters(places: impl Iterator<Item = Place<'static>>) -> Vec<u8> {
    let structs: Vec<_> = places.map(|place| text(place, "x")).collect();
    update(10, 0, &structs, &[])
}

/// Updates that make yrs walk or copy for long, for a page with a text of `n` characters.
fn tangles(n: u32) -> Vec<(&'static str, Vec<u8>)> {
    let clocks = || (FIRST..FIRST + n).rev();
    let all = (9, FIRST + n - 1);
    vec![
        (
            "at the beginning, each before another character",
            letters((FIRST..FIRST + n).map(|clock| Place::Right(9, clock))),
        ),
        (
            "after each character, all before the last",
            letters(clocks().skip(1).map(|left| Place::Between((9, left), all))),
        ),
        (
            "each after the one before, each before another character",
            letters((0_u32..).zip(clocks()).map(|(index, right)| {
                let left = match index {
                    0 => (9, FIRST),
                    index => (10, index - 1),
                };
                Place::Between(left, (9, right))
            })),
        ),
        (
            "each after the first character",
            letters(clocks().map(|_| Place::Left(9, FIRST))),
        ),
    ]
}

/// [G-26]
#[test]
fn an_update_that_would_keep_the_engine_busy_is_refused() {
    let n = 60_000;
    let gate = page(n as usize);
    for (what, bytes) in tangles(n) {
        let limit = gate.schema().limits().update_bytes;
        assert!(bytes.len() <= limit, "{what}: {}", bytes.len());
        assert_eq!(refused(&gate, &bytes), RefusedReason::Tangled, "{what}");
    }
}

/// [G-26]
#[test]
fn so_are_very_many_deletions_in_a_long_text() {
    let n = 400_000;
    let gate = page(n as usize);
    let pieces: Vec<_> = (0..60_000).map(|i| FIRST + i * 6).collect();
    let mut bytes = vec![0];
    build::number(&mut bytes, 1);
    build::number(&mut bytes, 9);
    build::number(&mut bytes, pieces.len() as u64);
    for start in pieces {
        build::number(&mut bytes, start.into());
        build::number(&mut bytes, 1);
    }
    assert_eq!(refused(&gate, &bytes), RefusedReason::Tangled);
    let_in(&mut gate.clone(), &deletion(&[(9, FIRST, FIRST + n)]));
}

/// [G-26] [G-22]
#[test]
fn large_honest_updates_are_not() {
    // Twenty thousand paragraphs at once, with a text each.
    let mut structs = Vec::new();
    for index in 0..20_000_u32 {
        let at = index * 3;
        let place = match index {
            0 => Place::Root("body"),
            _ => Place::Left(9, at - 3),
        };
        structs.push(build::element(place, "paragraph"));
        structs.push(build::text_node(Place::Node(9, at)));
        structs.push(text(Place::Node(9, at + 1), "w"));
    }
    let_in(&mut Gate::new(schema()), &update(9, 0, &structs, &[]));
    // A text that two people wrote in four thousand places of each other, all of it new.
    let mut mine = vec![
        build::element(Place::Root("body"), "paragraph"),
        build::text_node(Place::Node(9, 0)),
        text(Place::Node(9, 1), &"a".repeat(50_000)),
    ];
    mine.push(text(Place::Left(9, 50_001), "z"));
    let theirs: Vec<_> = (0..4_000)
        .map(|i| text(Place::Between((9, 2 + i * 5), (9, 3 + i * 5)), "b"))
        .collect();
    let both = updates(&[(9, 0, &mine), (10, 0, &theirs)], &[]);
    let_in(&mut Gate::new(schema()), &both);
    // A word replaced in a thousand places of a long text, without a connection.
    let mut gate = page(50_000);
    let words: Vec<_> = (0..1_000)
        .map(|i| {
            let at = FIRST + i * 40;
            text(Place::Between((9, at + 4), (9, at + 5)), "other")
        })
        .collect();
    let gone: Vec<_> = (0..1_000)
        .map(|i| (FIRST + i * 40, FIRST + i * 40 + 5))
        .collect();
    let mut bytes = update(10, 0, &words, &[]);
    bytes.pop();
    build::number(&mut bytes, 1);
    build::number(&mut bytes, 9);
    build::number(&mut bytes, gone.len() as u64);
    for (start, end) in gone {
        build::number(&mut bytes, start.into());
        build::number(&mut bytes, (end - start).into());
    }
    let_in(&mut gate, &bytes);
}

/// The server's own changes are held to it, too; what is stored is not.
#[test]
fn stored_documents_are_taken_however_they_came_about() {
    let n = 60_000;
    let (_, bytes) = tangles(n).swap_remove(0);
    let mut gate = page(n as usize);
    assert!(gate.check(&bytes, Writer::Server).is_err());
    gate.seed(&bytes).unwrap();
}

/// How long the engine takes with what is let in and with what is not; for whoever changes a limit.
#[test]
#[ignore = "takes minutes"]
fn how_long_it_takes() {
    for n in [2_000, 4_000] {
        let gate = page(n as usize);
        for (what, bytes) in tangles(n) {
            let verdict = gate.check(&bytes, Writer::Person).is_ok();
            let mut document = common::Document::new();
            let structs = [
                build::element(Place::Root("body"), "paragraph"),
                build::text_node(Place::Node(9, 0)),
                text(Place::Node(9, 1), &"a".repeat(n as usize)),
            ];
            document.apply(&update(9, 0, &structs, &[]));
            let started = clock();
            document.apply(&bytes);
            println!("{n}, let in {verdict}: {:?}: {what}", started.elapsed());
        }
    }
    for (n, pieces) in [(100_000, 10_000), (400_000, 60_000), (900_000, 200_000)] {
        let mut document = common::Document::new();
        let structs = [
            build::element(Place::Root("body"), "paragraph"),
            build::text_node(Place::Node(9, 0)),
            text(Place::Node(9, 1), &"a".repeat(n)),
        ];
        document.apply(&update(9, 0, &structs, &[]));
        let mut bytes = vec![0];
        build::number(&mut bytes, 1);
        build::number(&mut bytes, 9);
        build::number(&mut bytes, pieces);
        for index in 0..pieces {
            build::number(&mut bytes, 2 + index * 4);
            build::number(&mut bytes, 1);
        }
        let started = clock();
        document.apply(&bytes);
        println!("{pieces} deletions in {n}: {:?}", started.elapsed());
    }
}

#[expect(clippy::disallowed_methods, reason = "it measures")]
fn clock() -> std::time::Instant {
    std::time::Instant::now()
}
