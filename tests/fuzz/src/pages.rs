//! Pages at some moment, and what real editors wrote next: a recording.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use denkraum_gate::{FieldShape, Gate, ScalarType, Schema, split};
use yrs::updates::decoder::Decode as _;
use yrs::{Doc, OffsetKind, Options, ReadTxn as _, StateVector, Transact as _, Update};

const RECORDING: &str = include_str!("../../../crates/gate/tests/data/honest.txt");
const SCHEMA: &str = include_str!("../../../data/schema/page.json");
/// Every so many updates a moment is kept.
const EVERY: usize = 23;

/// A page at some moment.
pub(crate) struct Moment {
    pub(crate) gate: Gate,
    /// Its document as one update.
    pub(crate) state: Vec<u8>,
    /// What came then.
    pub(crate) next: Vec<Vec<u8>>,
}

/// The page's schema with the fields of the recording.
pub(crate) fn schema() -> Result<Arc<Schema>> {
    let choices = ["idea", "tried"].map(str::to_owned).to_vec();
    let schema = Schema::from_json(SCHEMA)?
        .with_field("summary", FieldShape::Text)
        .with_field("status", FieldShape::Scalar(ScalarType::OneOf { choices }))
        .with_field("date", FieldShape::Scalar(ScalarType::Date))
        .with_field("count", FieldShape::Scalar(ScalarType::Number));
    Ok(Arc::new(schema))
}

/// All moments of the recording.
pub(crate) fn moments() -> Result<Vec<Moment>> {
    let schema = schema()?;
    let mut moments: Vec<Moment> = Vec::new();
    let (mut gate, mut document) = (Gate::new(Arc::clone(&schema)), open(&[0, 0])?);
    for (number, line) in RECORDING.lines().enumerate() {
        let Some((writer, bytes)) = line.split_once(' ').filter(|(word, _)| *word != "#") else {
            (gate, document) = (Gate::new(Arc::clone(&schema)), open(&[0, 0])?);
            continue;
        };
        if writer == "state" {
            continue;
        }
        let bytes = hex::decode(bytes)?;
        if number % EVERY == 0 {
            let state = encode(&document);
            // Every other moment is that of a page opened again.
            if number.is_multiple_of(2) {
                gate = Gate::new(Arc::clone(&schema));
                gate.seed(&state)?;
            }
            moments.push(Moment {
                gate: gate.clone(),
                state,
                next: Vec::new(),
            });
        }
        if let Some(last) = moments.last_mut().filter(|last| last.next.len() < 8) {
            last.next.push(bytes.clone());
        }
        gate.seed(&bytes)?;
        apply(&document, &bytes)?;
    }
    moments.retain(|moment| !moment.next.is_empty());
    Ok(moments)
}

/// A document with this state.
pub(crate) fn open(state: &[u8]) -> Result<Doc> {
    let document = Doc::with_options(Options {
        offset_kind: OffsetKind::Utf16,
        ..Options::default()
    });
    apply(&document, state)?;
    Ok(document)
}

pub(crate) fn apply(document: &Doc, update: &[u8]) -> Result<()> {
    // In parts, as a room does.
    for part in split(update).context("it is no update")? {
        let part = Update::decode_v1(&part).context("yrs does not read it")?;
        let mut transaction = document.transact_mut();
        let applied = transaction.apply_update(part);
        applied.context("yrs does not apply it")?;
    }
    Ok(())
}

pub(crate) fn encode(document: &Doc) -> Vec<u8> {
    let reader = document.transact();
    reader.encode_state_as_update_v1(&StateVector::default())
}
