//! Answers in words, for people who read a page somewhere else.

use denkraum_content::Titles;
use denkraum_domain::PageId;

use crate::catalogue::{Catalogue, Field};
use crate::views::FieldValue;

/// What stands for a page that the reader may not see.
const HIDDEN: &str = "Seite ohne Zugang";

/// An answer as German lines of plain text.
pub(crate) fn in_words(
    catalogue: &Catalogue,
    field: &Field,
    value: &FieldValue,
    titles: &dyn Titles,
) -> Vec<String> {
    let choice = |id: &str| choice(catalogue, field, id, titles);
    match value {
        FieldValue::Flag(true) => vec!["ja".to_owned()],
        FieldValue::Flag(false) => vec!["nein".to_owned()],
        FieldValue::Number(number) => {
            let number = number.to_string().replace('.', ",");
            let unit = field.bounds.unit.as_ref();
            vec![unit.map_or(number.clone(), |unit| format!("{number} {}", unit.de))]
        }
        FieldValue::Text(text) if field.sort.is_text() => text.lines().map(str::to_owned).collect(),
        FieldValue::Text(text) if field.sort.chooses() || field.sort.links() => vec![choice(text)],
        FieldValue::Text(days) => {
            let days: Vec<_> = days.split('/').map(german_day).collect();
            vec![days.join(" bis ")]
        }
        FieldValue::Many(choices) => {
            let words: Vec<_> = choices.iter().map(|id| choice(id)).collect();
            vec![words.join(", ")]
        }
        FieldValue::Noted(noted) => noted
            .iter()
            .map(|(id, words)| match words.trim() {
                "" => choice(id),
                words => format!("{}: {words}", choice(id)),
            })
            .collect(),
        FieldValue::List(entries) => entries
            .iter()
            .map(|entry| {
                let parts = field.parts.iter().filter_map(|part| {
                    let value = entry.parts.get(&part.name)?;
                    Some(in_words(catalogue, part, value, titles).join(" "))
                });
                parts.collect::<Vec<_>>().join(": ")
            })
            .collect(),
    }
}

/// A day as 18.07.2023.
fn german_day(day: &str) -> String {
    let parts: Vec<_> = day.rsplit('-').collect();
    parts.join(".")
}

fn choice(catalogue: &Catalogue, field: &Field, id: &str, titles: &dyn Titles) -> String {
    if field.sort.links() {
        let title = PageId::parse(id).ok().and_then(|page| titles.title(page));
        return title.unwrap_or_else(|| HIDDEN.to_owned());
    }
    let choices = catalogue.choices(field);
    let term = choices.iter().find(|term| term.id.as_str() == id);
    // A choice that is no longer offered is shown by its id.
    term.map_or_else(|| id.to_owned(), |term| term.label.de.clone())
}
