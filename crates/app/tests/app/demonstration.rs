//! What the demonstration promises to whoever looks around in it.

use std::collections::{BTreeMap, BTreeSet};

use denkraum_app::catalogue::SpaceSort;
use denkraum_app::{Account, FieldValue, ListQuery};
use denkraum_content::{PageContent, from_markdown, links, to_text};
use denkraum_domain::{PageId, Role};
use denkraum_testkit::TestApp;
use serde_json::Value;

use crate::files::lines_of_all;

/// What every district has to show.
const MAIN_KINDS: [&str; 6] = [
    "strategy",
    "approach",
    "practice_case",
    "offer",
    "inquiry",
    "milestone",
];

fn text<'a>(line: &'a Value, key: &str) -> &'a str {
    line[key].as_str().unwrap_or_default()
}

fn content(line: &Value) -> PageContent {
    PageContent {
        body: from_markdown(text(line, "markdown")).0,
        ..PageContent::default()
    }
}

/// Whatever in the fields has the form of a page's id.
fn ids_in(value: &Value) -> Vec<PageId> {
    match value {
        Value::String(text) => PageId::parse(text).into_iter().collect(),
        Value::Array(values) => values.iter().flat_map(ids_in).collect(),
        Value::Object(values) => values.values().flat_map(ids_in).collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn the_demonstration_loads_once_and_shows_everything_it_promises() {
    let mut test = TestApp::new().await;
    assert!(!test.app.is_demonstration());
    let files = denkraum_testkit::berlin();
    let sign_ins = test.app.load_demo(&files).await.unwrap();
    assert!(test.app.is_demonstration());
    assert!(sign_ins.len() >= 8);
    let first = sign_ins.first().unwrap();
    let password = denkraum_app::Password::attempt(first.password.clone()).unwrap();
    let signed_in = test.app.sign_in(&first.login, &password).await.unwrap();
    let lines = lines_of_all(&test.app).await;
    assert!(lines.len() >= 80, "{}", lines.len());
    pages_are_of_readable_length(&lines);
    every_district_has_pages_of_the_main_kinds(&test, &lines);
    every_kind_has_pages(&test, &lines);
    no_link_is_dead(&lines);
    workshops_have_notes_that_end_in_agreements(&lines);
    two_pages_disagree_about_a_day(&lines);
    every_district_says_whom_to_ask(&test, &signed_in.account).await;
    pages_are_linked(&test, &signed_in.account).await;

    test.restart().await;
    assert_eq!(test.app.load_demo(&files).await.unwrap(), []);
}

fn pages_are_of_readable_length(lines: &[Value]) {
    for line in lines {
        let text = to_text(&content(line));
        let words = text
            .split_whitespace()
            .filter(|word| word.contains(char::is_alphanumeric))
            .count();
        let title = &line["title"];
        assert!((80..=400).contains(&words), "{title} has {words} words");
    }
}

fn every_district_has_pages_of_the_main_kinds(test: &TestApp, lines: &[Value]) {
    let there: BTreeSet<_> = lines
        .iter()
        .map(|line| (text(line, "space"), text(line, "kind")))
        .collect();
    let spaces = test.app.catalogue().spaces.iter();
    let districts: Vec<_> = spaces
        .filter(|space| space.sort == SpaceSort::District)
        .collect();
    assert_eq!(districts.len(), 12);
    for district in districts {
        for kind in MAIN_KINDS {
            let id = district.id.as_str();
            assert!(there.contains(&(id, kind)), "{id} has no {kind}");
        }
    }
}

fn every_kind_has_pages(test: &TestApp, lines: &[Value]) {
    for kind in &test.app.catalogue().kinds {
        let id = kind.id.as_str();
        let used = lines.iter().any(|line| text(line, "kind") == id);
        assert!(used, "there is no {id}");
    }
}

fn no_link_is_dead(lines: &[Value]) {
    let known: BTreeSet<_> = lines.iter().flat_map(|line| ids_in(&line["id"])).collect();
    assert_eq!(known.len(), lines.len());
    for line in lines {
        let in_text = links(&content(line)).into_iter().map(|link| link.page);
        for page in in_text.chain(ids_in(&line["fields"])) {
            let title = &line["title"];
            assert!(known.contains(&page), "{title} links to {page}");
        }
    }
}

fn workshops_have_notes_that_end_in_agreements(lines: &[Value]) {
    let workshops = lines.iter().filter(|line| line["kind"] == "workshop");
    let with_notes = workshops.filter(|line| {
        let markdown = text(line, "markdown");
        let headings = markdown.lines().filter(|line| line.starts_with('#'));
        headings.count() >= 3 && markdown.contains("[!agreement")
    });
    assert!(with_notes.count() >= 3);
}

/// As public sources do: it is there to be noticed.
fn two_pages_disagree_about_a_day(lines: &[Value]) {
    let says = |kind: &str, field: &str, day: &str| {
        lines.iter().any(|line| {
            let of_pankow = line["space"] == "pankow" && line["kind"] == kind;
            of_pankow && line["fields"][field] == day
        })
    };
    assert!(says("strategy", "agreement_date", "2023-07-18"));
    assert!(says("milestone", "date", "2023-07-03"));
}

async fn every_district_says_whom_to_ask(test: &TestApp, reader: &Account) {
    let spaces = test.app.catalogue().spaces.iter();
    for space in spaces.filter(|space| space.sort == SpaceSort::District) {
        let overview = test.app.space_overview(&reader.actor(), &space.id).await;
        let strategy = overview.unwrap().unwrap().strategy.unwrap();
        let contact = strategy.fields.get("coordinating_role");
        let said = matches!(contact, Some(FieldValue::Text(role)) if !role.trim().is_empty());
        assert!(said, "{}: {contact:?}", space.id);
    }
}

async fn pages_are_linked(test: &TestApp, reader: &Account) {
    let query = ListQuery {
        limit: 200,
        ..ListQuery::default()
    };
    let pages = test.app.list_pages(&reader.actor(), &query).items;
    let mut linked = BTreeMap::from([(true, 0), (false, 0)]);
    for page in &pages {
        let view = test.app.page(&reader.actor(), page.page.id).await.unwrap();
        *linked.entry(!view.backlinks.is_empty()).or_insert(0) += 1;
    }
    assert!(linked[&true] > linked[&false], "{linked:?}");
}

#[tokio::test]
async fn its_comments_are_there_once_and_about_words_that_stand_on_their_page_once() {
    let test = TestApp::new().await;
    let files = denkraum_testkit::berlin();
    for _ in 0..2 {
        test.app.load_demo(&files).await.unwrap();
    }
    let reader = test.person("leserin", Role::Reader, "mitte").await;
    let query = ListQuery {
        limit: 200,
        ..ListQuery::default()
    };
    let (mut threads, mut replies) = (0, 0);
    for page in test.app.list_pages(&reader.actor(), &query).items {
        let id = page.page.id;
        let comments = test.app.comments(&reader.actor(), id).await.unwrap();
        if comments.threads.is_empty() {
            continue;
        }
        let shown = test.app.page(&reader.actor(), id).await.unwrap();
        for thread in &comments.threads {
            assert_eq!(
                shown.html.matches(&thread.quote).count(),
                1,
                "{}",
                thread.quote
            );
            threads += 1;
            replies += thread.comments.len() - 1;
        }
    }
    assert_eq!((threads, replies), (5, 4));
}
