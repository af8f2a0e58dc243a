//! The document schema of a city: the schema file with the roots and keys of the city's fields.

use std::collections::BTreeSet;
use std::sync::Arc;

use denkraum_rooms::{FieldShape, RoomsConfig, ScalarType, Schema, SchemaError};
use denkraum_store::StoredPage;

use crate::catalogue::{Catalogue, Field, FieldSort};

/// What stored pages are tried with while no server runs. Fields are not asked for there.
pub struct PageSchema(Arc<Schema>);

impl PageSchema {
    /// Reads the document schema file.
    pub fn read(text: &str) -> Result<Self, SchemaError> {
        Ok(Self(Arc::new(Schema::from_json(text)?)))
    }

    /// Whether a server could open the page and read what it says.
    pub async fn opens(&self, stored: StoredPage) -> bool {
        let within = RoomsConfig::default().apply_within;
        let read = |state: &[u8]| drop(denkraum_content::read(state));
        denkraum_rooms::opens(&self.0, stored, within, read).await
    }
}

/// Adds the fields of all kinds. Kinds that share a field agree on it.
pub(crate) fn schema_with_fields(text: &str, catalogue: &Catalogue) -> Result<Schema, SchemaError> {
    let mut schema = Schema::from_json(text)?;
    let mut known = BTreeSet::new();
    for field in catalogue.kinds.iter().flat_map(|kind| &kind.fields) {
        if known.insert(field.name.as_str()) {
            schema = schema.with_field(&field.name, shape(catalogue, field));
        }
    }
    Ok(schema)
}

fn shape(catalogue: &Catalogue, field: &Field) -> FieldShape {
    let choices = || -> Vec<String> {
        let choices = catalogue.choices(field).iter();
        choices.map(|term| term.id.to_string()).collect()
    };
    match field.sort {
        FieldSort::Text | FieldSort::LongText | FieldSort::Role => FieldShape::Text,
        FieldSort::Many => FieldShape::Set {
            choices: Some(choices()),
        },
        FieldSort::PageLinks => FieldShape::Pages,
        FieldSort::Criteria => FieldShape::NotedSet { choices: choices() },
        FieldSort::List => FieldShape::List {
            parts: field
                .parts
                .iter()
                .map(|part| (part.name.clone(), shape(catalogue, part)))
                .collect(),
        },
        FieldSort::One | FieldSort::Ladder => {
            FieldShape::Scalar(ScalarType::OneOf { choices: choices() })
        }
        FieldSort::Date => FieldShape::Scalar(ScalarType::Date),
        FieldSort::DateRange => FieldShape::Scalar(ScalarType::DateRange),
        FieldSort::Number => {
            let bounds = &field.bounds;
            FieldShape::Scalar(if bounds.min.is_none() && bounds.max.is_none() {
                ScalarType::Number
            } else {
                ScalarType::NumberWithin {
                    min: bounds.min.unwrap_or(f64::MIN),
                    max: bounds.max.unwrap_or(f64::MAX),
                }
            })
        }
        FieldSort::Flag => FieldShape::Scalar(ScalarType::Boolean),
        FieldSort::PageLink => FieldShape::Scalar(ScalarType::Page),
    }
}
