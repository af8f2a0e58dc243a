//! The tree as JSON, in the form of ProseMirror: `type`, `attrs`, `content`, `marks`, `text`.

use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::tree::{Attributes, Element, Mark, Node, Shape, Text};

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Text(text) => {
                map.serialize_entry("type", "text")?;
                map.serialize_entry("text", &text.text)?;
                if !text.marks.is_empty() {
                    map.serialize_entry("marks", &text.marks)?;
                }
            }
            Self::Element(element) => {
                map.serialize_entry("type", element.shape.name())?;
                let mut attributes = element.extra.clone();
                attributes.extend(element.shape.attributes());
                if !attributes.is_empty() {
                    map.serialize_entry("attrs", &attributes)?;
                }
                if !element.content.is_empty() {
                    map.serialize_entry("content", &element.content)?;
                }
            }
        }
        map.end()
    }
}

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.name())?;
        let value = self.value();
        if value != Value::Object(Map::new()) {
            map.serialize_entry("attrs", &value)?;
        }
        map.end()
    }
}

#[derive(Deserialize)]
struct RawNode {
    #[serde(rename = "type")]
    name: String,
    text: Option<String>,
    #[serde(default)]
    attrs: Option<Attributes>,
    #[serde(default)]
    content: Vec<Node>,
    #[serde(default)]
    marks: Vec<Mark>,
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawNode::deserialize(deserializer)?;
        // An element may be called "text" too, in a stored document that no editor wrote.
        if raw.name == "text"
            && let Some(text) = raw.text
        {
            let mut marks = raw.marks;
            Mark::sort(&mut marks);
            return Ok(Self::Text(Text { text, marks }));
        }
        let (shape, extra) = Shape::from_parts(&raw.name, raw.attrs.unwrap_or_default());
        Ok(Self::Element(Element {
            shape,
            extra,
            content: raw.content,
        }))
    }
}

impl<'de> Deserialize<'de> for Mark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct RawMark {
            #[serde(rename = "type")]
            name: String,
            #[serde(default)]
            attrs: Option<Value>,
        }
        let raw = RawMark::deserialize(deserializer)?;
        let value = raw.attrs.unwrap_or_else(|| Value::Object(Map::new()));
        Ok(Self::from_parts(&raw.name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn stays(json: &Value) {
        let node: Node = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(&serde_json::to_value(&node).unwrap(), json);
    }

    #[test]
    fn known_nodes_are_written_as_they_were_read() {
        stays(
            &json!({ "type": "heading", "attrs": { "level": 2 }, "content": [
            { "type": "text", "text": "Ziel", "marks": [
                { "type": "bold" },
                { "type": "link", "attrs": { "href": "https://example.org/" } } ] } ] }),
        );
        stays(&json!({ "type": "pageLink", "attrs": {
            "page": "01arz3ndektsv4rrffq69g5fav", "label": "dort" } }));
        stays(&json!({ "type": "taskItem", "attrs": {
            "checked": true, "person": "Jugendamt", "due": "2024-03-01" } }));
        stays(&json!({ "type": "tableHeader", "attrs": {
            "colspan": 2, "rowspan": 1, "colwidth": [100, 200] } }));
    }

    #[test]
    fn unknown_nodes_marks_and_attributes_are_written_as_they_were_read() {
        stays(
            &json!({ "type": "poll", "attrs": { "columns": [1, 2] }, "content": [
            { "type": "paragraph", "attrs": { "align": "right" }, "content": [
                { "type": "text", "text": "x", "marks": [
                    { "type": "comment--AAAAAAA=", "attrs": { "id": 7 } } ] } ] } ] }),
        );
        stays(&json!({ "type": "heading", "attrs": { "level": 9 } }));
        stays(&json!({ "type": "pageLink", "attrs": { "page": "nobody" } }));
    }

    #[test]
    fn the_suffix_of_an_overlapping_mark_is_dropped_from_known_names() {
        let mark: Mark = serde_json::from_value(json!({ "type": "bold--Ab+/Ab==" })).unwrap();
        assert_eq!(mark, Mark::Bold);
    }
}
