//! What the gate says of an update.

use thiserror::Error;

use crate::bytes::Malformed;
use crate::check::Found;

/// Why an update is not let in.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Rejection {
    /// Something is missing before it; ask the writer for what the page lacks. [G-5]
    #[error("the update is held back")]
    Held(#[source] HeldReason),
    /// It can never be let in.
    #[error("the update is refused")]
    Refused(#[source] RefusedReason),
}

/// What is missing before an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum HeldReason {
    /// It starts after the first clock that is not known.
    #[error("client {client} is known up to {known}, the update starts at {from}")]
    Gap {
        /// Whose content it is.
        client: u64,
        /// The first clock that is not known.
        known: u64,
        /// The first clock of the update.
        from: u64,
    },
    /// It names a hole in itself.
    #[error("the update of client {client} skips content at {clock}")]
    Skip {
        /// Whose content it is.
        client: u64,
        /// The first clock left out.
        clock: u64,
    },
    /// It stands beside, in, or deletes something that is not known.
    #[error("nothing is known of {client} at {clock}")]
    UnknownReference {
        /// Whose content is meant.
        client: u64,
        /// Its clock.
        clock: u64,
    },
    /// Its known part stands elsewhere than what is known; a difference to the page's state
    /// vector says it exactly.
    #[error("the known part of the update of client {client} stands elsewhere")]
    Overlap {
        /// Whose content it is.
        client: u64,
    },
}

/// Why an update can never be let in. `at` is the offset of the struct in the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RefusedReason {
    /// Not the bytes of an update, version 1.
    #[error("malformed at byte {at}: expected {expected}")]
    Malformed {
        /// Where.
        at: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// The update is too large.
    #[error("the update has {bytes} bytes, {limit} are allowed")]
    UpdateTooLarge {
        /// Its size in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The page would become too large.
    #[error("the page would exceed {limit} bytes")]
    PageTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The title or a text field would become too long.
    #[error("a text would exceed {limit} UTF-16 code units")]
    TextTooLong {
        /// The limit in UTF-16 code units.
        limit: u32,
    },
    /// Too many clients in the update or on the page.
    #[error("more than {limit} clients")]
    TooManyClients {
        /// The limit.
        limit: usize,
    },
    /// Too much is put into or taken out of one place, in too many pieces.
    #[error("too many changes of one place in one update")]
    Tangled,
    /// Something stands beside or in what only comes later.
    #[error("at byte {at}: a reference forward or in a circle")]
    Forward {
        /// Where.
        at: usize,
    },
    /// Left, right and parent are not of one place.
    #[error("at byte {at}: the neighbours stand in different places")]
    Torn {
        /// Where.
        at: usize,
    },
    /// The parent holds nothing: text, a mark or a value.
    #[error("at byte {at}: the parent is not a node")]
    NotANode {
        /// Where.
        at: usize,
    },
    /// A root that the page does not have, or that is not the writer's to write.
    #[error("at byte {at}: not a root to write to")]
    Root {
        /// Where.
        at: usize,
    },
    /// A node that the schema does not know, or not there.
    #[error("at byte {at}: no such node here")]
    Node {
        /// Where.
        at: usize,
    },
    /// Elements stand inside each other too deeply.
    #[error("at byte {at}: more than {limit} elements inside each other")]
    Depth {
        /// Where.
        at: usize,
        /// The limit.
        limit: u16,
    },
    /// Text, a mark or a value where none may stand.
    #[error("at byte {at}: no such content here")]
    Content {
        /// Where.
        at: usize,
    },
    /// A mark that the schema does not know, or with a value it does not allow.
    #[error("at byte {at}: no such mark")]
    Mark {
        /// Where.
        at: usize,
    },
    /// An attribute that the node does not have, or with a value it does not allow.
    #[error("at byte {at}: no such attribute or value")]
    Attribute {
        /// Where.
        at: usize,
    },
    /// A field that the page does not have, or with a value it does not allow.
    #[error("at byte {at}: no such field or value")]
    Field {
        /// Where.
        at: usize,
    },
}

impl RefusedReason {
    /// A stable word for the writer's program.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "malformed",
            Self::UpdateTooLarge { .. } => "update-too-large",
            Self::PageTooLarge { .. } => "page-too-large",
            Self::TextTooLong { .. } => "text-too-long",
            Self::TooManyClients { .. } => "too-many-clients",
            Self::Tangled => "tangled",
            Self::Forward { .. } | Self::Torn { .. } | Self::NotANode { .. } => "structure",
            Self::Root { .. } => "root",
            Self::Node { .. } => "node",
            Self::Depth { .. } => "depth",
            Self::Content { .. } => "content",
            Self::Mark { .. } => "mark",
            Self::Attribute { .. } => "attribute",
            Self::Field { .. } => "field",
        }
    }

    /// The limit that was exceeded, if it was one.
    pub fn limit(&self) -> Option<u64> {
        match *self {
            Self::UpdateTooLarge { limit, .. } | Self::TooManyClients { limit } => {
                u64::try_from(limit).ok()
            }
            Self::PageTooLarge { limit } => Some(limit),
            Self::TextTooLong { limit } => Some(u64::from(limit)),
            Self::Depth { limit, .. } => Some(u64::from(limit)),
            _ => None,
        }
    }
}

impl From<Malformed> for Rejection {
    fn from(malformed: Malformed) -> Self {
        let Malformed { at, what } = malformed;
        Self::Refused(RefusedReason::Malformed { at, expected: what })
    }
}

impl From<HeldReason> for Rejection {
    fn from(reason: HeldReason) -> Self {
        Self::Held(reason)
    }
}

impl From<RefusedReason> for Rejection {
    fn from(reason: RefusedReason) -> Self {
        Self::Refused(reason)
    }
}

/// Why our own document cannot be taken over. Its bytes are damaged or a part is missing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the stored document does not hold together")]
pub struct SeedError {
    /// What the check found.
    #[source]
    pub found: Rejection,
}

/// An update that passed, and what it brings.
#[derive(Clone, Debug)]
#[must_use = "what is not admitted is not known to the gate"]
pub struct Admission {
    pub(crate) found: Found,
    pub(crate) clients: Vec<(u64, u64, u64)>,
    pub(crate) pieces: usize,
}

impl Admission {
    /// False if all its content and all its deletions are known. [G-20]
    pub fn changes(&self) -> bool {
        !self.clients.is_empty() || !self.found.deleted.is_empty()
    }

    /// Whether elements or text nodes are deleted that were not.
    pub fn deletes_nodes(&self) -> bool {
        self.found.deletes_nodes
    }

    /// How many structs and deletions there are; what a document takes of memory goes by that.
    pub fn pieces(&self) -> usize {
        self.pieces
    }

    /// Each client with the first clock it brings and the first after that.
    pub fn clients(&self) -> &[(u64, u64, u64)] {
        &self.clients
    }
}
