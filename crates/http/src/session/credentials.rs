//! What a request shows to say who is asking.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use denkraum_app::SessionToken;

use super::cookie;

/// What a request shows to say who is asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Credentials {
    /// Nothing.
    None,
    /// The session cookie, which browsers send whether or not the person meant it.
    Cookie(Option<SessionToken>),
    /// `Authorization: Bearer`, which only a program that knows the token sends.
    Bearer(Option<SessionToken>),
}

impl Credentials {
    /// Reads them; a bearer token comes before a cookie. Other schemes belong to somebody before
    /// us, such as a proxy.
    pub(crate) fn of(headers: &HeaderMap, https: bool) -> Self {
        let authorization = headers.get(AUTHORIZATION);
        let authorization = authorization.and_then(|value| value.to_str().ok());
        if let Some((scheme, token)) = authorization.and_then(|value| value.split_once(' '))
            && scheme.eq_ignore_ascii_case("bearer")
        {
            return Self::Bearer(SessionToken::parse(token.trim()));
        }
        cookie::read(headers, https)
            .map_or(Self::None, |value| Self::Cookie(SessionToken::parse(value)))
    }

    /// The token, if there is one.
    pub(crate) fn token(self) -> Option<SessionToken> {
        match self {
            Self::None => None,
            Self::Cookie(token) | Self::Bearer(token) => token,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::COOKIE;

    const TOKEN: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    fn read(lines: &[(axum::http::HeaderName, &str)]) -> Credentials {
        let headers = lines
            .iter()
            .map(|(name, line)| (name.clone(), line.parse().unwrap()));
        Credentials::of(&headers.collect(), false)
    }

    #[test]
    fn a_bearer_token_comes_before_a_cookie() {
        let (cookie, bearer) = (format!("denkraum={TOKEN}"), format!("Bearer {TOKEN}"));
        let token = SessionToken::parse(TOKEN);
        let both = read(&[(COOKIE, &cookie), (AUTHORIZATION, &bearer)]);
        assert_eq!(both, Credentials::Bearer(token.clone()));
        assert_eq!(
            read(&[(COOKIE, &cookie)]),
            Credentials::Cookie(token.clone())
        );
        let proxy = read(&[(COOKIE, &cookie), (AUTHORIZATION, "Basic eDp5")]);
        assert_eq!(proxy, Credentials::Cookie(token));
        assert_eq!(read(&[]), Credentials::None);
    }

    #[test]
    fn a_wrong_bearer_token_does_not_fall_back_to_the_cookie() {
        let cookie = format!("denkraum={TOKEN}");
        let both = read(&[(COOKIE, &cookie), (AUTHORIZATION, "Bearer x")]);
        assert_eq!(both, Credentials::Bearer(None));
        assert_eq!(both.token(), None);
    }
}
