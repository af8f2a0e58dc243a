//! Requests that another site made a browser send are refused.
//!
//! The check is for requests that change something and for WebSocket upgrades, unless a bearer
//! token shows that a program meant them. An `Origin` must be ours: the configured public address,
//! or else the host that the request names. Without one, a request with the cookie must say by
//! `Sec-Fetch-Site` that it comes from us.

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::Credentials;
use crate::config::HttpConfig;
use crate::problem::{RouteError, Text};
use crate::state::Shared;

/// Whether a request that may change something comes from us or from a program.
pub(crate) fn comes_from_us(headers: &HeaderMap, config: &HttpConfig) -> bool {
    let credentials = Credentials::of(headers, config.https());
    if matches!(credentials, Credentials::Bearer(_)) {
        return true;
    }
    let mut origins = headers.get_all(ORIGIN).into_iter();
    match (origins.next(), origins.next()) {
        (Some(origin), None) => origin
            .to_str()
            .is_ok_and(|origin| is_ours(origin, headers, config)),
        (Some(_), Some(_)) => false,
        (None, _) => {
            let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
            match site {
                Some(b"same-origin" | b"none") => true,
                Some(_) => false,
                None => credentials == Credentials::None,
            }
        }
    }
}

fn is_ours(origin: &str, headers: &HeaderMap, config: &HttpConfig) -> bool {
    if let Some(url) = &config.public_url {
        return origin == url.origin();
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let named = origin
        .strip_prefix("http://")
        .or_else(|| origin.strip_prefix("https://"));
    named.is_some() && named == host
}

impl RouteError {
    /// Another site made the browser ask.
    pub(crate) fn wrong_origin() -> Self {
        let text = Text::new(
            "Diese Anfrage kommt nicht von dieser Anwendung. \
             Programme melden sich mit „Authorization: Bearer“ an.",
            "This request does not come from this application. \
             Programs sign in with “Authorization: Bearer”.",
        );
        Self::new(StatusCode::FORBIDDEN, "wrong-origin", text)
    }
}

/// Refuses requests that would change something and come from elsewhere.
pub(crate) async fn check_origin(
    State(shared): State<Shared>,
    request: Request,
    next: Next,
) -> Result<Response, RouteError> {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if safe || comes_from_us(request.headers(), shared.config()) {
        Ok(next.run(request).await)
    } else {
        Err(RouteError::wrong_origin())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PublicUrl;
    use axum::http::HeaderName;

    const COOKIE: (&str, &str) = ("cookie", "denkraum=x");
    const HTTPS_COOKIE: (&str, &str) = ("cookie", "__Host-denkraum=x");

    #[track_caller]
    fn check(public: Option<&str>, lines: &[(&str, &str)], ours: bool) {
        let public_url = public.map(|url| PublicUrl::parse(url).unwrap());
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        }
        let verdict = comes_from_us(&headers, &HttpConfig { public_url });
        assert_eq!(verdict, ours, "{public:?} {lines:?}");
    }

    #[test]
    fn with_a_public_address_exactly_its_origin_is_ours() {
        let public = Some("https://denkraum.example");
        let host = ("host", "denkraum.example");
        check(
            public,
            &[host, HTTPS_COOKIE, ("origin", "https://denkraum.example")],
            true,
        );
        for foreign in [
            "null",
            "",
            "http://denkraum.example",
            "https://denkraum.example:8443",
            "https://denkraum.example.evil",
            "https://a.denkraum.example",
            "https://Denkraum.example",
            "https://denkraum.example/",
            "denkraum.example",
        ] {
            check(public, &[host, HTTPS_COOKIE, ("origin", foreign)], false);
        }
        let forged = ("host", "evil.example");
        check(
            public,
            &[forged, HTTPS_COOKIE, ("origin", "https://evil.example")],
            false,
        );
    }

    #[test]
    fn without_a_public_address_the_named_host_is_ours() {
        let host = ("host", "127.0.0.1:8080");
        check(
            None,
            &[host, COOKIE, ("origin", "http://127.0.0.1:8080")],
            true,
        );
        check(None, &[host, COOKIE, ("origin", "http://127.0.0.1")], false);
        check(
            None,
            &[host, COOKIE, ("origin", "http://localhost:8080")],
            false,
        );
        check(None, &[host, COOKIE, ("origin", "null")], false);
        check(None, &[COOKIE, ("origin", "http://")], false);
        check(
            None,
            &[host, COOKIE, ("origin", "ftp://127.0.0.1:8080")],
            false,
        );
    }

    #[test]
    fn without_an_origin_the_browser_must_say_where_it_comes_from() {
        let host = ("host", "127.0.0.1:8080");
        check(
            None,
            &[host, COOKIE, ("sec-fetch-site", "same-origin")],
            true,
        );
        check(None, &[host, COOKIE, ("sec-fetch-site", "none")], true);
        check(
            None,
            &[host, COOKIE, ("sec-fetch-site", "same-site")],
            false,
        );
        check(
            None,
            &[host, COOKIE, ("sec-fetch-site", "cross-site")],
            false,
        );
        check(None, &[host, COOKIE], false);
    }

    #[test]
    fn two_origins_are_none_of_ours() {
        let origin = ("origin", "http://127.0.0.1:8080");
        check(
            None,
            &[("host", "127.0.0.1:8080"), COOKIE, origin, origin],
            false,
        );
    }

    #[test]
    fn a_program_with_a_bearer_token_or_without_a_cookie_needs_no_origin() {
        let host = ("host", "127.0.0.1:8080");
        let bearer = ("authorization", "Bearer x");
        check(
            None,
            &[host, COOKIE, bearer, ("origin", "https://evil.example")],
            true,
        );
        check(None, &[host], true);
        check(None, &[host, ("origin", "https://evil.example")], false);
        check(None, &[host, ("sec-fetch-site", "cross-site")], false);
    }
}
