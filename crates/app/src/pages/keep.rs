//! Keeping a space in order: archiving a page, bringing it back, moving it to another space.
//!
//! Each of them is one new state of the page's record. Its document stays as it is.

use denkraum_domain::{
    Actor, ArchivePermit, Audience, Destination, MoveDenial, MovePermit, PageId, PersonId,
    RestorePermit, SpaceId, permit_archive, permit_move, permit_restore,
};
use denkraum_store::PutError;
use thiserror::Error;

use super::facts::Archived;
use super::{COLLECTION, PageError, PageRecord};
use crate::app::App;
use crate::records::key;
use crate::views::PageView;

/// Why a page was not archived, brought back or moved.
#[derive(Debug, Error)]
pub enum KeepError {
    /// The page cannot be read.
    #[error("the page cannot be read")]
    Read(#[source] PageError),
    /// The person may not do this with it.
    #[error("not allowed to keep page {page}")]
    Denied {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: denkraum_domain::Denial,
    },
    /// There is no such space.
    #[error("there is no space {0}")]
    UnknownSpace(SpaceId),
    /// The person may not bring pages there.
    #[error("not allowed to bring pages to {0}")]
    Destination(SpaceId),
    /// In its new place others would read the page than now, which is a release.
    #[error("page {0} would be shown to others than now")]
    Widens(PageId),
    /// The record was not stored.
    #[error("the record of page {page} was not stored")]
    Record {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: PutError,
    },
}

/// Where a page is to go.
#[derive(Clone, Debug)]
pub struct PageMove {
    /// The space.
    pub space: SpaceId,
    /// Its audience there; `None` keeps the one it has.
    pub audience: Option<Audience>,
}

impl App {
    /// Takes a page out of use and shows it: lists and search leave it out from now on, who has it
    /// open reads on.
    pub async fn archive_page(&self, actor: &Actor, page: PageId) -> Result<PageView, KeepError> {
        let facts = self.readable(actor, page).map_err(KeepError::Read)?;
        let permit =
            permit_archive(&facts, actor).map_err(|err| KeepError::Denied { page, err })?;
        self.archive(&permit).await?;
        self.page(actor, page).await.map_err(KeepError::Read)
    }

    /// Brings an archived page back and shows it.
    pub async fn restore_page(&self, actor: &Actor, page: PageId) -> Result<PageView, KeepError> {
        let facts = self.readable(actor, page).map_err(KeepError::Read)?;
        let permit =
            permit_restore(&facts, actor).map_err(|err| KeepError::Denied { page, err })?;
        self.restore(&permit).await?;
        self.page(actor, page).await.map_err(KeepError::Read)
    }

    /// Moves a page to another space and shows it.
    pub async fn move_page(
        &self,
        actor: &Actor,
        page: PageId,
        to: PageMove,
    ) -> Result<PageView, KeepError> {
        let facts = self.readable(actor, page).map_err(KeepError::Read)?;
        if self.catalogue().space(&to.space).is_none() {
            return Err(KeepError::UnknownSpace(to.space));
        }
        let destination = Destination {
            in_network: self.catalogue().is_network(&to.space),
            audience: to.audience.unwrap_or(facts.audience),
            space: to.space,
        };
        let permit = permit_move(&facts, actor, &destination).map_err(|err| match err {
            MoveDenial::Page(err) => KeepError::Denied { page, err },
            MoveDenial::Destination => KeepError::Destination(destination.space.clone()),
            MoveDenial::Widens => KeepError::Widens(page),
        })?;
        self.carry(&permit).await?;
        self.page(actor, page).await.map_err(KeepError::Read)
    }

    async fn archive(&self, permit: &ArchivePermit) -> Result<(), KeepError> {
        let archived = Archived {
            at: self.now(),
            by: Some(*permit.person()),
        };
        self.rewrite(*permit.page(), *permit.person(), |record| {
            record.archived = true;
            record.archived_since = Some(archived);
        })
        .await
    }

    async fn restore(&self, permit: &RestorePermit) -> Result<(), KeepError> {
        self.rewrite(*permit.page(), *permit.person(), |record| {
            record.archived = false;
            record.archived_since = None;
        })
        .await
    }

    async fn carry(&self, permit: &MovePermit) -> Result<(), KeepError> {
        self.rewrite(*permit.page(), *permit.person(), |record| {
            record.space = permit.space().clone();
            record.audience = record.audience.min(*permit.audience());
        })
        .await
    }

    /// Stores another state of the record and lets everybody know who is concerned.
    async fn rewrite(
        &self,
        page: PageId,
        by: PersonId,
        change: impl FnOnce(&mut PageRecord),
    ) -> Result<(), KeepError> {
        let _writing = self.writing(page).await;
        let Some(entry) = self.directory().get(page) else {
            let err = denkraum_domain::Denial::Hidden;
            return Err(KeepError::Denied { page, err });
        };
        let mut record = entry.record;
        change(&mut record);
        let (version, value) = record.write();
        let key = key(COLLECTION, &page);
        let revision = self
            .store()
            .put(
                key,
                Some(entry.revision),
                version,
                value,
                Some(by),
                self.now(),
            )
            .await
            .map_err(|err| KeepError::Record { page, err })?;
        self.directory().put_record(page, record, revision);
        // Lists and open pages follow at once, and search has followed when this returns.
        self.permits_changed();
        self.project_now(page).await;
        self.commit_waiting().await;
        Ok(())
    }
}
