//! Field values between the API's form and the document's roots, checked by declaration.

use std::collections::{BTreeMap, BTreeSet};

use denkraum_content::{Change, PageContent, Scalar};
use thiserror::Error;

use crate::catalogue::{Catalogue, Field, FieldSort, Kind};
use crate::views::FieldValue;

/// Why a field does not take a value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FieldError {
    /// The kind has no such field.
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
}

/// The most characters of a text field; the document schema allows a little more for those who
/// write at the same time.
const MAX_TEXT_CHARS: usize = 20_000;

/// The changes that bring about the given fields. The error names the field.
pub(crate) fn checked_fields(
    catalogue: &Catalogue,
    kind: &Kind,
    fields: &BTreeMap<String, Option<FieldValue>>,
) -> Result<Change, (String, FieldError)> {
    let mut change = Change::default();
    for (name, value) in fields {
        let refuse = |error| (name.clone(), error);
        let field = kind
            .field(name)
            .ok_or_else(|| refuse(FieldError::Unknown))?;
        set(catalogue, field, value.as_ref(), &mut change).map_err(refuse)?;
    }
    Ok(change)
}

fn set(
    catalogue: &Catalogue,
    field: &Field,
    value: Option<&FieldValue>,
    change: &mut Change,
) -> Result<(), FieldError> {
    let name = field.name.clone();
    let form = FieldError::Form {
        expected: field.sort.as_str(),
    };
    match field.sort {
        FieldSort::Text | FieldSort::LongText | FieldSort::Role => {
            let text = match value {
                None => String::new(),
                Some(FieldValue::Text(text)) if text.chars().count() <= MAX_TEXT_CHARS => {
                    text.clone()
                }
                Some(FieldValue::Text(_)) => {
                    return Err(FieldError::TooLong {
                        max: MAX_TEXT_CHARS,
                    });
                }
                Some(_) => return Err(form),
            };
            change.texts.insert(name, text);
        }
        FieldSort::Many => {
            let choices = match value {
                None => &[][..],
                Some(FieldValue::Many(choices)) => choices.as_slice(),
                Some(_) => return Err(form),
            };
            for choice in choices {
                check_choice(catalogue, field, choice)?;
            }
            change.sets.insert(name, choices.iter().cloned().collect());
        }
        _ => {
            let scalar = value
                .map(|value| scalar(catalogue, field, value, form))
                .transpose()?;
            change.values.insert(name, scalar);
        }
    }
    Ok(())
}

fn scalar(
    catalogue: &Catalogue,
    field: &Field,
    value: &FieldValue,
    form: FieldError,
) -> Result<Scalar, FieldError> {
    match (field.sort, value) {
        (FieldSort::One, FieldValue::Text(choice)) => {
            check_choice(catalogue, field, choice)?;
            Ok(Scalar::Text(choice.clone()))
        }
        (FieldSort::Date, FieldValue::Text(day))
            if day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok() =>
        {
            Ok(Scalar::Text(day.clone()))
        }
        (FieldSort::Number, FieldValue::Number(number)) if number.is_finite() => {
            Ok(Scalar::Number(*number))
        }
        (FieldSort::Flag, FieldValue::Flag(flag)) => Ok(Scalar::Bool(*flag)),
        _ => Err(form),
    }
}

fn check_choice(catalogue: &Catalogue, field: &Field, choice: &str) -> Result<(), FieldError> {
    if catalogue
        .choices(field)
        .iter()
        .any(|term| term.id.as_str() == choice)
    {
        Ok(())
    } else {
        Err(FieldError::Choice {
            choice: choice.to_owned(),
        })
    }
}

/// The answered fields of a page, by the declaration of its kind; what is not declared (any more)
/// stays in the document and is left out here.
pub(crate) fn answered(kind: &Kind, content: &PageContent) -> BTreeMap<String, FieldValue> {
    let value = |field: &Field| match field.sort {
        FieldSort::Text | FieldSort::LongText | FieldSort::Role => {
            let text = content
                .texts
                .get(&field.name)
                .filter(|text| !text.trim().is_empty())?;
            Some(FieldValue::Text(text.clone()))
        }
        FieldSort::Many => {
            let choices = content
                .sets
                .get(&field.name)
                .filter(|set| !set.is_empty())?;
            Some(FieldValue::Many(choices.iter().cloned().collect()))
        }
        _ => match content.values.get(&field.name)? {
            Scalar::Bool(flag) => Some(FieldValue::Flag(*flag)),
            Scalar::Number(number) => Some(FieldValue::Number(*number)),
            Scalar::Text(text) => Some(FieldValue::Text(text.clone())),
        },
    };
    kind.fields
        .iter()
        .filter_map(|field| Some((field.name.clone(), value(field)?)))
        .collect()
}

/// The facets that search offers and the fields that fill them.
const FACETS: [(&str, &str); 4] = [
    (denkraum_search::FIELD_FACET, "field"),
    (denkraum_search::DEPARTMENT_FACET, "departments"),
    (denkraum_search::PHASE_FACET, "life_phase"),
    ("status", "status"),
];

/// A page's facets: names of facets with its values.
pub(crate) fn facets(
    values: &BTreeMap<String, Scalar>,
    sets: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<(String, String)> {
    let mut facets = Vec::new();
    for (facet, field) in FACETS {
        let one = match values.get(field) {
            Some(Scalar::Text(choice)) => Some(choice),
            _ => None,
        };
        let many = sets.get(field).into_iter().flatten();
        facets.extend(
            one.into_iter()
                .chain(many)
                .map(|choice| (facet.to_owned(), choice.clone())),
        );
    }
    facets
}
