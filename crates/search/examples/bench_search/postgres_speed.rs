//! How fast PostgreSQL is with the same pages and queries, answering the same: the best twenty with their
//! passages, how many there are, and the counts of three facets.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use denkraum_domain::{KindId, SpaceId};
use denkraum_search::{IndexedPage, Query};

use crate::generated::{Generator, SORTS};
use crate::others::words;
use crate::postgres::{Postgres, Session};
use crate::speed::{CLIENTS, Sort, Speed};

/// So many queries of a sort are answered, or as many as are in [`LONGEST`].
const QUERIES: usize = 1_000;
const LONGEST: Duration = Duration::from_secs(20);
const WARM_UP: usize = 32;
/// So many pages come in one statement.
const BATCH: usize = 500;
const CHANGES: usize = 9;

pub fn theirs(server: &Postgres, pages: usize) -> Speed {
    let mut session = server.session();
    session.ask(
        "CREATE TABLE pages(id bigint PRIMARY KEY, title text, body text, space text, kind text, field text, \
         words tsvector GENERATED ALWAYS AS \
         (setweight(to_tsvector('german', title), 'A') || to_tsvector('german', body)) STORED);",
    );
    let mut generator = Generator::new(7);
    let (mut text, mut build) = (0, Duration::ZERO);
    for first in (1..=pages).step_by(BATCH) {
        let batch = (first..=pages).take(BATCH);
        let batch: Vec<_> = batch.map(|number| generator.page(number as u128)).collect();
        text += batch.iter().map(Generator::bytes).sum::<u64>();
        let sql = insert(&batch);
        let begun = Instant::now();
        session.ask(&sql);
        build += begun.elapsed();
    }
    let begun = Instant::now();
    session.ask("CREATE INDEX ON pages USING gin(words); VACUUM ANALYZE pages;");
    build += begun.elapsed();
    let index = session
        .ask("SELECT pg_relation_size('pages_words_idx') + sum(pg_column_size(words)) FROM pages;");
    let mut changes: Vec<Duration> = (1..=CHANGES)
        .map(|number| {
            let word = format!("neuwort{number}");
            let begun = Instant::now();
            session.ask(&format!(
                "UPDATE pages SET title = '{word}' WHERE id = {number};"
            ));
            let found = session.ask(&format!(
                "SELECT id FROM pages WHERE words @@ to_tsquery('german', '{word}');"
            ));
            assert_eq!(found, [number.to_string()]);
            begun.elapsed()
        })
        .collect();
    changes.sort();
    let sorts = SORTS.iter().map(|(name, make)| {
        let mut queries = |count| -> Vec<String> {
            (0..count)
                .map(|_| statement(name, &make(&mut generator)))
                .collect()
        };
        answered(server, &queries(WARM_UP));
        let queries = queries(QUERIES);
        let begun = Instant::now();
        let times = answered(server, &queries);
        let took = begun.elapsed();
        eprintln!("PostgreSQL, {name}: {} answers in {took:?}", times.len());
        Sort {
            name,
            took,
            times,
            worked: None,
        }
    });
    let sorts = sorts.collect();
    Speed {
        pages,
        text,
        index: index[0].parse().unwrap(),
        memory_kib: None,
        build,
        change: changes[CHANGES / 2],
        sorts,
    }
}

fn insert(pages: &[IndexedPage]) -> String {
    let mut sql = "INSERT INTO pages(id, title, body, space, kind, field) VALUES ".to_owned();
    for (at, page) in pages.iter().enumerate() {
        let body: Vec<String> = page
            .sections
            .iter()
            .map(|section| {
                let heading = section.heading.as_deref().unwrap_or_default();
                format!("{heading} {}", section.text)
            })
            .collect();
        write!(
            sql,
            "{}({}, '{}', '{}', '{}', '{}', '{}')",
            if at == 0 { "" } else { ", " },
            page.id.as_u128(),
            page.title,
            body.join(" "),
            page.space.as_str(),
            page.kind.as_str(),
            page.facets[0].1,
        )
        .unwrap();
    }
    sql.push(';');
    sql
}

/// One statement that answers what this search answers.
fn statement(sort: &str, query: &Query) -> String {
    let words: Vec<&str> = words(&query.text).collect();
    let asked = match sort {
        "phrase" => format!("phraseto_tsquery('german', '{}')", words.join(" ")),
        "prefix" => {
            let (last, before) = words.split_last().unwrap();
            let before = before.iter().map(|word| format!("{word} | "));
            let before: String = before.collect();
            format!("to_tsquery('german', '{before}{last}:*')")
        }
        _ => {
            let each = words.iter();
            let each: Vec<String> = each
                .map(|word| format!("plainto_tsquery('german', '{word}')"))
                .collect();
            each.join(" || ")
        }
    };
    let is_one_of = |column: &str, values: Vec<&str>| {
        if values.is_empty() {
            return "true".to_owned();
        }
        format!("{column} IN ('{}')", values.join("', '"))
    };
    let space = is_one_of("space", query.spaces.iter().map(SpaceId::as_str).collect());
    let kind = is_one_of("kind", query.kinds.iter().map(KindId::as_str).collect());
    format!(
        "WITH asked AS MATERIALIZED (SELECT {asked} AS query), \
         found AS MATERIALIZED (SELECT id, space, kind, field, ts_rank(words, query) AS rank \
            FROM pages, asked WHERE words @@ query), \
         best AS (SELECT id, rank FROM found WHERE {space} AND {kind} ORDER BY rank DESC, id LIMIT 20) \
         SELECT best.id::text, title, ts_headline('german', body, query) FROM best JOIN pages USING (id), asked \
         UNION ALL SELECT 'total', '', count(*)::text FROM found WHERE {space} AND {kind} \
         UNION ALL SELECT 'space', space, count(*)::text FROM found WHERE {kind} GROUP BY space \
         UNION ALL SELECT 'kind', kind, count(*)::text FROM found WHERE {space} GROUP BY kind \
         UNION ALL SELECT 'field', field, count(*)::text FROM found WHERE {space} AND {kind} GROUP BY field;"
    )
}

/// How long each answer took, shortest first.
fn answered(server: &Postgres, queries: &[String]) -> Vec<Duration> {
    let next = AtomicUsize::new(0);
    let mut sessions: Vec<Session> = (0..CLIENTS).map(|_| server.session()).collect();
    for session in &mut sessions {
        session.ask("SELECT 1;");
    }
    let started = Instant::now();
    let next = &next;
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let client = |mut session: Session| {
            let mut times = Vec::new();
            while let Some(query) = queries.get(next.fetch_add(1, Ordering::Relaxed)) {
                let begun = Instant::now();
                if begun - started > LONGEST {
                    break;
                }
                session.ask(query);
                times.push(begun.elapsed());
            }
            times
        };
        let clients = sessions.into_iter();
        let clients: Vec<_> = clients
            .map(|session| scope.spawn(move || client(session)))
            .collect();
        clients
            .into_iter()
            .flat_map(|client| client.join().unwrap())
            .collect()
    });
    times.sort();
    times
}
