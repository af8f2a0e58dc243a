//! What the server needs to know beforehand.

use axum::http::Uri;
use thiserror::Error;

/// How the server is to behave.
#[derive(Clone, Debug, Default)]
pub struct HttpConfig {
    /// Under which address people reach it. Without one, requests are compared with the `Host`
    /// they name, and cookies are made for plain HTTP.
    pub public_url: Option<PublicUrl>,
}

impl HttpConfig {
    /// Whether people reach the server by https.
    pub(crate) fn https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.https)
    }
}

/// The address that people type: scheme, host and port, such as `https://denkraum.example`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    https: bool,
    origin: String,
}

/// Why a text is not a public address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PublicUrlError {
    /// Not an absolute address.
    #[error("must be an address such as https://denkraum.example")]
    Malformed,
    /// Neither http nor https.
    #[error("must begin with http:// or https://")]
    Scheme,
    /// It has a path, a question mark, or a name before the host.
    #[error("must end after host and port")]
    TooMuch,
}

impl PublicUrl {
    /// Reads an address of scheme, host and optional port; a slash may stand at the end.
    pub fn parse(raw: &str) -> Result<Self, PublicUrlError> {
        let uri: Uri = raw.trim().parse().map_err(|_| PublicUrlError::Malformed)?;
        let scheme = uri.scheme_str().ok_or(PublicUrlError::Malformed)?;
        let https = match scheme {
            "http" => false,
            "https" => true,
            _ => return Err(PublicUrlError::Scheme),
        };
        let host = uri.host().ok_or(PublicUrlError::Malformed)?;
        let named = uri
            .authority()
            .is_some_and(|authority| authority.as_str().contains('@'));
        if named || uri.path() != "/" || uri.query().is_some() || raw.contains('#') {
            return Err(PublicUrlError::TooMuch);
        }
        let default_port = if https { 443 } else { 80 };
        let port = uri.port_u16().filter(|port| *port != default_port);
        let port = port.map_or_else(String::new, |port| format!(":{port}"));
        let origin = format!("{scheme}://{}{port}", host.to_ascii_lowercase());
        Ok(Self { https, origin })
    }

    /// The origin as browsers send it: lower case, without a default port, without a slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_browsers_write_its_origin() {
        for (raw, origin) in [
            ("https://Denkraum.Example", "https://denkraum.example"),
            ("https://denkraum.example:443/", "https://denkraum.example"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:80", "http://[::1]"),
        ] {
            assert_eq!(PublicUrl::parse(raw).unwrap().origin(), origin, "{raw}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for (raw, error) in [
            ("", PublicUrlError::Malformed),
            ("denkraum.example", PublicUrlError::Malformed),
            ("ftp://denkraum.example", PublicUrlError::Scheme),
            ("https://denkraum.example/wiki", PublicUrlError::TooMuch),
            ("https://denkraum.example/?a", PublicUrlError::TooMuch),
            ("https://me@denkraum.example", PublicUrlError::TooMuch),
            ("https://denkraum.example/#a", PublicUrlError::TooMuch),
        ] {
            assert_eq!(PublicUrl::parse(raw), Err(error), "{raw}");
        }
    }
}
