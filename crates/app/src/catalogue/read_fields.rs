//! Reading and checking the fields of kinds.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use denkraum_domain::KindId;
use serde::Deserialize;
use toml::Spanned;

use super::source::{CatalogueError, File};
use super::{Bounds, Field, FieldSort, Label, Term};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    name: Spanned<String>,
    #[serde(rename = "type")]
    sort: FieldSort,
    taxonomy: Option<Spanned<String>>,
    label: Label,
    question: Option<Label>,
    when_empty: Option<Label>,
    facet: Option<Spanned<RawFacet>>,
    card: Option<Spanned<bool>>,
    unit: Option<Spanned<Label>>,
    min: Option<Spanned<f64>>,
    max: Option<Spanned<f64>>,
    kinds: Option<Spanned<Vec<String>>>,
    #[serde(default)]
    part: Vec<RawField>,
}

/// `true` names the filter like the field.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected true or the name of a filter")]
enum RawFacet {
    Same(bool),
    Named(String),
}

/// Names that the search uses for other filters.
const TAKEN_FACETS: [&str; 5] = ["space", "kind", "tag", "year", "author"];

/// Reads the fields of one kind after the other.
pub(super) struct FieldsReader<'a> {
    file: &'a File<'a>,
    taxonomies: &'a BTreeMap<String, Vec<Term>>,
    kinds: &'a [String],
    /// Kinds share fields: the document has one place for each name.
    shared: BTreeMap<String, Field>,
    /// The taxonomy of each filter.
    facets: BTreeMap<String, Option<String>>,
}

/// Where a field is a field: of a kind, or a part of a list's entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Kind,
    Entry,
}

impl<'a> FieldsReader<'a> {
    pub(super) fn new(
        file: &'a File<'a>,
        taxonomies: &'a BTreeMap<String, Vec<Term>>,
        kinds: &'a [String],
    ) -> Self {
        Self {
            file,
            taxonomies,
            kinds,
            shared: BTreeMap::new(),
            facets: BTreeMap::new(),
        }
    }

    /// The fields of a kind.
    pub(super) fn kind(&mut self, raw: Vec<RawField>) -> Result<Vec<Field>, CatalogueError> {
        let mut names = BTreeSet::new();
        let mut fields = Vec::new();
        for field in raw {
            let at = field.name.span().start;
            let field = self.field(field, &mut names, Place::Kind)?;
            let old = self.shared.insert(field.name.clone(), field.clone());
            if old.is_some_and(|old| !old.agrees_with(&field)) {
                let reason = "has another type, taxonomy, facet, limit or part in another kind; \
                              kinds that share a field must agree";
                return Err(self.wrong(at, &field.name, reason));
            }
            fields.push(field);
        }
        Ok(fields)
    }

    fn field(
        &mut self,
        mut raw: RawField,
        names: &mut BTreeSet<String>,
        place: Place,
    ) -> Result<Field, CatalogueError> {
        let at = raw.name.span().start;
        let name = self
            .file
            .id(&raw.name, names, |text| field_name(text, place))?;
        if place == Place::Entry && !raw.sort.is_simple() {
            let reason = format!(
                "a part of a list cannot be of type {}; it can be text, long_text, role, one, \
                 date, date_range, number, flag or page_link",
                raw.sort.as_str()
            );
            return Err(self.wrong(at, &name, &reason));
        }
        let question = match (raw.question.take(), place) {
            (Some(question), _) => question,
            (None, Place::Entry) => raw.label.clone(),
            (None, Place::Kind) => return Err(self.wrong(at, &name, "needs a question")),
        };
        let taxonomy = self.taxonomy(&name, &raw)?;
        let facet = self.facet(&name, &raw, place)?;
        let card = self.card(&name, &raw, place)?;
        let bounds = self.bounds(&name, &raw)?;
        let kinds = self.kinds(&name, &raw)?;
        let parts = self.parts(&name, at, raw.sort, raw.part)?;
        Ok(Field {
            name,
            sort: raw.sort,
            taxonomy,
            label: raw.label,
            question,
            when_empty: raw.when_empty,
            facet,
            card,
            bounds,
            kinds,
            parts,
        })
    }

    fn wrong(&self, at: usize, name: &str, reason: &str) -> CatalogueError {
        self.file.invalid(at, format!("field \"{name}\": {reason}"))
    }

    fn taxonomy(&self, name: &str, raw: &RawField) -> Result<Option<String>, CatalogueError> {
        let Some(list) = &raw.taxonomy else {
            if raw.sort.chooses() {
                return Err(self.wrong(raw.name.span().start, name, "needs a taxonomy"));
            }
            return Ok(None);
        };
        let at = list.span().start;
        if !raw.sort.chooses() {
            let reason = "has a taxonomy, but only one, many, ladder and criteria choose";
            return Err(self.wrong(at, name, reason));
        }
        if !self.taxonomies.contains_key(list.get_ref()) {
            let known: Vec<_> = self.taxonomies.keys().map(String::as_str).collect();
            let reason = format!(
                "taxonomy \"{}\" is not there; there are {}",
                list.get_ref(),
                known.join(", ")
            );
            return Err(self.wrong(at, name, &reason));
        }
        Ok(Some(list.get_ref().clone()))
    }

    fn facet(
        &mut self,
        name: &str,
        raw: &RawField,
        place: Place,
    ) -> Result<Option<String>, CatalogueError> {
        let Some(given) = &raw.facet else {
            return Ok(None);
        };
        let at = given.span().start;
        let facet = match given.get_ref() {
            RawFacet::Same(false) => return Ok(None),
            RawFacet::Same(true) => name.to_owned(),
            RawFacet::Named(facet) => facet.clone(),
        };
        if place == Place::Entry || !raw.sort.chooses() {
            let reason = "is a facet, but only one, many, ladder and criteria of a kind can be";
            return Err(self.wrong(at, name, reason));
        }
        if !is_name(&facet) || TAKEN_FACETS.contains(&facet.as_str()) {
            let reason = format!(
                "facet \"{facet}\": a facet is named in a-z, 0-9 and _, not {}",
                TAKEN_FACETS.join(" or ")
            );
            return Err(self.wrong(at, name, &reason));
        }
        let taxonomy = raw.taxonomy.as_ref().map(|list| list.get_ref().clone());
        let old = self.facets.insert(facet.clone(), taxonomy.clone());
        if old.is_some_and(|old| old != taxonomy) {
            let reason = format!(
                "facet \"{facet}\" has choices of another taxonomy in another field; fields that \
                 share a facet must agree"
            );
            return Err(self.wrong(at, name, &reason));
        }
        Ok(Some(facet))
    }

    fn card(&self, name: &str, raw: &RawField, place: Place) -> Result<bool, CatalogueError> {
        let Some(card) = &raw.card else {
            return Ok(false);
        };
        if *card.get_ref() && (place == Place::Entry || !raw.sort.fits_a_line()) {
            let reason = "is on the card, but only text, role, one, many, ladder, date, \
                          date_range, number and flag of a kind can be";
            return Err(self.wrong(card.span().start, name, reason));
        }
        Ok(*card.get_ref())
    }

    fn bounds(&self, name: &str, raw: &RawField) -> Result<Bounds, CatalogueError> {
        let spans = [
            raw.unit.as_ref().map(Spanned::span),
            raw.min.as_ref().map(Spanned::span),
            raw.max.as_ref().map(Spanned::span),
        ];
        let first: Option<Range<usize>> = spans.into_iter().flatten().next();
        let Some(span) = first else {
            return Ok(Bounds::default());
        };
        if raw.sort != FieldSort::Number {
            let reason = "has a unit, min or max, but only number has them";
            return Err(self.wrong(span.start, name, reason));
        }
        let bounds = Bounds {
            unit: raw.unit.as_ref().map(|unit| unit.get_ref().clone()),
            min: raw.min.as_ref().map(|min| *min.get_ref()),
            max: raw.max.as_ref().map(|max| *max.get_ref()),
        };
        let finite = [bounds.min, bounds.max]
            .into_iter()
            .flatten()
            .all(f64::is_finite);
        let ordered = bounds
            .min
            .zip(bounds.max)
            .is_none_or(|(min, max)| min <= max);
        if !finite || !ordered {
            let reason = "min and max are finite numbers, and min is not above max";
            return Err(self.wrong(span.start, name, reason));
        }
        Ok(bounds)
    }

    fn kinds(&self, name: &str, raw: &RawField) -> Result<Vec<KindId>, CatalogueError> {
        let Some(kinds) = &raw.kinds else {
            return Ok(Vec::new());
        };
        let at = kinds.span().start;
        if !raw.sort.links() {
            let reason = "has kinds, but only page_link and page_links have them";
            return Err(self.wrong(at, name, reason));
        }
        let known = |kind: &String| {
            let id = KindId::parse(kind)
                .ok()
                .filter(|_| self.kinds.contains(kind));
            id.ok_or_else(|| {
                let reason = format!(
                    "kind \"{kind}\" is not there; there are {}",
                    self.kinds.join(", ")
                );
                self.wrong(at, name, &reason)
            })
        };
        kinds.get_ref().iter().map(known).collect()
    }

    fn parts(
        &mut self,
        name: &str,
        at: usize,
        sort: FieldSort,
        parts: Vec<RawField>,
    ) -> Result<Vec<Field>, CatalogueError> {
        match (sort, parts.is_empty()) {
            (FieldSort::List, true) => {
                let reason = "needs at least one [[kind.field.part]]";
                Err(self.wrong(at, name, reason))
            }
            (FieldSort::List, false) => {
                let mut names = BTreeSet::new();
                parts
                    .into_iter()
                    .map(|part| self.field(part, &mut names, Place::Entry))
                    .collect()
            }
            (_, true) => Ok(Vec::new()),
            (_, false) => Err(self.wrong(at, name, "has parts, but only list has them")),
        }
    }
}

fn field_name(text: &str, place: Place) -> Result<String, &'static str> {
    let (taken, reason): (&[&str], _) = match place {
        Place::Kind => (
            &["tags"],
            "a field is named in a-z, 0-9 and _, not \"tags\"",
        ),
        Place::Entry => (
            &["order", "id"],
            "a part is named in a-z, 0-9 and _, not \"order\" or \"id\"",
        ),
    };
    if is_name(text) && !taken.contains(&text) {
        Ok(text.to_owned())
    } else {
        Err(reason)
    }
}

fn is_name(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
