//! One line of text with its marks as Markdown.

mod writer;

use std::fmt::Write as _;

use super::{Output, escape, read};
use crate::titles::Titles;
use crate::tree::{Node, Shape};
use writer::{Style, styled};

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph; breaks give more than one line.
    Paragraph,
    /// In the first paragraph of a task.
    Task,
    /// In a heading, without its marker.
    Heading,
    /// In a cell of a table.
    Cell,
}

/// The content of a paragraph, heading or cell. What is written is read back and compared; the
/// rules of delimiters depend on their surroundings in so many ways that this is the only sure test.
pub(super) fn line(nodes: &[Node], place: Place, output: &Output<'_>) -> String {
    if nodes.is_empty() {
        return String::new();
    }
    let first = output.notes.get();
    let write = |style| {
        output.notes.set(first);
        let line = styled(nodes, place, style, output);
        match place {
            Place::Cell => escape::pipes(&line),
            _ => line,
        }
    };
    let plain = write(Style::Delimiters);
    if reads_as(&plain, nodes, place, first, output) {
        plain
    } else {
        write(Style::Tags)
    }
}

/// Whether a line is read as the nodes it was written from.
fn reads_as(line: &str, nodes: &[Node], place: Place, first: usize, output: &Output<'_>) -> bool {
    let mut text = match place {
        Place::Paragraph | Place::Task => line.to_owned(),
        Place::Heading => format!("# {line}"),
        Place::Cell => format!("| {line} |\n| --- |"),
    };
    text.push_str("\n\n");
    // Without a text, the number of a footnote would be words.
    for number in first..output.notes.get() {
        let _ = writeln!(text, "[^{}]: x", number.saturating_add(1));
    }
    let again = read::blocks(&text);
    let levels = if place == Place::Cell { 3 } else { 0 };
    let mut again = again.as_slice();
    for _ in 0..levels {
        again = match again {
            [Node::Element(block)] => &block.content,
            _ => return false,
        };
    }
    match again {
        [Node::Element(block)] => same(&block.content, nodes, output.titles),
        _ => false,
    }
}

/// Whether nodes are equal, apart from the texts of footnotes, which stand elsewhere, and the own
/// text of links that this reader may not see.
pub(super) fn same(read: &[Node], written: &[Node], titles: &dyn Titles) -> bool {
    let one = |(read, written): (&Node, &Node)| match (read, written) {
        (Node::Element(a), Node::Element(b)) => match (&a.shape, &b.shape) {
            (Shape::Footnote, Shape::Footnote) => true,
            (Shape::PageLink { page: a, .. }, Shape::PageLink { page: b, .. }) => {
                a == b && (read == written || titles.title(*a).is_none())
            }
            (shape, other) => shape == other && same(&a.content, &b.content, titles),
        },
        (read, written) => read == written,
    };
    read.len() == written.len() && read.iter().zip(written).all(one)
}
