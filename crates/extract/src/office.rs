//! Word and Open Document: XML in a zip archive, of which nothing but the parts with the text is
//! unpacked, and never to a disk.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use zip::ZipArchive;

/// So much of one part is unpacked.
const MAX_PART: u64 = 64 << 20;
/// The parts of Word that hold text, and the one of Open Document.
const WORD: [&str; 3] = [
    "word/document.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
];
const OPEN_DOCUMENT: &str = "content.xml";

/// The text of a document; `None` if the archive holds none.
pub(crate) fn text_of(file: &[u8], max_text: usize) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(file)).ok()?;
    let mut text = Text {
        all: String::new(),
        max: max_text,
    };
    if let Some(part) = unpacked(&mut archive, OPEN_DOCUMENT) {
        text.read(&part, &OPEN_DOCUMENT_WORDS);
        return Some(text.all);
    }
    let mut is_word = false;
    for name in WORD {
        if let Some(part) = unpacked(&mut archive, name) {
            is_word = true;
            text.read(&part, &WORD_WORDS);
        }
    }
    is_word.then_some(text.all)
}

fn unpacked(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let part = archive.by_name(name).ok()?;
    let mut bytes = Vec::new();
    // What is damaged or too long behind a good beginning is read as far as it goes.
    let _read_so_far = part.take(MAX_PART).read_to_end(&mut bytes);
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Which elements mean what, by their names without a prefix.
struct Words {
    /// Letters count only within these; everywhere if there are none.
    within: &'static [&'static str],
    /// Nothing within these counts.
    never: &'static [&'static str],
    /// End a line.
    ends: &'static [&'static str],
    /// Are a gap in a line.
    gaps: &'static [&'static str],
}

const WORD_WORDS: Words = Words {
    within: &["t"],
    never: &["del", "instrText"],
    ends: &["p", "br", "cr"],
    gaps: &["tab", "tc"],
};

const OPEN_DOCUMENT_WORDS: Words = Words {
    within: &["p", "h"],
    never: &["tracked-changes", "annotation"],
    ends: &["p", "h", "line-break"],
    gaps: &["s", "tab"],
};

struct Text {
    all: String,
    max: usize,
}

impl Text {
    fn read(&mut self, xml: &str, words: &Words) {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        let (mut within, mut never) = (0_usize, 0_usize);
        while self.all.len() < self.max {
            let counts = within > 0 && never == 0;
            match reader.read_event() {
                Ok(Event::Start(start)) => {
                    let name = start.local_name();
                    within += usize::from(words.within.contains(&name.as_ref()));
                    never += usize::from(words.never.contains(&name.as_ref()));
                }
                Ok(Event::End(end)) => {
                    let name = end.local_name();
                    let is_of = |names: &[&str]| usize::from(names.contains(&name.as_ref()));
                    within = within.saturating_sub(is_of(words.within));
                    never = never.saturating_sub(is_of(words.never));
                    self.mark(name.as_ref(), words);
                }
                Ok(Event::Empty(empty)) => self.mark(empty.local_name().as_ref(), words),
                Ok(Event::Text(text)) if counts => self.all.push_str(&text.xml10_content()),
                Ok(Event::CData(text)) if counts => self.all.push_str(&text.xml10_content()),
                Ok(Event::GeneralRef(named)) if counts => self.all.extend(letter(&named)),
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        self.all.push('\n');
    }

    fn mark(&mut self, name: &str, words: &Words) {
        if words.ends.contains(&name) {
            self.all.push('\n');
        } else if words.gaps.contains(&name) {
            self.all.push(' ');
        }
    }
}

/// The letter that a reference means. A document can declare names of its own, which may grow
/// without end; they mean nothing here.
fn letter(named: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(letter)) = named.resolve_char_ref() {
        return Some(letter);
    }
    match &**named {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_word_document_is_read_without_what_was_deleted_in_it() {
        let body = "<w:document><w:body><w:p><w:r><w:t>Die Lese</w:t></w:r><w:r><w:t>paten &amp; \
                    &#xFC;brige</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>Weg</w:delText>\
                    </w:r></w:del><w:r><w:t>kommen</w:t><w:tab/><w:t>montags</w:t></w:r></w:p>\
                    </w:body></w:document>";
        let notes = "<w:footnotes><w:p><w:r><w:t>Fußnote</w:t></w:r></w:p></w:footnotes>";
        let file = archive(&[("word/document.xml", body), ("word/footnotes.xml", notes)]);
        let text = text_of(&file, 1000).unwrap();
        let lines: Vec<_> = text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(
            lines,
            ["Die Lesepaten & übrige", "kommen montags", "Fußnote"]
        );
    }

    #[test]
    fn an_open_document_is_read_without_its_history() {
        let body = "<office:document-content><office:body><office:text><text:tracked-changes>\
                    <text:p>Weg</text:p></text:tracked-changes><text:h>Protokoll</text:h>\
                    <text:p>Die<text:s/><text:span>Lesepaten</text:span><office:annotation>\
                    <text:p>Notiz</text:p></office:annotation> kommen.</text:p></office:text>\
                    </office:body></office:document-content>";
        let file = archive(&[("mimetype", "x"), ("content.xml", body)]);
        let text = text_of(&file, 1000).unwrap();
        assert!(!text.contains("Weg") && !text.contains("Notiz"), "{text}");
        let words: Vec<_> = text.split_whitespace().collect();
        assert_eq!(words, ["Protokoll", "Die", "Lesepaten", "kommen."]);
    }

    #[test]
    fn names_that_a_document_declares_grow_into_nothing() {
        let body = "<!DOCTYPE x [<!ENTITY a \"Lachen\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\
                    <w:document><w:p><w:r><w:t>Anfang &b;&b; Ende</w:t></w:r></w:p></w:document>";
        let file = archive(&[("word/document.xml", body)]);
        let text = text_of(&file, 1000).unwrap();
        assert_eq!(text.trim(), "Anfang  Ende");
    }

    #[test]
    fn a_file_that_unpacks_without_end_is_read_no_further_than_is_wanted() {
        let paragraph = "<w:p><w:r><w:t>Schwall</w:t></w:r></w:p>";
        let body = format!("<w:document>{}", paragraph.repeat(200_000));
        let file = archive(&[("word/document.xml", &body)]);
        assert!(file.len() < body.len() / 100);
        let text = text_of(&file, 1000).unwrap();
        assert!((1000..1100).contains(&text.len()), "{}", text.len());
    }

    #[test]
    fn another_archive_has_no_text() {
        assert_eq!(text_of(&archive(&[("a.txt", "Text")]), 1000), None);
    }
}
