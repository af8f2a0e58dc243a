//! How fast this search is, and the tables of all that was measured.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use denkraum_search::{Asking, Budget, IndexedPage, Query, SearchConfig, SearchIndex, Workers};

use crate::collection::reader;
use crate::generated::{Generator, SORTS};
use crate::texts::FileTexts;

/// So many ask at once.
pub const CLIENTS: usize = 16;
/// So many queries of a sort are answered, or as many as are in [`LONGEST`].
const QUERIES: usize = 4_000;
const LONGEST: Duration = Duration::from_secs(20);
/// So many come before: files are read, and what is kept of frequent words is there, as in a server that has run
/// for a while.
const WARM_UP: usize = 2_000;
/// What those before the first sort are called.
const FIRST: &str = "just opened";
/// So many titles are suggested, as in the palette.
const SUGGESTED: usize = 8;
/// So many changed pages are waited for.
const CHANGES: usize = 9;

/// Asks one query and drops the answer.
type Ask = Arc<dyn Fn(&Query) + Send + Sync>;

/// What was measured with a number of pages.
pub struct Speed {
    pub pages: usize,
    /// Bytes of the pages' text.
    pub text: u64,
    /// Bytes of the index.
    pub index: u64,
    /// What the process holds in memory besides files, in KiB.
    pub memory_kib: Option<u64>,
    pub build: Duration,
    /// Until a changed page is found.
    pub change: Duration,
    pub sorts: Vec<Sort>,
}

/// A sort of query: how long the whole took, and how long each answer, shortest first.
pub struct Sort {
    pub name: &'static str,
    pub took: Duration,
    pub times: Vec<Duration>,
    /// Time of the processors for all answers, if it is known.
    pub worked: Option<Duration>,
}

impl Sort {
    pub fn per_second(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    /// Milliseconds of a processor for an answer.
    fn work(&self) -> String {
        let worked = self.worked.map(millis);
        worked.map_or_else(
            || "–".to_owned(),
            |worked| format!("{:.2}", worked / self.times.len() as f64),
        )
    }

    pub fn at(&self, share: f64) -> Duration {
        self.times[((self.times.len() - 1) as f64 * share) as usize]
    }
}

/// Names a folder in which the index is kept and found again by the next run, for profiles of answers.
const KEPT: &str = "BENCH_SEARCH_KEPT";
/// The names of the sorts that one person asks, key by key.
const TYPED: &str = "typed";
const TITLES: &str = "titles";

/// Whether a sort of query has this name.
pub fn is_sort(name: &str) -> bool {
    name == TYPED || name == TITLES || SORTS.iter().any(|(sort, _)| *sort == name)
}

/// Measures this search, only with the sorts of queries that are chosen if there are any.
pub fn ours(pages: usize, chosen: &[String]) -> Speed {
    let is_chosen = |name: &str| chosen.is_empty() || chosen.iter().any(|chosen| chosen == name);
    let kept = std::env::var_os(KEPT).map(PathBuf::from);
    let dir = tempfile::tempdir().unwrap();
    let path = kept.as_deref().unwrap_or(dir.path());
    let mut texts = FileTexts::new(&dir.path().join("texts"));
    let mut generator = Generator::new(7);
    let mut text = 0;
    let mut told: Vec<IndexedPage> = Vec::with_capacity(pages);
    for number in 1..=pages {
        let mut page = generator.page(number as u128);
        text += Generator::bytes(&page);
        texts.put(page.id, &page.sections);
        page.sections = Vec::new();
        told.push(page);
    }
    let folder = path.join("search");
    let opened = SearchIndex::open(&folder, SearchConfig::default()).unwrap();
    let index = opened.index;
    if index.pages() == pages as u64 {
        told.clear();
    }
    let before = memory_kib();
    let (begun, worked) = (Instant::now(), processor_time());
    let put = told.len() as u64;
    let queue = Mutex::new(told.iter());
    let filled = index.fill(|| {
        let page = queue.lock().unwrap().next()?;
        let sections = texts.get(page.id);
        Some(IndexedPage {
            sections,
            ..page.clone()
        })
    });
    assert_eq!(filled.unwrap(), put);
    index.finish().unwrap();
    let build = begun.elapsed();
    eprintln!(
        "rebuild: {build:?}, {:?} of the processors",
        processor_time().saturating_sub(worked)
    );
    let mut changes: Vec<Duration> = (0..CHANGES)
        .map(|number| change(&index, &texts, &mut generator, number))
        .collect();
    changes.sort();
    let (index, texts) = (Arc::new(index), Arc::new(texts));
    let asked = Arc::clone(&index);
    let search: Ask = Arc::new(move |query: &Query| {
        let asking = Asking {
            reader: &reader(),
            texts: &*texts,
            budget: &Budget::unlimited(),
        };
        asked.search(query, asking).unwrap();
    });
    let mut sorts = Vec::new();
    for (name, make) in SORTS.iter().filter(|(name, _)| is_chosen(name)) {
        let mut queries =
            |count: usize| -> Vec<Query> { (0..count).map(|_| make(&mut generator)).collect() };
        let before = sort(FIRST, CLIENTS, queries(WARM_UP), &search);
        if sorts.is_empty() {
            sorts.push(before);
        }
        let queries = queries(QUERIES);
        sorts.push(sort(name, CLIENTS, queries, &search));
    }
    // What the server does for one person, key by key.
    let typed: Vec<Query> = std::iter::repeat_with(|| generator.typed())
        .flatten()
        .take(QUERIES)
        .collect();
    if is_chosen(TYPED) {
        sorts.push(sort("key by key, one person", 1, typed.clone(), &search));
    }
    let suggest: Ask = Arc::new(move |query: &Query| {
        let (limit, budget) = (SUGGESTED, Budget::unlimited());
        let found = index.suggest(&query.text, &reader(), limit, &budget);
        found.unwrap();
    });
    if is_chosen(TITLES) {
        sorts.push(sort("titles, key by key, one person", 1, typed, &suggest));
    }
    Speed {
        pages,
        text,
        index: size_of_folder(&folder),
        memory_kib: Some(memory_kib().saturating_sub(before)),
        build,
        change: changes[CHANGES / 2],
        sorts,
    }
}

/// How long it takes until a page is found by a word that no other has.
fn change(
    index: &SearchIndex,
    texts: &FileTexts,
    generator: &mut Generator,
    number: usize,
) -> Duration {
    let word = format!(
        "neuwort{}",
        ["a", "b", "c", "d", "e", "f", "g", "h", "i"][number]
    );
    let mut page = generator.page(number as u128 + 1);
    page.title.clone_from(&word);
    let begun = Instant::now();
    index.put(&page).unwrap();
    index.commit().unwrap();
    let query = Query {
        text: word,
        limit: 1,
        literal: true,
        ..Query::default()
    };
    let asking = Asking {
        reader: &reader(),
        texts,
        budget: &Budget::unlimited(),
    };
    assert_eq!(index.search(&query, asking).unwrap().total, 1);
    begun.elapsed()
}

/// How fast queries of a sort are answered.
fn sort(name: &'static str, clients: usize, queries: Vec<Query>, ask: &Ask) -> Sort {
    let (begun, worked) = (Instant::now(), processor_time());
    let times = answered(clients, queries, ask);
    let (took, worked) = (begun.elapsed(), processor_time().saturating_sub(worked));
    eprintln!(
        "{name}: {} answers in {took:?}, {worked:?} of the processors",
        times.len()
    );
    Sort {
        name,
        took,
        times,
        worked: Some(worked),
    }
}

/// How long each answer took, shortest first. As in the server, the searches wait for as many threads as there are
/// processors.
fn answered(clients: usize, queries: Vec<Query>, ask: &Ask) -> Vec<Duration> {
    let workers = Workers::start().unwrap();
    let queries = Arc::new(queries);
    let next = AtomicUsize::new(0);
    let started = Instant::now();
    let client = || {
        let mut times = Vec::new();
        let (answer, answered) = channel();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let begun = Instant::now();
            if number >= queries.len() || begun - started > LONGEST {
                return times;
            }
            let (ask, queries, answer) = (Arc::clone(ask), Arc::clone(&queries), answer.clone());
            workers.give(move || {
                ask(&queries[number]);
                answer.send(()).unwrap();
            });
            answered.recv().unwrap();
            times.push(begun.elapsed());
        }
    };
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..clients).map(|_| scope.spawn(client)).collect();
        clients
            .into_iter()
            .flat_map(|client| client.join().unwrap())
            .collect()
    });
    times.sort();
    times
}

impl Speed {
    /// Everything as Markdown: ours, and beside it others with as many pages.
    pub fn tables(measured: &[(Self, Option<Self>)]) -> String {
        let mut text = "| pages | text | index | of the text | memory | rebuild | a changed page is found after |\n\
                        | --- | --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
        let lines = || {
            measured.iter().flat_map(|(ours, theirs)| {
                let theirs = theirs.iter().map(|theirs| (", PostgreSQL", theirs));
                std::iter::once(("", ours)).chain(theirs)
            })
        };
        for (whose, speed) in lines() {
            let memory = speed
                .memory_kib
                .map_or_else(|| "–".to_owned(), |kib| format!("{} MiB", kib / 1024));
            writeln!(
                text,
                "| {}{whose} | {:.1} MB | {:.1} MB | {:.2} | {memory} | {:.0} pages/s | {:.1} ms |",
                speed.pages,
                speed.text as f64 / 1e6,
                speed.index as f64 / 1e6,
                speed.index as f64 / speed.text as f64,
                speed.pages as f64 / speed.build.as_secs_f64(),
                millis(speed.change),
            )
            .unwrap();
        }
        text.push_str(
            "\n| pages | query | answers/s | work ms | p50 ms | p95 ms | p99 ms |\n\
             | --- | --- | --- | --- | --- | --- | --- |\n",
        );
        for (whose, speed) in lines() {
            for sort in &speed.sorts {
                writeln!(
                    text,
                    "| {}{whose} | {} | {:.0} | {} | {:.1} | {:.1} | {:.1} |",
                    speed.pages,
                    sort.name,
                    sort.per_second(),
                    sort.work(),
                    millis(sort.at(0.50)),
                    millis(sort.at(0.95)),
                    millis(sort.at(0.99)),
                )
                .unwrap();
            }
        }
        text
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// How long processors worked for this process.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may hold anything; 100 of these are a second.
    let behind = stat.rsplit_once(") ").map_or("", |(_, behind)| behind);
    let ticks = behind.split(' ').skip(11).take(2);
    let ticks: u64 = ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// What this process holds in memory besides files.
fn memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.unwrap_or(0)
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
