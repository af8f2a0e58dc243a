//! Pages that are like another.

use denkraum_domain::{Actor, PageFacts, PageId, permit_read};
use denkraum_search::{Like, Related, Section};

use super::{FindError, texts};
use crate::app::App;
use crate::views::PageRef;

/// So many pages are shown.
const RELATED: usize = 5;

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
        if self.seen_now(actor, page).is_none() {
            return Ok(Vec::new());
        }
        let reader = self.reader(actor);
        let like = self.like(page, to).await?;
        let (app, person) = (self.clone(), actor.clone());
        let found = self
            .ask_index(move |index, given| {
                let is_shown = |id| {
                    app.seen_now(&person, id)
                        .is_some_and(|facts| !facts.archived)
                };
                index.related(&like, &reader, RELATED, is_shown, &given.budget)
            })
            .await?;
        let shown = |Related { id, shared, .. }: Related| {
            let page = self.reference(actor, id)?;
            Some(RelatedPage { page, shared })
        };
        Ok(found.into_iter().filter_map(shown).collect())
    }

    /// What is known of a page if the person may read it now.
    fn seen_now(&self, actor: &Actor, page: PageId) -> Option<PageFacts> {
        let facts = self.facts(page)?;
        permit_read(&facts, actor).ok().map(|_| facts)
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

    /// The text of those sections whose heading is wanted. Headings are part of it, but not those
    /// that all pages of the kind begin with.
    async fn text_of(
        &self,
        page: PageId,
        is_wanted: impl Fn(Option<&str>) -> bool,
    ) -> Result<String, FindError> {
        let found = texts(self.store(), &[page]).await;
        let sections = found.map_err(FindError::Text)?.into_iter().flatten();
        let entry = self.directory().get(page);
        let kind = entry
            .and_then(|entry| entry.projection)
            .and_then(|projection| self.catalogue().kind(&projection.kind()));
        let mut text = String::new();
        for Section {
            heading, text: own, ..
        } in sections.flatten()
        {
            if is_wanted(heading.as_deref()) {
                let said = |heading: &&str| !kind.is_some_and(|kind| kind.gives_heading(heading));
                text.push_str(heading.as_deref().filter(said).unwrap_or_default());
                text.push('\n');
                text.push_str(&own);
                text.push('\n');
            }
        }
        Ok(text)
    }
}
