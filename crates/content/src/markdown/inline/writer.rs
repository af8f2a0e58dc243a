//! Writes a line in one of two styles.

use std::fmt::Write as _;

use super::super::{OWN_TEXT, Output, PAGE_SCHEME, escape};
use super::Place;
use crate::titles::shown;
use crate::tree::{Mark, Node, Shape, Text};

/// How marks are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// With `*`, `~` and `` ` `` where they can be told from the text around them.
    Delimiters,
    /// As HTML tags, and with everything escaped.
    Tags,
}

/// How many texts with a mark are looked at; a longer stretch is written with tags.
const MOST_TEXTS: usize = 64;

struct Writer<'a> {
    nodes: &'a [Node],
    place: Place,
    style: Style,
    output: &'a Output<'a>,
    out: String,
    /// The marks that are open, outermost first, with how each was written.
    open: Vec<(&'a Mark, Style)>,
}

pub(super) fn styled(nodes: &[Node], place: Place, style: Style, output: &Output<'_>) -> String {
    let mut writer = Writer {
        nodes,
        place,
        style,
        output,
        out: String::new(),
        open: Vec::new(),
    };
    for (at, node) in nodes.iter().enumerate() {
        match node {
            Node::Text(text) => writer.text(at, text),
            Node::Element(element) => {
                writer.close_to(0);
                match &element.shape {
                    Shape::Footnote => writer.footnote(at),
                    Shape::PageLink { page, label } => {
                        let titles = output.titles;
                        let text = shown(*page, label.as_deref(), titles);
                        let own = text.is_some() && label.is_some();
                        let text = text.unwrap_or_else(|| titles.no_access().to_owned());
                        writer.page_link(&format!("{PAGE_SCHEME}{page}"), &text, own);
                    }
                    _ => writer.hard_break(at),
                }
            }
        }
    }
    writer.close_to(0);
    writer.out
}

impl<'a> Writer<'a> {
    fn text(&mut self, at: usize, text: &'a Text) {
        let mut marks: Vec<&Mark> = text.marks.iter().collect();
        marks.sort_by_key(|mark| nesting(mark));
        let kept = self
            .open
            .iter()
            .zip(&marks)
            .take_while(|((open, _), mark)| open == *mark)
            .count();
        self.close_to(kept);
        for mark in marks.into_iter().skip(kept) {
            let style = if self.fits(at, mark) {
                self.style
            } else {
                Style::Tags
            };
            if *mark == Mark::Code
                && style == Style::Delimiters
                && let Some(span) = escape::code_span(&text.text)
            {
                self.out.push_str(&span);
                return;
            }
            self.open_mark(mark, style);
        }
        let next = self.nodes.get(at.saturating_add(1));
        let place = escape::Place {
            line_start: self.out.is_empty() || self.out.ends_with('\n'),
            line_end: next.is_none_or(|next| next.shape() == Some(&Shape::HardBreak)),
            heading: self.place == Place::Heading,
            task: self.place == Place::Task,
            link_follows: next.is_some_and(is_link),
            strict: self.style == Style::Tags,
        };
        escape::text(&text.text, place, &mut self.out);
    }

    /// Whether delimiters around the text from `at` on that has the mark would be understood:
    /// no white space inside at the edges, and no punctuation there next to a word outside.
    fn fits(&self, at: usize, mark: &Mark) -> bool {
        let texts = self.nodes.iter().skip(at).map_while(|node| match node {
            Node::Text(text) if text.marks.contains(mark) => Some(text),
            _ => None,
        });
        // Marks may be opened again at each text, so that looking far each time would take long.
        let texts: Vec<&Text> = texts.take(MOST_TEXTS).collect();
        let first = texts.first().and_then(|text| text.text.chars().next());
        let last = texts.last().and_then(|text| text.text.chars().next_back());
        let previous = at.checked_sub(1).and_then(|at| self.nodes.get(at));
        let next = self.nodes.get(at.saturating_add(texts.len()));
        let before = previous.and_then(|node| edge(node, |text| text.chars().next_back()));
        let after = next.and_then(|node| edge(node, |text| text.chars().next()));
        let inside = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let beside = |inner: Option<char>, outer: Option<char>| {
            inner.is_some_and(char::is_alphanumeric) || !outer.is_some_and(char::is_alphanumeric)
        };
        matches!(mark, Mark::Link { .. } | Mark::Code)
            || texts.len() < MOST_TEXTS
                && inside(first)
                && inside(last)
                && beside(first, before)
                && beside(last, after)
    }

    fn open_mark(&mut self, mark: &'a Mark, style: Style) {
        let delimiter = match (mark, style) {
            (Mark::Link { .. }, _) => "[",
            (Mark::Bold, Style::Delimiters) => "**",
            (Mark::Italic, Style::Delimiters) => "*",
            (Mark::Strike, Style::Delimiters) => "~~",
            (Mark::Bold, Style::Tags) => "<strong>",
            (Mark::Italic, Style::Tags) => "<em>",
            (Mark::Strike, Style::Tags) => "<del>",
            (Mark::Code, _) => "<code>",
            (Mark::Highlight, _) => "<mark>",
            (Mark::Superscript, _) => "<sup>",
            (Mark::Subscript, _) => "<sub>",
            (Mark::Unknown { .. }, _) => "",
        };
        self.out.push_str(delimiter);
        self.open.push((mark, style));
    }

    fn close_to(&mut self, kept: usize) {
        while self.open.len() > kept {
            let Some((mark, style)) = self.open.pop() else {
                return;
            };
            match (mark, style) {
                (Mark::Link { href }, _) => {
                    self.out.push_str("](");
                    escape::destination(href, &mut self.out);
                    self.out.push(')');
                }
                (Mark::Bold, Style::Delimiters) => self.out.push_str("**"),
                (Mark::Italic, Style::Delimiters) => self.out.push('*'),
                (Mark::Strike, Style::Delimiters) => self.out.push_str("~~"),
                (Mark::Bold, Style::Tags) => self.out.push_str("</strong>"),
                (Mark::Italic, Style::Tags) => self.out.push_str("</em>"),
                (Mark::Strike, Style::Tags) => self.out.push_str("</del>"),
                (Mark::Code, _) => self.out.push_str("</code>"),
                (Mark::Highlight, _) => self.out.push_str("</mark>"),
                (Mark::Superscript, _) => self.out.push_str("</sup>"),
                (Mark::Subscript, _) => self.out.push_str("</sub>"),
                (Mark::Unknown { .. }, _) => {}
            }
        }
    }

    fn page_link(&mut self, address: &str, text: &str, own: bool) {
        let place = escape::Place {
            strict: self.style == Style::Tags,
            ..escape::Place::default()
        };
        self.out.push('[');
        escape::text(text, place, &mut self.out);
        self.out.push_str("](");
        self.out.push_str(address);
        if own {
            let _ = write!(self.out, " \"{OWN_TEXT}\"");
        }
        self.out.push(')');
    }

    /// The number of a footnote; its text comes at the end of the whole text.
    fn footnote(&mut self, at: usize) {
        let number = self.output.notes.get().saturating_add(1);
        self.output.notes.set(number);
        let _ = write!(self.out, "[^{number}]");
        let next = self.nodes.get(at.saturating_add(1));
        // Two brackets side by side would be one link; an empty comment stands between them.
        if next.is_some_and(|next| is_link(next) && next.shape() != Some(&Shape::Footnote)) {
            self.out.push_str("<!-- -->");
        }
    }

    /// A backslash at the end of the line, if something stands on both sides of the break.
    fn hard_break(&mut self, at: usize) {
        let is_break = |node: &Node| node.shape() == Some(&Shape::HardBreak);
        let before = at.checked_sub(1).and_then(|at| self.nodes.get(at));
        let after = self.nodes.get(at.saturating_add(1));
        let between = [before, after]
            .iter()
            .all(|node| node.is_some_and(|node| !is_break(node)));
        let more_lines = matches!(self.place, Place::Paragraph | Place::Task);
        if between && more_lines && self.style == Style::Delimiters {
            self.out.push_str("\\\n");
        } else {
            self.out.push_str("<br>");
        }
    }
}

/// The order in which marks are nested, outermost first.
fn nesting(mark: &Mark) -> usize {
    match mark {
        Mark::Link { .. } => 0,
        Mark::Bold => 1,
        Mark::Italic => 2,
        Mark::Strike => 3,
        Mark::Highlight => 4,
        Mark::Superscript => 5,
        Mark::Subscript => 6,
        Mark::Code => 7,
        Mark::Unknown { .. } => 8,
    }
}

/// Whether a node is written with a bracket at its beginning.
fn is_link(node: &Node) -> bool {
    match node {
        Node::Text(text) => text
            .marks
            .iter()
            .any(|mark| matches!(mark, Mark::Link { .. })),
        Node::Element(element) => {
            matches!(element.shape, Shape::PageLink { .. } | Shape::Footnote)
        }
    }
}

/// A character at the edge of a neighbour; elements begin and end with punctuation or a new line.
fn edge(node: &Node, of: fn(&str) -> Option<char>) -> Option<char> {
    match node {
        Node::Text(text) => of(&text.text),
        Node::Element(_) => None,
    }
}
