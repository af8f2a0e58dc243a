//! What a comment is made of: its words, the words it is about, and the two ends of that passage.

use thiserror::Error;

/// Why a text is no comment, or no quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CommentTextError {
    /// Nothing is left after trimming.
    #[error("must not be empty")]
    Empty,
    /// More characters than allowed.
    #[error("must have at most {max} characters")]
    TooLong {
        /// The most characters allowed.
        max: usize,
    },
}

/// Trims `raw` and takes out what hides or reorders letters. Pasted text is full of such signs, and
/// nobody could find the one that was refused.
fn plain(raw: &str, max: usize) -> Result<String, CommentTextError> {
    let hides = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let text: String = raw.chars().filter(|c| !hides(*c)).collect();
    let text = text.trim();
    if text.is_empty() {
        return Err(CommentTextError::Empty);
    }
    if text.chars().count() > max {
        return Err(CommentTextError::TooLong { max });
    }
    Ok(text.to_owned())
}

macro_rules! plain_text {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MAX_CHARS: usize = $max;

            /// Trims `raw`, takes out signs that cannot be seen, and checks its length.
            pub fn parse(raw: &str) -> Result<Self, CommentTextError> {
                plain(raw, Self::MAX_CHARS).map(Self)
            }

            /// The text; lines are parted by `\n`.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

plain_text!(
    /// What somebody says about a passage: plain text, 1 to 4,000 characters.
    CommentText, 4000
);
plain_text!(
    /// The words that a comment was made about, or their beginning: 1 to 300 characters.
    Quote, 300
);

/// One end of a passage, as the editor of the page finds it again after the text has changed (an
/// encoded Yjs relative position). Means nothing to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnchorPoint(String);

impl AnchorPoint {
    /// The most bytes it may have.
    pub const MAX_BYTES: usize = 120;

    /// Takes 1 to 120 letters, digits and `+/=-_`.
    pub fn parse(raw: &str) -> Option<Self> {
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"+/=-_".contains(&b);
        let is_point = (1..=Self::MAX_BYTES).contains(&raw.len()) && raw.bytes().all(fits);
        is_point.then(|| Self(raw.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_keeps_its_lines_and_loses_what_cannot_be_seen() {
        let text = CommentText::parse("  Eins\r\n\tzwei\u{202E}\u{0000} \n").unwrap();
        assert_eq!(text.as_str(), "Eins\n\tzwei");
        assert_eq!(
            CommentText::parse(" \u{2066}\n"),
            Err(CommentTextError::Empty)
        );
        assert!(CommentText::parse(&"ü".repeat(4000)).is_ok());
        assert_eq!(
            CommentText::parse(&"ü".repeat(4001)),
            Err(CommentTextError::TooLong { max: 4000 })
        );
    }

    #[test]
    fn an_anchor_is_short_and_of_letters() {
        assert!(AnchorPoint::parse("AAEC+/=-_").is_some());
        assert!(AnchorPoint::parse(&"A".repeat(120)).is_some());
        for raw in ["", "a b", "ä", &"A".repeat(121)] {
            assert_eq!(AnchorPoint::parse(raw), None, "{raw}");
        }
    }
}
