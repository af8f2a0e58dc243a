//! What a typed word can mean in this index: itself, words it begins, words it may be a slip of.
//!
//! Only words of pages that the reader may read count, so that nothing can be learnt of the others:
//! not whether a word occurs there, and not by crowding out another meaning.

use std::sync::Arc;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{TERMINATED, TantivyError, Term};

use super::beginnings::Key;
use super::distance::distance;
use crate::analysis::{Form, Forms, is_part};
use crate::budget::Budget;
use crate::schema::{Place, Weighted};
use crate::score::{Bits, FoundTerm, Layer, Plan, Pool, Segment, Span, idf};
use crate::short_hash::ShortMap;
use crate::snapshot::Snapshot;

/// At most so many terms of a field and segment are looked at for a beginning.
const MAX_SCANNED: usize = 10_000;
/// For each meaning that is wanted, at most so many candidates are looked up.
const LOOKUPS_PER_MEANING: usize = 20;

/// Longer words are not taken apart for repair, in letters.
const MAX_HALVED: usize = 40;
/// The least letters of one of two words written in one.
const MIN_HALF: usize = 3;
/// The least letters of a part of a compound with a slip.
const MIN_PART: usize = 4;
/// So many parts of a mistyped compound are looked up.
const MAX_SLIPS: usize = 12;
/// The clock is looked at once in so many terms.
const STEPS: usize = 512;
/// So many readings of a compound with a slip are taken.
const MAX_COMPOUNDS: usize = 3;

/// The words of the pages that a reader may read.
pub(crate) struct Lexicon<'a> {
    pub(crate) snapshot: &'a Snapshot,
    /// Where words are looked for.
    pub(crate) places: Vec<Weighted>,
    /// What may be read, in each segment.
    pub(crate) readable: &'a [Bits],
    /// How long looking may take; what was not looked up by then counts as not there.
    pub(crate) budget: &'a Budget,
}

impl<'a> Lexicon<'a> {
    pub(crate) fn new(
        snapshot: &'a Snapshot,
        places: Vec<Weighted>,
        readable: &'a [Bits],
        budget: &'a Budget,
    ) -> Self {
        Self {
            snapshot,
            places,
            readable,
            budget,
        }
    }

    /// Whether the time is up, for loops: the clock is looked at once in so many steps.
    fn is_late(&self, step: usize) -> bool {
        step % STEPS == STEPS - 1 && self.budget.is_over()
    }

    /// How many pages there are.
    pub(super) fn pages(&self) -> u64 {
        self.snapshot.searcher.num_docs()
    }

    /// How many pages have a term in the place where most have it, whoever may read them.
    pub(crate) fn most_pages(
        &self,
        text: &str,
        field: impl Fn(&Place) -> Field,
    ) -> Result<u64, TantivyError> {
        let mut most = 0;
        for weighted in &self.places {
            let found = self.find(field(&weighted.place), text)?;
            most = most.max(found.map_or(0, |term| term.pages));
        }
        Ok(most)
    }

    /// A term, if it is in the index at all.
    pub(crate) fn find(
        &self,
        field: Field,
        text: &str,
    ) -> Result<Option<Arc<FoundTerm>>, TantivyError> {
        self.snapshot.terms.get(field, text, || {
            let term = Term::from_field_text(field, text);
            let (mut infos, mut pages) = (Vec::new(), 0_u64);
            for segment in self.snapshot.searcher.segment_readers() {
                let info = segment.inverted_index(field)?.get_term_info(&term)?;
                let own = info.as_ref().map_or(0, |info| info.doc_freq);
                pages = pages.saturating_add(u64::from(own));
                infos.push(info);
            }
            Ok((pages > 0).then_some(FoundTerm {
                field,
                infos,
                pages,
            }))
        })
    }

    fn segments(&self) -> impl Iterator<Item = (Segment<'a>, &'a Bits)> {
        let segments = self.snapshot.searcher.segment_readers().iter().enumerate();
        segments
            .zip(self.readable)
            .map(|((place, reader), may_read)| {
                let segment = Segment {
                    reader,
                    place,
                    norms: &self.snapshot.norms,
                    kept: &self.snapshot.kept,
                    budget: self.budget,
                };
                (segment, may_read)
            })
    }

    /// Whether a page that may be read matches.
    pub(crate) fn is_there(&self, plan: &Plan) -> Result<bool, TantivyError> {
        let mut pool = Pool::default();
        for (segment, may_read) in self.segments() {
            let mut layer = Layer::new(plan, segment)?;
            let pages = segment.reader.max_doc();
            let mut from = 0;
            loop {
                let next = layer.next().max(from);
                if next >= pages || next == TERMINATED || self.budget.is_over() {
                    break;
                }
                let span = Span::around(next, pages);
                let wanted = may_read.words_from(span.from);
                let mut window = pool.take();
                layer.add(span, wanted, &mut window, &mut pool);
                window.keep(wanted);
                if !window.is_empty() {
                    return Ok(true);
                }
                pool.give(window);
                from = span.to;
            }
        }
        Ok(false)
    }

    /// The words of a field that `start` begins, itself left out: at most `limit`, the most frequent first.
    pub(crate) fn beginnings(
        &self,
        start: &str,
        limit: usize,
        field: impl Fn(&Place) -> Field + Copy,
    ) -> Result<Vec<String>, TantivyError> {
        let fields: Vec<Field> = self.places.iter().map(|of| field(&of.place)).collect();
        let known = &self.snapshot.beginnings;
        let key = Key::new(&fields, start);
        if let Some(ranked) = known.get(&key) {
            return self.readable_ones(ranked.iter().cloned(), limit, field);
        }
        let most = limit.saturating_mul(LOOKUPS_PER_MEANING);
        let ranked = Arc::new(self.all_beginnings(start, &fields, most)?);
        if !self.budget.was_over() {
            known.put(key, &ranked);
        }
        self.readable_ones(ranked.iter().cloned(), limit, field)
    }

    /// The most frequent words of fields that `start` begins, readable or not, most frequent first.
    fn all_beginnings(
        &self,
        start: &str,
        fields: &[Field],
        most: usize,
    ) -> Result<Vec<String>, TantivyError> {
        let mut counts: ShortMap<u64> = ShortMap::default();
        for segment in self.snapshot.searcher.segment_readers() {
            for field in fields {
                let index = segment.inverted_index(*field)?;
                let mut terms = index.terms().range().ge(start).into_stream()?;
                for at in 0..MAX_SCANNED {
                    if self.is_late(at)
                        || !terms.advance()
                        || !terms.key().starts_with(start.as_bytes())
                    {
                        break;
                    }
                    count(&mut counts, terms.key(), terms.value().doc_freq);
                }
            }
        }
        counts.remove(start);
        let mut ranked: Vec<(String, u64)> = counts.into_iter().collect();
        ranked.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        ranked.truncate(most);
        Ok(ranked.into_iter().map(|(word, _)| word).collect())
    }

    /// The words that `typed` may be a slip of, nearest first; for a begun word, words that begin
    /// nearly so. One error in 4 to 7 letters, two in longer words, none in shorter or with digits.
    pub(crate) fn repairs(
        &self,
        typed: &str,
        begun: bool,
        limit: usize,
        field: impl Fn(&Place) -> Field + Copy,
    ) -> Result<Vec<String>, TantivyError> {
        let errors = match typed.chars().count() {
            _ if typed.chars().any(char::is_numeric) => return Ok(Vec::new()),
            0..=3 => return Ok(Vec::new()),
            4..=7 => 1,
            _ => 2,
        };
        let counts = self.near(typed, errors, begun, field)?;
        let mut ranked: Vec<(usize, u64, String)> = counts
            .into_iter()
            .map(|(word, pages)| (distance(typed, &word, begun), pages, word))
            .collect();
        ranked.sort_by(|a, b| {
            a.0.cmp(&b.0)
                .then(b.1.cmp(&a.1))
                .then_with(|| a.2.cmp(&b.2))
        });
        self.readable_ones(ranked.into_iter().map(|(_, _, word)| word), limit, field)
    }

    fn readable_ones(
        &self,
        candidates: impl Iterator<Item = String>,
        limit: usize,
        field: impl Fn(&Place) -> Field + Copy,
    ) -> Result<Vec<String>, TantivyError> {
        let mut out = Vec::new();
        for word in candidates.take(limit.saturating_mul(LOOKUPS_PER_MEANING)) {
            if out.len() >= limit || self.budget.is_over() {
                break;
            }
            if self.occurs_in(&word, field)? {
                out.push(word);
            }
        }
        Ok(out)
    }

    /// Whether the exact word occurs in a page that may be read.
    fn occurs(&self, word: &str) -> Result<bool, TantivyError> {
        self.occurs_in(word, |place| place.x)
    }

    /// The same for a term of another field.
    pub(crate) fn occurs_in(
        &self,
        word: &str,
        field: impl Fn(&Place) -> Field,
    ) -> Result<bool, TantivyError> {
        for weighted in &self.places {
            let Some(term) = self.find(field(&weighted.place), word)? else {
                continue;
            };
            if self.budget.is_over() {
                return Ok(false);
            }
            for (segment, may_read) in self.segments() {
                if segment.is_among(&term, may_read)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Pages that hold a word or stem anywhere.
    pub(crate) fn holding(&self, word: &str) -> Result<Plan, TantivyError> {
        let places = self.places.iter();
        let fields = places.flat_map(|Weighted { place, .. }| [place.x, place.s]);
        let terms = fields.map(|field| super::terms::term(self, field, word, 1.0));
        Ok(Plan::Any(terms.collect::<Result<_, _>>()?))
    }

    /// How rare a word is where it is most frequent, above 0 and at most 1; 1 for one that is nowhere.
    pub(super) fn rarity(&self, form: &Form) -> Result<f32, TantivyError> {
        let mut pages = 0;
        for weighted in &self.places {
            let term = self.find(weighted.place.s, &form.s)?;
            pages = term.map_or(0, |term| term.pages).max(pages);
        }
        let all = self.pages();
        Ok(idf(pages, all) / idf(0, all))
    }

    /// Terms near to a typed one with the number of pages, readable or not.
    fn near(
        &self,
        typed: &str,
        errors: u8,
        begun: bool,
        field: impl Fn(&Place) -> Field,
    ) -> Result<ShortMap<u64>, TantivyError> {
        let mut counts: ShortMap<u64> = ShortMap::default();
        let Some(first) = self.places.first().filter(|_| !self.budget.is_over()) else {
            return Ok(counts);
        };
        let term = Term::from_field_text(field(&first.place), typed);
        let near = if begun {
            FuzzyTermQuery::new_prefix(term, errors, true)
        } else {
            FuzzyTermQuery::new(term, errors, true)
        };
        // Making it costs more than running it.
        let automaton = near.automaton()?;
        for weighted in &self.places {
            for segment in self.snapshot.searcher.segment_readers() {
                let index = segment.inverted_index(field(&weighted.place))?;
                let mut terms = index.terms().search(&automaton).into_stream()?;
                for at in 0..MAX_SCANNED {
                    if self.is_late(at) || !terms.advance() {
                        break;
                    }
                    count(&mut counts, terms.key(), terms.value().doc_freq);
                }
            }
        }
        Ok(counts)
    }

    /// The two words that `typed` may be, written without the space; the longer first word wins.
    pub(crate) fn two_words(&self, typed: &str) -> Result<Option<(String, String)>, TantivyError> {
        if typed.chars().count() > MAX_HALVED || !typed.is_ascii() {
            return Ok(None);
        }
        for at in (MIN_HALF..=typed.len().saturating_sub(MIN_HALF)).rev() {
            let Some((left, right)) = typed.split_at_checked(at) else {
                continue;
            };
            if self.budget.is_over() {
                break;
            }
            if right.len() >= MIN_HALF && self.occurs(left)? && self.occurs(right)? {
                return Ok(Some((left.to_owned(), right.to_owned())));
            }
        }
        Ok(None)
    }

    /// Terms of two parts that a compound with a slip in one of them may be made of, best first.
    pub(crate) fn mistyped_compounds(
        &self,
        typed: &str,
        forms: &mut Forms,
    ) -> Result<Vec<(String, String)>, TantivyError> {
        let mut out: Vec<(usize, u64, String, String)> = Vec::new();
        let mut looked_up = 0;
        if typed.chars().count() > MAX_HALVED || !typed.is_ascii() {
            return Ok(Vec::new());
        }
        for at in MIN_PART..=typed.len().saturating_sub(MIN_PART) {
            if self.budget.is_over() {
                break;
            }
            let Some((left, right)) = typed.split_at_checked(at) else {
                continue;
            };
            let sides = [(left, right, true), (right, left, false)];
            for (known, slip, known_first) in sides {
                if slip.len() < MIN_PART || !is_part(known) || looked_up >= MAX_SLIPS {
                    continue;
                }
                let known = forms.of(known).s;
                if !self.occurs_in(&known, |place| place.d)? {
                    continue;
                }
                let slip = forms.of(slip).s;
                looked_up += 1;
                for (term, pages) in self.near(&slip, 1, false, |place| place.d)? {
                    let errors = distance(&slip, &term, false);
                    out.push(if known_first {
                        (errors, pages, known.clone(), term)
                    } else {
                        (errors, pages, term, known.clone())
                    });
                }
            }
        }
        out.sort_by(|a, b| {
            a.0.cmp(&b.0)
                .then(b.1.cmp(&a.1))
                .then_with(|| a.2.cmp(&b.2))
        });
        let mut found = Vec::new();
        for (_, _, left, right) in out.into_iter().take(LOOKUPS_PER_MEANING) {
            let both = [&left, &right];
            let mut there = true;
            for term in both {
                there &= self.occurs_in(term, |place| place.d)?;
            }
            if there && !found.contains(&(left.clone(), right.clone())) {
                found.push((left, right));
            }
            if found.len() >= MAX_COMPOUNDS {
                break;
            }
        }
        Ok(found)
    }
}

fn count(counts: &mut ShortMap<u64>, key: &[u8], pages: u32) {
    let Ok(word) = std::str::from_utf8(key) else {
        return;
    };
    let pages = u64::from(pages);
    match counts.get_mut(word) {
        Some(sum) => *sum = sum.saturating_add(pages),
        None => drop(counts.insert(word.to_owned(), pages)),
    }
}
