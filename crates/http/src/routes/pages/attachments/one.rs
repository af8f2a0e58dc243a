//! One file: taking it away, removing it.

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use denkraum_app::Download;
use denkraum_domain::{AttachmentId, PageId};
use futures_util::stream;

use super::errors::{refuse, unknown_file};
use super::name::disposition;
use crate::headers::Foreign;
use crate::problem::{RouteError, chain};
use crate::session::Context;

/// A file as it was attached. It is only ever a file to keep, never a page to show: nothing in it
/// runs here.
#[utoipa::path(
    get,
    path = "/api/v1/pages/{id}/attachments/{attachment}",
    operation_id = "downloadAttachment",
    tag = "attachments",
    params(
        ("id" = String, Path, description = "The page"),
        ("attachment" = String, Path, description = "The file"),
    ),
    responses((
        status = 200,
        description = "The bytes",
        content((Vec<u8> = "application/octet-stream"))
    ))
)]
#[tracing::instrument(name = "http.attachments.download", skip_all, fields(page.id = page))]
pub(crate) async fn download(
    cx: Context,
    Path((page, file)): Path<(String, String)>,
) -> Result<Response, RouteError> {
    let (page, file) = named(&page, &file)?;
    let download = cx.app.download(&cx.actor, page, file).await;
    let download = download.map_err(|error| refuse(&cx.app, error))?;
    let (name, bytes) = (disposition(&download.name), download.bytes);
    let mut response = Response::new(body_of(download));
    let headers = response.headers_mut();
    // Never what the file says of itself: no browser shows or runs this.
    let kind = HeaderValue::from_static("application/octet-stream");
    headers.insert(CONTENT_TYPE, kind);
    headers.insert(CONTENT_DISPOSITION, name);
    headers.insert(CONTENT_LENGTH, bytes.into());
    response.extensions_mut().insert(Foreign);
    Ok(response)
}

/// Removes a file from a page.
#[utoipa::path(
    delete,
    path = "/api/v1/pages/{id}/attachments/{attachment}",
    operation_id = "removeAttachment",
    tag = "attachments",
    params(
        ("id" = String, Path, description = "The page"),
        ("attachment" = String, Path, description = "The file"),
    ),
    responses((status = 204, description = "Done"))
)]
#[tracing::instrument(name = "http.attachments.remove", skip_all, fields(page.id = page))]
pub(crate) async fn remove(
    cx: Context,
    Path((page, file)): Path<(String, String)>,
) -> Result<StatusCode, RouteError> {
    let (page, file) = named(&page, &file)?;
    let removed = cx.app.remove_attachment(&cx.actor, page, file).await;
    removed.map_err(|error| refuse(&cx.app, error))?;
    Ok(StatusCode::NO_CONTENT)
}

fn named(page: &str, file: &str) -> Result<(PageId, AttachmentId), RouteError> {
    let page = PageId::parse(page).map_err(|_| RouteError::unknown_page())?;
    let file = AttachmentId::parse(file).map_err(|_| unknown_file())?;
    Ok((page, file))
}

/// The bytes as they are read. A damaged file breaks off before its end.
fn body_of(download: Download) -> Body {
    let parts = stream::unfold(download, |mut download| async {
        let part = download.next().await.transpose()?;
        if let Err(error) = &part {
            tracing::error!(cause = chain(error), "a file cannot be read");
        }
        Some((part, download))
    });
    Body::from_stream(parts)
}
