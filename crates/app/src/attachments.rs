//! Files that are attached to a page.
//!
//! A file's bytes lie beside the journal under their hash; its name, and that the page has it, is one
//! record of the server. The record is the reference that keeps the bytes. Whoever reads the page
//! reads its files, whoever writes it attaches and removes them; both is asked again at each request.

mod extract;
mod record;
mod texts;
mod transfer;

use std::collections::HashMap;
use std::path::PathBuf;

use denkraum_domain::{
    Actor, AttachmentId, Denial, EditPermit, FileName, PageId, ReadPermit, Timestamp, permit_edit,
    permit_read,
};
use denkraum_store::{BlobError, Blobs, Position, PutError, ReadError};
use thiserror::Error;

use crate::app::App;
use crate::pages::PageError;
use crate::views::PersonRef;

pub use extract::Extractor;
pub(crate) use extract::Waiting;
pub(crate) use record::KNOWN;
use record::{Attachment, of_page};
pub use record::{StoredFile, stored_files};
pub(crate) use texts::FileSections;
pub use texts::TextState;
pub use transfer::{Download, Upload};

/// The most files of one page.
pub const PAGE_ATTACHMENTS: usize = 200;
/// The most bytes of one file, if nothing else is said.
pub const ATTACHMENT_BYTES: u64 = 50 << 20;

/// How files are kept.
#[derive(Clone, Debug)]
pub struct AttachmentsConfig {
    /// The folder of the files.
    pub dir: PathBuf,
    /// The most bytes of one file.
    pub max_bytes: u64,
    /// Reads the text out of files; without one no text is read.
    pub extractor: Option<Extractor>,
}

/// What the application holds for files.
pub(crate) struct Attachments {
    blobs: Blobs,
    max_bytes: u64,
    waiting: Waiting,
    /// Up to which position lists and search were told of each page. Held from looking at a page's
    /// files until they are told, so that the last one to tell is the last one to have looked.
    pub(crate) told: tokio::sync::Mutex<HashMap<PageId, Position>>,
}

/// Why files are not shown, or something is not done with them.
#[derive(Debug, Error)]
pub enum AttachmentError {
    /// The page cannot be read.
    #[error("the page cannot be read")]
    Read(#[source] PageError),
    /// The person may not do this.
    #[error("not allowed with the files of page {page}")]
    Denied {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: Denial,
    },
    /// The page has no such file.
    #[error("there is no file {0}")]
    Unknown(AttachmentId),
    /// The page has as many files as it may.
    #[error("there are {max} files already")]
    TooMany {
        /// How many.
        max: usize,
    },
    /// The file is larger than it may be.
    #[error("the file has more than {max} bytes")]
    TooLarge {
        /// The most.
        max: u64,
    },
    /// The bytes of the file are not there, or not what they were.
    #[error("the bytes of file {0} are missing or damaged")]
    Damaged(AttachmentId),
    /// They could not be looked up.
    #[error("the files of page {page} could not be looked up")]
    Load {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: ReadError,
    },
    /// The disk did not take or give the bytes.
    #[error("the disk failed with a file of page {page}")]
    Disk {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: BlobError,
    },
    /// What the page has was not stored.
    #[error("a file of page {page} was not stored")]
    Store {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: PutError,
    },
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopping,
}

/// The files of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAttachments {
    /// Oldest first.
    pub items: Vec<AttachmentView>,
    /// Whether the reader may attach and remove.
    pub may_edit: bool,
    /// The most bytes of one file.
    pub max_bytes: u64,
}

/// A file of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentView {
    /// Names it.
    pub id: AttachmentId,
    /// What it is called.
    pub name: FileName,
    /// What sort of file it is, by its name.
    pub media_type: String,
    /// Its length.
    pub bytes: u64,
    /// Who attached it.
    pub by: Option<PersonRef>,
    /// When.
    pub at: Timestamp,
    /// Whether its text is found.
    pub text: TextState,
}

impl Attachments {
    pub(crate) async fn open(config: AttachmentsConfig) -> Self {
        Self {
            blobs: Blobs::open(&config.dir).await,
            max_bytes: config.max_bytes,
            waiting: Waiting::new(config.extractor),
            told: tokio::sync::Mutex::default(),
        }
    }
}

impl App {
    /// The most bytes that an attached file may have.
    pub fn attachment_limit(&self) -> u64 {
        self.files().max_bytes
    }

    /// The files of a page, oldest first.
    pub async fn attachments(
        &self,
        actor: &Actor,
        page: PageId,
    ) -> Result<PageAttachments, AttachmentError> {
        let permit = self.may_read_files(actor, page)?;
        let files = of_page(self.store(), page).await;
        let files = files.map_err(|err| AttachmentError::Load { page, err })?;
        let states = self.text_states(*permit.page(), &files).await;
        let states = states.map_err(|err| AttachmentError::Load { page, err })?;
        let items = files.into_iter().zip(states);
        Ok(PageAttachments {
            items: items
                .map(|(file, text)| self.attachment_view(file, text))
                .collect(),
            may_edit: self.may_edit_files(actor, page).is_ok(),
            max_bytes: self.attachment_limit(),
        })
    }

    /// Begins to attach a file. Nothing is there before [`App::attach`].
    pub async fn begin_attachment(
        &self,
        actor: &Actor,
        page: PageId,
        name: FileName,
    ) -> Result<Upload, AttachmentError> {
        let permit = self.may_edit_files(actor, page)?;
        let files = of_page(self.store(), *permit.page()).await;
        let files = files.map_err(|err| AttachmentError::Load { page, err })?;
        if files.len() >= PAGE_ATTACHMENTS {
            return Err(AttachmentError::TooMany {
                max: PAGE_ATTACHMENTS,
            });
        }
        let blob = self.files().blobs.begin().await;
        let blob = blob.map_err(|err| AttachmentError::Disk { page, err })?;
        Ok(Upload::new(page, name, blob, self.attachment_limit()))
    }

    /// Attaches a file that was sent to its end; it is on disk when this returns. [B-1]
    ///
    /// The right to write is asked anew: it may have gone while the file was on its way.
    pub async fn attach(
        &self,
        actor: &Actor,
        upload: Upload,
    ) -> Result<AttachmentView, AttachmentError> {
        let (page, name, blob) = upload.into_parts();
        let permit = self.may_edit_files(actor, page)?;
        // On a task of its own: whoever waits may go away, and the bytes must stay under way until
        // their reference is there.
        let app = self.clone();
        let stored = self.tasks().spawn(async move {
            let kept = app.files().blobs.keep(blob).await;
            let kept = kept.map_err(|err| AttachmentError::Disk { page, err })?;
            let file = Attachment {
                id: app.environment().attachment_id(),
                media_type: transfer::media_type(&name).to_owned(),
                name,
                blob: kept.id,
                bytes: kept.bytes,
                by: *permit.person(),
                at: app.now(),
            };
            app.put_attachment(&permit, &file).await?;
            drop(kept);
            app.project_now(page).await;
            app.files().waiting.push(page, file.id);
            Ok(file)
        });
        let file = stored.await.map_err(|_| AttachmentError::Stopping)??;
        Ok(self.attachment_view(file, self.first_text_state()))
    }

    /// A file of a page, to be read part by part.
    pub async fn download(
        &self,
        actor: &Actor,
        page: PageId,
        id: AttachmentId,
    ) -> Result<Download, AttachmentError> {
        let permit = self.may_read_files(actor, page)?;
        let file = self.attachment(*permit.page(), id).await?;
        let file = file.ok_or(AttachmentError::Unknown(id))?.0;
        let blob = self.files().blobs.read(file.blob, file.bytes).await;
        let blob = blob.map_err(|err| AttachmentError::Disk { page, err })?;
        let blob = blob.ok_or(AttachmentError::Damaged(id))?;
        Ok(Download::new(file.name, file.bytes, blob))
    }

    /// Removes a file from a page. Its bytes go unless something else refers to them.
    pub async fn remove_attachment(
        &self,
        actor: &Actor,
        page: PageId,
        id: AttachmentId,
    ) -> Result<(), AttachmentError> {
        let permit = self.may_edit_files(actor, page)?;
        let found = self.attachment(*permit.page(), id).await?;
        let (file, revision) = found.ok_or(AttachmentError::Unknown(id))?;
        let app = self.clone();
        let removed = self.tasks().spawn(async move {
            app.delete_attachment(&permit, id, revision).await?;
            app.forget_text(page, id).await;
            app.project_now(page).await;
            app.remove_bytes(file.blob).await;
            Ok(())
        });
        removed.await.map_err(|_| AttachmentError::Stopping)?
    }

    fn may_read_files(&self, actor: &Actor, page: PageId) -> Result<ReadPermit, AttachmentError> {
        let facts = self.readable(actor, page).map_err(AttachmentError::Read)?;
        permit_read(&facts, actor).map_err(|err| AttachmentError::Denied { page, err })
    }

    fn may_edit_files(&self, actor: &Actor, page: PageId) -> Result<EditPermit, AttachmentError> {
        let facts = self.readable(actor, page).map_err(AttachmentError::Read)?;
        permit_edit(&facts, actor).map_err(|err| AttachmentError::Denied { page, err })
    }

    fn attachment_view(&self, file: Attachment, text: TextState) -> AttachmentView {
        let by = self.accounts_view().get(file.by);
        AttachmentView {
            id: file.id,
            name: file.name,
            media_type: file.media_type,
            bytes: file.bytes,
            by: by.map(|account| PersonRef {
                id: file.by,
                name: account.name.to_string(),
            }),
            at: file.at,
            text,
        }
    }
}
