//! The rules that need more than one update, or a look at what was let in.

use denkraum_gate::{Gate, HeldReason, RefusedReason, Writer};

#[cfg(test)]
mod common;

use common::build::{self, Place, item, update};
use common::{held, let_in, page, refused, schema};

/// [G-5]
#[test]
fn a_gap_is_held_until_what_is_missing_has_come() {
    let mut gate = page(3);
    let later = update(9, 6, &[build::text(Place::Left(9, 5), "c")], &[]);
    assert_eq!(
        held(&gate, &later),
        HeldReason::Gap {
            client: 9,
            known: 5,
            from: 6
        }
    );
    let_in(
        &mut gate,
        &update(9, 5, &[build::text(Place::Left(9, 4), "b")], &[]),
    );
    let_in(&mut gate, &later);
    assert_eq!(gate.state_vector().collect::<Vec<_>>(), [(9, 7)]);
}

/// [G-5]
#[test]
fn a_reference_to_something_unknown_is_held() {
    let mut gate = page(3);
    let reply = update(10, 0, &[build::text(Place::Left(9, 5), "c")], &[]);
    assert_eq!(
        held(&gate, &reply),
        HeldReason::UnknownReference {
            client: 9,
            clock: 5
        }
    );
    let deletion = update(10, 0, &[build::text(Place::Left(9, 4), "c")], &[(9, 4, 6)]);
    assert_eq!(
        held(&gate, &deletion),
        HeldReason::UnknownReference {
            client: 9,
            clock: 5
        }
    );
    let_in(
        &mut gate,
        &update(9, 5, &[build::text(Place::Left(9, 4), "b")], &[]),
    );
    let_in(&mut gate, &reply);
}

/// [G-5]
#[test]
fn a_struct_whose_known_part_stands_elsewhere_is_held() {
    let mut gate = page(3);
    let_in(
        &mut gate,
        &update(9, 5, &[build::text(Place::Root("title"), "b")], &[]),
    );
    let same = update(9, 5, &[build::text(Place::Root("title"), "bcd")], &[]);
    assert_eq!(
        gate.check(&same, Writer::Person).unwrap().clients(),
        [(9, 6, 8)]
    );
    let other = update(9, 5, &[build::text(Place::Left(9, 4), "bcd")], &[]);
    assert_eq!(held(&gate, &other), HeldReason::Overlap { client: 9 });
}

/// [G-6]
#[test]
fn clients_that_build_on_each_other_are_placed_in_any_order() {
    // 9 makes a paragraph, 20 its text node, 9 the text, 5 deletes from it and writes on.
    let nine = [
        build::element(Place::Root("body"), "paragraph"),
        build::text(Place::Node(20, 0), "abc"),
    ];
    let twenty = [build::text_node(Place::Node(9, 0))];
    let five = [build::text(Place::Between((9, 1), (9, 2)), "x")];
    let deleted = [(9, 2, 3)];
    let orders = [
        [(20, &twenty[..]), (9, &nine[..]), (5, &five[..])],
        [(5, &five[..]), (9, &nine[..]), (20, &twenty[..])],
        [(9, &nine[..]), (5, &five[..]), (20, &twenty[..])],
    ];
    for order in orders {
        let bytes = build::updates(
            &order.map(|(client, structs)| (client, 0, structs)),
            &deleted,
        );
        let mut gate = Gate::new(schema());
        let_in(&mut gate, &bytes);
        let mut clocks: Vec<_> = gate.state_vector().collect();
        clocks.sort_unstable();
        assert_eq!(clocks, [(5, 1), (9, 4), (20, 1)]);
    }
}

/// [G-8]
#[test]
fn what_stands_beside_something_forgotten_is_forgotten() {
    let mut gate = Gate::new(schema());
    // The stored document has forgotten a deleted paragraph of client 9.
    gate.seed(&update(9, 0, &[build::forgotten(10)], &[(9, 0, 10)]))
        .unwrap();
    let orphan = [
        build::text(Place::Left(9, 9), "abc"),
        build::element(Place::Node(9, 0), "paragraph"),
        build::text_node(Place::Node(10, 3)),
    ];
    let_in(&mut gate, &update(10, 0, &orphan, &[]));
    let reply = [build::text(Place::Left(10, 2), "abc")];
    let_in(&mut gate, &update(11, 0, &reply, &[]));
    // It is deleted from the start, so naming it deleted is no news.
    let again = update(11, 0, &reply, &[(10, 0, 5), (11, 0, 3)]);
    assert!(!gate.check(&again, Writer::Person).unwrap().changes());
}

/// [G-8]
#[test]
fn neighbours_in_two_texts_are_refused() {
    let mut gate = page(3);
    let second = [
        build::text_node(Place::Left(9, 1)),
        build::text(Place::Node(10, 0), "b"),
    ];
    let_in(&mut gate, &update(10, 0, &second, &[]));
    let torn = update(
        11,
        0,
        &[build::text(Place::Between((9, 4), (10, 1)), "x")],
        &[],
    );
    assert!(matches!(refused(&gate, &torn), RefusedReason::Torn { .. }));
}

/// [G-10]
#[test]
fn the_depth_counts_what_is_already_there() {
    let mut gate = Gate::new(schema());
    let limit = u32::from(gate.schema().limits().depth);
    let mut deep = vec![build::element(Place::Root("body"), "blockquote")];
    deep.extend((1..limit - 1).map(|i| build::element(Place::Node(9, i - 1), "blockquote")));
    let_in(&mut gate, &update(9, 0, &deep, &[]));
    let last = update(
        10,
        0,
        &[build::element(Place::Node(9, limit - 2), "paragraph")],
        &[],
    );
    let_in(&mut gate, &last);
    let text = [
        build::text_node(Place::Node(10, 0)),
        build::text(Place::Node(11, 0), "a"),
    ];
    let_in(&mut gate, &update(11, 0, &text, &[]));
    let beside = update(
        12,
        0,
        &[build::element(Place::Left(10, 0), "blockquote")],
        &[],
    );
    let_in(&mut gate, &beside);
    let below = update(
        13,
        0,
        &[build::element(Place::Node(12, 0), "paragraph")],
        &[],
    );
    assert!(matches!(
        refused(&gate, &below),
        RefusedReason::Depth { limit: 32, .. }
    ));
}

/// [G-12] An editor that keeps what it may undo sends an attribute's earlier values merged.
#[test]
fn earlier_values_of_an_attribute_come_along() {
    let mut gate = Gate::new(schema());
    let heading = build::element(Place::Root("body"), "heading");
    let levels = item(Place::NodeKey(9, 0, "level"), 8, &[2, 125, 1, 125, 2]);
    let third = item(Place::Left(9, 2), 8, &[1, 125, 3]);
    let_in(
        &mut gate,
        &update(9, 0, &[heading, levels, third], &[(9, 1, 3)]),
    );
    let beside = update(10, 0, &[item(Place::Left(9, 3), 8, &[1, 125, 4])], &[]);
    assert!(matches!(
        refused(&gate, &beside),
        RefusedReason::Attribute { .. }
    ));
}

/// [G-15]
#[test]
fn fields_take_only_their_values() {
    let gate = Gate::new(schema());
    let text = |text: &str| {
        [
            &[1, 119, u8::try_from(text.len()).unwrap()],
            text.as_bytes(),
        ]
        .concat()
    };
    let field =
        |key, value: &[u8]| update(9, 0, &[item(Place::RootKey("values", key), 8, value)], &[]);
    for (key, value) in [
        ("status", text("idea")),
        ("date", text("2024-02-29")),
        ("count", vec![1, 125, 5]),
        ("tags=Frühe Hilfen", vec![1, 120]),
        ("dates", text("2024-02-28/2024-02-29")),
        ("dates", text("2024-02-29")),
        ("share", vec![1, 125, 5]),
        ("share", vec![1, 124, 0x3f, 0, 0, 0]),
        ("next", text("01jd0000000000000000000000")),
        ("linked=01jd0000000000000000000000", vec![1, 120]),
        ("criteria=setting", vec![1, 120]),
        ("team/0a1b2c3d/order", text("n")),
        ("team/0a1b2c3d/department", text("youth")),
    ] {
        assert!(
            gate.check(&field(key, &value), Writer::Person).is_ok(),
            "{key}"
        );
    }
    for (key, value) in [
        ("status", text("done")),
        ("status", vec![1, 120]),
        ("status=idea", vec![1, 120]),
        ("date", text("2023-02-29")),
        ("count", text("5")),
        ("count", vec![1, 124, 0x7f, 0x80, 0, 0]),
        ("summary", text("a text field is a root")),
        ("tags", vec![1, 120]),
        ("tags=a", vec![1, 126]),
        ("dates", text("2024-02-29/2024-02-28")),
        ("dates=2024-02-29", vec![1, 120]),
        ("share", vec![1, 125, 0xa5, 1]),
        ("share", vec![1, 125, 0x45]),
        ("next", text("nowhere")),
        ("next=01jd0000000000000000000000", vec![1, 120]),
        ("linked", text("01jd0000000000000000000000")),
        ("linked=nowhere", vec![1, 120]),
        ("criteria=costs", vec![1, 120]),
        ("criteria", vec![1, 120]),
        ("criteria/setting", text("a text field is a root")),
        ("team", text("a list has no value")),
        ("team/0a1b2c3d", text("nor has an entry")),
        ("team/0a1b2c3d/role", text("a text field is a root")),
        ("team/0a1b2c3d/department", text("fire")),
        ("team/0a1b2c3d/department=youth", vec![1, 120]),
        ("team/0a1b2c3d/name", text("no such part")),
        ("team/0a1b2c3d/order", text("N")),
        ("team/short/order", text("n")),
        ("team/0A1B2C3D/order", text("n")),
        ("team/0a1b2c3d/order/order", text("n")),
        ("status/0a1b2c3d/order", text("n")),
    ] {
        assert!(
            matches!(
                refused(&gate, &field(key, &value)),
                RefusedReason::Field { .. }
            ),
            "{key}"
        );
    }
}

/// [G-15]
#[test]
fn text_roots_are_those_of_text_fields_noted_choices_and_parts() {
    let gate = Gate::new(schema());
    let root = |name| update(9, 0, &[build::text(Place::Root(name), "Wort")], &[]);
    for name in [
        "text:summary",
        "text:criteria/setting",
        "text:team/0a1b2c3d/role",
    ] {
        assert!(gate.check(&root(name), Writer::Person).is_ok(), "{name}");
    }
    for name in [
        "text:status",
        "text:criteria",
        "text:criteria/costs",
        "text:criteria/setting/setting",
        "text:team",
        "text:team/role",
        "text:team/0a1b2c3d",
        "text:team/0a1b2c3d/order",
        "text:team/0a1b2c3d/department",
        "text:team/x/role",
        "text:tags/a",
    ] {
        assert!(
            matches!(refused(&gate, &root(name)), RefusedReason::Root { .. }),
            "{name}"
        );
    }
}

/// [G-16]
#[test]
fn only_the_server_writes_meta() {
    let mut gate = Gate::new(schema());
    let kind = item(
        Place::RootKey("meta", "kind"),
        8,
        &[1, 119, 4, b'p', b'a', b'g', b'e'],
    );
    let bytes = update(9, 0, &[kind], &[]);
    assert!(matches!(refused(&gate, &bytes), RefusedReason::Root { .. }));
    let admission = gate.check(&bytes, Writer::Server).unwrap();
    gate.admit(admission);
    // Through a neighbour it is the same root.
    let over = update(10, 0, &[item(Place::Left(9, 0), 8, &[1, 120])], &[]);
    assert!(matches!(refused(&gate, &over), RefusedReason::Root { .. }));
    assert!(gate.check(&over, Writer::Server).is_ok());
    let nested = update(10, 0, &[item(Place::Left(9, 0), 7, &[6])], &[]);
    assert!(gate.check(&nested, Writer::Server).is_err());
}
