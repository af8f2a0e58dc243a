//! The outline of a text and the ids of its headings.

use std::collections::{BTreeSet, HashMap};

use crate::normal::normalise;
use crate::page::PageContent;
use crate::text::inline_text;
use crate::titles::{NoTitles, Titles, one_line};
use crate::tree::{Node, Shape};

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// 1 to 3.
    pub level: u8,
    /// The heading as one line, possibly empty.
    pub text: String,
    /// The id of the heading in the HTML for reading: `h-` and a slug, different for each heading
    /// of a page and the same for every reader.
    pub id: String,
}

/// The headings that stand outside lists and quotations, in order.
pub fn outline(content: &PageContent, titles: &dyn Titles) -> Vec<OutlineEntry> {
    let mut ids = HeadingIds::default();
    let mut entries = Vec::new();
    for block in &normalise(&content.body) {
        if let Some(Shape::Heading { level }) = block.shape() {
            entries.push(OutlineEntry {
                level: *level,
                text: one_line(&inline_text(block.content(), titles)),
                id: ids.next(block.content()),
            });
        }
    }
    entries
}

/// Hands out the ids of a page's headings in order.
#[derive(Default)]
pub(crate) struct HeadingIds {
    taken: BTreeSet<String>,
    /// For each stem, the last number tried, so that many equal headings take no longer.
    numbers: HashMap<String, usize>,
}

impl HeadingIds {
    /// The id of the next heading. The prefix keeps ids of texts apart from those of the
    /// application, and texts must not be able to take an id of it.
    pub(crate) fn next(&mut self, heading: &[Node]) -> String {
        let slug = slug(&inline_text(heading, &NoTitles));
        let stem = if slug.is_empty() {
            "h-abschnitt".to_owned()
        } else {
            format!("h-{slug}")
        };
        let mut id = stem.clone();
        let number = self.numbers.entry(stem.clone()).or_insert(1);
        while !self.taken.insert(id.clone()) {
            *number = number.saturating_add(1);
            id = format!("{stem}-{number}");
        }
        id
    }
}

/// A text as part of an address: `a-z`, `0-9` and single hyphens, at most 60 characters; umlauts
/// are written out. Empty when nothing of the text can be written so.
pub fn slug(text: &str) -> String {
    const MAX_CHARS: usize = 60;
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        let part: &str = match c {
            'ä' => "ae",
            'ö' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'á' | 'à' | 'â' | 'ã' | 'å' => "a",
            'é' | 'è' | 'ê' | 'ë' => "e",
            'í' | 'ì' | 'î' | 'ï' | 'ı' => "i",
            'ó' | 'ò' | 'ô' | 'õ' => "o",
            'ú' | 'ù' | 'û' => "u",
            'ç' | 'ć' | 'č' => "c",
            'ğ' => "g",
            'ł' => "l",
            'ñ' | 'ń' => "n",
            'ş' | 'ś' | 'š' => "s",
            'ż' | 'ź' | 'ž' => "z",
            _ => "",
        };
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !part.is_empty() {
            slug.push_str(part);
        } else if c == '\u{307}' || c == '\u{ad}' {
            // A combining dot of a lower-cased Turkish I, a soft hyphen: inside a word.
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= MAX_CHARS {
            break;
        }
    }
    slug.truncate(MAX_CHARS);
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::from_markdown;

    #[test]
    fn a_slug_writes_umlauts_out_and_keeps_to_plain_characters() {
        assert_eq!(
            slug("Was hat geholfen, was gehindert?"),
            "was-hat-geholfen-was-gehindert"
        );
        assert_eq!(
            slug("Übergänge für Schüler*innen"),
            "uebergaenge-fuer-schueler-innen"
        );
        assert_eq!(slug("  ¿?! "), "");
        assert_eq!(slug("İstanbul"), "istanbul");
        assert!(slug(&"ß".repeat(100)).len() <= 60);
    }

    #[test]
    fn equal_headings_get_different_ids() {
        let content = PageContent {
            body: from_markdown("# Ziel\n\n## Ziel\n\n# Ziel 2\n\n# Ziel\n\n# ?\n\n> # Innen\n").0,
            ..PageContent::default()
        };
        let outline = outline(&content, &NoTitles);
        let ids: Vec<&str> = outline.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "h-ziel",
                "h-ziel-2",
                "h-ziel-2-2",
                "h-ziel-3",
                "h-abschnitt"
            ]
        );
        let second = outline
            .get(1)
            .map(|entry| (entry.level, entry.text.as_str()));
        assert_eq!(second, Some((2, "Ziel")));
    }
}
