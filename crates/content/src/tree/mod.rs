//! The tree of a page's body.
//!
//! Shapes and marks that the schema knows are typed; everything else is kept as it stands, so that
//! a tree can be written back. Any element may contain any node, because merges of valid documents
//! are not checked: outputs use the [`normalise`](crate::normalise)d tree.

mod frame;
mod mark;
mod shape;
mod stored;
mod value;

use std::collections::BTreeMap;

use serde_json::Value;

pub(crate) use frame::{FRAMES, Frame};
pub use mark::Mark;
pub use shape::Shape;
pub use value::{Consent, Day, Month, Span, Tone};

/// Attributes by name.
pub type Attributes = BTreeMap<String, Value>;

/// A node: text, or an element with nodes inside.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Text with its marks.
    Text(Text),
    /// Anything else.
    Element(Element),
}

/// A stretch of text with the same marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// The characters, never empty in a tree that was read.
    pub text: String,
    /// The marks, each at most once, in the order of [`Mark::rank`].
    pub marks: Vec<Mark>,
}

/// An element.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// What it is, with the attributes that the schema knows.
    pub shape: Shape,
    /// Attributes that the schema does not know.
    pub extra: Attributes,
    /// What stands inside.
    pub content: Vec<Node>,
}

impl Node {
    /// Text without marks.
    pub fn text(text: impl Into<String>) -> Self {
        Self::marked(text, [])
    }

    /// Text with marks, which are put into their order.
    pub fn marked(text: impl Into<String>, marks: impl IntoIterator<Item = Mark>) -> Self {
        let mut marks: Vec<Mark> = marks.into_iter().collect();
        Mark::sort(&mut marks);
        Self::Text(Text {
            text: text.into(),
            marks,
        })
    }

    /// An element with content.
    pub fn element(shape: Shape, content: Vec<Node>) -> Self {
        Self::Element(Element {
            shape,
            extra: Attributes::new(),
            content,
        })
    }

    /// A paragraph.
    pub fn paragraph(content: Vec<Node>) -> Self {
        Self::element(Shape::Paragraph, content)
    }

    /// The shape of an element.
    pub fn shape(&self) -> Option<&Shape> {
        match self {
            Self::Text(_) => None,
            Self::Element(element) => Some(&element.shape),
        }
    }

    /// The nodes inside; none for text.
    pub fn content(&self) -> &[Node] {
        match self {
            Self::Text(_) => &[],
            Self::Element(element) => &element.content,
        }
    }

    /// Appends to a list of siblings; text with the marks of the text before it is joined to it,
    /// empty text is left out.
    pub(crate) fn push_joined(self, siblings: &mut Vec<Node>) {
        match self {
            Self::Text(new) if new.text.is_empty() => {}
            Self::Text(new) => match siblings.last_mut() {
                Some(Self::Text(last)) if last.marks == new.marks => last.text.push_str(&new.text),
                _ => siblings.push(Self::Text(new)),
            },
            element @ Self::Element(_) => siblings.push(element),
        }
    }
}
