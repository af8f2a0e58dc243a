//! The body of a stored document as a tree, walked without recursion.
//!
//! The walk uses only those readers of yrs that follow the items one by one: its own conversions
//! to strings recurse, and its child iterator neither passes nor ends at nodes that are not XML.

use std::collections::BTreeMap;

use yrs::branch::Branch;
use yrs::types::text::YChange;
use yrs::{Any, BranchID, Out, ReadTxn, Text as _, Xml as _, XmlFragment as _, XmlOut};
use yrs::{XmlElementRef, XmlFragmentRef, XmlTextRef};

use super::any;
use crate::document::ReadNotice;
use crate::schema::READ_DEPTH;
use crate::tree::{Attributes, Element, Mark, Node, Shape, Text};

/// An element whose content is being gathered.
struct Open {
    id: BranchID,
    shape: Shape,
    extra: Attributes,
    content: Vec<Node>,
}

/// Reads the body. `most_items` bounds the items a document of its size can have.
pub(super) fn body<T: ReadTxn>(
    txn: &T,
    body: &XmlFragmentRef,
    most_items: usize,
    notices: &mut Vec<ReadNotice>,
) -> Vec<Node> {
    let mut walker = body.successors(txn);
    let mut open: Vec<Open> = Vec::new();
    let mut out: Vec<Node> = Vec::new();
    // The walker answers `None` at its end and at a node that is not XML alike; what is expected
    // from the lengths tells the two apart, and foreign nodes are passed.
    let mut expected = u64::from(body.len(txn));
    let mut seen: u64 = 0;
    let mut strange: usize = 0;
    while seen < expected && strange <= most_items {
        let Some(node) = walker.next() else {
            strange = strange.saturating_add(1);
            continue;
        };
        seen = seen.saturating_add(1);
        let parent = parent(&node);
        while open
            .last()
            .is_some_and(|last| Some(&last.id) != parent.as_ref())
        {
            close(&mut open, &mut out, notices);
        }
        match node {
            XmlOut::Text(text) => {
                let siblings = open.last_mut().map_or(&mut out, |last| &mut last.content);
                texts(txn, &text, siblings, notices);
            }
            XmlOut::Element(element) => {
                expected = expected.saturating_add(u64::from(element.len(txn)));
                open.push(element_open(txn, &element));
            }
            XmlOut::Fragment(fragment) => {
                expected = expected.saturating_add(u64::from(fragment.len(txn)));
                open.push(unknown_open(id(fragment.as_ref()), "fragment"));
            }
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut out, notices);
    }
    if strange > 0 {
        notices.push(ReadNotice::ForeignContent);
    }
    out
}

fn id(branch: &Branch) -> BranchID {
    branch.id()
}

fn parent(node: &XmlOut) -> Option<BranchID> {
    let parent = match node {
        XmlOut::Element(element) => element.parent(),
        XmlOut::Text(text) => text.parent(),
        XmlOut::Fragment(fragment) => fragment.parent(),
    };
    parent.map(|parent| parent.id())
}

/// Puts the innermost open element into its parent; below the greatest depth only its text.
fn close(open: &mut Vec<Open>, out: &mut Vec<Node>, notices: &mut Vec<ReadNotice>) {
    let depth = open.len();
    let Some(done) = open.pop() else { return };
    let siblings = open.last_mut().map_or(out, |last| &mut last.content);
    if depth > READ_DEPTH {
        for node in done.content {
            node.push_joined(siblings);
        }
        if !notices.contains(&ReadNotice::TooDeep) {
            notices.push(ReadNotice::TooDeep);
        }
        return;
    }
    siblings.push(Node::Element(Element {
        shape: done.shape,
        extra: done.extra,
        content: done.content,
    }));
}

fn element_open<T: ReadTxn>(txn: &T, element: &XmlElementRef) -> Open {
    let id = id(element.as_ref());
    let Some(name) = element.try_tag() else {
        return unknown_open(id, "fragment");
    };
    let mut attributes = Attributes::new();
    for (key, value) in element.attributes(txn) {
        if let Out::Any(value) = value {
            attributes.insert(key.to_owned(), any::to_json(&value));
        }
    }
    let (shape, extra) = Shape::from_parts(name, attributes);
    Open {
        id,
        shape,
        extra,
        content: Vec::new(),
    }
}

fn unknown_open(id: BranchID, name: &str) -> Open {
    Open {
        id,
        shape: Shape::Unknown {
            name: name.to_owned(),
            attributes: Attributes::new(),
        },
        extra: Attributes::new(),
        content: Vec::new(),
    }
}

fn texts<T: ReadTxn>(
    txn: &T,
    text: &XmlTextRef,
    siblings: &mut Vec<Node>,
    notices: &mut Vec<ReadNotice>,
) {
    for part in text.diff(txn, YChange::identity) {
        let Out::Any(Any::String(text)) = part.insert else {
            // An object or a type inside text: nothing that a page may have.
            notices.push(ReadNotice::ForeignContent);
            continue;
        };
        // By name, so that equal marks come in an equal order from a hash map.
        let attributes: BTreeMap<_, _> = part
            .attributes
            .iter()
            .flat_map(|attributes| attributes.iter())
            .filter(|(_, value)| !matches!(value, Any::Null | Any::Undefined))
            .collect();
        let mut marks: Vec<Mark> = attributes
            .into_iter()
            .map(|(name, value)| Mark::from_parts(name, any::to_json(value)))
            .collect();
        Mark::sort(&mut marks);
        let text = text.to_string();
        Node::Text(Text { text, marks }).push_joined(siblings);
    }
}
