//! Answering: one snapshot of the index, filters inside every query.

use denkraum_domain::PageId;
use tantivy::{DocAddress, Searcher, TantivyDocument, TantivyError};
use thiserror::Error;

use crate::analysis::Forms;
use crate::budget::Budget;
use crate::collect::{Wanted, collect};
use crate::document::{self, StoredPage};
use crate::facets::Choice;
use crate::index::SearchIndex;
use crate::page::Section;
use crate::query::{Asked, Compiled, Lexicon, Repair, Scope, chosen, title_query};
use crate::request::{Asking, Hit, Order, Query, Reader, Results, Suggestion, Texts};
use crate::schema::Weighted;
use crate::score::{Bits, Plan};
use crate::snapshot::Snapshot;
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
    /// Searches what the one who asks may read.
    ///
    /// Title counts more than headings and tags, these more than text; between equals, the page that
    /// more districts took up comes first, then the page changed last.
    pub fn search(&self, query: &Query, asking: Asking<'_>) -> Result<Results, SearchError> {
        self.answer(query, asking)
            .map_err(|err| SearchError::Engine { err })
    }

    /// Pages that `reader` may read and in whose title every word stands, the last one perhaps only
    /// begun; titles that begin with the text first. Nothing typed gives the pages changed last.
    pub fn suggest(
        &self,
        text: &str,
        reader: &Reader,
        limit: usize,
        budget: &Budget,
    ) -> Result<Vec<Suggestion>, SearchError> {
        self.titles(text, reader, limit, budget)
            .map_err(|err| SearchError::Engine { err })
    }

    fn answer(&self, query: &Query, asking: Asking<'_>) -> Result<Results, TantivyError> {
        let Asking { reader, budget, .. } = asking;
        let snapshot = self.snapshot()?;
        let fields = &self.fields;
        let readable = snapshot.readable(fields, reader)?;
        let mut forms = Forms::new();
        let Query {
            text, space_names, ..
        } = query;
        let asked = Asked::parse_among(text, query.typing, space_names, &mut forms);
        let places = fields.places(&self.weights);
        let lexicon = Lexicon::new(&snapshot, places, &readable, budget);
        let scope = Scope {
            fields,
            lexicon: &lexicon,
            weights: &self.weights,
            vocabulary: &self.vocabulary(),
            literal: query.literal,
        };
        let compiled = Compiled::new(&asked, &scope, &mut forms)?;
        let table = &snapshot.facets;
        let chosen = chosen(query);
        let choices: Vec<Choice> = chosen
            .iter()
            .map(|(name, values)| table.choice(name, values))
            .collect();
        let limit = query.limit.min(Query::MAX_LIMIT);
        let left_out = query.offset.min(Query::MAX_OFFSET);
        let wanted = Wanted {
            plan: &compiled.plan,
            extras: &compiled.extras,
            readable: &readable,
            choices: &choices,
            counted: true,
            order: query.order,
            first: if limit == 0 {
                0
            } else {
                left_out.saturating_add(limit)
            },
            budget,
        };
        let found = collect(&snapshot, &wanted)?;
        let mut hidden_by: Vec<(String, u64)> = chosen
            .into_keys()
            .zip(found.without)
            .filter(|(_, pages)| found.total == 0 && *pages > 0)
            .collect();
        hidden_by.sort_by_key(|(_, pages)| std::cmp::Reverse(*pages));
        let best = found.best.into_iter().skip(left_out).collect();
        let (hits, mut read) = self.shown(&snapshot.searcher, best, &compiled, &forms, asking)?;
        if found.total == 0 {
            read = self.spelling(&lexicon, &compiled.repairs, asking.texts)?;
        }
        let offers = {
            let titles = hits.iter().map(|hit| hit.title.as_str());
            let texts = read.iter().flat_map(|section| {
                let heading = section.heading.as_deref().unwrap_or_default();
                [heading, section.text.as_str()]
            });
            let texts = titles.chain(texts);
            let known = (self.words.as_ref(), budget);
            surface::offers(&query.text, &compiled.repairs, texts, known, &mut forms)
        };
        let also_found = surface::also_found(&asked, &hits, self.words.as_ref(), &mut forms);
        Ok(Results {
            total: found.total,
            hits,
            facets: table.named(&found.counts),
            also_found,
            offers,
            hidden_by,
            cut_short: asked.cut,
            out_of_time: budget.was_over(),
        })
    }

    /// The pages as they are shown, and their text if words of it may be offered as spellings.
    fn shown(
        &self,
        searcher: &Searcher,
        found: Vec<(f32, DocAddress)>,
        compiled: &Compiled,
        forms: &Forms,
        Asking { texts, budget, .. }: Asking<'_>,
    ) -> Result<(Vec<Hit>, Vec<Section>), TantivyError> {
        let mut pages = Vec::with_capacity(found.len());
        for (score, address) in found {
            pages.extend(self.stored(searcher, address)?.map(|page| (score, page)));
        }
        let ids: Vec<PageId> = pages.iter().map(|(_, page)| page.id).collect();
        let mut texts = texts.of(&ids).into_iter();
        let mut seen = self.seen.take();
        let words = (self.words.as_ref(), &mut seen);
        let mut passages = Passages::new(&compiled.marks, forms.clone(), words, budget);
        let mut hits = Vec::with_capacity(pages.len());
        let mut read = Vec::new();
        for (score, page) in pages {
            let sections = texts.next().unwrap_or_default();
            let passage = passages.best(&sections);
            hits.push(Hit {
                id: page.id,
                marked_title: passages.title(&page.title),
                title: page.title,
                kind: page.kind,
                space: page.space,
                snippet: passage.parts,
                heading: passage.heading,
                section: passage.section,
                score,
            });
            if !compiled.repairs.is_empty() {
                read.extend(sections);
            }
        }
        self.seen.give(seen);
        Ok((hits, read))
    }

    /// Text with words that may have been meant, for their spelling where no hit shows it.
    fn spelling(
        &self,
        lexicon: &Lexicon<'_>,
        repairs: &[Repair],
        texts: &dyn Texts,
    ) -> Result<Vec<Section>, TantivyError> {
        let mut pages = Vec::new();
        let meant = repairs.iter().flat_map(|repair| &repair.meant);
        for word in meant.flat_map(|meant| meant.split(' ')).take(SPELLED) {
            let holding = lexicon.holding(word)?;
            let (snapshot, readable) = (lexicon.snapshot, lexicon.readable);
            for (_, address) in top(snapshot, &holding, readable, 1, lexicon.budget)? {
                pages.extend(self.stored(&snapshot.searcher, address)?);
            }
        }
        let ids: Vec<PageId> = pages.iter().map(|page| page.id).collect();
        let mut read: Vec<Section> = texts.of(&ids).into_iter().flatten().collect();
        read.extend(pages.into_iter().map(|page| Section {
            text: page.title,
            ..Section::default()
        }));
        Ok(read)
    }

    fn titles(
        &self,
        text: &str,
        reader: &Reader,
        limit: usize,
        budget: &Budget,
    ) -> Result<Vec<Suggestion>, TantivyError> {
        let snapshot = self.snapshot()?;
        let readable = snapshot.readable(&self.fields, reader)?;
        let mut forms = Forms::new();
        let asked = Asked::parse(text, true, &mut forms);
        let title = Weighted {
            place: self.fields.title,
            worth: self.weights.title,
        };
        let lexicon = Lexicon::new(&snapshot, vec![title], &readable, budget);
        let scope = Scope {
            fields: &self.fields,
            lexicon: &lexicon,
            weights: &self.weights,
            vocabulary: &self.vocabulary(),
            literal: false,
        };
        let titles = title_query(&asked, &scope, &mut forms)?;
        let mut out = Vec::new();
        for (_, address) in top(&snapshot, &titles, &readable, SUGGESTION_POOL, budget)? {
            if let Some(StoredPage {
                id,
                title,
                kind,
                space,
            }) = self.stored(&snapshot.searcher, address)?
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

/// The best pages, with their scores.
pub(crate) fn top(
    snapshot: &Snapshot,
    plan: &Plan,
    readable: &[Bits],
    first: usize,
    budget: &Budget,
) -> Result<Vec<(f32, DocAddress)>, TantivyError> {
    let wanted = Wanted {
        plan,
        extras: &[],
        readable,
        choices: &[],
        counted: false,
        order: Order::Closeness,
        first,
        budget,
    };
    Ok(collect(snapshot, &wanted)?.best)
}
