//! Short texts that people choose: titles, names, log-ins, tags.

use std::fmt;

use thiserror::Error;

/// Why a text is not a name of the wanted sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NameError {
    /// Nothing is left after trimming.
    #[error("must not be empty")]
    Empty,
    /// More characters than allowed.
    #[error("must have at most {max} characters")]
    TooLong {
        /// The most characters allowed.
        max: usize,
    },
    /// A control character, a line break or a direction override stands in it.
    #[error("must be one line without control characters")]
    Control,
    /// A character that a log-in may not have.
    #[error("may have a-z, 0-9, dot, hyphen, underscore and @ only")]
    Login,
}

/// One line of text, trimmed, without characters that hide or reorder what stands there.
fn one_line(raw: &str, max: usize) -> Result<String, NameError> {
    let text = raw.trim();
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    if text.chars().count() > max {
        return Err(NameError::TooLong { max });
    }
    let hides = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if text.chars().any(hides) {
        Err(NameError::Control)
    } else {
        Ok(text.to_owned())
    }
}

macro_rules! line {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MAX_CHARS: usize = $max;

            /// Trims `raw` and checks it.
            pub fn parse(raw: &str) -> Result<Self, NameError> {
                one_line(raw, Self::MAX_CHARS).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

line!(
    /// A page title: trimmed, one line, 1 to 200 characters.
    PageTitle, 200
);
line!(
    /// The name of a person as others read it: trimmed, one line, 1 to 80 characters.
    PersonName, 80
);
line!(
    /// A tag: trimmed, one line, 1 to 60 characters.
    Tag, 60
);

/// What a person signs in with: 1 to 80 characters of `a-z`, `0-9`, `.`, `-`, `_`, `@`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Login(String);

impl Login {
    /// The most characters it may have.
    pub const MAX_CHARS: usize = 80;

    /// Trims `raw`, makes it lower case and checks it.
    pub fn parse(raw: &str) -> Result<Self, NameError> {
        let text = one_line(raw, Self::MAX_CHARS)?.to_lowercase();
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_@".contains(&b);
        if text.bytes().all(fits) {
            Ok(Self(text))
        } else {
            Err(NameError::Login)
        }
    }

    /// The log-in in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_trimmed_and_counted_in_characters() {
        assert_eq!(
            PageTitle::parse("  Frühe Hilfen ").unwrap().as_str(),
            "Frühe Hilfen"
        );
        assert!(PageTitle::parse(&"ü".repeat(200)).is_ok());
        assert_eq!(
            PageTitle::parse(&"ü".repeat(201)),
            Err(NameError::TooLong { max: 200 })
        );
        assert_eq!(PageTitle::parse(" \n "), Err(NameError::Empty));
    }

    #[test]
    fn hidden_and_reordering_characters_are_refused() {
        for raw in ["a\nb", "a\u{202E}b", "a\u{0000}b", "a\u{2066}b"] {
            assert_eq!(PageTitle::parse(raw), Err(NameError::Control), "{raw:?}");
        }
    }

    #[test]
    fn a_login_is_lower_case_ascii() {
        assert_eq!(
            Login::parse("Jana.Petersen").unwrap().as_str(),
            "jana.petersen"
        );
        assert_eq!(Login::parse("jäna"), Err(NameError::Login));
    }
}
