//! The web application, embedded in the binary as it was built.
//!
//! Files of `assets/` have a hash in their name and never change. Everything else is asked about
//! again each time, by its entity tag. Addresses of the application itself (`/seiten/…`) all get
//! the shell. Compressed forms were made by the build and are sent as they are.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::problem::RouteError;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Build;

/// Looks up a file of the build by its path.
type Find = fn(&str) -> Option<EmbeddedFile>;

const SHELL: &str = "index.html";
/// The shell with room for a page in it; never sent as it is.
const READING: &str = "reading.html";
const ASSETS: &str = "assets/";

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "no-cache";

/// What is shown by a server that was built without the web application.
const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">\n\
    <title>Denkraum</title>\n</head>\n<body>\n<h1>Denkraum</h1>\n\
    <p>Dieser Server wurde ohne die Webanwendung gebaut. \
    Mit <code>cargo xtask run</code> entstehen beide zusammen.</p>\n\
    <p lang=\"en\">This server was built without the web application. \
    <code>cargo xtask run</code> builds both.</p>\n</body>\n</html>\n";

/// Answers everything that is no route.
pub(crate) async fn handler(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    respond(Build::get, &method, uri.path(), &headers)
}

/// The shell for a page that is shown at once; `None` in a server without the web application.
pub(crate) fn reading_shell() -> Option<String> {
    shell_of(Build::get)
}

fn shell_of(find: Find) -> Option<String> {
    let file = find(READING)?;
    std::str::from_utf8(&file.data).ok().map(str::to_owned)
}

/// Whether the browser has what the entity tag names.
pub(crate) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(IF_NONE_MATCH)
        .into_iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|known| known.trim() == "*" || known.trim().trim_start_matches("W/") == tag)
}

fn respond(find: Find, method: &Method, path: &str, headers: &HeaderMap) -> Response {
    if is_below(path, "/api") || is_below(path, "/ws") {
        return RouteError::of_status(StatusCode::NOT_FOUND).into_response();
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        return RouteError::of_status(StatusCode::METHOD_NOT_ALLOWED).into_response();
    }
    let name = path.trim_start_matches('/');
    if let Some(file) = find(name).filter(|_| name != SHELL && name != READING) {
        return send(find, name, file, headers);
    }
    let is_file = name.starts_with(ASSETS) || last_part(name).contains('.');
    if is_file && name != SHELL {
        return RouteError::of_status(StatusCode::NOT_FOUND).into_response();
    }
    match find(SHELL) {
        Some(shell) => send(find, SHELL, shell, headers),
        None => not_built(),
    }
}

fn is_below(path: &str, prefix: &str) -> bool {
    let rest = path.strip_prefix(prefix);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or_default()
}

fn not_built() -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, NOT_BUILT).into_response()
}

/// A file, in the smallest form that was built and that the browser takes.
fn send(find: Find, name: &str, plain: EmbeddedFile, headers: &HeaderMap) -> Response {
    let built = [("br", ".br"), ("gzip", ".gz")].into_iter();
    let smaller = built
        .filter(|(coding, _)| takes(headers, coding))
        .find_map(|(coding, ending)| Some((coding, find(&format!("{name}{ending}"))?)));
    let (coding, file) = match smaller {
        Some((coding, file)) => (Some(coding), file),
        None => (None, plain),
    };
    let tag = entity_tag(&file);
    let mut response = if is_known(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        body(file).into_response()
    };
    let caching = if name.starts_with(ASSETS) {
        IMMUTABLE
    } else {
        REVALIDATE
    };
    let has_body = response.status() != StatusCode::NOT_MODIFIED;
    let out = response.headers_mut();
    out.remove(CONTENT_TYPE);
    out.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    out.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        out.insert(ETAG, tag);
    }
    if has_body {
        if let Ok(kind) = HeaderValue::try_from(content_type(name)) {
            out.insert(CONTENT_TYPE, kind);
        }
        if let Some(coding) = coding {
            out.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
    }
    response
}

fn body(file: EmbeddedFile) -> Body {
    match file.data {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    }
}

/// Each form of a file has its own, made of its bytes.
fn entity_tag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let half = hash.first_chunk().copied().unwrap_or_default();
    format!("\"{:032x}\"", u128::from_be_bytes(half))
}

fn content_type(name: &str) -> String {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let textual = kind.type_() == mime_guess::mime::TEXT || kind.subtype() == "javascript";
    if textual {
        format!("{}; charset=utf-8", kind.essence_str())
    } else {
        kind.essence_str().to_owned()
    }
}

/// Whether the browser takes a coding: named, or by `*`, and not with weight 0.
fn takes(headers: &HeaderMap, coding: &str) -> bool {
    let lines = headers.get_all(ACCEPT_ENCODING).into_iter();
    let parts = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','));
    let mut named = None;
    let mut any = None;
    for part in parts {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(is_zero);
        match name.trim() {
            name if name.eq_ignore_ascii_case(coding) => named = Some(!refused),
            "*" => any = Some(!refused),
            _ => {}
        }
    }
    named.or(any).unwrap_or(false)
}

fn is_zero(weight: &str) -> bool {
    weight.parse().is_ok_and(|weight: f32| weight <= 0.0)
}

#[cfg(test)]
mod tests;
