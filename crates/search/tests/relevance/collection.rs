//! Pages and graded queries read from files, and how well a search answers them.

use std::collections::BTreeMap;
use std::path::Path;

use denkraum_domain::{Audience, KindId, PageId, PersonId, SpaceId, Timestamp};
use denkraum_search::{
    Asking, Budget, IndexedPage, Query, Reader, SearchConfig, SearchIndex, Section, Texts,
};

/// Pages and queries.
pub struct Collection {
    pub pages: Vec<IndexedPage>,
    pub queries: Vec<Graded>,
}

/// A query with the pages that answer it.
pub struct Graded {
    pub class: String,
    pub query: Query,
    /// From the number of a page to how well it answers, 1 to 3.
    pub grades: BTreeMap<u128, u32>,
}

/// Means over queries, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quality {
    pub queries: usize,
    pub ndcg: f64,
    pub recall: f64,
    pub mrr: f64,
    /// Queries without any hit.
    pub empty: usize,
}

/// Reads `pages.txt` and `queries.txt` of `tests/search/`, whose README describes them.
pub fn read(folder: &Path) -> Collection {
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let pages = read("pages.txt");
    let pages = pages.split("\n=== ").skip(1).map(page).collect();
    let queries = read("queries.txt");
    let lines = queries.lines().filter(|line| line.contains('|'));
    Collection {
        pages,
        queries: lines.map(graded).collect(),
    }
}

/// `12 approach pankow tag, tag`, then the title, then the text with headings behind `## `.
fn page(block: &str) -> IndexedPage {
    let (head, rest) = block.split_once('\n').unwrap();
    let (title, text) = rest.split_once('\n').unwrap_or((rest, ""));
    let mut head = head.splitn(4, ' ');
    let number: u128 = head.next().unwrap().parse().unwrap();
    let kind = KindId::parse(head.next().unwrap()).unwrap();
    let space = SpaceId::parse(head.next().unwrap()).unwrap();
    let tags = head.next().unwrap_or_default().split(',').map(str::trim);
    let mut sections = vec![Section::default()];
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            sections.push(Section {
                heading: Some(heading.to_owned()),
                text: String::new(),
                ..Section::default()
            });
        } else if let Some(section) = sections.last_mut() {
            section.text.push_str(line);
            section.text.push('\n');
        }
    }
    IndexedPage {
        tags: tags
            .filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect(),
        sections,
        ..plain(number, title, kind, space)
    }
}

/// A page without text.
pub fn plain(number: u128, title: &str, kind: KindId, space: SpaceId) -> IndexedPage {
    IndexedPage {
        id: PageId::from_u128(number),
        title: title.to_owned(),
        kind,
        space,
        audience: Audience::Network,
        authors: Vec::new(),
        tags: Vec::new(),
        facets: Vec::new(),
        former_titles: Vec::new(),
        labels: Vec::new(),
        adopted_by: 0,
        sections: Vec::new(),
        changed: Timestamp::from_millis(i64::try_from(number).unwrap_or(0)),
        archived: false,
    }
}

/// `class | query | space=mitte kind=approach typing | 12:3 40:1`.
fn graded(line: &str) -> Graded {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [class, text, options, grades] = cells.as_slice() else {
        panic!("not four cells: {line}");
    };
    let mut query = Query {
        text: (*text).to_owned(),
        limit: 10,
        ..Query::default()
    };
    for option in options.split_whitespace() {
        match option.split_once('=') {
            Some(("space", slug)) => query.spaces.push(SpaceId::parse(slug).unwrap()),
            Some(("kind", slug)) => query.kinds.push(KindId::parse(slug).unwrap()),
            None if option == "typing" => query.typing = true,
            _ => panic!("unknown option {option}"),
        }
    }
    let grade = |pair: &str| {
        let (page, grade) = pair.split_once(':').unwrap();
        (page.parse().unwrap(), grade.parse().unwrap())
    };
    Graded {
        class: (*class).to_owned(),
        query,
        grades: grades.split_whitespace().map(grade).collect(),
    }
}

/// Somebody without a role in any district.
pub fn reader() -> Reader {
    Reader {
        person: PersonId::from_u128(1),
        member_of: Vec::new(),
        network: SpaceId::parse("berlin").unwrap(),
    }
}

/// No text at all, where passages are not looked at.
pub struct NoTexts;

impl Texts for NoTexts {
    fn of(&self, pages: &[PageId]) -> Vec<Vec<Section>> {
        vec![Vec::new(); pages.len()]
    }
}

/// An index of `pages` in `dir`.
pub fn index_of(pages: &[IndexedPage], dir: &Path) -> SearchIndex {
    let index = SearchIndex::open(dir, SearchConfig::default())
        .unwrap()
        .index;
    for page in pages {
        index.put(page).unwrap();
    }
    index.finish().unwrap();
    index
}

/// The pages found, best first, by number.
pub fn ask(index: &SearchIndex, query: &Query) -> Vec<u128> {
    let asking = Asking {
        reader: &reader(),
        texts: &NoTexts,
        budget: &Budget::unlimited(),
    };
    let found = index.search(query, asking).unwrap();
    found.hits.iter().map(|hit| hit.id.as_u128()).collect()
}

/// How well `found` answers: nDCG, recall and reciprocal rank within the first ten.
pub fn judge(found: &[u128], grades: &BTreeMap<u128, u32>) -> Quality {
    let gain = |at: usize, grade: u32| f64::from(grade) / ((at + 2) as f64).log2();
    let first: Vec<u32> = found
        .iter()
        .take(10)
        .map(|id| grades.get(id).copied().unwrap_or(0))
        .collect();
    let reached: f64 = first
        .iter()
        .enumerate()
        .map(|(at, grade)| gain(at, *grade))
        .sum();
    let mut best: Vec<u32> = grades.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal: f64 = best
        .iter()
        .take(10)
        .enumerate()
        .map(|(at, grade)| gain(at, *grade))
        .sum();
    let hits = first.iter().filter(|grade| **grade > 0).count();
    Quality {
        queries: 1,
        ndcg: reached / ideal,
        recall: hits as f64 / best.len().min(10) as f64,
        mrr: first
            .iter()
            .position(|grade| *grade > 0)
            .map_or(0.0, |at| 1.0 / (at + 1) as f64),
        empty: usize::from(found.is_empty()),
    }
}

/// The means of several.
pub fn mean(of: &[Quality]) -> Quality {
    let queries = of.len();
    let mean =
        |value: fn(&Quality) -> f64| of.iter().map(value).sum::<f64>() / queries.max(1) as f64;
    Quality {
        queries,
        ndcg: mean(|quality| quality.ndcg),
        recall: mean(|quality| quality.recall),
        mrr: mean(|quality| quality.mrr),
        empty: of.iter().map(|quality| quality.empty).sum(),
    }
}
