//! The fields of a page: which keys of `values` and which text roots there are, and what they carry.
//!
//! A field is named `NAME`, a part of an entry of a list `NAME/ITEM/PART`. Names come from the
//! caller's declaration and hold neither `/` nor `=`.

use std::collections::BTreeMap;

use super::Schema;
use super::shape::{Format, ScalarShape, is_date, is_page_id};
use crate::any::Plain;

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
    /// A set of pages: `NAME=PAGE` → true in `values`.
    Pages,
    /// A set whose choices each have a text: `NAME=CHOICE` → true, and the root `text:NAME/CHOICE`.
    NotedSet {
        /// The choices.
        choices: Vec<String>,
    },
    /// A list of entries: `NAME/ITEM/order`, and for each part what its shape says under
    /// `NAME/ITEM/PART`. An item is 8 to 26 characters of `a-z` and `0-9`; an order is 1 to
    /// [`MAX_ORDER_CHARS`] characters of `a-z`.
    List {
        /// The parts of an entry by name; none is called `order`.
        parts: Vec<(String, FieldShape)>,
    },
}

/// The most characters of a free choice, for instance a tag.
pub const MAX_CHOICE_CHARS: u32 = 60;
/// The most characters of the place of an entry among others.
pub const MAX_ORDER_CHARS: usize = 64;

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
    /// A day, or the first and the last of several, written `YYYY-MM-DD/YYYY-MM-DD` in that order.
    DateRange,
    /// A finite number.
    Number,
    /// A number from `min` to `max`.
    NumberWithin {
        /// The least.
        min: f64,
        /// The greatest.
        max: f64,
    },
    /// The id of a page.
    Page,
    /// Yes or no.
    Boolean,
}

#[derive(Clone, Debug)]
pub(crate) enum FieldRule {
    Text,
    Scalar(ScalarShape),
    DateRange,
    NumberWithin {
        min: f64,
        max: f64,
    },
    Order,
    Set {
        choices: Option<Vec<String>>,
        max: u32,
    },
    Pages,
    NotedSet(Vec<String>),
    List(BTreeMap<String, FieldRule>),
}

impl From<FieldShape> for FieldRule {
    fn from(shape: FieldShape) -> Self {
        match shape {
            FieldShape::Text => Self::Text,
            FieldShape::Scalar(scalar) => scalar.into(),
            FieldShape::Set { choices } => Self::Set {
                choices,
                max: MAX_CHOICE_CHARS,
            },
            FieldShape::Pages => Self::Pages,
            FieldShape::NotedSet { choices } => Self::NotedSet(choices),
            FieldShape::List { parts } => Self::List(
                parts
                    .into_iter()
                    .map(|(name, shape)| (name, shape.into()))
                    .collect(),
            ),
        }
    }
}

impl From<ScalarType> for FieldRule {
    fn from(scalar: ScalarType) -> Self {
        let text = |max, format| Self::Scalar(ScalarShape::Text { max, format });
        match scalar {
            ScalarType::String { max } => text(max, Format::Any),
            ScalarType::OneOf { choices } => Self::Scalar(ScalarShape::OneOf(choices)),
            ScalarType::Date => text(10, Format::Date),
            ScalarType::DateRange => Self::DateRange,
            ScalarType::Number => Self::Scalar(ScalarShape::Number),
            ScalarType::NumberWithin { min, max } => Self::NumberWithin { min, max },
            ScalarType::Page => text(26, Format::PageId),
            ScalarType::Boolean => Self::Scalar(ScalarShape::Boolean),
        }
    }
}

impl FieldRule {
    /// Whether `NAME` may carry the value.
    fn takes(&self, value: Plain<'_>, schemes: &[String]) -> bool {
        match (self, value) {
            (Self::Scalar(shape), value) => shape.accepts(value, schemes),
            (Self::DateRange, Plain::Text(text)) => is_date_range(text),
            (Self::Order, Plain::Text(text)) => is_order(text),
            #[expect(clippy::cast_precision_loss, reason = "bounds are far below 2^53")]
            (Self::NumberWithin { min, max }, Plain::Integer(number)) => {
                (*min..=*max).contains(&(number as f64))
            }
            (Self::NumberWithin { min, max }, Plain::Float(number)) => {
                (*min..=*max).contains(&number)
            }
            _ => false,
        }
    }

    /// Whether `NAME` may stand in `values`.
    fn is_single(&self) -> bool {
        matches!(
            self,
            Self::Scalar(_) | Self::DateRange | Self::NumberWithin { .. } | Self::Order
        )
    }

    /// Whether `NAME=CHOICE` may stand in `values`.
    fn has_choice(&self, choice: &str) -> bool {
        match self {
            Self::Set {
                choices: Some(known),
                ..
            }
            | Self::NotedSet(known) => known.iter().any(|known| known == choice),
            Self::Set { choices: None, max } => {
                !choice.is_empty() && choice.chars().count() <= *max as usize
            }
            Self::Pages => is_page_id(choice),
            _ => false,
        }
    }
}

impl Schema {
    /// Adds a field. A field of the same name is replaced.
    #[must_use]
    pub fn with_field(mut self, name: &str, shape: FieldShape) -> Self {
        self.fields.insert(name.to_owned(), shape.into());
        self
    }

    /// The rule of a field, or of a part of an entry.
    fn field_rule(&self, path: &str) -> Option<&FieldRule> {
        let Some((name, inside)) = path.split_once('/') else {
            return self.fields.get(path);
        };
        let Some(FieldRule::List(parts)) = self.fields.get(name) else {
            return None;
        };
        let (item, part) = inside.split_once('/')?;
        if !is_item(item) {
            return None;
        }
        if part == "order" {
            return Some(&FieldRule::Order);
        }
        parts.get(part)
    }

    /// Whether `key` may carry `value` in the map `values`.
    pub(crate) fn field_value(&self, key: &str, value: Plain<'_>) -> bool {
        match key.split_once('=') {
            Some(_) => self.field_key(key) && value == Plain::Boolean(true),
            None => self
                .field_rule(key)
                .is_some_and(|rule| rule.takes(value, &self.schemes)),
        }
    }

    /// Whether `key` may stand in the map `values` at all.
    pub(crate) fn field_key(&self, key: &str) -> bool {
        match key.split_once('=') {
            Some((path, choice)) => self
                .field_rule(path)
                .is_some_and(|rule| rule.has_choice(choice)),
            None => self.field_rule(key).is_some_and(FieldRule::is_single),
        }
    }

    /// Whether `text:NAME` is a root.
    pub(crate) fn text_field(&self, name: &str) -> bool {
        if let Some(rule) = self.field_rule(name) {
            return matches!(rule, FieldRule::Text);
        }
        name.split_once('/').is_some_and(|(name, choice)| {
            let noted = self.fields.get(name);
            noted.is_some_and(|rule| {
                matches!(rule, FieldRule::NotedSet(_)) && rule.has_choice(choice)
            })
        })
    }
}

fn is_item(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    (8..=26).contains(&text.len()) && text.bytes().all(plain)
}

fn is_order(text: &str) -> bool {
    (1..=MAX_ORDER_CHARS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase())
}

fn is_date_range(text: &str) -> bool {
    match text.split_once('/') {
        None => is_date(text),
        // Dates of this form sort as texts.
        Some((first, last)) => is_date(first) && is_date(last) && first < last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_a_day_or_two_in_order() {
        for range in ["2023-09-11", "2023-09-11/2023-09-12"] {
            assert!(is_date_range(range), "{range}");
        }
        for range in [
            "2023-09-12/2023-09-11",
            "2023-09-11/2023-09-11",
            "2023-09-11/",
            "/2023-09-11",
            "2023-09-11/2023-09-12/2023-09-13",
            "2023-02-30",
        ] {
            assert!(!is_date_range(range), "{range}");
        }
    }

    #[test]
    fn items_and_orders_have_a_narrow_form() {
        assert!(is_item("0a1b2c3d") && is_item(&"a".repeat(26)));
        for item in ["0a1b2c3", "0A1b2c3d", "0a1b/c3d", &"a".repeat(27)] {
            assert!(!is_item(item), "{item}");
        }
        assert!(is_order("n") && is_order("zzn"));
        for order in ["", "N", "1", &"z".repeat(65)] {
            assert!(!is_order(order), "{order}");
        }
    }
}
