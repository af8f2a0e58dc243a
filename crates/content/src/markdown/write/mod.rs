//! From the tree to Markdown.

mod list;
mod table;

use std::cell::Cell;
use std::fmt::Write as _;

use super::inline::{self, Place};
use super::{EMPTY_PARAGRAPH, Output, marker};
use crate::normal::normalise;
use crate::page::PageContent;
use crate::titles::Titles;
use crate::tree::{Element, Node, Shape};

/// A line across.
const RULE: &str = "---";

/// The body as Markdown for one reader; ends with a line feed unless it is empty. Links to pages
/// without access lose their own text.
pub fn to_markdown(content: &PageContent, titles: &dyn Titles) -> String {
    let body = normalise(&content.body);
    let output = Output {
        titles,
        notes: Cell::new(0),
    };
    let mut lines = blocks(&body, false, &output);
    footnotes(&body, &mut lines, &output);
    let mut text = lines.join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The texts of the footnotes, in the order in which their numbers were written. [M-9]
fn footnotes(body: &[Node], lines: &mut Vec<String>, output: &Output<'_>) {
    let mut stack: Vec<&Node> = body.iter().rev().collect();
    let mut number: usize = 0;
    while let Some(node) = stack.pop() {
        if node.shape() != Some(&Shape::Footnote) {
            stack.extend(node.content().iter().rev());
            continue;
        }
        if number == 0 {
            lines.push(String::new());
        }
        number = number.saturating_add(1);
        let text = match inline::line(node.content(), Place::Paragraph, output) {
            text if text.is_empty() => EMPTY_PARAGRAPH.to_owned(),
            text => text,
        };
        lines.push(format!("[^{number}]: {text}"));
    }
}

/// The lines of blocks; in a tight list nothing stands between them.
fn blocks(nodes: &[Node], tight: bool, output: &Output<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut marker = Marker::First;
    let mut last: Option<&Shape> = None;
    for node in nodes {
        let Node::Element(block) = node else { continue };
        // [M-4]
        let bullets = |shape: &Shape| matches!(shape, Shape::BulletList | Shape::TaskList);
        let numbers = |shape: &Shape| matches!(shape, Shape::OrderedList { .. });
        let same_sort = last.is_some_and(|last| {
            bullets(last) && bullets(&block.shape) || numbers(last) && numbers(&block.shape)
        });
        marker = match (same_sort, marker) {
            (true, Marker::First) => Marker::Second,
            _ => Marker::First,
        };
        if !lines.is_empty() && !tight {
            lines.push(String::new());
        }
        lines.extend(one_block(block, marker, output));
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

fn one_block(block: &Element, marker: Marker, output: &Output<'_>) -> Vec<String> {
    match &block.shape {
        Shape::Heading { level } => {
            let hashes = "#".repeat(usize::from(*level));
            let text = inline::line(&block.content, Place::Heading, output);
            vec![format!("{hashes} {text}").trim_end().to_owned()]
        }
        Shape::Blockquote | Shape::Callout { .. } => quote(block, output),
        shape if shape.frame().is_some() => quote(block, output),
        Shape::HorizontalRule => vec![RULE.to_owned()],
        Shape::BulletList | Shape::TaskList => {
            let sign = if marker == Marker::First { "-" } else { "*" };
            list::list(&block.content, output, |_| sign.to_owned())
        }
        Shape::OrderedList { start } => {
            let sign = if marker == Marker::First { '.' } else { ')' };
            let start = usize::try_from(*start).unwrap_or(1);
            list::list(&block.content, output, |at| {
                format!("{}{sign}", start.saturating_add(at))
            })
        }
        Shape::CodeBlock { language } => code_block(language.as_deref(), &block.content),
        Shape::Table => table::table(block, output),
        _ => paragraph(&block.content, Place::Paragraph, output),
    }
}

/// The lines of a paragraph.
fn paragraph(content: &[Node], place: Place, output: &Output<'_>) -> Vec<String> {
    if content.is_empty() {
        return vec![EMPTY_PARAGRAPH.to_owned()];
    }
    inline::line(content, place, output)
        .split('\n')
        .map(ToOwned::to_owned)
        .collect()
}

/// A quotation, or a block that is written as one. [M-6]
fn quote(block: &Element, output: &Output<'_>) -> Vec<String> {
    let mut lines: Vec<String> = marker::written(&block.shape).into_iter().collect();
    let begins = block.content.first().and_then(Node::shape);
    // A paragraph follows the marker directly, as elsewhere; other blocks might not be seen there.
    if !lines.is_empty() && begins.is_some_and(|first| *first != Shape::Paragraph) {
        lines.push(String::new());
    }
    lines.extend(blocks(&block.content, false, output));
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines.iter().map(|line| behind("> ", line)).collect()
}

/// A line behind what its container begins with; an empty one without white space at its end.
fn behind(lead: &str, line: &str) -> String {
    if line.is_empty() {
        lead.trim_end().to_owned()
    } else {
        format!("{lead}{line}")
    }
}

/// A fence that is longer than any in the code, with the language behind it.
fn code_block(language: Option<&str>, content: &[Node]) -> Vec<String> {
    let code = match content.first() {
        Some(Node::Text(text)) => text.text.as_str(),
        _ => "",
    };
    let mut longest: usize = 2;
    let mut run: usize = 0;
    for c in code.chars() {
        run = if c == '`' { run.saturating_add(1) } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest.saturating_add(1));
    let mut first = fence.clone();
    for c in language.unwrap_or_default().chars() {
        // Behind a fence, these alone have a meaning.
        if matches!(c, '`' | '&' | '\\') {
            let _ = write!(first, "&#{};", u32::from(c));
        } else {
            first.push(c);
        }
    }
    let mut lines = vec![first];
    if !code.is_empty() {
        lines.extend(code.split('\n').map(ToOwned::to_owned));
    }
    lines.push(fence);
    lines
}
