//! Pages, readers and an index in a folder of its own.

use std::collections::HashMap;
use std::sync::Mutex;

use denkraum_domain::{Audience, KindId, PageId, PersonId, SpaceId, Timestamp};
use denkraum_search::{
    Asking, Budget, IndexedPage, Query, Reader, Results, SearchConfig, SearchIndex, Section,
    Suggestion, Texts,
};
use tempfile::TempDir;

/// An index, the folder it lives in, and the text of its pages.
pub(crate) struct Fixture {
    pub(crate) index: SearchIndex,
    pub(crate) texts: Known,
    pub(crate) dir: TempDir,
}

/// A page of the network that everybody reads, with no text.
pub(crate) fn page(number: u128, title: &str) -> IndexedPage {
    IndexedPage {
        id: PageId::from_u128(number),
        title: title.to_owned(),
        kind: kind("page"),
        space: space("berlin"),
        audience: Audience::Network,
        authors: Vec::new(),
        tags: Vec::new(),
        facets: Vec::new(),
        former_titles: Vec::new(),
        labels: Vec::new(),
        adopted_by: 0,
        sections: Vec::new(),
        changed: Timestamp::from_millis(0),
        archived: false,
    }
}

/// Such a page with a text below no heading.
pub(crate) fn page_with(number: u128, title: &str, text: &str) -> IndexedPage {
    let sections = vec![Section {
        text: text.to_owned(),
        ..Section::default()
    }];
    IndexedPage {
        sections,
        ..page(number, title)
    }
}

pub(crate) fn kind(slug: &str) -> KindId {
    KindId::parse(slug).unwrap()
}

pub(crate) fn space(slug: &str) -> SpaceId {
    SpaceId::parse(slug).unwrap()
}

/// Somebody without a role in any district.
pub(crate) fn anybody() -> Reader {
    Reader {
        person: PersonId::from_u128(1),
        member_of: Vec::new(),
        network: space("berlin"),
    }
}

/// An index that holds `pages`.
pub(crate) fn filled(pages: &[IndexedPage]) -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    let opened = SearchIndex::open(dir.path(), SearchConfig::default()).unwrap();
    assert!(!opened.is_whole);
    let index = opened.index;
    let texts = Known::default();
    let fixture = Fixture { index, texts, dir };
    for page in pages {
        fixture.put(page);
    }
    fixture.index.finish().unwrap();
    fixture
}

/// The text of pages, by page.
#[derive(Default)]
pub(crate) struct Known(Mutex<HashMap<PageId, Vec<Section>>>);

impl Texts for Known {
    fn of(&self, pages: &[PageId]) -> Vec<Vec<Section>> {
        let known = self.0.lock().unwrap();
        let text = |page| known.get(page).cloned().unwrap_or_default();
        pages.iter().map(text).collect()
    }
}

/// Asks for `text` as anybody, for the first ten.
pub(crate) fn query(text: &str) -> Query {
    Query {
        text: text.to_owned(),
        limit: 10,
        ..Query::default()
    }
}

impl Fixture {
    pub(crate) fn ask(&self, query: &Query, reader: &Reader) -> Results {
        self.ask_within(query, reader, &Budget::unlimited())
    }

    pub(crate) fn ask_within(&self, query: &Query, reader: &Reader, budget: &Budget) -> Results {
        let asking = Asking {
            reader,
            texts: &self.texts,
            budget,
        };
        self.index.search(query, asking).unwrap()
    }

    /// Puts a page, which is seen after a commit, and its text, which is there at once.
    pub(crate) fn put(&self, page: &IndexedPage) {
        self.index.put(page).unwrap();
        let mut texts = self.texts.0.lock().unwrap();
        texts.insert(page.id, page.sections.clone());
    }

    /// Titles found, best first.
    pub(crate) fn titles(&self, text: &str) -> Vec<String> {
        titles(&self.ask(&query(text), &anybody()))
    }

    /// Titles found while the last word is being typed.
    pub(crate) fn titles_typing(&self, text: &str) -> Vec<String> {
        titles(&self.ask(
            &Query {
                typing: true,
                ..query(text)
            },
            &anybody(),
        ))
    }

    pub(crate) fn suggestions(&self, text: &str, reader: &Reader, limit: usize) -> Vec<String> {
        let found = self
            .index
            .suggest(text, reader, limit, &Budget::unlimited());
        let title = |suggestion: Suggestion| suggestion.title;
        found.unwrap().into_iter().map(title).collect()
    }

    pub(crate) fn suggested(&self, text: &str, reader: &Reader) -> Vec<String> {
        self.suggestions(text, reader, 10)
    }
}

pub(crate) fn titles(results: &Results) -> Vec<String> {
    results.hits.iter().map(|hit| hit.title.clone()).collect()
}
