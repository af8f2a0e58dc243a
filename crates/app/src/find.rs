//! Finding pages.

mod former;
mod label;
mod misses;
mod related;
mod request;
mod saved;
mod suggest;
mod texts;
mod vocabulary;

use std::collections::BTreeMap;

use denkraum_domain::{Actor, permit_read};
use denkraum_search::{
    Asking, Budget, Order, Query, Reader, Results, SearchError, SearchIndex, SnippetPart,
};
use thiserror::Error;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::app::App;
use crate::records::Known;

pub use misses::{MISSED_CHARS, MissedSearch};
pub use related::{RelatedPage, RelatedTo};
pub use request::{FacetValue, SearchHit, SearchOrder, SearchRequest, SearchResults};
pub use saved::{SAVED_SEARCHES, SaveSearchError, SavedSearch};
pub use suggest::{SuggestedTerm, Suggestions};
pub use vocabulary::{UnreadLine, WORD_LIST_CHARS, WordList, WordsError};

pub(crate) use former::{FormerTitles, Titled};
pub(crate) use label::{common_facets, labels};
pub(crate) use misses::Misses;
pub(crate) use saved::SavedSearches;
pub(crate) use texts::{FIELD_ID, FILES_ID, keep as keep_texts, kept as kept_text, texts};
pub(crate) use vocabulary::Words;

use texts::StoreTexts;

/// What is known of the records that searching keeps.
pub(crate) const KNOWN: [Known; 3] = [former::KNOWN, saved::KNOWN, vocabulary::KNOWN];

/// So many values of a facet are counted; those that are chosen are counted beyond that.
const VALUES: usize = 40;

/// So long is searched for an answer, in milliseconds; what was found by then is the answer.
const LONGEST: i64 = 200;

/// Why a search has no answer.
#[derive(Debug, Error)]
pub enum FindError {
    /// The index did not answer.
    #[error("the search index did not answer")]
    Index(#[source] SearchError),
    /// The text to compare with could not be read.
    #[error("the text of a page could not be read")]
    Text(#[source] denkraum_store::ReadError),
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopped,
    /// The search stopped halfway.
    #[error("the search was interrupted")]
    Interrupted,
}

impl App {
    /// The pages that the reader may read and that match, in the order that was asked for. Counts,
    /// offers and what was also found come from no other pages either.
    pub async fn search(
        &self,
        actor: &Actor,
        request: SearchRequest,
    ) -> Result<SearchResults, FindError> {
        let chosen = request.facets.clone();
        let query = self.query(request);
        let reader = self.reader(actor);
        // Asked before: what is whole by the time of the answer was perhaps not when it was searched.
        let incomplete = self.projector().is_incomplete();
        let found = self
            .ask_index(move |index, given| index.search(&query, given.asking(&reader)))
            .await?;
        let Results {
            total,
            hits,
            facets,
            also_found,
            offers,
            hidden_by,
            cut_short,
            out_of_time,
        } = found;
        let mut shown = Vec::with_capacity(hits.len());
        for hit in hits {
            // The index may be a moment behind: nothing is shown that may not be read now.
            let facts = self.facts(hit.id);
            let may_read = facts.filter(|facts| permit_read(facts, actor).is_ok());
            let summary = may_read.filter(|facts| !facts.archived);
            let Some(summary) = summary.and_then(|_| self.summary(actor, hit.id)) else {
                continue;
            };
            let section = hit.section.as_deref().unwrap_or_default();
            let title = summary.page.title.clone();
            let parts = |parts: Vec<SnippetPart>| -> Vec<(String, bool)> {
                parts
                    .into_iter()
                    .map(|part| (part.text, part.hit))
                    .collect()
            };
            shown.push(SearchHit {
                // A title that has changed a moment ago is shown unmarked.
                title: if title == hit.title {
                    parts(hit.marked_title)
                } else {
                    vec![(title, false)]
                },
                summary,
                heading: hit.heading,
                in_attachment: section == FILES_ID,
                in_field: section.strip_prefix(FIELD_ID).map(str::to_owned),
                section: hit.section,
                snippet: parts(hit.snippet),
            });
        }
        let facets = facets.into_iter().map(|(name, values)| {
            let chosen = chosen.get(&name).map(Vec::as_slice).unwrap_or_default();
            let values = self.facet_values(&name, values, chosen);
            (name, values)
        });
        let size = |pages: u64| usize::try_from(pages).unwrap_or(usize::MAX);
        let mut facets: BTreeMap<String, Vec<FacetValue>> = facets.collect();
        self.name_chosen(&mut facets, &chosen);
        let hidden_by = hidden_by.into_iter();
        Ok(SearchResults {
            total: size(total),
            hits: shown,
            facets,
            also_found,
            offers,
            hidden_by: hidden_by.map(|(facet, n)| (facet, size(n))).collect(),
            cut_short,
            out_of_time,
            incomplete,
        })
    }

    /// Puts in what is chosen and matches nothing, where only the server can name it.
    fn name_chosen(
        &self,
        facets: &mut BTreeMap<String, Vec<FacetValue>>,
        chosen: &BTreeMap<String, Vec<String>>,
    ) {
        for (facet, values) in chosen {
            for value in values {
                let known = facets.get(facet).map(Vec::as_slice).unwrap_or_default();
                if known.iter().any(|one| one.value == *value) {
                    continue;
                }
                let Some(label) = self.label_of(facet, value) else {
                    continue;
                };
                facets.entry(facet.clone()).or_default().push(FacetValue {
                    value: value.clone(),
                    pages: 0,
                    label: Some(label),
                });
            }
        }
    }

    fn facet_values(
        &self,
        facet: &str,
        values: Vec<(String, u64)>,
        chosen: &[String],
    ) -> Vec<FacetValue> {
        let counted = values.into_iter().enumerate();
        counted
            .filter(|(at, (value, _))| *at < VALUES || chosen.contains(value))
            .map(|(_, (value, pages))| FacetValue {
                label: self.label_of(facet, &value),
                value,
                pages,
            })
            .collect()
    }

    /// Asks the index on a thread that may wait for the disk. The time of the answer runs from now.
    pub(crate) async fn ask_index<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&SearchIndex, &Given) -> Result<T, SearchError> + Send + 'static,
    ) -> Result<T, FindError> {
        let clock = self.environment().clock();
        let end = clock().millis().saturating_add(LONGEST);
        let given = Given {
            budget: Budget::until(move || clock().millis() >= end),
            texts: StoreTexts {
                store: self.store().clone(),
                runtime: Handle::current(),
            },
        };
        let index = self.projector().index().ok_or(FindError::Stopped)?;
        let (answer, answered) = oneshot::channel();
        self.projector().give(move || {
            // Who has typed on meanwhile asks for something else.
            if !answer.is_closed() {
                drop(answer.send(ask(&index, &given)));
            }
        });
        let answer = answered.await.map_err(|_| FindError::Interrupted)?;
        if answer.is_err() {
            self.build_search_anew();
        }
        answer.map_err(FindError::Index)
    }

    /// What the index is asked.
    fn query(&self, request: SearchRequest) -> Query {
        let spaces = self.catalogue().spaces.iter();
        Query {
            text: request.text,
            spaces: request.spaces,
            kinds: request.kinds,
            facets: request.facets.into_iter().collect(),
            typing: request.typing,
            literal: request.literal,
            space_names: spaces
                .map(|space| (space.name.clone(), space.id.clone()))
                .collect(),
            order: match request.order {
                SearchOrder::Closeness => Order::Closeness,
                SearchOrder::Changed => Order::Changed,
            },
            limit: request.limit,
            offset: request.offset,
            ..Query::default()
        }
    }

    pub(crate) fn reader(&self, actor: &Actor) -> Reader {
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

/// What an index is given to answer with.
pub(crate) struct Given {
    pub(crate) budget: Budget,
    texts: StoreTexts,
}

impl Given {
    fn asking<'a>(&'a self, reader: &'a Reader) -> Asking<'a> {
        Asking {
            reader,
            texts: &self.texts,
            budget: &self.budget,
        }
    }
}
