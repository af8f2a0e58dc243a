//! The name of a file in the header that hands it over (RFC 6266, RFC 8187).

use std::fmt::Write as _;

use axum::http::HeaderValue;
use denkraum_domain::FileName;

/// A file to keep under this name. Old programs read the first form, in which all but plain letters
/// became `_`; others the second, in which all but plain letters are written as bytes.
pub(super) fn disposition(name: &FileName) -> HeaderValue {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
    let simple = name.as_str().chars();
    let simple: String = simple.map(|c| if plain(c) { c } else { '_' }).collect();
    let mut exact = String::new();
    for byte in name.as_str().bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            exact.push(char::from(byte));
        } else {
            let _infallible = write!(exact, "%{byte:02X}");
        }
    }
    let header = format!("attachment; filename=\"{simple}\"; filename*=UTF-8''{exact}");
    HeaderValue::try_from(header).unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_is_handed_over_and_none_breaks_out_of_its_header() {
        for (name, header) in [
            (
                "Bericht 2023.pdf",
                "attachment; filename=\"Bericht 2023.pdf\"; filename*=UTF-8''Bericht%202023.pdf",
            ),
            (
                "Übersicht.odt",
                "attachment; filename=\"_bersicht.odt\"; filename*=UTF-8''%C3%9Cbersicht.odt",
            ),
            (
                "a\"; x=\".html",
                "attachment; filename=\"a__ x__.html\"; filename*=UTF-8''a%22%3B%20x%3D%22.html",
            ),
            (
                "50%.txt",
                "attachment; filename=\"50_.txt\"; filename*=UTF-8''50%25.txt",
            ),
        ] {
            assert_eq!(
                disposition(&FileName::parse(name).unwrap()),
                header,
                "{name}"
            );
        }
    }
}
