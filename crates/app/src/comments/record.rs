//! How a thread of comments is stored: one record, named by its page and its first comment.

use bytes::Bytes;
use denkraum_domain::{
    AnchorPoint, CommentId, CommentText, PageId, PersonId, Quote, ReadPermit, Timestamp,
};
use denkraum_store::{ReadError, RecordKey, Store};
use serde::{Deserialize, Serialize};

use crate::records::{self, Known, RecordError, key};

/// The collection of the records.
const COLLECTION: &str = "comment";
/// The version of the value below.
pub(super) const VERSION: u16 = 1;
/// The records of this module.
pub(crate) const KNOWN: Known = (COLLECTION, VERSION);

/// What was said about one passage, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thread {
    pub(super) start: AnchorPoint,
    pub(super) end: AnchorPoint,
    pub(super) quote: Quote,
    pub(super) first: Comment,
    pub(super) replies: Vec<Comment>,
    pub(super) resolved: Option<Resolved>,
}

/// One thing that somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    pub(super) id: CommentId,
    pub(super) author: PersonId,
    pub(super) at: Timestamp,
    /// When its author last changed it.
    pub(super) edited: Option<Timestamp>,
    /// `None`: it was taken back, and stands there for the sake of its replies.
    pub(super) text: Option<CommentText>,
}

/// Since when a thread is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) by: PersonId,
    pub(super) at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct StoredThread {
    start: String,
    end: String,
    quote: String,
    first: StoredComment,
    replies: Vec<StoredComment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resolved_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resolved_at: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct StoredComment {
    id: String,
    author: String,
    at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edited: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl Thread {
    pub(super) fn write(&self) -> Bytes {
        records::write(&StoredThread {
            start: self.start.as_str().to_owned(),
            end: self.end.as_str().to_owned(),
            quote: self.quote.as_str().to_owned(),
            first: StoredComment::from(&self.first),
            replies: self.replies.iter().map(StoredComment::from).collect(),
            resolved_by: self.resolved.map(|resolved| resolved.by.to_string()),
            resolved_at: self.resolved.map(|resolved| resolved.at.millis()),
        })
    }

    /// `None` is a record whose parts are not what they should be.
    pub(super) fn read(version: u16, value: &[u8]) -> Result<Option<Self>, RecordError> {
        let stored: StoredThread = records::read(VERSION, version, value)?;
        Ok(stored.into_thread())
    }

    pub(super) fn comments(&self) -> impl Iterator<Item = &Comment> {
        std::iter::once(&self.first).chain(&self.replies)
    }

    pub(super) fn comment_mut(&mut self, id: CommentId) -> Option<&mut Comment> {
        std::iter::once(&mut self.first)
            .chain(&mut self.replies)
            .find(|comment| comment.id == id)
    }
}

impl StoredThread {
    fn into_thread(self) -> Option<Thread> {
        let by = self.resolved_by.as_deref();
        let by = by.and_then(|by| PersonId::parse(by).ok());
        let at = self.resolved_at.map(Timestamp::from_millis);
        let replies = self.replies.into_iter().map(StoredComment::into_comment);
        Some(Thread {
            start: AnchorPoint::parse(&self.start)?,
            end: AnchorPoint::parse(&self.end)?,
            quote: Quote::parse(&self.quote).ok()?,
            first: self.first.into_comment()?,
            replies: replies.collect::<Option<_>>()?,
            resolved: by.zip(at).map(|(by, at)| Resolved { by, at }),
        })
    }
}

impl From<&Comment> for StoredComment {
    fn from(comment: &Comment) -> Self {
        Self {
            id: comment.id.to_string(),
            author: comment.author.to_string(),
            at: comment.at.millis(),
            edited: comment.edited.map(Timestamp::millis),
            text: comment.text.as_ref().map(|text| text.as_str().to_owned()),
        }
    }
}

impl StoredComment {
    fn into_comment(self) -> Option<Comment> {
        let text = self.text.as_deref().map(CommentText::parse).transpose();
        Some(Comment {
            id: CommentId::parse(&self.id).ok()?,
            author: PersonId::parse(&self.author).ok()?,
            at: Timestamp::from_millis(self.at),
            edited: self.edited.map(Timestamp::from_millis),
            text: text.ok()?,
        })
    }
}

/// The key of a thread. It begins with the page, so that those of one page are found together.
pub(super) fn key_of(page: PageId, thread: CommentId) -> RecordKey {
    key(COLLECTION, &format!("{page}-{thread}"))
}

/// All threads of a page, oldest first. One that cannot be read is left out and reported.
pub(super) async fn of_page(store: &Store, permit: &ReadPermit) -> Result<Vec<Thread>, ReadError> {
    let page = permit.page();
    let records = store
        .scan_beginning(COLLECTION, vec![format!("{page}-")])
        .await?;
    let mut threads = Vec::with_capacity(records.len());
    for (key, record) in records {
        match Thread::read(record.version, &record.value) {
            Ok(Some(thread)) => threads.push(thread),
            Ok(None) => tracing::error!(record = %key, "a thread of comments is not whole"),
            Err(error) => {
                let cause: &dyn std::error::Error = &error;
                tracing::error!(record = %key, cause, "a thread of comments cannot be read");
            }
        }
    }
    threads.sort_by_key(|thread| (thread.first.at, thread.first.id));
    Ok(threads)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(number: u128, text: Option<&str>) -> Comment {
        Comment {
            id: CommentId::from_u128(number),
            author: PersonId::from_u128(2),
            at: Timestamp::from_millis(5),
            edited: text.map(|_| Timestamp::from_millis(6)),
            text: text.map(|text| CommentText::parse(text).unwrap()),
        }
    }

    #[test]
    fn a_thread_is_read_as_it_was_written() {
        let point = |raw| AnchorPoint::parse(raw).unwrap();
        for resolved in [
            None,
            Some(Resolved {
                by: PersonId::from_u128(3),
                at: Timestamp::from_millis(9),
            }),
        ] {
            let thread = Thread {
                start: point("AAE="),
                end: point("AAI="),
                quote: Quote::parse("eine Familie").unwrap(),
                first: comment(1, None),
                replies: vec![comment(2, Some("Ja,\nzwei."))],
                resolved,
            };
            let read = Thread::read(VERSION, &thread.write()).unwrap();
            assert_eq!(read, Some(thread));
        }
    }
}
