//! Small changes to stored documents.

use thiserror::Error;
use yrs::{Any, Map as _, MapRef, Out, Text as _, TextRef, Transact as _, TransactionMut};
use yrs::{GetString as _, WriteTxn as _, XmlFragment as _};

use super::read::{ReadError, ReadNotice, load, to_scalar};
use super::{BODY, TEXT_PREFIX, TITLE, VALUES, diff, walk, write};
use crate::page::{Change, Scalar};
use crate::tree::Node;

/// Why a document cannot be changed.
#[derive(Debug, Error)]
pub enum EditError {
    /// The stored document cannot be read.
    #[error("could not read the document to be changed")]
    Read(#[source] ReadError),
    /// The stored body is nested deeper than [`READ_DEPTH`](crate::READ_DEPTH), so that it cannot
    /// be replaced; the rest of the document can be changed.
    #[error("the stored body is nested too deeply to be replaced")]
    TooDeep,
}

/// The update (Yjs encoding, version 1) that makes the change to a document of our store, or
/// `None` when everything is already so. Texts are changed word by word, so that what others
/// write at the same time stays. What the change does not name is not touched; unknown nodes and
/// marks in the body stay as they are. The client id (below 2^53) should be new for each edit.
pub fn edit(state: &[u8], change: &Change, client_id: u64) -> Result<Option<Vec<u8>>, EditError> {
    let doc = load(state, client_id).map_err(EditError::Read)?;
    let mut txn = doc.transact_mut();
    if let Some(title) = &change.title {
        let root = txn.get_or_insert_text(TITLE);
        set_text(&mut txn, &root, title);
    }
    for (name, text) in &change.texts {
        let root = txn.get_or_insert_text(format!("{TEXT_PREFIX}{name}"));
        set_text(&mut txn, &root, text);
    }
    let values = txn.get_or_insert_map(VALUES);
    for (name, value) in &change.values {
        set_value(&mut txn, &values, name, value.as_ref());
    }
    for (name, choices) in &change.sets {
        let prefix = format!("{name}=");
        let stored: Vec<String> = values
            .keys(&txn)
            .filter(|key| key.starts_with(&prefix))
            .map(ToOwned::to_owned)
            .collect();
        for key in stored {
            let choice = key.strip_prefix(&prefix).unwrap_or_default();
            if !choices.contains(choice) {
                values.remove(&mut txn, &key);
            }
        }
        for choice in choices {
            let key = format!("{prefix}{choice}");
            if !matches!(values.get(&txn, &key), Some(Out::Any(Any::Bool(true)))) {
                values.insert(&mut txn, key, Any::Bool(true));
            }
        }
    }
    if let Some(body) = &change.body {
        set_body(&mut txn, body, state.len())?;
    }
    Ok(txn.has_changes().then(|| txn.encode_update_v1()))
}

fn set_text(txn: &mut TransactionMut<'_>, root: &TextRef, new: &str) {
    let old = root.get_string(txn);
    for splice in diff::splices(&old, new) {
        if splice.delete > 0 {
            root.remove_range(txn, splice.at, splice.delete);
        }
        if !splice.insert.is_empty() {
            root.insert(txn, splice.at, &splice.insert);
        }
    }
}

fn set_value(txn: &mut TransactionMut<'_>, values: &MapRef, name: &str, value: Option<&Scalar>) {
    let stored = match values.get(txn, name) {
        Some(Out::Any(stored)) => to_scalar(&stored),
        _ => None,
    };
    let empty = matches!(value, Some(Scalar::Text(text)) if text.is_empty());
    match value {
        Some(value) if !empty => {
            if stored.as_ref() != Some(value) {
                values.insert(txn, name, write::scalar(value));
            }
        }
        _ => {
            if values.contains_key(txn, name) {
                values.remove(txn, name);
            }
        }
    }
}

/// Replaces the blocks between the first and the last that differ.
fn set_body(
    txn: &mut TransactionMut<'_>,
    new: &[Node],
    most_items: usize,
) -> Result<(), EditError> {
    let root = txn.get_or_insert_xml_fragment(BODY);
    let mut notices = Vec::new();
    let old = walk::body(txn, &root, most_items, &mut notices);
    if notices.contains(&ReadNotice::TooDeep) {
        return Err(EditError::TooDeep);
    }
    let length = root.len(txn);
    let whole = u32::try_from(old.len()) != Ok(length);
    let same = |(a, b): &(&Node, &Node)| a == b;
    let (prefix, suffix) = if whole {
        // Children and blocks do not stand one to one: something foreign is among them.
        (0, 0)
    } else {
        let prefix = old.iter().zip(new).take_while(same).count();
        let old_rest = old.iter().skip(prefix).rev();
        let new_rest = new.iter().skip(prefix).rev();
        (prefix, old_rest.zip(new_rest).take_while(same).count())
    };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let gone = length.saturating_sub(count(prefix.saturating_add(suffix)));
    if gone > 0 {
        root.remove_range(txn, count(prefix), gone);
    }
    let end = new.len().saturating_sub(suffix);
    let come = new.get(prefix..end).unwrap_or_default();
    write::insert(txn, &root, count(prefix), come);
    Ok(())
}
