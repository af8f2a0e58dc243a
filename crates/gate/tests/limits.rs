//! Limits, stored documents, what counts as a change, and how little is kept.

use denkraum_gate::{Gate, RefusedReason, Writer};

#[cfg(test)]
mod common;

use common::build::{self, Place, item, update};
use common::{let_in, page, refused, schema};

/// [G-17]
#[test]
fn a_text_has_a_limit_that_deleting_makes_room_in() {
    let mut gate = Gate::new(schema());
    let_in(
        &mut gate,
        &update(
            9,
            0,
            &[build::text(Place::Root("title"), &"ä".repeat(400))],
            &[],
        ),
    );
    let more = |deleted: &[_]| update(10, 0, &[build::text(Place::Left(9, 399), "b")], deleted);
    assert_eq!(
        refused(&gate, &more(&[])),
        RefusedReason::TextTooLong { limit: 400 }
    );
    assert!(gate.check(&more(&[(9, 0, 1)]), Writer::Person).is_ok());
    let_in(
        &mut gate,
        &update(
            11,
            0,
            &[build::text(Place::Root("text:summary"), "x")],
            &[(9, 0, 10)],
        ),
    );
    // What is gone already does not count twice.
    let nine = update(
        10,
        0,
        &[build::text(Place::Left(9, 399), &"b".repeat(11))],
        &[(9, 0, 10)],
    );
    assert_eq!(
        refused(&gate, &nine),
        RefusedReason::TextTooLong { limit: 400 }
    );
    let_in(
        &mut gate,
        &update(
            10,
            0,
            &[build::text(Place::Left(9, 399), &"b".repeat(10))],
            &[],
        ),
    );
    assert_eq!(
        refused(
            &gate,
            &update(12, 0, &[build::text(Place::Root("title"), "b")], &[])
        )
        .code(),
        "text-too-long"
    );
}

/// [G-17] A stored text above the limit can still be shortened.
#[test]
fn a_text_above_its_limit_can_be_shortened() {
    let mut gate = Gate::new(schema());
    gate.seed(&update(
        9,
        0,
        &[build::text(Place::Root("title"), &"a".repeat(500))],
        &[],
    ))
    .unwrap();
    assert!(
        gate.check(
            &update(10, 0, &[build::text(Place::Left(9, 0), "b")], &[(9, 0, 2)]),
            Writer::Person
        )
        .is_ok()
    );
    assert!(
        gate.check(
            &update(10, 0, &[build::text(Place::Left(9, 0), "b")], &[]),
            Writer::Person
        )
        .is_err()
    );
}

/// [G-18]
#[test]
fn updates_and_pages_have_a_size() {
    let mut gate = page(0x1_0000 - 2);
    let limits = *gate.schema().limits();
    let huge = update(
        10,
        0,
        &[build::text(
            Place::Left(9, 2),
            &"a".repeat(limits.update_bytes),
        )],
        &[],
    );
    assert!(matches!(
        refused(&gate, &huge),
        RefusedReason::UpdateTooLarge { .. }
    ));
    let large = "a".repeat(limits.update_bytes - 100);
    for client in 10..17 {
        let_in(
            &mut gate,
            &update(client, 0, &[build::text(Place::Left(9, 2), &large)], &[]),
        );
    }
    let more = update(20, 0, &[build::text(Place::Left(9, 2), &large)], &[]);
    assert_eq!(
        refused(&gate, &more),
        RefusedReason::PageTooLarge {
            limit: limits.document_bytes
        }
    );
    let room = update(
        20,
        0,
        &[build::text(Place::Left(9, 2), "a")],
        &[(10, 0, 1_000_000)],
    );
    let_in(&mut gate, &room);
    assert!(gate.bytes() < limits.document_bytes);
}

/// [G-19]
#[test]
fn stored_content_of_another_version_is_taken_but_not_extended() {
    let mut gate = Gate::new(schema());
    let stored = [
        build::element(Place::Root("body"), "futureNode"),
        item(Place::NodeKey(9, 0, "any"), 8, &[1, 117, 1, 126]),
        build::text_node(Place::Node(9, 0)),
        build::text(Place::Node(9, 2), "alt"),
        item(Place::Left(9, 5), 5, &[2, b'{', b'}']),
        item(Place::Node(9, 0), 7, &[1]),
        build::text(Place::Root("text:future"), "x"),
        item(Place::RootKey("meta", "kind"), 8, &[1, 120]),
        item(Place::RootKey("future", "list"), 7, &[0]),
    ];
    gate.seed(&update(9, 0, &stored, &[])).unwrap();
    // Its text may be edited, it may be deleted, something known may stand beside it.
    let_in(
        &mut gate,
        &update(10, 0, &[build::text(Place::Left(9, 5), "er")], &[]),
    );
    let_in(
        &mut gate,
        &update(
            11,
            0,
            &[build::element(Place::Left(9, 0), "paragraph")],
            &[(9, 0, 7)],
        ),
    );
    for place in [
        Place::Node(9, 0),
        Place::NodeKey(9, 0, "any"),
        Place::Node(9, 7),
    ] {
        let bytes = update(12, 0, &[build::element(place, "paragraph")], &[]);
        assert!(matches!(
            refused(&gate, &bytes),
            RefusedReason::Content { .. }
        ));
    }
    let future = update(12, 0, &[build::text(Place::Left(9, 8), "y")], &[]);
    assert!(matches!(
        refused(&gate, &future),
        RefusedReason::Content { .. }
    ));
}

/// [G-19]
#[test]
fn a_stored_document_with_a_hole_is_no_document() {
    let mut gate = Gate::new(schema());
    assert!(
        gate.seed(&update(9, 3, &[build::forgotten(1)], &[]))
            .is_err()
    );
    assert!(gate.seed(&[1, 1, 9]).is_err());
    assert_eq!(gate.state_vector().count(), 0);
}

/// [G-20]
#[test]
fn an_update_changes_something_if_content_or_a_deletion_is_new() {
    let mut gate = page(5);
    let none = |bytes: &[u8], gate: &Gate| !gate.check(bytes, Writer::Person).unwrap().changes();
    assert!(none(&[0, 0], &gate));
    let deletion = build::deletion(&[(9, 3, 5)]);
    assert!(!none(&deletion, &gate));
    let_in(&mut gate, &deletion);
    assert!(none(&deletion, &gate));
    assert!(none(&build::deletion(&[(9, 4, 5)]), &gate));
    assert!(!none(&build::deletion(&[(9, 3, 6)]), &gate));
    gate.note_deleted(9, &[(5, 6)]);
    assert!(none(&build::deletion(&[(9, 3, 6)]), &gate));
    gate.note_deleted(9, &[(0, u64::MAX)]);
    assert!(none(&build::deletion(&[(9, 0, 7)]), &gate));
    gate.note_deleted(77, &[(0, 1)]);
}

/// [G-20]
#[test]
fn many_deletions_noted_at_once_are_those_and_no_others() {
    let mut gate = page(40);
    let every_third: Vec<(u64, u64)> = (0..12).map(|i| (i * 3 + 4, i * 3 + 5)).collect();
    let bytes = gate.bytes();
    gate.note_deleted(9, &every_third);
    assert_eq!(gate.bytes(), bytes - 12, "twelve letters are gone");
    gate.note_deleted(9, &every_third);
    assert_eq!(gate.bytes(), bytes - 12, "they go once");
    for clock in 3..40 {
        let deletion = build::deletion(&[(9, clock, clock + 1)]);
        let changes = gate.check(&deletion, Writer::Person).unwrap().changes();
        assert_eq!(changes, clock % 3 != 1, "{clock}");
    }
}

/// [G-23]
#[test]
fn a_day_of_typing_takes_few_entries() {
    let mut gate = page(1);
    let mut clock = 3;
    for keystroke in 0..260_000_u32 {
        let bytes = update(
            9,
            clock,
            &[build::text(Place::Left(9, clock - 1), "a")],
            &[],
        );
        clock += 1;
        let_in(&mut gate, &bytes);
        if keystroke % 10 == 9 {
            let_in(&mut gate, &build::deletion(&[(9, clock - 1, clock)]));
        }
    }
    assert!(gate.entries() < 30_000, "{}", gate.entries());
    assert!(gate.bytes() < 300_000, "{}", gate.bytes());
    let all = build::deletion(&[(9, 0, clock)]);
    let_in(&mut gate, &all);
    assert!(gate.entries() < 20, "{}", gate.entries());
    assert!(gate.bytes() < 200, "{}", gate.bytes());
}
