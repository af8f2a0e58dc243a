//! What went wrong, as problem details (RFC 9457) in the reader's language.
//!
//! A handler returns a [`RouteError`]. The layer [`render`] around all routes logs it once, with
//! its chain of causes, and writes the body. It also gives a body to the errors of the framework,
//! so that every error of the API looks alike.

mod texts;

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::language::Language;
use crate::state::Shared;

pub(crate) use texts::shortened;

/// Problem details (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: `code` says what happened.
    #[schema(value_type = String)]
    r#type: &'static str,
    /// The status in words.
    #[schema(value_type = String)]
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// A stable word for programs, such as `unknown-page`.
    #[schema(value_type = String)]
    code: &'static str,
    /// What happened, for people, in German or English as `Accept-Language` says.
    detail: String,
    /// The field of the body or the parameter that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    field: Option<String>,
    /// A failure of the server carries a number that its log knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    id: Option<String>,
}

/// A text in the languages of the interface.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    de: Cow<'static, str>,
    en: Cow<'static, str>,
}

impl Text {
    pub(crate) fn new(de: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self {
            de: de.into(),
            en: en.into(),
        }
    }

    pub(crate) fn into_language(self, language: Language) -> String {
        match language {
            Language::German => self.de,
            Language::English => self.en,
        }
        .into_owned()
    }
}

/// Why a request was not answered as wished.
#[derive(Clone, Debug)]
pub(crate) struct RouteError(Box<Refusal>);

#[derive(Clone, Debug)]
struct Refusal {
    status: StatusCode,
    code: &'static str,
    detail: Text,
    field: Option<String>,
    retry_after: Option<u64>,
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl RouteError {
    /// An error with a status, a stable code, and a text for people.
    pub(crate) fn new(status: StatusCode, code: &'static str, detail: Text) -> Self {
        Self(Box::new(Refusal {
            status,
            code,
            detail,
            field: None,
            retry_after: None,
            cause: None,
        }))
    }

    /// Names the field or parameter that it is about.
    pub(crate) fn on(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    /// Says after how many seconds it is worth trying again.
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// Keeps the cause for the log. It is never sent.
    pub(crate) fn caused_by(mut self, cause: impl Error + Send + Sync + 'static) -> Self {
        self.0.cause = Some(Arc::new(cause));
        self
    }

    /// The HTTP status.
    #[cfg(test)]
    pub(crate) fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The stable code.
    #[cfg(test)]
    pub(crate) fn code(&self) -> &'static str {
        self.0.code
    }

    /// The field it is about.
    #[cfg(test)]
    pub(crate) fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The text for people alone, where an error is one of many in an answer.
    pub(crate) fn into_detail(self, language: Language) -> String {
        self.0.detail.into_language(language)
    }

    fn log(&self, id: Option<&str>) {
        let cause = self.0.cause.as_deref().map(|cause| chain(cause));
        let (status, code) = (self.0.status.as_u16(), self.0.code);
        if let Some(id) = id {
            tracing::error!(
                http.status = status,
                code,
                problem.id = id,
                cause,
                "a request failed"
            );
        } else {
            tracing::debug!(http.status = status, code, cause, "a request was refused");
        }
    }

    fn into_body(self, language: Language, id: Option<String>) -> Problem {
        Problem {
            r#type: "about:blank",
            title: texts::title(self.0.status, language),
            status: self.0.status.as_u16(),
            code: self.0.code,
            detail: self.0.detail.into_language(language),
            field: self.0.field,
            id,
        }
    }
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        if let Some(seconds) = self.0.retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// An error and all its causes on one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let _infallible = write!(line, ": {cause}");
        next = cause.source();
    }
    line
}

/// Gives every error its body.
pub(crate) async fn render(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let language = Language::of(request.headers());
    let mut response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let error = match response.extensions_mut().remove::<RouteError>() {
        Some(error) => error,
        // A status that is the answer itself, such as of a readiness check.
        None if is_json(&response) => return response,
        None => RouteError::of_status(status),
    };
    let id = status.is_server_error().then(|| shared.next_problem_id());
    error.log(id.as_deref());
    let body = serde_json::to_vec(&error.into_body(language, id)).unwrap_or_default();
    *response.body_mut() = Body::from(body);
    let headers = response.headers_mut();
    let problem = HeaderValue::from_static("application/problem+json");
    headers.insert(CONTENT_TYPE, problem);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.remove(CONTENT_LENGTH);
    response
}

fn is_json(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind == "application/json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use thiserror::Error;

    #[derive(Debug, Error)]
    #[error("outer")]
    struct Outer(#[source] std::fmt::Error);

    #[test]
    fn a_chain_names_every_cause_once() {
        let line = chain(&Outer(std::fmt::Error));
        assert_eq!(line, "outer: an error occurred when formatting an argument");
    }

    #[test]
    fn the_detail_is_in_the_readers_language_and_the_cause_stays_inside() {
        let error = RouteError::internal(Outer(std::fmt::Error));
        let german = error
            .clone()
            .into_body(Language::German, Some("1".to_owned()));
        let english = error.into_body(Language::English, Some("1".to_owned()));
        assert_ne!(german.detail, english.detail);
        let sent = serde_json::to_string(&english).unwrap();
        assert!(sent.contains(r#""id":"1""#), "{sent}");
        assert!(!sent.contains("outer"), "{sent}");
    }
}
