//! The first showing of a page: whoever opens its address reads at once, also without JavaScript.
//!
//! The answer is the shell of the web application with the page in it: title, fields and text as
//! HTML, with the style sheets of the screen that takes over. Its markup follows the screen's
//! components (their class names are those of the build), so that nothing moves when they do.
//! Whoever is not signed in, or may not see the page, gets the bare shell.

mod around;
mod fields;
mod html;
mod text;
mod words;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use denkraum_domain::PageId;

use crate::language::Language;
use crate::session::Credentials;
use crate::state::Shared;
use crate::web;

/// In the shell, what is replaced.
const LANGUAGE: &str = "<html lang=\"de\">";
const TITLE: &str = "<title>Denkraum</title>";
const PLACE: &str = "<!--denkraum:page-->";

/// Kept by the reader's own browser alone, and asked about again each time.
const CACHING: &str = "private, no-cache";
/// The same address says different things to different people, in two languages.
const VARIES: &str = "cookie, authorization, accept-language";

/// Gives the shell with room for a page in it; `None` in a server without the web application.
type Shell = fn() -> Option<String>;

/// The addresses of pages.
pub(crate) fn routes() -> Router<Shared> {
    routes_with(web::reading_shell)
}

fn routes_with(shell: Shell) -> Router<Shared> {
    let handler = move |State(shared): State<Shared>, uri: Uri, headers: HeaderMap| {
        answer(shared, shell, uri, headers)
    };
    Router::new()
        .route("/seiten/{id}", get(handler))
        .route("/seiten/{id}/{slug}", get(handler))
}

#[tracing::instrument(name = "http.reading", skip_all)]
async fn answer(shared: Shared, shell: Shell, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(document) = shown(&shared, shell, uri.path(), &headers).await {
        return send(document, &headers);
    }
    let mut shell = web::handler(Method::GET, uri, headers).await;
    // The shell stands here as long as nobody is signed in.
    let out = shell.headers_mut();
    out.insert(CACHE_CONTROL, HeaderValue::from_static(CACHING));
    out.append(VARY, HeaderValue::from_static(VARIES));
    shell
}

/// The whole document; `None` where there is nothing to show to this reader.
async fn shown(shared: &Shared, shell: Shell, path: &str, headers: &HeaderMap) -> Option<String> {
    let id = path.strip_prefix("/seiten/")?.split('/').next()?;
    let page = PageId::parse(id).ok()?;
    let token = Credentials::of(headers, shared.config().https()).token()?;
    let account = shared.app().session(&token)?;
    let shell = shell()?;
    let language = Language::of(headers);
    let texts = language.of_texts();
    let reading = shared
        .app()
        .reading_page(&account.actor(), page, texts)
        .await;
    let reading = reading
        .inspect_err(|error| tracing::debug!(page.id = %page, %error, "not shown at once"))
        .ok()?;
    let title = html::escape(&reading.view.summary.page.title);
    let body = html::page(shared.app().catalogue(), &reading, language);
    Some(
        shell
            .replacen(LANGUAGE, &format!("<html lang=\"{}\">", language.tag()), 1)
            .replacen(TITLE, &format!("<title>{title} · Denkraum</title>"), 1)
            // Last: what stands in the page must not be replaced.
            .replacen(PLACE, &body, 1),
    )
}

fn send(document: String, headers: &HeaderMap) -> Response {
    let hash = blake3::hash(document.as_bytes()).to_hex();
    let tag = format!("\"{}\"", hash.get(..32).unwrap_or_default());
    let mut response = if web::is_known(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        ([(CONTENT_TYPE, kind)], document).into_response()
    };
    let out = response.headers_mut();
    out.insert(CACHE_CONTROL, HeaderValue::from_static(CACHING));
    out.insert(VARY, HeaderValue::from_static(VARIES));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        out.insert(ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests;
