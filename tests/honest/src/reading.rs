//! What a document says, as `web/tests/honest/reading.ts` writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use yrs::types::text::YChange;
use yrs::{
    Any, Doc, GetString, Map, Out, Text, Transact, TransactionMut, WriteTxn, Xml as _, XmlFragment,
    XmlOut, XmlTextRef,
};

/// The roots that hold text.
fn texts() -> Vec<String> {
    let roles =
        ['a', 'b', 'c'].map(|item| format!("text:team/{}/role", item.to_string().repeat(12)));
    let fixed = ["title", "text:summary", "text:criteria/setting"].map(str::to_owned);
    fixed.into_iter().chain(roles).collect()
}

pub(crate) fn reading(doc: &Doc) -> String {
    let mut transaction = doc.transact_mut();
    let mut lines = Vec::new();
    for name in texts() {
        let text = transaction.get_or_insert_text(name.as_str());
        lines.push(format!("{name}: {}", text.get_string(&transaction)));
    }
    for name in ["values", "meta"] {
        let map = transaction.get_or_insert_map(name);
        let values: BTreeMap<String, String> = map
            .iter(&transaction)
            .map(|(key, value)| (key.to_owned(), value_of(&value)))
            .collect();
        lines.push(format!("{name}: {}", object(&values)));
    }
    let body = transaction.get_or_insert_xml_fragment("body");
    let mut out = String::new();
    let children: Vec<XmlOut> = body.children(&transaction).collect();
    for child in children {
        node(&mut transaction, child, &mut out);
    }
    lines.push(out);
    lines.join("\n")
}

fn node(transaction: &mut TransactionMut<'_>, shared: XmlOut, out: &mut String) {
    match shared {
        XmlOut::Text(text) => {
            out.push('(');
            runs(transaction, &text, out);
            out.push(')');
        }
        XmlOut::Element(element) => {
            let attributes: BTreeMap<String, String> = element
                .attributes(transaction)
                .map(|(key, value)| (key.to_owned(), value_of(&value)))
                .collect();
            // Writing to a string never fails.
            let _ = write!(out, "<{} {}>", element.tag(), object(&attributes));
            let children: Vec<XmlOut> = element.children(transaction).collect();
            for child in children {
                node(transaction, child, out);
            }
            out.push_str("</>");
        }
        XmlOut::Fragment(_) => out.push('?'),
    }
}

/// The text as runs of equal marks.
fn runs(transaction: &mut TransactionMut<'_>, text: &XmlTextRef, out: &mut String) {
    let mut runs: Vec<(String, String)> = Vec::new();
    for piece in text.diff(transaction, YChange::identity) {
        let words = match piece.insert {
            Out::Any(Any::String(words)) => words.to_string(),
            _ => "\u{fffc}".to_owned(),
        };
        let marks = piece.attributes.map_or_else(BTreeMap::new, |marks| {
            marks
                .iter()
                .map(|(name, value)| (name.to_string(), any(value)))
                .collect()
        });
        let marks = object(&marks);
        match runs.last_mut() {
            Some(last) if last.1 == marks => last.0.push_str(&words),
            _ => runs.push((words, marks)),
        }
    }
    for (words, marks) in runs {
        let _ = write!(out, "\"{words}\"{marks}");
    }
}

fn value_of(value: &Out) -> String {
    match value {
        Out::Any(value) => any(value),
        _ => "?".to_owned(),
    }
}

fn object(values: &BTreeMap<String, String>) -> String {
    let parts = values
        .iter()
        .map(|(key, value)| format!("{}:{value}", json(key)));
    format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// As JavaScript writes it, with sorted keys.
fn any(value: &Any) -> String {
    match value {
        Any::Null | Any::Undefined => "null".to_owned(),
        Any::Bool(value) => value.to_string(),
        Any::Number(value) => value.to_string(),
        Any::String(value) => json(value),
        Any::Array(values) => {
            let values: Vec<_> = values.iter().map(any).collect();
            format!("[{}]", values.join(","))
        }
        Any::Map(values) => {
            let values = values.iter();
            object(
                &values
                    .map(|(key, value)| (key.clone(), any(value)))
                    .collect(),
            )
        }
        Any::Buffer(_) => "?".to_owned(),
    }
}
