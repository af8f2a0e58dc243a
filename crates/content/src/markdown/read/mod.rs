//! From Markdown to the tree. Reading never fails.

mod blocks;
mod html;
mod html_parts;
mod line;
mod notes;

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::marker;
use crate::normal::normalise;
use crate::schema::MAX_START;
use crate::tree::{Mark, Node, Shape, Span};
use blocks::Open;
use line::Line;
use notes::Notes;

/// What of a Markdown text the tree cannot hold, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Notice {
    /// A heading of level 4 to 6 became one of level 3.
    HeadingLevel,
    /// HTML was left out; text between tags was kept.
    Html,
    /// An image became its description.
    Image,
    /// A link to an address that is not allowed became text.
    Link {
        /// The address as written.
        href: String,
    },
    /// A link to a page names no page id and became text.
    PageLink {
        /// The address as written.
        href: String,
    },
    /// Nesting too deep to be kept became less deep.
    TooDeep,
}

/// Reads Markdown into a normal tree; each notice is given once.
pub fn from_markdown(markdown: &str) -> (Vec<Node>, Vec<Notice>) {
    let options = Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS;
    let mut reader = Reader::new(markdown);
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.end_all();
    reader.put_in_footnotes();
    (normalise(&reader.out), reader.notices)
}

/// The tree of a Markdown text alone.
pub(super) fn blocks(markdown: &str) -> Vec<Node> {
    from_markdown(markdown).0
}

struct Reader<'m> {
    markdown: &'m str,
    /// The finished blocks.
    out: Vec<Node>,
    /// The open containers, outermost first.
    open: Vec<Open>,
    /// For each container of Markdown that began, whether it was opened.
    began: Vec<bool>,
    /// The open paragraph, heading or cell.
    line: Option<Line>,
    /// A code or HTML block that is being gathered.
    raw: Option<String>,
    /// Whether the line of a marker is being passed.
    in_marker: bool,
    /// Whether the cells that come are headers.
    in_head: bool,
    /// Where what a task said ends; texts before it are not words of the task.
    said_to: usize,
    notes: Notes,
    notices: Vec<Notice>,
    known_notices: HashSet<Notice>,
}

impl<'m> Reader<'m> {
    fn new(markdown: &'m str) -> Self {
        Self {
            markdown,
            out: Vec::new(),
            open: Vec::new(),
            began: Vec::new(),
            line: None,
            raw: None,
            in_marker: false,
            in_head: false,
            said_to: 0,
            notes: Notes::default(),
            notices: Vec::new(),
            known_notices: HashSet::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.in_marker && self.passes_marker(&event) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) if self.raw.is_some() => {
                if let Some(raw) = &mut self.raw {
                    raw.push_str(&text);
                }
            }
            Event::Text(text) => self.words(&text, range),
            Event::Code(text) => self.text(&text, &[Mark::Code]),
            Event::SoftBreak => self.text(" ", &[]),
            Event::HardBreak => self.hard_break(),
            Event::InlineHtml(tag) => self.inline_html(&tag),
            Event::Html(_) => self.notice(Notice::Html),
            Event::Rule => {
                self.end_paragraph();
                self.push(Node::element(Shape::HorizontalRule, Vec::new()));
            }
            Event::TaskListMarker(checked) => self.task(checked),
            Event::FootnoteReference(name) => self.footnote(&name),
            // Not switched on: their signs come as text.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, &[]),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_line(Shape::Paragraph),
            Tag::Heading { level, .. } => {
                let level = match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    _ => {
                        self.notice(Notice::HeadingLevel);
                        3
                    }
                };
                self.start_line(Shape::Heading { level });
            }
            Tag::BlockQuote(_) => {
                let source = self.markdown.get(range).unwrap_or_default();
                let announced = announced(source);
                self.in_marker = announced.is_some();
                self.begin(announced.unwrap_or(Shape::Blockquote));
            }
            Tag::List(None) => self.begin(Shape::BulletList),
            Tag::List(Some(start)) => {
                let start = u32::try_from(start).unwrap_or(MAX_START).min(MAX_START);
                self.begin(Shape::OrderedList { start });
            }
            Tag::Item => self.begin(Shape::ListItem),
            Tag::CodeBlock(kind) => {
                self.end_paragraph();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => language(&info),
                    CodeBlockKind::Indented => None,
                };
                self.begin(Shape::CodeBlock { language });
                self.raw = Some(String::new());
            }
            Tag::HtmlBlock => {
                self.end_paragraph();
                self.raw = Some(String::new());
            }
            Tag::Table(_) => self.begin(Shape::Table),
            Tag::TableHead => {
                self.in_head = true;
                self.begin(Shape::TableRow);
            }
            Tag::TableRow => self.begin(Shape::TableRow),
            Tag::TableCell => {
                let (header, span) = (self.in_head, Span::default());
                self.begin(Shape::TableCell { header, span });
            }
            Tag::FootnoteDefinition(name) => self.begin_definition(&name),
            Tag::Emphasis => self.line().marks.push(Mark::Italic),
            Tag::Strong => self.line().marks.push(Mark::Bold),
            Tag::Strikethrough => self.line().marks.push(Mark::Strike),
            Tag::Link {
                dest_url, title, ..
            } => self.start_link(&dest_url, &title),
            Tag::Image { .. } => self.notice(Notice::Image),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.end_paragraph(),
            TagEnd::TableHead => {
                self.in_head = false;
                self.end_container();
            }
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::FootnoteDefinition => self.end_container(),
            TagEnd::CodeBlock => self.end_code_block(),
            TagEnd::HtmlBlock => self.end_html_block(),
            TagEnd::Emphasis => self.unmark(&Mark::Italic),
            TagEnd::Strong => self.unmark(&Mark::Bold),
            TagEnd::Strikethrough => self.unmark(&Mark::Strike),
            TagEnd::Link => self.end_link(),
            _ => {}
        }
    }

    /// Whether an event belongs to the line of a marker, which is no text. [M-6]
    fn passes_marker(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::SoftBreak | Event::HardBreak => self.in_marker = false,
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => {
                self.in_marker = false;
                self.line = None;
            }
            Event::Start(Tag::Paragraph) => return false,
            Event::End(TagEnd::BlockQuote(_)) => {
                self.in_marker = false;
                return false;
            }
            _ => {}
        }
        true
    }

    fn notice(&mut self, notice: Notice) {
        if self.known_notices.insert(notice.clone()) {
            self.notices.push(notice);
        }
    }
}

/// The block that the first line of a quote announces.
fn announced(quote: &str) -> Option<Shape> {
    let inside = quote.strip_prefix('>')?.trim_start_matches(' ');
    if !inside.starts_with("[!") {
        return None;
    }
    marker::read(inside.lines().next()?)
}

/// The language behind a fence: all of it, or its first word if it is too long for a language.
fn language(info: &str) -> Option<String> {
    let info = info.trim();
    let short = info.encode_utf16().count() <= crate::schema::LANGUAGE_UNITS;
    let language = if short {
        info
    } else {
        info.split_whitespace().next()?
    };
    (!language.is_empty()).then(|| language.to_owned())
}
