//! The schema file: its form and how it becomes a [`Schema`].

use std::collections::BTreeMap;

use serde::Deserialize;

use super::shape::{Format, IntegerBounds};
use super::{Attributes, FieldRule, Limits, ListShape, NodeRule, ScalarShape, Schema, SchemaError};
use super::{MAX_CHOICE_CHARS, Shape};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "version")]
    _version: u32,
    limits: LimitsEntry,
    body: BodyEntry,
    nodes: BTreeMap<String, NodeEntry>,
    #[serde(default)]
    marks: BTreeMap<String, MarkEntry>,
    #[serde(default)]
    values: BTreeMap<String, ValueEntry>,
    #[serde(default)]
    href_schemes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitsEntry {
    depth: u16,
    title_chars: u32,
    text_chars: u32,
    update_bytes: usize,
    document_bytes: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyEntry {
    content: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NodeEntry {
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    content: Vec<String>,
    #[serde(default)]
    text: bool,
    #[serde(default)]
    attributes: BTreeMap<String, AttributeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkEntry {
    #[serde(default)]
    attributes: BTreeMap<String, AttributeEntry>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
enum AttributeEntry {
    Integer {
        min: i64,
        max: i64,
    },
    String {
        max: u32,
        format: Option<FormatEntry>,
    },
    Boolean,
    Integers {
        min: i64,
        max: i64,
        count: u32,
    },
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FormatEntry {
    PageId,
    Href,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
enum ValueEntry {
    Set { max: Option<u32> },
}

pub(super) fn read(json: &str) -> Result<Schema, SchemaError> {
    let file: File = serde_json::from_str(json).map_err(|err| SchemaError::Json { err })?;
    let names: Vec<&String> = file.nodes.keys().collect();
    let allowed = |holder: &str, content: &[String]| {
        let mut allowed = vec![false; names.len()];
        for entry in content {
            let mut found = false;
            for (slot, (name, node)) in allowed.iter_mut().zip(&file.nodes) {
                if name == entry || node.groups.contains(entry) {
                    *slot = true;
                    found = true;
                }
            }
            // "inline" is also the group of text, so it may stand without a node of that group.
            if !found && entry != "inline" {
                return Err(SchemaError::UnknownContent {
                    holder: holder.to_owned(),
                    name: entry.clone(),
                });
            }
        }
        Ok(allowed)
    };
    let mut nodes = Vec::with_capacity(file.nodes.len());
    for (name, node) in &file.nodes {
        nodes.push(NodeRule {
            name: name.clone(),
            children: allowed(name, &node.content)?,
            text: node.text,
            attributes: attributes(&node.attributes),
        });
    }
    Ok(Schema {
        nodes,
        body: allowed("body", &file.body.content)?,
        marks: file
            .marks
            .iter()
            .map(|(name, mark)| (name.clone(), attributes(&mark.attributes)))
            .collect(),
        fields: file
            .values
            .iter()
            .map(|(name, ValueEntry::Set { max })| {
                let max = max.unwrap_or(MAX_CHOICE_CHARS);
                (name.clone(), FieldRule::Set { choices: None, max })
            })
            .collect(),
        schemes: file
            .href_schemes
            .iter()
            .map(|scheme| scheme.to_ascii_lowercase())
            .collect(),
        limits: Limits {
            depth: file.limits.depth,
            title_units: file.limits.title_chars,
            text_units: file.limits.text_chars,
            update_bytes: file.limits.update_bytes,
            document_bytes: file.limits.document_bytes,
        },
    })
}

fn attributes(entries: &BTreeMap<String, AttributeEntry>) -> Attributes {
    entries
        .iter()
        .map(|(name, entry)| (name.clone(), shape(entry)))
        .collect()
}

fn shape(entry: &AttributeEntry) -> Shape {
    match *entry {
        AttributeEntry::Integer { min, max } => {
            Shape::Scalar(ScalarShape::Integer(IntegerBounds { min, max }))
        }
        AttributeEntry::String { max, format } => Shape::Scalar(ScalarShape::Text {
            max,
            format: match format {
                None => Format::Any,
                Some(FormatEntry::PageId) => Format::PageId,
                Some(FormatEntry::Href) => Format::Href,
            },
        }),
        AttributeEntry::Boolean => Shape::Scalar(ScalarShape::Boolean),
        AttributeEntry::Integers { min, max, count } => Shape::List(ListShape {
            bounds: IntegerBounds { min, max },
            count,
        }),
    }
}
