//! Changing a page from outside the editor.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use denkraum_app::{App, ChangeError, PageChange};
use denkraum_domain::{Audience, PageTitle};
use serde::Deserialize;
use utoipa::ToSchema;

use super::errors::{field_error, read_error};
use super::fields::{NewAnswer, tags};
use super::view::Page;
use crate::problem::{RouteError, Text};
use crate::request::{Json, PagePath};
use crate::session::Context;

/// What is to become different; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PagePatch {
    /// 1 to 200 characters.
    #[schema(value_type = String, required = false)]
    title: Option<String>,
    /// Fields by name; null empties one.
    #[serde(default)]
    fields: BTreeMap<String, NewAnswer>,
    /// All tags.
    #[schema(value_type = Vec<String>, required = false)]
    tags: Option<Vec<String>>,
    /// The audience; it only becomes narrower here.
    #[schema(value_type = String, required = false)]
    audience: Option<String>,
}

impl PagePatch {
    fn check(self) -> Result<PageChange, RouteError> {
        let title = self.title.as_deref().map(PageTitle::parse).transpose();
        let audience = self.audience.as_deref().map(|raw| {
            Audience::parse(raw).ok_or_else(|| RouteError::unknown_value("audience", raw))
        });
        let fields = self.fields.into_iter();
        Ok(PageChange {
            title: title.map_err(|error| RouteError::name("title", error))?,
            fields: fields.map(|(name, value)| (name, value.into())).collect(),
            tags: self.tags.as_deref().map(tags).transpose()?,
            audience: audience.transpose()?,
        })
    }
}

/// Changes title, fields, tags or audience, as an edit of the live page.
#[utoipa::path(
    patch,
    path = "/api/v1/pages/{id}",
    operation_id = "changePage",
    tag = "pages",
    params(("id" = String, Path, description = "The page")),
    request_body = PagePatch,
    responses((status = 200, description = "The page as it is now", body = Page))
)]
#[tracing::instrument(name = "http.pages.change", skip_all, fields(page.id = %page))]
pub(crate) async fn handler(
    cx: Context,
    PagePath(page): PagePath,
    Json(body): Json<PagePatch>,
) -> Result<Json<Page>, RouteError> {
    let changed = cx.app.change_page(&cx.actor, page, body.check()?).await;
    let view = changed.map_err(|error| refuse(&cx.app, error))?;
    Ok(Json(view.into()))
}

fn refuse(app: &App, error: ChangeError) -> RouteError {
    match error {
        ChangeError::Read(error) => read_error(error),
        ChangeError::Denied { err, .. } => RouteError::denied(err),
        ChangeError::WidensAudience(_) => {
            let text = Text::new(
                "Hier lässt sich die Sichtbarkeit nur enger fassen. \
                 Weiter wird sie durch eine Freigabe.",
                "The audience only becomes narrower here. A release makes it wider.",
            );
            RouteError::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "audience-only-narrows",
                text,
            )
            .on("audience")
        }
        ChangeError::Field { name, err } => field_error(&name, &err),
        ChangeError::Edit { .. } => RouteError::internal(error),
        ChangeError::Store { ref err, .. } => RouteError::unsaved(app, err.into(), error),
        ChangeError::Record { ref err, .. } => RouteError::unsaved(app, err.into(), error),
    }
}
