//! Changing a page from outside the editor: an edit of the live document, a narrower audience.

use denkraum_content::edit;
use denkraum_domain::{
    Actor, Denial, EditPermit, NarrowPermit, PageId, permit_edit, permit_narrow,
};
use denkraum_store::PutError;
use thiserror::Error;

use super::fields::FieldError;
use super::{COLLECTION, PageError};
use crate::app::App;
use crate::records::key;
use crate::views::{PageChange, PageView};

/// Why a page was not changed.
#[derive(Debug, Error)]
pub enum ChangeError {
    /// The page cannot be read.
    #[error("the page cannot be read")]
    Read(#[source] PageError),
    /// The person may not change it.
    #[error("not allowed to change page {page}")]
    Denied {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: Denial,
    },
    /// The audience would become wider, which is a release.
    #[error("the audience of page {0} only becomes narrower here")]
    WidensAudience(PageId),
    /// A field does not take its value.
    #[error("field {name} does not take the value")]
    Field {
        /// The field.
        name: String,
        /// Why.
        #[source]
        err: FieldError,
    },
    /// The edit could not be made.
    #[error("the edit of page {page} could not be made")]
    Edit {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: denkraum_content::EditError,
    },
    /// The edit was not stored.
    #[error("the edit of page {page} was not stored")]
    Store {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: denkraum_rooms::EditError,
    },
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

impl App {
    /// Changes a page and shows it. The audience is set last: if that fails, the rest stays.
    pub async fn change_page(
        &self,
        actor: &Actor,
        page: PageId,
        change: PageChange,
    ) -> Result<PageView, ChangeError> {
        let facts = self.readable(actor, page).map_err(ChangeError::Read)?;
        let denied = |err| ChangeError::Denied { page, err };
        let permit = permit_edit(&facts, actor).map_err(denied)?;
        let narrow = match change.audience {
            Some(audience) if audience > facts.audience => {
                return Err(ChangeError::WidensAudience(page));
            }
            Some(audience) => Some(permit_narrow(&facts, actor, audience).map_err(denied)?),
            None => None,
        };
        self.edit_content(&permit, &change).await?;
        if let Some(narrow) = narrow {
            self.narrow(&narrow).await?;
        }
        self.page(actor, page).await.map_err(ChangeError::Read)
    }

    async fn edit_content(
        &self,
        permit: &EditPermit,
        change: &PageChange,
    ) -> Result<(), ChangeError> {
        let page = *permit.page();
        // Two of these at once would each make their difference from the same title.
        let _writing = self.writing(page).await;
        let state = self.rooms().read(page).await;
        let state = state.map_err(|err| ChangeError::Read(PageError::Load { page, err }))?;
        let content = self.content_of(page, state.clone()).await;
        let content = content.map_err(ChangeError::Read)?;
        let mut wanted = match content
            .kind
            .as_ref()
            .and_then(|kind| self.catalogue().kind(kind))
        {
            Some(kind) => self
                .field_writer(Some(&content))
                .change(kind, &change.fields)
                .map_err(|(name, err)| ChangeError::Field { name, err })?,
            None => match change.fields.keys().next() {
                Some(name) => {
                    return Err(ChangeError::Field {
                        name: name.clone(),
                        err: FieldError::Unknown,
                    });
                }
                None => denkraum_content::Change::default(),
            },
        };
        wanted.title = change.title.as_ref().map(ToString::to_string);
        if let Some(tags) = &change.tags {
            wanted.sets.insert(
                "tags".to_owned(),
                tags.iter().map(ToString::to_string).collect(),
            );
        }
        let update = edit(&state, &wanted, self.environment().client_id())
            .map_err(|err| ChangeError::Edit { page, err })?;
        if let Some(update) = update {
            let edited = self.rooms().edit(permit, update.into()).await;
            edited.map_err(|err| ChangeError::Store { page, err })?;
            self.project_now(page).await;
        }
        Ok(())
    }

    async fn narrow(&self, permit: &NarrowPermit) -> Result<(), ChangeError> {
        let page = *permit.page();
        let _writing = self.writing(page).await;
        let Some(entry) = self.directory().get(page) else {
            return Err(ChangeError::Denied {
                page,
                err: Denial::Hidden,
            });
        };
        let mut record = entry.record;
        record.audience = record.audience.min(*permit.audience());
        let (version, value) = record.write();
        let by = Some(*permit.person());
        let revision = self
            .store()
            .put(
                key(COLLECTION, &page),
                Some(entry.revision),
                version,
                value,
                by,
                self.now(),
            )
            .await
            .map_err(|err| ChangeError::Record { page, err })?;
        self.directory().put_record(page, record, revision);
        // Whoever may no longer read it is shown out, and search forgets it for them, counts and
        // words included, before this returns.
        self.permits_changed();
        self.project_now(page).await;
        self.commit_waiting().await;
        Ok(())
    }
}
