//! Writing trees and values into a document, in the form in which the editor writes them.

use std::sync::Arc;

use yrs::types::xml::{XmlDeltaPrelim, XmlIn};
use yrs::types::{Attrs, Delta};
use yrs::{Any, In, Number, TransactionMut, Xml as _, XmlElementPrelim, XmlElementRef};
use yrs::{XmlFragment as _, XmlFragmentRef};

use super::any;
use crate::page::Scalar;
use crate::tree::{Element, Node, Shape};

/// Inserts nodes among the children of the body. Walks without recursion.
///
/// Siblings are made from the last to the first, each before the one made before it: yrs walks to
/// an index from the start, so that the other way round the time would grow with the square of
/// their number.
pub(super) fn insert(txn: &mut TransactionMut<'_>, body: &XmlFragmentRef, at: u32, nodes: &[Node]) {
    let mut todo: Vec<(XmlElementRef, &Element)> = Vec::new();
    for child in children(nodes).into_iter().rev() {
        match child {
            Child::Text(text) => {
                body.insert(txn, at, text);
            }
            Child::Element(element) => {
                let made = body.insert(txn, at, start(element));
                attributes(txn, &made, element);
                todo.push((made, element));
            }
        }
    }
    while let Some((parent, element)) = todo.pop() {
        let inside = children(&element.content);
        if inside.is_empty() && holds_text(&element.shape) {
            // Two people who begin to write in the same empty block need one text to write in:
            // otherwise the editor of each makes a text of its own and letters come twice.
            parent.push_back(txn, XmlIn::Text(XmlDeltaPrelim::default()));
        }
        for child in inside.into_iter().rev() {
            match child {
                Child::Text(text) => {
                    parent.insert(txn, 0, text);
                }
                Child::Element(element) => {
                    let made = parent.insert(txn, 0, start(element));
                    attributes(txn, &made, element);
                    todo.push((made, element));
                }
            }
        }
    }
}

fn holds_text(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Paragraph | Shape::Heading { .. } | Shape::CodeBlock { .. } | Shape::Footnote
    )
}

fn start(element: &Element) -> XmlElementPrelim {
    XmlElementPrelim::empty(element.shape.name())
}

fn attributes(txn: &mut TransactionMut<'_>, made: &XmlElementRef, element: &Element) {
    let mut attributes = element.extra.clone();
    attributes.extend(element.shape.attributes());
    for (key, value) in attributes {
        made.insert_attribute(txn, key, any::from_json(&value));
    }
}

/// A child as it is stored: neighbouring texts are one text with formats.
enum Child<'a> {
    Element(&'a Element),
    Text(XmlIn),
}

fn children(nodes: &[Node]) -> Vec<Child<'_>> {
    let mut children = Vec::with_capacity(nodes.len());
    let mut run: Vec<Delta<In>> = Vec::new();
    for node in nodes {
        match node {
            Node::Text(text) if text.text.is_empty() => {}
            Node::Text(text) => {
                let marks: Attrs = text
                    .marks
                    .iter()
                    .map(|mark| (Arc::from(mark.name()), any::from_json(&mark.value())))
                    .collect();
                let marks = (!marks.is_empty()).then(|| Box::new(marks));
                run.push(Delta::Inserted(In::from(text.text.clone()), marks));
            }
            Node::Element(element) => {
                flush(&mut run, &mut children);
                children.push(Child::Element(element));
            }
        }
    }
    flush(&mut run, &mut children);
    children
}

fn flush(run: &mut Vec<Delta<In>>, children: &mut Vec<Child<'_>>) {
    if !run.is_empty() {
        let text = XmlDeltaPrelim {
            delta: std::mem::take(run),
            ..XmlDeltaPrelim::default()
        };
        children.push(Child::Text(XmlIn::Text(text)));
    }
}

/// A field's value as it is stored.
pub(super) fn scalar(value: &Scalar) -> Any {
    match value {
        Scalar::Bool(value) => Any::Bool(*value),
        Scalar::Number(number) => Any::Number(Number::try_i64(*number)),
        Scalar::Text(text) => Any::from(text.as_str()),
    }
}
