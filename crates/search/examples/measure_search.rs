//! How well the search answers, measured on a collection of pages and graded queries.
//!
//! `cargo run -p denkraum-search --example measure_search -- relevance tests/search` or
//! `… germanquad FOLDER`, where the folder holds `corpus.jsonl`, `queries.jsonl` and `test.tsv`.
//! Further words: `no-synonyms`, `misses` (prints queries with a poor answer), and weights such as
//! `tie=0.3`.

#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "a program for measuring: it stops at the first fault"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use collection::{Collection, Graded, Quality, ask, index_of, judge, mean, plain, read};
use denkraum_domain::{KindId, SpaceId};
use denkraum_search::{IndexedPage, Query, SearchIndex, Section, Vocabulary, Weights};

#[path = "../tests/relevance/collection.rs"]
mod collection;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, folder, options @ ..] = arguments.as_slice() else {
        panic!("usage: measure_search relevance|germanquad FOLDER [OPTIONS]");
    };
    let folder = Path::new(folder);
    let collection = match what.as_str() {
        "relevance" => read(folder),
        "germanquad" => germanquad(folder),
        _ => panic!("neither relevance nor germanquad: {what}"),
    };
    let dir = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let mut index = index_of(&collection.pages, dir.path());
    println!(
        "{} pages indexed in {:?}",
        collection.pages.len(),
        begun.elapsed()
    );
    let mut weights = Weights::default();
    for option in options {
        if let Some((name, value)) = option.split_once('=') {
            assert!(
                weights.set(name, value.parse().unwrap()),
                "no weight {name}"
            );
        }
    }
    index.set_weights(weights);
    if options.iter().any(|option| option == "no-synonyms") {
        index.set_vocabulary(Vocabulary::default());
    }
    measure(
        &index,
        &collection,
        options.iter().any(|option| option == "misses"),
    );
}

fn measure(index: &SearchIndex, collection: &Collection, misses: bool) {
    let mut by_class: BTreeMap<&str, Vec<Quality>> = BTreeMap::new();
    let begun = Instant::now();
    for Graded {
        class,
        query,
        grades,
    } in &collection.queries
    {
        let found = ask(index, query);
        let quality = judge(&found, grades);
        if misses && quality.ndcg < 0.8 {
            println!(
                "{class}: {} {:.2}: found {found:?}, wanted {grades:?}",
                query.text, quality.ndcg
            );
        }
        by_class.entry(class).or_default().push(quality);
    }
    let elapsed = begun.elapsed();
    let all: Vec<Quality> = by_class.values().flatten().copied().collect();
    for (class, qualities) in by_class.iter().chain([(&"all", &all)]) {
        let Quality {
            queries,
            ndcg,
            recall,
            mrr,
            empty,
        } = mean(qualities);
        println!(
            "{class:<16} {queries:>5}  nDCG {ndcg:.3}  recall {recall:.3}  MRR {mrr:.3}  empty {empty}"
        );
    }
    println!(
        "{:?} a query",
        elapsed / u32::try_from(all.len().max(1)).unwrap()
    );
}

fn germanquad(folder: &Path) -> Collection {
    let lines = |name: &str| -> Vec<String> {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        text.lines().map(str::to_owned).collect()
    };
    let parsed = |name: &str| -> Vec<(String, String)> {
        let read = |line: &String| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |key: &str| value[key].as_str().unwrap().to_owned();
            (text("_id"), text("text"))
        };
        lines(name).iter().map(read).collect()
    };
    let mut numbers = BTreeMap::new();
    let mut pages: Vec<IndexedPage> = Vec::new();
    for (number, (id, text)) in (1_u128..).zip(parsed("corpus.jsonl")) {
        numbers.insert(id, number);
        let page = plain(
            number,
            "",
            KindId::parse("page").unwrap(),
            SpaceId::parse("berlin").unwrap(),
        );
        pages.push(IndexedPage {
            sections: vec![Section {
                text,
                ..Section::default()
            }],
            ..page
        });
    }
    let mut grades: BTreeMap<String, BTreeMap<u128, u32>> = BTreeMap::new();
    for line in lines("test.tsv").iter().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        grades
            .entry(cells[0].to_owned())
            .or_default()
            .insert(numbers[cells[1]], 1);
    }
    let queries = parsed("queries.jsonl")
        .into_iter()
        .filter_map(|(id, text)| {
            Some(Graded {
                class: "germanquad".to_owned(),
                query: Query {
                    text,
                    limit: 10,
                    ..Query::default()
                },
                grades: grades.remove(&id)?,
            })
        });
    Collection {
        pages,
        queries: queries.collect(),
    }
}
