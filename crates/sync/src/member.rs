//! Who takes part, and as what.

use denkraum_domain::{Access, PersonId};

/// A person on one connection, as others see them. All of it comes from the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// One to three letters for small places.
    pub initials: String,
    /// The colour of caret and portrait.
    pub hue: Hue,
    /// What they may do on this page now.
    pub access: Access,
}

/// One of six colours for people, 1 to 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hue(u8);

impl Hue {
    /// The `n`-th colour, 1 to 6.
    pub const fn new(n: u8) -> Option<Self> {
        if n >= 1 && n <= 6 {
            Some(Self(n))
        } else {
            None
        }
    }

    /// A colour for a person that stays the same.
    pub fn of(person: PersonId) -> Self {
        let folded = person.as_u128() % 6;
        Self(u8::try_from(folded).unwrap_or(0) + 1)
    }

    /// 1 to 6.
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// The additions to the protocol that a connection asked for; stock clients ask for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub struct Extensions {
    /// Wants to hear how many of its sync messages are durable.
    pub saved: bool,
    /// Wants to hear why something was refused.
    pub refused: bool,
    /// Wants to hear when its access changes.
    pub access: bool,
    /// Wants to hear when text of its person was lost and is kept.
    pub kept: bool,
    /// Wants to hear when the page's comments change.
    pub comments: bool,
    /// Wants to hear when nothing can be saved, and when it can again.
    pub storage: bool,
}

impl Extensions {
    /// All of them.
    pub const ALL: Self = Self {
        saved: true,
        refused: true,
        access: true,
        kept: true,
        comments: true,
        storage: true,
    };

    /// Reads the query parameter `ext`: names separated by commas; unknown names are ignored.
    pub fn parse(raw: &str) -> Self {
        let has = |name: &str| raw.split(',').any(|part| part.trim() == name);
        Self {
            saved: has("saved"),
            refused: has("refused"),
            access: has("access"),
            kept: has("kept"),
            comments: has("comments"),
            storage: has("storage"),
        }
    }
}

/// Why the access of a connection is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessReason {
    /// The person's role, or the page's audience.
    Role,
    /// The page was archived.
    Archived,
    /// The session ended.
    SignedOut,
    /// The browser's schema is older than the page's.
    Schema,
}

impl AccessReason {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Archived => "archived",
            Self::SignedOut => "signed-out",
            Self::Schema => "schema",
        }
    }
}

/// Whether what is written can be saved, for all pages alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// It can.
    #[default]
    Writable,
    /// The disk is full; it is tried again all the time.
    Full,
    /// The disk has failed; the server must be started again.
    Failed,
}

impl Storage {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Writable => "writable",
            Self::Full => "full",
            Self::Failed => "failed",
        }
    }
}
