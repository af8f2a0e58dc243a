//! What a document shows, apart from how its history is cut into pieces.
//!
//! Two documents with the same clocks and deletions that show the same are the same for everybody;
//! their encodings may still differ, because a document that was put together from many updates
//! keeps seams that one read from a single update does not have.

use serde_json::{Value, json};
use yrs::types::ToJson as _;
use yrs::types::text::YChange;
use yrs::{
    Any, Doc, Map, MapRef, Out, ReadTxn, Text, Transact, Xml, XmlFragment, XmlFragmentRef, XmlOut,
};

/// Every root with its content, by name.
pub(crate) fn shown(doc: &Doc) -> Value {
    let transaction = doc.transact();
    let mut names: Vec<String> = transaction
        .root_refs()
        .map(|(name, _)| name.to_owned())
        .collect();
    names.sort_unstable();
    let roots = names.into_iter().map(|name| {
        let content = root(&transaction, &name);
        (name, content)
    });
    Value::Object(roots.collect())
}

/// Only `body` holds elements and only `values` and `meta` are maps; all other roots are texts.
fn root<T: ReadTxn>(transaction: &T, name: &str) -> Value {
    match name {
        "body" => transaction
            .get_xml_fragment(name)
            .map_or(Value::Null, |root| elements(transaction, &root)),
        "values" | "meta" => transaction
            .get_map(name)
            .map_or(Value::Null, |root| entries(transaction, &root)),
        _ => transaction
            .get_text(name)
            .map_or(Value::Null, |root| pieces(transaction, &root)),
    }
}

fn elements<T: ReadTxn>(transaction: &T, parent: &XmlFragmentRef) -> Value {
    parent
        .children(transaction)
        .map(|child| node(transaction, &child))
        .collect()
}

fn node<T: ReadTxn>(transaction: &T, node_out: &XmlOut) -> Value {
    match node_out {
        XmlOut::Element(element) => {
            let attributes: serde_json::Map<String, Value> = element
                .attributes(transaction)
                .map(|(name, value)| (name.to_owned(), plain(value.to_json(transaction))))
                .collect();
            let children: Value = element
                .children(transaction)
                .map(|child| node(transaction, &child))
                .collect();
            json!([element.tag().as_ref(), attributes, children])
        }
        XmlOut::Fragment(fragment) => elements(transaction, fragment),
        XmlOut::Text(text) => pieces(transaction, text),
    }
}

fn pieces<T: ReadTxn>(transaction: &T, text: &impl Text) -> Value {
    let mut joined: Vec<(String, Value)> = Vec::new();
    for piece in text.diff(transaction, YChange::identity) {
        let marks: serde_json::Map<String, Value> = piece
            .attributes
            .into_iter()
            .flat_map(|marks| marks.into_iter())
            .map(|(name, value)| (name.to_string(), plain(value)))
            .collect();
        let characters = match piece.insert {
            Out::Any(Any::String(text)) => text.to_string(),
            other => plain(other.to_json(transaction)).to_string(),
        };
        let marks = Value::Object(marks);
        match joined.last_mut() {
            Some((before, same)) if *same == marks => before.push_str(&characters),
            _ => joined.push((characters, marks)),
        }
    }
    json!(joined)
}

fn entries<T: ReadTxn>(transaction: &T, map: &MapRef) -> Value {
    let entries = map.iter(transaction);
    Value::Object(
        entries
            .map(|(name, value)| (name.to_owned(), plain(value.to_json(transaction))))
            .collect(),
    )
}

/// As JSON, whose objects are sorted by name.
fn plain(value: Any) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}
