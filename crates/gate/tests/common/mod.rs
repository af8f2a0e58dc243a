//! What the tests of the gate share: the schema with some fields, the recording, a yrs document.

#![expect(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod build;

use std::collections::BTreeMap;
use std::sync::Arc;

use denkraum_gate::{
    FieldShape, Gate, HeldReason, RefusedReason, Rejection, ScalarType, Schema, Writer,
};
use yrs::updates::decoder::Decode;
use yrs::{Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, Update};

/// The page's schema with one field of each shape.
pub(crate) fn schema() -> Arc<Schema> {
    let status = ["idea", "tried"].map(str::to_owned).to_vec();
    let schema = Schema::from_json(include_str!("../../../../data/schema/page.json")).unwrap();
    Arc::new(
        schema
            .with_field("summary", FieldShape::Text)
            .with_field(
                "status",
                FieldShape::Scalar(ScalarType::OneOf { choices: status }),
            )
            .with_field("date", FieldShape::Scalar(ScalarType::Date))
            .with_field("count", FieldShape::Scalar(ScalarType::Number))
            .with_field("dates", FieldShape::Scalar(ScalarType::DateRange))
            .with_field(
                "share",
                FieldShape::Scalar(ScalarType::NumberWithin {
                    min: 0.0,
                    max: 100.0,
                }),
            )
            .with_field("next", FieldShape::Scalar(ScalarType::Page))
            .with_field("linked", FieldShape::Pages)
            .with_field(
                "criteria",
                FieldShape::NotedSet {
                    choices: vec!["setting".to_owned()],
                },
            )
            .with_field(
                "team",
                FieldShape::List {
                    parts: vec![
                        ("role".to_owned(), FieldShape::Text),
                        (
                            "department".to_owned(),
                            FieldShape::Scalar(ScalarType::OneOf {
                                choices: vec!["youth".to_owned()],
                            }),
                        ),
                    ],
                },
            ),
    )
}

/// A line of the recording.
pub(crate) enum Line {
    /// A new page follows.
    Page,
    /// The server received or made this.
    Update(Vec<u8>, Writer),
    /// The server's document at the end of a page.
    State(Vec<u8>),
}

/// The recording, with line numbers.
pub(crate) fn recorded() -> Vec<(usize, Line)> {
    #[expect(
        clippy::disallowed_methods,
        reason = "names a longer recording than the one kept"
    )]
    let text = match std::env::var("HONEST_UPDATES") {
        Ok(path) => std::fs::read_to_string(path).unwrap(),
        Err(_) => include_str!("../data/honest.txt").to_owned(),
    };
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#'))
        .map(|(index, line)| {
            let (word, bytes) = line.split_once(' ').unwrap_or((line, ""));
            let bytes = hex::decode(bytes).unwrap();
            let line = match word {
                "page" => Line::Page,
                "server" => Line::Update(bytes, Writer::Server),
                "person" => Line::Update(bytes, Writer::Person),
                "state" => Line::State(bytes),
                _ => panic!("line {} begins with {word}", index + 1),
            };
            (index + 1, line)
        })
        .collect()
}

/// Checks a person's update that must be let in, and admits it.
pub(crate) fn let_in(gate: &mut Gate, bytes: &[u8]) {
    let admission = gate.check(bytes, Writer::Person).unwrap();
    gate.admit(admission);
}

/// Why a person's update is held back; it must be.
pub(crate) fn held(gate: &Gate, bytes: &[u8]) -> HeldReason {
    match gate.check(bytes, Writer::Person) {
        Err(Rejection::Held(reason)) => reason,
        other => panic!("not held: {other:?}"),
    }
}

/// Why a person's update is refused; it must be.
pub(crate) fn refused(gate: &Gate, bytes: &[u8]) -> RefusedReason {
    match gate.check(bytes, Writer::Person) {
        Err(Rejection::Refused(reason)) => reason,
        other => panic!("not refused: {other:?}"),
    }
}

/// A page with a paragraph (9:0), its text node (9:1) and a text of `units` from 9:2 on.
pub(crate) fn page(units: usize) -> Gate {
    let mut gate = Gate::new(schema());
    let structs = [
        build::element(build::Place::Root("body"), "paragraph"),
        build::text_node(build::Place::Node(9, 0)),
        build::text(build::Place::Node(9, 1), &"a".repeat(units)),
    ];
    let_in(&mut gate, &build::update(9, 0, &structs, &[]));
    gate
}

/// A page as the room holds it.
pub(crate) struct Document(pub(crate) Doc);

impl Document {
    pub(crate) fn new() -> Self {
        let options = Options {
            offset_kind: OffsetKind::Utf16,
            ..Options::default()
        };
        Self(Doc::with_options(options))
    }

    pub(crate) fn apply(&mut self, update: &[u8]) {
        let update = Update::decode_v1(update).unwrap();
        self.0.transact_mut().apply_update(update).unwrap();
    }

    pub(crate) fn state(&self) -> Vec<u8> {
        self.0
            .transact()
            .encode_state_as_update_v1(&StateVector::default())
    }

    pub(crate) fn clocks(&self) -> BTreeMap<u64, u64> {
        let vector = self.0.transact().state_vector();
        vector
            .iter()
            .map(|(client, clock)| (client.get(), u64::from(*clock)))
            .collect()
    }
}
