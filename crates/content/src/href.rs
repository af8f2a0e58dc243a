//! Which addresses a link may have.

use crate::schema::{HREF_SCHEMES, MAX_HREF_BYTES};

/// The address as it may be used, or `None`: it must start with one of the schemes `https`,
/// `http`, `mailto`, `tel`, and have at most 2,048 bytes and inside it no control character, white
/// space or invisible character. Relative addresses are refused, because a text is read in many
/// places.
pub fn safe_href(href: &str) -> Option<&str> {
    let href = href.trim();
    if href.len() > MAX_HREF_BYTES || href.chars().any(is_hidden) {
        return None;
    }
    let (scheme, rest) = href.split_once(':')?;
    let known = HREF_SCHEMES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme));
    (known && !rest.is_empty()).then_some(href)
}

/// Characters that browsers ignore, or that make an address look like another one.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_web_mail_and_telephone_are_allowed() {
        for href in [
            "https://example.org/a?b=c#d",
            "HTTP://EXAMPLE.ORG",
            "mailto:koordination@example.org",
            "tel:+493012345",
        ] {
            assert_eq!(safe_href(href), Some(href));
        }
        assert_eq!(safe_href(" https://a "), Some("https://a"));
    }

    #[test]
    fn addresses_that_run_hide_or_lead_elsewhere_are_refused() {
        for href in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "https://a\nb",
            "https://a b",
            "https://a\u{200b}b",
            "https://a\u{202e}b",
            "data:text/html,x",
            "vbscript:x",
            "//example.org",
            "/seiten/x",
            "x",
            "",
            "https:",
        ] {
            assert_eq!(safe_href(href), None, "{href:?}");
        }
        assert_eq!(safe_href(&format!("https://{}", "a".repeat(2048))), None);
    }
}
