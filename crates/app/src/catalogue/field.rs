//! The fields of a kind: what they ask and what an answer looks like.

use denkraum_domain::KindId;

use super::Label;

/// A field of a kind, or a part of an entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name in documents, imports and exports.
    pub name: String,
    /// What an answer looks like.
    pub sort: FieldSort,
    /// The taxonomy of its choices.
    pub taxonomy: Option<String>,
    /// A short name.
    pub label: Label,
    /// The question that the form asks.
    pub question: Label,
    /// The words that invite to answer, where the usual ones do not fit.
    pub when_empty: Option<Label>,
    /// The filter of the search that its choices fill.
    pub facet: Option<String>,
    /// Whether lists show the answer in a page's line.
    pub card: bool,
    /// What its numbers count and their limits.
    pub bounds: Bounds,
    /// The kinds of page that a link leads to; none means all.
    pub kinds: Vec<KindId>,
    /// The parts of an entry of a list.
    pub parts: Vec<Field>,
}

/// What numbers count and their limits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// What is counted.
    pub unit: Option<Label>,
    /// The least.
    pub min: Option<f64>,
    /// The greatest.
    pub max: Option<f64>,
}

/// What an answer looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldSort {
    /// A line of text, written together.
    Text,
    /// Some paragraphs, written together.
    LongText,
    /// A line that names a role and an office.
    Role,
    /// One choice of a taxonomy.
    One,
    /// Any number of choices of a taxonomy.
    Many,
    /// One choice of a taxonomy whose choices are steps, lowest first.
    Ladder,
    /// Choices of a taxonomy, each with a few words on how it is met.
    Criteria,
    /// A day, as 2023-11-07.
    Date,
    /// A day, or the first and the last of several, as 2023-09-11/2023-09-12.
    DateRange,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// A page.
    PageLink,
    /// Any number of pages.
    PageLinks,
    /// Entries of several parts, in an order.
    List,
}

impl FieldSort {
    /// The word in `data/` and in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long_text",
            Self::Role => "role",
            Self::One => "one",
            Self::Many => "many",
            Self::Ladder => "ladder",
            Self::Criteria => "criteria",
            Self::Date => "date",
            Self::DateRange => "date_range",
            Self::Number => "number",
            Self::Flag => "flag",
            Self::PageLink => "page_link",
            Self::PageLinks => "page_links",
            Self::List => "list",
        }
    }

    /// Whether the answer is a text that people write together.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::LongText | Self::Role)
    }

    /// Whether the answer is made of choices of a taxonomy.
    pub const fn chooses(self) -> bool {
        matches!(self, Self::One | Self::Many | Self::Ladder | Self::Criteria)
    }

    /// Whether the answer is made of pages.
    pub const fn links(self) -> bool {
        matches!(self, Self::PageLink | Self::PageLinks)
    }

    /// Whether a part of a list's entry may be so.
    pub const fn is_simple(self) -> bool {
        self.is_text()
            || matches!(
                self,
                Self::One
                    | Self::Date
                    | Self::DateRange
                    | Self::Number
                    | Self::Flag
                    | Self::PageLink
            )
    }

    /// Whether a list of pages can show the answer in a line.
    pub const fn fits_a_line(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::Role
                | Self::One
                | Self::Many
                | Self::Ladder
                | Self::Date
                | Self::DateRange
                | Self::Number
                | Self::Flag
        )
    }
}

impl Field {
    /// Whether answers to both can stand in one place of a document and fill one filter.
    pub(super) fn agrees_with(&self, other: &Self) -> bool {
        self.sort == other.sort
            && self.taxonomy == other.taxonomy
            && self.facet == other.facet
            && self.bounds.min == other.bounds.min
            && self.bounds.max == other.bounds.max
            && self.parts.len() == other.parts.len()
            && self
                .parts
                .iter()
                .zip(&other.parts)
                .all(|(one, two)| one.name == two.name && one.agrees_with(two))
    }
}
