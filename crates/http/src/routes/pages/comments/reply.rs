//! Answering a comment.

use axum::extract::Path;
use axum::http::StatusCode;
use denkraum_app::NewReply as AppNewReply;
use serde::Deserialize;
use utoipa::ToSchema;

use super::errors::{refuse, words};
use super::path::{chosen_id, thread_of};
use super::view::CommentThread;
use crate::problem::RouteError;
use crate::request::Json;
use crate::session::Context;

/// An answer in a thread.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReply {
    /// An id of the client's choice: a ULID in lower case. Sent again with it, it is said once.
    #[schema(value_type = String, required = false)]
    id: Option<String>,
    /// 1 to 4,000 characters of plain text.
    text: String,
}

/// Answers in a thread. A settled one is open again with that.
#[utoipa::path(
    post,
    path = "/api/v1/pages/{id}/comments/{thread}/replies",
    operation_id = "replyToComment",
    tag = "comments",
    params(
        ("id" = String, Path, description = "The page"),
        ("thread" = String, Path, description = "The first comment of the thread"),
    ),
    request_body = NewReply,
    responses((status = 201, description = "The thread with the answer", body = CommentThread))
)]
#[tracing::instrument(name = "http.comments.reply", skip_all, fields(page.id = page))]
pub(crate) async fn handler(
    cx: Context,
    Path((page, thread)): Path<(String, String)>,
    Json(body): Json<NewReply>,
) -> Result<(StatusCode, Json<CommentThread>), RouteError> {
    let (page, thread) = thread_of(&page, &thread)?;
    let new = AppNewReply {
        id: chosen_id(body.id.as_deref())?,
        text: words(&body.text)?,
    };
    let said = cx.app.reply(&cx.actor, page, thread, new).await;
    let thread = said.map_err(|error| refuse(&cx.app, error))?;
    Ok((StatusCode::CREATED, Json(thread.into())))
}
