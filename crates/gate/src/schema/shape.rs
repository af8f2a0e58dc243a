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
    /// A day, written `YYYY-MM-DD`.
    Date,
    /// A month, written `YYYY-MM`.
    Month,
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
                        Format::Date => is_date(text),
                        Format::Month => is_month(text),
                    }
            }
            (Self::OneOf(choices), Plain::Text(text)) => choices.iter().any(|known| known == text),
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
    let Some((month, day)) = text.split_at_checked(7) else {
        return false;
    };
    let Some((year, month)) = year_and_month(month) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    day.strip_prefix('-')
        .and_then(|day| number(day, 2))
        .is_some_and(|day| (1..=days).contains(&day))
}

/// `YYYY-MM`, with a month that exists.
fn is_month(text: &str) -> bool {
    year_and_month(text).is_some()
}

fn year_and_month(text: &str) -> Option<(u32, u32)> {
    let (year, month) = text.split_once('-')?;
    let (year, month) = (number(year, 4)?, number(month, 2)?);
    (1..=12).contains(&month).then_some((year, month))
}

/// A number of exactly `length` digits.
fn number(digits: &str, length: usize) -> Option<u32> {
    let plain = digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_exist() {
        for day in ["2024-02-29", "2023-11-08", "2000-02-29", "0000-12-31"] {
            assert!(is_date(day), "{day}");
        }
        for day in [
            "2023-02-29",
            "2023-13-01",
            "2023-1-01",
            "2023-01-00",
            "2023-04-31",
            "1900-02-29",
            "+023-01-01",
            "2023-01",
            "2023-01-011",
            "2023-0ä-01",
            "",
        ] {
            assert!(!is_date(day), "{day}");
        }
    }

    #[test]
    fn months_exist() {
        for month in ["2024-01", "2023-12"] {
            assert!(is_month(month), "{month}");
        }
        for month in [
            "2024-00",
            "2024-13",
            "2024-1",
            "24-01",
            "2024-01-01",
            "2024/01",
            "",
        ] {
            assert!(!is_month(month), "{month}");
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
