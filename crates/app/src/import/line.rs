//! One page of an import as it stands there: keys and values, not yet compared with the city.

use std::collections::BTreeMap;

use denkraum_content::Node;
use denkraum_domain::{Audience, KindId, NameError, PageId, PageTitle, SpaceId, Tag};
use serde_json::{Map, Value};

use super::field_value;
use super::reason::{Expected, ImportReason, Kept};
use crate::views::{FieldValue, NewPage};

/// A refusal and the key it is about.
pub(super) type Refusal = (Option<String>, ImportReason);

/// A page to bring in.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) new: NewPage,
    /// The typed tree of an archive, where Markdown does not hold the whole text.
    pub(super) body: Option<Vec<Node>>,
    /// Log-ins.
    pub(super) authors: Vec<String>,
    /// Whether the page is out of use.
    pub(super) archived: bool,
    /// What of it the line says, rather than leaving it open.
    pub(super) said: Vec<Kept>,
    /// What an archive tells of the page's past, for whom it is read back.
    pub(super) past: Map<String, Value>,
    /// Keys that pages do not have; fields may stand there, too.
    pub(super) more: Map<String, Value>,
}

/// What surrounds a page and fills what it leaves open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'a> {
    /// Other keys are fields or remarked upon; otherwise they are refused.
    pub(super) lenient: bool,
    /// A title may be empty, as in an archive of pages that are being written.
    pub(super) untitled: bool,
    /// The space of pages that name none.
    pub(super) space: Option<&'a SpaceId>,
}

/// Keys that an archive writes for its readers alone.
const FOR_READERS: [&str; 2] = ["authors", "changed_at"];
/// Since when a page is there and out of use, by the words of an archive.
pub(super) const CREATED_AT: &str = "created_at";
pub(super) const ARCHIVED_AT: &str = "archived_at";
pub(super) const ARCHIVED_BY: &str = "archived_by";
/// The page whose text it was made of.
pub(crate) const EMERGED_FROM: &str = "emerged_from";

/// Reads a page from its keys.
pub(super) fn read(
    mut keys: Map<String, Value>,
    around: Surroundings<'_>,
) -> Result<Line, Refusal> {
    let says = |one: &Kept| keys.get(one.key()).is_some_and(|value| !value.is_null());
    let said = Kept::ALL.into_iter().filter(says).collect();
    let id = text(&mut keys, "id")?
        .map(|raw| PageId::parse(&raw).map_err(|error| on("id", ImportReason::Id(error))))
        .transpose()?;
    let emerged_from = text(&mut keys, EMERGED_FROM)?
        .map(|raw| PageId::parse(&raw).map_err(|error| on(EMERGED_FROM, ImportReason::Id(error))))
        .transpose()?;
    let title = title(&mut keys, around)?;
    let kind = match text(&mut keys, "kind")? {
        Some(raw) => KindId::parse(&raw).map_err(|_| unknown("kind", raw))?,
        None if around.lenient => crate::pages::plain_page(),
        None => return Err(on("kind", ImportReason::Missing)),
    };
    let space = match text(&mut keys, "space")? {
        Some(raw) => SpaceId::parse(&raw).map_err(|_| unknown("space", raw))?,
        None => around
            .space
            .cloned()
            .ok_or_else(|| on("space", ImportReason::Missing))?,
    };
    let audience = match text(&mut keys, "audience")? {
        Some(raw) => Audience::parse(&raw).ok_or_else(|| unknown("audience", raw))?,
        None => Audience::Draft,
    };
    let tags = texts(&mut keys, "tags")?;
    let tags: Result<Vec<_>, NameError> = tags.iter().map(|tag| Tag::parse(tag)).collect();
    let fields = fields(&mut keys)?;
    let markdown = text(&mut keys, "markdown")?.unwrap_or_default();
    let authors = texts(&mut keys, "author")?;
    let archived = flag(&mut keys, "archived")?;
    let body = keys.remove("body").map(serde_json::from_value).transpose();
    let body = body.map_err(|error| {
        let detail = error.to_string();
        on("body", ImportReason::Unreadable { detail })
    })?;
    for key in FOR_READERS {
        keys.remove(key);
    }
    let past = [CREATED_AT, ARCHIVED_AT, ARCHIVED_BY].into_iter();
    let past = past.filter_map(|key| keys.remove_entry(key)).collect();
    if let Some(key) = keys.keys().next().filter(|_| !around.lenient) {
        return Err(on(key.clone(), ImportReason::UnknownKey));
    }
    Ok(Line {
        new: NewPage {
            id,
            title,
            kind,
            space,
            audience,
            tags: tags.map_err(|error| on("tags", ImportReason::Name(error)))?,
            fields,
            markdown: Some(markdown),
            body: None,
            emerged_from,
        },
        body,
        authors,
        archived,
        said,
        past,
        more: keys,
    })
}

fn title(
    keys: &mut Map<String, Value>,
    around: Surroundings<'_>,
) -> Result<Option<PageTitle>, Refusal> {
    let raw = text(keys, "title")?.ok_or_else(|| on("title", ImportReason::Missing))?;
    match PageTitle::parse(&raw) {
        Ok(title) => Ok(Some(title)),
        Err(NameError::Empty) if around.untitled => Ok(None),
        Err(error) => Err(on("title", ImportReason::Name(error))),
    }
}

fn fields(keys: &mut Map<String, Value>) -> Result<BTreeMap<String, FieldValue>, Refusal> {
    let named = match keys.remove("fields") {
        None | Some(Value::Null) => return Ok(BTreeMap::new()),
        Some(Value::Object(named)) => named,
        Some(_) => return Err(on("fields", ImportReason::Form(Expected::Named))),
    };
    let given = named.into_iter().filter(|(_, value)| !value.is_null());
    let read = given.map(|(name, value)| match field_value(value) {
        Some(value) => Ok((name, value)),
        None => Err(on(
            format!("fields.{name}"),
            ImportReason::Form(Expected::Answer),
        )),
    });
    read.collect()
}

/// A text; numbers and flags, as YAML reads them, are texts too. `null` is nothing.
fn text(keys: &mut Map<String, Value>, key: &str) -> Result<Option<String>, Refusal> {
    match keys.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(_) | Value::Object(_)) => {
            Err(on(key, ImportReason::Form(Expected::Text)))
        }
        Some(value) => Ok(Some(plain(value))),
    }
}

/// A list of texts; one text is a list of one.
fn texts(keys: &mut Map<String, Value>, key: &str) -> Result<Vec<String>, Refusal> {
    let nested = |value: &Value| matches!(value, Value::Array(_) | Value::Object(_));
    match keys.remove(key) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(values)) if !values.iter().any(nested) => {
            Ok(values.into_iter().map(plain).collect())
        }
        Some(Value::Array(_) | Value::Object(_)) => {
            Err(on(key, ImportReason::Form(Expected::Texts)))
        }
        Some(value) => Ok(vec![plain(value)]),
    }
}

/// Yes or no; no where nothing is said.
fn flag(keys: &mut Map<String, Value>, key: &str) -> Result<bool, Refusal> {
    match keys.remove(key) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(said)) => Ok(said),
        Some(_) => Err(on(key, ImportReason::Form(Expected::Flag))),
    }
}

fn plain(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

pub(super) fn on(field: impl Into<String>, reason: ImportReason) -> Refusal {
    (Some(field.into()), reason)
}

pub(super) fn unknown(field: &str, value: String) -> Refusal {
    on(field, ImportReason::UnknownValue { value })
}
