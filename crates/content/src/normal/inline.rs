//! What stands inside a line of text.

use crate::href::safe_href;
use crate::schema::LABEL_UNITS;
use crate::text::LINK_GAP;
use crate::titles::one_line;
use crate::tree::{Mark, Node, Shape, Text};

pub(super) fn inlines(nodes: &[Node]) -> Vec<Node> {
    inline_nodes(nodes.iter())
}

/// All text, breaks, page links and footnotes of the nodes, in order, however deep they lie.
pub(super) fn inline_nodes<'a>(nodes: impl Iterator<Item = &'a Node>) -> Vec<Node> {
    let mut out = Vec::new();
    let mut stack: Vec<&Node> = nodes.collect();
    stack.reverse();
    while let Some(node) = stack.pop() {
        match node {
            Node::Text(text) => clean_text(text).push_joined(&mut out),
            Node::Element(element) => match &element.shape {
                Shape::HardBreak => out.push(Node::element(Shape::HardBreak, Vec::new())),
                Shape::PageLink { page, label } => {
                    let label = clean_line(label.as_deref(), LABEL_UNITS);
                    let page = *page;
                    out.push(Node::element(Shape::PageLink { page, label }, Vec::new()));
                }
                Shape::Footnote => {
                    let note = only_text(&element.content, " ");
                    out.push(Node::element(Shape::Footnote, note));
                }
                Shape::Unknown { name, .. } if element.content.is_empty() => {
                    Node::text(placeholder(name)).push_joined(&mut out);
                }
                _ => stack.extend(element.content.iter().rev()),
            },
        }
    }
    out
}

/// The text of a code block: one text without marks, a line break is a line feed.
pub(super) fn code(nodes: &[Node]) -> Vec<Node> {
    let mut lines = String::new();
    for node in only_text(nodes, "\n") {
        if let Node::Text(text) = node {
            lines.push_str(&text.text);
        }
    }
    let mut out = Vec::new();
    Node::text(lines).push_joined(&mut out);
    out
}

/// The text of the nodes with its marks, however deep it lies; page links are a gap.
fn only_text(nodes: &[Node], line_break: &str) -> Vec<Node> {
    let mut out = Vec::new();
    let mut stack: Vec<&Node> = nodes.iter().rev().collect();
    while let Some(node) = stack.pop() {
        match node {
            Node::Text(text) => clean_text(text).push_joined(&mut out),
            Node::Element(element) => match &element.shape {
                Shape::HardBreak => Node::text(line_break).push_joined(&mut out),
                Shape::PageLink { .. } => Node::text(LINK_GAP).push_joined(&mut out),
                Shape::Unknown { name, .. } if element.content.is_empty() => {
                    Node::text(placeholder(name)).push_joined(&mut out);
                }
                _ => stack.extend(element.content.iter().rev()),
            },
        }
    }
    out
}

fn clean_text(text: &Text) -> Node {
    let kept = text.text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = kept
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\t' | '\n'))
        .collect();
    let marks = text.marks.iter().filter_map(|mark| match mark {
        Mark::Unknown { .. } => None,
        Mark::Link { href } => safe_href(href).map(|href| Mark::Link {
            href: href.to_owned(),
        }),
        plain => Some(plain.clone()),
    });
    Node::marked(kept, marks)
}

/// A text of an attribute as one line of at most `units` UTF-16 units; `None` when it is empty.
pub(super) fn clean_line(text: Option<&str>, units: usize) -> Option<String> {
    let mut line: String = one_line(text?).chars().take(units).collect();
    while line.encode_utf16().count() > units {
        line.pop();
    }
    let line = line.trim_end();
    (!line.is_empty()).then(|| line.to_owned())
}

/// What stands for an unknown element without content.
pub(super) fn placeholder(name: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let name: String = name.chars().filter(plain).take(64).collect();
    format!("[{name}]")
}
