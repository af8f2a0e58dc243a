//! A page for reading, as JSON.

use std::collections::BTreeMap;

use denkraum_app::{Author as AppAuthor, Backlink as AppBacklink, PageView, Relation};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answers::Answer;
use crate::views::{PageRef, PageSummary, PersonRef, rfc3339};

/// A page for reading.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page {
    #[serde(flatten)]
    summary: PageSummary,
    /// The answered fields of its kind, by name.
    fields: BTreeMap<String, Answer>,
    /// The text, safe to show.
    html: String,
    outline: Vec<OutlineEntry>,
    /// The pages it links to that the reader may see.
    links: Vec<PageRef>,
    backlinks: Vec<Backlink>,
    can: Can,
    /// Who it is from, with the line that says from which role and where they write.
    written_by: Vec<Author>,
    /// The readable end of its address, `/seiten/{id}/{slug}`.
    slug: String,
    /// RFC 3339, in UTC.
    created_at: String,
}

/// A heading of the text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OutlineEntry {
    /// 1 to 3.
    level: u8,
    text: String,
    /// The `id` of the heading in `html`.
    id: String,
}

/// Who a page is from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Author {
    person: PersonRef,
    /// Such as "Koordination Pankow".
    label: String,
}

/// A page that links here, emerged from here, or is what this page emerged from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Backlink {
    page: PageRef,
    /// `mentions`: that page mentions this one. `emerged_from`: this page emerged from that one.
    /// `source_of`: that page emerged from this one.
    #[schema(value_type = String)]
    relation: &'static str,
    /// The sentence around the link; empty where that page emerged from this one, or this one from
    /// it, without a link.
    sentence: String,
}

/// What the reader may do with the page.
#[expect(clippy::struct_excessive_bools, reason = "one answer for each action")]
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Can {
    /// Change title, fields and text.
    edit: bool,
    /// Make the audience narrower.
    narrow: bool,
    /// Take the page out of use.
    archive: bool,
    /// Bring it back.
    restore: bool,
    /// Move it to a space that they write in.
    r#move: bool,
}

impl From<PageView> for Page {
    fn from(view: PageView) -> Self {
        let outline = view.outline.into_iter().map(|heading| OutlineEntry {
            level: heading.level,
            text: heading.text,
            id: heading.id,
        });
        let fields = view.fields.into_iter();
        let author = |author: AppAuthor| Author {
            person: author.person.into(),
            label: author.label,
        };
        Self {
            created_at: rfc3339(view.summary.created_at),
            summary: view.summary.into(),
            fields: fields.map(|(name, value)| (name, value.into())).collect(),
            html: view.html,
            outline: outline.collect(),
            links: view.links.into_iter().map(PageRef::from).collect(),
            backlinks: view.backlinks.into_iter().map(Backlink::from).collect(),
            can: Can {
                edit: view.can.edit,
                narrow: view.can.narrow,
                archive: view.can.archive,
                restore: view.can.restore,
                r#move: view.can.relocate,
            },
            written_by: view.written_by.into_iter().map(author).collect(),
            slug: view.slug,
        }
    }
}

impl From<AppBacklink> for Backlink {
    fn from(backlink: AppBacklink) -> Self {
        Self {
            page: backlink.page.into(),
            relation: match backlink.relation {
                Relation::Mentions => "mentions",
                Relation::EmergedFrom => "emerged_from",
                Relation::SourceOf => "source_of",
            },
            sentence: backlink.sentence,
        }
    }
}
