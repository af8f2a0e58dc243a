//! What is asked, who asks, and what is answered.

use std::collections::BTreeMap;

use denkraum_domain::{KindId, PageId, PersonId, SpaceId, TermId};

use crate::budget::Budget;
use crate::page::Section;

/// Who asks. The filter made of it is part of every query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The person; they read what they are an author of.
    pub person: PersonId,
    /// The spaces they hold a role in.
    pub member_of: Vec<SpaceId>,
    /// The network space, which everybody is a member of.
    pub network: SpaceId,
}

/// Where the text of pages is, for the passages shown. It stands in the view of the pages, not in
/// the index.
pub trait Texts: Sync {
    /// The text of each of these pages, in reading order; empty for one that there is no text of.
    fn of(&self, pages: &[PageId]) -> Vec<Vec<Section>>;
}

/// Who asks, where the text of pages is, and how long the answer may take.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// Who asks.
    pub reader: &'a Reader,
    /// Where the text of pages is.
    pub texts: &'a dyn Texts,
    /// How long the answer may take.
    pub budget: &'a Budget,
}

/// What is searched for. In each list several choices mean "or", an empty list no choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What was typed: words, phrases in quotation marks that must occur, `-word` that must not,
    /// `titel:word` and `bezirk:name`. Nothing but space matches every page. What goes beyond
    /// [`Query::MAX_CHARS`] or [`Query::MAX_WORDS`] is ignored.
    pub text: String,
    /// Only these spaces.
    pub spaces: Vec<SpaceId>,
    /// Only these kinds.
    pub kinds: Vec<KindId>,
    /// Only these fields of action.
    pub fields: Vec<TermId>,
    /// Only these departments.
    pub departments: Vec<TermId>,
    /// Only these phases of life.
    pub phases: Vec<TermId>,
    /// Choices in further facets: the facet's name and the values.
    pub facets: Vec<(String, Vec<String>)>,
    /// The last word is perhaps only a beginning.
    pub typing: bool,
    /// Only what was typed: no inflection, no parts of compounds, no synonyms, no repair.
    pub literal: bool,
    /// What people call spaces, for `bezirk:name`, where that is not their slug.
    pub space_names: Vec<(String, SpaceId)>,
    /// What comes first.
    pub order: Order,
    /// At most so many hits; more than [`Query::MAX_LIMIT`] is that.
    pub limit: usize,
    /// Leave out so many hits; more than [`Query::MAX_OFFSET`] is that.
    pub offset: usize,
}

/// What comes first among the pages that match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The page that fits best.
    #[default]
    Closeness,
    /// The page changed last.
    Changed,
}

impl Query {
    /// The most characters of a text that are read.
    pub const MAX_CHARS: usize = 256;
    /// The most words of a text that are read.
    pub const MAX_WORDS: usize = 24;
    /// The most hits of one answer.
    pub const MAX_LIMIT: usize = 100;
    /// The most hits that can be left out.
    pub const MAX_OFFSET: usize = 10_000;
}

/// The answer to a [`Query`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    /// How many pages match, shown or not.
    pub total: u64,
    /// The best ones.
    pub hits: Vec<Hit>,
    /// For each facet its values with the number of pages, most first. The counts of a facet ignore
    /// what is chosen in it, so that one sees what another choice would bring.
    pub facets: BTreeMap<String, Vec<(String, u64)>>,
    /// Words of the pages shown that match without being what was typed, as they are written there,
    /// most frequent first; for "also found".
    pub also_found: Vec<String>,
    /// What was typed with words spelled as they are in the pages, if some of it was found nowhere.
    pub offers: Vec<String>,
    /// If nothing matches: each facet in which something is chosen, with the number of pages that
    /// match without that choice, most first; those that would bring nothing are left out.
    pub hidden_by: Vec<(String, u64)>,
    /// More was typed than was read.
    pub cut_short: bool,
    /// The time was up before everything was looked at: there may be more.
    pub out_of_time: bool,
}

/// A page that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Which page.
    pub id: PageId,
    /// Its title.
    pub title: String,
    /// The title in pieces.
    pub marked_title: Vec<SnippetPart>,
    /// Its kind.
    pub kind: KindId,
    /// Its space.
    pub space: SpaceId,
    /// The passage that fits best, in pieces; empty if the page has no text.
    pub snippet: Vec<SnippetPart>,
    /// The heading above the passage.
    pub heading: Option<String>,
    /// The [id](Section::id) of its section.
    pub section: Option<String>,
    /// How well it fits; comparable within one answer only.
    pub score: f32,
}

/// A piece of a passage or of a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetPart {
    /// Plain text.
    pub text: String,
    /// Whether it is one of the words searched for.
    pub hit: bool,
}

/// A page whose title fits what is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Which page.
    pub id: PageId,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: KindId,
    /// Its space.
    pub space: SpaceId,
}
