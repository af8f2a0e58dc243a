//! Comments as JSON.

use denkraum_app as app;
use serde::Serialize;
use utoipa::ToSchema;

use crate::views::{PersonRef, rfc3339};

/// The comments of a page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Comments {
    /// Oldest first, settled ones among them.
    items: Vec<CommentThread>,
    can: CommentsCan,
}

/// What the reader may do beside reading.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CommentsCan {
    /// Comment, answer and settle.
    comment: bool,
}

/// What was said about one passage.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CommentThread {
    /// That of the first comment.
    id: String,
    /// Where the passage begins: an encoded Yjs relative position.
    start: String,
    /// Where it ends.
    end: String,
    /// The words of the passage when it was commented on, or their beginning.
    quote: String,
    /// The first comment, then the replies.
    comments: Vec<Comment>,
    /// Since when it is settled, if it is.
    #[schema(required)]
    resolved: Option<Resolved>,
}

/// Since when a thread is settled.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Resolved {
    #[schema(required)]
    by: Option<PersonRef>,
    /// RFC 3339, in UTC.
    at: String,
}

/// One thing that somebody said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Comment {
    id: String,
    #[schema(required)]
    author: Option<PersonRef>,
    /// One to three letters for the author.
    initials: String,
    /// 1 to 6.
    hue: u8,
    /// From which role and where, such as "Koordination Pankow".
    label: String,
    /// RFC 3339, in UTC.
    at: String,
    /// When it was last changed, if it was.
    #[schema(required)]
    edited: Option<String>,
    /// `null`: it was taken back, and its place stays for its replies.
    #[schema(required)]
    text: Option<String>,
    can: CommentCan,
}

/// What the reader may do with a comment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CommentCan {
    /// Write other words.
    edit: bool,
    /// Take it away.
    remove: bool,
}

impl From<app::PageComments> for Comments {
    fn from(comments: app::PageComments) -> Self {
        let threads = comments.threads.into_iter();
        Self {
            items: threads.map(CommentThread::from).collect(),
            can: CommentsCan {
                comment: comments.may_comment,
            },
        }
    }
}

impl From<app::CommentThread> for CommentThread {
    fn from(thread: app::CommentThread) -> Self {
        let first = thread.comments.first();
        Self {
            id: first.map(|first| first.id.to_string()).unwrap_or_default(),
            start: thread.start,
            end: thread.end,
            quote: thread.quote,
            resolved: thread.resolved.map(|(by, at)| Resolved {
                by: by.map(PersonRef::from),
                at: rfc3339(at),
            }),
            comments: thread.comments.into_iter().map(Comment::from).collect(),
        }
    }
}

impl From<app::CommentView> for Comment {
    fn from(comment: app::CommentView) -> Self {
        Self {
            id: comment.id.to_string(),
            author: comment.author.map(PersonRef::from),
            initials: comment.initials,
            hue: comment.hue.get(),
            label: comment.label,
            at: rfc3339(comment.at),
            edited: comment.edited.map(rfc3339),
            text: comment.text,
            can: CommentCan {
                edit: comment.may_edit,
                remove: comment.may_remove,
            },
        }
    }
}
