//! Ids in the addresses of comments, and in the bodies that make them.

use denkraum_domain::{CommentId, PageId};

use super::errors::unknown_comment;
use crate::problem::{RouteError, Text};

/// The page and the thread that an address names.
pub(super) fn thread_of(page: &str, thread: &str) -> Result<(PageId, CommentId), RouteError> {
    let page = PageId::parse(page).map_err(|_| RouteError::unknown_page())?;
    Ok((page, comment_of(thread)?))
}

/// The comment that a part of an address names.
pub(super) fn comment_of(raw: &str) -> Result<CommentId, RouteError> {
    CommentId::parse(raw).map_err(|_| unknown_comment())
}

/// The id that a client chose for what it says.
pub(super) fn chosen_id(raw: Option<&str>) -> Result<Option<CommentId>, RouteError> {
    raw.map(CommentId::parse).transpose().map_err(|_| {
        let text = Text::new(
            "Eine Kennung ist eine ULID in kleinen Buchstaben.",
            "An id is a ULID in lower case.",
        );
        RouteError::wrong_value("id", text)
    })
}
