//! The normal form of a tree: what every output works on, and what Markdown can carry.
//!
//! [N-1] Blocks stand in blocks, inline nodes in paragraphs and headings, items in lists, rows in
//!       tables, cells in rows.
//! [N-2] Only known shapes and marks; an unknown block gives its content, one without content its
//!       name in brackets; a link with an address that is not allowed gives its text.
//! [N-3] Neighbouring text with the same marks is one text; there is no empty text; of control
//!       characters only tab and line feed remain. Texts of attributes are one line.
//! [N-4] A list has items, a table rows; an item and a cell have a block; a task begins with a
//!       paragraph; the body does not end with empty paragraphs.
//! [N-5] No element lies deeper than [`WRITE_DEPTH`]; deeper text is kept as text.
//! [N-6] Code is one text without marks; a footnote is text with marks.

mod inline;
mod parts;

use crate::schema::{LANGUAGE_UNITS, MAX_START, METHOD_UNITS, PERSON_UNITS, WRITE_DEPTH};
use crate::tree::{Element, Node, Shape};
use inline::{clean_line, code, inline_nodes, inlines, placeholder};

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
    match node {
        Node::Element(element) if !element.shape.is_inline() => Some(element),
        _ => None,
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
    let shape = match &element.shape {
        Shape::Paragraph => return out.push(Node::paragraph(inlines(content))),
        Shape::Heading { level } => {
            let level = (*level).clamp(1, 3);
            return out.push(Node::element(Shape::Heading { level }, inlines(content)));
        }
        Shape::CodeBlock { language } => {
            let language = clean_line(language.as_deref(), LANGUAGE_UNITS);
            let shape = Shape::CodeBlock { language };
            return out.push(Node::element(shape, code(content)));
        }
        Shape::HorizontalRule => {
            return out.push(Node::element(Shape::HorizontalRule, Vec::new()));
        }
        Shape::BulletList | Shape::TaskList => {
            return parts::list(element.shape.clone(), content, depth, out);
        }
        Shape::OrderedList { start } => {
            let start = (*start).min(MAX_START);
            return parts::list(Shape::OrderedList { start }, content, depth, out);
        }
        Shape::Table => return parts::table(content, depth, out),
        // Parts without their whole give what they contain.
        Shape::ListItem
        | Shape::TaskItem { .. }
        | Shape::TableRow
        | Shape::TableCell { .. }
        | Shape::HardBreak
        | Shape::PageLink { .. }
        | Shape::Footnote => return out.extend(blocks(content, depth)),
        Shape::Unknown { name, .. } => {
            let inside = blocks(content, depth);
            if inside.is_empty() {
                out.push(Node::paragraph(vec![Node::text(placeholder(name))]));
            } else {
                out.extend(inside);
            }
            return;
        }
        Shape::FamilyVoice {
            method,
            consent,
            month,
        } => Shape::FamilyVoice {
            method: clean_line(method.as_deref(), METHOD_UNITS),
            consent: *consent,
            month: *month,
        },
        Shape::Agreement { who, until } => Shape::Agreement {
            who: clean_line(who.as_deref(), PERSON_UNITS),
            until: *until,
        },
        // A block around blocks, with nothing in it that would have to be cleaned.
        shape => shape.clone(),
    };
    let inside = blocks(content, depth.saturating_add(1));
    out.push(Node::element(shape, inside));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Attributes, Mark, Span, Text};

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
            unknown("poll", vec![paragraph("a")]),
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

    fn cell(content: Vec<Node>) -> Node {
        let (header, span) = (false, Span::default());
        Node::element(Shape::TableCell { header, span }, content)
    }

    #[test]
    fn tables_have_rows_of_cells_with_blocks_n_1_n_4() {
        let row = |cells| Node::element(Shape::TableRow, cells);
        let body = [
            Node::element(Shape::Table, vec![]),
            Node::element(
                Shape::Table,
                vec![
                    row(vec![cell(vec![]), Node::text("a")]),
                    cell(vec![paragraph("b")]),
                    row(vec![]),
                ],
            ),
            cell(vec![paragraph("c")]),
        ];
        let rows = vec![
            row(vec![
                cell(vec![Node::paragraph(vec![])]),
                cell(vec![paragraph("a")]),
            ]),
            row(vec![cell(vec![paragraph("b")])]),
            row(vec![]),
        ];
        let expected = vec![Node::element(Shape::Table, rows), paragraph("c")];
        assert_eq!(normalise(&body), expected);
    }

    #[test]
    fn tasks_begin_with_a_paragraph_n_4() {
        let task = |person: Option<&str>, content| {
            let shape = Shape::TaskItem {
                checked: person.is_some(),
                person: person.map(str::to_owned),
                due: None,
            };
            Node::element(shape, content)
        };
        let rule = || Node::element(Shape::HorizontalRule, vec![]);
        let body = [Node::element(
            Shape::TaskList,
            vec![
                task(Some(" Frau\nX "), vec![rule()]),
                Node::element(Shape::ListItem, vec![paragraph("a")]),
            ],
        )];
        let items = vec![
            task(Some("Frau X"), vec![Node::paragraph(vec![]), rule()]),
            task(None, vec![paragraph("a")]),
        ];
        assert_eq!(
            normalise(&body),
            vec![Node::element(Shape::TaskList, items)]
        );
    }

    #[test]
    fn code_is_one_text_and_a_footnote_holds_only_text_n_6() {
        let code = |content| Node::element(Shape::CodeBlock { language: None }, content);
        let note = |content| Node::element(Shape::Footnote, content);
        let bold = |text: &str| {
            Node::Text(Text {
                text: text.to_owned(),
                marks: vec![Mark::Bold],
            })
        };
        let line_break = || Node::element(Shape::HardBreak, vec![]);
        let body = [
            code(vec![bold("a"), line_break(), Node::text("b")]),
            Node::paragraph(vec![note(vec![
                bold("a"),
                line_break(),
                note(vec![Node::text("b")]),
            ])]),
        ];
        let expected = vec![
            code(vec![Node::text("a\nb")]),
            Node::paragraph(vec![note(vec![bold("a"), Node::text(" b")])]),
        ];
        assert_eq!(normalise(&body), expected);
    }
}
