//! Finding pages.

use denkraum_domain::{Actor, permit_read};
use denkraum_search::{Query, Reader};
use thiserror::Error;

use crate::app::App;
use crate::views::{PageRef, SearchHit, SearchRequest, SearchResults};

/// How many titles are suggested.
const SUGGESTIONS: usize = 8;

/// Why a search has no answer.
#[derive(Debug, Error)]
pub enum FindError {
    /// The index did not answer.
    #[error("the search index did not answer")]
    Index(#[source] denkraum_search::SearchError),
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopped,
    /// The search stopped halfway.
    #[error("the search was interrupted")]
    Interrupted(#[source] tokio::task::JoinError),
}

impl App {
    /// The pages that the reader may read and that match, best first.
    pub async fn search(
        &self,
        actor: &Actor,
        request: SearchRequest,
    ) -> Result<SearchResults, FindError> {
        let reader = self.reader(actor);
        let query = Query {
            facets: request.facets.into_iter().collect(),
            text: request.text,
            spaces: request.spaces,
            kinds: request.kinds,
            typing: request.typing,
            limit: request.limit,
            offset: request.offset,
            ..Query::default()
        };
        let index = self.projector().index().ok_or(FindError::Stopped)?;
        let found = tokio::task::spawn_blocking(move || index.search(&query, &reader)).await;
        let found = found
            .map_err(FindError::Interrupted)?
            .map_err(FindError::Index)?;
        let hits = found.hits.into_iter().filter_map(|hit| {
            // The index may be a moment behind: nothing is shown that may not be read now.
            let facts = self.facts(hit.id)?;
            permit_read(&facts, actor)
                .ok()
                .filter(|_| !facts.archived)?;
            let snippet = hit
                .snippet
                .into_iter()
                .map(|part| (part.text, part.hit))
                .collect();
            Some(SearchHit {
                summary: self.summary(actor, hit.id)?,
                heading: hit.heading,
                snippet,
            })
        });
        Ok(SearchResults {
            hits: hits.collect(),
            total: usize::try_from(found.total).unwrap_or(usize::MAX),
            facets: found.facets,
        })
    }

    /// Pages whose title has words that begin like what was typed.
    pub async fn suggest(&self, actor: &Actor, text: &str) -> Result<Vec<PageRef>, FindError> {
        let reader = self.reader(actor);
        let index = self.projector().index().ok_or(FindError::Stopped)?;
        let text = text.to_owned();
        let found =
            tokio::task::spawn_blocking(move || index.suggest(&text, &reader, SUGGESTIONS)).await;
        let found = found
            .map_err(FindError::Interrupted)?
            .map_err(FindError::Index)?;
        Ok(found
            .into_iter()
            .filter(|one| self.facts(one.id).is_some_and(|facts| !facts.archived))
            .filter_map(|one| self.reference(actor, one.id))
            .collect())
    }

    fn reader(&self, actor: &Actor) -> Reader {
        Reader {
            person: actor.person,
            member_of: actor
                .grants
                .iter()
                .filter_map(|grant| grant.space.clone())
                .collect(),
            network: self.catalogue().network.clone(),
        }
    }
}
