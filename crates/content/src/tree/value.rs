//! Values that attributes of the tree have.

use std::fmt;

/// How a callout is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    #[default]
    Note,
    /// Something that helps.
    Tip,
    /// Something not to be missed.
    Important,
    /// Something to beware of.
    Warning,
}

impl Tone {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Note, Self::Tip, Self::Important, Self::Warning];

    /// The name as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tone| tone.name() == name)
    }
}

/// How a family agreed to be quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// It was not asked, or did not agree.
    None,
    /// In words.
    Spoken,
    /// In writing.
    Written,
}

impl Consent {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::None, Self::Spoken, Self::Written];

    /// The name as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Spoken => "spoken",
            Self::Written => "written",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|consent| consent.name() == name)
    }
}

/// A month of a year from 0 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: u16,
    month: u8,
}

impl Month {
    /// Reads `YYYY-MM`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let year = number(year, 4)?;
        let month = u8::try_from(number(month, 2)?).ok()?;
        (1..=12).contains(&month).then_some(Self { year, month })
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn number(self) -> u8 {
        self.month
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// A day that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    month: Month,
    day: u8,
}

impl Day {
    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_at_checked(7)?;
        let month = Month::parse(month)?;
        let day = u8::try_from(number(day.strip_prefix('-')?, 2)?).ok()?;
        let year = month.year;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month.month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 31,
        };
        (1..=days).contains(&day).then_some(Self { month, day })
    }

    /// The month.
    pub fn month(self) -> Month {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn number(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.month, self.day)
    }
}

/// A number of exactly `length` digits.
fn number(digits: &str, length: usize) -> Option<u16> {
    let plain = digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// How far a cell of a table reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// How many columns, 1 to 50.
    pub columns: u16,
    /// How many rows, 1 to 500.
    pub rows: u16,
    /// The widths of its columns in pixels, each 10 to 4,000; none when they were never set.
    pub widths: Vec<u16>,
}

impl Span {
    /// The most columns.
    pub const MAX_COLUMNS: u16 = 50;
    /// The most rows.
    pub const MAX_ROWS: u16 = 500;
    /// The narrowest and the widest column, in pixels.
    pub const WIDTHS: (u16, u16) = (10, 4000);

    /// Whether it is one cell of a width that was never set.
    pub fn is_plain(&self) -> bool {
        self.columns == 1 && self.rows == 1 && self.widths.is_empty()
    }

    /// The nearest span that the schema allows.
    #[must_use]
    pub(crate) fn clamped(&self) -> Self {
        let (least, most) = Self::WIDTHS;
        let widths = self.widths.iter().take(usize::from(Self::MAX_COLUMNS));
        Self {
            columns: self.columns.clamp(1, Self::MAX_COLUMNS),
            rows: self.rows.clamp(1, Self::MAX_ROWS),
            widths: widths.map(|width| (*width).clamp(least, most)).collect(),
        }
    }
}

impl Default for Span {
    fn default() -> Self {
        Self {
            columns: 1,
            rows: 1,
            widths: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_that_exist_are_written_as_they_were_read() {
        for day in ["2024-02-29", "2000-02-29", "0000-12-31"] {
            assert_eq!(Day::parse(day).unwrap().to_string(), day);
        }
        for day in [
            "2023-02-29",
            "2023-04-31",
            "2024-1-01",
            "2024-01-00",
            "2024-01",
            "",
            "ä",
        ] {
            assert_eq!(Day::parse(day), None, "{day}");
        }
        assert_eq!(Month::parse("2024-03").unwrap().to_string(), "2024-03");
        for month in ["2024-13", "2024-00", "2024-3", "2024-03-01", "+024-03", ""] {
            assert_eq!(Month::parse(month), None, "{month}");
        }
    }
}
