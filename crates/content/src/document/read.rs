//! From the bytes of a stored document to its content.

use thiserror::Error;
use yrs::updates::decoder::Decode as _;
use yrs::{Any, Doc, GetString as _, Map as _, MapRef, Out, ReadTxn, Transact as _, Update};

use super::{BODY, META, TEXT_PREFIX, TITLE, VALUES, any, new_doc, walk};
use crate::page::{PageContent, Scalar};
use denkraum_domain::KindId;

/// Why a document cannot be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The bytes are not an update in Yjs encoding, version 1.
    #[error("the stored document cannot be decoded")]
    Decode(#[source] yrs::encoding::read::Error),
    /// The update contradicts itself.
    #[error("the stored document cannot be put together")]
    Apply(#[source] yrs::error::UpdateError),
    /// The update refers to changes that are not in it.
    #[error("the stored document has gaps")]
    Incomplete,
}

/// What was met while reading; the content is complete except for what is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadNotice {
    /// Elements lie deeper than [`READ_DEPTH`](crate::READ_DEPTH); their text was kept.
    TooDeep,
    /// Something stands in the body that is neither element nor text; it was passed over.
    ForeignContent,
}

/// Reads a document that was encoded as one update (Yjs encoding, version 1) by our store. Every
/// change in it has passed the gate; bytes of another origin must not come here.
pub fn read(state: &[u8]) -> Result<PageContent, ReadError> {
    read_noticing(state).map(|(content, _)| content)
}

/// Like [`read`], and says what could not be taken as it stood.
pub fn read_noticing(state: &[u8]) -> Result<(PageContent, Vec<ReadNotice>), ReadError> {
    let doc = load(state, 0)?;
    let txn = doc.transact();
    let mut notices = Vec::new();
    let mut content = PageContent::default();
    if let Some(title) = txn.get_text(TITLE) {
        content.title = title.get_string(&txn);
    }
    if let Some(meta) = txn.get_map(META)
        && let Some(Out::Any(Any::String(kind))) = meta.get(&txn, "kind")
    {
        content.kind = KindId::parse(&kind).ok();
    }
    if let Some(values) = txn.get_map(VALUES) {
        read_values(&txn, &values, &mut content);
    }
    for (root, _) in txn.root_refs() {
        let Some(name) = root.strip_prefix(TEXT_PREFIX) else {
            continue;
        };
        let text = txn.get_text(root).map(|text| text.get_string(&txn));
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            content.texts.insert(name.to_owned(), text);
        }
    }
    if let Some(body) = txn.get_xml_fragment(BODY) {
        // An item takes two bytes or more, and may have been split by another.
        content.body = walk::body(&txn, &body, state.len(), &mut notices);
    }
    notices.dedup();
    Ok((content, notices))
}

/// A document with the given state, for changes under the given client id.
pub(super) fn load(state: &[u8], client_id: u64) -> Result<Doc, ReadError> {
    let update = Update::decode_v1(state).map_err(ReadError::Decode)?;
    let doc = new_doc(client_id);
    {
        let mut txn = doc.transact_mut();
        txn.apply_update(update).map_err(ReadError::Apply)?;
        if txn.has_missing_updates() {
            return Err(ReadError::Incomplete);
        }
    }
    Ok(doc)
}

fn read_values<T: ReadTxn>(txn: &T, values: &MapRef, content: &mut PageContent) {
    for (key, value) in values.iter(txn) {
        let Out::Any(value) = value else { continue };
        if let Some((name, choice)) = key.split_once('=') {
            if matches!(value, Any::Bool(true)) {
                let set = content.sets.entry(name.to_owned()).or_default();
                set.insert(choice.to_owned());
            }
        } else if let Some(scalar) = to_scalar(&value) {
            content.values.insert(key.to_owned(), scalar);
        }
    }
}

/// A scalar; `None` for an empty value and for what a field cannot have.
pub(super) fn to_scalar(value: &Any) -> Option<Scalar> {
    match value {
        Any::Bool(value) => Some(Scalar::Bool(*value)),
        Any::String(text) if !text.is_empty() => Some(Scalar::Text(text.to_string())),
        Any::Number(_) => any::to_json(value).as_f64().map(Scalar::Number),
        _ => None,
    }
}
