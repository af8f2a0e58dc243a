//! Values of fields and lists of tags, as JSON.

use denkraum_app::FieldValue;
use denkraum_domain::Tag;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::{RouteError, Text};

/// The most tags of a page.
const MAX_TAGS: usize = 60;

/// The value of a field: a flag, a number, a text (also a date or one choice), or several choices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub(in crate::routes) enum Answer {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text, a date such as 2023-11-07, or the id of one choice.
    Text(String),
    /// The ids of several choices.
    Many(Vec<String>),
}

impl From<FieldValue> for Answer {
    fn from(value: FieldValue) -> Self {
        match value {
            FieldValue::Flag(flag) => Self::Flag(flag),
            FieldValue::Number(number) => Self::Number(number),
            FieldValue::Text(text) => Self::Text(text),
            FieldValue::Many(choices) => Self::Many(choices),
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
        }
    }
}

/// The value that a field is to have; null empties it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
pub(super) enum NewAnswer {
    /// This one.
    Filled(Answer),
    /// None.
    Empty,
}

impl From<NewAnswer> for Option<FieldValue> {
    fn from(answer: NewAnswer) -> Self {
        match answer {
            NewAnswer::Filled(value) => Some(value.into()),
            NewAnswer::Empty => None,
        }
    }
}

/// Checked tags.
pub(super) fn tags(raw: &[String]) -> Result<Vec<Tag>, RouteError> {
    if raw.len() > MAX_TAGS {
        let text = Text::new(
            format!("Eine Seite hat höchstens {MAX_TAGS} Schlagworte."),
            format!("A page has at most {MAX_TAGS} tags."),
        );
        return Err(RouteError::wrong_value("tags", text));
    }
    let parse = |(at, tag): (usize, &String)| {
        Tag::parse(tag).map_err(|error| RouteError::name(format!("tags[{at}]"), error))
    };
    raw.iter().enumerate().map(parse).collect()
}
