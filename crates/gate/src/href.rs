//! Which addresses a link may carry.

/// Whether `href` has one of `schemes` (lower case) or is a plain relative address.
///
/// Control characters, white space and invisible characters are taken out first, because browsers
/// ignore some of them inside a scheme (`java\tscript:`). What then stands before the first `:`,
/// `/`, `?` or `#` decides: a scheme of the list, or letters, digits and `-._~%@+` only.
pub(crate) fn is_allowed(href: &str, schemes: &[String]) -> bool {
    let mut head = String::new();
    for character in href.chars().filter(|c| !is_ignored(*c)) {
        match character {
            ':' => {
                let head = head.to_ascii_lowercase();
                return schemes.contains(&head);
            }
            '/' | '?' | '#' => return is_relative(&head),
            // Longer than any scheme or host name: whatever it is, it is not a link.
            _ if head.len() > 512 => return false,
            _ => head.push(character),
        }
    }
    is_relative(&head)
}

fn is_relative(head: &str) -> bool {
    head.chars()
        .all(|c| c.is_alphanumeric() || "-._~%@+".contains(c))
}

fn is_ignored(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(href: &str) -> bool {
        let schemes = ["https", "http", "mailto", "tel"].map(str::to_owned);
        is_allowed(href, &schemes)
    }

    #[test]
    fn usual_addresses_pass() {
        for href in [
            "https://example.org/a?b=c:d#e",
            "HTTP://EXAMPLE.ORG",
            "mailto:a@example.org",
            "tel:+4930123",
            "/seiten/01j",
            "#abschnitt",
            "?q=a:b",
            "example.org/a:b",
            "müller-straße.de",
            " https://example.org ",
            "",
        ] {
            assert!(check(href), "{href}");
        }
    }

    /// [G-14]
    #[test]
    fn scripts_and_their_disguises_are_refused() {
        for href in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript\r:alert(1)",
            "java\u{0}script:alert(1)",
            "\u{a0}javascript:alert(1)",
            "java\u{200b}script:alert(1)",
            "\u{feff}javascript:alert(1)",
            "javascript&colon;alert(1)",
            "java&#115;cript:alert(1)",
            "&#106;avascript:alert(1)",
            "javascript\\:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:https://example.org/1",
            "https&colon;//example.org",
            "httpsjavascript:alert(1)",
            ":alert(1)",
            "<script>",
        ] {
            assert!(!check(href), "{href:?}");
        }
    }
}
