//! How fast the search is on generated pages, how well it answers graded queries, and both beside others.
//!
//! `cargo xtask bench search [PAGES …]` runs this and writes what it prints to `docs/benchmarks.md`. For each
//! number of pages (10,000, 100,000 and 1,000,000 without any): size of the index and memory, how fast it is
//! built, when a changed page is found, and for each sort of query how many a second 16 clients get
//! answered and how long an answer takes. Beside it PostgreSQL with the same 100,000 pages. Then nDCG@10,
//! recall@10 and MRR on `tests/search`, beside SQLite FTS5 and PostgreSQL.
//!
//! With names of sorts of queries (`plain`, `faceted`, `prefix`, `phrase`, `typed`, `titles`) behind the numbers,
//! only these are asked and nothing is measured beside them: for a profile. `BENCH_SEARCH_KEPT` names a folder in
//! which the index stays for the next such run.

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

use postgres::Postgres;
use speed::Speed;

#[path = "../../tests/relevance/collection.rs"]
mod collection;
mod generated;
mod others;
mod postgres;
mod postgres_speed;
mod speed;
mod texts;

/// What is measured without other wishes.
const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
/// PostgreSQL is measured with so many pages.
const BESIDE: usize = 100_000;

fn main() {
    let (chosen, sizes): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|word| speed::is_sort(word));
    let sizes: Vec<usize> = sizes.iter().map(|size| size.parse().unwrap()).collect();
    if !chosen.is_empty() {
        // For a profile: nothing beside it.
        for pages in sizes {
            println!("{}", Speed::tables(&[(speed::ours(pages, &chosen), None)]));
        }
        return;
    }
    let sizes = if sizes.is_empty() {
        SIZES.to_vec()
    } else {
        sizes
    };
    let server = Postgres::start();
    if server.is_none() {
        eprintln!(
            "PostgreSQL is not installed and is left out. To measure it, too: apt-get install postgresql"
        );
    }
    let mut measured = Vec::new();
    for pages in sizes {
        eprintln!("{pages} pages");
        let ours = speed::ours(pages, &[]);
        let theirs = server.as_ref().filter(|_| pages == BESIDE);
        let theirs = theirs.map(|server| postgres_speed::theirs(server, pages));
        measured.push((ours, theirs));
    }
    if let Some(Postgres { version, .. }) = &server {
        println!("Beside {version}.\n");
    }
    println!("{}", Speed::tables(&measured));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/search");
    println!("{}", others::compare(&folder, server.as_ref()));
}
