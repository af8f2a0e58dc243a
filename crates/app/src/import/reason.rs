//! Why something of an import was not taken, and what of it became different.

use denkraum_content::Notice;
use denkraum_domain::{IdError, NameError, PageId};
use thiserror::Error;

use super::line::EMERGED_FROM;
use crate::pages::FieldError;

/// Why a line or a file was not taken. Shown in English; `denkraum-http` knows the German words.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportReason {
    /// Not text in UTF-8.
    #[error("this is no text in UTF-8")]
    NotText,
    /// Neither a JSON object nor front matter in YAML.
    #[error("this cannot be read: {detail}")]
    Unreadable {
        /// What the reader says.
        detail: String,
    },
    /// Something that every page needs is not there.
    #[error("is missing")]
    Missing,
    /// The value is of another sort.
    #[error("takes {0}")]
    Form(Expected),
    /// Pages have no such key.
    #[error("there is no such key")]
    UnknownKey,
    /// A short text breaks its rule.
    #[error("{0}")]
    Name(NameError),
    /// The id is none.
    #[error("{0}")]
    Id(IdError),
    /// There is no such space, kind, audience or person.
    #[error("there is no \"{value}\"")]
    UnknownValue {
        /// What was named.
        value: String,
    },
    /// A draft without an author would be read by nobody.
    #[error("a draft needs an author, who alone may read it")]
    DraftWithoutAuthor,
    /// Only whoever runs the server writes in the name of others.
    #[error("only whoever runs the server names an author")]
    AuthorOfOthers,
    /// The page is there, and replacing was not asked for.
    #[error("there is a page {0} already; replace it explicitly")]
    Exists(PageId),
    /// Two pages of the same import have this id.
    #[error("the id {0} stands in this import twice")]
    Twice(PageId),
    /// The person may not create pages there.
    #[error("you may not create pages there")]
    MayNotCreate,
    /// The person may not write that page, or may not even know of it.
    #[error("you may not write the page {0}")]
    MayNotWrite(PageId),
    /// A field does not take its value.
    #[error("{0}")]
    Field(FieldError),
    /// It could not be stored, or the document rules refused it.
    #[error("it could not be stored: {detail}")]
    NotStored {
        /// What went wrong, for the log and the command line.
        detail: String,
    },
    /// Larger than a file may be.
    #[error("is larger than {max} MiB")]
    TooLarge {
        /// The most, in MiB.
        max: u64,
    },
    /// The name of a file leads out of its folder.
    #[error("its name leads out of the folder")]
    UnsafeName,
    /// A file of an archive has a password.
    #[error("it is locked with a password")]
    Locked,
    /// A file of an archive is damaged.
    #[error("it is damaged: {detail}")]
    Damaged {
        /// What the reader says.
        detail: String,
    },
}

/// The sort of value that a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// Yes or no.
    Flag,
    /// A name for each value.
    Named,
    /// A text, a number, a flag or a list of texts.
    Answer,
}

impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text => "a text",
            Self::Texts => "a list of texts",
            Self::Flag => "true or false",
            Self::Named => "values with names",
            Self::Answer => "a text, a number, a flag or a list of texts",
        })
    }
}

/// What was taken, but not as it stood there.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportNote {
    /// Something of the text.
    #[error("{}", notice(.0))]
    Text(Notice),
    /// A key that means nothing here was left out.
    #[error("the key \"{0}\" means nothing here and was left out")]
    Key(String),
    /// An author without an account was left out.
    #[error("there is no account \"{0}\"; the page comes in without this author")]
    Author(String),
    /// A file that is neither Markdown nor JSON Lines was not read.
    #[error("only Markdown and JSON Lines are read; this file was left out")]
    NotRead,
    /// Nothing names the kind: a plain page.
    #[error("nothing names the kind; it becomes a plain page")]
    PlainPage,
    /// A page that is replaced keeps this, though the line says otherwise.
    #[error("the page keeps its own {0}")]
    Kept(Kept),
    /// A time that is none, or has not come yet.
    #[error("\"{key}\" is no time in the past; the time of the import counts")]
    NoTime {
        /// The key, such as `created_at`.
        key: &'static str,
    },
}

/// What replacing leaves as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The kind.
    Kind,
    /// The space that owns it.
    Space,
    /// Who may read it.
    Audience,
    /// Whether it is out of use.
    Archived,
    /// Its authors.
    Authors,
    /// The page that it emerged from.
    Origin,
}

impl Kept {
    /// All of it.
    pub const ALL: [Self; 6] = [
        Self::Kind,
        Self::Space,
        Self::Audience,
        Self::Archived,
        Self::Authors,
        Self::Origin,
    ];

    /// The key of a line that says it.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Space => "space",
            Self::Audience => "audience",
            Self::Archived => "archived",
            Self::Authors => "author",
            Self::Origin => EMERGED_FROM,
        }
    }
}

impl std::fmt::Display for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Kind => "kind",
            Self::Space => "space",
            Self::Audience => "audience",
            Self::Archived => "place in or outside the archive",
            Self::Authors => "authors",
            Self::Origin => "origin",
        })
    }
}

fn notice(notice: &Notice) -> String {
    if let Some(address) = notice.address() {
        return format!("the link to \"{address}\" became text");
    }
    match notice.code() {
        "heading-level" => "a deep heading became one of the third level",
        "html" => "HTML was left out, its text kept",
        "image" => "an image became its description",
        "too-deep" => "very deep nesting became less deep",
        _ => "something of the text became the nearest that pages have",
    }
    .to_owned()
}
