//! A page as a document of the index, and back.
//!
//! What is stored is what a suggestion shows. The text stays where it is: passages come from there.

use denkraum_domain::{KindId, PageId, SpaceId};
use tantivy::schema::{Field, Value as _};
use tantivy::{TantivyDocument, Term};

use crate::analysis::Analyzer;
use crate::page::{IndexedPage, KIND_FACET, SPACE_FACET};
use crate::schema::{Fields, Place};

/// What the answer needs of a stored page.
pub(crate) struct StoredPage {
    pub(crate) id: PageId,
    pub(crate) title: String,
    pub(crate) kind: KindId,
    pub(crate) space: SpaceId,
}

/// The term that names the page.
pub(crate) fn id_term(fields: &Fields, id: PageId) -> Term {
    Term::from_field_text(fields.id, &id.to_string())
}

/// The value that stands for a facet's value in the index.
pub(crate) fn facet_value(name: &str, value: &str) -> String {
    format!("{name}={value}")
}

pub(crate) fn write(
    fields: &Fields,
    analyzer: &mut Analyzer,
    page: &IndexedPage,
) -> TantivyDocument {
    let mut doc = TantivyDocument::default();
    let mut add_words = |doc: &mut TantivyDocument, place: Place, text: &str| {
        let terms = analyzer.terms(text);
        doc.add_text(place.x, terms.x.as_text());
        doc.add_text(place.s, terms.s.as_text());
        doc.add_text(place.d, terms.d.as_text());
    };
    doc.add_text(fields.id, page.id.to_string());
    add_words(&mut doc, fields.title, &page.title);
    // A slug is the space's name, folded; its parts are the words of the name.
    add_words(&mut doc, fields.space, page.space.as_str());
    let named = page
        .tags
        .iter()
        .chain(&page.former_titles)
        .chain(&page.labels);
    for text in named {
        add_words(&mut doc, fields.named, text);
    }
    for section in &page.sections {
        let heading = section.heading.as_deref().unwrap_or_default();
        if !heading.is_empty() {
            add_words(&mut doc, fields.named, heading);
        }
        add_words(&mut doc, fields.body, &section.text);
    }
    doc.add_text(fields.facet, facet_value(SPACE_FACET, page.space.as_str()));
    doc.add_text(fields.facet, facet_value(KIND_FACET, page.kind.as_str()));
    for (name, value) in &page.facets {
        if name != SPACE_FACET && name != KIND_FACET {
            doc.add_text(fields.facet, facet_value(name, value));
        }
    }
    doc.add_text(fields.audience, page.audience.as_str());
    for author in &page.authors {
        doc.add_text(fields.author, author.to_string());
    }
    doc.add_u64(fields.adopted, u64::from(page.adopted_by));
    doc.add_i64(fields.changed, page.changed.millis());
    doc.add_text(fields.stored_title, &page.title);
    doc.add_text(fields.stored_kind, page.kind.as_str());
    doc.add_text(fields.stored_space, page.space.as_str());
    doc
}

/// Reads a stored document; none if it is not one of ours.
pub(crate) fn read(fields: &Fields, doc: &TantivyDocument) -> Option<StoredPage> {
    let text = |field: Field| doc.get_first(field).and_then(|value| value.as_str());
    Some(StoredPage {
        id: PageId::parse(text(fields.id)?).ok()?,
        title: text(fields.stored_title)?.to_owned(),
        kind: KindId::parse(text(fields.stored_kind)?).ok()?,
        space: SpaceId::parse(text(fields.stored_space)?).ok()?,
    })
}
