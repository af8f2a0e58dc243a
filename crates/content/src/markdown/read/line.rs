//! Lines of text: marks, breaks and links.

use std::ops::Range;

use denkraum_domain::PageId;

use super::super::{EMPTY_PARAGRAPH, OWN_TEXT, PAGE_SCHEME, marker};
use super::{Notice, Reader};
use crate::href::safe_href;
use crate::tree::{Mark, Node, Shape};

/// A paragraph, heading or cell that is being gathered.
#[derive(Default)]
pub(super) struct Line {
    pub(super) shape: Option<Shape>,
    pub(super) nodes: Vec<Node>,
    pub(super) marks: Vec<Mark>,
    /// For each link that began, whether it gave a mark.
    links: Vec<bool>,
    /// A page link whose text is being gathered.
    pub(super) page: Option<(PageId, bool, String)>,
    /// The source of the only text so far.
    source: String,
}

impl Reader<'_> {
    pub(super) fn start_line(&mut self, shape: Shape) {
        self.end_paragraph();
        self.line().shape = Some(shape);
    }

    /// The open line; text in a tight list item begins one by itself.
    pub(super) fn line(&mut self) -> &mut Line {
        self.line.get_or_insert_default()
    }

    pub(super) fn end_paragraph(&mut self) {
        let Some(line) = self.line.take() else { return };
        let shape = line.shape.unwrap_or(Shape::Paragraph);
        // [M-2]
        let empty = line.source == EMPTY_PARAGRAPH && line.nodes == [Node::text("\u{a0}")];
        let content = if empty { Vec::new() } else { line.nodes };
        self.push(Node::element(shape, content));
    }

    /// A stretch of words as Markdown has them.
    pub(super) fn words(&mut self, text: &str, range: Range<usize>) {
        if range.start < self.said_to {
            return;
        }
        let source = self.markdown.get(range.clone()).unwrap_or_default();
        if source == text
            && self.begins_task()
            && let Some(said) = marker::trailing(self.markdown, range.clone())
        {
            let before = said.at.checked_sub(range.start);
            let before = before.and_then(|to| text.get(..to)).unwrap_or_default();
            self.text(before.strip_suffix(' ').unwrap_or(before), &[]);
            self.said_to = said.end;
            return self.say(said.task);
        }
        let line = self.line();
        if line.source.len() <= EMPTY_PARAGRAPH.len() {
            line.source.push_str(source);
        }
        self.text(text, &[]);
    }

    pub(super) fn text(&mut self, text: &str, more: &[Mark]) {
        let line = self.line();
        if let Some((_, _, label)) = &mut line.page {
            label.push_str(text);
            return;
        }
        let marks = line.marks.iter().chain(more).cloned();
        Node::marked(text, marks).push_joined(&mut line.nodes);
    }

    pub(super) fn hard_break(&mut self) {
        let line = self.line();
        if let Some((_, _, label)) = &mut line.page {
            label.push(' ');
            return;
        }
        line.nodes.push(Node::element(Shape::HardBreak, Vec::new()));
    }

    pub(super) fn unmark(&mut self, mark: &Mark) {
        let Some(line) = &mut self.line else { return };
        if let Some(at) = line.marks.iter().rposition(|open| open == mark) {
            line.marks.remove(at);
        }
    }

    /// [M-1]
    pub(super) fn start_link(&mut self, href: &str, title: &str) {
        let mark = if let Some(id) = href.strip_prefix(PAGE_SCHEME) {
            if let Ok(page) = PageId::parse(id) {
                self.line().page = Some((page, title == OWN_TEXT, String::new()));
            } else {
                let href = href.to_owned();
                self.notice(Notice::PageLink { href });
            }
            None
        } else if let Some(href) = safe_href(href) {
            let href = href.to_owned();
            Some(Mark::Link { href })
        } else {
            let href = href.to_owned();
            self.notice(Notice::Link { href });
            None
        };
        let line = self.line();
        line.links.push(mark.is_some());
        line.marks.extend(mark);
    }

    pub(super) fn end_link(&mut self) {
        let line = self.line();
        let marked = line.links.pop() == Some(true);
        if let Some((page, own, label)) = line.page.take() {
            let label = own.then_some(label);
            let shape = Shape::PageLink { page, label };
            line.nodes.push(Node::element(shape, Vec::new()));
        } else if marked {
            let link = |mark: &Mark| matches!(mark, Mark::Link { .. });
            if let Some(at) = line.marks.iter().rposition(link) {
                line.marks.remove(at);
            }
        }
    }
}
