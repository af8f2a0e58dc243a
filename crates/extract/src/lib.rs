//! The text of files that people attach: PDF, Word, Open Document, plain text.
//!
//! What a file is, is seen from its bytes; its name may say anything. The libraries that read PDF
//! panic, hang and reserve gigabytes when a file wants them to: call this in a process of its own
//! that has limits, never in the server. No other crate has those libraries.

mod office;
mod pdf;
mod plain;

/// The text of a file, at most so many bytes of it; `None` if there is none or it cannot be read.
pub fn text_of(file: &[u8], max_text: usize) -> Option<String> {
    let mut text = if file.starts_with(b"PK\x03\x04") {
        office::text_of(file, max_text)?
    } else if is_pdf(file) {
        pdf::text_of(file, max_text)?
    } else {
        plain::text_of(file, max_text)?
    };
    cut(&mut text, max_text);
    (!text.trim().is_empty()).then_some(text)
}

/// The mark may stand a little behind the beginning; programs that show PDF take that.
fn is_pdf(file: &[u8]) -> bool {
    let head = file.get(..1024).unwrap_or(file);
    head.windows(5).any(|window| window == b"%PDF-")
}

/// Cuts a text to so many bytes, between two letters.
fn cut(text: &mut String, max: usize) {
    let mut end = max.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_letters() {
        let mut text = "für".to_owned();
        cut(&mut text, 2);
        assert_eq!(text, "f");
        assert_eq!(text_of("Länge".as_bytes(), 3).as_deref(), Some("Lä"));
    }

    #[test]
    fn what_is_no_text_has_none() {
        for bytes in [
            &b""[..],
            b" \n",
            b"\x89PNG\r\n\x1a\n\0\0",
            b"PK\x03\x04nonsense",
            b"%PDF-1.7 nonsense",
            b"<svg onload=\"x\">Text</svg>",
        ] {
            assert_eq!(text_of(bytes, 100), None, "{bytes:?}");
        }
    }
}
