//! One page after the other: nothing honest is refused or held, and yrs reads what Yjs reads.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail, ensure};
use denkraum_gate::{FieldShape, Gate, ScalarType, Schema, Writer};
use yrs::updates::decoder::Decode as _;
use yrs::{ClientID, Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, Update};

use crate::reading::reading;
use crate::stream;

/// What was looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) pages: u64,
    pub(crate) updates: u64,
    pub(crate) readings: u64,
    pub(crate) restarts: u64,
    pub(crate) restores: u64,
}

/// The page's schema with the fields that the recordings fill in.
pub(crate) fn schema() -> Result<Arc<Schema>> {
    let one_of = |choices: &[&str]| {
        FieldShape::Scalar(ScalarType::OneOf {
            choices: choices.iter().map(ToString::to_string).collect(),
        })
    };
    let schema = Schema::from_json(include_str!("../../../data/schema/page.json"))?;
    Ok(Arc::new(
        schema
            .with_field("summary", FieldShape::Text)
            .with_field("status", one_of(&["idea", "tried"]))
            .with_field("date", FieldShape::Scalar(ScalarType::Date))
            .with_field("count", FieldShape::Scalar(ScalarType::Number))
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
                    parts: vec![("role".to_owned(), FieldShape::Text)],
                },
            ),
    ))
}

/// A document as the server has it.
fn document() -> Doc {
    Doc::with_options(Options {
        client_id: ClientID::new(1),
        offset_kind: OffsetKind::Utf16,
        cleanup_formatting: false,
        ..Options::default()
    })
}

fn apply(doc: &Doc, update: &[u8]) -> Result<()> {
    let update = Update::decode_v1(update).context("yrs cannot read it")?;
    doc.transact_mut()
        .apply_update(update)
        .context("yrs cannot apply it")?;
    ensure!(
        !doc.transact().has_missing_updates(),
        "yrs misses something before it"
    );
    Ok(())
}

/// The server's side of one page.
struct Page {
    schema: Arc<Schema>,
    gate: Gate,
    doc: Doc,
    /// The updates of people, to be repeated in another order.
    updates: Vec<Vec<u8>>,
}

impl Page {
    fn new(schema: &Arc<Schema>) -> Self {
        Self {
            schema: Arc::clone(schema),
            gate: Gate::new(Arc::clone(schema)),
            doc: document(),
            updates: Vec::new(),
        }
    }

    fn take(&mut self, update: &[u8], writer: Writer) -> Result<()> {
        let admission = self.gate.check(update, writer);
        let admission =
            admission.map_err(|err| anyhow::anyhow!("the gate does not take it: {err:?}"))?;
        self.gate.admit(admission);
        apply(&self.doc, update)?;
        ensure!(
            self.clocks() == self.gate.state_vector().collect(),
            "gate and yrs know different clocks"
        );
        Ok(())
    }

    fn clocks(&self) -> BTreeMap<u64, u64> {
        let vector = self.doc.transact().state_vector();
        vector
            .iter()
            .map(|(client, clock)| (client.get(), u64::from(*clock)))
            .collect()
    }

    fn state(&self) -> Vec<u8> {
        self.doc
            .transact()
            .encode_state_as_update_v1(&StateVector::default())
    }

    /// Goes on with this document, and with nothing else.
    fn start_on(&mut self, state: &[u8]) -> Result<()> {
        self.gate = Gate::new(Arc::clone(&self.schema));
        self.gate
            .seed(state)
            .map_err(|err| anyhow::anyhow!("a stored document: {err:?}"))?;
        self.doc = document();
        apply(&self.doc, state)
    }
}

/// Checks a recording; writes each page's document as yrs encodes it.
pub(crate) fn check(input: &mut impl Read, output: &mut impl Write) -> Result<Counts> {
    let schema = schema()?;
    let (mut page, mut name) = (Page::new(&schema), String::new());
    let mut counts = Counts::default();
    while let Some((sort, bytes)) = stream::read(input)? {
        let taken = match sort {
            stream::PAGE => {
                page = Page::new(&schema);
                name = String::from_utf8_lossy(&bytes).into_owned();
                counts.pages += 1;
                stream::write(output, stream::PAGE, &bytes)?;
                Ok(())
            }
            stream::SERVER | stream::PERSON => {
                counts.updates += 1;
                let is_server = sort == stream::SERVER;
                let writer = if is_server {
                    Writer::Server
                } else {
                    Writer::Person
                };
                let taken = page.take(&bytes, writer).with_context(|| shown(&bytes));
                page.updates.push(bytes);
                taken
            }
            stream::READING => {
                counts.readings += 1;
                read_back(&page, &bytes, output)
            }
            stream::AGAIN => again(&schema, &mut page, &bytes),
            stream::RESTORED => {
                counts.restores += 1;
                page.start_on(&bytes)
            }
            stream::RESTARTED => {
                counts.restarts += 1;
                let state = page.state();
                page.start_on(&state)
            }
            other => bail!("{other} is no sort"),
        };
        taken.with_context(|| format!("seed {name}, update {}", page.updates.len()))?;
    }
    Ok(counts)
}

/// yrs says what Yjs says, also after it was stored and loaded.
fn read_back(page: &Page, expected: &[u8], output: &mut impl Write) -> Result<()> {
    let expected = String::from_utf8_lossy(expected);
    let state = page.state();
    let stored = document();
    apply(&stored, &state)?;
    for doc in [&page.doc, &stored] {
        let found = reading(doc);
        ensure!(
            found == expected,
            "yrs reads\n{found}\nYjs reads\n{expected}"
        );
    }
    stream::write(output, stream::READING, expected.as_bytes())?;
    stream::write(output, stream::STATE, &state)?;
    Ok(())
}

/// Begins the same page again, in another order if there is one.
fn again(schema: &Arc<Schema>, page: &mut Page, order: &[u8]) -> Result<()> {
    let updates = std::mem::take(&mut page.updates);
    *page = Page::new(schema);
    let order: Vec<usize> = serde_json::from_slice(order)?;
    for turn in order {
        let update = updates.get(turn).context("an order of something else")?;
        page.take(update, Writer::Person)
            .with_context(|| format!("in another order, update {turn}"))?;
    }
    page.updates = updates;
    Ok(())
}

fn shown(update: &[u8]) -> String {
    let mut hex = String::with_capacity(2 * update.len());
    for byte in update {
        // Writing to a string never fails.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
