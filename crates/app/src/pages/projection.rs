//! What lists, links and search need of a page's content, derived from its document.
//!
//! It is a view: kept in the store to start fast, made again whenever it is missing or old.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use denkraum_content::{
    Mention, Node, PageContent, Place, Scalar, Section, Titles, lead, lead_text, links, sections,
    title_or_placeholder,
};
use denkraum_domain::{KindId, PageId};
use serde::{Deserialize, Serialize};

use super::PageRecord;
use super::fields::{card, field_links, stamp};
use crate::catalogue::{Catalogue, Field, Kind};
use crate::find::FIELD_ID;
use crate::records;
use crate::views::FieldValue;

/// Counts up when what is derived changes, so that old ones are made again.
const VERSION: u16 = 6;

/// So much of a text stands in a page's line.
const CARD_CHARS: usize = 200;
/// About three lines.
const EXCERPT_CHARS: usize = 240;

/// What is derived from a page's document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Projection {
    version: u16,
    /// The page's record when search was told of it.
    record: String,
    kind: Option<String>,
    /// Never empty.
    pub(crate) title: String,
    /// The beginning of the text, with its page links.
    lead: Vec<Node>,
    pub(crate) values: BTreeMap<String, Scalar>,
    pub(crate) sets: BTreeMap<String, BTreeSet<String>>,
    /// Texts that lists show.
    texts: BTreeMap<String, String>,
    links: Vec<StoredMention>,
    /// What the kind declared.
    declared: String,
    /// Since when the title is the one it is, in milliseconds since 1970.
    pub(crate) titled_at: i64,
    /// What search was told of the page's files.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) files: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct StoredMention {
    page: String,
    label: Option<String>,
    before: String,
    after: String,
}

impl Projection {
    pub(crate) fn of(content: &PageContent, record: &PageRecord, catalogue: &Catalogue) -> Self {
        let kind = content.kind.clone().unwrap_or_else(plain_page);
        let kind = catalogue.kind(&kind);
        let of_fields = kind.into_iter().flat_map(|kind| field_links(kind, content));
        let mentions = links(content).into_iter().chain(of_fields);
        let shown = |name: &str| {
            let field = kind.and_then(|kind| kind.field(name));
            field.is_some_and(|field| field.card)
        };
        let texts = content.texts.iter().filter(|(name, _)| shown(name));
        let store = |mention: Mention| StoredMention {
            page: mention.page.to_string(),
            label: mention.label,
            before: mention.before,
            after: mention.after,
        };
        Self {
            version: VERSION,
            record: record.stamp(),
            kind: content.kind.as_ref().map(ToString::to_string),
            title: title_or_placeholder(&content.title),
            lead: lead(content, EXCERPT_CHARS),
            values: content.values.clone(),
            sets: content.sets.clone(),
            texts: texts
                .map(|(name, text)| (name.clone(), text.chars().take(CARD_CHARS).collect()))
                .collect(),
            links: mentions.map(store).collect(),
            declared: kind.map(stamp).unwrap_or_default(),
            titled_at: 0,
            files: String::new(),
        }
    }

    /// Whether search was told of the page with this record and this declaration of its kind.
    pub(crate) fn is_of(&self, record: &PageRecord, catalogue: &Catalogue) -> bool {
        let declared = catalogue.kind(&self.kind()).map(stamp);
        self.record == record.stamp() && self.declared == declared.unwrap_or_default()
    }

    /// The answers that a list shows in the page's line.
    pub(crate) fn card(&self, kind: &Kind) -> BTreeMap<String, FieldValue> {
        let shown = |field: &&Field| field.card;
        let mut content = PageContent::default();
        for name in kind.fields.iter().filter(shown).map(|field| &field.name) {
            let value = self.values.get(name).cloned();
            content
                .values
                .extend(value.map(|value| (name.clone(), value)));
            let set = self.sets.get(name).cloned();
            content.sets.extend(set.map(|set| (name.clone(), set)));
            let text = self.texts.get(name).cloned();
            content.texts.extend(text.map(|text| (name.clone(), text)));
        }
        card(kind, &content)
    }

    /// Reads what was kept; `None` when it is of another version or damaged.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(bytes).ok()?;
        (read.version == VERSION).then_some(read)
    }

    pub(crate) fn write(&self) -> Bytes {
        records::write(self)
    }

    /// The kind; pages whose document does not say are plain pages.
    pub(crate) fn kind(&self) -> KindId {
        let said = self
            .kind
            .as_deref()
            .and_then(|kind| KindId::parse(kind).ok());
        said.unwrap_or_else(plain_page)
    }

    /// The beginning of the text for a reader.
    pub(crate) fn excerpt(&self, titles: &dyn Titles) -> String {
        lead_text(&self.lead, titles, EXCERPT_CHARS)
    }

    pub(crate) fn tags(&self) -> Vec<String> {
        self.sets
            .get("tags")
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    }

    /// Whether the field's answer is one of these choices, or holds one of them.
    pub(crate) fn has_choice(&self, field: &str, choices: &[String]) -> bool {
        let one = match self.values.get(field) {
            Some(Scalar::Text(choice)) => choices.contains(choice),
            _ => false,
        };
        let mut many = self.sets.get(field).into_iter().flatten();
        one || many.any(|choice| choices.contains(choice))
    }

    /// The links in the text, in order.
    pub(crate) fn links(&self) -> impl Iterator<Item = Mention> + '_ {
        self.links.iter().filter_map(|stored| {
            Some(Mention {
                page: PageId::parse(&stored.page).ok()?,
                label: stored.label.clone(),
                before: stored.before.clone(),
                after: stored.after.clone(),
            })
        })
    }
}

/// The kind without fields that every city has.
#[expect(clippy::expect_used, reason = "the constant is a slug")]
pub(crate) fn plain_page() -> KindId {
    KindId::parse("page").expect("a slug")
}

/// The sections of the text and the answers of text fields, for the search index.
pub(crate) fn searchable(content: &PageContent) -> Vec<denkraum_search::Section> {
    let section = |Section { place, text }| {
        let (heading, id) = match place {
            Place::Beginning => (None, None),
            Place::Heading { text, id } => (Some(text).filter(|text| !text.is_empty()), Some(id)),
            Place::Field(name) => (None, Some(format!("{FIELD_ID}{name}"))),
        };
        denkraum_search::Section { heading, text, id }
    };
    sections(content).into_iter().map(section).collect()
}
