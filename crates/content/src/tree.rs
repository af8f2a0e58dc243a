//! The tree of a page's body.
//!
//! Shapes and marks that the schema knows are typed; everything else is kept as it stands, so that
//! a tree can be written back. Any element may contain any node, because merges of valid documents
//! are not checked: outputs use the [`normalise`](crate::normalise)d tree.

use std::collections::BTreeMap;

use denkraum_domain::PageId;
use serde_json::{Map, Value, json};

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

/// What an element is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A paragraph of inline nodes.
    Paragraph,
    /// A heading inside the text.
    Heading {
        /// 1 to 3; 1 is the highest below the page's title.
        level: u8,
    },
    /// A list with bullets; contains list items.
    BulletList,
    /// A numbered list; contains list items.
    OrderedList {
        /// The number of the first item, 0 to 999,999.
        start: u32,
    },
    /// An item of a list; contains blocks.
    ListItem,
    /// A quotation; contains blocks.
    Blockquote,
    /// A line across.
    HorizontalRule,
    /// A line break inside a paragraph or heading.
    HardBreak,
    /// A link to a page, inline.
    PageLink {
        /// The page.
        page: PageId,
        /// A text of the writer's own instead of the page's title.
        label: Option<String>,
    },
    /// A shape that the schema does not know, or one with attributes that it does not allow.
    Unknown {
        /// The name as stored.
        name: String,
        /// The attributes as stored.
        attributes: Attributes,
    },
}

/// A mark on text.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Struck out.
    Strike,
    /// Code.
    Code,
    /// A link out of Denkraum.
    Link {
        /// The address as stored; check it with [`safe_href`](crate::safe_href) before use.
        href: String,
    },
    /// A mark that the schema does not know.
    Unknown {
        /// The name as stored.
        name: String,
        /// The attributes as stored, mostly an object.
        value: Value,
    },
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

impl Shape {
    /// The names of all known shapes.
    #[cfg(test)]
    pub(crate) const NAMES: [&'static str; 9] = [
        "paragraph",
        "heading",
        "bulletList",
        "orderedList",
        "listItem",
        "blockquote",
        "horizontalRule",
        "hardBreak",
        "pageLink",
    ];

    /// The name in the document schema.
    pub fn name(&self) -> &str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading { .. } => "heading",
            Self::BulletList => "bulletList",
            Self::OrderedList { .. } => "orderedList",
            Self::ListItem => "listItem",
            Self::Blockquote => "blockquote",
            Self::HorizontalRule => "horizontalRule",
            Self::HardBreak => "hardBreak",
            Self::PageLink { .. } => "pageLink",
            Self::Unknown { name, .. } => name,
        }
    }

    /// The attributes as stored, without extra ones.
    pub fn attributes(&self) -> Attributes {
        let one = |key: &str, value: Value| Attributes::from([(key.to_owned(), value)]);
        match self {
            Self::Heading { level } => one("level", json!(level)),
            Self::OrderedList { start } => one("start", json!(start)),
            Self::PageLink { page, label } => {
                let mut attributes = one("page", json!(page.to_string()));
                if let Some(label) = label {
                    attributes.insert("label".to_owned(), json!(label));
                }
                attributes
            }
            Self::Unknown { attributes, .. } => attributes.clone(),
            _ => Attributes::new(),
        }
    }

    /// Reads name and attributes; returns also the attributes that the schema does not know.
    /// A known name with an attribute out of bounds becomes [`Shape::Unknown`], nothing is lost.
    pub fn from_parts(name: &str, mut attributes: Attributes) -> (Self, Attributes) {
        attributes.retain(|_, value| !value.is_null());
        let Some(shape) = Self::known(name, &attributes) else {
            let name = name.to_owned();
            return (Self::Unknown { name, attributes }, Attributes::new());
        };
        for key in shape.attributes().keys() {
            attributes.remove(key);
        }
        if matches!(shape, Self::PageLink { .. }) {
            // An empty one means that there is none.
            attributes.remove("label");
        }
        (shape, attributes)
    }

    fn known(name: &str, attributes: &Attributes) -> Option<Self> {
        let number = |key: &str, default: u32| match attributes.get(key) {
            None => Some(default),
            Some(value) => whole(value),
        };
        Some(match name {
            "paragraph" => Self::Paragraph,
            "heading" => {
                let level = u8::try_from(number("level", 1)?).ok()?;
                (1..=3)
                    .contains(&level)
                    .then_some(Self::Heading { level })?
            }
            "bulletList" => Self::BulletList,
            "orderedList" => {
                let start = number("start", 1)?;
                (start <= crate::schema::MAX_START).then_some(Self::OrderedList { start })?
            }
            "listItem" => Self::ListItem,
            "blockquote" => Self::Blockquote,
            "horizontalRule" => Self::HorizontalRule,
            "hardBreak" => Self::HardBreak,
            "pageLink" => {
                let page = PageId::parse(attributes.get("page")?.as_str()?).ok()?;
                let label = match attributes.get("label") {
                    None => None,
                    Some(label) => {
                        Some(label.as_str()?.to_owned()).filter(|label| !label.is_empty())
                    }
                };
                Self::PageLink { page, label }
            }
            _ => return None,
        })
    }
}

/// A whole number, also when written as a floating point number, as JavaScript may.
fn whole(value: &Value) -> Option<u32> {
    if let Some(number) = value.as_u64() {
        return u32::try_from(number).ok();
    }
    let number = value.as_f64()?;
    let fits = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be whole and in range"
    )]
    fits.then_some(number as u32)
}

impl Mark {
    /// The names of all known marks.
    pub(crate) const NAMES: [&'static str; 5] = ["bold", "italic", "strike", "code", "link"];

    /// The name in the document schema.
    pub fn name(&self) -> &str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Strike => "strike",
            Self::Code => "code",
            Self::Link { .. } => "link",
            Self::Unknown { name, .. } => name,
        }
    }

    /// The attributes as stored: an object, empty for plain marks.
    pub fn value(&self) -> Value {
        match self {
            Self::Link { href } => json!({ "href": href }),
            Self::Unknown { value, .. } => value.clone(),
            _ => Value::Object(Map::new()),
        }
    }

    /// Reads name and attributes. The binding of the editor may write a name with `--` and eight
    /// base-64 characters; known names are recognised without them.
    pub fn from_parts(name: &str, value: Value) -> Self {
        match plain_name(name) {
            "bold" => Self::Bold,
            "italic" => Self::Italic,
            "strike" => Self::Strike,
            "code" => Self::Code,
            "link" if value.get("href").is_some_and(Value::is_string) => Self::Link {
                href: value
                    .get("href")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
            },
            _ => Self::Unknown {
                name: name.to_owned(),
                value,
            },
        }
    }

    /// The place in the order of marks on one text: that of the schema file, then unknown ones.
    pub fn rank(&self) -> usize {
        let known = Self::NAMES.iter().position(|name| *name == self.name());
        match self {
            Self::Unknown { .. } => Self::NAMES.len(),
            _ => known.unwrap_or(Self::NAMES.len()),
        }
    }

    /// Puts marks into their order and keeps one of each name.
    pub(crate) fn sort(marks: &mut Vec<Mark>) {
        marks.sort_by(|a, b| (a.rank(), a.name()).cmp(&(b.rank(), b.name())));
        marks.dedup_by(|a, b| a.name() == b.name());
    }
}

/// A mark's name without the suffix of overlapping marks.
fn plain_name(name: &str) -> &str {
    let Some((plain, suffix)) = name.rsplit_once("--") else {
        return name;
    };
    let base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    if suffix.len() == 8 && suffix.bytes().all(base64) {
        plain
    } else {
        name
    }
}
