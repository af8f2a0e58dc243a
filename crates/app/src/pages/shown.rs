//! Fields as people read them: the question, and the answers in words.
//!
//! Works on the JSON form of values and on the declared taxonomy, so that it says every answer without
//! knowing its type.

use denkraum_content::{PageContent, Titles};
use denkraum_domain::PageId;
use serde_json::Value;

use super::fields::{answered, field_json};
use crate::catalogue::{Catalogue, Field, FieldSort, Kind, Language, Term};

/// A field with its answers, for reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownField {
    /// The name in documents.
    pub name: String,
    /// The type of its declaration, such as `long_text`.
    pub sort: &'static str,
    /// The question that the form asks.
    pub question: String,
    /// The words that invite to answer, where the usual ones do not fit.
    pub invite: Option<String>,
    /// The choices in their order, where one of them is the answer; none in other types.
    pub choices: Vec<String>,
    /// Which of the choices is the answer, counted from 0.
    pub chosen: Option<usize>,
    /// The answers in words; none where nothing was answered.
    pub answers: Vec<String>,
    /// The same answers, each in its parts: what an entry of a list consists of, a criterion and how
    /// it is met. Other answers have one part.
    pub parts: Vec<Vec<ShownPart>>,
}

/// A part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownPart {
    /// The type of its declaration, such as `text`.
    pub sort: &'static str,
    /// The answer in words.
    pub words: String,
}

/// All fields of a page in the order of its form, answered or not.
pub(crate) fn all_fields(
    catalogue: &Catalogue,
    kind: &Kind,
    content: &PageContent,
    language: Language,
    titles: &dyn Titles,
) -> Vec<ShownField> {
    let mut answers = answered(catalogue, kind, content);
    let fields = kind.fields.iter().map(|field| {
        let value = answers.remove(&field.name).map(field_json);
        let value = value.unwrap_or_default();
        let say = Say {
            catalogue,
            language,
            titles,
        };
        let choices = choices(catalogue, field, language);
        ShownField {
            name: field.name.clone(),
            sort: field.sort.as_str(),
            question: field.question.pick(language).to_owned(),
            invite: field
                .when_empty
                .as_ref()
                .map(|words| words.pick(language).to_owned()),
            chosen: choices.iter().position(|(id, _)| *id == value),
            choices: choices.into_iter().map(|(_, label)| label).collect(),
            answers: words(catalogue, field, &value, language, titles),
            parts: say.parts(field, &value),
        }
    });
    fields.collect()
}

/// The answered fields of a page in the order of its form.
pub(crate) fn shown_fields(
    catalogue: &Catalogue,
    kind: &Kind,
    content: &PageContent,
    language: Language,
    titles: &dyn Titles,
) -> Vec<ShownField> {
    let mut fields = all_fields(catalogue, kind, content, language, titles);
    fields.retain(|field| !field.answers.is_empty());
    fields
}

/// The choices of which one is the answer, by the value that stands for each.
fn choices(catalogue: &Catalogue, field: &Field, language: Language) -> Vec<(Value, String)> {
    match field.sort {
        FieldSort::Flag => [true, false]
            .map(|flag| (Value::Bool(flag), capital(yes_or_no(flag, language))))
            .into(),
        FieldSort::One | FieldSort::Ladder => {
            let terms = catalogue.choices(field).iter();
            let label = |term: &Term| term.label.pick(language).to_owned();
            terms
                .map(|term| (Value::String(term.id.as_str().to_owned()), label(term)))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The same word at the beginning of a line.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// What is needed to put values into words.
struct Say<'a> {
    catalogue: &'a Catalogue,
    language: Language,
    titles: &'a dyn Titles,
}

impl Say<'_> {
    fn words(&self, field: &Field, value: &Value) -> Vec<String> {
        words(self.catalogue, field, value, self.language, self.titles)
    }

    /// Each answer of a field in its parts.
    fn parts(&self, field: &Field, value: &Value) -> Vec<Vec<ShownPart>> {
        match value {
            Value::Array(values) => {
                let entries = values.iter().flat_map(|value| self.parts(field, value));
                entries.filter(|entry| !entry.is_empty()).collect()
            }
            Value::Object(values) if field.parts.is_empty() => {
                let criteria = values.iter().map(|(choice, how)| {
                    let choice = text_in_words(self.catalogue, field, choice, self.language);
                    let how = how.as_str().map(str::trim).unwrap_or_default();
                    [("criteria", choice), ("text", how.to_owned())]
                        .map(|(sort, words)| ShownPart { sort, words })
                        .into_iter()
                        .filter(|part| !part.words.is_empty())
                        .collect::<Vec<_>>()
                });
                criteria.collect()
            }
            Value::Object(values) => {
                let parts = field.parts.iter().flat_map(|part| {
                    let value = values.get(&part.name).unwrap_or(&Value::Null);
                    let sort = part.sort.as_str();
                    let words = self.words(part, value).into_iter();
                    words.map(move |words| ShownPart { sort, words })
                });
                vec![parts.collect()]
            }
            _ => {
                let sort = field.sort.as_str();
                let answers = self.words(field, value).into_iter();
                answers
                    .map(|words| vec![ShownPart { sort, words }])
                    .collect()
            }
        }
    }
}

fn words(
    catalogue: &Catalogue,
    field: &Field,
    value: &Value,
    language: Language,
    titles: &dyn Titles,
) -> Vec<String> {
    match value {
        Value::String(page) if field.sort.links() => vec![page_in_words(page, language, titles)],
        Value::Null => Vec::new(),
        Value::Bool(flag) => vec![yes_or_no(*flag, language).to_owned()],
        Value::Number(number) => vec![count_in_words(field, number, language)],
        Value::String(text) => vec![text_in_words(catalogue, field, text, language)],
        Value::Array(values) => {
            let each = values.iter();
            each.map(|value| words(catalogue, field, value, language, titles).join(" · "))
                .filter(|words| !words.is_empty())
                .collect()
        }
        Value::Object(values) => {
            if field.parts.is_empty() {
                // Criteria: the choice, then the words on how it is met.
                let each = values.iter().map(|(choice, words)| {
                    let choice = text_in_words(catalogue, field, choice, language);
                    match words.as_str().map(str::trim) {
                        None | Some("") => choice,
                        Some(words) => format!("{choice}: {words}"),
                    }
                });
                return each.collect();
            }
            let parts = field.parts.iter().flat_map(|part| {
                let value = values.get(&part.name).unwrap_or(&Value::Null);
                words(catalogue, part, value, language, titles)
            });
            vec![parts.collect::<Vec<_>>().join(" · ")]
        }
    }
}

fn yes_or_no(flag: bool, language: Language) -> &'static str {
    match (flag, language) {
        (true, Language::German) => "ja",
        (true, Language::English) => "yes",
        (false, Language::German) => "nein",
        (false, Language::English) => "no",
    }
}

/// A number behind what is counted, which so need not agree with it.
fn count_in_words(field: &Field, number: &serde_json::Number, language: Language) -> String {
    let number = number_in_words(number, language);
    match &field.bounds.unit {
        Some(unit) => format!("{}: {number}", unit.pick(language)),
        None => number,
    }
}

fn number_in_words(number: &serde_json::Number, language: Language) -> String {
    let text = match number.as_f64() {
        Some(value) if value.fract() == 0.0 && value.abs() < 1e15 => format!("{value:.0}"),
        _ => number.to_string(),
    };
    match language {
        Language::German => text.replace('.', ","),
        Language::English => text,
    }
}

fn text_in_words(catalogue: &Catalogue, field: &Field, text: &str, language: Language) -> String {
    let mut choices = catalogue.choices(field).iter();
    if let Some(choice) = choices.find(|choice| choice.id.as_str() == text) {
        return choice.label.pick(language).to_owned();
    }
    match text.parse::<jiff::civil::Date>() {
        Ok(day) if text.len() == 10 => day_in_words(day, language),
        _ => span_in_words(text, language).unwrap_or_else(|| text.to_owned()),
    }
}

/// A linked page as this reader may see it.
fn page_in_words(page: &str, language: Language, titles: &dyn Titles) -> String {
    let title = PageId::parse(page).ok().and_then(|page| titles.title(page));
    title.unwrap_or_else(|| match language {
        Language::German => "Seite ohne Zugang".to_owned(),
        Language::English => "Page without access".to_owned(),
    })
}

/// Two days as people say them; `None` if the text is something else.
fn span_in_words(text: &str, language: Language) -> Option<String> {
    let (first, last) = text.split_once('/')?;
    let say = |day: &str| Some(day_in_words(day.parse().ok()?, language));
    Some(format!("{} – {}", say(first)?, say(last)?))
}

/// A day as people say it: 7. November 2023, 7 November 2023.
pub fn day_in_words(day: jiff::civil::Date, language: Language) -> String {
    const MONTHS: [(&str, &str); 12] = [
        ("Januar", "January"),
        ("Februar", "February"),
        ("März", "March"),
        ("April", "April"),
        ("Mai", "May"),
        ("Juni", "June"),
        ("Juli", "July"),
        ("August", "August"),
        ("September", "September"),
        ("Oktober", "October"),
        ("November", "November"),
        ("Dezember", "December"),
    ];
    let month = usize::try_from(day.month()).unwrap_or(1).saturating_sub(1);
    let (german, english) = MONTHS.get(month).copied().unwrap_or_default();
    match language {
        Language::German => format!("{}. {german} {}", day.day(), day.year()),
        Language::English => format!("{} {english} {}", day.day(), day.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_are_said_in_the_readers_language() {
        let day = "2023-11-07".parse().unwrap();
        assert_eq!(day_in_words(day, Language::German), "7. November 2023");
        assert_eq!(day_in_words(day, Language::English), "7 November 2023");
        let number = serde_json::Number::from_f64(2.5).unwrap();
        assert_eq!(number_in_words(&number, Language::German), "2,5");
        let number = serde_json::Number::from_f64(40.0).unwrap();
        assert_eq!(number_in_words(&number, Language::English), "40");
    }
}
