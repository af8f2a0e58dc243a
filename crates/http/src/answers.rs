//! Answers to the fields of a page, as JSON.

use std::collections::BTreeMap;

use denkraum_app::{FieldValue, ListEntry};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The value of a field: a flag, a number, a text (also a date, one choice or one page), several
/// choices or pages, the entries of a list, or choices with words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Answer {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text, a date such as 2023-11-07, two dates such as 2023-09-11/2023-09-12, or the id of one
    /// choice or page.
    Text(String),
    /// The ids of several choices or pages.
    Many(Vec<String>),
    /// The entries of a list, in order.
    List(Vec<Entry>),
    /// Choices by id, each with a few words on how it is met, possibly none.
    Noted(BTreeMap<String, String>),
}

/// An entry of a list: its parts by name, and its id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Entry {
    /// Names the entry that is to be changed; without one it is a new entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    id: Option<String>,
    #[serde(flatten)]
    parts: BTreeMap<String, Part>,
}

/// The value of a part of a list's entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Part {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text, a date, or the id of one choice or page.
    Text(String),
}

impl From<FieldValue> for Answer {
    fn from(value: FieldValue) -> Self {
        match value {
            FieldValue::Flag(flag) => Self::Flag(flag),
            FieldValue::Number(number) => Self::Number(number),
            FieldValue::Text(text) => Self::Text(text),
            FieldValue::Many(choices) => Self::Many(choices),
            FieldValue::Noted(words) => Self::Noted(words),
            FieldValue::List(entries) => Self::List(entries.into_iter().map(Entry::from).collect()),
        }
    }
}

impl From<ListEntry> for Entry {
    fn from(entry: ListEntry) -> Self {
        let parts = entry.parts.into_iter().filter_map(|(name, value)| {
            let value = match value {
                FieldValue::Flag(flag) => Part::Flag(flag),
                FieldValue::Number(number) => Part::Number(number),
                FieldValue::Text(text) => Part::Text(text),
                // No part is made of several.
                FieldValue::Many(_) | FieldValue::Noted(_) | FieldValue::List(_) => return None,
            };
            Some((name, value))
        });
        Self {
            id: entry.id,
            parts: parts.collect(),
        }
    }
}

impl From<Answer> for FieldValue {
    fn from(value: Answer) -> Self {
        match value {
            Answer::Flag(flag) => Self::Flag(flag),
            Answer::Number(number) => Self::Number(number),
            Answer::Text(text) => Self::Text(text),
            Answer::Many(choices) => Self::Many(choices),
            Answer::Noted(words) => Self::Noted(words),
            Answer::List(entries) => Self::List(entries.into_iter().map(ListEntry::from).collect()),
        }
    }
}

impl From<Entry> for ListEntry {
    fn from(entry: Entry) -> Self {
        let parts = entry.parts.into_iter().map(|(name, part)| {
            let value = match part {
                Part::Flag(flag) => FieldValue::Flag(flag),
                Part::Number(number) => FieldValue::Number(number),
                Part::Text(text) => FieldValue::Text(text),
            };
            (name, value)
        });
        Self {
            id: entry.id,
            parts: parts.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn answers_are_read_as_they_were_written() {
        for value in [
            json!(true),
            json!(12.5),
            json!("2023-09-11/2023-09-12"),
            json!(["youth"]),
            json!([{ "id": "0a1b2c3d", "department": "youth", "lead": true }, { "role": "Team" }]),
            json!({ "setting": "in der Kita", "empowerment": "" }),
        ] {
            let read: Answer = serde_json::from_value(value.clone()).unwrap();
            let through = Answer::from(FieldValue::from(read));
            assert_eq!(serde_json::to_value(through).unwrap(), value);
        }
    }
}
