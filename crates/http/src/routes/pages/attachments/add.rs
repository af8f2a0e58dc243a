//! Attaching a file.

use axum::body::Body;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use denkraum_domain::FileName;
use futures_util::StreamExt as _;
use utoipa::IntoParams;

use super::errors::{broken_off, refuse, too_large};
use super::view::Attachment;
use crate::problem::RouteError;
use crate::request::{FromParameters, Json, PagePath, Parameters, Query};
use crate::session::Context;

/// What the file is called.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Named {
    /// Its name without folders, 1 to 200 characters.
    #[param(value_type = String)]
    name: FileName,
}

impl FromParameters for Named {
    fn read(parameters: &mut Parameters) -> Result<Self, RouteError> {
        let raw = parameters.one("name", |raw| Some(raw.to_owned()))?;
        let name = FileName::parse(raw.as_deref().unwrap_or_default());
        Ok(Self {
            name: name.map_err(|error| RouteError::name("name", error))?,
        })
    }
}

/// Attaches a file to a page: the body is the file. When this answers, it is saved.
#[utoipa::path(
    post,
    path = "/api/v1/pages/{id}/attachments",
    operation_id = "addAttachment",
    tag = "attachments",
    params(("id" = String, Path, description = "The page"), Named),
    request_body(
        description = "The bytes of the file, whatever its type is said to be",
        content((Vec<u8> = "application/octet-stream"))
    ),
    responses((status = 201, description = "The file", body = Attachment))
)]
#[tracing::instrument(name = "http.attachments.add", skip_all, fields(page.id = %page))]
pub(crate) async fn handler(
    cx: Context,
    PagePath(page): PagePath,
    Query(Named { name }): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<Attachment>), RouteError> {
    let refused = |error| refuse(&cx.app, error);
    let upload = cx.app.begin_attachment(&cx.actor, page, name).await;
    let mut upload = upload.map_err(refused)?;
    let length = headers.get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let max = cx.app.attachment_limit();
    if length.is_some_and(|length| length > max) {
        return Err(too_large(max));
    }
    let mut parts = body.into_data_stream();
    while let Some(part) = parts.next().await {
        let part = part.map_err(broken_off)?;
        upload.write(&part).await.map_err(refused)?;
    }
    let attached = cx.app.attach(&cx.actor, upload).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(attached.into())))
}
