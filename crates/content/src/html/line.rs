//! Lines of text: marks, breaks, page links and footnotes.

use std::fmt::Write as _;

use denkraum_domain::PageId;

use super::{Renderer, escape};
use crate::titles::shown;
use crate::tree::{Mark, Node, Shape};

impl<'n> Renderer<'n> {
    pub(super) fn line(&mut self, nodes: &'n [Node]) {
        let mut open: Vec<&Mark> = Vec::new();
        for node in nodes {
            match node {
                Node::Text(text) => {
                    // Links are outermost, so that one link is one element.
                    let mut marks: Vec<&Mark> = text.marks.iter().collect();
                    marks.sort_by_key(|mark| !matches!(mark, Mark::Link { .. }));
                    let kept = open.iter().zip(&marks).take_while(|(a, b)| a == b).count();
                    self.close_marks(&mut open, kept);
                    for mark in marks.into_iter().skip(kept) {
                        self.open_mark(mark);
                        open.push(mark);
                    }
                    escape(&text.text, &mut self.out);
                }
                Node::Element(element) => {
                    self.close_marks(&mut open, 0);
                    match &element.shape {
                        Shape::PageLink { page, label } => {
                            self.page_link(*page, label.as_deref());
                        }
                        Shape::Footnote => self.footnote(&element.content),
                        _ => self.out.push_str("<br>"),
                    }
                }
            }
        }
        self.close_marks(&mut open, 0);
    }

    fn open_mark(&mut self, mark: &Mark) {
        if let Mark::Link { href } = mark {
            self.out.push_str("<a href=\"");
            escape(href, &mut self.out);
            self.out.push_str("\" rel=\"noopener noreferrer\">");
        } else {
            let _ = write!(self.out, "<{}>", mark_tag(mark));
        }
    }

    fn close_marks(&mut self, open: &mut Vec<&Mark>, kept: usize) {
        for mark in open.drain(kept..).rev() {
            let _ = write!(self.out, "</{}>", mark_tag(mark));
        }
    }

    fn page_link(&mut self, page: PageId, label: Option<&str>) {
        if let Some(text) = shown(page, label, self.titles) {
            let _ = write!(
                self.out,
                "<a class=\"page-link\" data-page=\"{page}\" href=\"/seiten/{page}\">"
            );
            escape(&text, &mut self.out);
            self.out.push_str("</a>");
        } else {
            self.out.push_str("<span class=\"page-link-hidden\">");
            escape(self.titles.no_access(), &mut self.out);
            self.out.push_str("</span>");
        }
    }

    /// The number of a footnote; its text comes at the end.
    fn footnote(&mut self, note: &'n [Node]) {
        self.notes.push(note);
        let number = self.notes.len();
        let _ = write!(
            self.out,
            "<sup class=\"footnote\"><a href=\"#fn-{number}\" id=\"fnref-{number}\">{number}</a></sup>"
        );
    }

    /// The texts of the footnotes, each with a way back.
    pub(super) fn footnotes(&mut self) {
        let notes = std::mem::take(&mut self.notes);
        if notes.is_empty() {
            return;
        }
        self.out.push_str("<section class=\"footnotes\"");
        self.attribute("aria-label", Some(self.titles.labels().footnotes));
        self.out.push_str("><ol>");
        for (number, note) in (1_usize..).zip(notes) {
            let _ = write!(self.out, "<li id=\"fn-{number}\">");
            self.line(note);
            let _ = write!(self.out, " <a href=\"#fnref-{number}\">↩</a></li>");
        }
        self.out.push_str("</ol></section>");
    }
}

fn mark_tag(mark: &Mark) -> &'static str {
    match mark {
        Mark::Bold => "strong",
        Mark::Italic => "em",
        Mark::Strike => "s",
        Mark::Code => "code",
        Mark::Highlight => "mark",
        Mark::Superscript => "sup",
        Mark::Subscript => "sub",
        Mark::Link { .. } => "a",
        Mark::Unknown { .. } => "span",
    }
}
