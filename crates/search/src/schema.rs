//! The fields of the index.
//!
//! | field | holds |
//! | --- | --- |
//! | `id` | the page id, whole; stored |
//! | `PLACE_x`, `PLACE_s`, `PLACE_d` | the [forms](crate::analysis) of the words of a place: title, named (headings, tags, former titles, names of choices), space, body |
//! | `facet` | `NAME=VALUE`, whole; columnar, for filters and counts |
//! | `audience`, `author` | whole, for the filter of what may be read |
//! | `adopted`, `changed` | number of districts; milliseconds; columnar, break ties |
//! | `title`, `kind`, `owner` | stored only, for the answer; the store compresses them |

use tantivy::schema::{
    Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};

use crate::analysis::TERMS;
use crate::weights::Weights;

/// A place in a page where words stand: its fields and what a word there is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Exact forms.
    pub(crate) x: Field,
    /// Stemmed forms.
    pub(crate) s: Field,
    /// Parts of compounds.
    pub(crate) d: Field,
}

/// A place and what an exact word, a stem and a part of a compound there are worth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighted {
    pub(crate) place: Place,
    pub(crate) worth: [f32; 3],
}

/// All fields.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    pub(crate) id: Field,
    pub(crate) title: Place,
    pub(crate) named: Place,
    pub(crate) space: Place,
    pub(crate) body: Place,
    pub(crate) facet: Field,
    pub(crate) audience: Field,
    pub(crate) author: Field,
    pub(crate) adopted: Field,
    pub(crate) changed: Field,
    pub(crate) stored_title: Field,
    pub(crate) stored_kind: Field,
    pub(crate) stored_space: Field,
}

/// Name of the columnar field of facets.
pub(crate) const FACET: &str = "facet";
/// Name of the columnar field of how many districts took a page up.
pub(crate) const ADOPTED: &str = "adopted";
/// Name of the columnar field of times.
pub(crate) const CHANGED: &str = "changed";

impl Fields {
    pub(crate) fn new() -> Self {
        let mut builder = Schema::builder();
        let whole = || {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer("raw")
                    .set_fieldnorms(false)
                    .set_index_option(IndexRecordOption::Basic),
            )
        };
        let id = builder.add_text_field("id", STRING | STORED);
        let title = place(&mut builder, "title");
        let named = place(&mut builder, "named");
        let space = place(&mut builder, "space");
        let body = place(&mut builder, "body");
        let facet = builder.add_text_field(FACET, whole().set_fast("raw"));
        let audience = builder.add_text_field("audience", whole());
        let author = builder.add_text_field("author", whole());
        let adopted = builder.add_u64_field(ADOPTED, NumericOptions::default().set_fast());
        let changed =
            builder.add_i64_field(CHANGED, NumericOptions::default().set_fast() | INDEXED);
        let stored_title = builder.add_text_field("title", STORED);
        let stored_kind = builder.add_text_field("kind", STORED);
        let stored_space = builder.add_text_field("owner", STORED);
        Self {
            schema: builder.build(),
            id,
            title,
            named,
            space,
            body,
            facet,
            audience,
            author,
            adopted,
            changed,
            stored_title,
            stored_kind,
            stored_space,
        }
    }

    /// All places, most telling first.
    pub(crate) fn places(&self, weights: &Weights) -> Vec<Weighted> {
        let of = |place, worth| Weighted { place, worth };
        vec![
            of(self.title, weights.title),
            of(self.named, weights.named),
            of(self.space, weights.space),
            of(self.body, weights.body),
        ]
    }
}

/// Adds the fields of a place.
fn place(builder: &mut SchemaBuilder, name: &str) -> Place {
    let words = |option| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(TERMS)
                .set_index_option(option),
        )
    };
    let positions = IndexRecordOption::WithFreqsAndPositions;
    Place {
        x: builder.add_text_field(&format!("{name}_x"), words(positions)),
        s: builder.add_text_field(&format!("{name}_s"), words(positions)),
        d: builder.add_text_field(&format!("{name}_d"), words(IndexRecordOption::WithFreqs)),
    }
}
