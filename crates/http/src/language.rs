//! The language that a reader is answered in.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    /// German, when nothing else is wanted.
    #[default]
    German,
    /// English.
    English,
}

impl Language {
    /// The one of our languages that `Accept-Language` (RFC 9110, 12.5.4) prefers; at equal
    /// weights the first named.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let wanted = headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let mut best = (0, Self::German);
        for part in wanted.unwrap_or_default().split(',').take(32) {
            let mut pieces = part.split(';');
            let Some(language) = pieces.next().and_then(Self::of_range) else {
                continue;
            };
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(1000, thousandths);
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
    }

    fn of_range(range: &str) -> Option<Self> {
        let primary = range.trim().split('-').next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "de" | "*" => Some(Self::German),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The same language for the use cases.
    pub(crate) const fn of_texts(self) -> denkraum_app::catalogue::Language {
        match self {
            Self::German => denkraum_app::catalogue::Language::German,
            Self::English => denkraum_app::catalogue::Language::English,
        }
    }

    /// The tag of the language.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
        }
    }
}

/// A weight from 0 to 1 in thousandths; what is not one counts nothing.
fn thousandths(raw: &str) -> u16 {
    let (whole, rest) = raw.trim().split_once('.').unwrap_or((raw.trim(), ""));
    let digits = rest.get(..3).unwrap_or(rest);
    match whole {
        "1" => 1000,
        "0" => format!("{digits:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, language: Language) {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, header.parse().unwrap());
        assert_eq!(Language::of(&headers), language, "{header}");
    }

    #[test]
    fn german_is_spoken_unless_english_is_wanted_more() {
        assert_eq!(Language::of(&HeaderMap::new()), Language::German);
        check("fr", Language::German);
        check("en", Language::English);
        check("en-GB,en;q=0.9,de;q=0.8", Language::English);
        check("de-DE,de;q=0.9,en;q=0.8", Language::German);
        check("en;q=0.2, de;q=0.25", Language::German);
        check("fr, EN ; q=0.5", Language::English);
        check("en;q=0", Language::German);
        check("en;q=nonsense,,;;=,", Language::German);
    }
}
