//! Other words for a comment; a thread that is settled, or open again.

use axum::extract::Path;
use serde::Deserialize;
use utoipa::ToSchema;

use super::errors::{misfit, refuse, words};
use super::path::{comment_of, thread_of};
use super::view::CommentThread;
use crate::problem::RouteError;
use crate::request::Json;
use crate::session::Context;

/// What becomes different about a thread; what is not named stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommentChange {
    /// Other words for the first comment, by its author.
    #[schema(value_type = String, required = false)]
    text: Option<String>,
    /// Whether what it is about is settled.
    #[schema(value_type = bool, required = false)]
    resolved: Option<bool>,
}

/// Other words for an answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplyChange {
    /// 1 to 4,000 characters of plain text.
    text: String,
}

/// Changes the first comment of a thread, or says that the thread is settled or open.
#[utoipa::path(
    patch,
    path = "/api/v1/pages/{id}/comments/{thread}",
    operation_id = "changeComment",
    tag = "comments",
    params(
        ("id" = String, Path, description = "The page"),
        ("thread" = String, Path, description = "The first comment of the thread"),
    ),
    request_body = CommentChange,
    responses((status = 200, description = "The thread", body = CommentThread))
)]
#[tracing::instrument(name = "http.comments.change", skip_all, fields(page.id = page))]
pub(crate) async fn thread(
    cx: Context,
    Path((page, thread)): Path<(String, String)>,
    Json(body): Json<CommentChange>,
) -> Result<Json<CommentThread>, RouteError> {
    let (page, thread) = thread_of(&page, &thread)?;
    let text = body.text.as_deref().map(words).transpose()?;
    let mut shown = None;
    if let Some(text) = text {
        let changed = cx
            .app
            .change_comment(&cx.actor, page, (thread, thread), text);
        shown = Some(changed.await.map_err(|error| refuse(&cx.app, error))?);
    }
    if let Some(resolved) = body.resolved {
        let changed = cx.app.resolve_thread(&cx.actor, page, thread, resolved);
        shown = Some(changed.await.map_err(|error| refuse(&cx.app, error))?);
    }
    let nothing = || misfit("text", denkraum_domain::CommentTextError::Empty);
    Ok(Json(shown.ok_or_else(nothing)?.into()))
}

/// Changes an answer, by its author.
#[utoipa::path(
    patch,
    path = "/api/v1/pages/{id}/comments/{thread}/replies/{reply}",
    operation_id = "changeReply",
    tag = "comments",
    params(
        ("id" = String, Path, description = "The page"),
        ("thread" = String, Path, description = "The first comment of the thread"),
        ("reply" = String, Path, description = "The answer"),
    ),
    request_body = ReplyChange,
    responses((status = 200, description = "The thread", body = CommentThread))
)]
#[tracing::instrument(name = "http.comments.change_reply", skip_all, fields(page.id = page))]
pub(crate) async fn reply(
    cx: Context,
    Path((page, thread, reply)): Path<(String, String, String)>,
    Json(body): Json<ReplyChange>,
) -> Result<Json<CommentThread>, RouteError> {
    let (page, thread) = thread_of(&page, &thread)?;
    let (reply, text) = (comment_of(&reply)?, words(&body.text)?);
    let changed = cx
        .app
        .change_comment(&cx.actor, page, (thread, reply), text);
    let thread = changed.await.map_err(|error| refuse(&cx.app, error))?;
    Ok(Json(thread.into()))
}
