//! Pages like a page.

use denkraum_app::{RelatedPage, RelatedTo};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::problem::RouteError;
use crate::request::{FromParameters, Json, PagePath, Parameters, Query};
use crate::routes::search::unanswered;
use crate::session::Context;
use crate::views::PageRef;

/// Pages like a page, those of other spaces first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RelatedPages {
    items: Vec<Related>,
}

/// A page that is like another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Related {
    page: PageRef,
    /// The telling words that both share, most telling first.
    shared: Vec<String>,
}

/// The most characters of a passage.
const PASSAGE_CHARS: usize = 2_000;
/// The most characters of a heading.
const HEADING_CHARS: usize = 500;

/// A part of the page that others are to be like; without one it is the whole page.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part {
    /// The sections with this heading.
    #[param(value_type = Option<String>)]
    section: Option<String>,
    /// A passage, at most 2000 characters.
    #[param(value_type = Option<String>)]
    passage: Option<String>,
}

impl FromParameters for Part {
    fn read(parameters: &mut Parameters) -> Result<Self, RouteError> {
        let within =
            |most: usize| move |raw: &str| (raw.chars().count() <= most).then(|| raw.to_owned());
        Ok(Self {
            section: parameters.one("section", within(HEADING_CHARS))?,
            passage: parameters.one("passage", within(PASSAGE_CHARS))?,
        })
    }
}

impl From<Part> for RelatedTo {
    fn from(Part { section, passage }: Part) -> Self {
        match (section, passage) {
            (_, Some(passage)) => Self::Passage(passage),
            (Some(heading), None) => Self::Section(heading),
            (None, None) => Self::Page,
        }
    }
}

/// Pages like a page that the reader may see, or like a part of it; none for a page that they may not.
#[utoipa::path(
    get,
    path = "/api/v1/pages/{id}/related",
    operation_id = "listRelatedPages",
    tag = "pages",
    params(("id" = String, Path, description = "The page"), Part),
    responses((status = 200, description = "Some pages", body = RelatedPages))
)]
#[tracing::instrument(name = "http.pages.related", skip_all, fields(page.id = %page))]
pub(crate) async fn handler(
    cx: Context,
    PagePath(page): PagePath,
    Query(part): Query<Part>,
) -> Result<Json<RelatedPages>, RouteError> {
    let found = cx.app.related(&cx.actor, page, part.into()).await;
    let found = found.map_err(unanswered)?;
    let item = |RelatedPage { page, shared }: RelatedPage| Related {
        page: page.into(),
        shared,
    };
    Ok(Json(RelatedPages {
        items: found.into_iter().map(item).collect(),
    }))
}
