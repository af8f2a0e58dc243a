//! Containers, and what stands in them besides lines of text.

use super::{Notice, Reader};
use crate::schema::WRITE_DEPTH;
use crate::tree::{Node, Shape};

/// The most containers inside each other that are opened; deeper ones give their content.
const MOST_OPEN: usize = 2 * WRITE_DEPTH;

/// A container that is being gathered.
pub(super) struct Open {
    pub(super) shape: Shape,
    pub(super) content: Vec<Node>,
    from: From,
}

/// What opened a container.
#[derive(PartialEq, Eq)]
enum From {
    Markdown,
    /// A tag; ends with the container of Markdown around it at the latest.
    Html,
    /// The definition of a footnote with this name.
    Definition(String),
}

impl Reader<'_> {
    /// Opens a container of Markdown, unless it would lie too deep.
    pub(super) fn begin(&mut self, shape: Shape) {
        let opened = self.open_as(shape, From::Markdown);
        self.began.push(opened);
    }

    /// Opens what the definition of a footnote holds.
    pub(super) fn begin_definition(&mut self, name: &str) {
        let opened = self.open_as(Shape::Footnote, From::Definition(name.to_owned()));
        self.began.push(opened);
    }

    /// Opens a container that a tag began.
    pub(super) fn begin_html(&mut self, shape: Shape) {
        self.open_as(shape, From::Html);
    }

    fn open_as(&mut self, shape: Shape, from: From) -> bool {
        self.end_paragraph();
        if self.open.len().saturating_add(1) >= WRITE_DEPTH {
            self.notice(Notice::TooDeep);
        }
        let fits = self.open.len() < MOST_OPEN;
        if fits {
            self.open.push(Open {
                shape,
                content: Vec::new(),
                from,
            });
        }
        fits
    }

    /// Ends a container of Markdown, with what tags left open in it.
    pub(super) fn end_container(&mut self) {
        self.end_paragraph();
        if self.began.pop() != Some(true) {
            return;
        }
        while self.open.last().is_some_and(|open| open.from == From::Html) {
            self.close();
        }
        self.close();
    }

    /// Ends containers that tags began up to the innermost of a sort, that one too if `with` is
    /// set. False when there is none, or not since the last container of Markdown began.
    pub(super) fn end_html_to(&mut self, sort: &dyn Fn(&Shape) -> bool, with: bool) -> bool {
        let since = self
            .open
            .iter()
            .rev()
            .take_while(|open| open.from == From::Html);
        let Some(above) = since.map(|open| &open.shape).position(sort) else {
            return false;
        };
        self.end_paragraph();
        for _ in 0..above.saturating_add(usize::from(with)) {
            self.close();
        }
        true
    }

    /// Ends everything.
    pub(super) fn end_all(&mut self) {
        self.end_paragraph();
        while !self.open.is_empty() {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(mut open) = self.open.pop() else {
            return;
        };
        if let From::Definition(name) = &open.from {
            return self.notes.define(name, &open.content);
        }
        let task = |node: &Node| matches!(node.shape(), Some(Shape::TaskItem { .. }));
        let list = matches!(open.shape, Shape::BulletList | Shape::OrderedList { .. });
        if list && open.content.iter().any(task) {
            open.shape = Shape::TaskList;
        }
        self.push(Node::element(open.shape, open.content));
    }

    pub(super) fn push(&mut self, block: Node) {
        match self.open.last_mut() {
            Some(open) => open.content.push(block),
            None => self.out.push(block),
        }
    }

    /// The item around it is a task.
    pub(super) fn task(&mut self, checked: bool) {
        if let Some(open) = self.open.last_mut()
            && open.shape == Shape::ListItem
        {
            open.shape = Shape::TaskItem {
                checked,
                person: None,
                due: None,
            };
        }
    }

    /// Whether the open line is the first paragraph of a task.
    pub(super) fn begins_task(&self) -> bool {
        let paragraph = self.line.as_ref().and_then(|line| line.shape.as_ref());
        matches!(paragraph, None | Some(Shape::Paragraph))
            && self.open.last().is_some_and(|open| {
                matches!(open.shape, Shape::TaskItem { .. }) && open.content.is_empty()
            })
    }

    /// Adds what a task said. [M-7]
    pub(super) fn say(&mut self, said: Shape) {
        let Shape::TaskItem { person, due, .. } = said else {
            return;
        };
        if let Some(Open {
            shape:
                Shape::TaskItem {
                    person: to,
                    due: until,
                    ..
                },
            ..
        }) = self.open.last_mut()
        {
            *to = person;
            *until = due;
        }
    }

    /// Ends a code block, which is a container of one text.
    pub(super) fn end_code_block(&mut self) {
        let raw = self.raw.take().unwrap_or_default();
        let code = raw.strip_suffix('\n').unwrap_or(&raw);
        let opened = self.began.last() == Some(&true);
        if let Some(open) = self.open.last_mut().filter(|_| opened) {
            Node::text(code).push_joined(&mut open.content);
        } else if !code.is_empty() {
            self.push(Node::paragraph(vec![Node::text(code)]));
        }
        self.end_container();
    }
}
