//! Values of fields and lists of tags, as JSON.

use denkraum_app::FieldValue;
use denkraum_domain::Tag;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::answers::Answer;
use crate::problem::{RouteError, Text};

/// The most tags of a page.
const MAX_TAGS: usize = 60;

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
