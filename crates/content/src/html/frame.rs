//! Blocks that say what they are: tasks, cells, collapsible blocks, callouts and the blocks of the
//! professionals' own.

use std::fmt::Write as _;

use super::{Renderer, escape};
use crate::tree::{Day, Node, Shape, Span};

impl<'n> Renderer<'n> {
    /// A callout or a block of the professionals' own, with a line that says what it is; two elements
    /// are open then.
    pub(super) fn open_frame(&mut self, tag: &str, shape: &Shape) {
        let _ = write!(self.out, "<{tag} data-block=\"{}\"", shape.name());
        for (name, value) in shape.attributes() {
            self.attribute(&format!("data-{name}"), value.as_str());
        }
        self.out.push_str("><div class=\"frame-head\">");
        let labels = self.titles.labels();
        if let Some(label) = labels.of(shape) {
            self.out.push_str("<span class=\"frame-label\">");
            escape(label, &mut self.out);
            self.out.push_str("</span>");
            self.details(shape);
        }
        self.out.push_str("</div><div class=\"frame-body\">");
    }

    /// What is known about a block besides its content, as far as it is given.
    fn details(&mut self, shape: &Shape) {
        let labels = self.titles.labels();
        let details: Vec<String> = match shape {
            Shape::FamilyVoice {
                method,
                consent,
                month,
            } => {
                let consent = consent.map(|consent| labels.consent(consent).to_owned());
                let month = month.map(|month| labels.month(month));
                [method.clone(), month, consent]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Shape::Agreement { who, until } => {
                let until = until.map(|until| format!("{} {}", labels.until, labels.day(until)));
                [who.clone(), until].into_iter().flatten().collect()
            }
            _ => Vec::new(),
        };
        if !details.is_empty() {
            self.out.push_str(" <span class=\"frame-details\">");
            escape(&details.join(" · "), &mut self.out);
            self.out.push_str("</span>");
        }
    }

    /// A task with a box that says, also in a word, whether it is done; two elements are open then.
    pub(super) fn open_task(&mut self, task: &Shape) {
        let checked = matches!(task, Shape::TaskItem { checked: true, .. });
        let _ = write!(self.out, "<li data-checked=\"{checked}\"");
        for (name, value) in task.attributes() {
            self.attribute(&format!("data-{name}"), value.as_str());
        }
        self.out.push_str("><input type=\"checkbox\" disabled=\"\"");
        if checked {
            self.out.push_str(" checked=\"\"");
        }
        let [done, open] = self.titles.labels().task;
        self.attribute("aria-label", Some(if checked { done } else { open }));
        self.out.push_str("><div>");
    }

    /// Who does the task and by when, and its end.
    pub(super) fn close_task(&mut self, task: &Shape) {
        self.out.push_str("</div>");
        if let Shape::TaskItem { person, due, .. } = task
            && (person.is_some() || due.is_some())
        {
            self.out.push_str("<span class=\"duty\">");
            if let Some(person) = person {
                escape(person, &mut self.out);
            }
            if let Some(due) = due {
                if person.is_some() {
                    self.out.push_str(" · ");
                }
                self.time(*due);
            }
            self.out.push_str("</span>");
        }
        self.out.push_str("</li>");
    }

    fn time(&mut self, day: Day) {
        let labels = self.titles.labels();
        let _ = write!(self.out, "<time datetime=\"{day}\">");
        escape(labels.until, &mut self.out);
        self.out.push(' ');
        escape(&labels.day(day), &mut self.out);
        self.out.push_str("</time>");
    }

    pub(super) fn open_cell(&mut self, tag: &str, span: &Span) {
        let _ = write!(self.out, "<{tag}");
        for (name, count) in [("colspan", span.columns), ("rowspan", span.rows)] {
            if count != 1 {
                let _ = write!(self.out, " {name}=\"{count}\"");
            }
        }
        self.out.push('>');
    }

    /// A collapsible with its first block as what is always seen; returns the blocks after it. A
    /// first block that is no line of text stays inside. It comes open, as everywhere: nobody
    /// overlooks what is in it, and it is searched and printed.
    pub(super) fn open_collapsible(&mut self, blocks: &'n [Node]) -> &'n [Node] {
        let (first, rest) = match blocks.split_first() {
            Some((Node::Element(first), rest))
                if matches!(first.shape, Shape::Paragraph | Shape::Heading { .. })
                    && !first.content.is_empty() =>
            {
                (Some(first), rest)
            }
            _ => (None, blocks),
        };
        self.out
            .push_str("<details data-block=\"collapsible\" open=\"\">");
        let start = if first.is_some() {
            "<summary>"
        } else {
            "<summary class=\"fold-label\">"
        };
        self.out.push_str(start);
        match first.map(|first| (&first.shape, &first.content)) {
            Some((Shape::Heading { level }, line)) => self.heading(*level, line, false),
            Some((_, line)) => self.line(line),
            None => escape(self.titles.labels().more, &mut self.out),
        }
        self.out.push_str("</summary>");
        rest
    }
}
