//! What names a file that is attached to a page.

use std::fmt;

use crate::{IdError, NameError};

/// An attached file: a random UUID (version 4), so that nobody guesses one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttachmentId(u128);

impl AttachmentId {
    const VERSION: u128 = 0xf << 76;
    const VARIANT: u128 = 0b11 << 62;

    /// An id of random bits; six of them say which sort of id it is.
    pub const fn from_random(random: u128) -> Self {
        Self((random & !(Self::VERSION | Self::VARIANT)) | (4 << 76) | (0b10 << 62))
    }

    /// Reads the canonical form: hexadecimal in lower case, in groups of 8, 4, 4, 4 and 12.
    pub fn parse(raw: &str) -> Result<Self, IdError> {
        let digits: String = raw.chars().filter(|c| *c != '-').collect();
        let number = u128::from_str_radix(&digits, 16).map_err(|_| IdError::Uuid)?;
        let id = Self::from_random(number);
        // Only one spelling may name a thing.
        let is_canonical = id.0 == number && id.to_string() == raw;
        is_canonical.then_some(id).ok_or(IdError::Uuid)
    }
}

impl fmt::Display for AttachmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |shift: u32, digits: u32| (self.0 >> shift) & ((1 << (digits * 4)) - 1);
        write!(
            f,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            part(96, 8),
            part(80, 4),
            part(64, 4),
            part(48, 4),
            part(0, 12)
        )
    }
}

impl fmt::Debug for AttachmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AttachmentId({self})")
    }
}

/// The name of a file: one line without folders, 1 to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// The most characters it may have.
    pub const MAX_CHARS: usize = 200;

    /// Takes the last part of a path, without control characters and without those that turn the
    /// direction of what follows: they make `exe.pdf` of `fdp.exe`.
    pub fn parse(raw: &str) -> Result<Self, NameError> {
        let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
        let kept = |c: &char| !c.is_control() && !turns(*c);
        let name: String = last.chars().filter(kept).collect();
        let name = name.trim();
        if name.is_empty() || name.chars().all(|c| c == '.') {
            return Err(NameError::Empty);
        }
        if name.chars().count() > Self::MAX_CHARS {
            return Err(NameError::TooLong {
                max: Self::MAX_CHARS,
            });
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the last dot, in lower case; empty without one.
    pub fn extension(&self) -> String {
        let parts = self.0.rsplit_once('.');
        parts.map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a character changes in which direction others are shown, or is not seen at all.
const fn turns(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_id_is_read_back_as_written(raw: u128) {
            let id = AttachmentId::from_random(raw);
            prop_assert_eq!(AttachmentId::parse(&id.to_string()), Ok(id));
        }

        #[test]
        fn any_text_is_a_name_or_an_error(raw in ".{0,220}") {
            if let Ok(name) = FileName::parse(&raw) {
                prop_assert_eq!(FileName::parse(name.as_str()), Ok(name));
            }
        }
    }

    #[test]
    fn an_id_is_a_uuid_of_version_4_in_one_spelling() {
        let id = AttachmentId::from_random(u128::MAX);
        assert_eq!(id.to_string(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        for raw in [
            "",
            "ffffffff-ffff-1fff-bfff-ffffffffffff",
            "ffffffff-ffff-4fff-ffff-ffffffffffff",
            "FFFFFFFF-ffff-4fff-bfff-ffffffffffff",
            "ffffffffffff4fffbfffffffffffffff",
            "+fffffff-ffff-4fff-bfff-ffffffffffff",
            "../../..",
        ] {
            assert_eq!(AttachmentId::parse(raw), Err(IdError::Uuid), "{raw}");
        }
    }

    #[test]
    fn a_name_has_no_folders_and_nothing_that_deceives() {
        for (raw, name) in [
            ("Bericht 2023.pdf", "Bericht 2023.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\jana\\Übersicht.docx", "Übersicht.docx"),
            ("Rechnung\u{202e}fdp.exe", "Rechnungfdp.exe"),
            ("a\r\nb\".html", "ab\".html"),
            (" .gitignore ", ".gitignore"),
        ] {
            assert_eq!(FileName::parse(raw).unwrap().as_str(), name, "{raw:?}");
        }
        for raw in ["", " ", "..", "a/", "\n", "\u{200b}"] {
            assert_eq!(FileName::parse(raw), Err(NameError::Empty), "{raw:?}");
        }
        assert!(FileName::parse(&"ü".repeat(200)).is_ok());
        assert!(FileName::parse(&"ü".repeat(201)).is_err());
    }

    #[test]
    fn the_extension_is_what_stands_behind_the_last_dot() {
        for (name, extension) in [("a.tar.GZ", "gz"), ("README", ""), ("a.", "")] {
            assert_eq!(FileName::parse(name).unwrap().extension(), extension);
        }
    }
}
