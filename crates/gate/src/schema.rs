//! What a page document may hold: nodes, marks, attributes, fields and limits.
//!
//! Nodes, marks and limits come from the one schema file that the web application uses too; the
//! fields of a page's kind are added by the caller. Nothing about a place or a kind is compiled in.

mod file;
mod shape;

use std::collections::BTreeMap;

use thiserror::Error;

pub(crate) use shape::{Format, ListShape, ScalarShape, Shape};

/// What a page document may hold.
#[derive(Clone, Debug)]
pub struct Schema {
    pub(crate) nodes: Vec<NodeRule>,
    /// Which nodes the body holds, by index.
    pub(crate) body: Vec<bool>,
    pub(crate) marks: Vec<(String, Attributes)>,
    pub(crate) fields: BTreeMap<String, FieldRule>,
    pub(crate) schemes: Vec<String>,
    limits: Limits,
}

/// The limits of a page document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many elements may stand inside each other.
    pub depth: u16,
    /// UTF-16 code units of the title.
    pub title_units: u32,
    /// UTF-16 code units of a text field.
    pub text_units: u32,
    /// Bytes of one update.
    pub update_bytes: usize,
    /// Bytes of the document, as estimated.
    pub document_bytes: u64,
}

/// Attributes by name.
pub(crate) type Attributes = BTreeMap<String, Shape>;

#[derive(Clone, Debug)]
pub(crate) struct NodeRule {
    pub(crate) name: String,
    /// Which nodes may be children, by index.
    pub(crate) children: Vec<bool>,
    pub(crate) text: bool,
    pub(crate) attributes: Attributes,
}

/// The shape of a field of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldShape {
    /// A text edited live: the root `text:NAME`.
    Text,
    /// One value: `NAME` in `values`.
    Scalar(ScalarType),
    /// A set: `NAME=CHOICE` → true in `values`; any short choice if none are listed.
    Set {
        /// The choices, or `None` for free ones of up to [`MAX_CHOICE_CHARS`] characters.
        choices: Option<Vec<String>>,
    },
}

/// The most characters of a free choice, for instance a tag.
pub const MAX_CHOICE_CHARS: u32 = 60;

/// The type of a single value.
#[derive(Clone, Debug, PartialEq)]
pub enum ScalarType {
    /// A text of up to so many characters, replaced as a whole.
    String {
        /// The most characters.
        max: u32,
    },
    /// One of a list.
    OneOf {
        /// The list.
        choices: Vec<String>,
    },
    /// A day, written `YYYY-MM-DD`.
    Date,
    /// A finite number.
    Number,
    /// Yes or no.
    Boolean,
}

#[derive(Clone, Debug)]
pub(crate) enum FieldRule {
    Text,
    Scalar(ScalarShape),
    Set {
        choices: Option<Vec<String>>,
        max: u32,
    },
}

/// Why a schema file cannot be used.
#[derive(Debug, Error)]
pub enum SchemaError {
    /// Not JSON, or not of the form of a schema.
    #[error("the document schema cannot be read")]
    Json {
        /// What the reader says.
        #[source]
        err: serde_json::Error,
    },
    /// Something is named that no node is and no group has.
    #[error("the document schema lets {holder} hold {name}, which is neither a node nor a group")]
    UnknownContent {
        /// The node, or `body`.
        holder: String,
        /// What is not known.
        name: String,
    },
    /// An attribute has both a format and a list of choices, which may contradict each other.
    #[error("attribute {attribute} of the document schema has a format and choices")]
    FormatAndChoices {
        /// The attribute.
        attribute: String,
    },
}

impl Schema {
    /// Reads a schema file.
    pub fn from_json(json: &str) -> Result<Self, SchemaError> {
        file::read(json)
    }

    /// Adds a field. A field of the same name is replaced.
    #[must_use]
    pub fn with_field(mut self, name: &str, shape: FieldShape) -> Self {
        let rule = match shape {
            FieldShape::Text => FieldRule::Text,
            FieldShape::Scalar(scalar) => FieldRule::Scalar(match scalar {
                ScalarType::String { max } => ScalarShape::Text {
                    max,
                    format: shape::Format::Any,
                },
                ScalarType::OneOf { choices } => ScalarShape::OneOf(choices),
                ScalarType::Date => ScalarShape::Text {
                    max: 10,
                    format: shape::Format::Date,
                },
                ScalarType::Number => ScalarShape::Number,
                ScalarType::Boolean => ScalarShape::Boolean,
            }),
            FieldShape::Set { choices } => FieldRule::Set {
                choices,
                max: MAX_CHOICE_CHARS,
            },
        };
        self.fields.insert(name.to_owned(), rule);
        self
    }

    /// The limits of a page document.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The index of a node by its name.
    pub(crate) fn node(&self, name: &str) -> Option<u16> {
        let index = self.nodes.iter().position(|node| node.name == name)?;
        u16::try_from(index).ok()
    }

    pub(crate) fn rule(&self, node: u16) -> Option<&NodeRule> {
        self.nodes.get(usize::from(node))
    }

    /// The attributes of a mark. Its name may carry what the editor's binding appends to marks that
    /// may overlap: `--` and eight base64 characters.
    pub(crate) fn mark(&self, name: &str) -> Option<&Attributes> {
        let find = |name: &str| self.marks.iter().find(|(known, _)| known == name);
        let (_, attributes) = find(name).or_else(|| {
            let (plain, hash) = name.split_at_checked(name.len().checked_sub(10)?)?;
            let hash = hash.strip_prefix("--")?;
            let base64 = |b: u8| b.is_ascii_alphanumeric() || b"+/=".contains(&b);
            if hash.bytes().all(base64) {
                find(plain)
            } else {
                None
            }
        })?;
        Some(attributes)
    }

    /// Whether `key` may carry `value` in the map `values`.
    pub(crate) fn field_value(&self, key: &str, value: crate::any::Plain<'_>) -> bool {
        if let Some((name, choice)) = key.split_once('=') {
            let Some(FieldRule::Set { choices, max }) = self.fields.get(name) else {
                return false;
            };
            let known = choices.as_ref().map_or_else(
                || !choice.is_empty() && choice.chars().count() <= *max as usize,
                |choices| choices.iter().any(|known| known == choice),
            );
            return known && value == crate::any::Plain::Boolean(true);
        }
        match self.fields.get(key) {
            Some(FieldRule::Scalar(shape)) => shape.accepts(value, &self.schemes),
            _ => false,
        }
    }

    /// Whether `key` may stand in the map `values` at all.
    pub(crate) fn field_key(&self, key: &str) -> bool {
        match key.split_once('=') {
            Some(_) => self.field_value(key, crate::any::Plain::Boolean(true)),
            None => matches!(self.fields.get(key), Some(FieldRule::Scalar(_))),
        }
    }

    /// Whether `text:NAME` is a root.
    pub(crate) fn text_field(&self, name: &str) -> bool {
        matches!(self.fields.get(name), Some(FieldRule::Text))
    }
}
