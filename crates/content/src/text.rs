//! Plain text: one line for each paragraph, heading and line break.

use crate::normal::normalise;
use crate::page::PageContent;
use crate::titles::{NoTitles, Titles, one_line, shown};
use crate::tree::{Node, Shape};

/// What stands for a page link in text that belongs to no reader: its title is looked up for each
/// reader and its own text is shown only to those with access.
pub(crate) const LINK_GAP: &str = "…";

/// The body as plain text, the same for every reader: page links are a gap (`…`).
pub fn to_text(content: &PageContent) -> String {
    to_text_for(content, &NoTitles)
}

/// The body as plain text for one reader; page links without access are a gap (`…`).
pub fn to_text_for(content: &PageContent, titles: &dyn Titles) -> String {
    let mut lines = Vec::new();
    for block in &normalise(&content.body) {
        block_lines(block, titles, &mut lines);
    }
    lines.join("\n")
}

/// The lines of one block of a normal tree; empty lines are left out. The texts of footnotes follow
/// at the end of their block; who does a task or agreed to something follows what it is about.
pub(crate) fn block_lines(block: &Node, titles: &dyn Titles, lines: &mut Vec<String>) {
    body_lines(block, titles, lines, true);
}

/// Like [`block_lines`], without the texts of footnotes.
pub(crate) fn block_lines_without_notes(
    block: &Node,
    titles: &dyn Titles,
    lines: &mut Vec<String>,
) {
    body_lines(block, titles, lines, false);
}

fn body_lines(block: &Node, titles: &dyn Titles, lines: &mut Vec<String>, notes: bool) {
    if let Some(Shape::Paragraph | Shape::Heading { .. } | Shape::CodeBlock { .. }) = block.shape()
    {
        let text = inline_text(block.content(), titles);
        let whole = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.extend(whole.map(ToOwned::to_owned));
        if notes {
            note_lines(block, lines);
        }
        return;
    }
    for child in block.content() {
        body_lines(child, titles, lines, notes);
    }
    if let Some(
        Shape::TaskItem {
            person: Some(name), ..
        }
        | Shape::Agreement {
            who: Some(name), ..
        },
    ) = block.shape()
    {
        lines.push(name.clone());
    }
}

/// The texts of the footnotes in a line of text, each on its own line.
pub(crate) fn note_lines(block: &Node, lines: &mut Vec<String>) {
    for node in block.content() {
        if node.shape() == Some(&Shape::Footnote) {
            let text = one_line(&inline_text(node.content(), &NoTitles));
            lines.extend(Some(text).filter(|text| !text.is_empty()));
        }
    }
}

/// The text of inline nodes; a line break is a line feed, footnotes are left out.
pub(crate) fn inline_text(nodes: &[Node], titles: &dyn Titles) -> String {
    let mut out = String::new();
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(&text.text),
            Node::Element(element) => match &element.shape {
                Shape::PageLink { page, label } => match shown(*page, label.as_deref(), titles) {
                    Some(text) => out.push_str(&text),
                    None => out.push_str(LINK_GAP),
                },
                Shape::Footnote => {}
                _ => out.push('\n'),
            },
        }
    }
    out
}
