//! What use cases take and give: plain data, already decided for one reader.

use std::collections::BTreeMap;

use denkraum_content::{Node, OutlineEntry, PageContent};
use denkraum_domain::{Audience, KindId, PageId, PageTitle, PersonId, SpaceId, Tag, Timestamp};

/// The value of a field as programs and people write it.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// Yes or no.
    Flag(bool),
    /// A finite number.
    Number(f64),
    /// A text, a date, a role, or the id of one choice or page.
    Text(String),
    /// The ids of several choices, or of several pages.
    Many(Vec<String>),
    /// Choices by id, each with a few words on how it is met, possibly none.
    Noted(BTreeMap<String, String>),
    /// The entries of a list, in order.
    List(Vec<ListEntry>),
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListEntry {
    /// What tells it from others while it is changed; `None` for a new one.
    pub id: Option<String>,
    /// Its answered parts by name, none of them a list or with words.
    pub parts: BTreeMap<String, FieldValue>,
}

/// A person as others see them beside a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRef {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
}

/// Who a page is from, with the line that says from which role and where they write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The person.
    pub person: PersonRef,
    /// Such as "Koordination Pankow".
    pub label: String,
}

/// A page as links show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRef {
    /// Which.
    pub id: PageId,
    /// Its title, never empty.
    pub title: String,
    /// Its kind.
    pub kind: KindId,
    /// Who owns it.
    pub space: SpaceId,
}

/// A page as lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct PageSummary {
    /// Title, kind and space.
    pub page: PageRef,
    /// Who may read it.
    pub audience: Audience,
    /// Tags, sorted.
    pub tags: Vec<String>,
    /// The beginning of its text.
    pub excerpt: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// By whom, if it was a person.
    pub changed_by: Option<PersonRef>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Taken out of use.
    pub archived: bool,
    /// When it was taken out of use, if it is and that is known.
    pub archived_at: Option<Timestamp>,
    /// By whom.
    pub archived_by: Option<PersonRef>,
    /// Who it is from.
    pub authors: Vec<PersonRef>,
    /// The answers that its kind shows in lists, by field name.
    pub card: BTreeMap<String, FieldValue>,
}

/// How another page relates to the one that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The page that is read emerged from the other one.
    EmergedFrom,
    /// The other one emerged from the page that is read.
    SourceOf,
    /// The other one links to it.
    Mentions,
}

/// A page that links here, with the sentence around the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlink {
    /// The linking page.
    pub page: PageRef,
    /// How it relates to the page that is read.
    pub relation: Relation,
    /// The sentence around; empty where its text has no link.
    pub sentence: String,
}

/// What the reader may do with the page.
#[expect(clippy::struct_excessive_bools, reason = "one answer for each action")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Can {
    /// Change title, fields and text.
    pub edit: bool,
    /// Make the audience narrower.
    pub narrow: bool,
    /// Take the page out of use.
    pub archive: bool,
    /// Bring it back.
    pub restore: bool,
    /// Move it to a space that they write in.
    pub relocate: bool,
}

/// A page for reading.
#[derive(Clone, Debug, PartialEq)]
pub struct PageView {
    /// As lists show it.
    pub summary: PageSummary,
    /// Who it is from.
    pub written_by: Vec<Author>,
    /// The readable end of its address.
    pub slug: String,
    /// The answered fields, by name.
    pub fields: BTreeMap<String, FieldValue>,
    /// The text as HTML, safe to show.
    pub html: String,
    /// Its headings.
    pub outline: Vec<OutlineEntry>,
    /// The pages it links to that the reader may see.
    pub links: Vec<PageRef>,
    /// The pages that link here and that the reader may see.
    pub backlinks: Vec<Backlink>,
    /// What the reader may do.
    pub can: Can,
}

/// Which pages a list is to show, newest change first.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    /// Of these spaces; none means all.
    pub spaces: Vec<SpaceId>,
    /// Of these kinds; none means all.
    pub kinds: Vec<KindId>,
    /// With these audiences; none means all.
    pub audiences: Vec<Audience>,
    /// Only pages whose author the reader is.
    pub mine: bool,
    /// Archived pages instead of those in use.
    pub archived: bool,
    /// Only pages with one of the choices of each named field.
    pub with: BTreeMap<String, Vec<String>>,
    /// After this page, as `next` said.
    pub cursor: Option<PageId>,
    /// At most so many, 1 to 200.
    pub limit: usize,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct PageList {
    /// The pages.
    pub items: Vec<PageSummary>,
    /// The cursor of the next part.
    pub next: Option<PageId>,
}

/// A page to create.
#[derive(Clone, Debug)]
pub struct NewPage {
    /// An id of the client's choice.
    pub id: Option<PageId>,
    /// Its title; `None` leaves it to be written.
    pub title: Option<PageTitle>,
    /// Its kind.
    pub kind: KindId,
    /// Who owns it.
    pub space: SpaceId,
    /// Who may read it.
    pub audience: Audience,
    /// Tags.
    pub tags: Vec<Tag>,
    /// Fields by name.
    pub fields: BTreeMap<String, FieldValue>,
    /// The text in Markdown; `None` takes the template of the kind.
    pub markdown: Option<String>,
    /// The text as a tree, instead of Markdown and template.
    pub body: Option<Vec<Node>>,
    /// The page whose text it was made of.
    pub emerged_from: Option<PageId>,
}

/// What is to become different about a page; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct PageChange {
    /// The title.
    pub title: Option<PageTitle>,
    /// Fields by name; `None` empties a field, a field that is not named stays.
    pub fields: BTreeMap<String, Option<FieldValue>>,
    /// All tags.
    pub tags: Option<Vec<Tag>>,
    /// The audience; it only narrows.
    pub audience: Option<Audience>,
}

/// How a page is written for taking away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Markdown with front matter.
    Markdown,
    /// A page of HTML that stands alone.
    Html,
    /// The typed tree.
    Json,
}

/// A page written for taking away.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// A file name without folder.
    pub file_name: String,
    /// What stands in the file.
    pub text: String,
    /// As what it is served.
    pub format: ExportFormat,
}

/// The JSON form of an export.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct PageDocument {
    /// Which page.
    pub id: String,
    /// Who owns it.
    pub space: String,
    /// Who may read it.
    pub audience: String,
    /// Everything that stands in its document.
    #[serde(flatten)]
    pub content: PageContent,
}
