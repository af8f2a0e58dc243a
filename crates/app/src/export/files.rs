//! A page as a file: Markdown with front matter, HTML that stands alone.

use std::fmt::Write as _;

use denkraum_content::{
    FoundLink, NewLink, PageContent, relink, title_or_placeholder, to_html, to_markdown,
};
use denkraum_domain::{PageFacts, PageId};

use super::names::Names;
use super::{Document, Taker, TakerTitles, document};
use crate::app::App;
use crate::catalogue::Language;
use crate::pages::shown_fields;

/// How the address of a page begins in HTML for reading; 26 characters of an id follow.
const PAGE_ADDRESS: &str = " href=\"/seiten/";
const ID_CHARS: usize = 26;

impl App {
    /// Front matter and text. The front matter is JSON, which every reader of YAML reads. With
    /// `names`, pages that lie beside it are linked to by their files.
    pub(crate) fn markdown_file(
        &self,
        taker: &Taker,
        facts: &PageFacts,
        content: &PageContent,
        names: Option<&Names>,
    ) -> String {
        let mut text = String::from("---\n");
        for (key, value) in self.keys(taker, facts, content) {
            let _infallible = writeln!(text, "{key}: {value}");
        }
        text.push_str("---\n\n");
        let markdown = to_markdown(content, &TakerTitles { app: self, taker });
        match names {
            None => text.push_str(&markdown),
            Some(names) => {
                text.push_str(&relink(&markdown, |link| to_file(facts.page, &link, names)));
            }
        }
        text
    }

    /// A page of HTML that needs nothing else. With `names`, pages that lie beside it are linked
    /// to by their files; other pages are named without a link.
    pub(crate) fn html_file(
        &self,
        taker: &Taker,
        facts: &PageFacts,
        content: &PageContent,
        names: Option<&Names>,
    ) -> String {
        let kind = content
            .kind
            .as_ref()
            .and_then(|id| self.catalogue().kind(id));
        let space = self.catalogue().space(&facts.space);
        let about = [
            kind.map(|kind| kind.label.de.clone()),
            space.map(|space| space.name.clone()),
        ];
        let fields = kind
            .map(|kind| {
                let titles = TakerTitles { app: self, taker };
                shown_fields(self.catalogue(), kind, content, Language::German, &titles)
            })
            .unwrap_or_default();
        let body = to_html(content, &TakerTitles { app: self, taker });
        document(&Document {
            title: &title_or_placeholder(&content.title),
            about: &about.into_iter().flatten().collect::<Vec<_>>(),
            fields: &fields,
            body: &readdressed(&body, |page| {
                let address = names?.from(facts.page, page)?;
                Some(format!("{address}.html"))
            }),
            back: names.is_some().then_some("../index.html"),
        })
    }
}

fn to_file(here: PageId, link: &FoundLink<'_>, names: &Names) -> Option<NewLink> {
    let page = PageId::parse(link.page()?).ok()?;
    let address = names.from(here, page)?;
    Some(NewLink {
        href: format!("{address}.md"),
        own_text: link.own_text,
    })
}

/// Page links with another address, or with none. Our own HTML writes them in one way only.
fn readdressed(html: &str, address: impl Fn(PageId) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(PAGE_ADDRESS) {
        out.push_str(before);
        let id = after.get(..ID_CHARS).and_then(|id| PageId::parse(id).ok());
        let end = after.get(ID_CHARS..).and_then(|end| end.strip_prefix('"'));
        rest = if let (Some(page), Some(end)) = (id, end) {
            if let Some(address) = address(page) {
                let _infallible = write!(out, " href=\"{address}\"");
            }
            end
        } else {
            out.push_str(PAGE_ADDRESS);
            after
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_links_lead_to_files_or_nowhere() {
        let [a, b] = [1, 2].map(PageId::from_u128);
        let html = format!(
            "<a data-page=\"{a}\" href=\"/seiten/{a}\">A</a> <a href=\"/seiten/{b}\">B</a> \
             <a href=\"https://x\">/seiten/</a>"
        );
        let changed = readdressed(&html, |page| (page == a).then(|| "a.html".to_owned()));
        assert_eq!(
            changed,
            format!(
                "<a data-page=\"{a}\" href=\"a.html\">A</a> <a>B</a> \
                 <a href=\"https://x\">/seiten/</a>"
            )
        );
    }
}
