//! Words that outputs for reading add to a text, in the reader's language.

use crate::tree::{Consent, Day, Frame, Month, Shape, Tone};

/// The words of one language.
#[derive(Debug)]
pub struct Labels {
    /// A task that is done, and one that is not.
    pub task: [&'static str; 2],
    /// Before the day by which or until which.
    pub until: &'static str,
    /// A note, a tip, something important, a warning.
    pub tones: [&'static str; 4],
    /// What opens a collapsible whose first block is no line of text.
    pub more: &'static str,
    /// The word above a frame.
    frame: fn(&Frame) -> &'static str,
    /// No consent, spoken, written.
    pub consents: [&'static str; 3],
    /// The name of the list of footnotes.
    pub footnotes: &'static str,
    /// The months, January first.
    pub months: [&'static str; 12],
    /// What stands behind the day of a month.
    pub day_sign: &'static str,
}

impl Labels {
    /// German.
    pub const GERMAN: Self = Self {
        task: ["erledigt", "offen"],
        until: "bis",
        tones: ["Hinweis", "Tipp", "Wichtig", "Achtung"],
        more: "Zum Aufklappen",
        frame: |frame| frame.german,
        consents: [
            "ohne Einverständnis",
            "mündliches Einverständnis",
            "schriftliches Einverständnis",
        ],
        footnotes: "Fußnoten",
        months: [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        day_sign: ".",
    };

    /// English.
    pub const ENGLISH: Self = Self {
        task: ["done", "open"],
        until: "until",
        tones: ["Note", "Tip", "Important", "Warning"],
        more: "Open",
        frame: |frame| frame.english,
        consents: ["no consent", "spoken consent", "written consent"],
        footnotes: "Footnotes",
        months: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        day_sign: "",
    };

    /// What stands above a block that says what it is; `None` for other blocks.
    pub(crate) fn of(&self, shape: &Shape) -> Option<&'static str> {
        let [note, tip, important, warning] = self.tones;
        Some(match shape {
            Shape::Callout { tone } => match tone {
                Tone::Note => note,
                Tone::Tip => tip,
                Tone::Important => important,
                Tone::Warning => warning,
            },
            // Its first block says what it is.
            Shape::Collapsible => return None,
            _ => (self.frame)(shape.frame()?),
        })
    }

    pub(crate) fn consent(&self, consent: Consent) -> &'static str {
        let [none, spoken, written] = self.consents;
        match consent {
            Consent::None => none,
            Consent::Spoken => spoken,
            Consent::Written => written,
        }
    }

    pub(crate) fn month(&self, month: Month) -> String {
        let at = usize::from(month.number()).saturating_sub(1);
        let name = self.months.get(at).copied().unwrap_or_default();
        format!("{name} {}", month.year())
    }

    pub(crate) fn day(&self, day: Day) -> String {
        let sign = self.day_sign;
        format!("{}{sign} {}", day.number(), self.month(day.month()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_in_the_language() {
        let day = Day::parse("2024-03-01").unwrap();
        assert_eq!(Labels::GERMAN.day(day), "1. März 2024");
        assert_eq!(Labels::ENGLISH.day(day), "1 March 2024");
    }
}
