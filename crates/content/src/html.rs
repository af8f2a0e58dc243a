//! HTML for reading.
//!
//! The renderer writes only the tags below and escapes everything else; what it wrote then passes
//! a sanitiser with the same list, so that a mistake here cannot become a hole.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use denkraum_domain::PageId;

use crate::normal::normalise;
use crate::outline::HeadingIds;
use crate::page::PageContent;
use crate::schema::HREF_SCHEMES;
use crate::titles::{Titles, shown};
use crate::tree::{Element, Mark, Node, Shape};

/// The body as HTML for one reader. The page's title is the `h1` outside, so headings are `h2` to
/// `h4`, with the ids of [`outline`](crate::outline()). A page link is
/// `<a class="page-link" data-page="ID" href="/seiten/ID">`, without access a
/// `<span class="page-link-hidden">`.
pub fn to_html(content: &PageContent, titles: &dyn Titles) -> String {
    SANITISER.clean(&render(content, titles)).to_string()
}

/// What the renderer writes, before the sanitiser.
fn render(content: &PageContent, titles: &dyn Titles) -> String {
    let mut renderer = Renderer {
        out: String::new(),
        ids: HeadingIds::default(),
        titles,
    };
    renderer.blocks(&normalise(&content.body));
    renderer.out
}

struct Renderer<'a> {
    out: String,
    ids: HeadingIds,
    titles: &'a dyn Titles,
}

/// What is still to be written.
enum Step<'n> {
    Block(&'n Element, bool),
    Close(&'static str),
}

impl Renderer<'_> {
    /// Walks the blocks without recursion; only headings outside other blocks have an id.
    fn blocks(&mut self, body: &[Node]) {
        let mut steps: Vec<Step<'_>> = Vec::new();
        push_blocks(body, true, &mut steps);
        while let Some(step) = steps.pop() {
            match step {
                Step::Close(tag) => {
                    let _ = write!(self.out, "</{tag}>");
                }
                Step::Block(block, top) => {
                    let tag = self.open(block, top);
                    if !tag.is_empty() {
                        steps.push(Step::Close(tag));
                        push_blocks(&block.content, false, &mut steps);
                    }
                }
            }
        }
    }

    /// Writes the start of a block and returns the tag to close after its blocks; lines of text
    /// are written whole.
    fn open(&mut self, block: &Element, top: bool) -> &'static str {
        match &block.shape {
            Shape::Heading { level } => {
                let tag = match level {
                    1 => "h2",
                    2 => "h3",
                    _ => "h4",
                };
                let _ = write!(self.out, "<{tag}");
                if top {
                    let id = self.ids.next(&block.content);
                    let _ = write!(self.out, " id=\"{id}\"");
                }
                self.out.push('>');
                self.line(&block.content);
                let _ = write!(self.out, "</{tag}>");
                ""
            }
            Shape::HorizontalRule => {
                self.out.push_str("<hr>");
                ""
            }
            Shape::BulletList => self.start("ul"),
            Shape::OrderedList { start: 1 } => self.start("ol"),
            Shape::OrderedList { start } => {
                let _ = write!(self.out, "<ol start=\"{start}\">");
                "ol"
            }
            Shape::ListItem => self.start("li"),
            Shape::Blockquote => self.start("blockquote"),
            _ => {
                self.out.push_str("<p>");
                if block.content.is_empty() {
                    // Keeps the height of an empty line, as in the editor.
                    self.out.push_str("<br>");
                }
                self.line(&block.content);
                self.out.push_str("</p>");
                ""
            }
        }
    }

    fn start(&mut self, tag: &'static str) -> &'static str {
        let _ = write!(self.out, "<{tag}>");
        tag
    }

    fn line(&mut self, nodes: &[Node]) {
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
                    if let Shape::PageLink { page, label } = &element.shape {
                        self.page_link(*page, label.as_deref());
                    } else {
                        self.out.push_str("<br>");
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
}

fn push_blocks<'n>(nodes: &'n [Node], top: bool, steps: &mut Vec<Step<'n>>) {
    for node in nodes.iter().rev() {
        if let Node::Element(element) = node {
            steps.push(Step::Block(element, top));
        }
    }
}

fn mark_tag(mark: &Mark) -> &'static str {
    match mark {
        Mark::Bold => "strong",
        Mark::Italic => "em",
        Mark::Strike => "s",
        Mark::Code => "code",
        Mark::Link { .. } => "a",
        Mark::Unknown { .. } => "span",
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h2",
        "h3",
        "h4",
        "hr",
        "li",
        "ol",
        "p",
        "s",
        "span",
        "strong",
        "ul",
    ];
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(tags))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "rel", "data-page"])),
            ("ol", HashSet::from(["start"])),
            ("h2", HashSet::from(["id"])),
            ("h3", HashSet::from(["id"])),
            ("h4", HashSet::from(["id"])),
        ]))
        .allowed_classes(HashMap::from([
            ("a", HashSet::from(["page-link"])),
            ("span", HashSet::from(["page-link-hidden"])),
        ]))
        .url_schemes(HashSet::from(HREF_SCHEMES))
        // Only our own page links are relative.
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None);
    builder
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::from_markdown;
    use crate::titles::NoTitles;

    fn page(body: Vec<Node>) -> PageContent {
        PageContent {
            body,
            ..PageContent::default()
        }
    }

    #[test]
    fn the_sanitiser_finds_nothing_to_change() {
        let markdown = "# A & B\n\n## A\n\n3. *a* **b** ~~c~~ `d` [e](https://example.org/?a=1&b=2)\n\n\
                        > \"x\" \\<b> <br> y\n\n- &nbsp;\n\n___\n\n[x](denkraum:01arz3ndektsv4rrffq69g5fav)";
        let page = page(from_markdown(markdown).0);
        let html = to_html(&page, &NoTitles).replace("&quot;", "\"");
        assert_eq!(html, render(&page, &NoTitles).replace("&quot;", "\""));
    }

    #[test]
    fn text_and_addresses_cannot_become_markup() {
        let link = Mark::Link {
            href: "https://example.org/\"onclick=\"alert(1)".to_owned(),
        };
        let html = to_html(
            &page(vec![Node::paragraph(vec![
                Node::text("<script>alert(1)</script><img src=x onerror=alert(1)>"),
                Node::marked("\"><svg onload=alert(1)>", [link]),
            ])]),
            &NoTitles,
        );
        assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<svg"));
        assert!(
            html.contains("href=\"https://example.org/&quot;onclick=&quot;alert(1)\""),
            "{html}"
        );
    }

    #[test]
    fn the_sanitiser_alone_removes_what_the_list_does_not_name() {
        let hostile = "<p onclick=x style=y class=z>a</p><img src=x><script>b</script>\
                       <a href=\"javascript:x\">c</a><a class=\"page-link evil\" target=_top>d</a>";
        assert_eq!(
            SANITISER.clean(hostile).to_string(),
            "<p>a</p><a>c</a><a class=\"page-link\">d</a>"
        );
    }
}
