//! Giving the links of a Markdown text other addresses, without touching anything else of it.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{OWN_TEXT, PAGE_SCHEME};

/// A link as it stands in a Markdown text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundLink<'a> {
    /// Its address.
    pub href: &'a str,
    /// The text that is shown, without marks.
    pub text: &'a str,
    /// Whether the text is the writer's own and not the title of the page it leads to.
    pub own_text: bool,
}

/// What a link becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLink {
    /// The new address.
    pub href: String,
    /// Whether the text is the writer's own.
    pub own_text: bool,
}

impl FoundLink<'_> {
    /// The id in the address of a page link, unchecked.
    pub fn page(&self) -> Option<&str> {
        self.href.strip_prefix(PAGE_SCHEME)
    }
}

impl NewLink {
    /// A link to the page with this id.
    pub fn to_page(page: denkraum_domain::PageId, own_text: bool) -> Self {
        let href = format!("{PAGE_SCHEME}{page}");
        Self { href, own_text }
    }
}

/// Asks `change` about every link with a text and writes those anew for which it gives something;
/// images and plain addresses are not asked about. Links in raw HTML stay as they are.
pub fn relink(markdown: &str, mut change: impl FnMut(FoundLink<'_>) -> Option<NewLink>) -> String {
    let options = Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    let mut out = String::with_capacity(markdown.len());
    let mut done = 0;
    let mut open: Option<OpenLink> = None;
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) if !matches!(link_type, LinkType::Autolink | LinkType::Email) => {
                open = Some(OpenLink {
                    range,
                    inside: None,
                    href: dest_url.into_string(),
                    own_text: &*title == OWN_TEXT,
                    text: String::new(),
                });
            }
            Event::End(TagEnd::Link) => {
                let Some(link) = open.take() else { continue };
                let found = FoundLink {
                    href: &link.href,
                    text: &link.text,
                    own_text: link.own_text,
                };
                let Some(new) = change(found) else { continue };
                let Range { start, end } = link.range;
                out.push_str(markdown.get(done..start).unwrap_or_default());
                write_link(link.source(markdown), &new, &mut out);
                done = end;
            }
            event => {
                let Some(link) = &mut open else { continue };
                link.widen(range);
                match event {
                    Event::Text(text) | Event::Code(text) => link.text.push_str(&text),
                    Event::SoftBreak | Event::HardBreak => link.text.push(' '),
                    _ => {}
                }
            }
        }
    }
    out.push_str(markdown.get(done..).unwrap_or_default());
    out
}

struct OpenLink {
    /// Where the whole link stands.
    range: Range<usize>,
    /// Where what is shown stands.
    inside: Option<Range<usize>>,
    href: String,
    own_text: bool,
    text: String,
}

impl OpenLink {
    fn widen(&mut self, more: Range<usize>) {
        self.inside = Some(match self.inside.take() {
            None => more,
            Some(known) => known.start.min(more.start)..known.end.max(more.end),
        });
    }

    /// What is shown, as it was written. A backslash before its first sign belongs to it.
    fn source<'a>(&self, markdown: &'a str) -> &'a str {
        let Some(inside) = &self.inside else {
            return "";
        };
        let before = markdown.get(self.range.start..inside.start);
        let escaped = before.is_some_and(|text| text.ends_with('\\'));
        let start = inside.start.saturating_sub(usize::from(escaped));
        markdown.get(start..inside.end).unwrap_or_default()
    }
}

fn write_link(inside: &str, link: &NewLink, out: &mut String) {
    out.push('[');
    out.push_str(inside);
    out.push_str("](");
    let plain = |c: char| !c.is_whitespace() && !matches!(c, '(' | ')' | '<' | '>' | '\\');
    if link.href.chars().all(plain) {
        out.push_str(&link.href);
    } else {
        out.push('<');
        out.extend(link.href.chars().filter(|c| !matches!(c, '<' | '>' | '\n')));
        out.push('>');
    }
    if link.own_text {
        out.push_str(" \"");
        out.push_str(OWN_TEXT);
        out.push('"');
    }
    out.push(')');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        let changed = relink(markdown, |link| {
            let href = link.href.strip_suffix(".md")?;
            Some(NewLink {
                href: format!("new:{href}"),
                own_text: link.own_text || link.text == "eigen",
            })
        });
        assert_eq!(changed, expected);
    }

    #[test]
    fn only_the_address_of_a_chosen_link_changes() {
        check(
            "Siehe [**A** und B](../a.md), [x](https://b) und ![c](c.md).\n",
            "Siehe [**A** und B](new:../a), [x](https://b) und ![c](c.md).\n",
        );
        check("> - [a\n>   b](c.md)", "> - [a\n>   b](new:c)");
        check(
            "| a |\n|---|\n| [x](y.md) |",
            "| a |\n|---|\n| [x](new:y) |",
        );
    }

    #[test]
    fn a_text_of_the_writers_own_is_marked_so() {
        check("[eigen](a.md)", "[eigen](new:a \"eigener Text\")");
        check("[x](a.md \"eigener Text\")", "[x](new:a \"eigener Text\")");
        check("[x](a.md \"Titel\")", "[x](new:a)");
    }

    #[test]
    fn references_escapes_and_odd_addresses_are_read() {
        check("[a][r]\n\n[r]: b.md\n", "[a](new:b)\n\n[r]: b.md\n");
        check("[\\*a\\] `b]`](<c d.md>)", "[\\*a\\] `b]`](<new:c d>)");
        check("[](a.md) `[x](y.md)`", "[](new:a) `[x](y.md)`");
        check("<https://a.md>", "<https://a.md>");
    }
}
