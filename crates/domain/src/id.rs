//! Identifiers.
//!
//! Pages and persons carry a ULID (<https://github.com/ulid/spec>), written as 26 lower-case
//! Crockford base-32 characters. Spaces, kinds and taxonomy terms are named in `data/` by a slug.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use ulid::Ulid;

/// Why a text is not an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum IdError {
    /// Not a ULID in canonical lower case.
    #[error("an id is a ULID: 26 characters of 0-9 and a-z without i, l, o, u")]
    Ulid,
    /// Not a random UUID in canonical lower case.
    #[error("an id is a UUID of version 4 in lower case")]
    Uuid,
    /// Not a slug.
    #[error("an id is 1 to 64 characters of a-z, 0-9, _ and -, starting with a letter")]
    Slug,
}

macro_rules! ulid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            /// Reads the canonical form: 26 lower-case characters.
            pub fn parse(raw: &str) -> Result<Self, IdError> {
                if raw.len() != 26 || raw.bytes().any(|b| b.is_ascii_uppercase()) {
                    return Err(IdError::Ulid);
                }
                let id = Ulid::from_string(raw).map(|ulid| Self(ulid.0)).map_err(|_| IdError::Ulid)?;
                // The decoder takes look-alikes (i, l, o); only one spelling may name a thing.
                if id.to_string() == raw { Ok(id) } else { Err(IdError::Ulid) }
            }

            /// Makes an id from the time of creation and 80 random bits (the upper ones are dropped).
            pub fn from_parts(created: crate::Timestamp, random: u128) -> Self {
                let millis = u64::try_from(created.millis()).unwrap_or(0);
                Self(Ulid::from_parts(millis, random).0)
            }

            /// The id as a number.
            pub const fn from_u128(raw: u128) -> Self {
                Self(raw)
            }

            /// The id as a number, for compact storage.
            pub const fn as_u128(self) -> u128 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut buffer = [0; ulid::ULID_LEN];
                let text = Ulid(self.0).array_to_str(&mut buffer);
                text.make_ascii_lowercase();
                f.write_str(text)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(raw: &str) -> Result<Self, IdError> {
                Self::parse(raw)
            }
        }
    };
}

ulid_id!(
    /// A page.
    PageId
);
ulid_id!(
    /// A person with an account.
    PersonId
);
ulid_id!(
    /// A comment; a thread is named by the comment that began it.
    CommentId
);

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads a slug: 1 to 64 characters of `a-z`, `0-9`, `_` and `-`, first a letter.
            pub fn parse(raw: &str) -> Result<Self, IdError> {
                let fits = (1..=64).contains(&raw.len())
                    && raw.starts_with(|c: char| c.is_ascii_lowercase())
                    && raw.bytes().all(|b| {
                        b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-'
                    });
                if fits { Ok(Self(raw.to_owned())) } else { Err(IdError::Slug) }
            }

            /// The slug.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(raw: &str) -> Result<Self, IdError> {
                Self::parse(raw)
            }
        }
    };
}

slug_id!(
    /// A space: a district or the network, such as `pankow` or `berlin`.
    SpaceId
);
slug_id!(
    /// A kind of page, such as `practice_case`.
    KindId
);
slug_id!(
    /// A term of a taxonomy: a department, a field of action, a life phase.
    TermId
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_page_id_is_read_back_as_written(raw: u128) {
            let id = PageId::from_u128(raw);
            prop_assert_eq!(PageId::parse(&id.to_string()), Ok(id));
        }

        #[test]
        fn any_text_is_an_id_or_an_error(raw in ".{0,40}") {
            if let Ok(id) = PageId::parse(&raw) {
                prop_assert_eq!(id.to_string(), raw);
            }
        }
    }

    #[test]
    fn ids_sort_by_time_of_creation() {
        let early = PageId::from_parts(Timestamp::from_millis(1), u128::MAX);
        let late = PageId::from_parts(Timestamp::from_millis(2), 0);
        assert!(early.to_string() < late.to_string());
    }

    #[test]
    fn upper_case_and_look_alikes_are_refused() {
        for raw in [
            "01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "01arz3ndektsv4rrffq69g5fao",
            "",
            "x",
        ] {
            assert_eq!(PageId::parse(raw), Err(IdError::Ulid), "{raw}");
        }
    }

    #[test]
    fn slugs_start_with_a_letter_and_stay_lower_case() {
        assert!(SpaceId::parse("charlottenburg-wilmersdorf").is_ok());
        assert!(KindId::parse("practice_case").is_ok());
        for raw in ["", "1a", "-a", "Mitte", "neukölln", "a b"] {
            assert_eq!(SpaceId::parse(raw), Err(IdError::Slug), "{raw}");
        }
    }
}
