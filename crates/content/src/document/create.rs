//! New documents.

use yrs::{Any, Map as _, ReadTxn as _, StateVector, Text as _, Transact as _, WriteTxn as _};

use super::{BODY, META, TEXT_PREFIX, TITLE, VALUES, new_doc, write};
use crate::page::PageContent;
use crate::schema::SCHEMA_VERSION;

/// A new document with this content and its `meta`, as an update (Yjs encoding, version 1). The
/// client id (below 2^53) must be new for each document. Empty values and texts are not written.
pub fn create(content: &PageContent, client_id: u64) -> Vec<u8> {
    let doc = new_doc(client_id);
    let mut txn = doc.transact_mut();
    let meta = txn.get_or_insert_map(META);
    if let Some(kind) = &content.kind {
        meta.insert(&mut txn, "kind", kind.as_str());
    }
    meta.insert(&mut txn, "schema", SCHEMA_VERSION);
    if !content.title.is_empty() {
        let title = txn.get_or_insert_text(TITLE);
        title.insert(&mut txn, 0, &content.title);
    }
    for (name, text) in content.texts.iter().filter(|(_, text)| !text.is_empty()) {
        let root = txn.get_or_insert_text(format!("{TEXT_PREFIX}{name}"));
        root.insert(&mut txn, 0, text);
    }
    let values = txn.get_or_insert_map(VALUES);
    for (name, value) in &content.values {
        values.insert(&mut txn, name.as_str(), write::scalar(value));
    }
    for (name, choices) in &content.sets {
        for choice in choices {
            values.insert(&mut txn, format!("{name}={choice}"), Any::Bool(true));
        }
    }
    let body = txn.get_or_insert_xml_fragment(BODY);
    write::insert(&mut txn, &body, 0, &content.body);
    txn.encode_state_as_update_v1(&StateVector::default())
}
