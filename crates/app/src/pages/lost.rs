//! Text that somebody lost because somebody else changed the block it stood in at the same time.

use denkraum_domain::{Actor, PageId, permit_read};
use denkraum_rooms::{KeptError, KeptText};
use thiserror::Error;

use super::PageError;
use crate::app::App;

/// Why lost texts are not shown or let go of.
#[derive(Debug, Error)]
pub enum LostTextError {
    /// The page cannot be read.
    #[error("the page cannot be read")]
    Read(#[source] PageError),
    /// They could not be looked up.
    #[error("the lost texts of page {page} could not be read")]
    Load {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: KeptError,
    },
    /// That its author is done with one was not stored.
    #[error("a lost text of page {page} could not be let go of")]
    Store {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: KeptError,
    },
}

impl App {
    /// What this person wrote into a page and lost, oldest first. Nobody sees what others lost.
    pub async fn lost_texts(
        &self,
        actor: &Actor,
        page: PageId,
    ) -> Result<Vec<KeptText>, LostTextError> {
        let facts = self.readable(actor, page).map_err(LostTextError::Read)?;
        let permit = permit_read(&facts, actor)
            .map_err(|err| LostTextError::Read(PageError::Denied { page, err }))?;
        let kept = self.rooms().kept_texts(&permit).await;
        kept.map_err(|err| LostTextError::Load { page, err })
    }

    /// Lets go of one of them; says whether it was there.
    pub async fn let_go_of_lost_text(
        &self,
        actor: &Actor,
        page: PageId,
        id: &str,
    ) -> Result<bool, LostTextError> {
        let facts = self.readable(actor, page).map_err(LostTextError::Read)?;
        let permit = permit_read(&facts, actor)
            .map_err(|err| LostTextError::Read(PageError::Denied { page, err }))?;
        let gone = self.rooms().let_go(&permit, id).await;
        gone.map_err(|err| LostTextError::Store { page, err })
    }
}
