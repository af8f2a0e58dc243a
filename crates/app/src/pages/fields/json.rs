//! Field values as JSON, for imports and exports.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::views::{FieldValue, ListEntry};

/// A field's value as JSON.
pub(crate) fn field_json(value: FieldValue) -> Value {
    match value {
        FieldValue::Flag(flag) => flag.into(),
        FieldValue::Number(number) => number.into(),
        FieldValue::Text(text) => text.into(),
        FieldValue::Many(choices) => choices.into(),
        FieldValue::Noted(words) => words
            .into_iter()
            .map(|(k, v)| (k, Value::from(v)))
            .collect(),
        FieldValue::List(entries) => entries.into_iter().map(entry_json).collect(),
    }
}

fn entry_json(entry: ListEntry) -> Value {
    let id = entry.id.map(|id| ("id".to_owned(), Value::from(id)));
    let parts = entry.parts.into_iter();
    id.into_iter()
        .chain(parts.map(|(name, value)| (name, field_json(value))))
        .collect()
}

/// A field's value from JSON; `None` if no field has such a value.
pub(crate) fn field_value(value: Value) -> Option<FieldValue> {
    match value {
        Value::Bool(flag) => Some(FieldValue::Flag(flag)),
        Value::Number(number) => number.as_f64().map(FieldValue::Number),
        Value::String(text) => Some(FieldValue::Text(text)),
        Value::Array(items) if items.iter().any(Value::is_object) => items
            .into_iter()
            .map(list_entry)
            .collect::<Option<_>>()
            .map(FieldValue::List),
        Value::Array(items) => items
            .into_iter()
            .map(text)
            .collect::<Option<_>>()
            .map(FieldValue::Many),
        Value::Object(words) => words
            .into_iter()
            .map(|(choice, words)| Some((choice, text(words)?)))
            .collect::<Option<_>>()
            .map(FieldValue::Noted),
        Value::Null => None,
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn list_entry(value: Value) -> Option<ListEntry> {
    let Value::Object(mut parts) = value else {
        return None;
    };
    let id = match parts.remove("id") {
        None | Some(Value::Null) => None,
        Some(id) => Some(text(id)?),
    };
    let parts: Option<BTreeMap<_, _>> = parts
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| match field_value(value)? {
            FieldValue::List(_) | FieldValue::Noted(_) => None,
            value => Some((name, value)),
        })
        .collect();
    Some(ListEntry { id, parts: parts? })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for value in [
            json!(true),
            json!(12.5),
            json!("Pankow"),
            json!(["a", "b"]),
            json!({ "setting": "in der Kita", "empowerment": "" }),
            json!([{ "id": "0a1b2c3d", "role": "Leitung", "since": 2023.0 }, { "role": "Team" }]),
        ] {
            assert_eq!(field_json(field_value(value.clone()).unwrap()), value);
        }
    }

    #[test]
    fn what_no_field_has_is_not_read() {
        for value in [
            json!(null),
            json!([1]),
            json!([{ "role": "a" }, "b"]),
            json!({ "setting": 1 }),
            json!([{ "id": 1 }]),
            json!([{ "role": [{}] }]),
        ] {
            assert_eq!(field_value(value.clone()), None, "{value}");
        }
    }
}
