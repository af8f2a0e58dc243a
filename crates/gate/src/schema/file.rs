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
        choices: Option<Vec<String>>,
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
    Date,
    Month,
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
            attributes: attributes(&node.attributes)?,
        });
    }
    Ok(Schema {
        nodes,
        body: allowed("body", &file.body.content)?,
        marks: file
            .marks
            .iter()
            .map(|(name, mark)| Ok((name.clone(), attributes(&mark.attributes)?)))
            .collect::<Result<_, SchemaError>>()?,
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

fn attributes(entries: &BTreeMap<String, AttributeEntry>) -> Result<Attributes, SchemaError> {
    entries
        .iter()
        .map(|(name, entry)| Ok((name.clone(), shape(name, entry)?)))
        .collect()
}

fn shape(name: &str, entry: &AttributeEntry) -> Result<Shape, SchemaError> {
    let scalar = match entry {
        AttributeEntry::Integer { min, max } => ScalarShape::Integer(IntegerBounds {
            min: *min,
            max: *max,
        }),
        AttributeEntry::String {
            max,
            format,
            choices,
        } => match (format, choices) {
            (Some(_), Some(_)) => {
                let attribute = name.to_owned();
                return Err(SchemaError::FormatAndChoices { attribute });
            }
            (None, Some(choices)) => ScalarShape::OneOf(choices.clone()),
            (format, None) => ScalarShape::Text {
                max: *max,
                format: match format {
                    None => Format::Any,
                    Some(FormatEntry::PageId) => Format::PageId,
                    Some(FormatEntry::Href) => Format::Href,
                    Some(FormatEntry::Date) => Format::Date,
                    Some(FormatEntry::Month) => Format::Month,
                },
            },
        },
        AttributeEntry::Boolean => ScalarShape::Boolean,
        AttributeEntry::Integers { min, max, count } => {
            let bounds = IntegerBounds {
                min: *min,
                max: *max,
            };
            let count = *count;
            return Ok(Shape::List(ListShape { bounds, count }));
        }
    };
    Ok(Shape::Scalar(scalar))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_and_choices_together_are_refused() {
        let schema = |attribute: &str| {
            read(&format!(
                r#"{{"version":1,"limits":{{"depth":1,"title_chars":1,"text_chars":1,
                "update_bytes":1,"document_bytes":1}},"body":{{"content":["a"]}},
                "nodes":{{"a":{{"attributes":{{"x":{attribute}}}}}}}}}"#
            ))
        };
        assert!(schema(r#"{"type":"string","max":4,"choices":["a"]}"#).is_ok());
        assert!(schema(r#"{"type":"string","max":7,"format":"month"}"#).is_ok());
        assert!(matches!(
            schema(r#"{"type":"string","max":7,"format":"month","choices":["a"]}"#),
            Err(SchemaError::FormatAndChoices { .. })
        ));
        assert!(matches!(
            schema(r#"{"type":"string","max":7,"format":"week"}"#),
            Err(SchemaError::Json { .. })
        ));
    }
}
