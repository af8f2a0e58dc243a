//! Taking one page away.

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use denkraum_app::ExportFormat;
use utoipa::IntoParams;

use super::read_error;
use crate::problem::RouteError;
use crate::request::{FromParameters, PagePath, Parameters, Query};
use crate::routes::export::body_of;
use crate::session::Context;

/// In which form.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// `md` (Markdown with front matter, if nothing is said), `html`, `json` (the typed tree) or
    /// `archive` (a zip that an import takes back).
    #[param(value_type = Option<String>)]
    format: Format,
}

#[derive(Debug)]
enum Format {
    Text(ExportFormat),
    Archive,
}

impl FromParameters for Wanted {
    fn read(parameters: &mut Parameters) -> Result<Self, RouteError> {
        let format = parameters.one("format", |raw| match raw {
            "md" => Some(Format::Text(ExportFormat::Markdown)),
            "html" => Some(Format::Text(ExportFormat::Html)),
            "json" => Some(Format::Text(ExportFormat::Json)),
            "archive" => Some(Format::Archive),
            _ => None,
        })?;
        Ok(Self {
            format: format.unwrap_or(Format::Text(ExportFormat::Markdown)),
        })
    }
}

/// A page as a file.
#[utoipa::path(
    get,
    path = "/api/v1/pages/{id}/export",
    operation_id = "exportPage",
    tag = "pages",
    params(("id" = String, Path, description = "The page"), Wanted),
    responses((
        status = 200,
        description = "The file",
        content(
            (String = "text/markdown"),
            (String = "text/html"),
            (serde_json::Value = "application/json"),
            (Vec<u8> = "application/zip"),
        )
    ))
)]
#[tracing::instrument(name = "http.pages.export", skip_all, fields(page.id = %page))]
pub(crate) async fn handler(
    cx: Context,
    PagePath(page): PagePath,
    Query(wanted): Query<Wanted>,
) -> Result<([(HeaderName, HeaderValue); 2], Body), RouteError> {
    let format = match wanted.format {
        Format::Text(format) => format,
        Format::Archive => {
            let export = cx.app.export_page_archive(&cx.actor, page);
            let export = export.map_err(read_error)?;
            let headers = headers("application/zip", &export.file_name);
            return Ok((headers, body_of(export)));
        }
    };
    let export = cx.app.export_page(&cx.actor, page, format).await;
    let export = export.map_err(read_error)?;
    let kind = match export.format {
        ExportFormat::Markdown => "text/markdown; charset=utf-8",
        ExportFormat::Html => "text/html; charset=utf-8",
        ExportFormat::Json => "application/json",
    };
    Ok((headers(kind, &export.file_name), export.text.into()))
}

fn headers(kind: &'static str, file_name: &str) -> [(HeaderName, HeaderValue); 2] {
    [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_DISPOSITION, as_file(file_name)),
    ]
}

/// A file to keep, never a page to show: its text is foreign. The name is made of a slug, so it
/// needs no quoting; should it ever hold anything else, the browser chooses a name.
pub(in crate::routes) fn as_file(name: &str) -> HeaderValue {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    Some(name)
        .filter(|name| name.bytes().all(plain))
        .and_then(|name| HeaderValue::try_from(format!("attachment; filename=\"{name}\"")).ok())
        .unwrap_or_else(|| HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_break_out_of_its_header() {
        assert_eq!(
            as_file("fruehe-hilfen.md"),
            "attachment; filename=\"fruehe-hilfen.md\""
        );
        for name in ["a\".html", "a\r\nb", "a;b", "ü.md"] {
            assert_eq!(as_file(name), "attachment", "{name}");
        }
    }
}
