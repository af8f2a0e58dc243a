//! From Markdown to the tree. Reading never fails.

use denkraum_domain::PageId;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{EMPTY_PARAGRAPH, OWN_TEXT, PAGE_SCHEME};
use crate::href::safe_href;
use crate::normal::normalise;
use crate::schema::{MAX_START, WRITE_DEPTH};
use crate::tree::{Mark, Node, Shape};

/// What of a Markdown text the tree cannot hold, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A heading of level 4 to 6 became one of level 3.
    HeadingLevel,
    /// A code block became a paragraph of code.
    CodeBlock,
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
    let mut reader = Reader::default();
    for (event, range) in
        Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH).into_offset_iter()
    {
        reader.event(event, markdown.get(range).unwrap_or_default());
    }
    reader.end_paragraph();
    while !reader.open.is_empty() {
        reader.close();
    }
    (normalise(&reader.out), reader.notices)
}

/// The tree of a Markdown text alone.
pub(super) fn blocks(markdown: &str) -> Vec<Node> {
    from_markdown(markdown).0
}

#[derive(Default)]
struct Reader {
    /// The finished blocks.
    out: Vec<Node>,
    /// The open containers, outermost first.
    open: Vec<(Shape, Vec<Node>)>,
    /// For each container that began, whether it was opened.
    began: Vec<bool>,
    /// The open paragraph or heading.
    line: Option<Line>,
    /// A code or HTML block that is being gathered.
    raw: Option<String>,
    notices: Vec<Notice>,
}

/// A paragraph or heading that is being gathered.
#[derive(Default)]
struct Line {
    shape: Option<Shape>,
    nodes: Vec<Node>,
    marks: Vec<Mark>,
    /// For each link that began, whether it gave a mark.
    links: Vec<bool>,
    /// A page link whose text is being gathered.
    page: Option<(PageId, bool, String)>,
    /// The source of the only text so far.
    source: String,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, source: &str) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) if self.raw.is_some() => {
                if let Some(raw) = &mut self.raw {
                    raw.push_str(&text);
                }
            }
            Event::Text(text) => {
                self.line().source.push_str(source);
                self.text(&text, &[]);
            }
            Event::Code(text) => self.text(&text, &[Mark::Code]),
            Event::SoftBreak => self.text(" ", &[]),
            Event::HardBreak => self.hard_break(),
            Event::InlineHtml(tag) => self.inline_html(&tag),
            Event::Html(_) => self.notice(Notice::Html),
            Event::Rule => {
                self.end_paragraph();
                self.push(Node::element(Shape::HorizontalRule, Vec::new()));
            }
            // Not switched on: their signs come as text.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text, &[]);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
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
            Tag::BlockQuote(_) => self.begin(Shape::Blockquote),
            Tag::List(None) => self.begin(Shape::BulletList),
            Tag::List(Some(start)) => {
                let start = u32::try_from(start).unwrap_or(MAX_START).min(MAX_START);
                self.begin(Shape::OrderedList { start });
            }
            Tag::Item => self.begin(Shape::ListItem),
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.end_paragraph();
                self.raw = Some(String::new());
            }
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
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.end_paragraph();
                if self.began.pop() == Some(true) {
                    self.close();
                }
            }
            TagEnd::CodeBlock => self.end_code_block(),
            TagEnd::HtmlBlock => self.end_html_block(),
            TagEnd::Emphasis => self.unmark(&Mark::Italic),
            TagEnd::Strong => self.unmark(&Mark::Bold),
            TagEnd::Strikethrough => self.unmark(&Mark::Strike),
            TagEnd::Link => self.end_link(),
            _ => {}
        }
    }

    /// Opens a container, unless it would lie too deep for a list with text inside it.
    fn begin(&mut self, shape: Shape) {
        self.end_paragraph();
        let fits = self.open.len().saturating_add(4) <= WRITE_DEPTH;
        self.began.push(fits);
        if fits {
            self.open.push((shape, Vec::new()));
        } else {
            self.notice(Notice::TooDeep);
        }
    }

    fn close(&mut self) {
        if let Some((shape, content)) = self.open.pop() {
            self.push(Node::element(shape, content));
        }
    }

    fn push(&mut self, block: Node) {
        match self.open.last_mut() {
            Some((_, content)) => content.push(block),
            None => self.out.push(block),
        }
    }

    fn start_line(&mut self, shape: Shape) {
        self.end_paragraph();
        self.line().shape = Some(shape);
    }

    /// The open line; text in a tight list item begins one by itself.
    fn line(&mut self) -> &mut Line {
        self.line.get_or_insert_default()
    }

    fn end_paragraph(&mut self) {
        let Some(line) = self.line.take() else { return };
        let shape = line.shape.unwrap_or(Shape::Paragraph);
        // [M-2]
        let empty = line.source == EMPTY_PARAGRAPH && line.nodes == [Node::text("\u{a0}")];
        let content = if empty { Vec::new() } else { line.nodes };
        self.push(Node::element(shape, content));
    }

    fn text(&mut self, text: &str, more: &[Mark]) {
        let line = self.line();
        if let Some((_, _, label)) = &mut line.page {
            label.push_str(text);
            return;
        }
        let marks = line.marks.iter().chain(more).cloned();
        Node::marked(text, marks).push_joined(&mut line.nodes);
    }

    fn hard_break(&mut self) {
        let line = self.line();
        if let Some((_, _, label)) = &mut line.page {
            label.push(' ');
            return;
        }
        line.nodes.push(Node::element(Shape::HardBreak, Vec::new()));
    }

    fn unmark(&mut self, mark: &Mark) {
        let marks = &mut self.line().marks;
        if let Some(at) = marks.iter().rposition(|open| open == mark) {
            marks.remove(at);
        }
    }

    /// [M-1]
    fn start_link(&mut self, href: &str, title: &str) {
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

    fn end_link(&mut self) {
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

    /// [M-3]
    fn inline_html(&mut self, tag: &str) {
        let name = tag.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
        let mark = match name.as_str() {
            "br" => return self.hard_break(),
            "strong" | "b" => Mark::Bold,
            "em" | "i" => Mark::Italic,
            "del" | "s" | "strike" => Mark::Strike,
            "code" => Mark::Code,
            _ => return self.notice(Notice::Html),
        };
        if tag.starts_with("</") {
            self.unmark(&mark);
        } else {
            self.line().marks.push(mark);
        }
    }

    /// [M-5]
    fn end_code_block(&mut self) {
        let code = self.raw.take().unwrap_or_default();
        self.notice(Notice::CodeBlock);
        let mut nodes = Vec::new();
        for (number, line) in code.trim_end_matches('\n').split('\n').enumerate() {
            if number > 0 {
                nodes.push(Node::element(Shape::HardBreak, Vec::new()));
            }
            Node::marked(line, [Mark::Code]).push_joined(&mut nodes);
        }
        if !nodes.is_empty() {
            self.push(Node::paragraph(nodes));
        }
    }

    /// A block of breaks alone is what [`to_markdown`](crate::to_markdown) writes for a paragraph
    /// of one break; of any other HTML the text is kept.
    fn end_html_block(&mut self) {
        let html = self.raw.take().unwrap_or_default();
        if html.trim().eq_ignore_ascii_case("<br>") {
            let line_break = Node::element(Shape::HardBreak, Vec::new());
            self.push(Node::paragraph(vec![line_break]));
            return;
        }
        self.notice(Notice::Html);
        let text = without_tags(&html);
        let text = text.trim();
        if !text.is_empty() {
            self.push(Node::paragraph(vec![Node::text(text)]));
        }
    }

    fn notice(&mut self, notice: Notice) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }
}

/// The text outside tags and comments.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let end = if tag.starts_with("!--") { "-->" } else { ">" };
        rest = tag.split_once(end).map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text
}
