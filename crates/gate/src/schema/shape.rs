//! The shapes of values: what an attribute or a field may carry.

use crate::any::Plain;
use crate::href;

/// What an attribute may carry.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Scalar(ScalarShape),
    List(ListShape),
}

/// A single value.
#[derive(Clone, Debug)]
pub(crate) enum ScalarShape {
    Integer(IntegerBounds),
    Text { max: u32, format: Format },
    Boolean,
    OneOf(Vec<String>),
    Date,
    Number,
}

/// Integers, at most `count` of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListShape {
    pub(crate) bounds: IntegerBounds,
    pub(crate) count: u32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct IntegerBounds {
    pub(crate) min: i64,
    pub(crate) max: i64,
}

/// What a text must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Any,
    PageId,
    Href,
}

impl ScalarShape {
    pub(crate) fn accepts(&self, value: Plain<'_>, schemes: &[String]) -> bool {
        match (self, value) {
            (Self::Integer(bounds), value) => bounds.accepts(value),
            (Self::Boolean, Plain::Boolean(_)) | (Self::Number, Plain::Integer(_)) => true,
            (Self::Number, Plain::Float(number)) => number.is_finite(),
            (Self::Text { max, format }, Plain::Text(text)) => {
                fits(text, *max)
                    && match format {
                        Format::Any => true,
                        Format::PageId => is_page_id(text),
                        Format::Href => href::is_allowed(text, schemes),
                    }
            }
            (Self::OneOf(choices), Plain::Text(text)) => choices.iter().any(|known| known == text),
            (Self::Date, Plain::Text(text)) => is_date(text),
            _ => false,
        }
    }
}

impl IntegerBounds {
    pub(crate) fn accepts(self, value: Plain<'_>) -> bool {
        match value {
            Plain::Integer(number) => (self.min..=self.max).contains(&number),
            // JavaScript has one kind of number; a whole one may arrive as a float.
            #[expect(clippy::cast_possible_truncation, reason = "whole and far below 2^53")]
            Plain::Float(number) => {
                number.fract() == 0.0
                    && number.abs() < 9e15
                    && (self.min..=self.max).contains(&(number as i64))
            }
            _ => false,
        }
    }
}

/// Whether `text` has at most `max` characters; a long text is not counted through.
fn fits(text: &str, max: u32) -> bool {
    text.len() <= max as usize || text.chars().nth(max as usize).is_none()
}

/// A ULID in canonical lower case: <https://github.com/ulid/spec>.
pub(super) fn is_page_id(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_digit() || (b.is_ascii_lowercase() && !b"ilou".contains(&b));
    text.len() == 26
        && text.bytes().all(letter)
        && text.as_bytes().first().is_some_and(|b| *b < b'8')
}

/// `YYYY-MM-DD`, with a month and a day that exist.
pub(super) fn is_date(text: &str) -> bool {
    let number = |part: &str, length: usize| {
        (part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (
        parts.next().and_then(|part| number(part, 4)),
        parts.next().and_then(|part| number(part, 2)),
        parts.next().and_then(|part| number(part, 2)),
        parts.next(),
    ) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_exist() {
        for day in ["2024-02-29", "2023-11-08"] {
            assert!(is_date(day), "{day}");
        }
        for day in [
            "2023-02-29",
            "2023-13-01",
            "2023-1-01",
            "2023-01-00",
            "+023-01-01",
            "",
        ] {
            assert!(!is_date(day), "{day}");
        }
    }

    #[test]
    fn page_ids_have_one_spelling() {
        assert!(is_page_id("01jd0000000000000000000000"));
        for id in [
            "01JD0000000000000000000000",
            "81jd0000000000000000000000",
            "01jd",
            "01jl0000000000000000000000",
        ] {
            assert!(!is_page_id(id), "{id}");
        }
    }

    #[test]
    fn whole_floats_count_as_integers() {
        let bounds = IntegerBounds { min: 1, max: 3 };
        assert!(bounds.accepts(Plain::Float(2.0)));
        for value in [
            Plain::Float(2.5),
            Plain::Float(f64::NAN),
            Plain::Integer(4),
            Plain::Null,
        ] {
            assert!(!bounds.accepts(value), "{value:?}");
        }
    }
}
