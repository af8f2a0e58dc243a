//! Lists and tables, whose parts stand nowhere else.

use super::blocks;
use super::inline::clean_line;
use crate::schema::{PERSON_UNITS, WRITE_DEPTH};
use crate::tree::{Element, Node, Shape, Span};

/// A list of items; what is not an item becomes one.
pub(super) fn list(shape: Shape, content: &[Node], depth: usize, out: &mut Vec<Node>) {
    let inner = depth.saturating_add(2);
    let tasks = shape == Shape::TaskList;
    let items: Vec<Node> = content
        .iter()
        .map(|node| {
            let mut inside = match node {
                Node::Element(element) if is_item(element) => blocks(&element.content, inner),
                other => blocks(std::slice::from_ref(other), inner),
            };
            let begins = inside.first().and_then(Node::shape);
            if begins.is_none() || tasks && begins != Some(&Shape::Paragraph) {
                inside.insert(0, Node::paragraph(Vec::new()));
            }
            let shape = if tasks { task(node) } else { Shape::ListItem };
            Node::element(shape, inside)
        })
        .collect();
    if !items.is_empty() {
        out.push(Node::element(shape, items));
    }
}

fn is_item(element: &Element) -> bool {
    matches!(element.shape, Shape::ListItem | Shape::TaskItem { .. })
}

fn task(node: &Node) -> Shape {
    match node.shape() {
        Some(Shape::TaskItem {
            checked,
            person,
            due,
        }) => Shape::TaskItem {
            checked: *checked,
            person: clean_line(person.as_deref(), PERSON_UNITS),
            due: *due,
        },
        _ => Shape::TaskItem {
            checked: false,
            person: None,
            due: None,
        },
    }
}

/// A table of rows of cells; what is neither becomes one. Too deep for its cells to hold text, it
/// gives its text.
pub(super) fn table(content: &[Node], depth: usize, out: &mut Vec<Node>) {
    if depth.saturating_add(2) >= WRITE_DEPTH {
        return out.extend(super::flat_block(content));
    }
    let rows: Vec<Node> = content
        .iter()
        .map(|node| match node {
            Node::Element(row) if row.shape == Shape::TableRow => cells(&row.content, depth),
            other => cells(std::slice::from_ref(other), depth),
        })
        .map(|cells| Node::element(Shape::TableRow, cells))
        .collect();
    if !rows.is_empty() {
        out.push(Node::element(Shape::Table, rows));
    }
}

fn cells(content: &[Node], depth: usize) -> Vec<Node> {
    let inner = depth.saturating_add(3);
    let cell = |node: &Node| {
        let (shape, mut inside) = match node {
            Node::Element(Element {
                shape: Shape::TableCell { header, span },
                content,
                ..
            }) => {
                let shape = Shape::TableCell {
                    header: *header,
                    span: span.clamped(),
                };
                (shape, blocks(content, inner))
            }
            other => {
                let (header, span) = (false, Span::default());
                let shape = Shape::TableCell { header, span };
                (shape, blocks(std::slice::from_ref(other), inner))
            }
        };
        if inside.is_empty() {
            inside.push(Node::paragraph(Vec::new()));
        }
        Node::element(shape, inside)
    };
    content.iter().map(cell).collect()
}
