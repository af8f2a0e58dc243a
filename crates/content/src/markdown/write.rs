//! From the tree to Markdown.

use super::{EMPTY_PARAGRAPH, inline};
use crate::normal::normalise;
use crate::page::PageContent;
use crate::titles::Titles;
use crate::tree::{Element, Node, Shape};

/// A line across.
const RULE: &str = "---";

/// The body as Markdown for one reader; ends with a line feed unless it is empty. Links to pages
/// without access lose their own text.
pub fn to_markdown(content: &PageContent, titles: &dyn Titles) -> String {
    let mut text = blocks(&normalise(&content.body), false, titles).join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The lines of blocks; in a tight list nothing stands between them.
fn blocks(nodes: &[Node], tight: bool, titles: &dyn Titles) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut marker = Marker::First;
    let mut last: Option<&Shape> = None;
    for node in nodes {
        let Node::Element(block) = node else { continue };
        // [M-4]
        let same_sort = matches!(
            (last, &block.shape),
            (Some(Shape::BulletList), Shape::BulletList)
                | (Some(Shape::OrderedList { .. }), Shape::OrderedList { .. })
        );
        marker = match (same_sort, marker) {
            (true, Marker::First) => Marker::Second,
            _ => Marker::First,
        };
        if !lines.is_empty() && !tight {
            lines.push(String::new());
        }
        lines.extend(one_block(block, marker, titles));
        last = Some(&block.shape);
    }
    lines
}

/// Which of the two markers of its sort a list has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    First,
    Second,
}

fn one_block(block: &Element, marker: Marker, titles: &dyn Titles) -> Vec<String> {
    match &block.shape {
        Shape::Heading { level } => {
            let hashes = "#".repeat(usize::from(*level));
            let text = inline::line(&block.content, true, titles);
            vec![format!("{hashes} {text}").trim_end().to_owned()]
        }
        Shape::Blockquote => {
            let inside = blocks(&block.content, false, titles);
            let quoted = inside
                .iter()
                .map(|line| format!("> {line}").trim_end().to_owned());
            let lines: Vec<String> = quoted.collect();
            if lines.is_empty() {
                vec![">".to_owned()]
            } else {
                lines
            }
        }
        Shape::HorizontalRule => vec![RULE.to_owned()],
        Shape::BulletList => {
            let sign = if marker == Marker::First { "-" } else { "*" };
            list(&block.content, titles, |_| sign.to_owned())
        }
        Shape::OrderedList { start } => {
            let sign = if marker == Marker::First { '.' } else { ')' };
            let start = usize::try_from(*start).unwrap_or(1);
            list(&block.content, titles, |at| {
                format!("{}{sign}", start.saturating_add(at))
            })
        }
        _ if block.content.is_empty() => vec![EMPTY_PARAGRAPH.to_owned()],
        _ => inline::line(&block.content, false, titles)
            .split('\n')
            .map(ToOwned::to_owned)
            .collect(),
    }
}

fn list(items: &[Node], titles: &dyn Titles, marker: impl Fn(usize) -> String) -> Vec<String> {
    let tight = items.iter().all(|item| is_tight(item.content()));
    let mut lines: Vec<String> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let marker = marker(at);
        let indent = " ".repeat(marker.len().saturating_add(1));
        if at > 0 && !tight {
            lines.push(String::new());
        }
        for (number, line) in blocks(item.content(), tight, titles)
            .into_iter()
            .enumerate()
        {
            let lead = if number == 0 {
                format!("{marker} ")
            } else {
                indent.clone()
            };
            // After a bullet it would be one line across with it.
            let line = if number == 0 && line == RULE {
                "___".to_owned()
            } else {
                line
            };
            lines.push(format!("{lead}{line}").trim_end().to_owned());
        }
    }
    lines
}

/// Whether an item can do without blank lines: a paragraph, perhaps with one list below it that
/// can follow a paragraph directly.
fn is_tight(item: &[Node]) -> bool {
    let paragraph = |node: &Node| node.shape() == Some(&Shape::Paragraph);
    // A break alone would be HTML, which goes on to the next blank line.
    let begins = |node: &Node| {
        node.content()
            .first()
            .is_some_and(|first| first.shape() != Some(&Shape::HardBreak))
    };
    let filled = |node: &Node| paragraph(node) && begins(node);
    match item {
        [only] => paragraph(only),
        [first, list] => {
            let follows = matches!(
                list.shape(),
                Some(Shape::BulletList | Shape::OrderedList { start: 1 })
            );
            let items = list.content();
            filled(first)
                && follows
                && items
                    .first()
                    .and_then(|item| item.content().first())
                    .is_some_and(filled)
                && items.iter().all(|item| is_tight(item.content()))
        }
        _ => false,
    }
}
