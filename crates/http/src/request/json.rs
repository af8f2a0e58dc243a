//! JSON bodies.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use crate::problem::{RouteError, Text, shortened};

/// JSON in a request or an answer. In a request every error names the place.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = RouteError;

    async fn from_request(request: Request, state: &S) -> Result<Self, RouteError> {
        let kind = request.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(not_json());
        }
        let body = Bytes::from_request(request, state).await.map_err(unread)?;
        parse(&body).map(Self)
    }
}

/// Reads one JSON object and nothing after it.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, RouteError> {
    // Serde would take a list for an object, value by value.
    if !body.trim_ascii_start().starts_with(b"{") {
        return Err(
            serde_json::from_slice::<IgnoredAny>(body).map_or_else(broken, |_| wrong_type())
        );
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        misfit(path, error.into_inner())
    })?;
    reader.end().map_err(broken)?;
    Ok(value)
}

/// Why a body did not arrive.
pub(crate) fn unread(rejection: BytesRejection) -> RouteError {
    RouteError::of_status(rejection.status()).caused_by(rejection)
}

fn not_json() -> RouteError {
    let text = Text::new(
        "Erwartet wird JSON (Content-Type: application/json).",
        "JSON is expected (Content-Type: application/json).",
    );
    RouteError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", text)
}

fn broken(error: serde_json::Error) -> RouteError {
    let (line, column) = (error.line(), error.column());
    let text = Text::new(
        format!("Das ist kein gültiges JSON (Zeile {line}, Zeichen {column})."),
        format!("This is not valid JSON (line {line}, character {column})."),
    );
    RouteError::new(StatusCode::BAD_REQUEST, "invalid-json", text).caused_by(error)
}

/// JSON that says something else than is expected. Serde tells the sort by its message alone.
fn misfit(path: String, error: serde_json::Error) -> RouteError {
    if error.classify() != Category::Data {
        return broken(error);
    }
    let message = error.to_string();
    let named = message.split('`').nth(1).unwrap_or_default();
    let path = if path == "." { String::new() } else { path };
    let (code, place, text) = if message.starts_with("unknown field") {
        let text = Text::new(
            format!("Das Feld „{}“ gibt es hier nicht.", shortened(named)),
            format!("There is no field “{}” here.", shortened(named)),
        );
        ("unknown-field", inside(path, named), text)
    } else if message.starts_with("missing field") {
        let text = Text::new(
            format!("Das Feld „{named}“ fehlt."),
            format!("The field “{named}” is missing."),
        );
        ("missing-field", inside(path, named), text)
    } else if message.starts_with("duplicate field") {
        let text = Text::new(
            format!("Das Feld „{named}“ steht doppelt da."),
            format!("The field “{named}” is there twice."),
        );
        ("duplicate-field", inside(path, named), text)
    } else {
        return placed(wrong_type().caused_by(error), &path);
    };
    placed(
        RouteError::new(StatusCode::BAD_REQUEST, code, text).caused_by(error),
        &place,
    )
}

fn wrong_type() -> RouteError {
    let text = Text::new(
        "Hier wird eine andere Art von Wert erwartet.",
        "Another type of value is expected here.",
    );
    RouteError::new(StatusCode::BAD_REQUEST, "wrong-type", text)
}

fn placed(problem: RouteError, place: &str) -> RouteError {
    if place.is_empty() {
        problem
    } else {
        problem.on(shortened(place))
    }
}

/// The place of a field. The path ends with it or before it, depending on when it was met.
fn inside(path: String, field: &str) -> String {
    let ends_with_it = path
        .strip_suffix(field)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'));
    if ends_with_it {
        path
    } else if path.is_empty() {
        field.to_owned()
    } else {
        format!("{path}.{field}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape is of interest")]
    struct Outer {
        title: String,
        #[serde(default)]
        inner: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape is of interest")]
    struct Inner {
        role: String,
    }

    #[track_caller]
    fn check(body: &str, code: &str, field: Option<&str>) {
        let error = parse::<Outer>(body.as_bytes()).unwrap_err();
        assert_eq!((error.code(), error.field()), (code, field), "{body}");
        assert_eq!(error.status(), StatusCode::BAD_REQUEST, "{body}");
    }

    #[test]
    fn broken_json_is_told_from_json_that_says_something_else() {
        for body in [
            "",
            "{",
            r#"{"title": "a"} x"#,
            r#"{"title": "a",}"#,
            "\u{0}",
        ] {
            check(body, "invalid-json", None);
        }
        check(r#"{"title": "a""#, "invalid-json", None);
        for body in ["7", "[]", r#" ["a", []]"#, "null"] {
            check(body, "wrong-type", None);
        }
    }

    #[test]
    fn every_misfit_names_its_place() {
        check("{}", "missing-field", Some("title"));
        check(r#"{"title": 7}"#, "wrong-type", Some("title"));
        check(
            r#"{"title": "a", "titel": "b"}"#,
            "unknown-field",
            Some("titel"),
        );
        check(
            r#"{"title": "a", "title": "b"}"#,
            "duplicate-field",
            Some("title"),
        );
        let inner = |inner: &str| format!(r#"{{"title": "a", "inner": [{inner}]}}"#);
        check(
            &inner(r#"{"role": []}"#),
            "wrong-type",
            Some("inner[0].role"),
        );
        check(
            &inner(r#"{"role": "r", "x": 1}"#),
            "unknown-field",
            Some("inner[0].x"),
        );
        check(&inner("{}"), "missing-field", Some("inner[0].role"));
    }

    #[test]
    fn a_body_nested_without_end_is_refused() {
        let body = format!("{}{}", r#"{"title":"#, "[".repeat(100_000));
        assert!(parse::<Outer>(body.as_bytes()).is_err());
    }
}
