//! The names of the document schema that this crate knows, and its own bounds.
//!
//! The source is `data/schema/page.json`; a test fails when the two differ.

/// The schema version that new documents carry in `meta`.
pub const SCHEMA_VERSION: u32 = 1;

/// The deepest element (children of the body are at depth 1) that outputs and new documents have.
/// One level less than the schema's limit is left for the text inside, one for lists to come.
pub const WRITE_DEPTH: usize = 30;

/// The deepest element kept when a stored document is read; what lies deeper becomes plain text.
pub const READ_DEPTH: usize = 64;

/// The most UTF-16 units of a page link's own text.
pub(crate) const LABEL_UNITS: usize = 200;

/// The most UTF-16 units of the person of a task, and of those who agree.
pub(crate) const PERSON_UNITS: usize = 120;

/// The most UTF-16 units of how a family was heard.
pub(crate) const METHOD_UNITS: usize = 60;

/// The most UTF-16 units of the language of code.
pub(crate) const LANGUAGE_UNITS: usize = 40;

/// The highest number an ordered list may start with.
pub(crate) const MAX_START: u32 = 999_999;

/// The most bytes of a link's address.
pub(crate) const MAX_HREF_BYTES: usize = 2048;

/// The schemes that a link may have.
pub(crate) const HREF_SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Attributes, Consent, Mark, Shape, Span, Tone};
    use serde_json::{Value, json};
    use std::collections::BTreeSet;

    fn schema() -> Value {
        serde_json::from_str(include_str!("../../../data/schema/page.json")).unwrap()
    }

    fn names(of: &Value) -> BTreeSet<String> {
        of.as_object()
            .map(|map| map.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// A value that the schema allows for an attribute.
    fn sample(attribute: &Value) -> Value {
        if let Some(choices) = attribute["choices"].as_array() {
            return choices[0].clone();
        }
        match (attribute["type"].as_str(), attribute["format"].as_str()) {
            (Some("integer"), _) => attribute["max"].clone(),
            (Some("integers"), _) => json!([attribute["min"], attribute["max"]]),
            (Some("boolean"), _) => json!(true),
            (_, Some("date")) => json!("2024-02-29"),
            (_, Some("month")) => json!("2024-02"),
            (_, Some("page-id")) => json!("01arz3ndektsv4rrffq69g5fav"),
            (_, Some("href")) => json!("https://example.org/"),
            _ => json!("x"),
        }
    }

    #[test]
    fn every_node_of_the_schema_is_known_with_exactly_its_attributes() {
        let schema = schema();
        let known: BTreeSet<String> = Shape::names().map(ToOwned::to_owned).collect();
        assert_eq!(known, names(&schema["nodes"]));
        for (name, node) in schema["nodes"].as_object().unwrap() {
            let attributes: Attributes = node["attributes"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, value)| (key.clone(), sample(value)))
                .collect();
            let (shape, extra) = Shape::from_parts(name, attributes.clone());
            assert!(extra.is_empty(), "{name} does not know {extra:?}");
            assert_eq!(shape.name(), name);
            assert_eq!(shape.attributes(), attributes, "{name}");
            assert!(!matches!(shape, Shape::Unknown { .. }), "{name}");
        }
    }

    #[test]
    fn every_mark_of_the_schema_is_known_with_exactly_its_attributes() {
        let schema = schema();
        let known: BTreeSet<String> = Mark::NAMES.iter().map(ToString::to_string).collect();
        assert_eq!(known, names(&schema["marks"]));
        for (name, mark) in schema["marks"].as_object().unwrap() {
            let value: Value = mark["attributes"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, value)| (key.clone(), sample(value)))
                .collect::<serde_json::Map<_, _>>()
                .into();
            let read = Mark::from_parts(name, value.clone());
            assert!(!matches!(read, Mark::Unknown { .. }), "{name}");
            assert_eq!((read.name(), read.value()), (name.as_str(), value));
        }
    }

    #[test]
    fn the_bounds_are_those_of_the_schema() {
        let schema = schema();
        let depth = usize::try_from(schema["limits"]["depth"].as_u64().unwrap()).unwrap();
        assert!(WRITE_DEPTH < depth && depth <= READ_DEPTH);
        assert_eq!(schema["version"], SCHEMA_VERSION);
        assert_eq!(schema["href_schemes"], json!(HREF_SCHEMES));
        let link = &schema["nodes"]["pageLink"]["attributes"];
        assert_eq!(link["label"]["max"], LABEL_UNITS);
        let start = &schema["nodes"]["orderedList"]["attributes"]["start"];
        assert_eq!(start["max"], MAX_START);
        assert_eq!(
            schema["marks"]["link"]["attributes"]["href"]["max"],
            MAX_HREF_BYTES
        );
        assert_eq!(schema["nodes"]["heading"]["attributes"]["level"]["max"], 3);
        let nodes = &schema["nodes"];
        let of = |node: &str, key: &str| nodes[node]["attributes"][key].clone();
        assert_eq!(of("taskItem", "person")["max"], PERSON_UNITS);
        assert_eq!(of("agreement", "who")["max"], PERSON_UNITS);
        assert_eq!(of("familyVoice", "method")["max"], METHOD_UNITS);
        assert_eq!(of("codeBlock", "language")["max"], LANGUAGE_UNITS);
        for cell in ["tableCell", "tableHeader"] {
            assert_eq!(of(cell, "colspan")["max"], Span::MAX_COLUMNS);
            assert_eq!(of(cell, "rowspan")["max"], Span::MAX_ROWS);
            let widths = of(cell, "colwidth");
            let bounds = json!([widths["min"], widths["max"], widths["count"]]);
            let (least, most) = Span::WIDTHS;
            assert_eq!(bounds, json!([least, most, Span::MAX_COLUMNS]));
        }
        let tones: Vec<&str> = Tone::ALL.into_iter().map(Tone::name).collect();
        assert_eq!(of("callout", "tone")["choices"], json!(tones));
        let consents: Vec<&str> = Consent::ALL.into_iter().map(Consent::name).collect();
        assert_eq!(of("familyVoice", "consent")["choices"], json!(consents));
    }
}
