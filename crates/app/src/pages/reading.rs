//! A page with everything that its first showing says, before any program runs beside it.

use denkraum_domain::{Actor, PageId};

use super::PageError;
use super::read::ReaderTitles;
use super::shown::{ShownField, all_fields};
use crate::app::App;
use crate::catalogue::Language;
use crate::views::PageView;

/// A page for its first showing.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingPage {
    /// What readers see of every page.
    pub view: PageView,
    /// All fields of its kind in the order of the form, answered or not.
    pub fields: Vec<ShownField>,
}

impl App {
    /// One page as its first showing says it, in the reader's language.
    pub async fn reading_page(
        &self,
        actor: &Actor,
        page: PageId,
        language: Language,
    ) -> Result<ReadingPage, PageError> {
        let facts = self.readable(actor, page)?;
        let content = self.content(page).await?;
        let view = self.view(actor, &facts, &content)?;
        let kind = self.catalogue().kind(&view.summary.page.kind);
        let fields = kind.map(|kind| {
            let titles = ReaderTitles { app: self, actor };
            all_fields(self.catalogue(), kind, &content, language, &titles)
        });
        Ok(ReadingPage {
            view,
            fields: fields.unwrap_or_default(),
        })
    }
}
