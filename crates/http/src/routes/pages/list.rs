//! Lists of pages.

use std::collections::BTreeMap;

use denkraum_app::ListQuery;
use denkraum_domain::{Audience, KindId, PageId, SpaceId};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::problem::RouteError;
use crate::request::{FromParameters, Json, Parameters, Query};
use crate::session::Context;
use crate::views::PageSummary;

/// How many pages come if nothing is said.
const DEFAULT_LIMIT: usize = 50;

/// Which pages; a repeated parameter means "or".
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Of these spaces.
    #[param(value_type = Option<Vec<String>>)]
    space: Vec<SpaceId>,
    /// Of these kinds.
    #[param(value_type = Option<Vec<String>>)]
    kind: Vec<KindId>,
    /// With these audiences.
    #[param(value_type = Option<Vec<String>>)]
    audience: Vec<Audience>,
    /// Only pages that the reader is an author of.
    #[param(value_type = Option<bool>)]
    mine: bool,
    /// Archived pages instead of those in use.
    #[param(value_type = Option<bool>)]
    archived: bool,
    /// Pages whose field has this choice, as `FIELD:CHOICE`. Repeated for one field it means "or";
    /// for several fields all of them must fit.
    #[param(value_type = Option<Vec<String>>)]
    with: BTreeMap<String, Vec<String>>,
    /// At most so many, 1 to 200.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    limit: usize,
    /// `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<PageId>,
}

impl FromParameters for Filter {
    fn read(parameters: &mut Parameters) -> Result<Self, RouteError> {
        Ok(Self {
            space: parameters.all("space", |raw| SpaceId::parse(raw).ok())?,
            kind: parameters.all("kind", |raw| KindId::parse(raw).ok())?,
            audience: parameters.all("audience", Audience::parse)?,
            mine: parameters.flag("mine")?,
            archived: parameters.flag("archived")?,
            with: choices(parameters)?,
            limit: parameters
                .number("limit", 1..=200)?
                .unwrap_or(DEFAULT_LIMIT),
            cursor: parameters.one("cursor", |raw| PageId::parse(raw).ok())?,
        })
    }
}

/// The wanted choices of each field.
fn choices(parameters: &mut Parameters) -> Result<BTreeMap<String, Vec<String>>, RouteError> {
    let pairs = parameters.all("with", |raw| {
        let (field, choice) = raw.split_once(':')?;
        let both = !field.is_empty() && !choice.is_empty();
        both.then(|| (field.to_owned(), choice.to_owned()))
    })?;
    let mut with = BTreeMap::<_, Vec<_>>::new();
    for (field, choice) in pairs {
        with.entry(field).or_default().push(choice);
    }
    Ok(with)
}

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PageList {
    items: Vec<PageSummary>,
    /// The cursor of the next part; null at the end.
    #[schema(required)]
    next: Option<String>,
}

/// The pages that the reader may see, newest change first.
#[utoipa::path(
    get,
    path = "/api/v1/pages",
    operation_id = "listPages",
    tag = "pages",
    params(Filter),
    responses((status = 200, description = "A part of the list", body = PageList))
)]
#[tracing::instrument(name = "http.pages.list", skip_all)]
pub(crate) async fn handler(
    cx: Context,
    Query(filter): Query<Filter>,
) -> Result<Json<PageList>, RouteError> {
    let query = ListQuery {
        spaces: filter.space,
        kinds: filter.kind,
        audiences: filter.audience,
        mine: filter.mine,
        archived: filter.archived,
        with: filter.with,
        cursor: filter.cursor,
        limit: filter.limit,
    };
    let list = cx.app.list_pages(&cx.actor, &query);
    Ok(Json(PageList {
        items: list.items.into_iter().map(PageSummary::from).collect(),
        next: list.next.map(|cursor| cursor.to_string()),
    }))
}
