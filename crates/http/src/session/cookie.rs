//! The session cookie.
//!
//! Over https its name begins with `__Host-`: browsers take it from this host alone, with `Secure`
//! and for all paths (RFC 6265bis, 4.1.3.2).

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use denkraum_app::SessionToken;

const PLAIN: &str = "denkraum";
const HOST: &str = "__Host-denkraum";

const fn name(https: bool) -> &'static str {
    if https { HOST } else { PLAIN }
}

/// The value of the session cookie, whatever it is.
pub(super) fn read(headers: &HeaderMap, https: bool) -> Option<&str> {
    let lines = headers.get_all(COOKIE).into_iter();
    let pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    let mut named = pairs.filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = named.find(|(key, _)| *key == name(https))?;
    Some(value)
}

/// Keeps a session in the browser for so many seconds.
pub(crate) fn set_cookie(token: &SessionToken, seconds: i64, https: bool) -> Option<HeaderValue> {
    write(token.reveal(), seconds.max(0), https)
}

/// Takes the session out of the browser.
pub(crate) fn clear_cookie(https: bool) -> Option<HeaderValue> {
    write("", 0, https)
}

fn write(value: &str, seconds: i64, https: bool) -> Option<HeaderValue> {
    let (name, secure) = (name(https), if https { "; Secure" } else { "" });
    let line = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    let mut line = HeaderValue::try_from(line).ok()?;
    line.set_sensitive(true);
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    fn token() -> SessionToken {
        SessionToken::parse(TOKEN).unwrap()
    }

    fn sent(line: &str) -> HeaderMap {
        HeaderMap::from_iter([(COOKIE, line.parse().unwrap())])
    }

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let plain = set_cookie(&token(), 60, false).unwrap();
        assert_eq!(
            plain.to_str().unwrap(),
            format!("denkraum={TOKEN}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax")
        );
        let secure = set_cookie(&token(), 60, true).unwrap();
        assert_eq!(
            secure.to_str().unwrap(),
            format!("__Host-denkraum={TOKEN}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure")
        );
        assert!(format!("{secure:?}").contains("Sensitive"));
    }

    #[test]
    fn it_is_found_among_others_by_its_exact_name() {
        let line = format!("a=b; xdenkraum=1; denkraum={TOKEN}; __Host-denkraum=2");
        assert_eq!(read(&sent(&line), false), Some(TOKEN));
        assert_eq!(read(&sent(&line), true), Some("2"));
        assert_eq!(read(&sent("a=b"), false), None);
        assert_eq!(read(&HeaderMap::new(), false), None);
    }

    #[test]
    fn over_https_the_plain_cookie_does_not_count() {
        assert_eq!(read(&sent(&format!("denkraum={TOKEN}")), true), None);
    }
}
