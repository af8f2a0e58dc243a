//! Titles of linked pages, looked up for one reader.

use std::collections::BTreeMap;

use denkraum_domain::PageId;

use crate::labels::Labels;

/// What one reader may know about linked pages. A title is never stored in a text.
pub trait Titles {
    /// The title of a page; `None` when this reader has no access or there is no such page.
    fn title(&self, page: PageId) -> Option<String>;

    /// What stands in place of a page that the reader may not see.
    fn no_access(&self) -> &'static str {
        "Seite ohne Zugang"
    }

    /// The words that outputs add to a text, in this reader's language.
    fn labels(&self) -> &'static Labels {
        &Labels::GERMAN
    }

    /// What stands in place of an empty title.
    fn untitled(&self) -> &'static str {
        "Ohne Titel"
    }
}

/// Nobody has access to anything: for outputs that belong to no reader.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoTitles;

impl Titles for NoTitles {
    fn title(&self, _page: PageId) -> Option<String> {
        None
    }
}

impl Titles for BTreeMap<PageId, String> {
    fn title(&self, page: PageId) -> Option<String> {
        self.get(&page).cloned()
    }
}

/// What a page link shows to a reader: its own text or the title; `None` without access.
pub(crate) fn shown(page: PageId, label: Option<&str>, titles: &dyn Titles) -> Option<String> {
    let title = titles.title(page)?;
    let text = label.map_or(title, ToOwned::to_owned);
    let line = one_line(&text);
    Some(if line.is_empty() {
        titles.untitled().to_owned()
    } else {
        line
    })
}

/// Text as one line: every run of white space and control characters is one space.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let split = |c: char| c.is_whitespace() || c.is_control();
    for word in text.split(split).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
