//! Files as JSON.

use denkraum_app as app;
use denkraum_app::TextState;
use serde::Serialize;
use utoipa::ToSchema;

use crate::views::{PersonRef, rfc3339};

/// The files of a page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Attachments {
    /// Oldest first.
    items: Vec<Attachment>,
    can: AttachmentsCan,
    /// The most bytes that a file may have.
    max_bytes: u64,
}

/// What the reader may do beside taking files away.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachmentsCan {
    /// Attach and remove.
    edit: bool,
}

/// A file of a page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Attachment {
    /// A random UUID.
    id: String,
    name: String,
    /// By the end of its name.
    media_type: String,
    bytes: u64,
    #[schema(required)]
    by: Option<PersonRef>,
    /// RFC 3339, in UTC.
    at: String,
    text: AttachmentText,
}

/// Whether search knows the words of a file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum AttachmentText {
    /// It is being read.
    Waiting,
    /// They are found.
    Found,
    /// It has none, or cannot be read; its name is found.
    None,
}

impl From<app::PageAttachments> for Attachments {
    fn from(files: app::PageAttachments) -> Self {
        Self {
            items: files.items.into_iter().map(Attachment::from).collect(),
            can: AttachmentsCan {
                edit: files.may_edit,
            },
            max_bytes: files.max_bytes,
        }
    }
}

impl From<app::AttachmentView> for Attachment {
    fn from(file: app::AttachmentView) -> Self {
        Self {
            id: file.id.to_string(),
            name: file.name.to_string(),
            media_type: file.media_type,
            bytes: file.bytes,
            by: file.by.map(PersonRef::from),
            at: rfc3339(file.at),
            text: match file.text {
                TextState::Waiting => AttachmentText::Waiting,
                TextState::Found => AttachmentText::Found,
                TextState::None => AttachmentText::None,
            },
        }
    }
}
