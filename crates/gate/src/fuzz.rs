//! Mutated updates of real editors: none makes the gate panic, and what it lets in keeps what must
//! always hold, in the gate and in the engine behind it.

use std::collections::BTreeMap;
use std::sync::Arc;

use yrs::types::text::YChange;
use yrs::updates::decoder::Decode;
use yrs::{
    Any, Doc, GetString, OffsetKind, Options, Out, ReadTxn, StateVector, Text, Transact, Update,
    Xml, XmlElementRef, XmlFragment, XmlOut, XmlTextRef,
};

use crate::gate::{GONE, Holder, Node};
use crate::known::Kind;
use crate::{FieldShape, Gate, ScalarType, Schema, Writer};

/// How many mutants a run of the tests tries.
const MUTANTS: u32 = 400_000;
/// How many a long run tries.
const MANY_MUTANTS: u32 = 20_000_000;

/// xorshift64*: a seed repeats a run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 16).unwrap() % end.max(1)
    }

    fn byte(&mut self) -> u8 {
        self.next().to_be_bytes()[0]
    }
}

/// A page at some moment, and the updates that came after it.
struct Moment {
    gate: Gate,
    state: Vec<u8>,
    next: Vec<Vec<u8>>,
}

/// [G-24]
#[test]
fn mutants_never_panic_and_what_is_let_in_can_be_applied() {
    run(0x9e37_79b9_7f4a_7c15, MUTANTS);
}

#[test]
#[ignore = "takes minutes; for whoever changes a rule"]
fn many_mutants_never_panic() {
    run(0x1234_5678_9abc_def1, MANY_MUTANTS);
}

fn run(seed: u64, mutants: u32) {
    let moments = moments();
    let mut random = Random(seed);
    let (mut tried, mut let_in) = (0, 0);
    while tried < mutants {
        let moment = &moments[random.below(moments.len())];
        let mut gate = moment.gate.clone();
        let mut document = None;
        for _ in 0..800 {
            let donor = &moments[random.below(moments.len())];
            let mutant = mutate(moment, donor, &mut random);
            tried += 1;
            let Ok(admission) = gate.check(&mutant, Writer::Person) else {
                continue;
            };
            if !admission.changes() {
                continue;
            }
            let before: BTreeMap<_, _> = gate.state_vector().collect();
            gate.admit(admission);
            holds(&gate, &before);
            let document = document.get_or_insert_with(|| open(&moment.state));
            apply(document, &mutant);
            let_in += 1;
        }
        if let Some(document) = document {
            agree(&gate, &document);
            // What is left can be stored and opened again.
            let state = encode(&document);
            let mut seeded = Gate::new(schema());
            seeded.seed(&state).unwrap();
            holds(&seeded, &BTreeMap::new());
            agree(&seeded, &open(&state));
        }
    }
    println!("{let_in} of {tried} mutants were let in");
    assert!(
        let_in > 2_000,
        "only {let_in} of {tried} mutants were let in"
    );
}

/// The same for stored bytes: damage is an error, never a panic.
#[test]
fn damaged_stored_documents_never_panic() {
    let moments = moments();
    let mut random = Random(7);
    for _ in 0..40_000 {
        let moment = &moments[random.below(moments.len())];
        let donor = &moments[random.below(moments.len())];
        let mut gate = moment.gate.clone();
        let before = gate.state_vector().collect();
        let mutant = mutate(moment, donor, &mut random);
        if gate.seed(&mutant).is_ok() {
            grows(&gate, &before);
        }
    }
}

fn schema() -> Arc<Schema> {
    let choices = ["idea", "tried"].map(str::to_owned).to_vec();
    let schema = Schema::from_json(include_str!("../../../data/schema/page.json")).unwrap();
    Arc::new(
        schema
            .with_field("summary", FieldShape::Text)
            .with_field("status", FieldShape::Scalar(ScalarType::OneOf { choices }))
            .with_field("date", FieldShape::Scalar(ScalarType::Date))
            .with_field("count", FieldShape::Scalar(ScalarType::Number)),
    )
}

fn moments() -> Vec<Moment> {
    let mut moments: Vec<Moment> = Vec::new();
    let (mut gate, mut document) = (Gate::new(schema()), open(&[0, 0]));
    for (number, line) in include_str!("../tests/data/honest.txt").lines().enumerate() {
        let Some((writer, bytes)) = line.split_once(' ').filter(|(word, _)| *word != "#") else {
            (gate, document) = (Gate::new(schema()), open(&[0, 0]));
            continue;
        };
        let bytes = hex::decode(bytes).unwrap();
        if writer == "state" {
            continue;
        }
        if number % 23 == 0 {
            let state = encode(&document);
            // Every other moment is that of a room opened again.
            let gate = if number % 2 == 0 {
                gate.clone()
            } else {
                let mut seeded = Gate::new(schema());
                seeded.seed(&state).unwrap();
                seeded
            };
            moments.push(Moment {
                gate,
                state,
                next: Vec::new(),
            });
        }
        if let Some(last) = moments.last_mut() {
            last.next.push(bytes.clone());
        }
        gate.seed(&bytes).unwrap();
        apply(&document, &bytes);
    }
    moments
}

fn mutate(moment: &Moment, donor: &Moment, random: &mut Random) -> Vec<u8> {
    let mut bytes = moment.next[random.below(moment.next.len().min(8))].clone();
    let other = &donor.next[random.below(donor.next.len())];
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        let Some(&byte) = bytes.get(at) else { break };
        let end = (at + 1 + random.below(9)).min(bytes.len());
        match random.below(10) {
            0 => bytes[at] = random.byte(),
            1 => bytes[at] ^= 1 << random.below(8),
            2 => bytes[at] = byte.wrapping_add(1),
            3 => bytes[at] = byte.wrapping_sub(1),
            4 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff, 0x84, 0x47, 0xc4, 0xc6][random.below(9)],
            5 => drop(bytes.drain(at..end)),
            6 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            7 => {
                let from = random.below(other.len());
                let to = (from + 1 + random.below(16)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            8 => bytes.truncate(at),
            // One number less before, one more behind: keeps many messages well-formed.
            _ => {
                let to = random.below(bytes.len());
                bytes.swap(at, to);
            }
        }
    }
    bytes
}

/// What must hold of the gate whatever was let in.
fn holds(gate: &Gate, before: &BTreeMap<u64, u64>) {
    grows(gate, before);
    let limits = gate.schema().limits();
    let mut units: BTreeMap<u32, u32> = BTreeMap::new();
    let mut last = None;
    for (id, client, stretch) in gate.stretches() {
        let follows = last.is_none_or(|(last, _)| last != id);
        let from = if follows {
            0
        } else {
            last.map_or(0, |(_, end)| end)
        };
        assert_eq!(stretch.start, from, "a hole");
        assert!(stretch.start < stretch.end);
        last = Some((id, stretch.end));
        assert_eq!(stretch.parent == GONE, stretch.kind == Kind::Gone);
        let parent = gate.nodes()[stretch.parent as usize];
        assert_eq!(
            stretch.key != crate::known::NO_KEY,
            keyed(parent, stretch.key)
        );
        let mut alive = stretch.end - stretch.start;
        client
            .deleted
            .missing(stretch.start, stretch.end, |_, _| {});
        for (start, end) in client.deleted.iter() {
            assert!(start < end && end <= client.clock());
            alive -= end
                .min(stretch.end)
                .saturating_sub(start.max(stretch.start));
        }
        match stretch.kind {
            Kind::Gone | Kind::Deleted => assert_eq!(alive, 0),
            Kind::Leaf => *units.entry(stretch.parent).or_default() += alive,
            Kind::Node(index) => {
                let node = gate.nodes()[index as usize];
                assert_eq!(node.depth, parent.depth + 1);
                assert_eq!(stretch.end - stretch.start, 1);
                stands(gate.schema(), parent, node);
            }
        }
    }
    for (index, node) in gate.nodes().iter().enumerate() {
        let units = units
            .get(&u32::try_from(index).unwrap())
            .copied()
            .unwrap_or(0);
        match node.holder {
            Holder::Title => assert!(node.units == units && units <= limits.title_units),
            Holder::Field => assert!(node.units == units && units <= limits.text_units),
            _ => assert_eq!(node.units, 0),
        }
    }
}

fn grows(gate: &Gate, before: &BTreeMap<u64, u64>) {
    let after: BTreeMap<_, _> = gate.state_vector().collect();
    assert!(
        before
            .iter()
            .all(|(client, clock)| after.get(client) >= Some(clock))
    );
}

fn keyed(parent: Node, key: u32) -> bool {
    match parent.holder {
        Holder::Values | Holder::Meta => true,
        Holder::Element(_) => key != crate::known::NO_KEY,
        _ => false,
    }
}

fn stands(schema: &Schema, parent: Node, node: Node) {
    match (parent.holder, node.holder) {
        (Holder::Element(outer), Holder::TextNode) => assert!(schema.rule(outer).unwrap().text),
        (Holder::Body, Holder::Element(inner)) => assert!(schema.body[usize::from(inner)]),
        (Holder::Element(outer), Holder::Element(inner)) => {
            assert!(schema.rule(outer).unwrap().children[usize::from(inner)]);
            assert!(node.depth <= schema.limits().depth);
        }
        pair => panic!("{pair:?}"),
    }
}

fn open(state: &[u8]) -> Doc {
    let document = Doc::with_options(Options {
        offset_kind: OffsetKind::Utf16,
        ..Options::default()
    });
    apply(&document, state);
    document
}

fn apply(document: &Doc, update: &[u8]) {
    let update = Update::decode_v1(update).unwrap();
    document.transact_mut().apply_update(update).unwrap();
}

fn encode(document: &Doc) -> Vec<u8> {
    document
        .transact()
        .encode_state_as_update_v1(&StateVector::default())
}

/// The engine has what the gate knows, nothing waits in it, and its content fits the schema.
fn agree(gate: &Gate, document: &Doc) {
    let title = document.get_or_insert_text("title");
    let body = document.get_or_insert_xml_fragment("body");
    let values = document.get_or_insert_map("values");
    let reader = document.transact();
    assert!(!reader.has_missing_updates());
    let clocks: BTreeMap<u64, u64> = reader
        .state_vector()
        .iter()
        .map(|(id, clock)| (id.get(), u64::from(*clock)))
        .collect();
    assert_eq!(clocks, gate.state_vector().collect());
    let title = title.get_string(&reader).encode_utf16().count();
    assert!(title <= gate.schema().limits().title_units as usize);
    for (key, value) in yrs::Map::iter(&values, &reader) {
        assert!(gate.schema().field_key(key), "{key}");
        assert!(matches!(value, Out::Any(_)));
    }
    let mut open: Vec<(XmlOut, u16)> = body.children(&reader).map(|child| (child, 1)).collect();
    while let Some((node, depth)) = open.pop() {
        match node {
            XmlOut::Element(element) => {
                fits(gate.schema(), &reader, &element);
                assert!(depth <= gate.schema().limits().depth);
                open.extend(element.children(&reader).map(|child| (child, depth + 1)));
            }
            XmlOut::Text(text) => marks(gate.schema(), &reader, &text),
            XmlOut::Fragment(_) => panic!("a fragment inside the body"),
        }
    }
}

fn fits(schema: &Schema, reader: &impl ReadTxn, element: &XmlElementRef) {
    let node = schema.node(element.tag()).expect("a node of the schema");
    let rule = schema.rule(node).unwrap();
    for (name, value) in element.attributes(reader) {
        assert!(rule.attributes.contains_key(name), "{name}");
        let plain = match &value {
            Out::Any(Any::Array(numbers)) => numbers.iter().all(|n| matches!(n, Any::Number(_))),
            other => matches!(
                other,
                Out::Any(Any::String(_) | Any::Number(_) | Any::Bool(_))
            ),
        };
        assert!(plain, "{name}: {value:?}");
    }
}

fn marks(schema: &Schema, reader: &impl ReadTxn, text: &XmlTextRef) {
    for part in text.diff(reader, YChange::identity) {
        assert!(matches!(part.insert, Out::Any(Any::String(_))));
        for (name, value) in part
            .attributes
            .iter()
            .flat_map(|attributes| attributes.iter())
        {
            let known = schema.mark(name).expect("a mark of the schema");
            let Any::Map(entries) = value else {
                panic!("{name}: {value:?}")
            };
            assert!(entries.keys().all(|entry| known.contains_key(entry)));
        }
    }
}
