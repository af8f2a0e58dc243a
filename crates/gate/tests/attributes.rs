//! Attributes of the schema's nodes: what each type and format takes, and what it does not.

use denkraum_gate::{Gate, RefusedReason, Writer};

#[cfg(test)]
mod common;

use common::build::{self, Place, item, number, update};
use common::{refused, schema};

/// The way from the body to an element that may hold the last one.
const HOLDERS: [(&str, &[&str]); 6] = [
    ("taskItem", &["taskList"]),
    ("tableRow", &["table"]),
    ("tableCell", &["table", "tableRow"]),
    ("tableHeader", &["table", "tableRow"]),
    ("footnote", &["paragraph"]),
    ("listItem", &["bulletList"]),
];

fn text(text: &str) -> Vec<u8> {
    let mut value = vec![1, 119];
    number(&mut value, text.len() as u64);
    value.extend_from_slice(text.as_bytes());
    value
}

/// A whole number, below 64 or as a floating point number.
fn whole(value: u16) -> Vec<u8> {
    match u8::try_from(value) {
        Ok(small) if small < 64 => vec![1, 125, small],
        _ => [&[1, 123][..], &f64::from(value).to_be_bytes()].concat(),
    }
}

fn list(values: &[u16]) -> Vec<u8> {
    let mut bytes = vec![1, 117];
    number(&mut bytes, values.len() as u64);
    for value in values {
        bytes.extend(whole(*value).into_iter().skip(1));
    }
    bytes
}

/// The node inside what may hold it, and the clock of the node.
fn standing(name: &str) -> (Vec<Vec<u8>>, u32) {
    let way = HOLDERS.iter().find(|(node, _)| *node == name);
    let mut structs = Vec::new();
    let mut last = 0;
    for (clock, part) in (0..).zip(way.map_or(&[][..], |(_, way)| way).iter().chain([&name])) {
        let place = match clock {
            0 => Place::Root("body"),
            _ => Place::Node(9, last),
        };
        structs.push(build::element(place, part));
        last = clock;
    }
    (structs, last)
}

/// An update with the node in its place and one attribute.
fn node(name: &str, key: &str, value: &[u8]) -> Vec<u8> {
    let (mut structs, last) = standing(name);
    structs.push(item(Place::NodeKey(9, last, key), 8, value));
    update(9, 0, &structs, &[])
}

/// [G-12]
#[test]
fn an_attribute_takes_what_its_type_and_format_say() {
    let gate = Gate::new(schema());
    for (name, key, value) in [
        ("taskItem", "checked", vec![1, 120]),
        ("taskItem", "checked", vec![1, 121]),
        ("taskItem", "person", text("Jugendamt Pankow")),
        ("taskItem", "person", text(&"ä".repeat(120))),
        ("taskItem", "due", text("2024-02-29")),
        ("tableCell", "colspan", whole(50)),
        ("tableHeader", "rowspan", whole(500)),
        ("tableHeader", "colwidth", list(&[10, 4000])),
        ("tableCell", "colwidth", list(&[100; 50])),
        ("callout", "tone", text("tip")),
        ("codeBlock", "language", text("rust")),
        ("familyVoice", "method", text("Gespräch")),
        ("familyVoice", "consent", text("spoken")),
        ("familyVoice", "month", text("2024-03")),
        ("agreement", "who", text("Koordination Pankow")),
        ("agreement", "until", text("2024-06-30")),
    ] {
        let update = node(name, key, &value);
        assert!(gate.check(&update, Writer::Person).is_ok(), "{name} {key}");
    }
}

/// [G-12]
#[test]
fn an_attribute_refuses_everything_else() {
    let gate = Gate::new(schema());
    for (name, key, value) in [
        ("taskItem", "checked", text("true")),
        ("taskItem", "checked", whole(1)),
        ("taskItem", "checked", vec![1, 126]),
        ("taskItem", "person", text(&"ä".repeat(121))),
        ("taskItem", "person", list(&[10])),
        ("taskItem", "due", text("2023-02-29")),
        ("taskItem", "due", text("2024-02-29T10:00")),
        ("taskItem", "due", text("bald")),
        ("taskItem", "onclick", text("x")),
        ("tableCell", "colspan", whole(0)),
        ("tableCell", "colspan", whole(51)),
        ("tableCell", "rowspan", whole(501)),
        ("tableCell", "colspan", list(&[10])),
        ("tableCell", "colwidth", whole(10)),
        ("tableCell", "colwidth", list(&[9])),
        ("tableCell", "colwidth", list(&[4001])),
        ("tableCell", "colwidth", list(&[100; 51])),
        ("tableCell", "colwidth", vec![1, 117, 1, 119, 1, b'x']),
        ("tableCell", "colwidth", vec![1, 117, 1, 117, 1, 125, 10]),
        ("tableRow", "colspan", whole(1)),
        ("callout", "tone", text("danger")),
        ("callout", "tone", text("")),
        ("callout", "tone", text("Tip")),
        ("codeBlock", "language", text(&"x".repeat(41))),
        ("familyVoice", "consent", text("yes")),
        ("familyVoice", "month", text("2024-13")),
        ("familyVoice", "month", text("2024-03-01")),
        ("agreement", "until", text("2024-06")),
        ("agreement", "until", vec![1, 120]),
        ("footnote", "number", whole(1)),
        ("collapsible", "open", vec![1, 120]),
    ] {
        let update = node(name, key, &value);
        assert!(
            matches!(refused(&gate, &update), RefusedReason::Attribute { .. }),
            "{name} {key} {value:?}"
        );
    }
}

/// [G-10]
#[test]
fn parts_of_lists_and_tables_stand_only_in_them() {
    let gate = Gate::new(schema());
    for (parent, child) in [
        ("bulletList", "taskItem"),
        ("taskList", "listItem"),
        ("taskList", "paragraph"),
        ("table", "tableCell"),
        ("table", "paragraph"),
        ("tableRow", "tableRow"),
        ("paragraph", "callout"),
        ("codeBlock", "hardBreak"),
        ("codeBlock", "footnote"),
        ("footnote", "footnote"),
        ("footnote", "pageLink"),
        ("callout", "footnote"),
    ] {
        let (mut structs, last) = standing(parent);
        assert!(
            gate.check(&update(9, 0, &structs, &[]), Writer::Person)
                .is_ok()
        );
        structs.push(build::element(Place::Node(9, last), child));
        assert!(
            matches!(
                refused(&gate, &update(9, 0, &structs, &[])),
                RefusedReason::Node { .. }
            ),
            "{child} in {parent}"
        );
    }
}

/// [G-11]
#[test]
fn code_blocks_and_footnotes_hold_marked_text() {
    let gate = Gate::new(schema());
    for name in ["codeBlock", "footnote"] {
        let (mut structs, last) = standing(name);
        structs.push(build::text_node(Place::Node(9, last)));
        let mut mark = vec![9];
        mark.extend_from_slice(b"highlight\x02{}");
        structs.push(item(Place::Node(9, last + 1), 6, &mark));
        structs.push(build::text(Place::Left(9, last + 2), "abc"));
        let update = update(9, 0, &structs, &[]);
        assert!(gate.check(&update, Writer::Person).is_ok(), "{name}");
    }
}
