//! A page's content and changes to it, as plain data.

use std::collections::{BTreeMap, BTreeSet};

use denkraum_domain::KindId;
use serde::{Deserialize, Serialize};

use crate::titles::one_line;
use crate::tree::Node;

/// Everything that stands in a page's document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PageContent {
    /// The kind of page; `None` when the document does not say.
    #[serde(with = "kind", default)]
    pub kind: Option<KindId>,
    /// The title as written, possibly empty or with line breaks.
    #[serde(default)]
    pub title: String,
    /// Fields with one value, by name.
    #[serde(default)]
    pub values: BTreeMap<String, Scalar>,
    /// Fields with several choices, by name; the page's tags are under `tags`.
    #[serde(default)]
    pub sets: BTreeMap<String, BTreeSet<String>>,
    /// Text fields, by name.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
    /// The text.
    #[serde(default)]
    pub body: Vec<Node>,
}

/// The value of a field: one choice or a date (text), a number, yes or no.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Scalar {
    /// Yes or no.
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// A choice, a date, a short text.
    Text(String),
}

/// What is to become different in a document; what is not named stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// The new title.
    pub title: Option<String>,
    /// Fields with one value; `None` empties a field.
    pub values: BTreeMap<String, Option<Scalar>>,
    /// Fields with several choices and `tags`: all choices that are to be set.
    pub sets: BTreeMap<String, BTreeSet<String>>,
    /// Text fields: the new text.
    pub texts: BTreeMap<String, String>,
    /// A new body; blocks at its beginning and end that are equal stay untouched.
    pub body: Option<Vec<Node>>,
}

/// A title for display: one line, cut at 200 characters, "Ohne Titel" when empty.
pub fn title_or_placeholder(title: &str) -> String {
    const MAX_CHARS: usize = 200;
    let line = one_line(title);
    if line.is_empty() {
        return "Ohne Titel".to_owned();
    }
    if line.chars().count() <= MAX_CHARS {
        return line;
    }
    let cut: String = line.chars().take(MAX_CHARS - 1).collect();
    format!("{}…", cut.trim_end())
}

mod kind {
    use denkraum_domain::KindId;
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    #[expect(
        clippy::ref_option,
        reason = "the signature that serde's `with` asks for"
    )]
    pub(super) fn serialize<S: Serializer>(
        kind: &Option<KindId>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match kind {
            Some(kind) => serializer.serialize_some(kind.as_str()),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<KindId>, D::Error> {
        Option::<String>::deserialize(deserializer)?
            .map(|raw| KindId::parse(&raw).map_err(D::Error::custom))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_title_has_a_placeholder() {
        assert_eq!(title_or_placeholder(" \n\u{0} "), "Ohne Titel");
        assert_eq!(title_or_placeholder(" Frühe\nHilfen "), "Frühe Hilfen");
    }

    #[test]
    fn a_long_title_is_cut_at_200_characters() {
        assert_eq!(title_or_placeholder(&"ä".repeat(200)), "ä".repeat(200));
        let cut = title_or_placeholder(&"ä".repeat(201));
        assert_eq!(cut.chars().count(), 200);
        assert!(cut.ends_with('…'));
    }

    #[test]
    fn content_is_read_back_from_its_json() {
        let content = PageContent {
            kind: Some(KindId::parse("approach").unwrap()),
            title: "Elterncafé".to_owned(),
            values: BTreeMap::from([
                ("date".to_owned(), Scalar::Text("2024-05-06".to_owned())),
                ("reach".to_owned(), Scalar::Number(40.0)),
                ("open".to_owned(), Scalar::Bool(true)),
            ]),
            sets: BTreeMap::from([("tags".to_owned(), BTreeSet::from(["Kita".to_owned()]))]),
            texts: BTreeMap::from([("summary".to_owned(), "kurz".to_owned())]),
            body: vec![Node::paragraph(vec![Node::text("Text")])],
        };
        let json = serde_json::to_string(&content).unwrap();
        assert_eq!(serde_json::from_str::<PageContent>(&json).unwrap(), content);
    }
}
