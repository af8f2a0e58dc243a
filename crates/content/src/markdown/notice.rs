//! Notices for programs: a word for each, and the address it is about.

use super::Notice;

impl Notice {
    /// A stable word: `heading-level`, `html`, `image`, `link`, `page-link`, `too-deep`, or `other`.
    pub fn code(&self) -> &'static str {
        let words = [
            (matches!(self, Self::HeadingLevel), "heading-level"),
            (matches!(self, Self::Html), "html"),
            (matches!(self, Self::Image), "image"),
            (matches!(self, Self::Link { .. }), "link"),
            (matches!(self, Self::PageLink { .. }), "page-link"),
            (matches!(self, Self::TooDeep), "too-deep"),
        ];
        let word = words.into_iter().find(|(is_it, _)| *is_it);
        word.map_or("other", |(_, word)| word)
    }

    /// The address that became text, as written.
    pub fn address(&self) -> Option<&str> {
        match self {
            Self::Link { href } | Self::PageLink { href } => Some(href),
            _ => None,
        }
    }
}
