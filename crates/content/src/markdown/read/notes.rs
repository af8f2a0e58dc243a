//! Footnotes: references are found before their texts, so they are put together at the end.

use std::collections::HashMap;

use super::Reader;
use crate::tree::{Node, Shape};

/// The most bytes that are copied because a footnote is referred to more than once.
const MOST_COPIED: usize = 65_536;

/// The texts of footnotes by their names.
#[derive(Default)]
pub(super) struct Notes {
    texts: Vec<(Vec<Node>, bool)>,
    by_name: HashMap<String, usize>,
    copied: usize,
}

impl Notes {
    /// Keeps the blocks of a definition; of several with one name, the first counts.
    pub(super) fn define(&mut self, name: &str, blocks: &[Node]) {
        let number = self.texts.len();
        self.texts.push((words(blocks), false));
        self.by_name.entry(key(name)).or_insert(number);
    }

    /// The text of a reference.
    fn text(&mut self, name: &str) -> Vec<Node> {
        let number = self.by_name.get(&key(name));
        let Some((text, used)) = number.and_then(|number| self.texts.get_mut(*number)) else {
            return Vec::new();
        };
        if *used {
            let bytes = text.iter().map(|node| match node {
                Node::Text(text) => text.text.len(),
                Node::Element(_) => 0,
            });
            self.copied = self.copied.saturating_add(bytes.sum());
            if self.copied > MOST_COPIED {
                return Vec::new();
            }
        }
        *used = true;
        text.clone()
    }
}

impl Reader<'_> {
    /// A reference; its name stands in it until its text is known.
    pub(super) fn footnote(&mut self, name: &str) {
        let line = self.line();
        if line.page.is_none() {
            let name = vec![Node::text(name)];
            line.nodes.push(Node::element(Shape::Footnote, name));
        }
    }

    /// Puts the texts into the references. Texts that nothing refers to become paragraphs at the
    /// end.
    pub(super) fn put_in_footnotes(&mut self) {
        let mut notes = std::mem::take(&mut self.notes);
        let mut stack: Vec<&mut Node> = self.out.iter_mut().rev().collect();
        while let Some(node) = stack.pop() {
            let Node::Element(element) = node else {
                continue;
            };
            if element.shape == Shape::Footnote {
                let name = match element.content.first() {
                    Some(Node::Text(name)) => name.text.clone(),
                    _ => String::new(),
                };
                element.content = notes.text(&name);
            } else {
                stack.extend(element.content.iter_mut().rev());
            }
        }
        for (text, used) in notes.texts {
            if !used && !text.is_empty() {
                self.out.push(Node::paragraph(text));
            }
        }
    }
}

fn key(name: &str) -> String {
    name.to_lowercase()
}

/// All text of the blocks, with a space between two of them.
fn words(blocks: &[Node]) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    let mut stack: Vec<&Node> = blocks.iter().rev().collect();
    while let Some(node) = stack.pop() {
        match node {
            Node::Text(text) => Node::Text(text.clone()).push_joined(&mut out),
            Node::Element(element) => match element.shape {
                Shape::HardBreak => Node::text(" ").push_joined(&mut out),
                Shape::Footnote => {}
                Shape::Paragraph | Shape::Heading { .. } | Shape::CodeBlock { .. } => {
                    if !out.is_empty() {
                        Node::text(" ").push_joined(&mut out);
                    }
                    stack.extend(element.content.iter().rev());
                }
                _ => stack.extend(element.content.iter().rev()),
            },
        }
    }
    out
}
