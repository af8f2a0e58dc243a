//! The conversion corpus, see `tests/corpus/README.md`.

#[path = "common/corpus.rs"]
mod corpus;

use std::collections::BTreeSet;

use corpus::{body, cases, titles};
use denkraum_content::{Node, Notice, create, from_markdown, read, to_html, to_markdown, to_text};

/// What the names of cases begin with of which Markdown loses something, as the README says.
const LOSSY: [&str; 7] = [
    "code-block-marks",
    "link-relative",
    "link-script",
    "misplaced-",
    "page-link-no-access-own-text",
    "task-first-block-heading",
    "unknown-",
];

#[test]
fn every_tree_becomes_the_expected_markdown_html_and_text() {
    let titles = titles();
    for case in cases() {
        let name = &case.name;
        let markdown = to_markdown(&case.page, &titles);
        assert_eq!(Some(markdown), case.file("tree.md"), "{name}/tree.md");
        let html = format!("{}\n", to_html(&case.page, &titles));
        assert_eq!(Some(html), case.file("tree.html"), "{name}/tree.html");
        let text = format!("{}\n", to_text(&case.page));
        assert_eq!(Some(text), case.file("tree.txt"), "{name}/tree.txt");
    }
}

#[test]
fn the_markdown_of_every_tree_is_read_back_as_the_tree_or_what_is_said_to_be_left() {
    for case in cases() {
        let expected = match case.file("again.json") {
            Some(json) => {
                let named = LOSSY.iter().any(|lossy| case.name.starts_with(lossy));
                assert!(named, "{} loses something", case.name);
                assert_ne!(body(&json), case.page.body, "{}", case.name);
                body(&json)
            }
            None => case.page.body.clone(),
        };
        let markdown = case.file("tree.md").unwrap();
        assert_eq!(from_markdown(&markdown).0, expected, "{}", case.name);
    }
}

#[test]
fn every_input_is_read_as_the_expected_tree_with_the_expected_notices() {
    let mut inputs = 0;
    for case in cases() {
        let Some(input) = case.file("input.md") else {
            continue;
        };
        inputs += 1;
        let (body, notices) = from_markdown(&input);
        assert_eq!(body, case.page.body, "{}", case.name);
        let names: BTreeSet<&str> = notices.iter().map(name).collect();
        let expected = case.file("notices.txt").unwrap_or_default();
        assert_eq!(names, expected.lines().collect(), "{}", case.name);
    }
    assert!(inputs >= 10);
}

fn name(notice: &Notice) -> &'static str {
    match notice {
        Notice::HeadingLevel => "heading-level",
        Notice::Html => "html",
        Notice::Image => "image",
        Notice::Link { .. } => "link",
        Notice::PageLink { .. } => "page-link",
        Notice::TooDeep => "too-deep",
    }
}

#[test]
fn every_tree_goes_through_a_document_unchanged() {
    for case in cases() {
        let state = create(&case.page, 1);
        assert_eq!(read(&state).unwrap(), case.page, "{}", case.name);
    }
}

#[test]
fn the_corpus_has_every_node_and_mark_of_the_schema() {
    let schema = include_str!("../../../data/schema/page.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    let cases = cases();
    assert!(cases.len() >= 110);
    let mut names = BTreeSet::new();
    let mut todo: Vec<&Node> = cases.iter().flat_map(|case| &case.page.body).collect();
    while let Some(node) = todo.pop() {
        if let Node::Text(text) = node {
            names.extend(text.marks.iter().map(|mark| mark.name().to_owned()));
        }
        names.extend(node.shape().map(|shape| shape.name().to_owned()));
        todo.extend(node.content());
    }
    for part in ["nodes", "marks"] {
        for name in schema[part].as_object().unwrap().keys() {
            assert!(names.contains(name), "no case has {name}");
        }
    }
}
