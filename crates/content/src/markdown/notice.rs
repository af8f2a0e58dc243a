//! Notices for programs: a word for each, and the address it is about.

use super::Notice;

impl Notice {
    /// A stable word: `heading-level`, `html`, `image`, `link`, `page-link`, `too-deep`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::HeadingLevel => "heading-level",
            Self::Html => "html",
            Self::Image => "image",
            Self::Link { .. } => "link",
            Self::PageLink { .. } => "page-link",
            Self::TooDeep => "too-deep",
        }
    }

    /// The address that became text, as written.
    pub fn address(&self) -> Option<&str> {
        match self {
            Self::Link { href } | Self::PageLink { href } => Some(href),
            _ => None,
        }
    }
}
