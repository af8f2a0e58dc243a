//! The fields of the index.
//!
//! | field | holds |
//! | --- | --- |
//! | `id` | the page id, whole; stored |
//! | `PLACE_x`, `PLACE_s`, `PLACE_d` | the [forms](crate::analysis) of the words of a place: title, headings, tags, space, body |
//! | `facet` | `NAME=VALUE`, whole; columnar, for filters and counts |
//! | `audience`, `author` | whole, for the filter of what may be read |
//! | `changed` | milliseconds; columnar, breaks ties |
//! | `title`, `kind`, `owner`, `heading`, `text` | stored only, for the answer; the store compresses them |

use tantivy::schema::{
    Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};

use crate::analysis::{EXACT, PARTS, STEMMED};

/// A place in a page where words stand: its fields and what a word there is worth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Exact forms.
    pub(crate) x: Field,
    /// Stemmed forms.
    pub(crate) s: Field,
    /// Parts of compounds.
    pub(crate) d: Field,
    /// Worth of an exact word.
    pub(crate) x_boost: f32,
    /// Worth of a stemmed word.
    pub(crate) s_boost: f32,
    /// Worth of a part of a compound.
    pub(crate) d_boost: f32,
}

/// All fields.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    pub(crate) id: Field,
    pub(crate) title: Place,
    pub(crate) headings: Place,
    pub(crate) tags: Place,
    pub(crate) space: Place,
    pub(crate) body: Place,
    pub(crate) facet: Field,
    pub(crate) audience: Field,
    pub(crate) author: Field,
    pub(crate) changed: Field,
    pub(crate) stored_title: Field,
    pub(crate) stored_kind: Field,
    pub(crate) stored_space: Field,
    pub(crate) stored_heading: Field,
    pub(crate) stored_text: Field,
}

/// Name of the columnar field of facets.
pub(crate) const FACET: &str = "facet";
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
        let title = place(&mut builder, "title", [2.4, 1.8, 1.2]);
        let headings = place(&mut builder, "headings", [1.8, 1.4, 0.9]);
        let tags = place(&mut builder, "tags", [1.8, 1.4, 0.9]);
        let space = place(&mut builder, "space", [1.5, 1.2, 0.7]);
        let body = place(&mut builder, "body", [1.3, 1.0, 0.7]);
        let facet = builder.add_text_field(FACET, whole().set_fast("raw"));
        let audience = builder.add_text_field("audience", whole());
        let author = builder.add_text_field("author", whole());
        let changed =
            builder.add_i64_field(CHANGED, NumericOptions::default().set_fast() | INDEXED);
        let stored_title = builder.add_text_field("title", STORED);
        let stored_kind = builder.add_text_field("kind", STORED);
        let stored_space = builder.add_text_field("owner", STORED);
        let stored_heading = builder.add_text_field("heading", STORED);
        let stored_text = builder.add_text_field("text", STORED);
        Self {
            schema: builder.build(),
            id,
            title,
            headings,
            tags,
            space,
            body,
            facet,
            audience,
            author,
            changed,
            stored_title,
            stored_kind,
            stored_space,
            stored_heading,
            stored_text,
        }
    }

    /// All places, most telling first.
    pub(crate) fn places(&self) -> [Place; 5] {
        [self.title, self.headings, self.tags, self.space, self.body]
    }
}

/// Adds the fields of a place; `worth` of an exact word, a stem, a part of a compound.
fn place(builder: &mut SchemaBuilder, name: &str, worth: [f32; 3]) -> Place {
    let words = |tokenizer, option| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option),
        )
    };
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let [x_boost, s_boost, d_boost] = worth;
    Place {
        x: builder.add_text_field(&format!("{name}_x"), words(EXACT, positions)),
        s: builder.add_text_field(&format!("{name}_s"), words(STEMMED, positions)),
        d: builder.add_text_field(
            &format!("{name}_d"),
            words(PARTS, IndexRecordOption::WithFreqs),
        ),
        x_boost,
        s_boost,
        d_boost,
    }
}
