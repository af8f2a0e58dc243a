//! The normal form of a tree: what every output works on, and what Markdown can carry.
//!
//! [N-1] Blocks stand in blocks, inline nodes in paragraphs and headings, items in lists.
//! [N-2] Only known shapes and marks; an unknown block gives its content, one without content its
//!       name in brackets; a link with an address that is not allowed gives its text.
//! [N-3] Neighbouring text with the same marks is one text; there is no empty text; of control
//!       characters only tab and line feed remain.
//! [N-4] A list has items; an item has a block; the body does not end with empty paragraphs.
//! [N-5] No element lies deeper than [`WRITE_DEPTH`]; deeper text is kept as text.

use crate::href::safe_href;
use crate::schema::{LABEL_UNITS, MAX_START, WRITE_DEPTH};
use crate::titles::one_line;
use crate::tree::{Element, Mark, Node, Shape, Text};

/// The normal form of a body, see the module's rules. Doing it twice changes nothing.
pub fn normalise(body: &[Node]) -> Vec<Node> {
    let mut blocks = blocks(body, 1);
    while let Some(Node::Element(last)) = blocks.last()
        && last.shape == Shape::Paragraph
        && last.content.is_empty()
    {
        blocks.pop();
    }
    blocks
}

/// Blocks for a place at `depth`; loose inline nodes are gathered into paragraphs.
fn blocks(nodes: &[Node], depth: usize) -> Vec<Node> {
    if depth >= WRITE_DEPTH {
        return flat_block(nodes);
    }
    let mut out = Vec::new();
    let mut loose: Vec<&Node> = Vec::new();
    for node in nodes {
        let Some(element) = as_block(node) else {
            loose.push(node);
            continue;
        };
        gather(&mut loose, &mut out);
        block(element, depth, &mut out);
    }
    gather(&mut loose, &mut out);
    out
}

/// What is left below the greatest depth: one paragraph with all text, or nothing.
fn flat_block(nodes: &[Node]) -> Vec<Node> {
    if nodes.is_empty() {
        return Vec::new();
    }
    vec![Node::paragraph(inlines(nodes))]
}

/// The element, unless the node belongs inside a line of text.
fn as_block(node: &Node) -> Option<&Element> {
    let Node::Element(element) = node else {
        return None;
    };
    match element.shape {
        Shape::HardBreak | Shape::PageLink { .. } => None,
        _ => Some(element),
    }
}

fn gather(loose: &mut Vec<&Node>, out: &mut Vec<Node>) {
    if loose.is_empty() {
        return;
    }
    let line = inline_nodes(loose.drain(..));
    if !line.is_empty() {
        out.push(Node::paragraph(line));
    }
}

fn block(element: &Element, depth: usize, out: &mut Vec<Node>) {
    let content = &element.content;
    match &element.shape {
        Shape::Paragraph => out.push(Node::paragraph(inlines(content))),
        Shape::Heading { level } => {
            let level = (*level).clamp(1, 3);
            out.push(Node::element(Shape::Heading { level }, inlines(content)));
        }
        Shape::HorizontalRule => out.push(Node::element(Shape::HorizontalRule, Vec::new())),
        Shape::Blockquote => {
            out.push(Node::element(
                Shape::Blockquote,
                blocks(content, depth.saturating_add(1)),
            ));
        }
        Shape::BulletList => list(Shape::BulletList, content, depth, out),
        Shape::OrderedList { start } => {
            let start = (*start).min(MAX_START);
            list(Shape::OrderedList { start }, content, depth, out);
        }
        Shape::ListItem => out.extend(blocks(content, depth)),
        Shape::Unknown { name, .. } => {
            let inside = blocks(content, depth);
            if inside.is_empty() {
                out.push(Node::paragraph(vec![Node::text(placeholder(name))]));
            } else {
                out.extend(inside);
            }
        }
        Shape::HardBreak | Shape::PageLink { .. } => {}
    }
}

/// A list of items; what is not an item becomes one.
fn list(shape: Shape, content: &[Node], depth: usize, out: &mut Vec<Node>) {
    let inner = depth.saturating_add(2);
    let mut items = Vec::with_capacity(content.len());
    for node in content {
        let mut inside = match node {
            Node::Element(element) if element.shape == Shape::ListItem => {
                blocks(&element.content, inner)
            }
            other => blocks(std::slice::from_ref(other), inner),
        };
        if inside.is_empty() {
            inside.push(Node::paragraph(Vec::new()));
        }
        items.push(Node::element(Shape::ListItem, inside));
    }
    if !items.is_empty() {
        out.push(Node::element(shape, items));
    }
}

fn inlines(nodes: &[Node]) -> Vec<Node> {
    inline_nodes(nodes.iter())
}

/// All text, breaks and page links of the nodes, in order, however deep they lie.
fn inline_nodes<'a>(nodes: impl Iterator<Item = &'a Node>) -> Vec<Node> {
    let mut out = Vec::new();
    let mut stack: Vec<&Node> = nodes.collect();
    stack.reverse();
    while let Some(node) = stack.pop() {
        match node {
            Node::Text(text) => clean_text(text).push_joined(&mut out),
            Node::Element(element) => match &element.shape {
                Shape::HardBreak => out.push(Node::element(Shape::HardBreak, Vec::new())),
                Shape::PageLink { page, label } => {
                    let label = label.as_deref().map(clean_label);
                    let label = label.filter(|label| !label.is_empty());
                    let page = *page;
                    out.push(Node::element(Shape::PageLink { page, label }, Vec::new()));
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

fn clean_label(label: &str) -> String {
    let mut line: String = one_line(label).chars().take(LABEL_UNITS).collect();
    while line.encode_utf16().count() > LABEL_UNITS {
        line.pop();
    }
    line.trim_end().to_owned()
}

/// What stands for an unknown element without content.
fn placeholder(name: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let name: String = name.chars().filter(plain).take(64).collect();
    format!("[{name}]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Attributes;

    fn unknown(name: &str, content: Vec<Node>) -> Node {
        let shape = Shape::Unknown {
            name: name.to_owned(),
            attributes: Attributes::new(),
        };
        Node::element(shape, content)
    }

    fn paragraph(text: &str) -> Node {
        Node::paragraph(vec![Node::text(text)])
    }

    #[test]
    fn loose_inline_nodes_become_paragraphs_n_1() {
        let body = [
            Node::text("a"),
            Node::element(Shape::HardBreak, vec![]),
            Node::element(Shape::HorizontalRule, vec![Node::text("lost")]),
            Node::text("b"),
        ];
        let expected = vec![
            Node::paragraph(vec![
                Node::text("a"),
                Node::element(Shape::HardBreak, vec![]),
            ]),
            Node::element(Shape::HorizontalRule, vec![]),
            paragraph("b"),
        ];
        assert_eq!(normalise(&body), expected);
    }

    #[test]
    fn unknown_nodes_give_their_content_or_their_name_n_2() {
        let body = [
            unknown("callout", vec![paragraph("a")]),
            unknown("image<x>", vec![]),
            Node::paragraph(vec![unknown("emoji", vec![]), Node::text("!")]),
        ];
        let expected = vec![paragraph("a"), paragraph("[imagex]"), paragraph("[emoji]!")];
        assert_eq!(normalise(&body), expected);
    }

    #[test]
    fn a_link_that_runs_a_script_gives_its_text_n_2() {
        let mark = Mark::Link {
            href: "javascript:alert(1)".to_owned(),
        };
        let body = [Node::paragraph(vec![
            Node::marked("a", [mark]),
            Node::text("b"),
        ])];
        assert_eq!(normalise(&body), vec![paragraph("ab")]);
    }

    #[test]
    fn lists_have_items_and_items_have_blocks_n_4() {
        let body = [
            Node::element(Shape::BulletList, vec![]),
            Node::element(
                Shape::BulletList,
                vec![Node::element(Shape::ListItem, vec![]), Node::text("x")],
            ),
            Node::paragraph(vec![]),
            Node::paragraph(vec![]),
        ];
        let item = |content| Node::element(Shape::ListItem, vec![Node::paragraph(content)]);
        let list = vec![item(vec![]), item(vec![Node::text("x")])];
        assert_eq!(
            normalise(&body),
            vec![Node::element(Shape::BulletList, list)]
        );
    }

    #[test]
    fn deep_nesting_is_cut_and_its_text_kept_n_5() {
        let mut node = paragraph("innen");
        for _ in 0..60 {
            node = Node::element(Shape::Blockquote, vec![node]);
        }
        let normal = normalise(&[node]);
        let mut depth = 0;
        let mut inner = normal.first();
        while let Some(Node::Element(element)) = inner {
            depth += 1;
            inner = element.content.first();
        }
        assert_eq!(inner, Some(&Node::text("innen")));
        assert!(depth <= WRITE_DEPTH, "{depth}");
        assert_eq!(normalise(&normal), normal);
    }
}
