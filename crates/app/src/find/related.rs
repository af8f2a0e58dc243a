//! Pages that are like another.

use denkraum_domain::{Actor, PageId, permit_read};
use denkraum_search::{Like, Related};

use super::FindError;
use crate::app::App;
use crate::views::PageRef;

/// So many pages are shown.
const RELATED: usize = 5;
/// So many are looked for: some may not be shown any more.
const LOOKED_FOR: usize = 8;

/// A page that is like another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedPage {
    /// The page.
    pub page: PageRef,
    /// The telling words that both share, most telling first.
    pub shared: Vec<String>,
}

impl App {
    /// Pages like `page` that the reader may read, those of other spaces first, with the reason. A
    /// page that the reader may not read is like none.
    pub async fn related(
        &self,
        actor: &Actor,
        page: PageId,
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
        let found = self
            .ask_index(move |index| index.related(&Like::Page(page), &reader, LOOKED_FOR))
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
}
