//! Commenting on a passage.

use axum::http::StatusCode;
use denkraum_app::NewThread;
use denkraum_domain::{AnchorPoint, Quote};
use serde::Deserialize;
use utoipa::ToSchema;

use super::errors::{misfit, refuse, words};
use super::path::chosen_id;
use super::view::CommentThread;
use crate::problem::{RouteError, Text};
use crate::request::{Json, PagePath};
use crate::session::Context;

/// A comment on a passage.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewComment {
    /// An id of the client's choice: a ULID in lower case. Sent again with it, it is said once.
    #[schema(value_type = String, required = false)]
    id: Option<String>,
    /// 1 to 4,000 characters of plain text.
    text: String,
    /// Where the passage begins: a Yjs relative position in base 64, at most 120 characters.
    start: String,
    /// Where it ends.
    end: String,
    /// The words of the passage, or their first 300 characters.
    quote: String,
}

impl NewComment {
    fn check(self) -> Result<NewThread, RouteError> {
        let point = |field: &str, raw: &str| {
            let text = Text::new(
                "Das ist keine Stelle in einem Text.",
                "This is no place in a text.",
            );
            AnchorPoint::parse(raw).ok_or_else(|| RouteError::wrong_value(field, text))
        };
        Ok(NewThread {
            id: chosen_id(self.id.as_deref())?,
            text: words(&self.text)?,
            start: point("start", &self.start)?,
            end: point("end", &self.end)?,
            quote: Quote::parse(&self.quote).map_err(|error| misfit("quote", error))?,
        })
    }
}

/// Comments on a passage. Everybody who has the page open is told.
#[utoipa::path(
    post,
    path = "/api/v1/pages/{id}/comments",
    operation_id = "addComment",
    tag = "comments",
    params(("id" = String, Path, description = "The page")),
    request_body = NewComment,
    responses((status = 201, description = "The new thread", body = CommentThread))
)]
#[tracing::instrument(name = "http.comments.add", skip_all, fields(page.id = %page))]
pub(crate) async fn handler(
    cx: Context,
    PagePath(page): PagePath,
    Json(body): Json<NewComment>,
) -> Result<(StatusCode, Json<CommentThread>), RouteError> {
    let said = cx.app.comment(&cx.actor, page, body.check()?).await;
    let thread = said.map_err(|error| refuse(&cx.app, error))?;
    Ok((StatusCode::CREATED, Json(thread.into())))
}
