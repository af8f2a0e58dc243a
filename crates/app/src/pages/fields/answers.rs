//! From a document to the answers that its kind declares.

use std::collections::BTreeMap;

use denkraum_content::{PageContent, Scalar};

use super::list::{ORDER, items};
use crate::catalogue::{Catalogue, Field, FieldSort, Kind};
use crate::views::{FieldValue, ListEntry};

/// The answered fields of a page, by the declaration of its kind; what is not declared (any more)
/// stays in the document and is left out here.
pub(crate) fn answered(
    catalogue: &Catalogue,
    kind: &Kind,
    content: &PageContent,
) -> BTreeMap<String, FieldValue> {
    let fields = kind.fields.iter();
    fields
        .filter_map(|field| Some((field.name.clone(), answer(catalogue, field, content)?)))
        .collect()
}

/// The answers that a list of pages shows in a page's line.
pub(crate) fn card(kind: &Kind, content: &PageContent) -> BTreeMap<String, FieldValue> {
    let fields = kind.fields.iter().filter(|field| field.card);
    fields
        .filter_map(|field| Some((field.name.clone(), simple(field, &field.name, content)?)))
        .collect()
}

fn answer(catalogue: &Catalogue, field: &Field, content: &PageContent) -> Option<FieldValue> {
    match field.sort {
        FieldSort::Criteria => criteria(catalogue, field, content),
        FieldSort::List => list(field, content),
        _ => simple(field, &field.name, content),
    }
}

fn simple(field: &Field, path: &str, content: &PageContent) -> Option<FieldValue> {
    match field.sort {
        sort if sort.is_text() => written(path, content).map(FieldValue::Text),
        FieldSort::Many | FieldSort::PageLinks => {
            let choices = content.sets.get(path).filter(|set| !set.is_empty())?;
            Some(FieldValue::Many(choices.iter().cloned().collect()))
        }
        _ => match content.values.get(path)? {
            Scalar::Bool(flag) => Some(FieldValue::Flag(*flag)),
            Scalar::Number(number) => Some(FieldValue::Number(*number)),
            Scalar::Text(text) => Some(FieldValue::Text(text.clone())),
        },
    }
}

fn written(path: &str, content: &PageContent) -> Option<String> {
    let text = content.texts.get(path)?;
    (!text.trim().is_empty()).then(|| text.clone())
}

/// A criterion is met if somebody said so or wrote how.
fn criteria(catalogue: &Catalogue, field: &Field, content: &PageContent) -> Option<FieldValue> {
    let chosen = content.sets.get(&field.name);
    let noted: BTreeMap<_, _> = catalogue
        .choices(field)
        .iter()
        .filter_map(|term| {
            let choice = term.id.as_str();
            let words = written(&format!("{}/{choice}", field.name), content);
            let is_chosen = chosen.is_some_and(|chosen| chosen.contains(choice));
            (is_chosen || words.is_some()).then(|| (choice.to_owned(), words.unwrap_or_default()))
        })
        .collect();
    (!noted.is_empty()).then_some(FieldValue::Noted(noted))
}

fn list(field: &Field, content: &PageContent) -> Option<FieldValue> {
    let mut entries: Vec<_> = items(&field.name, content)
        .into_iter()
        .filter_map(|item| {
            let path = |part: &str| format!("{}/{item}/{part}", field.name);
            let parts: BTreeMap<_, _> = field
                .parts
                .iter()
                .filter_map(|part| {
                    let answer = simple(part, &path(&part.name), content)?;
                    Some((part.name.clone(), answer))
                })
                .collect();
            let order = match content.values.get(&path(ORDER)) {
                Some(Scalar::Text(order)) => Some(order.clone()),
                _ => None,
            };
            // Without a place an entry comes last.
            let place = (order.is_none(), order, item.clone());
            let entry = ListEntry {
                id: Some(item),
                parts,
            };
            (!entry.parts.is_empty()).then_some((place, entry))
        })
        .collect();
    entries.sort_by(|(one, _), (two, _)| one.cmp(two));
    let entries: Vec<_> = entries.into_iter().map(|(_, entry)| entry).collect();
    (!entries.is_empty()).then_some(FieldValue::List(entries))
}
