//! Comments on passages of a page, with replies.
//!
//! A thread is one record of the server, never a part of the document: who may comment need not be
//! able to write the page, and what is said beside a text is not what the text says. Whoever reads
//! the page reads its comments; the search does not know them.

mod demo;
mod record;
mod views;

use denkraum_domain::{
    Actor, AnchorPoint, CommentId, CommentPermit, CommentText, Denial, PageFacts, PageId, PersonId,
    Quote, RemoveCommentPermit, permit_change_comment, permit_comment, permit_read,
    permit_remove_comment,
};
use denkraum_store::{PutError, ReadError};
use thiserror::Error;

use crate::app::App;
use crate::pages::PageError;
pub(crate) use record::KNOWN;
use record::{Comment, Resolved, Thread, VERSION, key_of, of_page};

pub use views::{CommentThread, CommentView, PageComments};

/// The most threads of one page.
pub const PAGE_THREADS: usize = 500;
/// The most replies of one thread.
pub const THREAD_REPLIES: usize = 200;
/// How often a write is tried that others were faster than.
const ATTEMPTS: usize = 8;

/// Why comments are not shown, or something is not done with them.
#[derive(Debug, Error)]
pub enum CommentError {
    /// The page cannot be read.
    #[error("the page cannot be read")]
    Read(#[source] PageError),
    /// The person may not do this with comments of the page.
    #[error("not allowed with the comments of page {page}")]
    Denied {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: Denial,
    },
    /// There is no such comment on the page.
    #[error("there is no comment {0}")]
    Unknown(CommentId),
    /// The id is that of a comment of somebody else.
    #[error("there is a comment {0} already")]
    Exists(CommentId),
    /// The page has as many threads, or the thread as many replies, as it may.
    #[error("there are {max} already")]
    TooMany {
        /// How many.
        max: usize,
    },
    /// They could not be looked up.
    #[error("the comments of page {page} could not be read")]
    Load {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: ReadError,
    },
    /// What was said was not stored.
    #[error("a comment on page {page} was not stored")]
    Store {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: PutError,
    },
}

/// What somebody says about a passage.
#[derive(Clone, Debug)]
pub struct NewThread {
    /// An id of the client's choice, so that saying it again says it once.
    pub id: Option<CommentId>,
    /// The words.
    pub text: CommentText,
    /// Where the passage begins.
    pub start: AnchorPoint,
    /// Where it ends.
    pub end: AnchorPoint,
    /// Its words now.
    pub quote: Quote,
}

/// What somebody answers.
#[derive(Clone, Debug)]
pub struct NewReply {
    /// An id of the client's choice, so that saying it again says it once.
    pub id: Option<CommentId>,
    /// The words.
    pub text: CommentText,
}

/// Whether a thread was changed.
enum Change {
    /// Yes, by somebody who may.
    Made(Proof),
    /// There was nothing to change.
    None,
}

/// Proof that a person may change a thread.
enum Proof {
    Comment(CommentPermit),
    Remove(RemoveCommentPermit),
}

impl Proof {
    const fn parts(&self) -> (PageId, PersonId) {
        match self {
            Self::Comment(permit) => (*permit.page(), *permit.person()),
            Self::Remove(permit) => (*permit.page(), *permit.person()),
        }
    }
}

impl App {
    /// The comments of a page, oldest thread first.
    pub async fn comments(
        &self,
        actor: &Actor,
        page: PageId,
    ) -> Result<PageComments, CommentError> {
        let facts = self.readable(actor, page).map_err(CommentError::Read)?;
        let permit =
            permit_read(&facts, actor).map_err(|err| CommentError::Denied { page, err })?;
        let threads = of_page(self.store(), &permit).await;
        let threads = threads.map_err(|err| CommentError::Load { page, err })?;
        let view = |thread: &Thread| self.thread_view(actor, &facts, thread);
        Ok(PageComments {
            threads: threads.iter().map(view).collect(),
            may_comment: permit_comment(&facts, actor).is_ok(),
        })
    }

    /// Says something about a passage. Saying it again under its id changes nothing.
    pub async fn comment(
        &self,
        actor: &Actor,
        page: PageId,
        new: NewThread,
    ) -> Result<CommentThread, CommentError> {
        let (facts, permit) = self.commentable(actor, page)?;
        let id = new.id.unwrap_or_else(|| self.environment().comment_id());
        if let Some((thread, _)) = self.thread(page, id).await? {
            let is_same = thread.first.author == actor.person;
            return is_same
                .then(|| self.thread_view(actor, &facts, &thread))
                .ok_or(CommentError::Exists(id));
        }
        let read = permit_read(&facts, actor).map_err(|err| CommentError::Denied { page, err })?;
        let others = of_page(self.store(), &read).await;
        if others
            .map_err(|err| CommentError::Load { page, err })?
            .len()
            >= PAGE_THREADS
        {
            return Err(CommentError::TooMany { max: PAGE_THREADS });
        }
        let thread = Thread {
            start: new.start,
            end: new.end,
            quote: new.quote,
            first: self.said(&permit, id, new.text),
            replies: Vec::new(),
            resolved: None,
        };
        self.begin_thread(&permit, &thread).await?;
        Ok(self.thread_view(actor, &facts, &thread))
    }

    /// Answers in a thread; a settled one is open again with that.
    pub async fn reply(
        &self,
        actor: &Actor,
        page: PageId,
        thread: CommentId,
        new: NewReply,
    ) -> Result<CommentThread, CommentError> {
        let (facts, permit) = self.commentable(actor, page)?;
        let id = new.id.unwrap_or_else(|| self.environment().comment_id());
        let said = self.said(&permit, id, new.text);
        let changed = self.change_thread(actor, &facts, thread, |thread| {
            if let Some(known) = thread.comments().find(|comment| comment.id == id) {
                let is_same = known.author == actor.person;
                return is_same
                    .then_some(Change::None)
                    .ok_or(CommentError::Exists(id));
            }
            if thread.replies.len() >= THREAD_REPLIES {
                return Err(CommentError::TooMany {
                    max: THREAD_REPLIES,
                });
            }
            thread.replies.push(said.clone());
            thread.resolved = None;
            Ok(Change::Made(Proof::Comment(permit.clone())))
        });
        changed.await?.ok_or(CommentError::Unknown(thread))
    }

    /// Writes other words into a comment of one's own.
    pub async fn change_comment(
        &self,
        actor: &Actor,
        page: PageId,
        (thread, comment): (CommentId, CommentId),
        text: CommentText,
    ) -> Result<CommentThread, CommentError> {
        let facts = self.readable(actor, page).map_err(CommentError::Read)?;
        let now = self.now();
        let changed = self.change_thread(actor, &facts, thread, |thread| {
            let found = thread.comment_mut(comment);
            let found = found.ok_or(CommentError::Unknown(comment))?;
            let permit = permit_change_comment(&facts, actor, found.author)
                .map_err(|err| CommentError::Denied { page, err })?;
            // What was taken back stays so.
            if found.text.is_none() {
                return Err(CommentError::Unknown(comment));
            }
            if found.text.as_ref() == Some(&text) {
                return Ok(Change::None);
            }
            found.text = Some(text.clone());
            found.edited = Some(now);
            Ok(Change::Made(Proof::Comment(permit)))
        });
        changed.await?.ok_or(CommentError::Unknown(thread))
    }

    /// Says that what a thread is about is settled, or is not.
    pub async fn resolve_thread(
        &self,
        actor: &Actor,
        page: PageId,
        thread: CommentId,
        resolved: bool,
    ) -> Result<CommentThread, CommentError> {
        let (facts, permit) = self.commentable(actor, page)?;
        let (by, at) = (actor.person, self.now());
        let changed = self.change_thread(actor, &facts, thread, |thread| {
            if thread.resolved.is_some() == resolved {
                return Ok(Change::None);
            }
            thread.resolved = resolved.then_some(Resolved { by, at });
            Ok(Change::Made(Proof::Comment(permit.clone())))
        });
        changed.await?.ok_or(CommentError::Unknown(thread))
    }

    /// Takes a comment away. Where others answered it, its place stays without its words; without
    /// answers the thread is gone. Gives what is left.
    pub async fn remove_comment(
        &self,
        actor: &Actor,
        page: PageId,
        (thread, comment): (CommentId, CommentId),
    ) -> Result<Option<CommentThread>, CommentError> {
        let facts = self.readable(actor, page).map_err(CommentError::Read)?;
        let changed = self.change_thread(actor, &facts, thread, |thread| {
            let found = thread.comment_mut(comment);
            let found = found.ok_or(CommentError::Unknown(comment))?;
            let permit = permit_remove_comment(&facts, actor, found.author)
                .map_err(|err| CommentError::Denied { page, err })?;
            if thread.first.id == comment {
                thread.first.text = None;
            } else {
                thread.replies.retain(|reply| reply.id != comment);
            }
            Ok(Change::Made(Proof::Remove(permit)))
        });
        changed.await
    }

    fn commentable(
        &self,
        actor: &Actor,
        page: PageId,
    ) -> Result<(PageFacts, CommentPermit), CommentError> {
        let facts = self.readable(actor, page).map_err(CommentError::Read)?;
        let permit =
            permit_comment(&facts, actor).map_err(|err| CommentError::Denied { page, err })?;
        Ok((facts, permit))
    }

    fn said(&self, permit: &CommentPermit, id: CommentId, text: CommentText) -> Comment {
        Comment {
            id,
            author: *permit.person(),
            at: self.now(),
            edited: None,
            text: Some(text),
        }
    }

    async fn begin_thread(
        &self,
        permit: &CommentPermit,
        thread: &Thread,
    ) -> Result<(), CommentError> {
        let (page, by) = (*permit.page(), Some(*permit.person()));
        let record = key_of(page, thread.first.id);
        let put = self
            .store()
            .put(record, None, VERSION, thread.write(), by, self.now());
        put.await.map_err(|err| CommentError::Store { page, err })?;
        self.rooms().commented(page);
        Ok(())
    }

    /// A thread with the revision of its record.
    async fn thread(
        &self,
        page: PageId,
        id: CommentId,
    ) -> Result<Option<(Thread, u64)>, CommentError> {
        let found = self.store().get(&key_of(page, id)).await;
        let Some(record) = found.map_err(|err| CommentError::Load { page, err })? else {
            return Ok(None);
        };
        let thread = Thread::read(record.version, &record.value);
        let thread = thread.unwrap_or_else(|error| {
            let cause: &dyn std::error::Error = &error;
            tracing::error!(page.id = %page, cause, "a thread of comments cannot be read");
            None
        });
        Ok(thread.map(|thread| (thread, record.revision)))
    }

    /// Changes a thread, again if somebody else was faster, and tells those who have the page open.
    /// Gives it as it is then; `None` if it is gone with the change.
    async fn change_thread(
        &self,
        actor: &Actor,
        facts: &PageFacts,
        id: CommentId,
        change: impl Fn(&mut Thread) -> Result<Change, CommentError>,
    ) -> Result<Option<CommentThread>, CommentError> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let found = self.thread(facts.page, id).await?;
            let (mut thread, revision) = found.ok_or(CommentError::Unknown(id))?;
            let Change::Made(proof) = change(&mut thread)? else {
                return Ok(Some(self.thread_view(actor, facts, &thread)));
            };
            let (page, by) = proof.parts();
            let (record, by, now) = (key_of(page, id), Some(by), self.now());
            let is_gone = thread.first.text.is_none() && thread.replies.is_empty();
            let stored = if is_gone {
                self.store().delete(record, revision, by, now).await
            } else {
                let value = thread.write();
                let put = self
                    .store()
                    .put(record, Some(revision), VERSION, value, by, now);
                put.await
            };
            match stored {
                Ok(_) => {
                    self.rooms().commented(page);
                    return Ok((!is_gone).then(|| self.thread_view(actor, facts, &thread)));
                }
                Err(PutError::Conflict { .. }) if attempt < ATTEMPTS => {}
                Err(err) => return Err(CommentError::Store { page, err }),
            }
        }
    }
}
