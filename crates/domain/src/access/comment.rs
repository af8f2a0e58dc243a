//! Saying something about a page without changing it.
//!
//! | audience | comments |
//! | --- | --- |
//! | draft | its authors |
//! | space | everybody with a role above reader in the space |
//! | network, public | everybody with a role above reader anywhere |
//!
//! Pages that all districts read are there to be thought about by all districts, so a role in any of
//! them is enough there. Nobody comments on an archived page. Whoever reads a page reads its
//! comments. One's own words can be taken back for as long as one sees the page; those who keep the
//! space, and administrators, take away words that must not stand there.

use super::keep::keeps_space;
use super::{Actor, Audience, Denial, PageFacts, Role, reads};
use crate::{PageId, PersonId};

permit!(
    /// Proof that a person may comment on a page.
    CommentPermit {
        /// The page.
        page: PageId,
        /// The person.
        person: PersonId
    }
);
permit!(
    /// Proof that a person may take a comment of a page away.
    RemoveCommentPermit {
        /// The page.
        page: PageId,
        /// The person.
        person: PersonId
    }
);

impl Role {
    /// Whether the role comments on pages where it holds.
    const fn comments(self) -> bool {
        matches!(self, Self::Commenter) || self.writes()
    }
}

/// What the operator does in somebody's name.
pub(super) const fn on_behalf_of(person: PersonId, page: PageId) -> CommentPermit {
    CommentPermit { page, person }
}

/// May `actor` comment on the page, answer there, and say that something is settled?
pub fn permit_comment(facts: &PageFacts, actor: &Actor) -> Result<CommentPermit, Denial> {
    if !reads(facts, actor) {
        return Err(Denial::Hidden);
    }
    let mut roles = actor.grants.iter().filter(|grant| grant.role.comments());
    let comments = match facts.audience {
        Audience::Draft => facts.authors.contains(&actor.person),
        Audience::Space if !facts.in_network => {
            roles.any(|grant| grant.space.as_ref() == Some(&facts.space))
        }
        _ => roles.next().is_some(),
    };
    if comments && !facts.archived {
        Ok(CommentPermit {
            page: facts.page,
            person: actor.person,
        })
    } else {
        Err(Denial::Forbidden)
    }
}

/// May `actor` write other words into a comment of `author`? Nobody changes the words of others.
pub fn permit_change_comment(
    facts: &PageFacts,
    actor: &Actor,
    author: PersonId,
) -> Result<CommentPermit, Denial> {
    let permit = permit_comment(facts, actor)?;
    if permit.person == author {
        Ok(permit)
    } else {
        Err(Denial::Forbidden)
    }
}

/// May `actor` take away a comment of `author`?
pub fn permit_remove_comment(
    facts: &PageFacts,
    actor: &Actor,
    author: PersonId,
) -> Result<RemoveCommentPermit, Denial> {
    if !reads(facts, actor) {
        return Err(Denial::Hidden);
    }
    // A draft is its authors' alone, and nobody keeps it but they.
    let keeps = facts.audience != Audience::Draft && keeps_space(actor, facts);
    if actor.person == author || keeps || actor.administers() {
        Ok(RemoveCommentPermit {
            page: facts.page,
            person: actor.person,
        })
    } else {
        Err(Denial::Forbidden)
    }
}

#[cfg(test)]
mod tests;
