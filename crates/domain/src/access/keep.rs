//! Keeping a space in order: moving a page to another space, taking it out of use, bringing it back.
//!
//! A page is kept by its authors as far as they may write it, and by whoever keeps its space: the
//! coordinators of a district, facilitators in the network space. Nobody keeps the drafts of others.
//!
//! Moving never shows a page to anybody who could not read it before: that is a release.

use thiserror::Error;

use super::{Actor, Audience, Denial, PageFacts, Role, reads};
use crate::{PageId, PersonId, SpaceId};

permit!(
    /// Proof that a person may take a page out of use.
    ArchivePermit {
        /// The page.
        page: PageId,
        /// The person.
        person: PersonId
    }
);
permit!(
    /// Proof that a person may bring an archived page back.
    RestorePermit {
        /// The page.
        page: PageId,
        /// The person.
        person: PersonId
    }
);
permit!(
    /// Proof that a person may move a page to another space.
    MovePermit {
        /// The page.
        page: PageId,
        /// The person.
        person: PersonId,
        /// Where it goes.
        space: SpaceId,
        /// Its audience there.
        audience: Audience
    }
);

/// Where a page is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The space.
    pub space: SpaceId,
    /// Whether that space is the network.
    pub in_network: bool,
    /// The audience that the page is to have there; not wider than the one it has.
    pub audience: Audience,
}

/// Why somebody may not move a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoveDenial {
    /// They may not keep the page, or may not know that it is there.
    #[error("the page may not be moved")]
    Page(#[source] Denial),
    /// They may not write where it is to go.
    #[error("pages may not be brought there")]
    Destination,
    /// People would read it who could not read it before.
    #[error("the page would be shown to others than before")]
    Widens,
}

/// May `actor` take the page out of use?
pub fn permit_archive(facts: &PageFacts, actor: &Actor) -> Result<ArchivePermit, Denial> {
    keeper(facts, actor, false)?;
    Ok(ArchivePermit {
        page: facts.page,
        person: actor.person,
    })
}

/// May `actor` bring the archived page back?
pub fn permit_restore(facts: &PageFacts, actor: &Actor) -> Result<RestorePermit, Denial> {
    keeper(facts, actor, true)?;
    Ok(RestorePermit {
        page: facts.page,
        person: actor.person,
    })
}

/// May `actor` move the page there?
pub fn permit_move(
    facts: &PageFacts,
    actor: &Actor,
    to: &Destination,
) -> Result<MovePermit, MoveDenial> {
    keeper(facts, actor, false).map_err(MoveDenial::Page)?;
    if !actor.writes_in(&to.space, to.in_network) {
        return Err(MoveDenial::Destination);
    }
    // What every district reads is read by nobody new; what one district reads would be.
    let stays_inside = facts.audience == Audience::Space && to.audience == Audience::Space;
    let others_read = stays_inside && !facts.in_network && facts.space != to.space;
    if to.audience > facts.audience || others_read {
        return Err(MoveDenial::Widens);
    }
    // A draft is its authors' alone: nobody else puts a page out of everybody's sight.
    if to.audience == Audience::Draft && !facts.authors.contains(&actor.person) {
        return Err(MoveDenial::Page(Denial::Forbidden));
    }
    Ok(MovePermit {
        page: facts.page,
        person: actor.person,
        space: to.space.clone(),
        audience: to.audience,
    })
}

/// May `actor` move the page somewhere, as far as the page itself goes?
pub fn may_move(facts: &PageFacts, actor: &Actor) -> bool {
    keeper(facts, actor, false).is_ok()
}

/// Decides about a page that is, or is not, archived now.
fn keeper(facts: &PageFacts, actor: &Actor, archived: bool) -> Result<(), Denial> {
    if !reads(facts, actor) {
        return Err(Denial::Hidden);
    }
    let is_author = facts.authors.contains(&actor.person);
    let keeps = match facts.audience {
        Audience::Draft => is_author,
        _ => {
            is_author && actor.writes_in(&facts.space, facts.in_network)
                || keeps_space(actor, facts)
        }
    };
    if keeps && facts.archived == archived {
        Ok(())
    } else {
        Err(Denial::Forbidden)
    }
}

pub(super) fn keeps_space(actor: &Actor, facts: &PageFacts) -> bool {
    actor.grants.iter().any(|grant| match grant.role {
        Role::Coordinator => grant.space.as_ref() == Some(&facts.space),
        Role::Facilitator => facts.in_network,
        _ => false,
    })
}

#[cfg(test)]
mod tests;
