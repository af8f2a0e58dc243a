//! Lists: entries of several parts. An entry is known by its item, a short random text, so that two
//! people who change different entries change different keys.

use std::collections::BTreeSet;

use denkraum_content::{Change, PageContent, Scalar};

use super::{FieldError, FieldWriter, wrong_form};
use crate::catalogue::{Field, FieldSort, Kind};
use crate::views::{FieldValue, ListEntry};

/// The most entries that a program gives at once.
const MAX_ENTRIES: usize = 200;

/// The part that says where an entry stands among the others; also the name of its key.
pub(super) const ORDER: &str = "order";

impl FieldWriter<'_> {
    /// Makes a list as given: entries with a known id are changed, those without are new, and those
    /// that are not named go.
    pub(super) fn set_list(
        &self,
        field: &Field,
        value: Option<&FieldValue>,
        change: &mut Change,
    ) -> Result<(), (String, FieldError)> {
        let name = &field.name;
        let refuse = |error| (name.clone(), error);
        let entries: &[ListEntry] = match value {
            None => &[],
            Some(FieldValue::List(entries)) => entries,
            // JSON does not tell an empty list from another.
            Some(FieldValue::Many(none)) if none.is_empty() => &[],
            Some(_) => return Err(refuse(wrong_form(field))),
        };
        if entries.len() > MAX_ENTRIES {
            return Err(refuse(FieldError::TooMany { max: MAX_ENTRIES }));
        }
        let mut kept = BTreeSet::new();
        for (index, entry) in entries.iter().enumerate() {
            let item = match &entry.id {
                Some(id) if is_item(id) && !kept.contains(id) => id.clone(),
                Some(id) => return Err(refuse(FieldError::Entry { id: id.clone() })),
                None => self.environment.item_id(),
            };
            kept.insert(item.clone());
            let order = Scalar::Text(order_at(index));
            change
                .values
                .insert(format!("{name}/{item}/{ORDER}"), Some(order));
            let at = |part: &str| format!("{name}[{index}].{part}");
            let is_part = |given: &&String| field.parts.iter().all(|part| part.name != **given);
            if let Some(unknown) = entry.parts.keys().find(is_part) {
                return Err((at(unknown), FieldError::Unknown));
            }
            for part in &field.parts {
                let path = format!("{name}/{item}/{}", part.name);
                self.set_simple(part, &path, entry.parts.get(&part.name), change)
                    .map_err(|error| (at(&part.name), error))?;
            }
        }
        if let Some(now) = self.now {
            for item in items(name, now).difference(&kept) {
                remove(&format!("{name}/{item}/"), now, change);
            }
        }
        Ok(())
    }
}

/// Adds to a change that says everything about a page what it cannot know without the page: that
/// other entries of its lists and the words of other criteria go.
pub(crate) fn forget_other_entries(kind: &Kind, now: &PageContent, change: &mut Change) {
    for field in &kind.fields {
        let prefix = format!("{}/", field.name);
        match field.sort {
            FieldSort::List => {
                for item in items(&field.name, now) {
                    let below = format!("{prefix}{item}/");
                    if !change.values.contains_key(&format!("{below}{ORDER}")) {
                        remove(&below, now, change);
                    }
                }
            }
            FieldSort::Criteria => {
                for path in now.texts.keys().filter(|path| path.starts_with(&prefix)) {
                    change.texts.entry(path.clone()).or_default();
                }
            }
            _ => {}
        }
    }
}

/// Empties everything below the prefix; undeclared parts too.
fn remove(prefix: &str, now: &PageContent, change: &mut Change) {
    let below = |path: &&String| path.starts_with(prefix);
    for path in now.values.keys().filter(below) {
        change.values.insert(path.clone(), None);
    }
    for path in now.sets.keys().filter(below) {
        change.sets.insert(path.clone(), BTreeSet::new());
    }
    for path in now.texts.keys().filter(below) {
        change.texts.insert(path.clone(), String::new());
    }
}

/// The items of a list. An entry is there as long as anything of it is: what somebody wrote into
/// an entry that another removed at the same time stays to be seen.
pub(super) fn items(name: &str, content: &PageContent) -> BTreeSet<String> {
    let paths = content
        .values
        .keys()
        .chain(content.sets.keys())
        .chain(content.texts.keys());
    paths
        .filter_map(|path| {
            let (item, _) = path
                .strip_prefix(name)?
                .strip_prefix('/')?
                .split_once('/')?;
            Some(item.to_owned())
        })
        .collect()
}

/// The item of an entry: as in the document schema.
fn is_item(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    (8..=26).contains(&text.len()) && text.bytes().all(plain)
}

/// The place of the entry with that index in a list that is written as a whole: `n` to `z`, then
/// `zn` to `zz` and so on. Between any two there is room for others.
fn order_at(index: usize) -> String {
    let last = b"nopqrstuvwxyz";
    let mut order = "z".repeat(index / last.len());
    order.extend(last.get(index % last.len()).copied().map(char::from));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_places_of_a_whole_list_sort_as_its_entries_and_fit() {
        let orders: Vec<_> = (0..MAX_ENTRIES).map(order_at).collect();
        assert!(orders.is_sorted_by(|one, two| one < two), "{orders:?}");
        assert!(orders.iter().all(|order| order.len() <= 64));
    }
}
