//! What a page document may hold: nodes, marks, attributes, fields and limits.
//!
//! Nodes, marks and limits come from the one schema file that the web application uses too; the
//! fields of a page's kind are added by the caller. Nothing about a place or a kind is compiled in.

mod fields;
mod file;
mod shape;

use std::collections::BTreeMap;

use thiserror::Error;

pub(crate) use fields::FieldRule;
pub use fields::{FieldShape, MAX_CHOICE_CHARS, MAX_ORDER_CHARS, ScalarType};
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
}
