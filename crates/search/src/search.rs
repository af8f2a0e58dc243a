//! Answering: one snapshot of the index, filters inside every query.

use std::collections::BTreeMap;

use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Collector, Count, TopDocs};
use tantivy::query::Query as EngineQuery;
use tantivy::{DocAddress, Searcher, TantivyDocument, TantivyError};
use thiserror::Error;

use crate::analysis::Forms;
use crate::document::{self, StoredPage};
use crate::facets::{Counts, FacetCounts};
use crate::index::SearchIndex;
use crate::page::Section;
use crate::query::{
    Asked, Compiled, Lexicon, Repair, Scope, chosen, readable, title_query, with_filters,
};
use crate::request::{Hit, Order, Query, Reader, Results, Suggestion};
use crate::schema::{ADOPTED, CHANGED, Weighted};
use crate::snippet::Passages;
use crate::surface;

/// Why there is no answer. No text that was typed is a reason.
#[derive(Debug, Error)]
pub enum SearchError {
    /// The files of the index cannot be read.
    #[error("the search index could not be read")]
    Engine {
        /// What the engine says.
        #[source]
        err: TantivyError,
    },
}

/// So many words that may have been meant are looked up where nothing was found.
const SPELLED: usize = 6;

/// More than asked for, since titles that begin with the text come first.
const SUGGESTION_POOL: usize = 50;

impl SearchIndex {
    /// Searches what `reader` may read.
    ///
    /// Title counts more than headings and tags, these more than text; between equals, the page that
    /// more districts took up comes first, then the page changed last.
    pub fn search(&self, query: &Query, reader: &Reader) -> Result<Results, SearchError> {
        self.answer(query, reader)
            .map_err(|err| SearchError::Engine { err })
    }

    /// Pages that `reader` may read and in whose title every word stands, the last one perhaps only
    /// begun; titles that begin with the text first. Nothing typed gives the pages changed last.
    pub fn suggest(
        &self,
        text: &str,
        reader: &Reader,
        limit: usize,
    ) -> Result<Vec<Suggestion>, SearchError> {
        self.titles(text, reader, limit)
            .map_err(|err| SearchError::Engine { err })
    }

    fn answer(&self, query: &Query, reader: &Reader) -> Result<Results, TantivyError> {
        let searcher = self.reader.searcher();
        let fields = &self.fields;
        let readable = readable(fields, reader);
        let mut forms = Forms::new();
        let asked = Asked::parse(&query.text, query.typing, &mut forms);
        let lexicon = Lexicon {
            searcher: &searcher,
            places: fields.places(&self.weights),
            readable: readable.as_ref(),
        };
        let scope = Scope {
            fields,
            lexicon: &lexicon,
            weights: &self.weights,
            vocabulary: &self.vocabulary(),
            literal: query.literal,
        };
        let compiled = Compiled::new(&asked, &scope, &mut forms)?;
        let text = compiled.query.as_ref();
        let chosen = chosen(fields, query);
        let filters_without = |name: &str| -> Vec<&dyn EngineQuery> {
            let others = chosen.iter().filter(|(facet, _)| facet != name);
            std::iter::once(readable.as_ref())
                .chain(others.map(|(_, f)| f.as_ref()))
                .collect()
        };
        let matching = with_filters(text, filters_without(""));
        let limit = query.limit.min(Query::MAX_LIMIT);
        let (total, mut counts, best) = match query.order {
            _ if limit == 0 => {
                let (total, counts) = searcher.search(&matching, &(Count, FacetCounts))?;
                (total, counts, Vec::new())
            }
            Order::Closeness => {
                let all = (Count, FacetCounts, closest(limit, query.offset));
                let (total, counts, found) = searcher.search(&matching, &all)?;
                (total, counts, scored(found))
            }
            Order::Changed => {
                let all = (Count, FacetCounts, latest(limit, query.offset));
                let (total, counts, found) = searcher.search(&matching, &all)?;
                let found = found.into_iter().map(|(_, address)| (0.0, address));
                (total, counts, found.collect())
            }
        };
        let mut hidden_by = Vec::new();
        for (name, _) in &chosen {
            let wider = with_filters(text, filters_without(name));
            let (hidden, mut wider) = searcher.search(&wider, &(Count, FacetCounts))?;
            counts.remove(name);
            counts.extend(wider.remove_entry(name));
            if total == 0 && hidden > 0 {
                hidden_by.push((name.clone(), u64::try_from(hidden).unwrap_or(u64::MAX)));
            }
        }
        hidden_by.sort_by_key(|(_, pages)| std::cmp::Reverse(*pages));
        let (hits, mut read) = self.shown(&searcher, best, &compiled, &forms)?;
        if total == 0 {
            read = self.spelling(&lexicon, &compiled.repairs)?;
        }
        let offers = {
            let titles = hits.iter().map(|hit| hit.title.as_str());
            let texts = read.iter().flat_map(|section| {
                let heading = section.heading.as_deref().unwrap_or_default();
                [heading, section.text.as_str()]
            });
            let texts = titles.chain(texts);
            surface::offers(&query.text, &compiled.repairs, &texts, &mut forms)
        };
        let also_found = surface::also_found(&asked, &hits, &mut forms);
        let total = u64::try_from(total).unwrap_or(u64::MAX);
        Ok(Results {
            total,
            hits,
            facets: most_first(counts),
            also_found,
            offers,
            hidden_by,
            cut_short: asked.cut,
        })
    }

    /// The pages as they are shown, and their text if words of it may be offered as spellings.
    fn shown(
        &self,
        searcher: &Searcher,
        found: Vec<(f32, DocAddress)>,
        compiled: &Compiled,
        forms: &Forms,
    ) -> Result<(Vec<Hit>, Vec<Section>), TantivyError> {
        let mut passages = Passages::new(&compiled.marks, forms.clone(), &self.words);
        let mut hits = Vec::with_capacity(found.len());
        let mut read = Vec::new();
        for (score, address) in found {
            let Some(page) = self.stored(searcher, address)? else {
                continue;
            };
            let passage = passages.best(&page.sections);
            hits.push(Hit {
                id: page.id,
                title: page.title,
                kind: page.kind,
                space: page.space,
                snippet: passage.parts,
                heading: passage.heading,
                score,
            });
            if !compiled.repairs.is_empty() {
                read.extend(page.sections);
            }
        }
        Ok((hits, read))
    }

    /// Text with words that may have been meant, for their spelling where no hit shows it.
    fn spelling(
        &self,
        lexicon: &Lexicon<'_>,
        repairs: &[Repair],
    ) -> Result<Vec<Section>, TantivyError> {
        let mut read = Vec::new();
        let meant = repairs.iter().flat_map(|repair| &repair.meant);
        for word in meant.flat_map(|meant| meant.split(' ')).take(SPELLED) {
            let matching = with_filters(lexicon.holding(word).as_ref(), [lexicon.readable]);
            for (_, address) in top(lexicon.searcher, &matching, 1)? {
                let page = self.stored(lexicon.searcher, address)?;
                read.extend(page.into_iter().flat_map(|page| {
                    let title = Section {
                        heading: None,
                        text: page.title,
                    };
                    page.sections.into_iter().chain([title])
                }));
            }
        }
        Ok(read)
    }

    fn titles(
        &self,
        text: &str,
        reader: &Reader,
        limit: usize,
    ) -> Result<Vec<Suggestion>, TantivyError> {
        let searcher = self.reader.searcher();
        let readable = readable(&self.fields, reader);
        let mut forms = Forms::new();
        let asked = Asked::parse(text, true, &mut forms);
        let title = Weighted {
            place: self.fields.title,
            worth: self.weights.title,
        };
        let lexicon = Lexicon {
            searcher: &searcher,
            places: vec![title],
            readable: readable.as_ref(),
        };
        let scope = Scope {
            fields: &self.fields,
            lexicon: &lexicon,
            weights: &self.weights,
            vocabulary: &self.vocabulary(),
            literal: false,
        };
        let titles = title_query(&asked, &scope, &mut forms)?;
        let matching = with_filters(titles.as_ref(), [readable.as_ref()]);
        let mut out = Vec::new();
        for (_, address) in top(&searcher, &matching, SUGGESTION_POOL)? {
            if let Some(StoredPage {
                id,
                title,
                kind,
                space,
                ..
            }) = self.stored(&searcher, address)?
            {
                out.push(Suggestion {
                    id,
                    title,
                    kind,
                    space,
                });
            }
        }
        let start = forms.of(text.trim()).x;
        // The sort is stable: within both groups the order stays.
        out.sort_by_cached_key(|found| !forms.of(&found.title).x.starts_with(&start));
        out.truncate(limit);
        Ok(out)
    }

    fn stored(
        &self,
        searcher: &Searcher,
        address: DocAddress,
    ) -> Result<Option<StoredPage>, TantivyError> {
        let doc: TantivyDocument = searcher.doc(address)?;
        let page = document::read(&self.fields, &doc);
        if page.is_none() {
            tracing::warn!(?address, "a document of the search index is not a page");
        }
        Ok(page)
    }
}

/// The key that pages are ordered by, greatest first.
type Key = (f32, Option<u64>, Option<i64>);

/// Collects the best pages: by score, then the page more districts took up, then the one changed last.
fn closest(limit: usize, offset: usize) -> impl Collector<Fruit = Vec<(Key, DocAddress)>> {
    let order = (
        SortBySimilarityScore,
        SortByStaticFastValue::<u64>::for_field(ADOPTED),
        SortByStaticFastValue::<i64>::for_field(CHANGED),
    );
    let best = TopDocs::with_limit(limit).and_offset(offset.min(Query::MAX_OFFSET));
    best.order_by(order)
}

/// Collects the pages changed last.
fn latest(limit: usize, offset: usize) -> impl Collector<Fruit = Vec<(Option<i64>, DocAddress)>> {
    let order = SortByStaticFastValue::<i64>::for_field(CHANGED);
    let best = TopDocs::with_limit(limit).and_offset(offset.min(Query::MAX_OFFSET));
    best.order_by(order)
}

fn scored(found: Vec<(Key, DocAddress)>) -> Vec<(f32, DocAddress)> {
    let found = found.into_iter();
    found
        .map(|((score, ..), address)| (score, address))
        .collect()
}

/// The best pages, with their scores.
pub(crate) fn top(
    searcher: &Searcher,
    query: &dyn EngineQuery,
    limit: usize,
) -> Result<Vec<(f32, DocAddress)>, TantivyError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    Ok(scored(searcher.search(query, &closest(limit, 0))?))
}

fn most_first(counts: Counts) -> BTreeMap<String, Vec<(String, u64)>> {
    let sorted = |values: BTreeMap<String, u64>| {
        let mut values: Vec<(String, u64)> = values.into_iter().collect();
        // Stable: equal counts stay in the order of the values.
        values.sort_by_key(|(_, pages)| std::cmp::Reverse(*pages));
        values
    };
    counts
        .into_iter()
        .map(|(name, values)| (name, sorted(values)))
        .collect()
}
