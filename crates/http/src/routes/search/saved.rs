//! Searches that the reader saved, with what is new in them.

use axum::extract::Path;
use axum::http::StatusCode;
use denkraum_app::{self as app, SAVED_SEARCHES, SaveSearchError, SearchRequest};
use denkraum_domain::{PersonName, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Search, unanswered};
use crate::problem::{RouteError, Text};
use crate::request::{FromParameters as _, Json, Parameters};
use crate::session::Context;
use crate::views::rfc3339;

/// The searches that the reader saved, newest last.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SavedSearches {
    items: Vec<SavedSearch>,
}

/// A saved search.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SavedSearch {
    id: String,
    name: String,
    /// What is asked, as the parameters of a search.
    query: String,
    /// RFC 3339, in UTC; when the reader last looked.
    seen_at: String,
    /// How many pages it finds that others made or changed since the reader last looked; 100 is
    /// that or more.
    #[schema(value_type = u32)]
    new: usize,
}

/// A search to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSavedSearch {
    /// What the person calls it.
    name: String,
    /// What is asked, as the parameters of a search.
    query: String,
}

/// The searches that the reader saved.
#[utoipa::path(
    get,
    path = "/api/v1/search/saved",
    operation_id = "listSavedSearches",
    tag = "search",
    responses((status = 200, description = "The searches", body = SavedSearches))
)]
#[tracing::instrument(name = "http.search.saved.list", skip_all)]
pub(crate) async fn list(cx: Context) -> Result<Json<SavedSearches>, RouteError> {
    let saved = cx.app.saved_searches(&cx.actor).into_iter();
    // What was saved can name a kind or a person that is gone: then nothing is new in it.
    let saved = saved.map(|one| (request(&one.query).ok(), one));
    let saved: Vec<(Option<SearchRequest>, app::SavedSearch)> = saved.collect();
    let asked = saved.iter().filter_map(|(request, one)| {
        let since = Timestamp::from_millis(one.seen);
        Some((request.clone()?, since))
    });
    let news = cx.app.news_of_searches(&cx.actor, asked.collect()).await;
    let mut news = news.map_err(unanswered)?.into_iter();
    let items = saved.into_iter().map(|(request, one)| {
        let new = request.and_then(|_| news.next());
        answer(one, new.unwrap_or_default())
    });
    let items = items.collect();
    Ok(Json(SavedSearches { items }))
}

/// Saves a search for the reader. What it finds now counts as seen.
#[utoipa::path(
    post,
    path = "/api/v1/search/saved",
    operation_id = "saveSearch",
    tag = "search",
    request_body = NewSavedSearch,
    responses((status = 201, description = "The saved search", body = SavedSearch))
)]
#[tracing::instrument(name = "http.search.saved.save", skip_all)]
pub(crate) async fn save(
    cx: Context,
    Json(new): Json<NewSavedSearch>,
) -> Result<(StatusCode, Json<SavedSearch>), RouteError> {
    let name = PersonName::parse(&new.name).map_err(|error| RouteError::name("name", error))?;
    request(&new.query).map_err(|error| error.on("query"))?;
    let saved = cx.app.save_search(&cx.actor, name.to_string(), new.query);
    let saved = saved.await.map_err(|error| refuse(&cx.app, error))?;
    Ok((StatusCode::CREATED, Json(answer(saved, 0))))
}

/// Forgets a saved search of the reader.
#[utoipa::path(
    delete,
    path = "/api/v1/search/saved/{id}",
    operation_id = "forgetSearch",
    tag = "search",
    params(("id" = String, Path, description = "The saved search")),
    responses((status = 204, description = "Done"))
)]
#[tracing::instrument(name = "http.search.saved.forget", skip_all)]
pub(crate) async fn forget(cx: Context, Path(id): Path<String>) -> Result<StatusCode, RouteError> {
    let done = cx.app.forget_search(&cx.actor, &id).await;
    done.map_err(|error| refuse(&cx.app, error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// The reader has seen what a saved search finds now.
#[utoipa::path(
    post,
    path = "/api/v1/search/saved/{id}/seen",
    operation_id = "markSearchSeen",
    tag = "search",
    params(("id" = String, Path, description = "The saved search")),
    responses((status = 204, description = "Done"))
)]
#[tracing::instrument(name = "http.search.saved.seen", skip_all)]
pub(crate) async fn seen(cx: Context, Path(id): Path<String>) -> Result<StatusCode, RouteError> {
    let done = cx.app.saw_search(&cx.actor, &id).await;
    done.map_err(|error| refuse(&cx.app, error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a saved query asks.
fn request(query: &str) -> Result<SearchRequest, RouteError> {
    let mut parameters = Parameters::parse(query);
    let search = Search::read(&mut parameters)?;
    parameters.finish()?;
    let mut request = SearchRequest::from(search);
    // As the search screen does it: the last word may be a beginning.
    request.typing = true;
    Ok(request)
}

fn answer(saved: app::SavedSearch, new: usize) -> SavedSearch {
    SavedSearch {
        id: saved.id,
        name: saved.name,
        query: saved.query,
        seen_at: rfc3339(Timestamp::from_millis(saved.seen)),
        new,
    }
}

fn refuse(app: &app::App, error: SaveSearchError) -> RouteError {
    match error {
        SaveSearchError::Unknown(_) => {
            let text = Text::new(
                "Diese Suche haben Sie nicht gemerkt.",
                "You have not saved this search.",
            );
            RouteError::new(StatusCode::NOT_FOUND, "not-found", text).caused_by(error)
        }
        SaveSearchError::TooMany => {
            let text = Text::new(
                format!("Sie können {SAVED_SEARCHES} Suchen merken. Entfernen Sie eine davon."),
                format!("You can save {SAVED_SEARCHES} searches. Remove one of them."),
            );
            RouteError::new(StatusCode::CONFLICT, "too-many", text).caused_by(error)
        }
        SaveSearchError::Store(ref err) => RouteError::unsaved(app, err.into(), error),
    }
}
