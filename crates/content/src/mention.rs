//! Links to other pages with the sentence in which they stand.

use denkraum_domain::PageId;

use crate::normal::normalise;
use crate::page::PageContent;
use crate::sentence::{first_sentence, last_sentence};
use crate::text::inline_text;
use crate::titles::{NoTitles, one_line};
use crate::tree::{Node, Shape};

/// The most characters kept on each side of a link.
const SIDE_CHARS: usize = 160;

/// How far from a link the ends of its sentence are looked for; more than is kept.
const LOOK_BYTES: usize = 2_000;

/// A place where a text links to a page. It belongs to no reader: other links in the sentence are
/// gaps, and the link's own text is to be shown only to those who may read the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The linked page.
    pub page: PageId,
    /// The text of the link, when it is the writer's own.
    pub label: Option<String>,
    /// The sentence before the link.
    pub before: String,
    /// The sentence after the link.
    pub after: String,
}

impl Mention {
    /// The sentence as one line, for a reader who may read the linked page.
    pub fn sentence(&self, title: &str) -> String {
        let text = self.label.as_deref().unwrap_or(title);
        one_line(&format!("{}{text}{}", self.before, self.after))
    }
}

/// All links to pages, in order; a page may occur more than once.
pub fn links(content: &PageContent) -> Vec<Mention> {
    let body = normalise(&content.body);
    let mut mentions = Vec::new();
    let mut stack: Vec<&Node> = body.iter().rev().collect();
    while let Some(node) = stack.pop() {
        match node.shape() {
            Some(Shape::Paragraph | Shape::Heading { .. }) => {
                of_line(node.content(), &mut mentions);
            }
            _ => stack.extend(node.content().iter().rev()),
        }
    }
    mentions
}

/// The links of a line. The line is written once and looked at around each link, so that a line of
/// very many links takes no longer than its length.
fn of_line(line: &[Node], mentions: &mut Vec<Mention>) {
    let mut text = String::new();
    let mut places = Vec::new();
    for node in line {
        let start = text.len();
        text.push_str(&inline_text(std::slice::from_ref(node), &NoTitles));
        if let Some(Shape::PageLink { page, label }) = node.shape() {
            places.push((*page, label, start, text.len()));
        }
    }
    for (page, label, start, end) in places {
        let before = text.get(..start).unwrap_or_default();
        let after = text.get(end..).unwrap_or_default();
        mentions.push(Mention {
            page,
            label: label.clone(),
            before: tail(last_sentence(last_bytes(before))),
            after: head(first_sentence(first_bytes(after))),
        });
    }
}

/// About the last [`LOOK_BYTES`] bytes of a text.
fn last_bytes(text: &str) -> &str {
    let from = text.len().saturating_sub(LOOK_BYTES);
    text.get(text.ceil_char_boundary(from)..).unwrap_or(text)
}

/// About the first [`LOOK_BYTES`] bytes of a text.
fn first_bytes(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LOOK_BYTES))
        .unwrap_or(text)
}

/// The last characters of a text, beginning with a whole word.
fn tail(text: &str) -> String {
    let count = text.chars().count();
    if count <= SIDE_CHARS {
        return text.to_owned();
    }
    let cut: String = text
        .chars()
        .skip(count.saturating_sub(SIDE_CHARS))
        .collect();
    let from = cut.find(' ').filter(|at| at.saturating_add(1) < cut.len());
    format!("…{}", from.and_then(|at| cut.get(at..)).unwrap_or(&cut))
}

/// The first characters of a text, ending with a whole word.
fn head(text: &str) -> String {
    if text.chars().count() <= SIDE_CHARS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(SIDE_CHARS).collect();
    let to = cut.rfind(' ').filter(|at| *at > 0);
    format!("{} …", to.and_then(|at| cut.get(..at)).unwrap_or(&cut))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::from_markdown;

    const A: &str = "01arz3ndektsv4rrffq69g5fav";
    const B: &str = "01arz3ndektsv4rrffq69g5faw";

    fn mentions(markdown: &str) -> Vec<Mention> {
        links(&PageContent {
            body: from_markdown(markdown).0,
            ..PageContent::default()
        })
    }

    #[test]
    fn a_link_comes_with_its_sentence_and_other_links_are_gaps() {
        let found = mentions(&format!(
            "Vorher. Am 3. Mai half [x](denkraum:{A}) wie [y](denkraum:{B}) auch. Danach."
        ));
        assert_eq!(found.len(), 2);
        let sentences: Vec<String> = found.iter().map(|m| m.sentence("Titel")).collect();
        assert_eq!(
            sentences,
            [
                "Am 3. Mai half Titel wie … auch.",
                "Am 3. Mai half … wie Titel auch."
            ]
        );
        assert_eq!(
            found.first().map(|m| m.page.to_string()).as_deref(),
            Some(A)
        );
    }

    #[test]
    fn a_link_with_its_own_text_shows_it() {
        let found = mentions(&format!("- > siehe [dort](denkraum:{A} \"eigener Text\")"));
        let sentences: Vec<String> = found.iter().map(|m| m.sentence("Titel")).collect();
        assert_eq!(sentences, ["siehe dort"]);
    }

    #[test]
    fn a_very_long_sentence_is_cut_between_words_on_both_sides() {
        let long = "Wort ".repeat(100);
        let found = mentions(&format!("{long}[x](denkraum:{A}) {long}"));
        let sentence = found
            .first()
            .map(|m| m.sentence("Titel"))
            .unwrap_or_default();
        assert!(
            sentence.starts_with("… Wort") && sentence.ends_with("Wort …"),
            "{sentence}"
        );
        assert!(sentence.chars().count() < 2 * SIDE_CHARS + 20);
    }
}
