//! Pages, readers and an index in a folder of its own.

use denkraum_domain::{Audience, KindId, PageId, PersonId, SpaceId, Timestamp};
use denkraum_search::{
    IndexedPage, Opened, Query, Reader, Results, SearchConfig, SearchIndex, Section,
};
use tempfile::TempDir;

/// An index and the folder it lives in.
pub(crate) struct Fixture {
    pub(crate) index: SearchIndex,
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
        heading: None,
        text: text.to_owned(),
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
    let (index, opened) = SearchIndex::open(dir.path(), SearchConfig::default()).unwrap();
    assert_eq!(opened, Opened::Rebuild);
    for page in pages {
        index.put(page).unwrap();
    }
    index.commit().unwrap();
    Fixture { index, dir }
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
        self.index.search(query, reader).unwrap()
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

    pub(crate) fn suggested(&self, text: &str, reader: &Reader) -> Vec<String> {
        let found = self.index.suggest(text, reader, 10).unwrap();
        found
            .into_iter()
            .map(|suggestion| suggestion.title)
            .collect()
    }
}

pub(crate) fn titles(results: &Results) -> Vec<String> {
    results.hits.iter().map(|hit| hit.title.clone()).collect()
}
