//! Comments as one reader sees them.

use denkraum_domain::{
    Actor, CommentId, PageFacts, PersonId, Timestamp, permit_change_comment, permit_remove_comment,
};

use denkraum_rooms::Hue;

use super::record::{Comment, Thread};
use crate::accounts::Account;
use crate::app::App;
use crate::views::PersonRef;

/// The comments of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageComments {
    /// Oldest first, settled ones among them.
    pub threads: Vec<CommentThread>,
    /// Whether the reader may comment, answer and settle.
    pub may_comment: bool,
}

/// What was said about one passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentThread {
    /// Where the passage begins, as the editor that made it wrote it.
    pub start: String,
    /// Where it ends.
    pub end: String,
    /// Its words when it was commented on, or their beginning.
    pub quote: String,
    /// What was said, the first comment first; its id is the thread's.
    pub comments: Vec<CommentView>,
    /// Who said that it is settled, and when.
    pub resolved: Option<(Option<PersonRef>, Timestamp)>,
}

/// One thing that somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentView {
    /// Names it.
    pub id: CommentId,
    /// Who said it.
    pub author: Option<PersonRef>,
    /// One to three letters for them.
    pub initials: String,
    /// The colour of their portrait, as beside the text.
    pub hue: Hue,
    /// From which role and where, such as "Koordination Pankow".
    pub label: String,
    /// When.
    pub at: Timestamp,
    /// When it was last changed.
    pub edited: Option<Timestamp>,
    /// The words; `None`: taken back.
    pub text: Option<String>,
    /// Whether the reader may write other words.
    pub may_edit: bool,
    /// Whether the reader may take it away.
    pub may_remove: bool,
}

impl App {
    pub(super) fn thread_view(
        &self,
        actor: &Actor,
        facts: &PageFacts,
        thread: &Thread,
    ) -> CommentThread {
        let view = |comment: &Comment| self.comment_view(actor, facts, comment);
        CommentThread {
            start: thread.start.as_str().to_owned(),
            end: thread.end.as_str().to_owned(),
            quote: thread.quote.as_str().to_owned(),
            comments: thread.comments().map(view).collect(),
            resolved: thread
                .resolved
                .map(|resolved| (self.named(resolved.by), resolved.at)),
        }
    }

    fn comment_view(&self, actor: &Actor, facts: &PageFacts, comment: &Comment) -> CommentView {
        let account = self.accounts_view().get(comment.author);
        let is_there = comment.text.is_some();
        CommentView {
            id: comment.id,
            author: self.named(comment.author),
            initials: account.as_ref().map(Account::initials).unwrap_or_default(),
            hue: Hue::of(comment.author),
            label: account.map(|account| account.label).unwrap_or_default(),
            at: comment.at,
            edited: comment.edited,
            text: comment.text.as_ref().map(|text| text.as_str().to_owned()),
            may_edit: is_there && permit_change_comment(facts, actor, comment.author).is_ok(),
            may_remove: is_there && permit_remove_comment(facts, actor, comment.author).is_ok(),
        }
    }

    fn named(&self, person: PersonId) -> Option<PersonRef> {
        let account = self.accounts_view().get(person)?;
        Some(PersonRef {
            id: person,
            name: account.name.to_string(),
        })
    }
}
