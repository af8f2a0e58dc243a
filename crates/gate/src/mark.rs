//! The JSON value of a mark: `null`, or a flat object of declared attributes.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::any::Plain;
use crate::schema::{Attributes, Shape};

/// Whether `json` is `null` (the mark ends) or an object whose entries are all declared, with
/// values of the declared type; `null` stands for "no value".
pub(crate) fn is_allowed(json: &str, attributes: &Attributes, schemes: &[String]) -> bool {
    // What nearly all marks carry.
    if matches!(json, "null" | "{}") {
        return true;
    }
    let mut reader = serde_json::Deserializer::from_str(json);
    let value = MarkValue {
        attributes,
        schemes,
    }
    .deserialize(&mut reader);
    value.is_ok() && reader.end().is_ok()
}

/// Whether the engine behind the gate can read `json` at all. It reads marks that are known already
/// or stand in something forgotten, too.
pub(crate) fn is_json(json: &str) -> bool {
    matches!(json, "null" | "{}") || serde_json::from_str::<serde_json::Value>(json).is_ok()
}

struct MarkValue<'s> {
    attributes: &'s Attributes,
    schemes: &'s [String],
}

impl<'de> DeserializeSeed<'de> for MarkValue<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for MarkValue<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null or a flat object of declared attributes")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            let Some(shape) = self.attributes.get(name.as_ref()) else {
                return Err(de::Error::custom(
                    "an attribute that the mark does not have",
                ));
            };
            map.next_value_seed(AttributeValue {
                shape,
                schemes: self.schemes,
            })?;
        }
        Ok(())
    }
}

struct AttributeValue<'s> {
    shape: &'s Shape,
    schemes: &'s [String],
}

impl AttributeValue<'_> {
    fn accept<E: de::Error>(&self, value: Plain<'_>) -> Result<(), E> {
        match self.shape {
            _ if value == Plain::Null => Ok(()),
            Shape::Scalar(shape) if shape.accepts(value, self.schemes) => Ok(()),
            _ => Err(E::custom("a value that the attribute does not take")),
        }
    }
}

impl<'de> DeserializeSeed<'de> for AttributeValue<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AttributeValue<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a plain value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.accept(Plain::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.accept(Plain::Boolean(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.accept(Plain::Integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.accept(Plain::Integer(i64::try_from(value).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.accept(Plain::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        self.accept(Plain::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Shape::List(shape) = self.shape else {
            return Err(de::Error::custom("a list where none belongs"));
        };
        let mut count = 0;
        while let Some(number) = list.next_element::<f64>()? {
            count += 1;
            if count > shape.count || !shape.bounds.accepts(Plain::Float(number)) {
                return Err(de::Error::custom("a list that the attribute does not take"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Schema;

    fn check(json: &str) -> bool {
        let schema = Schema::from_json(include_str!("../../../data/schema/page.json")).unwrap();
        is_allowed(json, schema.mark("link").unwrap(), &schema.schemes)
    }

    /// [G-13]
    #[test]
    fn a_mark_is_null_or_a_flat_object_of_its_attributes() {
        for json in [
            "null",
            "{}",
            " null ",
            r#"{"href":"https://example.org"}"#,
            r#"{"href":null}"#,
        ] {
            assert!(check(json), "{json}");
        }
        for json in [
            "",
            "true",
            "1",
            "\"a\"",
            "[]",
            "undefined",
            "{",
            "{} {}",
            r#"{"href":1}"#,
            r#"{"href":["https://a"]}"#,
            r#"{"href":{"a":1}}"#,
            r#"{"onclick":"x"}"#,
            r#"{"href":"javascript:alert(1)"}"#,
            r#"{"href":"java\u0000script:alert(1)"}"#,
            r#"{"href":"https://a","href":"javascript:alert(1)"}"#,
        ] {
            assert!(!check(json), "{json}");
        }
        assert!(!check(&"[".repeat(10_000)));
        assert!(!check(&format!("{{\"href\":{}", "{\"a\":".repeat(3_000))));
    }
}
