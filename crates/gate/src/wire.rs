//! The structs of a Yjs update, version 1, as borrowed views of the bytes.
//!
//! Format: `Item.write`, `GC.write`, `Skip.write` and the `Content*` files of
//! <https://github.com/yjs/yjs/tree/v13.6.33/src/structs>. The info byte is read strictly: Yjs and
//! yrs mask different bits of it, so only values that both read alike pass.

use crate::any;
use crate::bytes::{Cursor, Malformed, utf16_units};

/// The name of one unit of content: who made it, and the how-manieth of theirs it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Id {
    pub(crate) client: u64,
    pub(crate) clock: u32,
}

/// What stands before the content of a struct.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Head<'a> {
    /// Content that was deleted and forgotten.
    Forgotten,
    /// A hole that the writer knows of.
    Skip,
    Item(ItemHead<'a>),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ItemHead<'a> {
    /// The unit to the left when it was written.
    pub(crate) left: Option<Id>,
    /// The unit to the right when it was written.
    pub(crate) right: Option<Id>,
    /// Present exactly if there is neither left nor right.
    pub(crate) parent: Option<ParentName<'a>>,
    /// The key in a map or the name of an attribute, if the parent is written out.
    pub(crate) key: Option<&'a str>,
    /// The kind of content that follows.
    pub(crate) kind: u8,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum ParentName<'a> {
    Root(&'a str),
    Node(Id),
}

/// The content of an item.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Content<'a> {
    Deleted,
    Text(&'a str),
    /// A mark that begins or, with `null`, ends here.
    Mark {
        name: &'a str,
        json: &'a str,
    },
    Element(&'a str),
    TextNode,
    /// `count` values in `Any` encoding, passed over once already.
    Values {
        count: u32,
        bytes: &'a [u8],
    },
    /// What only our own documents may hold (from a newer or older version).
    Other {
        nested: bool,
    },
}

impl Content<'_> {
    /// Bytes that this content adds to a stored document, roughly.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Text(text) | Self::Element(text) => text.len(),
            Self::Mark { name, json } => name.len() + json.len(),
            Self::Values { bytes, .. } => bytes.len(),
            Self::Deleted | Self::TextNode | Self::Other { .. } => 0,
        }
    }
}

/// What a struct begins with that is no item.
pub(crate) const FORGOTTEN: u8 = 0;
pub(crate) const SKIP: u8 = 10;

const LEFT: u8 = 0x80;
const RIGHT: u8 = 0x40;
const KEY: u8 = 0x20;
const KIND: u8 = 0x1f;

/// The longest key, mark name or root name, in bytes.
const MAX_NAME: usize = 512;
/// The longest JSON of a mark, in bytes.
const MAX_JSON: usize = 16 * 1024;

/// Reads up to the content of the next struct.
pub(crate) fn head<'a>(cursor: &mut Cursor<'a>) -> Result<Head<'a>, Malformed> {
    let info = match cursor.byte()? {
        FORGOTTEN => return Ok(Head::Forgotten),
        SKIP => return Ok(Head::Skip),
        info => info,
    };
    let left = if info & LEFT == 0 {
        None
    } else {
        Some(id(cursor)?)
    };
    let right = if info & RIGHT == 0 {
        None
    } else {
        Some(id(cursor)?)
    };
    let mut item = ItemHead {
        left,
        right,
        parent: None,
        key: None,
        kind: info & KIND,
    };
    if left.is_none() && right.is_none() {
        item.parent = Some(match cursor.number()? {
            1 => ParentName::Root(name(cursor)?),
            0 => ParentName::Node(id(cursor)?),
            _ => return cursor.fail("0 or 1 before a parent"),
        });
        if info & KEY != 0 {
            item.key = Some(name(cursor)?);
        }
    }
    Ok(Head::Item(item))
}

/// Reads the length of a forgotten stretch or a hole.
pub(crate) fn length(cursor: &mut Cursor<'_>) -> Result<u32, Malformed> {
    match cursor.clock()? {
        0 => cursor.fail("a length above zero"),
        length => Ok(length),
    }
}

/// Reads the content of an item and how many clocks it takes. `own`: the bytes are our own
/// document, which may hold content that a stranger may not bring.
pub(crate) fn content<'a>(
    cursor: &mut Cursor<'a>,
    head: &ItemHead<'_>,
    own: bool,
) -> Result<(Content<'a>, u32), Malformed> {
    let one = |content| Ok((content, 1));
    match head.kind {
        1 => Ok((Content::Deleted, length(cursor)?)),
        4 => match cursor.text()? {
            "" => cursor.fail("a text that is not empty"),
            text => Ok((Content::Text(text), utf16_units(text))),
        },
        6 => {
            let name = name(cursor)?;
            let json = cursor.text()?;
            if json.len() > MAX_JSON {
                return cursor.fail("a shorter mark");
            }
            one(Content::Mark { name, json })
        }
        7 => match cursor.number()? {
            3 => one(Content::Element(name(cursor)?)),
            6 => one(Content::TextNode),
            0..=2 | 4 if own => one(Content::Other { nested: true }),
            _ => cursor.fail("an element or a text node"),
        },
        8 => {
            let count = cursor.count(1)?;
            let start = cursor.at();
            for _ in 0..count {
                any::skip(cursor)?;
            }
            match u32::try_from(count) {
                Ok(count) if count > 0 => Ok((
                    Content::Values {
                        count,
                        bytes: cursor.since(start),
                    },
                    count,
                )),
                _ => cursor.fail("at least one value"),
            }
        }
        2 if own => {
            let count = cursor.count(1)?;
            for _ in 0..count {
                cursor.text()?;
            }
            match u32::try_from(count) {
                Ok(count) if count > 0 => Ok((Content::Other { nested: false }, count)),
                _ => cursor.fail("at least one value"),
            }
        }
        3 | 5 if own => {
            cursor.buffer()?;
            one(Content::Other { nested: false })
        }
        _ => cursor.fail("a kind of content that a page may hold"),
    }
}

/// Reads a client id.
pub(crate) fn client(cursor: &mut Cursor<'_>) -> Result<u64, Malformed> {
    cursor.number()
}

fn id(cursor: &mut Cursor<'_>) -> Result<Id, Malformed> {
    Ok(Id {
        client: client(cursor)?,
        clock: cursor.clock()?,
    })
}

fn name<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, Malformed> {
    match cursor.text()? {
        name if name.is_empty() || name.len() > MAX_NAME => cursor.fail("a name of 1 to 512 bytes"),
        name => Ok(name),
    }
}
