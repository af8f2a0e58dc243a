//! Marks on text.

use serde_json::{Map, Value, json};

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
    /// Marked as with a highlighter.
    Highlight,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
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

impl Mark {
    /// The names of all known marks.
    pub(crate) const NAMES: [&'static str; 8] = [
        "bold",
        "italic",
        "strike",
        "code",
        "highlight",
        "superscript",
        "subscript",
        "link",
    ];

    /// The name in the document schema.
    pub fn name(&self) -> &str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Strike => "strike",
            Self::Code => "code",
            Self::Highlight => "highlight",
            Self::Superscript => "superscript",
            Self::Subscript => "subscript",
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
            "highlight" => Self::Highlight,
            "superscript" => Self::Superscript,
            "subscript" => Self::Subscript,
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
