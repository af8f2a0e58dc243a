//! What search and links need of fields.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use denkraum_content::{Mention, PageContent, Scalar};
use denkraum_domain::PageId;

use super::list::items;
use crate::catalogue::{Field, FieldSort, Kind};

/// A page's facets: names of facets with its values, as its kind declares them.
pub(crate) fn facets(
    kind: &Kind,
    values: &BTreeMap<String, Scalar>,
    sets: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<(String, String)> {
    let mut facets = Vec::new();
    for field in &kind.fields {
        let Some(facet) = &field.facet else { continue };
        let one = match values.get(&field.name) {
            Some(Scalar::Text(choice)) => Some(choice),
            _ => None,
        };
        let many = sets.get(&field.name).into_iter().flatten();
        facets.extend(
            one.into_iter()
                .chain(many)
                .map(|choice| (facet.clone(), choice.clone())),
        );
    }
    facets
}

/// What of the declaration goes into a projection and the search index, as a text that changes when
/// it does.
pub(crate) fn stamp(kind: &Kind) -> String {
    let mut stamp = String::new();
    for field in &kind.fields {
        let facet = field.facet.as_deref().unwrap_or_default();
        let card = if field.card { "card" } else { "" };
        let links = field.parts.iter().filter(|part| part.sort.links());
        let parts: Vec<_> = links.map(|part| part.name.as_str()).collect();
        let _ = write!(
            stamp,
            "{}:{}:{facet}:{card}:{}:{};",
            field.name,
            field.sort.as_str(),
            field.label.de,
            parts.join(",")
        );
    }
    stamp
}

/// The pages that answers link to. The field's name stands before the link.
pub(crate) fn field_links(kind: &Kind, content: &PageContent) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for field in &kind.fields {
        match field.sort {
            FieldSort::PageLink | FieldSort::PageLinks => {
                add(field, &field.name, &field.label.de, content, &mut mentions);
            }
            FieldSort::List => {
                for item in items(&field.name, content) {
                    for part in field.parts.iter().filter(|part| part.sort.links()) {
                        let path = format!("{}/{item}/{}", field.name, part.name);
                        add(part, &path, &field.label.de, content, &mut mentions);
                    }
                }
            }
            _ => {}
        }
    }
    mentions
}

fn add(field: &Field, path: &str, label: &str, content: &PageContent, mentions: &mut Vec<Mention>) {
    let one = match (field.sort, content.values.get(path)) {
        (FieldSort::PageLink, Some(Scalar::Text(page))) => Some(page),
        _ => None,
    };
    let many = content.sets.get(path).into_iter().flatten();
    let many = many.filter(|_| field.sort == FieldSort::PageLinks);
    for page in one.into_iter().chain(many) {
        if let Ok(page) = PageId::parse(page) {
            mentions.push(Mention {
                page,
                label: None,
                before: format!("{label}: "),
                after: String::new(),
            });
        }
    }
}
