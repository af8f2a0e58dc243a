//! Who may do what: one pure decision for each action, over facts that the caller has loaded.
//!
//! A positive decision is a permit: a value that only this module can make. The use case that
//! writes demands the permit, so a forgotten check does not compile. A negative one says whether
//! the page may be admitted to exist at all ([`Denial::Hidden`] is answered with 404).
//!
//! | audience | reads | writes |
//! | --- | --- | --- |
//! | draft | its authors | its authors |
//! | space | members of the space | writers and coordinators of the space |
//! | network, public | everybody signed in | writers and coordinators of the space |
//!
//! The network space has every person as a member, and every writer or coordinator of any district
//! writes in it; facilitators are at home there.

use thiserror::Error;

use crate::{PageId, PersonId, SpaceId};

/// Who may read a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Its authors.
    Draft,
    /// Members of its space.
    Space,
    /// Everybody in every district.
    Network,
    /// Everybody; without an account by a released link.
    Public,
}

impl Audience {
    /// All audiences, narrowest first.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Space, Self::Network, Self::Public];

    /// The id that programs use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Space => "space",
            Self::Network => "network",
            Self::Public => "public",
        }
    }

    /// Reads the id that programs use.
    pub fn parse(raw: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|audience| audience.as_str() == raw)
    }
}

/// What a person may do in a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads.
    Reader,
    /// Reads and comments.
    Commenter,
    /// Writes pages.
    Writer,
    /// Keeps a district's space and releases its pages.
    Coordinator,
    /// Prepares and documents workshops, connects districts.
    Facilitator,
    /// Keeps accounts, sign-in and backups; reads pages no further than everybody else.
    Administrator,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 6] = [
        Self::Reader,
        Self::Commenter,
        Self::Writer,
        Self::Coordinator,
        Self::Facilitator,
        Self::Administrator,
    ];

    /// The id that programs use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Commenter => "commenter",
            Self::Writer => "writer",
            Self::Coordinator => "coordinator",
            Self::Facilitator => "facilitator",
            Self::Administrator => "administrator",
        }
    }

    /// Reads the id that programs use.
    pub fn parse(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == raw)
    }

    /// Whether the role writes pages where it holds.
    const fn writes(self) -> bool {
        matches!(self, Self::Writer | Self::Coordinator | Self::Facilitator)
    }
}

/// A role, in one space or (without one) in the network space.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grant {
    /// What the person may do.
    pub role: Role,
    /// Where; nowhere in particular means the network space.
    pub space: Option<SpaceId>,
}

/// A signed-in person and what they were granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// Their roles.
    pub grants: Vec<Grant>,
}

impl Actor {
    fn is_member(&self, space: &SpaceId) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.space.as_ref() == Some(space))
    }

    fn writes_in(&self, space: &SpaceId, is_network: bool) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.role.writes() && (is_network || grant.space.as_ref() == Some(space)))
    }

    fn administers(&self) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.role == Role::Administrator)
    }
}

/// What a decision about a page needs to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFacts {
    /// Which page.
    pub page: PageId,
    /// Who owns it.
    pub space: SpaceId,
    /// Whether that space is the network.
    pub in_network: bool,
    /// Who may read it.
    pub audience: Audience,
    /// Who it is from: they see it while it is a draft.
    pub authors: Vec<PersonId>,
    /// Taken out of use: it is read and restored, but not written.
    pub archived: bool,
}

/// Why somebody may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Denial {
    /// They may not even know that it is there.
    #[error("there is no such page, or it is not open to you")]
    Hidden,
    /// They may see it, but not do this.
    #[error("you may not do this here")]
    Forbidden,
}

/// How a person takes part in an open page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// Reads along.
    Read,
    /// Reads and writes.
    Edit,
}

macro_rules! permit {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $($field: $type),* }

        impl $name {
            $($(#[$field_doc])* pub const fn $field(&self) -> &$type { &self.$field })*
        }
    };
}

permit!(
    /// Proof that a person may read a page.
    ReadPermit {
        /// The page.
        page: PageId,
        /// The person.
        person: PersonId
    }
);
permit!(
    /// Proof that a person may write a page.
    EditPermit {
        /// The page.
        page: PageId,
        /// The person.
        person: PersonId
    }
);
permit!(
    /// Proof that a person may set a page's audience to a narrower one.
    NarrowPermit {
        /// The page.
        page: PageId,
        /// The person.
        person: PersonId,
        /// The audience to set.
        audience: Audience
    }
);
permit!(
    /// Proof that a person may create a page in a space for an audience.
    CreatePermit {
        /// The space.
        space: SpaceId,
        /// The person.
        person: PersonId,
        /// The first audience.
        audience: Audience
    }
);
permit!(
    /// Proof that a person may manage accounts.
    AdminPermit {
        /// The person.
        person: PersonId
    }
);

/// May `actor` read a page of `space` with `audience` whose authors they are or are not?
///
/// This is the rule behind [`permit_read`], in the form that a search filter needs.
pub fn may_read_where(
    actor: &Actor,
    space: &SpaceId,
    in_network: bool,
    audience: Audience,
    is_author: bool,
) -> bool {
    match audience {
        Audience::Draft => is_author,
        Audience::Space => is_author || in_network || actor.is_member(space),
        Audience::Network | Audience::Public => true,
    }
}

fn reads(facts: &PageFacts, actor: &Actor) -> bool {
    let is_author = facts.authors.contains(&actor.person);
    may_read_where(
        actor,
        &facts.space,
        facts.in_network,
        facts.audience,
        is_author,
    )
}

/// May `actor` read the page?
pub fn permit_read(facts: &PageFacts, actor: &Actor) -> Result<ReadPermit, Denial> {
    if reads(facts, actor) {
        Ok(ReadPermit {
            page: facts.page,
            person: actor.person,
        })
    } else {
        Err(Denial::Hidden)
    }
}

/// May `actor` write the page's title, fields and text?
pub fn permit_edit(facts: &PageFacts, actor: &Actor) -> Result<EditPermit, Denial> {
    if !reads(facts, actor) {
        return Err(Denial::Hidden);
    }
    let is_author = facts.authors.contains(&actor.person);
    let writes = match facts.audience {
        Audience::Draft => is_author,
        _ => actor.writes_in(&facts.space, facts.in_network),
    };
    if writes && !facts.archived {
        Ok(EditPermit {
            page: facts.page,
            person: actor.person,
        })
    } else {
        Err(Denial::Forbidden)
    }
}

/// May `actor` narrow the page's audience to `audience`? Widening is a release, not this. Only an
/// author makes a draft: anybody else would lose sight of the page with it.
pub fn permit_narrow(
    facts: &PageFacts,
    actor: &Actor,
    audience: Audience,
) -> Result<NarrowPermit, Denial> {
    let edit = permit_edit(facts, actor)?;
    let keeps_sight = audience != Audience::Draft || facts.authors.contains(&actor.person);
    if audience <= facts.audience && keeps_sight {
        Ok(NarrowPermit {
            page: edit.page,
            person: edit.person,
            audience,
        })
    } else {
        Err(Denial::Forbidden)
    }
}

/// May `actor` create a page in `space`?
pub fn permit_create(
    actor: &Actor,
    space: &SpaceId,
    in_network: bool,
    audience: Audience,
) -> Result<CreatePermit, Denial> {
    if actor.writes_in(space, in_network) {
        Ok(CreatePermit {
            space: space.clone(),
            person: actor.person,
            audience,
        })
    } else {
        Err(Denial::Forbidden)
    }
}

/// What whoever runs the program on its data directory may do: everything, since the files are
/// theirs. Named apart, so that no request from outside reaches it by accident.
pub mod operator {
    use super::{
        AdminPermit, Audience, CommentPermit, CreatePermit, EditPermit, PageId, PersonId, SpaceId,
    };

    /// Creates a page on behalf of `person`.
    pub fn permit_create(person: PersonId, space: SpaceId, audience: Audience) -> CreatePermit {
        CreatePermit {
            space,
            person,
            audience,
        }
    }

    /// Writes a page on behalf of `person`.
    pub fn permit_edit(person: PersonId, page: PageId) -> EditPermit {
        EditPermit { page, person }
    }

    /// Comments on a page on behalf of `person`.
    pub fn permit_comment(person: PersonId, page: PageId) -> CommentPermit {
        super::comment::on_behalf_of(person, page)
    }

    /// Manages accounts.
    pub fn permit_admin(person: PersonId) -> AdminPermit {
        AdminPermit { person }
    }
}

/// May `actor` manage accounts?
pub fn permit_admin(actor: &Actor) -> Result<AdminPermit, Denial> {
    if actor.administers() {
        Ok(AdminPermit {
            person: actor.person,
        })
    } else {
        Err(Denial::Forbidden)
    }
}

mod comment;
mod keep;

pub use comment::{
    CommentPermit, RemoveCommentPermit, permit_change_comment, permit_comment,
    permit_remove_comment,
};
pub use keep::{
    ArchivePermit, Destination, MoveDenial, MovePermit, RestorePermit, may_move, permit_archive,
    permit_move, permit_restore,
};

#[cfg(test)]
mod tests;
