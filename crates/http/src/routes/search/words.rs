//! The synonyms and abbreviations of the search, for administrators.

use axum::http::StatusCode;
use denkraum_app::{self as app, WORD_LIST_CHARS, WordsError};
use denkraum_domain::permit_admin;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::{RouteError, Text};
use crate::request::Json;
use crate::session::Context;

/// The list in use.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WordList {
    /// One group a line, such as `Kita = Kindertagesstätte`.
    text: String,
    /// Counts up with each save; 0 is the list that the program carries.
    revision: u64,
    /// The list that the program carries.
    shipped: String,
    /// Lines that cannot be read and are left out.
    unread: Vec<UnreadLine>,
}

/// A line that cannot be read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnreadLine {
    /// From 1.
    #[schema(value_type = u32)]
    line: usize,
    text: String,
}

/// A list to be used from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWordList {
    text: String,
    /// The revision that it takes the place of.
    revision: u64,
}

/// The synonyms and abbreviations in use.
#[utoipa::path(
    get,
    path = "/api/v1/search/words",
    operation_id = "showSearchWords",
    tag = "search",
    responses((status = 200, description = "The list", body = WordList))
)]
#[tracing::instrument(name = "http.search.words.show", skip_all)]
pub(crate) async fn show(cx: Context) -> Result<Json<WordList>, RouteError> {
    let permit = permit_admin(&cx.actor).map_err(RouteError::denied)?;
    Ok(Json(answer(cx.app.word_list(&permit))))
}

/// Replaces the synonyms and abbreviations. The next search uses them.
#[utoipa::path(
    post,
    path = "/api/v1/search/words",
    operation_id = "saveSearchWords",
    tag = "search",
    request_body = NewWordList,
    responses((status = 200, description = "The list as it is now", body = WordList))
)]
#[tracing::instrument(name = "http.search.words.save", skip_all)]
pub(crate) async fn save(
    cx: Context,
    Json(new): Json<NewWordList>,
) -> Result<Json<WordList>, RouteError> {
    let permit = permit_admin(&cx.actor).map_err(RouteError::denied)?;
    let saved = cx.app.save_word_list(&permit, new.text, new.revision).await;
    Ok(Json(answer(saved.map_err(|error| refuse(&cx.app, error))?)))
}

fn answer(list: app::WordList) -> WordList {
    let unread = |line: app::UnreadLine| UnreadLine {
        line: line.line,
        text: line.text,
    };
    WordList {
        text: list.text,
        revision: list.revision,
        shipped: list.shipped.to_owned(),
        unread: list.unread.into_iter().map(unread).collect(),
    }
}

fn refuse(app: &app::App, error: WordsError) -> RouteError {
    match error {
        WordsError::TooLong => {
            let text = Text::new(
                format!("Die Liste hat höchstens {WORD_LIST_CHARS} Zeichen."),
                format!("The list has at most {WORD_LIST_CHARS} characters."),
            );
            RouteError::new(StatusCode::UNPROCESSABLE_ENTITY, "value-too-long", text).on("text")
        }
        WordsError::Changed { .. } => {
            let text = Text::new(
                "Inzwischen hat jemand anderes die Liste geändert. Laden Sie sie neu.",
                "Somebody else has changed the list meanwhile. Load it again.",
            );
            RouteError::new(StatusCode::CONFLICT, "changed-meanwhile", text).caused_by(error)
        }
        WordsError::Store(ref err) => RouteError::unsaved(app, err.into(), error),
    }
}
