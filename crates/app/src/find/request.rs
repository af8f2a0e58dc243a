//! What somebody searches for, and what was found.

use std::collections::BTreeMap;

use denkraum_domain::{KindId, SpaceId};

use crate::views::PageSummary;

/// What somebody searches for.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// The words, with `"phrases"`, `-not`, `titel:` and `bezirk:` where somebody wants them.
    pub text: String,
    /// In these spaces; none means all.
    pub spaces: Vec<SpaceId>,
    /// Of these kinds; none means all.
    pub kinds: Vec<KindId>,
    /// For each of these facets, with one of the choices.
    pub facets: BTreeMap<String, Vec<String>>,
    /// The last word is only a beginning.
    pub typing: bool,
    /// Only the letters that were typed: no inflection, no parts, no synonyms, no repair.
    pub literal: bool,
    /// What comes first.
    pub order: SearchOrder,
    /// At most so many, 1 to 100.
    pub limit: usize,
    /// After so many.
    pub offset: usize,
}

/// What comes first among the pages that match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SearchOrder {
    /// The page that fits best.
    #[default]
    Closeness,
    /// The page changed last.
    Changed,
}

/// A found page.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchHit {
    /// The page as lists show it.
    pub summary: PageSummary,
    /// The title: text, and whether it matched.
    pub title: Vec<(String, bool)>,
    /// The heading above the passage.
    pub heading: Option<String>,
    /// The id of what the passage is from in the address of the page.
    pub section: Option<String>,
    /// The field that the passage is from.
    pub in_field: Option<String>,
    /// Whether the passage is from an attached file, whose name is the heading.
    pub in_attachment: bool,
    /// The passage: text, and whether it matched.
    pub snippet: Vec<(String, bool)>,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// What is chosen by.
    pub value: String,
    /// How many pages that the reader may read have it and match.
    pub pages: u64,
    /// What people call it, where the catalogue does not say: the name of a person.
    pub label: Option<String>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchResults {
    /// How many pages match.
    pub total: usize,
    /// The wanted part of them, best first.
    pub hits: Vec<SearchHit>,
    /// Per facet its values with the number of pages.
    pub facets: BTreeMap<String, Vec<FacetValue>>,
    /// Words of the hits that matched without being what was typed.
    pub also_found: Vec<String>,
    /// What was typed with words spelled as pages spell them, if some of it was found nowhere.
    pub offers: Vec<String>,
    /// If nothing matches: facets in which something is chosen, with the number of pages that match
    /// without that choice, most first.
    pub hidden_by: Vec<(String, usize)>,
    /// More was typed than was read.
    pub cut_short: bool,
    /// The time was up before everything was looked at: there may be more.
    pub out_of_time: bool,
    /// The index is being built: pages are missing in it.
    pub incomplete: bool,
}
