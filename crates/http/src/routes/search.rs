//! Finding pages.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use denkraum_app::{FindError, SearchHit, SearchRequest};
use denkraum_domain::{KindId, SpaceId, TermId};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::problem::{RouteError, Text};
use crate::request::{FromParameters, Json, Parameters, Query};
use crate::session::Context;
use crate::views::{PageRef, rfc3339};

/// How many hits come if nothing is said.
const DEFAULT_LIMIT: usize = 20;
/// The most characters of a search.
const MAX_CHARS: usize = 500;

/// What to search for; a repeated parameter means "or".
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Search {
    /// The words.
    #[param(value_type = Option<String>)]
    q: String,
    /// In these spaces.
    #[param(value_type = Option<Vec<String>>)]
    space: Vec<SpaceId>,
    /// Of these kinds.
    #[param(value_type = Option<Vec<String>>)]
    kind: Vec<KindId>,
    /// With one of these fields of action.
    #[param(value_type = Option<Vec<String>>)]
    field: Vec<String>,
    /// With one of these departments.
    #[param(value_type = Option<Vec<String>>)]
    department: Vec<String>,
    /// With one of these life phases.
    #[param(value_type = Option<Vec<String>>)]
    phase: Vec<String>,
    /// With one of these states.
    #[param(value_type = Option<Vec<String>>)]
    status: Vec<String>,
    /// With one of these choices of any facet that the catalogue declares, as `NAME:CHOICE`.
    #[param(value_type = Option<Vec<String>>)]
    facet: Vec<(String, String)>,
    /// The last word is only a beginning.
    #[param(value_type = Option<bool>)]
    typing: bool,
    /// At most so many, 1 to 100.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: usize,
    /// After so many, at most 10000.
    #[param(value_type = Option<u32>, maximum = 10_000)]
    offset: usize,
}

impl FromParameters for Search {
    fn read(parameters: &mut Parameters) -> Result<Self, RouteError> {
        let term = |raw: &str| TermId::parse(raw).ok().map(|id| id.to_string());
        Ok(Self {
            q: words(parameters)?,
            space: parameters.all("space", |raw| SpaceId::parse(raw).ok())?,
            kind: parameters.all("kind", |raw| KindId::parse(raw).ok())?,
            field: parameters.all("field", term)?,
            department: parameters.all("department", term)?,
            phase: parameters.all("phase", term)?,
            status: parameters.all("status", term)?,
            facet: parameters.all("facet", |raw| {
                let (name, choice) = raw.split_once(':')?;
                Some((name.to_owned(), term(choice)?))
            })?,
            typing: parameters.flag("typing")?,
            limit: parameters
                .number("limit", 1..=100)?
                .unwrap_or(DEFAULT_LIMIT),
            offset: parameters.number("offset", 0..=10_000)?.unwrap_or(0),
        })
    }
}

/// The words that somebody typed, of a length that somebody types.
pub(super) fn words(parameters: &mut Parameters) -> Result<String, RouteError> {
    let words = parameters.one("q", |raw| Some(raw.to_owned()))?;
    let words = words.unwrap_or_default();
    if words.chars().count() <= MAX_CHARS {
        return Ok(words);
    }
    let text = Text::new(
        format!("Eine Suche hat höchstens {MAX_CHARS} Zeichen."),
        format!("A search has at most {MAX_CHARS} characters."),
    );
    Err(RouteError::new(StatusCode::BAD_REQUEST, "value-too-long", text).on("q"))
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchResults {
    /// How many pages match.
    #[schema(value_type = u64)]
    total: usize,
    hits: Vec<Hit>,
    /// Per facet its values with the number of pages.
    facets: BTreeMap<String, Vec<FacetCount>>,
}

/// A found page with the passage that matches.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hit {
    id: String,
    /// Never empty.
    title: String,
    kind: String,
    space: String,
    audience: String,
    /// RFC 3339, in UTC.
    changed_at: String,
    /// The heading above the passage.
    #[schema(required)]
    heading: Option<String>,
    snippet: Vec<SnippetPart>,
}

/// A part of a passage.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SnippetPart {
    text: String,
    /// Whether it is what was searched for.
    hit: bool,
}

/// A value of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetCount {
    value: String,
    /// The number of pages.
    count: u64,
}

/// Searches everything that the reader may see.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    operation_id = "search",
    tag = "search",
    params(Search),
    responses((status = 200, description = "What was found", body = SearchResults))
)]
#[tracing::instrument(name = "http.search", skip_all)]
pub(crate) async fn handler(
    cx: Context,
    Query(search): Query<Search>,
) -> Result<Json<SearchResults>, RouteError> {
    // A facet has a parameter of its own where programs have always had one.
    let own = [
        ("field", search.field),
        ("department", search.department),
        ("phase", search.phase),
        ("status", search.status),
    ];
    let mut facets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let own = own.into_iter().flat_map(|(name, choices)| {
        let name = |choice| (name.to_owned(), choice);
        choices.into_iter().map(name).collect::<Vec<_>>()
    });
    for (name, choice) in own.chain(search.facet) {
        facets.entry(name).or_default().push(choice);
    }
    let request = SearchRequest {
        text: search.q,
        spaces: search.space,
        kinds: search.kind,
        facets,
        typing: search.typing,
        limit: search.limit,
        offset: search.offset,
    };
    let found = cx
        .app
        .search(&cx.actor, request)
        .await
        .map_err(unanswered)?;
    let facet = |(value, count)| FacetCount { value, count };
    let facets = found.facets.into_iter();
    Ok(Json(SearchResults {
        total: found.total,
        hits: found.hits.into_iter().map(Hit::from).collect(),
        facets: facets
            .map(|(name, values)| (name, values.into_iter().map(facet).collect()))
            .collect(),
    }))
}

pub(super) fn unanswered(error: FindError) -> RouteError {
    RouteError::internal(error)
}

impl From<SearchHit> for Hit {
    fn from(hit: SearchHit) -> Self {
        let PageRef {
            id,
            title,
            kind,
            space,
        } = hit.summary.page.into();
        let part = |(text, hit)| SnippetPart { text, hit };
        Self {
            id,
            title,
            kind,
            space,
            audience: hit.summary.audience.as_str().to_owned(),
            changed_at: rfc3339(hit.summary.changed_at),
            heading: hit.heading,
            snippet: hit.snippet.into_iter().map(part).collect(),
        }
    }
}
