//! HTML for reading.
//!
//! The renderer writes only the tags that the sanitiser's list names and escapes everything else;
//! what it wrote then passes the sanitiser, so that a mistake here cannot become a hole. The editor
//! shows blocks with the same class names and data attributes, so that one style sheet fits both.

mod frame;
mod line;
mod sanitise;

use std::fmt::Write as _;

use crate::normal::normalise;
use crate::outline::HeadingIds;
use crate::page::PageContent;
use crate::titles::Titles;
use crate::tree::{Element, Node, Shape};
use sanitise::SANITISER;

/// The body as HTML for one reader. The page's title is the `h1` outside, so headings are `h2` to
/// `h4`, with the ids of [`outline`](crate::outline()). A page link is
/// `<a class="page-link" data-page="ID" href="/seiten/ID">`, without access a
/// `<span class="page-link-hidden">`. Footnotes are numbered and stand at the end.
pub fn to_html(content: &PageContent, titles: &dyn Titles) -> String {
    SANITISER.clean(&render(content, titles)).to_string()
}

/// What the renderer writes, before the sanitiser.
fn render(content: &PageContent, titles: &dyn Titles) -> String {
    let body = normalise(&content.body);
    let mut renderer = Renderer {
        out: String::new(),
        ids: HeadingIds::default(),
        titles,
        notes: Vec::new(),
    };
    renderer.blocks(&body);
    renderer.footnotes();
    renderer.out
}

struct Renderer<'n> {
    out: String,
    ids: HeadingIds,
    titles: &'n dyn Titles,
    /// The texts of the footnotes so far.
    notes: Vec<&'n [Node]>,
}

/// What is still to be written.
enum Step<'n> {
    Block(&'n Element, bool),
    Close(&'static str),
    /// The end of a task, with its person and day.
    CloseTask(&'n Shape),
}

impl<'n> Renderer<'n> {
    /// Walks the blocks without recursion; only headings outside other blocks have an id.
    fn blocks(&mut self, body: &'n [Node]) {
        let mut steps: Vec<Step<'n>> = Vec::new();
        push_blocks(body, true, &mut steps);
        while let Some(step) = steps.pop() {
            match step {
                Step::Close(tag) => {
                    let _ = write!(self.out, "</{tag}>");
                }
                Step::CloseTask(task) => self.close_task(task),
                Step::Block(block, top) => self.open(block, top, &mut steps),
            }
        }
    }

    /// Writes the start of a block and leaves what is inside and its end to the next steps; lines
    /// of text are written whole.
    fn open(&mut self, block: &'n Element, top: bool, steps: &mut Vec<Step<'n>>) {
        let mut inside = block.content.as_slice();
        match &block.shape {
            Shape::Heading { level } => return self.heading(*level, &block.content, top),
            Shape::HorizontalRule => return self.out.push_str("<hr>"),
            Shape::CodeBlock { language } => {
                return self.code_block(language.as_deref(), &block.content);
            }
            Shape::BulletList => self.start("ul", steps),
            Shape::OrderedList { start: 1 } => self.start("ol", steps),
            Shape::OrderedList { start } => {
                let _ = write!(self.out, "<ol start=\"{start}\">");
                steps.push(Step::Close("ol"));
            }
            Shape::ListItem => self.start("li", steps),
            Shape::TaskList => {
                self.out.push_str("<ul class=\"tasks\">");
                steps.push(Step::Close("ul"));
            }
            Shape::TaskItem { .. } => {
                self.open_task(&block.shape);
                steps.push(Step::CloseTask(&block.shape));
            }
            Shape::Blockquote => self.start("blockquote", steps),
            Shape::Table => {
                // Wider than the screen, the table moves sideways in its box.
                self.out
                    .push_str("<div class=\"table-scroll\"><table><tbody>");
                steps.push(Step::Close("div"));
                steps.push(Step::Close("table"));
                steps.push(Step::Close("tbody"));
            }
            Shape::TableRow => self.start("tr", steps),
            Shape::TableCell { header, span } => {
                let tag = if *header { "th" } else { "td" };
                self.open_cell(tag, span);
                steps.push(Step::Close(tag));
            }
            Shape::Collapsible => {
                inside = self.open_collapsible(inside);
                steps.push(Step::Close("details"));
            }
            Shape::Callout { .. } => {
                self.open_frame("aside", &block.shape);
                steps.push(Step::Close("aside"));
                steps.push(Step::Close("div"));
            }
            shape if shape.frame().is_some() => {
                self.open_frame("section", shape);
                steps.push(Step::Close("section"));
                steps.push(Step::Close("div"));
            }
            _ => return self.paragraph(&block.content),
        }
        push_blocks(inside, false, steps);
    }

    fn start(&mut self, tag: &'static str, steps: &mut Vec<Step<'n>>) {
        let _ = write!(self.out, "<{tag}>");
        steps.push(Step::Close(tag));
    }

    fn heading(&mut self, level: u8, content: &'n [Node], top: bool) {
        let tag = match level {
            1 => "h2",
            2 => "h3",
            _ => "h4",
        };
        let _ = write!(self.out, "<{tag}");
        if top {
            let id = self.ids.next(content);
            let _ = write!(self.out, " id=\"{id}\"");
        }
        self.out.push('>');
        self.line(content);
        let _ = write!(self.out, "</{tag}>");
    }

    fn paragraph(&mut self, content: &'n [Node]) {
        self.out.push_str("<p>");
        if content.is_empty() {
            // Keeps the height of an empty line, as in the editor.
            self.out.push_str("<br>");
        }
        self.line(content);
        self.out.push_str("</p>");
    }

    fn code_block(&mut self, language: Option<&str>, content: &[Node]) {
        self.out.push_str("<pre><code");
        self.attribute("data-language", language);
        self.out.push('>');
        for node in content {
            if let Node::Text(text) = node {
                escape(&text.text, &mut self.out);
            }
        }
        self.out.push_str("</code></pre>");
    }

    /// An attribute, if it is given.
    fn attribute(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            let _ = write!(self.out, " {name}=\"");
            escape(value, &mut self.out);
            self.out.push('"');
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::from_markdown;
    use crate::titles::NoTitles;
    use crate::tree::Mark;

    fn page(body: Vec<Node>) -> PageContent {
        PageContent {
            body,
            ..PageContent::default()
        }
    }

    #[test]
    fn the_sanitiser_finds_nothing_to_change() {
        let markdown = "# A & B\n\n## A\n\n3. *a* **b** ~~c~~ `d` [e](https://example.org/?a=1&b=2)\n\n\
                        > \"x\" \\<b> <br> y\n\n- &nbsp;\n\n___\n\n[x](denkraum:01arz3ndektsv4rrffq69g5fav)\n\n\
                        - [x] Anruf {person=\"Jugendamt\" due=\"2024-03-01\"}\n- [ ] <mark>a</mark>[^1]\n\n\
                        > [!WARNING]\n> <sup>b</sup> <sub>c</sub>\n\n> [!collapsible]\n> mehr\n>\n> davon\n\n\
                        > [!collapsible]\n>\n> - x\n\n```rust\n\na<b\n```\n\n| a | b |\n| --- | --- |\n| c | d |\n\n\
                        > [!familyVoice method=\"Gespräch\" consent=\"written\" month=\"2024-03\"]\n> \u{201e}ja\u{201c}\n\n\
                        > [!agreement who=\"Amt\" until=\"2024-06-30\"]\n> a\n\n<table>\n<tr>\n<td colspan=\"2\" \
                        rowspan=\"3\">\n\nx\n\n</td>\n</tr>\n</table>\n\n> [!insight]\n> x\n\n[^1]: eine *Quelle*";
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
