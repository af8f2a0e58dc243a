//! Pages like a page, a section or a passage, with the reason.
//!
//! The telling words of the text (frequent in it, rare elsewhere) are searched for in title, names and
//! text of the others. Pages of other spaces come first, since one knows one's own: the useful ones, then
//! those of the own space, then what is hardly like it; the closest of all is always among them. Each side
//! is looked for by itself, so that no number of close pages of the own space hides those of others.

use std::collections::BTreeMap;

use denkraum_domain::{KindId, PageId, SpaceId};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet as _, Searcher, TantivyDocument, TantivyError, Term};

use crate::analysis::{Forms, words};
use crate::budget::Budget;
use crate::collect::{Wanted, collect};
use crate::document::{self, StoredPage};
use crate::index::SearchIndex;
use crate::page::SPACE_FACET;
use crate::query::{Lexicon, is_closed_class, term};
use crate::request::{Order, Reader};
use crate::score::Plan;
use crate::search::SearchError;

/// So many telling words are searched for.
const MAX_WORDS: usize = 24;
/// So much of a text is read, in bytes.
const MAX_READ_BYTES: usize = 100_000;
/// A page must share at least so many of the telling words.
const LEAST_SHARED: usize = 2;
/// A page of another space is useful if it is so much like it as the page that is most like it.
const USEFUL: f32 = 0.25;
/// So many more than wanted are looked for: some may not be shown any more, one is asked about.
const SPARE: usize = 4;
/// So many pages with a word are looked at one by one for whether they were replaced.
const COUNTED: u32 = 1_000;
/// So many words are named as the reason.
const MAX_REASONS: usize = 4;

/// What pages are to be like: a page, a section, a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Like {
    /// Its text.
    pub text: String,
    /// The page it is from, left out of the answer.
    pub page: Option<PageId>,
    /// The space it is from.
    pub space: Option<SpaceId>,
}

/// A page that is like another.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Which page.
    pub id: PageId,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: KindId,
    /// Its space.
    pub space: SpaceId,
    /// The telling words that both share, as the first one writes them, most telling first.
    pub shared: Vec<String>,
}

/// A word by which a text is told from others.
struct Telling {
    stem: String,
    written: String,
    worth: f32,
}

impl SearchIndex {
    /// Pages like `like` that `reader` may read, useful ones of other spaces first; at most `limit`.
    /// The index may be a moment behind: `is_shown` says which of them may be shown now.
    pub fn related(
        &self,
        like: &Like,
        reader: &Reader,
        limit: usize,
        is_shown: impl Fn(PageId) -> bool,
        budget: &Budget,
    ) -> Result<Vec<Related>, SearchError> {
        self.alike(like, reader, limit, is_shown, budget)
            .map_err(|err| SearchError::Engine { err })
    }

    fn alike(
        &self,
        like: &Like,
        reader: &Reader,
        limit: usize,
        is_shown: impl Fn(PageId) -> bool,
        budget: &Budget,
    ) -> Result<Vec<Related>, TantivyError> {
        let snapshot = self.snapshot()?;
        let searcher = &snapshot.searcher;
        let readable = snapshot.readable(&self.fields, reader)?;
        let telling = self.telling(searcher, &like.text, &mut Forms::new())?;
        if telling.is_empty() {
            return Ok(Vec::new());
        }
        let places = self.fields.places(&self.weights);
        let lexicon = Lexicon::new(&snapshot, places, &readable, budget);
        let plan = self.plan(&telling, &lexicon)?;
        let table = &snapshot.facets;
        let spaces = table.all().filter(|(facet, _)| *facet == SPACE_FACET);
        let own = like.space.as_ref().map(ToString::to_string);
        let (own, others): (Vec<String>, Vec<String>) = spaces
            .map(|(_, space)| space.to_owned())
            .partition(|space| own.as_ref() == Some(space));
        let first = limit.saturating_add(SPARE);
        let is_wanted = |page: &StoredPage| like.page != Some(page.id) && is_shown(page.id);
        let mut found = Vec::new();
        for spaces in [others, own] {
            let wanted = Wanted {
                plan: &plan,
                extras: &[],
                readable: &readable,
                choices: &[table.choice(SPACE_FACET, &spaces)],
                counted: false,
                order: Order::Closeness,
                first,
                budget,
            };
            for (score, address) in collect(&snapshot, &wanted)?.best {
                let doc: TantivyDocument = searcher.doc(address)?;
                let page = document::read(&self.fields, &doc);
                if let Some(page) = page.filter(&is_wanted) {
                    found.push((score, address, page));
                }
            }
        }
        let most = found.iter().map(|(score, ..)| *score).fold(0.0, f32::max);
        let turn = |score: f32, page: &StoredPage| match like.space.as_ref() == Some(&page.space) {
            false if score >= most * USEFUL => 0,
            true => 1,
            false => 2,
        };
        // Equally like it: always in the same order, however the index is cut into parts.
        found.sort_by(|a, b| {
            let turns = turn(a.0, &a.2).cmp(&turn(b.0, &b.2));
            let closest = turns.then_with(|| b.0.total_cmp(&a.0));
            closest.then_with(|| a.2.id.cmp(&b.2.id))
        });
        // The closest of all is worth a place, also if it is one's own.
        let closest = found.iter().position(|(score, ..)| *score >= most);
        if let (Some(closest), Some(last)) = (closest, limit.checked_sub(1))
            && closest > last
        {
            let closest = found.remove(closest);
            found.insert(last, closest);
        }
        found.truncate(limit);
        let mut out = Vec::with_capacity(found.len());
        for (_, address, page) in found {
            out.push(Related {
                shared: self.shared(searcher, address, &telling)?,
                id: page.id,
                title: page.title,
                kind: page.kind,
                space: page.space,
            });
        }
        Ok(out)
    }

    /// The telling words that a page has, most telling first.
    fn shared(
        &self,
        searcher: &Searcher,
        address: DocAddress,
        telling: &[Telling],
    ) -> Result<Vec<String>, TantivyError> {
        let segment = searcher.segment_reader(address.segment_ord);
        let mut out = Vec::new();
        for word in telling {
            let mut there = false;
            for weighted in self.fields.places(&self.weights) {
                let field = weighted.place.s;
                let term = Term::from_field_text(field, &word.stem);
                let index = segment.inverted_index(field)?;
                let postings = index.read_postings(&term, IndexRecordOption::Basic)?;
                there |= postings.is_some_and(|mut pages| {
                    let page = address.doc_id;
                    pages.doc() == page || (pages.doc() < page && pages.seek(page) == page)
                });
            }
            if there {
                out.push(word.written.clone());
            }
            if out.len() >= MAX_REASONS {
                break;
            }
        }
        Ok(out)
    }

    fn telling(
        &self,
        searcher: &Searcher,
        text: &str,
        forms: &mut Forms,
    ) -> Result<Vec<Telling>, TantivyError> {
        let mut counts: BTreeMap<String, (f32, String)> = BTreeMap::new();
        for word in words(beginning(text)) {
            for piece in word.parts.into_iter().chain(word.joined) {
                let form = forms.of(&piece.text);
                if form.s.chars().count() < 4 || is_closed_class(&form.x) {
                    continue;
                }
                let (count, written) = counts
                    .entry(form.s)
                    .or_insert_with(|| (0.0, piece.text.clone()));
                *count += 1.0;
                // A noun says most; the shortest writing is the plainest.
                let plainer = piece.text.chars().count() < written.chars().count();
                if plainer && piece.text.starts_with(char::is_uppercase) {
                    *written = piece.text;
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a weight, not a count")]
        let pages = searcher.num_docs() as f32;
        let mut out = Vec::new();
        for (stem, (count, written)) in counts {
            // A word of every other page tells nothing, nor does one that no other page has.
            let known = self.pages_with(searcher, &stem)?;
            if known < 1.0 || (pages > 20.0 && known > pages / 3.0) {
                continue;
            }
            let noun = if written.starts_with(char::is_uppercase) {
                1.5
            } else {
                1.0
            };
            out.push(Telling {
                worth: count.sqrt() * noun * (1.0 + pages / known).ln(),
                stem,
                written,
            });
        }
        out.sort_by(|a, b| {
            b.worth
                .total_cmp(&a.worth)
                .then_with(|| a.stem.cmp(&b.stem))
        });
        out.truncate(MAX_WORDS);
        Ok(out)
    }

    /// How many pages have the word in their text. Those that were replaced are not counted, or where there
    /// are many, taken to be as many among these as among all of a segment.
    fn pages_with(&self, searcher: &Searcher, stem: &str) -> Result<f32, TantivyError> {
        let field = self.fields.body.s;
        let term = Term::from_field_text(field, stem);
        let mut pages = 0.0;
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let Some(found) = index.get_term_info(&term)? else {
                continue;
            };
            #[expect(clippy::cast_precision_loss, reason = "a weight, not a count")]
            let of = |pages: u32| pages as f32;
            pages += match segment.alive_bitset() {
                None => of(found.doc_freq),
                Some(alive) if found.doc_freq <= COUNTED => {
                    let postings =
                        index.read_postings_from_terminfo(&found, IndexRecordOption::Basic)?;
                    of(postings.doc_freq_given_deletes(alive))
                }
                Some(_) => {
                    of(found.doc_freq) * of(segment.num_docs()) / of(segment.max_doc().max(1))
                }
            };
        }
        Ok(pages)
    }

    fn plan(&self, telling: &[Telling], lexicon: &Lexicon<'_>) -> Result<Plan, TantivyError> {
        let strongest = telling.first().map_or(1.0, |word| word.worth);
        let mut of = Vec::new();
        for word in telling {
            let mut places = Vec::new();
            for weighted in &lexicon.places {
                let [_, s_worth, _] = weighted.worth;
                let worth = s_worth * word.worth / strongest;
                places.push(term(lexicon, weighted.place.s, &word.stem, worth)?);
            }
            of.push((Plan::best(places, self.weights.tie), 1.0));
        }
        #[expect(clippy::cast_precision_loss, reason = "a few words")]
        let least = (LEAST_SHARED as f32 - 0.5) / of.len().max(1) as f32;
        Ok(Plan::Together {
            bonus: 0.0,
            power: 1.0,
            // One of one is enough.
            least: if of.len() < LEAST_SHARED { 0.5 } else { least },
            of,
        })
    }
}

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(MAX_READ_BYTES);
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or_default()
}
