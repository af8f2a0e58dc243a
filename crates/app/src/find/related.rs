//! Pages that are like another.

use denkraum_domain::{Actor, PageId, permit_read};
use denkraum_search::{Like, Related, Section};

use super::{FindError, texts};
use crate::app::App;
use crate::views::PageRef;

/// So many pages are shown.
const RELATED: usize = 5;
/// So many are looked for: some may not be shown any more.
const LOOKED_FOR: usize = 8;

/// What of a page others are to be like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RelatedTo {
    /// All of it.
    #[default]
    Page,
    /// The sections with this heading.
    Section(String),
    /// A passage of it.
    Passage(String),
}

/// A page that is like another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedPage {
    /// The page.
    pub page: PageRef,
    /// The telling words that both share, most telling first.
    pub shared: Vec<String>,
}

impl App {
    /// Pages like `page`, or like a part of it, that the reader may read, those of other spaces
    /// first, with the reason. A page that the reader may not read is like none.
    pub async fn related(
        &self,
        actor: &Actor,
        page: PageId,
        to: RelatedTo,
    ) -> Result<Vec<RelatedPage>, FindError> {
        let readable = |id: PageId| {
            let facts = self.facts(id)?;
            permit_read(&facts, actor)
                .ok()
                .filter(|_| !facts.archived || id == page)
        };
        if readable(page).is_none() {
            return Ok(Vec::new());
        }
        let reader = self.reader(actor);
        let like = self.like(page, to).await?;
        let found = self
            .ask_index(move |index, given| index.related(&like, &reader, LOOKED_FOR, &given.budget))
            .await?;
        let shown = |Related { id, shared, .. }: Related| {
            readable(id)?;
            Some(RelatedPage {
                page: self.reference(actor, id)?,
                shared,
            })
        };
        Ok(found.into_iter().filter_map(shown).take(RELATED).collect())
    }

    /// What the pages are to be like.
    async fn like(&self, page: PageId, to: RelatedTo) -> Result<Like, FindError> {
        let entry = self.directory().get(page);
        let text = match to {
            RelatedTo::Page => {
                let projection = entry.as_ref().and_then(|entry| entry.projection.as_ref());
                let title = projection.map(|projection| projection.title.clone());
                // The title counts as if the text said it twice more.
                let title = title.unwrap_or_default();
                format!("{title}\n{title}\n{}", self.text_of(page, |_| true).await?)
            }
            RelatedTo::Section(heading) => {
                let is_it = |own: Option<&str>| own == Some(heading.as_str());
                self.text_of(page, is_it).await?
            }
            RelatedTo::Passage(text) => text,
        };
        Ok(Like {
            text,
            page: Some(page),
            space: entry.map(|entry| entry.record.space),
        })
    }

    /// The text of those sections whose heading is wanted, headings and all.
    async fn text_of(
        &self,
        page: PageId,
        is_wanted: impl Fn(Option<&str>) -> bool,
    ) -> Result<String, FindError> {
        let found = texts(self.store(), &[page]).await;
        let sections = found.map_err(FindError::Text)?.into_iter().flatten();
        let mut text = String::new();
        for Section {
            heading, text: own, ..
        } in sections.flatten()
        {
            if is_wanted(heading.as_deref()) {
                text.push_str(heading.as_deref().unwrap_or_default());
                text.push('\n');
                text.push_str(&own);
                text.push('\n');
            }
        }
        Ok(text)
    }
}
