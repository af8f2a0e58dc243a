//! Tables. [M-8]

use std::fmt::Write as _;

use super::super::inline::{self, Place};
use super::super::{Output, read};
use super::blocks;
use crate::tree::{Element, Node, Shape, Span};

/// The lines of a table: with `|` where that says all of it, else as HTML.
pub(super) fn table(table: &Element, output: &Output<'_>) -> Vec<String> {
    let first = output.notes.get();
    if let Some(lines) = plain(table, output)
        && reads_as(&lines, table, first, output)
    {
        return lines;
    }
    output.notes.set(first);
    html(table, output)
}

/// The table with `|`; `None` if it has more than that can say.
fn plain(table: &Element, output: &Output<'_>) -> Option<Vec<String>> {
    let columns = table.content.first()?.content().len();
    let fits = table.content.iter().enumerate().all(|(number, row)| {
        let cells = row.content();
        let plain = |cell: &Node| is_plain(cell, number == 0);
        columns > 0 && cells.len() == columns && cells.iter().all(plain)
    });
    if !fits {
        return None;
    }
    let mut lines = Vec::new();
    for row in &table.content {
        let mut line = "|".to_owned();
        for cell in row.content() {
            let text = cell
                .content()
                .first()
                .map(Node::content)
                .unwrap_or_default();
            let text = inline::line(text, Place::Cell, output);
            let _ = write!(line, " {text} |");
        }
        lines.push(line);
        if lines.len() == 1 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
    Some(lines)
}

/// Whether a cell is one paragraph, in a header exactly if it heads its column.
fn is_plain(cell: &Node, heads: bool) -> bool {
    let alone = matches!(cell.content(), [only] if only.shape() == Some(&Shape::Paragraph));
    let plain = matches!(
        cell.shape(),
        Some(Shape::TableCell { header, span }) if *header == heads && span.is_plain()
    );
    alone && plain
}

fn reads_as(lines: &[String], table: &Element, first: usize, output: &Output<'_>) -> bool {
    let mut text = lines.join("\n");
    text.push_str("\n\n");
    for number in first..output.notes.get() {
        let _ = writeln!(text, "[^{}]: x", number.saturating_add(1));
    }
    match read::blocks(&text).as_slice() {
        [Node::Element(again)] => {
            again.shape == Shape::Table
                && inline::same(&again.content, &table.content, output.titles)
        }
        _ => false,
    }
}

/// The table as HTML whose cells hold Markdown between blank lines.
fn html(table: &Element, output: &Output<'_>) -> Vec<String> {
    let mut lines = vec!["<table>".to_owned()];
    for row in &table.content {
        lines.push("<tr>".to_owned());
        for cell in row.content() {
            let Some(Shape::TableCell { header, span }) = cell.shape() else {
                continue;
            };
            let tag = if *header { "th" } else { "td" };
            lines.push(format!("<{tag}{}>", attributes(span)));
            lines.push(String::new());
            lines.extend(blocks(cell.content(), false, output));
            lines.push(String::new());
            lines.push(format!("</{tag}>"));
        }
        lines.push("</tr>".to_owned());
    }
    lines.push("</table>".to_owned());
    lines
}

fn attributes(span: &Span) -> String {
    let mut out = String::new();
    for (name, count) in [("colspan", span.columns), ("rowspan", span.rows)] {
        if count != 1 {
            let _ = write!(out, " {name}=\"{count}\"");
        }
    }
    if !span.widths.is_empty() {
        let widths: Vec<String> = span.widths.iter().map(ToString::to_string).collect();
        let _ = write!(out, " data-colwidth=\"{}\"", widths.join(","));
    }
    out
}
