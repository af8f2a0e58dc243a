//! Lists and tasks.

use super::super::inline::Place;
use super::super::{EMPTY_PARAGRAPH, Output, marker};
use super::{RULE, behind, blocks, paragraph};
use crate::tree::{Node, Shape};

/// The lines of a list whose items have these markers.
pub(super) fn list(
    items: &[Node],
    output: &Output<'_>,
    marker: impl Fn(usize) -> String,
) -> Vec<String> {
    let tight = items.iter().all(|item| is_tight(item.content()));
    let mut lines: Vec<String> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let marker = marker(at);
        let indent = " ".repeat(marker.len().saturating_add(1));
        if at > 0 && !tight {
            lines.push(String::new());
        }
        let inside = match item.shape() {
            Some(task @ Shape::TaskItem { .. }) => task_lines(task, item.content(), tight, output),
            _ => blocks(item.content(), tight, output),
        };
        for (number, line) in inside.iter().enumerate() {
            lines.push(match (number, line.as_str()) {
                // After a bullet it would be one line across with it.
                (0, RULE) => format!("{marker} ___"),
                (0, line) => behind(&format!("{marker} "), line),
                (_, line) => behind(&indent, line),
            });
        }
    }
    lines
}

/// A task begins with its box; who does it and by when stand behind its first paragraph. [M-7]
fn task_lines(task: &Shape, content: &[Node], tight: bool, output: &Output<'_>) -> Vec<String> {
    let (first, rest) = content.split_at(content.len().min(1));
    let text = first.first().map(Node::content).unwrap_or_default();
    let mut lines = paragraph(text, Place::Task, output);
    if let Some(attributes) = marker::attributes(task)
        && let Some(last) = lines.last_mut()
    {
        *last = if last == EMPTY_PARAGRAPH {
            format!("{{{attributes}}}")
        } else {
            format!("{last} {{{attributes}}}")
        };
    }
    let checked = matches!(task, Shape::TaskItem { checked: true, .. });
    if let Some(first) = lines.first_mut() {
        first.insert_str(0, if checked { "[x] " } else { "[ ] " });
    }
    let rest = blocks(rest, tight, output);
    if !rest.is_empty() && !tight {
        lines.push(String::new());
    }
    lines.extend(rest);
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
                Some(Shape::BulletList | Shape::TaskList | Shape::OrderedList { start: 1 })
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
