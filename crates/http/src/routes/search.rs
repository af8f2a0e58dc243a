//! Finding pages.

mod answer;
pub(super) mod misses;
pub(super) mod saved;
pub(super) mod words;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use denkraum_app::{FindError, SearchOrder, SearchRequest};
use denkraum_domain::{KindId, PersonId, SpaceId, TermId};
use utoipa::IntoParams;

use crate::problem::{RouteError, Text};
use crate::request::{FromParameters, Json, Parameters, Query};
use crate::session::Context;
use answer::SearchResults;

/// How many hits come if nothing is said.
const DEFAULT_LIMIT: usize = 20;
/// The most characters of a search.
const MAX_CHARS: usize = 500;
/// The most characters of a tag or a year that is chosen.
const MAX_CHOICE_CHARS: usize = 100;

/// What to search for; a repeated parameter means "or".
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Search {
    /// The words, with `"phrases"`, `-not`, `titel:` and `bezirk:`.
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
    /// With one of these tags.
    #[param(value_type = Option<Vec<String>>)]
    tag: Vec<String>,
    /// Of one of these years: that of the page's date, else of its last change.
    #[param(value_type = Option<Vec<String>>)]
    year: Vec<String>,
    /// From one of these people.
    #[param(value_type = Option<Vec<String>>)]
    author: Vec<String>,
    /// With one of these choices of any facet that the catalogue declares, as `NAME:CHOICE`.
    #[param(value_type = Option<Vec<String>>)]
    facet: Vec<(String, String)>,
    /// What comes first: `closeness` or `changed`.
    #[param(value_type = Option<String>)]
    order: SearchOrder,
    /// Only the letters that were typed: no inflection, no parts of words, no synonyms.
    #[param(value_type = Option<bool>)]
    literal: bool,
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
        let free = |raw: &str| (raw.chars().count() <= MAX_CHOICE_CHARS).then(|| raw.to_owned());
        let person = |raw: &str| PersonId::parse(raw).ok().map(|id| id.to_string());
        let order = |raw: &str| match raw {
            "closeness" => Some(SearchOrder::Closeness),
            "changed" => Some(SearchOrder::Changed),
            _ => None,
        };
        Ok(Self {
            q: typed(parameters)?,
            space: parameters.all("space", |raw| SpaceId::parse(raw).ok())?,
            kind: parameters.all("kind", |raw| KindId::parse(raw).ok())?,
            field: parameters.all("field", term)?,
            department: parameters.all("department", term)?,
            phase: parameters.all("phase", term)?,
            status: parameters.all("status", term)?,
            tag: parameters.all("tag", free)?,
            year: parameters.all("year", free)?,
            author: parameters.all("author", person)?,
            facet: parameters.all("facet", |raw| {
                let (name, choice) = raw.split_once(':')?;
                Some((name.to_owned(), term(choice)?))
            })?,
            order: parameters.one("order", order)?.unwrap_or_default(),
            literal: parameters.flag("literal")?,
            typing: parameters.flag("typing")?,
            limit: parameters
                .number("limit", 1..=100)?
                .unwrap_or(DEFAULT_LIMIT),
            offset: parameters.number("offset", 0..=10_000)?.unwrap_or(0),
        })
    }
}

/// The words that somebody typed, of a length that somebody types.
pub(super) fn typed(parameters: &mut Parameters) -> Result<String, RouteError> {
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

impl From<Search> for SearchRequest {
    fn from(search: Search) -> Self {
        // A facet has a parameter of its own where programs have always had one.
        let own = [
            ("field", search.field),
            ("department", search.department),
            ("phase", search.phase),
            ("status", search.status),
            ("tag", search.tag),
            ("year", search.year),
            ("author", search.author),
        ];
        let mut facets: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let own = own.into_iter().flat_map(|(name, choices)| {
            let name = |choice| (name.to_owned(), choice);
            choices.into_iter().map(name).collect::<Vec<_>>()
        });
        for (name, choice) in own.chain(search.facet) {
            facets.entry(name).or_default().push(choice);
        }
        Self {
            text: search.q,
            spaces: search.space,
            kinds: search.kind,
            facets,
            typing: search.typing,
            literal: search.literal,
            order: search.order,
            limit: search.limit,
            offset: search.offset,
        }
    }
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
    let found = cx.app.search(&cx.actor, search.into()).await;
    Ok(Json(found.map_err(unanswered)?.into()))
}

pub(super) fn unanswered(error: FindError) -> RouteError {
    RouteError::internal(error)
}
