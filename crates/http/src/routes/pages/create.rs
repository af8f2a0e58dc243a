//! Creating a page.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use denkraum_app::{App, CreateError, NewPage as AppNewPage, Node, Unsaved};
use denkraum_domain::{Audience, KindId, PageId, PageTitle, SpaceId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::errors::{field_error, read_error};
use super::fields::tags;
use super::view::Page;
use crate::answers::Answer;
use crate::problem::{RouteError, Text};
use crate::request::Json;
use crate::session::Context;

/// A page to create.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPage {
    /// An id of the client's choice: a ULID in lower case.
    #[schema(value_type = String, required = false)]
    id: Option<String>,
    /// 1 to 200 characters; empty leaves it to be written.
    title: String,
    kind: String,
    space: String,
    /// `draft` if nothing is said.
    #[schema(value_type = String, required = false)]
    audience: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    /// The fields of the kind, by name.
    #[serde(default)]
    fields: BTreeMap<String, Answer>,
    /// The text; without it the kind's template.
    #[schema(value_type = String, required = false)]
    markdown: Option<String>,
    /// The text as a tree of nodes (`type`, `attrs`, `content`, `marks`, `text`), as archives hold
    /// it. Where it is given, it counts instead of `markdown` and the template.
    #[schema(value_type = Vec<BTreeMap<String, serde_json::Value>>, required = false)]
    body: Option<Vec<Node>>,
    /// The page whose text it is made of, one that the person may read. Both then name each other
    /// to whoever may read both.
    #[schema(value_type = String, required = false)]
    emerged_from: Option<String>,
}

impl NewPage {
    fn origin(&self) -> Result<Option<PageId>, RouteError> {
        let origin = self.emerged_from.as_deref();
        let origin = origin.map(|id| PageId::parse(id).map_err(|_| unknown_origin(id)));
        origin.transpose()
    }

    fn check(self) -> Result<AppNewPage, RouteError> {
        let id = self.id.as_deref().map(|id| {
            PageId::parse(id).map_err(|_| {
                let text = Text::new(
                    "Eine Kennung ist eine ULID in kleinen Buchstaben.",
                    "An id is a ULID in lower case.",
                );
                RouteError::wrong_value("id", text)
            })
        });
        // Whoever starts with an empty page writes its title in the editor.
        let title = Some(self.title.trim()).filter(|title| !title.is_empty());
        let title = title.map(PageTitle::parse).transpose();
        let emerged_from = self.origin()?;
        let audience = self.audience.as_deref().unwrap_or("draft");
        let fields = self.fields.into_iter();
        Ok(AppNewPage {
            id: id.transpose()?,
            title: title.map_err(|error| RouteError::name("title", error))?,
            kind: KindId::parse(&self.kind)
                .map_err(|_| RouteError::unknown_value("kind", &self.kind))?,
            space: SpaceId::parse(&self.space)
                .map_err(|_| RouteError::unknown_value("space", &self.space))?,
            audience: Audience::parse(audience)
                .ok_or_else(|| RouteError::unknown_value("audience", audience))?,
            tags: tags(&self.tags)?,
            fields: fields.map(|(name, value)| (name, value.into())).collect(),
            markdown: self.markdown,
            body: self.body,
            emerged_from,
        })
    }
}

/// Creates a page.
#[utoipa::path(
    post,
    path = "/api/v1/pages",
    operation_id = "createPage",
    tag = "pages",
    request_body = NewPage,
    responses((status = 201, description = "The new page", body = Page))
)]
#[tracing::instrument(name = "http.pages.create", skip_all)]
pub(crate) async fn handler(
    cx: Context,
    Json(body): Json<NewPage>,
) -> Result<(StatusCode, Json<Page>), RouteError> {
    let created = cx.app.create_page(&cx.actor, body.check()?).await;
    let view = created.map_err(|error| refuse(&cx.app, error))?;
    Ok((StatusCode::CREATED, Json(view.into())))
}

/// The same for a page that is not there and for one that the person may not know of.
fn unknown_origin(id: &str) -> RouteError {
    RouteError::unknown_value("emerged_from", id)
}

fn refuse(app: &App, error: CreateError) -> RouteError {
    match error {
        CreateError::Denied { .. } => {
            let text = Text::new(
                "In diesem Bezirk können Sie keine Seiten anlegen.",
                "You cannot create pages in this district.",
            );
            RouteError::new(StatusCode::FORBIDDEN, "forbidden", text)
                .on("space")
                .caused_by(error)
        }
        CreateError::UnknownSpace(space) => RouteError::unknown_value("space", space.as_str()),
        CreateError::UnknownKind(kind) => RouteError::unknown_value("kind", kind.as_str()),
        CreateError::UnknownOrigin { page, .. } => unknown_origin(&page.to_string()),
        CreateError::Exists(_) => {
            let text = Text::new(
                "Eine Seite mit dieser Kennung gibt es schon.",
                "There is a page with this id already.",
            );
            RouteError::new(StatusCode::CONFLICT, "conflict", text).on("id")
        }
        CreateError::Field { name, err } => field_error(&name, &err),
        CreateError::Content { ref err, .. } => match err.into() {
            why @ Unsaved::Misfit => RouteError::unsaved(app, why, error).on("body"),
            why => RouteError::unsaved(app, why, error),
        },
        CreateError::Record { ref err, .. } => RouteError::unsaved(app, err.into(), error),
        CreateError::Show(error) => read_error(error),
    }
}
