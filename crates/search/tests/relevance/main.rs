//! Whether the search finds what people mean, on the pages and queries of `tests/search/`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_precision_loss,
    unreachable_pub,
    reason = "tests stop at the first fault"
)]

use std::collections::BTreeMap;
use std::path::Path;

use collection::{Quality, ask, index_of, judge, mean, read};
use denkraum_search::{Query, Vocabulary};

mod collection;

/// The least nDCG@10 by class.
const BARS: &[(&str, f64)] = &[
    ("compound part", 0.93),
    ("compound apart", 0.85),
    ("umlaut", 0.95),
    ("gendered", 0.82),
    ("inflection", 0.70),
    ("synonym", 0.80),
    ("typo", 0.83),
    ("prefix", 0.93),
    ("hyphen", 0.93),
    ("several ideas", 0.62),
    ("facet with text", 0.78),
];

fn measured(vocabulary: Option<Vocabulary>) -> BTreeMap<String, Vec<Quality>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/search");
    let collection = read(&folder);
    let dir = tempfile::tempdir().unwrap();
    let index = index_of(&collection.pages, dir.path());
    if let Some(vocabulary) = vocabulary {
        index.set_vocabulary(vocabulary);
    }
    let mut by_class: BTreeMap<String, Vec<Quality>> = BTreeMap::new();
    for graded in &collection.queries {
        let quality = judge(&ask(&index, &graded.query), &graded.grades);
        by_class
            .entry(graded.class.clone())
            .or_default()
            .push(quality);
    }
    by_class
}

fn overall(by_class: &BTreeMap<String, Vec<Quality>>) -> Quality {
    let all: Vec<Quality> = by_class.values().flatten().copied().collect();
    mean(&all)
}

#[test]
fn the_collection_is_large_and_its_grades_name_its_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/search");
    let collection = read(&folder);
    assert!(collection.pages.len() >= 120 && collection.queries.len() >= 150);
    let pages: Vec<u128> = collection
        .pages
        .iter()
        .map(|page| page.id.as_u128())
        .collect();
    for graded in &collection.queries {
        assert!(!graded.grades.is_empty(), "{}", graded.query.text);
        for (page, grade) in &graded.grades {
            assert!(
                pages.contains(page) && (1..=3).contains(grade),
                "{}",
                graded.query.text
            );
        }
    }
}

#[test]
fn every_class_of_query_is_answered_well() {
    let by_class = measured(None);
    let mut below = Vec::new();
    for (class, bar) in BARS {
        let Quality { ndcg, .. } = mean(by_class.get(*class).unwrap());
        if ndcg < *bar {
            below.push(format!("{class}: nDCG {ndcg:.3}, not {bar}"));
        }
    }
    let Quality {
        queries,
        ndcg,
        recall,
        mrr,
        empty,
    } = overall(&by_class);
    let all = format!("all: nDCG {ndcg:.3}, recall {recall:.3}, MRR {mrr:.3}, {empty} empty");
    assert!(below.is_empty(), "{below:#?}\n{all}");
    assert!(ndcg >= 0.86 && recall >= 0.82 && mrr >= 0.90, "{all}");
    assert!(empty * 50 <= queries, "{all}");
}

/// The last word of a query without its last letters; none if it would be too short to tell.
fn begun(text: &str, letters: usize) -> Option<String> {
    let last = text.split_whitespace().last()?.chars().count();
    let kept = text.chars().count().checked_sub(letters)?;
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || c == ' ');
    (is_plain && last >= letters + LEAST_BEGUN).then(|| text.chars().take(kept).collect())
}

/// The least letters of a word that is begun.
const LEAST_BEGUN: usize = 4;

/// The least share of queries with a best page among the first ten while the last letters are missing.
const BARS_TYPING: &[(usize, f64)] = &[(0, 0.97), (1, 0.91), (2, 0.90), (3, 0.88)];

#[test]
fn while_a_query_is_typed_the_intended_page_stays_findable() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/search");
    let collection = read(&folder);
    let dir = tempfile::tempdir().unwrap();
    let index = index_of(&collection.pages, dir.path());
    let mut below = Vec::new();
    for (letters, bar) in BARS_TYPING {
        let (mut asked, mut missed) = (0, Vec::new());
        for graded in &collection.queries {
            let Some(text) = begun(&graded.query.text, *letters) else {
                continue;
            };
            let query = Query {
                text: text.clone(),
                typing: true,
                ..graded.query.clone()
            };
            let best = graded.grades.values().max();
            let found = ask(&index, &query);
            asked += 1;
            if !found.iter().any(|page| graded.grades.get(page) == best) {
                missed.push(text);
            }
        }
        let share = 1.0 - missed.len() as f64 / f64::from(asked);
        if share < *bar {
            below.push(format!(
                "{letters} letters missing: {share:.3} of {asked}, {missed:?}"
            ));
        }
    }
    assert!(below.is_empty(), "{below:#?}");
}

#[test]
fn without_synonyms_most_is_still_found() {
    let Quality { ndcg, .. } = overall(&measured(Some(Vocabulary::default())));
    assert!(ndcg >= 0.80, "nDCG {ndcg:.3}");
}
