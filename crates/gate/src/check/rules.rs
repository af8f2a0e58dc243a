//! What may stand where.

use super::place::Place;
use super::{Check, Trust};
use crate::any::{self, Plain};
use crate::bytes::Cursor;
use crate::gate::{Holder, Node};
use crate::known::{Kind, NO_KEY};
use crate::mark;
use crate::schema::{ScalarShape, Shape};
use crate::verdict::{RefusedReason, Rejection};
use crate::wire::Content;

/// The longest text that the server itself may put into `meta`, in characters.
const META_CHARS: u32 = 200;

impl Check<'_> {
    /// Whether `content` may stand at `place`, and as what. `units`: how many clocks of it are new.
    pub(super) fn settle(
        &mut self,
        place: Place,
        content: &Content<'_>,
        units: u32,
        at: usize,
    ) -> Result<Kind, Rejection> {
        let parent = self.node(place.parent);
        if self.trust != Trust::Stored {
            self.allowed(parent, place.key, content, at)?;
        }
        let depth = parent.depth.saturating_add(1);
        Ok(match content {
            Content::Deleted => Kind::Deleted,
            Content::Element(name) => {
                let holder = self
                    .schema
                    .node(name)
                    .map_or(Holder::Unknown, Holder::Element);
                Kind::Node(self.add_node(Node::new(holder, depth)))
            }
            Content::TextNode => Kind::Node(self.add_node(Node::new(Holder::TextNode, depth))),
            Content::Other { nested: true } => {
                Kind::Node(self.add_node(Node::new(Holder::Unknown, depth)))
            }
            Content::Text(_)
            | Content::Mark { .. }
            | Content::Values { .. }
            | Content::Other { .. } => {
                self.grow(place.parent, i64::from(units));
                Kind::Leaf
            }
        })
    }

    fn allowed(
        &self,
        parent: Node,
        key: u32,
        content: &Content<'_>,
        at: usize,
    ) -> Result<(), Rejection> {
        let key = (key != NO_KEY).then(|| self.key_text(key));
        let known = match parent.holder {
            Holder::Gone => true,
            Holder::Unknown => matches!(content, Content::Deleted),
            Holder::Title | Holder::Field => {
                key.is_none() && matches!(content, Content::Text(_) | Content::Deleted)
            }
            Holder::Values => return self.field(key, content, at),
            Holder::Meta => return self.meta(key, content, at),
            Holder::TextNode => match (key, content) {
                (None, Content::Text(_) | Content::Deleted) => true,
                (None, Content::Mark { name, json }) => return self.mark(name, json, at),
                _ => false,
            },
            Holder::Body if key.is_none() => {
                return self.child(&self.schema.body, false, parent, content, at);
            }
            Holder::Body => false,
            Holder::Element(node) => {
                let Some(rule) = self.schema.rule(node) else {
                    return Err(RefusedReason::Node { at }.into());
                };
                return match key {
                    Some(key) => self.attribute(rule.attributes.get(key), content, at),
                    None => self.child(&rule.children, rule.text, parent, content, at),
                };
            }
        };
        if known {
            Ok(())
        } else {
            Err(RefusedReason::Content { at }.into())
        }
    }

    /// A child of the body or of an element. [G-10, G-11]
    fn child(
        &self,
        children: &[bool],
        text: bool,
        parent: Node,
        content: &Content<'_>,
        at: usize,
    ) -> Result<(), Rejection> {
        match content {
            Content::Deleted => Ok(()),
            Content::TextNode if text => Ok(()),
            Content::Element(name) => {
                let known = self
                    .schema
                    .node(name)
                    .and_then(|node| children.get(usize::from(node)));
                if known != Some(&true) {
                    return Err(RefusedReason::Node { at }.into());
                }
                let limit = self.schema.limits().depth;
                if parent.depth >= limit {
                    return Err(RefusedReason::Depth { at, limit }.into());
                }
                Ok(())
            }
            _ => Err(RefusedReason::Content { at }.into()),
        }
    }

    /// A mark begins with its attributes and ends with `null`. [G-13, G-14]
    fn mark(&self, name: &str, json: &str, at: usize) -> Result<(), Rejection> {
        let known = self
            .schema
            .mark(name)
            .is_some_and(|attributes| mark::is_allowed(json, attributes, &self.schema.schemes));
        if known {
            Ok(())
        } else {
            Err(RefusedReason::Mark { at }.into())
        }
    }

    /// An attribute of an element. Its earlier values may come along, merged into one struct. [G-12]
    fn attribute(
        &self,
        shape: Option<&Shape>,
        content: &Content<'_>,
        at: usize,
    ) -> Result<(), Rejection> {
        let refused = Err(RefusedReason::Attribute { at }.into());
        match (shape, content) {
            (Some(_), Content::Deleted) => Ok(()),
            (Some(shape), Content::Values { count, bytes }) => {
                let mut cursor = Cursor::new(bytes, 0);
                for _ in 0..*count {
                    if !self.fits(shape, &mut cursor)? {
                        return refused;
                    }
                }
                Ok(())
            }
            _ => refused,
        }
    }

    fn fits(&self, shape: &Shape, cursor: &mut Cursor<'_>) -> Result<bool, Rejection> {
        match shape {
            Shape::Scalar(shape) => {
                let value = any::plain(cursor)?;
                Ok(value.is_some_and(|value| shape.accepts(value, &self.schema.schemes)))
            }
            Shape::List(list) => {
                let Some(count) = any::open_list(cursor)? else {
                    return Ok(false);
                };
                if count > list.count as usize {
                    return Ok(false);
                }
                for _ in 0..count {
                    if !any::plain(cursor)?.is_some_and(|value| list.bounds.accepts(value)) {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
        }
    }

    /// A field of the page. [G-15]
    fn field(&self, key: Option<&str>, content: &Content<'_>, at: usize) -> Result<(), Rejection> {
        let known = match (key, content) {
            (Some(key), Content::Deleted) => self.schema.field_key(key),
            (Some(key), Content::Values { count, bytes }) => {
                plain_values(*count, bytes, |value| self.schema.field_value(key, value))?
            }
            _ => false,
        };
        if known {
            Ok(())
        } else {
            Err(RefusedReason::Field { at }.into())
        }
    }

    /// What the server notes of the page: plain values. [G-16]
    fn meta(&self, key: Option<&str>, content: &Content<'_>, at: usize) -> Result<(), Rejection> {
        if self.trust == Trust::Person {
            return Err(RefusedReason::Root { at }.into());
        }
        let text = ScalarShape::Text {
            max: META_CHARS,
            format: crate::schema::Format::Any,
        };
        let known = match (key, content) {
            (Some(_), Content::Deleted) => true,
            (Some(_), Content::Values { count, bytes }) => plain_values(*count, bytes, |value| {
                [&text, &ScalarShape::Number, &ScalarShape::Boolean]
                    .iter()
                    .any(|shape| shape.accepts(value, &[]))
            })?,
            _ => false,
        };
        if known {
            Ok(())
        } else {
            Err(RefusedReason::Field { at }.into())
        }
    }
}

fn plain_values(
    count: u32,
    bytes: &[u8],
    accepts: impl Fn(Plain<'_>) -> bool,
) -> Result<bool, Rejection> {
    let mut cursor = Cursor::new(bytes, 0);
    for _ in 0..count {
        if !any::plain(&mut cursor)?.is_some_and(&accepts) {
            return Ok(false);
        }
    }
    Ok(true)
}
