//! Taking many pages away.

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use denkraum_app::{CollectionFormat, ExportStream, Selection};
use denkraum_domain::SpaceId;
use futures_util::stream;
use utoipa::IntoParams;

use super::pages::as_file;
use crate::problem::RouteError;
use crate::request::{FromParameters, Parameters, Query};
use crate::session::Context;

/// Which pages, and in which form.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only pages of this space; without it all that the reader may read.
    #[param(value_type = Option<String>)]
    space: Option<SpaceId>,
    /// `archive` (JSON Lines, Markdown and a manifest; if nothing is said), `md`, `html` or
    /// `jsonl`.
    #[param(value_type = Option<String>)]
    format: CollectionFormat,
}

impl FromParameters for Wanted {
    fn read(parameters: &mut Parameters) -> Result<Self, RouteError> {
        let format = parameters.one("format", CollectionFormat::parse)?;
        Ok(Self {
            space: parameters.one("space", |raw| SpaceId::parse(raw).ok())?,
            format: format.unwrap_or(CollectionFormat::Archive),
        })
    }
}

/// All pages that the reader may read, or those of one space, as a file. It is made while it is
/// sent; if something fails halfway, the connection breaks off.
#[utoipa::path(
    get,
    path = "/api/v1/export",
    operation_id = "exportPages",
    tag = "pages",
    params(Wanted),
    responses((
        status = 200,
        description = "The file",
        content((Vec<u8> = "application/zip"), (String = "application/jsonl"))
    ))
)]
#[tracing::instrument(name = "http.export", skip_all)]
pub(crate) async fn handler(
    cx: Context,
    Query(wanted): Query<Wanted>,
) -> Result<([(HeaderName, HeaderValue); 2], Body), RouteError> {
    let Wanted { space, format } = wanted;
    if let Some(space) = space
        .as_ref()
        .filter(|id| cx.app.catalogue().space(id).is_none())
    {
        return Err(RouteError::unknown_value("space", space.as_str()));
    }
    let selection = Selection {
        space,
        page: None,
        format,
    };
    let export = cx.app.export(&cx.actor, selection);
    let kind = match format {
        CollectionFormat::Lines => "application/jsonl",
        _ => "application/zip",
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_DISPOSITION, as_file(&export.file_name)),
    ];
    Ok((headers, body_of(export)))
}

/// The file while it is made. If it fails halfway, the connection breaks off.
pub(in crate::routes) fn body_of(export: ExportStream) -> Body {
    let parts = stream::unfold(export, |mut export| async {
        let part = export.next().await?;
        if let Err(error) = &part {
            tracing::error!(cause = crate::problem::chain(error), "an export broke off");
        }
        Some((part, export))
    });
    Body::from_stream(parts)
}
