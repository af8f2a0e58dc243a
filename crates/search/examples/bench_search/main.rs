//! How fast the search is on generated pages, and how well others answer the graded queries.
//!
//! `cargo xtask bench search [PAGES …]`: for each number of pages (10000 without any) the time to
//! build the index, its size, and for each sort of query how many a second 16 clients get answered,
//! with the median, 95th and 99th percentile of the time an answer takes. Then nDCG@10, recall@10 and MRR on
//! `tests/search`, beside SQLite FTS5 (if there is a `sqlite3`) and PostgreSQL's German full text (if
//! `DENKRAUM_BENCH_POSTGRES` names a database that may be written to).

#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::doc_markdown,
    clippy::indexing_slicing,
    clippy::type_complexity,
    unreachable_pub,
    reason = "a program for measuring: it stops at the first fault"
)]

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use collection::reader;
use denkraum_search::{Query, SearchConfig, SearchIndex};
use generated::Generator;

#[path = "../../tests/relevance/collection.rs"]
mod collection;
mod generated;
mod others;

const CLIENTS: usize = 16;
const QUERIES: usize = 2_000;

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .map(|size| size.parse().unwrap())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![10_000]
    } else {
        sizes
    };
    for pages in sizes {
        speed(pages);
    }
    others::compare(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/search"));
}

fn speed(pages: usize) {
    let dir = tempfile::tempdir().unwrap();
    let (index, _) = SearchIndex::open(dir.path(), SearchConfig::default()).unwrap();
    let mut generator = Generator::new(7);
    let (mut text, mut spent) = (0_usize, Duration::ZERO);
    for number in 0..pages {
        let page = generator.page(number as u128 + 1);
        text += page
            .sections
            .iter()
            .map(|section| section.text.len())
            .sum::<usize>();
        let begun = Instant::now();
        index.put(&page).unwrap();
        spent += begun.elapsed();
    }
    let begun = Instant::now();
    index.commit().unwrap();
    spent += begun.elapsed();
    let size = size_of_folder(dir.path());
    println!(
        "\n{pages} pages, {:.1} MB of text: built in {spent:.1?} ({:.0} pages/s), index {:.1} MB ({:.2} of the text)",
        text as f64 / 1e6,
        pages as f64 / spent.as_secs_f64(),
        size as f64 / 1e6,
        size as f64 / text as f64,
    );
    let begun = Instant::now();
    index.put(&generator.page(1)).unwrap();
    index.commit().unwrap();
    println!("one changed page seen after {:.1?}", begun.elapsed());
    for (name, make) in generated::SORTS {
        let queries: Vec<Query> = (0..QUERIES).map(|_| make(&mut generator)).collect();
        let begun = Instant::now();
        let times = answered(&index, &queries);
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        println!(
            "{name:<9} {:>6.0} queries/s  p50 {:.1?}  p95 {:.1?}  p99 {:.1?}",
            queries.len() as f64 / begun.elapsed().as_secs_f64(),
            at(0.50),
            at(0.95),
            at(0.99),
        );
    }
}

/// How long each answer took, shortest first.
fn answered(index: &SearchIndex, queries: &[Query]) -> Vec<Duration> {
    let next = AtomicUsize::new(0);
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let client = || {
            let mut times = Vec::new();
            while let Some(query) = queries.get(next.fetch_add(1, Ordering::Relaxed)) {
                let begun = Instant::now();
                index.search(query, &reader()).unwrap();
                times.push(begun.elapsed());
            }
            times
        };
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(client)).collect();
        clients
            .into_iter()
            .flat_map(|client| client.join().unwrap())
            .collect()
    });
    times.sort();
    times
}

fn size_of_folder(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let kind = entry.metadata().unwrap();
            if kind.is_dir() {
                size_of_folder(&entry.path())
            } else {
                kind.len()
            }
        })
        .sum()
}
