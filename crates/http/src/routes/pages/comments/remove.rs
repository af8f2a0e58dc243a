//! Taking a comment away.

use axum::extract::Path;
use axum::http::StatusCode;

use super::errors::refuse;
use super::path::{comment_of, thread_of};
use crate::problem::RouteError;
use crate::session::Context;

/// Takes the first comment of a thread away. With answers its place stays, without its words;
/// without answers the thread is gone.
#[utoipa::path(
    delete,
    path = "/api/v1/pages/{id}/comments/{thread}",
    operation_id = "removeComment",
    tag = "comments",
    params(
        ("id" = String, Path, description = "The page"),
        ("thread" = String, Path, description = "The first comment of the thread"),
    ),
    responses((status = 204, description = "Done"))
)]
#[tracing::instrument(name = "http.comments.remove", skip_all, fields(page.id = page))]
pub(crate) async fn thread(
    cx: Context,
    Path((page, thread)): Path<(String, String)>,
) -> Result<StatusCode, RouteError> {
    let (page, thread) = thread_of(&page, &thread)?;
    let removed = cx.app.remove_comment(&cx.actor, page, (thread, thread));
    removed.await.map_err(|error| refuse(&cx.app, error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes an answer away.
#[utoipa::path(
    delete,
    path = "/api/v1/pages/{id}/comments/{thread}/replies/{reply}",
    operation_id = "removeReply",
    tag = "comments",
    params(
        ("id" = String, Path, description = "The page"),
        ("thread" = String, Path, description = "The first comment of the thread"),
        ("reply" = String, Path, description = "The answer"),
    ),
    responses((status = 204, description = "Done"))
)]
#[tracing::instrument(name = "http.comments.remove_reply", skip_all, fields(page.id = page))]
pub(crate) async fn reply(
    cx: Context,
    Path((page, thread, reply)): Path<(String, String, String)>,
) -> Result<StatusCode, RouteError> {
    let (page, thread) = thread_of(&page, &thread)?;
    let removed = cx
        .app
        .remove_comment(&cx.actor, page, (thread, comment_of(&reply)?));
    removed.await.map_err(|error| refuse(&cx.app, error))?;
    Ok(StatusCode::NO_CONTENT)
}
