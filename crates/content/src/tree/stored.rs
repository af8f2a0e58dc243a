//! From a stored name and its attributes to a shape.

use denkraum_domain::PageId;
use serde_json::Value;

use super::value::{Consent, Day, Month, Span, Tone};
use super::{Attributes, Shape};
use crate::schema::MAX_START;

impl Shape {
    /// Reads name and attributes; returns also the attributes that the schema does not know.
    ///
    /// Nothing is lost: a known name with an attribute out of bounds that it cannot do without
    /// becomes [`Shape::Unknown`]; an optional one is kept among the unknown attributes.
    pub fn from_parts(name: &str, mut attributes: Attributes) -> (Self, Attributes) {
        attributes.retain(|_, value| !value.is_null());
        let mut stored = Stored {
            left: attributes.clone(),
        };
        if let Some(shape) = stored.shape(name) {
            (shape, stored.left)
        } else {
            let name = name.to_owned();
            (Self::Unknown { name, attributes }, Attributes::new())
        }
    }
}

/// Attributes, of which those that were understood are taken away.
struct Stored {
    left: Attributes,
}

impl Stored {
    fn shape(&mut self, name: &str) -> Option<Shape> {
        Some(match name {
            "paragraph" => Shape::Paragraph,
            "heading" => Shape::Heading {
                level: u8::try_from(self.number("level", 1, 1, 3)?).ok()?,
            },
            "bulletList" => Shape::BulletList,
            "orderedList" => Shape::OrderedList {
                start: self.number("start", 1, 0, MAX_START)?,
            },
            "listItem" => Shape::ListItem,
            "taskList" => Shape::TaskList,
            "taskItem" => Shape::TaskItem {
                checked: self.needed("checked", false, Value::as_bool)?,
                person: self.text("person"),
                due: self.read("due", Day::parse),
            },
            "blockquote" => Shape::Blockquote,
            "callout" => Shape::Callout {
                tone: self.needed("tone", Tone::Note, |value| Tone::parse(value.as_str()?))?,
            },
            "codeBlock" => Shape::CodeBlock {
                language: self.text("language"),
            },
            "table" => Shape::Table,
            "tableRow" => Shape::TableRow,
            "tableCell" | "tableHeader" => Shape::TableCell {
                header: name == "tableHeader",
                span: self.span()?,
            },
            "familyVoice" => Shape::FamilyVoice {
                method: self.text("method"),
                consent: self.read("consent", Consent::parse),
                month: self.read("month", Month::parse),
            },
            "agreement" => Shape::Agreement {
                who: self.text("who"),
                until: self.read("until", Day::parse),
            },
            "horizontalRule" => Shape::HorizontalRule,
            "hardBreak" => Shape::HardBreak,
            "pageLink" => {
                let page = self.left.get("page")?.as_str()?;
                let page = PageId::parse(page).ok()?;
                self.left.remove("page");
                let label = self.text("label");
                if self.left.contains_key("label") {
                    return None;
                }
                Shape::PageLink { page, label }
            }
            "footnote" => Shape::Footnote,
            _ => return Shape::plain_frame(name),
        })
    }

    fn span(&mut self) -> Option<Span> {
        let columns = self.number("colspan", 1, 1, u32::from(Span::MAX_COLUMNS))?;
        let rows = self.number("rowspan", 1, 1, u32::from(Span::MAX_ROWS))?;
        let widths = self.left.get("colwidth").and_then(widths);
        if widths.is_some() {
            self.left.remove("colwidth");
        }
        Some(Span {
            columns: u16::try_from(columns).ok()?,
            rows: u16::try_from(rows).ok()?,
            widths: widths.unwrap_or_default(),
        })
    }

    /// An attribute with a default; `None` when a value stands there that cannot be read.
    fn needed<T>(
        &mut self,
        key: &str,
        default: T,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        match self.left.remove(key) {
            None => Some(default),
            Some(value) => read(&value),
        }
    }

    fn number(&mut self, key: &str, default: u32, min: u32, max: u32) -> Option<u32> {
        self.needed(key, default, whole)
            .filter(|number| (min..=max).contains(number))
    }

    /// An optional text; an empty one means that there is none.
    fn text(&mut self, key: &str) -> Option<String> {
        if !self.left.get(key)?.is_string() {
            return None;
        }
        match self.left.remove(key) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// An optional text of a form.
    fn read<T>(&mut self, key: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let stored = self.left.get(key)?.as_str()?;
        let read = parse(stored);
        if read.is_some() || stored.is_empty() {
            self.left.remove(key);
        }
        read
    }
}

/// Widths of columns; `None` when one is not allowed.
fn widths(value: &Value) -> Option<Vec<u16>> {
    let (least, most) = Span::WIDTHS;
    let values = value.as_array()?;
    if values.len() > usize::from(Span::MAX_COLUMNS) {
        return None;
    }
    let width = |value: &Value| u16::try_from(whole(value)?).ok();
    values
        .iter()
        .map(|value| width(value).filter(|width| (least..=most).contains(width)))
        .collect()
}

/// A whole number, also when written as a floating point number, as JavaScript may.
fn whole(value: &Value) -> Option<u32> {
    if let Some(number) = value.as_u64() {
        return u32::try_from(number).ok();
    }
    let number = value.as_f64()?;
    let fits = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be whole and in range"
    )]
    fits.then_some(number as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(name: &str, attributes: Value) -> (Shape, Attributes) {
        Shape::from_parts(name, serde_json::from_value(attributes).unwrap())
    }

    #[test]
    fn optional_attributes_out_of_bounds_are_kept_beside_the_shape() {
        let (shape, extra) = read(
            "taskItem",
            json!({ "checked": true, "person": ["x"], "due": "bald" }),
        );
        let task = Shape::TaskItem {
            checked: true,
            person: None,
            due: None,
        };
        assert_eq!(shape, task);
        assert_eq!(json!(extra), json!({ "person": ["x"], "due": "bald" }));
        let (shape, extra) = read("tableCell", json!({ "colwidth": [9] }));
        let span = Span::default();
        let header = false;
        assert_eq!(shape, Shape::TableCell { header, span });
        assert_eq!(json!(extra), json!({ "colwidth": [9] }));
    }

    #[test]
    fn a_shape_that_cannot_do_without_an_attribute_becomes_unknown() {
        for (name, attributes) in [
            ("heading", json!({ "level": 9 })),
            ("taskItem", json!({ "checked": "yes" })),
            ("callout", json!({ "tone": "danger" })),
            ("tableCell", json!({ "colspan": 51 })),
            ("tableHeader", json!({ "rowspan": 0 })),
            ("pageLink", json!({ "page": "nobody" })),
        ] {
            let (shape, extra) = read(name, attributes.clone());
            assert_eq!(json!(shape.attributes()), attributes, "{name}");
            assert!(matches!(shape, Shape::Unknown { .. }) && extra.is_empty());
        }
    }

    #[test]
    fn empty_values_mean_that_there_is_none() {
        let (shape, extra) = read("agreement", json!({ "who": "", "until": "", "x": "" }));
        let (who, until) = (None, None);
        assert_eq!(shape, Shape::Agreement { who, until });
        assert_eq!(json!(extra), json!({ "x": "" }));
    }
}
