//! What the index is given of a page.

use denkraum_domain::{Audience, KindId, PageId, PersonId, SpaceId, Timestamp};

/// Facet of a page's [space](IndexedPage::space).
pub const SPACE_FACET: &str = "space";
/// Facet of a page's [kind](IndexedPage::kind).
pub const KIND_FACET: &str = "kind";
/// Facet that [`Query::fields`](crate::Query::fields) chooses from.
pub const FIELD_FACET: &str = "field";
/// Facet that [`Query::departments`](crate::Query::departments) chooses from.
pub const DEPARTMENT_FACET: &str = "department";
/// Facet that [`Query::phases`](crate::Query::phases) chooses from.
pub const PHASE_FACET: &str = "phase";

/// A page as the index takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedPage {
    /// Which page.
    pub id: PageId,
    /// Its title, as shown.
    pub title: String,
    /// Its kind.
    pub kind: KindId,
    /// Who owns it; the words of the slug are searchable as the space's name.
    pub space: SpaceId,
    /// Who may read it.
    pub audience: Audience,
    /// Who it is from; they read it whatever the audience.
    pub authors: Vec<PersonId>,
    /// Its tags, searchable.
    pub tags: Vec<String>,
    /// Further facets: name and value, such as `("field", "housing")`. A name has no `=`; `space`
    /// and `kind` are taken.
    pub facets: Vec<(String, String)>,
    /// Titles that it had before, searchable.
    pub former_titles: Vec<String>,
    /// Names, as shown, of its kind and of what is chosen in its fields; searchable.
    pub labels: Vec<String>,
    /// How many districts have taken it up; breaks ties.
    pub adopted_by: u32,
    /// Its text, in reading order.
    pub sections: Vec<Section>,
    /// When it was last changed; breaks ties.
    pub changed: Timestamp,
    /// Taken out of use: not found until it is given again without.
    pub archived: bool,
}

/// A heading and the text below it, up to the next heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading; none for the text before the first one.
    pub heading: Option<String>,
    /// What the section is named by in the address of a page; handed on with its hits.
    pub id: Option<String>,
    /// Plain text; line breaks between blocks.
    pub text: String,
}
