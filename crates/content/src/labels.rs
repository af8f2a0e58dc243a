//! Words that outputs for reading add to a text, in the reader's language.

use crate::tree::{Consent, Day, Month, Shape, Tone};

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
    /// Above a guiding question.
    pub guiding_question: &'static str,
    /// Above what a family says.
    pub family_voice: &'static str,
    /// No consent, spoken, written.
    pub consents: [&'static str; 3],
    /// Above an insight.
    pub insight: &'static str,
    /// Above an agreement.
    pub agreement: &'static str,
    /// Above an open question.
    pub open_question: &'static str,
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
        guiding_question: "Leitfrage",
        family_voice: "Familienstimme",
        consents: [
            "ohne Einverständnis",
            "mündliches Einverständnis",
            "schriftliches Einverständnis",
        ],
        insight: "Einsicht",
        agreement: "Vereinbarung",
        open_question: "Offene Frage",
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
        guiding_question: "Guiding question",
        family_voice: "Family voice",
        consents: ["no consent", "spoken consent", "written consent"],
        insight: "Insight",
        agreement: "Agreement",
        open_question: "Open question",
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
            Shape::GuidingQuestion => self.guiding_question,
            Shape::FamilyVoice { .. } => self.family_voice,
            Shape::Insight => self.insight,
            Shape::Agreement { .. } => self.agreement,
            Shape::OpenQuestion => self.open_question,
            _ => return None,
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
