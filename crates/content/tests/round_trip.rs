//! Trees go through Markdown and through documents unchanged.

mod common;

use std::collections::BTreeMap;

use common::{Random, blocks, page_id};
use denkraum_content::{
    Node, PageContent, create, from_markdown, normalise, read, to_html, to_markdown, to_text,
};
use denkraum_domain::PageId;

const SEEDS: u64 = 3_000;

fn titles() -> BTreeMap<PageId, String> {
    BTreeMap::from([
        (page_id(0), "Frühe Hilfen".to_owned()),
        (
            page_id(1),
            "*Ein* [Titel] \\ mit\n`allem` ![x](y)!".to_owned(),
        ),
        (page_id(2), String::new()),
    ])
}

fn page(body: Vec<Node>) -> PageContent {
    PageContent {
        body,
        ..PageContent::default()
    }
}

#[test]
fn markdown_written_from_any_tree_is_read_back_as_its_normal_form() {
    let titles = titles();
    for seed in 0..SEEDS {
        let wild = seed % 2 == 1;
        let body = blocks(&mut Random::new(seed), 3, wild);
        let normal = normalise(&body);
        let markdown = to_markdown(&page(body), &titles);
        let (again, notices) = from_markdown(&markdown);
        assert_eq!(again, normal, "seed {seed}:\n{markdown}");
        assert_eq!(notices, [], "seed {seed}:\n{markdown}");
    }
}

#[test]
fn the_normal_form_of_a_normal_form_is_itself() {
    for seed in 0..SEEDS {
        let normal = normalise(&blocks(&mut Random::new(seed), 3, true));
        assert_eq!(normalise(&normal), normal, "seed {seed}");
    }
}

#[test]
fn a_tree_with_unknown_nodes_and_marks_goes_through_a_document_unchanged() {
    for seed in 0..SEEDS / 4 {
        let body = joined(blocks(&mut Random::new(seed), 3, true));
        let state = create(&page(body.clone()), seed + 1);
        assert_eq!(read(&state).unwrap().body, body, "seed {seed}");
    }
}

#[test]
fn json_of_any_tree_is_read_back_as_the_tree() {
    for seed in 0..SEEDS / 4 {
        let body = joined(blocks(&mut Random::new(seed), 3, true));
        let json = serde_json::to_string(&body).unwrap();
        let again: Vec<Node> = serde_json::from_str(&json).unwrap();
        assert_eq!(again, body, "seed {seed}");
    }
}

#[test]
fn any_markdown_becomes_a_normal_tree_that_can_be_shown() {
    for seed in 0..SEEDS {
        let mut random = Random::new(seed);
        let lines: Vec<String> = (0..random.below(8))
            .map(|_| common::text(&mut random))
            .collect();
        let (body, _) = from_markdown(&lines.join("\n"));
        assert_eq!(normalise(&body), body, "seed {seed}: {lines:?}");
        let page = page(body);
        let html = to_html(&page, &titles());
        assert!(
            !html.contains("<script") && !html.contains("<b>"),
            "seed {seed}: {html}"
        );
        let _ = to_text(&page);
        let markdown = to_markdown(&page, &titles());
        assert_eq!(
            from_markdown(&markdown).0,
            page.body,
            "seed {seed}: {lines:?}"
        );
    }
}

/// Joins neighbouring texts with the same marks, as a document does.
fn joined(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    for node in nodes {
        match (node, out.last_mut()) {
            (Node::Text(new), Some(Node::Text(last))) if last.marks == new.marks => {
                last.text.push_str(&new.text);
            }
            (Node::Element(mut element), _) => {
                element.content = joined(element.content);
                out.push(Node::Element(element));
            }
            (text, _) => out.push(text),
        }
    }
    out
}
