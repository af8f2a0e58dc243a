//! Field values between the API's form and the document's roots, checked by declaration.
//!
//! In the document a field lies under a path: its name, or `NAME/ITEM/PART` for a part of a list's
//! entry. Texts are roots, the choices of a set are keys `PATH=CHOICE`, other values stand at the
//! key `PATH`.

mod answers;
mod facets;
mod json;
mod list;

use std::collections::BTreeMap;

use denkraum_content::{Change, PageContent, Scalar};
use denkraum_domain::PageId;
use thiserror::Error;

use crate::app::App;
use crate::catalogue::{Catalogue, Field, FieldSort, Kind};
use crate::environment::Environment;
use crate::views::FieldValue;

pub(crate) use answers::{answered, card};
pub(crate) use facets::{facets, field_links, stamp};
pub(crate) use json::{field_json, field_value};
pub(crate) use list::forget_other_entries;

/// Why a field does not take a value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FieldError {
    /// The kind has no such field, or the list no such part.
    #[error("this kind of page has no such field")]
    Unknown,
    /// The value has another form.
    #[error("the field takes a value of type {expected}")]
    Form {
        /// The type of the declaration.
        expected: &'static str,
    },
    /// The value is not a choice of the taxonomy.
    #[error("\"{choice}\" is not one of the choices")]
    Choice {
        /// What was given.
        choice: String,
    },
    /// The text is too long.
    #[error("the text has more than {max} characters")]
    TooLong {
        /// The most characters.
        max: usize,
    },
    /// The number is below the least or above the greatest.
    #[error("the number is not within the limits of the field")]
    OutOfBounds {
        /// The least, as text.
        min: Option<String>,
        /// The greatest, as text.
        max: Option<String>,
    },
    /// The list has too many entries.
    #[error("the list has more than {max} entries")]
    TooMany {
        /// The most entries.
        max: usize,
    },
    /// Entries of a list have an id of another form, or share one.
    #[error("\"{id}\" is no id of an entry, or stands there twice")]
    Entry {
        /// What was given.
        id: String,
    },
}

/// The most characters of a text field; the document schema allows a little more for those who
/// write at the same time.
const MAX_TEXT_CHARS: usize = 20_000;

/// Turns given values into a change of a document.
pub(crate) struct FieldWriter<'a> {
    pub(crate) catalogue: &'a Catalogue,
    /// Makes ids for new entries of lists.
    pub(crate) environment: &'a Environment,
    /// What stands in the document now; `None` for a new one.
    pub(crate) now: Option<&'a PageContent>,
}

impl App {
    /// Writes fields into a new page, or into one whose content is `now`.
    pub(crate) fn field_writer<'a>(&'a self, now: Option<&'a PageContent>) -> FieldWriter<'a> {
        FieldWriter {
            catalogue: self.catalogue(),
            environment: self.environment(),
            now,
        }
    }
}

impl FieldWriter<'_> {
    /// The changes that bring about the given fields; `None` empties one. The error names the field.
    pub(crate) fn change(
        &self,
        kind: &Kind,
        fields: &BTreeMap<String, Option<FieldValue>>,
    ) -> Result<Change, (String, FieldError)> {
        let mut change = Change::default();
        for (name, value) in fields {
            let field = kind
                .field(name)
                .ok_or_else(|| (name.clone(), FieldError::Unknown))?;
            self.set(field, value.as_ref(), &mut change)?;
        }
        Ok(change)
    }

    fn set(
        &self,
        field: &Field,
        value: Option<&FieldValue>,
        change: &mut Change,
    ) -> Result<(), (String, FieldError)> {
        let refuse = |error| (field.name.clone(), error);
        match field.sort {
            FieldSort::Criteria => self.set_criteria(field, value, change).map_err(refuse),
            FieldSort::List => self.set_list(field, value, change),
            _ => self
                .set_simple(field, &field.name, value, change)
                .map_err(refuse),
        }
    }

    /// Sets what is no list and has no words, at its path.
    fn set_simple(
        &self,
        field: &Field,
        path: &str,
        value: Option<&FieldValue>,
        change: &mut Change,
    ) -> Result<(), FieldError> {
        match field.sort {
            sort if sort.is_text() => {
                let text = match value {
                    None => String::new(),
                    Some(FieldValue::Text(text)) => checked_text(text)?,
                    Some(_) => return Err(wrong_form(field)),
                };
                change.texts.insert(path.to_owned(), text);
            }
            FieldSort::Many | FieldSort::PageLinks => {
                let choices = match value {
                    None => &[][..],
                    Some(FieldValue::Many(choices)) => choices.as_slice(),
                    Some(_) => return Err(wrong_form(field)),
                };
                for choice in choices {
                    self.check_choice(field, choice)?;
                }
                let choices = choices.iter().cloned().collect();
                change.sets.insert(path.to_owned(), choices);
            }
            _ => {
                let scalar = value.map(|value| self.scalar(field, value)).transpose()?;
                change.values.insert(path.to_owned(), scalar);
            }
        }
        Ok(())
    }

    fn set_criteria(
        &self,
        field: &Field,
        value: Option<&FieldValue>,
        change: &mut Change,
    ) -> Result<(), FieldError> {
        let given: BTreeMap<&str, &str> = match value {
            None => BTreeMap::new(),
            Some(FieldValue::Noted(words)) => words
                .iter()
                .map(|(choice, words)| (choice.as_str(), words.as_str()))
                .collect(),
            Some(FieldValue::Many(choices)) => {
                choices.iter().map(|choice| (choice.as_str(), "")).collect()
            }
            Some(_) => return Err(wrong_form(field)),
        };
        for choice in given.keys() {
            self.check_choice(field, choice)?;
        }
        for term in self.catalogue.choices(field) {
            let words = given.get(term.id.as_str()).copied().unwrap_or_default();
            let words = checked_text(words)?;
            let path = format!("{}/{}", field.name, term.id);
            let stands = self.now.is_some_and(|now| now.texts.contains_key(&path));
            if stands || !words.is_empty() {
                change.texts.insert(path, words);
            }
        }
        let choices = given.keys().map(|choice| (*choice).to_owned()).collect();
        change.sets.insert(field.name.clone(), choices);
        Ok(())
    }

    fn scalar(&self, field: &Field, value: &FieldValue) -> Result<Scalar, FieldError> {
        match (field.sort, value) {
            (
                FieldSort::One | FieldSort::Ladder | FieldSort::PageLink,
                FieldValue::Text(choice),
            ) => {
                self.check_choice(field, choice)?;
                Ok(Scalar::Text(choice.clone()))
            }
            (FieldSort::Date, FieldValue::Text(day)) if is_day(day) => {
                Ok(Scalar::Text(day.clone()))
            }
            (FieldSort::DateRange, FieldValue::Text(days)) => match days.split_once('/') {
                None if is_day(days) => Ok(Scalar::Text(days.clone())),
                Some((first, last)) if is_day(first) && first == last => {
                    Ok(Scalar::Text(first.to_owned()))
                }
                Some((first, last)) if is_day(first) && is_day(last) && first < last => {
                    Ok(Scalar::Text(days.clone()))
                }
                _ => Err(wrong_form(field)),
            },
            (FieldSort::Number, FieldValue::Number(number)) if number.is_finite() => {
                let bounds = &field.bounds;
                if bounds.min.is_some_and(|min| *number < min)
                    || bounds.max.is_some_and(|max| *number > max)
                {
                    return Err(FieldError::OutOfBounds {
                        min: bounds.min.map(|min| min.to_string()),
                        max: bounds.max.map(|max| max.to_string()),
                    });
                }
                Ok(Scalar::Number(*number))
            }
            (FieldSort::Flag, FieldValue::Flag(flag)) => Ok(Scalar::Bool(*flag)),
            _ => Err(wrong_form(field)),
        }
    }

    /// A choice of the taxonomy, or the id of a page. Whether there is such a page is not asked:
    /// pages may come in any order, and a link says nothing about the page it leads to.
    fn check_choice(&self, field: &Field, choice: &str) -> Result<(), FieldError> {
        let known = if field.sort.links() {
            PageId::parse(choice).is_ok()
        } else {
            let choices = self.catalogue.choices(field);
            choices.iter().any(|term| term.id.as_str() == choice)
        };
        if known {
            Ok(())
        } else {
            Err(FieldError::Choice {
                choice: choice.to_owned(),
            })
        }
    }
}

fn wrong_form(field: &Field) -> FieldError {
    FieldError::Form {
        expected: field.sort.as_str(),
    }
}

fn checked_text(text: &str) -> Result<String, FieldError> {
    if text.chars().count() <= MAX_TEXT_CHARS {
        Ok(text.to_owned())
    } else {
        Err(FieldError::TooLong {
            max: MAX_TEXT_CHARS,
        })
    }
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}
