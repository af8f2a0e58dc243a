//! HTML inside Markdown: tables, breaks, paragraphs and marks are understood; of everything else
//! the text is kept.

use super::html_parts::{Part, parts};
use super::{Notice, Reader};
use crate::tree::{Mark, Node, Shape, Span};

impl Reader<'_> {
    /// A tag inside a line. [M-3]
    pub(super) fn inline_html(&mut self, tag: &str) {
        let name = tag.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
        if name == "br" {
            return self.hard_break();
        }
        if tag.starts_with("<!--") {
            return;
        }
        let Some(mark) = mark(&name) else {
            return self.notice(Notice::Html);
        };
        if tag.starts_with("</") {
            self.unmark(&mark);
        } else {
            self.line().marks.push(mark);
        }
    }

    /// A stretch of lines of HTML. What it leaves open, a cell for instance, goes on with the
    /// Markdown that follows.
    pub(super) fn end_html_block(&mut self) {
        let html = self.raw.take().unwrap_or_default();
        for part in parts(&html) {
            match part {
                Part::Text(text) => self.html_text(&text),
                Part::Start(name, attributes) => self.html_start(&name, &attributes),
                Part::End(name) => self.html_end(&name),
            }
        }
        self.end_html_line();
    }

    fn html_start(&mut self, name: &str, attributes: &[(String, String)]) {
        if let Some(mark) = mark(name) {
            return self.line().marks.push(mark);
        }
        match name {
            "br" => self.hard_break(),
            "table" => {
                self.end_html_line();
                self.begin_html(Shape::Table);
            }
            "tr" => {
                self.end_html_line();
                if self.end_html_to(&is_table, false) {
                    self.begin_html(Shape::TableRow);
                }
            }
            "td" | "th" => {
                self.end_html_line();
                if !self.end_html_to(&is_row, false) {
                    if !self.end_html_to(&is_table, false) {
                        return self.notice(Notice::Html);
                    }
                    self.begin_html(Shape::TableRow);
                }
                let header = name == "th";
                let span = span(attributes);
                self.begin_html(Shape::TableCell { header, span });
            }
            _ => self.html_other(name),
        }
    }

    fn html_end(&mut self, name: &str) {
        if let Some(mark) = mark(name) {
            return self.unmark(&mark);
        }
        let of: &dyn Fn(&Shape) -> bool = match name {
            "table" => &is_table,
            "tr" => &is_row,
            "td" | "th" => &is_cell,
            _ => return self.html_other(name),
        };
        self.end_html_line();
        self.end_html_to(of, true);
    }

    /// A tag that begins or ends no mark and no table; most end a line.
    fn html_other(&mut self, name: &str) {
        match name {
            "br" | "a" | "span" => {}
            _ => self.end_html_line(),
        }
        let known = ["br", "p", "thead", "tbody", "tfoot", "colgroup", "col"];
        if !known.contains(&name) {
            self.notice(Notice::Html);
        }
    }

    /// Text between tags: every run of white space is one space, at the edges of a line it is none.
    fn html_text(&mut self, text: &str) {
        let mut spaced = text.starts_with(|c: char| c.is_ascii_whitespace());
        for word in text.split_ascii_whitespace() {
            let begins = self
                .line
                .as_ref()
                .is_none_or(|line| match line.nodes.last() {
                    None => true,
                    Some(Node::Text(last)) => last.text.ends_with(' '),
                    Some(last) => last.shape() == Some(&Shape::HardBreak),
                });
            if spaced && !begins {
                self.text(" ", &[]);
            }
            self.text(word, &[]);
            spaced = true;
        }
        let more = text.ends_with(|c: char| c.is_ascii_whitespace());
        if more
            && self
                .line
                .as_ref()
                .is_some_and(|line| !line.nodes.is_empty())
        {
            self.text(" ", &[]);
        }
    }

    /// Ends a line of HTML; one without anything was only white space between tags.
    fn end_html_line(&mut self) {
        let Some(line) = &mut self.line else { return };
        if let Some(Node::Text(last)) = line.nodes.last_mut() {
            last.text.truncate(last.text.trim_end_matches(' ').len());
            if last.text.is_empty() {
                line.nodes.pop();
            }
        }
        if line.nodes.is_empty() {
            self.line = None;
        } else {
            self.end_paragraph();
        }
    }
}

fn is_table(shape: &Shape) -> bool {
    *shape == Shape::Table
}

fn is_row(shape: &Shape) -> bool {
    *shape == Shape::TableRow
}

fn is_cell(shape: &Shape) -> bool {
    matches!(shape, Shape::TableCell { .. })
}

fn mark(name: &str) -> Option<Mark> {
    Some(match name {
        "strong" | "b" => Mark::Bold,
        "em" | "i" => Mark::Italic,
        "del" | "s" | "strike" => Mark::Strike,
        "code" => Mark::Code,
        "mark" => Mark::Highlight,
        "sup" => Mark::Superscript,
        "sub" => Mark::Subscript,
        _ => return None,
    })
}

/// How far a cell reaches, as near as the schema allows.
fn span(attributes: &[(String, String)]) -> Span {
    let value = |name: &str| {
        let (_, value) = attributes.iter().find(|(known, _)| known == name)?;
        Some(value.as_str())
    };
    let count = |name: &str| value(name).and_then(|value| value.trim().parse().ok());
    let widths = value("data-colwidth").map(|widths| {
        let width = |width: &str| width.trim().parse().ok();
        widths.split(',').map(width).collect::<Option<Vec<u16>>>()
    });
    Span {
        columns: count("colspan").unwrap_or(1),
        rows: count("rowspan").unwrap_or(1),
        widths: widths.flatten().unwrap_or_default(),
    }
    .clamped()
}
