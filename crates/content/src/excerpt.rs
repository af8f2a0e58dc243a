//! Parts of a text for lists and for the index.

use crate::normal::normalise;
use crate::outline::HeadingIds;
use crate::page::PageContent;
use crate::text::{block_lines, block_lines_without_notes, inline_text, note_lines};
use crate::titles::{NoTitles, Titles, one_line};
use crate::tree::{Node, Shape};

/// The beginning of the text without its headings and footnotes, at most `max_chars` characters,
/// cut between words with `…`. A page without text gives the beginning of its first text field, or nothing.
pub fn excerpt(content: &PageContent, max_chars: usize) -> String {
    let mut lines = Vec::new();
    for block in &normalise(&content.body) {
        if !matches!(block.shape(), Some(Shape::Heading { .. })) {
            block_lines_without_notes(block, &NoTitles, &mut lines);
        }
    }
    if lines.is_empty() {
        lines.extend(
            content
                .texts
                .values()
                .find(|text| !text.trim().is_empty())
                .cloned(),
        );
    }
    cut(&one_line(&lines.join(" ")), max_chars)
}

/// The beginning of the text without its headings, as texts and page links, enough for
/// [`lead_text`] to fill `max_chars` characters for any reader. A page without text gives the
/// beginning of its first text field.
pub fn lead(content: &PageContent, max_chars: usize) -> Vec<Node> {
    let body = normalise(&content.body);
    let mut lead = Vec::new();
    let mut chars = 0_usize;
    let mut stack: Vec<&Node> = body.iter().rev().collect();
    while let Some(node) = stack.pop() {
        match node.shape() {
            Some(Shape::Heading { .. }) => {}
            Some(Shape::Paragraph | Shape::CodeBlock { .. }) => {
                for inline in node.content() {
                    match inline {
                        Node::Text(text) => {
                            chars = chars.saturating_add(text.text.chars().count());
                            Node::text(text.text.clone()).push_joined(&mut lead);
                        }
                        link if matches!(link.shape(), Some(Shape::PageLink { .. })) => {
                            lead.push(link.clone());
                        }
                        note if note.shape() == Some(&Shape::Footnote) => {}
                        Node::Element(_) => Node::text(" ").push_joined(&mut lead),
                    }
                }
                Node::text(" ").push_joined(&mut lead);
            }
            _ => stack.extend(node.content().iter().rev()),
        }
        if chars > max_chars {
            return lead;
        }
    }
    if chars == 0 && lead.iter().all(|node| node.shape().is_none()) {
        let answer = content.texts.values().find(|text| !text.trim().is_empty());
        return answer.cloned().map(Node::text).into_iter().collect();
    }
    lead
}

/// What [`lead`] gave, as one line for a reader, cut between words with `…`.
pub fn lead_text(lead: &[Node], titles: &dyn Titles, max_chars: usize) -> String {
    cut(&one_line(&inline_text(lead, titles)), max_chars)
}

/// At most `max_chars` characters of a line, cut between words with `…` where it can be.
pub(crate) fn cut(line: &str, max_chars: usize) -> String {
    if line.chars().count() <= max_chars {
        return line.to_owned();
    }
    let head: String = line.chars().take(max_chars.saturating_sub(1)).collect();
    let follows = line.get(head.len()..).unwrap_or_default();
    let whole = if follows.starts_with(' ') {
        head.as_str()
    } else {
        // A single very long word is cut where it must be.
        let space = head
            .rfind(' ')
            .filter(|at| at.saturating_mul(2) > head.len());
        space.and_then(|at| head.get(..at)).unwrap_or(&head)
    };
    if max_chars == 0 {
        return String::new();
    }
    format!("{}…", whole.trim_end_matches([' ', ',', ';', ':']))
}

/// A part of a page's text as search takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Where it stands.
    pub place: Place,
    /// Plain text; line breaks between blocks.
    pub text: String,
}

/// Where a section stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the first heading.
    Beginning,
    /// Below a heading.
    Heading {
        /// The heading as one line, possibly empty.
        text: String,
        /// Its id in the [outline](crate::outline).
        id: String,
    },
    /// The answer in the field of this name.
    Field(String),
}

/// The text in sections for the index: before the first heading, then one for each heading, then
/// one for each text of a field. Page links are a gap, so that nothing of a page is found through
/// another. Sections without heading and text are left out.
pub fn sections(content: &PageContent) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut place = Place::Beginning;
    let mut lines: Vec<String> = Vec::new();
    let mut ids = HeadingIds::default();
    for block in &normalise(&content.body) {
        if matches!(block.shape(), Some(Shape::Heading { .. })) {
            let heading = Place::Heading {
                text: one_line(&inline_text(block.content(), &NoTitles)),
                id: ids.next(block.content()),
            };
            close(
                std::mem::replace(&mut place, heading),
                &mut lines,
                &mut sections,
            );
            note_lines(block, &mut lines);
        } else {
            block_lines(block, &NoTitles, &mut lines);
        }
    }
    close(place, &mut lines, &mut sections);
    for (path, text) in &content.texts {
        // The entries of a list and the words of a criterion belong to their field.
        let name = path.split('/').next().unwrap_or_default();
        let lines = &mut vec![text.trim().to_owned()];
        close(Place::Field(name.to_owned()), lines, &mut sections);
    }
    sections
}

fn close(place: Place, lines: &mut Vec<String>, sections: &mut Vec<Section>) {
    let text = std::mem::take(lines).join("\n");
    let is_named = matches!(&place, Place::Heading { text, .. } if !text.is_empty());
    if is_named || !text.is_empty() {
        sections.push(Section { place, text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::from_markdown;
    use std::collections::BTreeMap;

    fn page(markdown: &str) -> PageContent {
        PageContent {
            body: from_markdown(markdown).0,
            ..PageContent::default()
        }
    }

    #[test]
    fn a_lead_names_linked_pages_as_each_reader_may_see_them() {
        let page = denkraum_domain::PageId::from_u128(7);
        let text = format!("# Anfang\n\nDas kam aus [Alt](denkraum:{page}). Und weiter.\n");
        let content = PageContent {
            body: crate::from_markdown(&text).0,
            ..PageContent::default()
        };
        let lead = lead(&content, 100);
        let titles = std::collections::BTreeMap::from([(page, "Neu".to_owned())]);
        assert_eq!(
            lead_text(&lead, &titles, 100),
            "Das kam aus Neu. Und weiter."
        );
        assert_eq!(lead_text(&lead, &titles, 12), "Das kam aus…");
        assert!(!lead_text(&lead, &NoTitles, 100).contains("Neu"));
    }

    #[test]
    fn an_excerpt_leaves_out_headings_and_cuts_between_words() {
        let page = page("# Ausgangslage\n\nEine Familie kam,\nweil sie Hilfe suchte.\n\n- Rat\n");
        assert_eq!(
            excerpt(&page, 100),
            "Eine Familie kam, weil sie Hilfe suchte. Rat"
        );
        assert_eq!(excerpt(&page, 19), "Eine Familie kam…");
        assert_eq!(excerpt(&page, 1), "…");
        assert_eq!(excerpt(&page, 0), "");
    }

    #[test]
    fn an_excerpt_never_has_more_characters_than_asked_for() {
        let page = page("Kinderarmutspräventionsstrategie, jetzt 👩‍👧 im Bezirk");
        for max in 0..70 {
            assert!(excerpt(&page, max).chars().count() <= max, "{max}");
        }
    }

    #[test]
    fn a_page_without_text_is_described_by_a_text_field() {
        let mut page = page("# Nur eine Überschrift");
        page.texts = BTreeMap::from([("summary".to_owned(), "Kurz\ngesagt".to_owned())]);
        assert_eq!(excerpt(&page, 50), "Kurz gesagt");
    }

    #[test]
    fn sections_start_at_headings_and_end_with_text_fields() {
        let mut page = page("vorn\n\n# A\n\n> a\n>\n> - b\n\n## B\n\n# \n\nhinten\n\n# A\n\nnoch");
        page.texts = BTreeMap::from([
            ("empty".to_owned(), " ".to_owned()),
            ("steps/x1/what".to_owned(), " kurz ".to_owned()),
        ]);
        let heading = |text: &str, id: &str| Place::Heading {
            text: text.to_owned(),
            id: id.to_owned(),
        };
        let expected = [
            (Place::Beginning, "vorn"),
            (heading("A", "h-a"), "a\nb"),
            (heading("B", "h-b"), ""),
            (heading("", "h-abschnitt"), "hinten"),
            (heading("A", "h-a-2"), "noch"),
            (Place::Field("steps".to_owned()), "kurz"),
        ];
        let expected = expected.map(|(place, text)| Section {
            place,
            text: text.to_owned(),
        });
        assert_eq!(sections(&page), expected);
    }
}
