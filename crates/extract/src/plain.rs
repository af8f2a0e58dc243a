//! Plain text.

use encoding_rs::WINDOWS_1252;

/// The text of a file in UTF-8, in UTF-16 with its mark, or as older programs of Windows write it.
/// What holds characters that no text has is none, and neither is markup.
pub(crate) fn text_of(file: &[u8], max_text: usize) -> Option<String> {
    // Beyond that nothing is shown anyway; a letter has at most four bytes.
    let file = file.get(..max_text.saturating_mul(4)).unwrap_or(file);
    let text = match encoding_rs::Encoding::for_bom(file) {
        Some((encoding, _)) => encoding.decode(file).0.into_owned(),
        None => match std::str::from_utf8(file) {
            Ok(text) => text.to_owned(),
            // The end may be cut within a letter.
            Err(error) if error.error_len().is_none() => {
                let whole = file.get(..error.valid_up_to()).unwrap_or_default();
                String::from_utf8_lossy(whole).into_owned()
            }
            Err(_) => WINDOWS_1252.decode(file).0.into_owned(),
        },
    };
    let never = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    let is_text = !text.contains(never) && !text.trim_start().starts_with('<');
    is_text.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: Option<&str>) {
        assert_eq!(text_of(bytes, 1000).as_deref(), text, "{bytes:?}");
    }

    #[test]
    fn texts_of_all_programs_are_read() {
        check("Frühstück\n".as_bytes(), Some("Frühstück\n"));
        check(b"\xef\xbb\xbfFr\xc3\xbch", Some("Früh"));
        check(b"\xff\xfeF\0r\0\xfc\0h\0", Some("Früh"));
        check(b"Fr\xfchst\xfcck", Some("Frühstück"));
        check(b"Name;Ort\r\n", Some("Name;Ort\r\n"));
    }

    #[test]
    fn markup_and_machine_data_are_no_text() {
        check(b"\0\x01\x02", None);
        check(b"GIF89a\x01\0", None);
        check(b"  <!doctype html><p>x", None);
    }
}
