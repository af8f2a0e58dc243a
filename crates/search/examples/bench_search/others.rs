//! The graded queries, answered by this search and by others.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::collection::{Collection, Graded, Quality, ask, index_of, judge, mean, read};
use crate::postgres::Postgres;

/// The pages found for each query, best first.
type Answers = Vec<Vec<u128>>;

/// nDCG@10, recall@10 and MRR by class for each search that is there, as Markdown.
pub fn compare(folder: &Path, server: Option<&Postgres>) -> String {
    let collection = read(folder);
    let mut searches: Vec<(&str, Answers)> = vec![("Denkraum", ours(&collection))];
    searches.extend(sqlite(&collection).map(|answers| ("SQLite", answers)));
    searches.extend(server.map(|server| ("PostgreSQL", postgres(&collection, server))));
    let mut text = format!(
        "nDCG@10 / recall@10 / MRR on {} pages and {} queries:\n\n| class | queries |",
        collection.pages.len(),
        collection.queries.len()
    );
    for (name, _) in &searches {
        write!(text, " {name} |").unwrap();
    }
    writeln!(text, "\n| --- | --- |{}", " --- |".repeat(searches.len())).unwrap();
    let mut table: BTreeMap<&str, Vec<Vec<Quality>>> = BTreeMap::new();
    for (at, graded) in collection.queries.iter().enumerate() {
        for class in [graded.class.as_str(), "~ all"] {
            let row = table
                .entry(class)
                .or_insert_with(|| vec![Vec::new(); searches.len()]);
            for (cell, (_, answers)) in row.iter_mut().zip(&searches) {
                cell.push(judge(&answers[at], &graded.grades));
            }
        }
    }
    for (class, row) in table {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| {
                let mean = mean(cell);
                format!(" {:.3} / {:.3} / {:.3} |", mean.ndcg, mean.recall, mean.mrr)
            })
            .collect();
        let queries = row.first().map_or(0, |cell| mean(cell).queries);
        let class = class.trim_start_matches("~ ");
        writeln!(text, "| {class} | {queries} |{}", cells.concat()).unwrap();
    }
    text
}

fn ours(collection: &Collection) -> Answers {
    let dir = tempfile::tempdir().unwrap();
    let index = index_of(&collection.pages, dir.path());
    collection
        .queries
        .iter()
        .map(|graded| ask(&index, &graded.query))
        .collect()
}

fn sqlite(collection: &Collection) -> Option<Answers> {
    let mut sql =
        "CREATE VIRTUAL TABLE p USING fts5(title, body, space UNINDEXED, kind UNINDEXED, \
                   tokenize = 'unicode61 remove_diacritics 2');\n"
            .to_owned();
    insert(collection, &mut sql, "rowid");
    for graded in &collection.queries {
        let words: Vec<String> = words(&graded.query.text)
            .map(|word| format!("\"{word}\""))
            .collect();
        let filter = filter(graded);
        writeln!(
            sql,
            "SELECT '#'; SELECT rowid FROM p WHERE p MATCH '{}'{filter} ORDER BY rank LIMIT 10;",
            words.join(" OR ")
        )
        .unwrap();
    }
    run(Command::new("sqlite3").arg(":memory:"), &sql)
}

fn postgres(collection: &Collection, server: &Postgres) -> Answers {
    let mut session = server.session();
    let mut sql = "CREATE TEMP TABLE p(id bigint, title text, body text, space text, kind text);\n"
        .to_owned();
    insert(collection, &mut sql, "id");
    sql.push_str(
        "ALTER TABLE p ADD v tsvector; UPDATE p SET v = setweight(to_tsvector('german', title), 'A') || \
         to_tsvector('german', body);\n",
    );
    session.ask(&sql);
    let ask = |graded: &Graded| {
        let words: Vec<String> = words(&graded.query.text)
            .map(|word| format!("plainto_tsquery('german', '{word}')"))
            .collect();
        let query = words.join(" || ");
        let filter = filter(graded);
        let lines = session.ask(&format!(
            "SELECT id FROM p WHERE v @@ ({query}){filter} ORDER BY ts_rank(v, {query}) DESC, id LIMIT 10;"
        ));
        lines.iter().map(|line| line.parse().unwrap()).collect()
    };
    collection.queries.iter().map(ask).collect()
}

fn insert(collection: &Collection, sql: &mut String, id: &str) {
    let quoted = |text: &str| text.replace('\'', "''");
    for page in &collection.pages {
        let mut body = page.tags.join(" ");
        for section in &page.sections {
            write!(
                body,
                " {} {}",
                section.heading.as_deref().unwrap_or_default(),
                section.text
            )
            .unwrap();
        }
        writeln!(
            sql,
            "INSERT INTO p({id}, title, body, space, kind) VALUES ({}, '{}', '{}', '{}', '{}');",
            page.id.as_u128(),
            quoted(&page.title),
            quoted(&format!("{body} {}", page.space.as_str())),
            page.space.as_str(),
            page.kind.as_str(),
        )
        .unwrap();
    }
}

fn filter(graded: &Graded) -> String {
    let mut filter = String::new();
    for space in &graded.query.spaces {
        write!(filter, " AND space = '{}'", space.as_str()).unwrap();
    }
    for kind in &graded.query.kinds {
        write!(filter, " AND kind = '{}'", kind.as_str()).unwrap();
    }
    filter
}

pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Runs a program over SQL; none if it is not there or fails.
fn run(command: &mut Command, sql: &str) -> Option<Answers> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    let sql = sql.to_owned();
    let writer = std::thread::spawn(move || input.write_all(sql.as_bytes()).is_ok());
    let output = child.wait_with_output().ok()?;
    writer.join().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut answers = Answers::new();
    for line in text.lines() {
        match (line, line.parse()) {
            ("#", _) => answers.push(Vec::new()),
            (_, Ok(id)) => answers.last_mut()?.push(id),
            _ => {}
        }
    }
    output.status.success().then_some(answers)
}
