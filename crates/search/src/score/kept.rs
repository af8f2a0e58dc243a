//! What frequent words score, kept in memory.
//!
//! People ask for the same few words again and again, and ask once more with each letter of the next one. What
//! such a word scores in a page of a segment is always the same: a segment never changes. So it is found out once
//! for all of its pages, whoever may read them, and then read as a set of pages and a list of numbers.
//!
//! A word counts as frequent by what stands in the index, not by what was asked before: whether something was kept
//! already changes how long an answer takes, and nothing else.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::index::SegmentId;
use tantivy::{TERMINATED, TantivyError};

use super::at;
use super::bits::{Bits, WORD, ones_of};
use super::layer::Layer;
use super::plan::{FoundTerm, Phrase, Plan};
use super::segment::Segment;
use super::term::idf;
use super::window::{Pool, Span, WORDS, Window};

/// A word is frequent if its postings are at least one for so many pages.
const FREQUENT: u64 = 32;
/// Segments with fewer pages are read quickly.
const MIN_PAGES: u32 = 2_048;
/// So much memory is taken at most, in bytes.
const MAX_BYTES: usize = 64 << 20;
/// All pages of a window.
const EVERY: [u64; WORDS] = [u64::MAX; WORDS];
/// The greatest number that stands for a score.
const TOP: f32 = 65_535.0;

/// What a word scores in the pages of a segment.
pub(crate) struct Kept {
    pages: Bits,
    /// For every 64 pages, how many of the pages stand before them.
    before: Vec<u32>,
    /// One for each page, in their order; not 0.
    scores: Vec<u16>,
    /// What 1 stands for.
    unit: f32,
}

/// A word in a segment, and what its scores depend on: the same in two searches if the scores are the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    segment: SegmentId,
    said: Box<[u64]>,
}

impl Kept {
    /// Of the pages that match, all of them unless the time is over before.
    fn new(mut layer: Layer, segment: Segment<'_>) -> Self {
        let end = segment.reader.max_doc();
        let (mut pages, mut exact) = (Bits::none(end), Vec::new());
        let mut pool = Pool::default();
        let mut from = 0;
        loop {
            let next = layer.next().max(from);
            if next >= end || next == TERMINATED {
                break;
            }
            if segment.budget.is_over() {
                break;
            }
            let span = Span::around(next, end);
            let mut window = pool.take();
            layer.add(span, &EVERY, &mut window, &mut pool);
            for (word, found) in pages.words_from_mut(span.from).iter_mut().zip(&window.bits) {
                *word = *found;
            }
            exact.extend(window.pages().map(|page| window.score(page)));
            pool.give(window);
            from = span.to;
        }
        let most = exact.iter().copied().fold(0.0, f32::max);
        let unit = most.max(f32::MIN_POSITIVE) / TOP;
        let mut before = Vec::with_capacity(pages.words_from(0).len());
        let mut count = 0_u32;
        for word in pages.words_from(0) {
            before.push(count);
            count = count.saturating_add(word.count_ones());
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "rounded to between 1 and the greatest number"
        )]
        let number = |score: f32| (score / unit).round().clamp(1.0, TOP) as u16;
        Self {
            scores: exact.into_iter().map(number).collect(),
            pages,
            before,
            unit,
        }
    }

    /// Adds what matches in a window, worth so many times as much.
    pub(super) fn add(&self, span: Span, times: f32, out: &mut Window) {
        let unit = self.unit * times;
        let first = at(span.from / WORD);
        let words = self.pages.words_from(span.from);
        let before = self.before.get(first..).unwrap_or_default();
        let found = words.iter().zip(before);
        for ((bits, sums), (word, before)) in out.parts_mut().zip(found) {
            *bits |= word;
            let scores = self.scores.get(at(*before)..).unwrap_or_default();
            for (bit, score) in ones_of(*word).zip(scores) {
                if let Some(sum) = sums.get_mut(at(bit)) {
                    *sum += f32::from(*score) * unit;
                }
            }
        }
    }

    /// The pages of a window.
    pub(super) fn words(&self, span: Span) -> [u64; WORDS] {
        let mut words = [0; WORDS];
        for (word, found) in words.iter_mut().zip(self.pages.words_from(span.from)) {
            *word = *found;
        }
        words
    }

    fn bytes(&self) -> usize {
        let words = self.before.len() * (size_of::<u64>() + size_of::<u32>());
        words + self.scores.len() * size_of::<u16>()
    }
}

impl Key {
    /// Of a word in a segment; none if it is not frequent there.
    fn new(plan: &Plan, segment: Segment<'_>) -> Option<Self> {
        let pages = segment.reader.max_doc();
        if pages < MIN_PAGES {
            return None;
        }
        let mut said = Said {
            segment,
            numbers: Vec::new(),
            postings: 0,
        };
        said.plan(plan);
        let is_frequent = said.postings.saturating_mul(FREQUENT) >= u64::from(pages);
        is_frequent.then(|| Self {
            segment: segment.reader.segment_id(),
            said: said.numbers.into_boxed_slice(),
        })
    }
}

/// A plan as numbers.
struct Said<'a> {
    segment: Segment<'a>,
    numbers: Vec<u64>,
    /// So many postings are read for it.
    postings: u64,
}

impl Said<'_> {
    fn plan(&mut self, plan: &Plan) {
        match plan {
            Plan::Nothing => self.numbers.push(0),
            Plan::Everything => self.numbers.push(1),
            Plan::Term { term, worth } => {
                self.numbers.push(2);
                self.term(term, *worth);
            }
            Plan::Phrase(Phrase { terms, slop, worth }) => {
                self.numbers.extend([3, length(terms), u64::from(*slop)]);
                for (offset, term) in terms {
                    self.numbers.push(u64::from(*offset));
                    self.term(term, *worth);
                }
            }
            Plan::Best { of, tie } => {
                self.numbers.extend([4, u64::from(tie.to_bits())]);
                self.each(of);
            }
            Plan::Any(of) => {
                self.numbers.push(5);
                self.each(of);
            }
            Plan::All(of) => {
                self.numbers.push(6);
                self.each(of);
            }
            Plan::Together {
                of,
                bonus,
                power,
                least,
            } => {
                self.numbers.extend([7, length(of)]);
                let numbers = [bonus, power, least].map(|number| u64::from(number.to_bits()));
                self.numbers.extend(numbers);
                for (plan, share) in of {
                    self.numbers.push(u64::from(share.to_bits()));
                    self.plan(plan);
                }
            }
            Plan::Chosen { all, any, not } => {
                self.numbers.push(8);
                for of in [all, any, not] {
                    self.each(of);
                }
            }
            Plan::Word { plan, times } => {
                self.numbers.extend([9, u64::from(times.to_bits())]);
                self.plan(plan);
            }
        }
    }

    fn each(&mut self, of: &[Plan]) {
        self.numbers.push(length(of));
        for plan in of {
            self.plan(plan);
        }
    }

    /// Where the pages of a term stand, and all that their scores are made of.
    fn term(&mut self, term: &FoundTerm, worth: f32) {
        let Segment { place, norms, .. } = self.segment;
        let info = term.infos.get(place).and_then(Option::as_ref);
        let start = info.map_or(u64::MAX, |info| number(info.postings_range.start));
        let weight = worth * idf(term.pages, norms.pages);
        let longest = norms.of(term.field).last().copied().unwrap_or_default();
        self.numbers.extend([
            u64::from(term.field.field_id()),
            start,
            u64::from(weight.to_bits()),
            u64::from(longest.to_bits()),
        ]);
        let pages = info.map_or(0, |info| u64::from(info.doc_freq));
        self.postings = self.postings.saturating_add(pages);
    }
}

fn length<T>(of: &[T]) -> u64 {
    number(of.len())
}

fn number(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}

struct Entry {
    kept: Arc<Kept>,
    /// It was used since there was too little room the last time.
    was_used: AtomicBool,
}

#[derive(Default)]
struct Entries {
    by_key: HashMap<Key, Entry>,
    bytes: usize,
}

/// The frequent words of all segments, as far as there is room.
#[derive(Default)]
pub(crate) struct KeptWords(RwLock<Entries>);

impl KeptWords {
    /// What a word scores in a segment where it is frequent; none elsewhere.
    pub(super) fn of(
        &self,
        plan: &Plan,
        segment: Segment<'_>,
    ) -> Result<Option<Arc<Kept>>, TantivyError> {
        let Some(key) = Key::new(plan, segment) else {
            return Ok(None);
        };
        if let Some(known) = self.get(&key) {
            return Ok(Some(known));
        }
        let layer = Layer::new(plan, segment)?;
        let kept = Arc::new(Kept::new(layer, segment));
        // When the time is over, the last window may have been left halfway, too.
        if !segment.budget.was_over() {
            self.put(key, &kept);
        }
        Ok(Some(kept))
    }

    fn get(&self, key: &Key) -> Option<Arc<Kept>> {
        let entries = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.by_key.get(key)?;
        // Written once, so that readers do not take the line from each other.
        if !entry.was_used.load(Ordering::Relaxed) {
            entry.was_used.store(true, Ordering::Relaxed);
        }
        Some(Arc::clone(&entry.kept))
    }

    fn put(&self, key: Key, kept: &Arc<Kept>) {
        let mut entries = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if entries.bytes.saturating_add(kept.bytes()) > MAX_BYTES {
            entries.keep(|_, entry| entry.was_used.swap(false, Ordering::Relaxed));
        }
        if entries.bytes.saturating_add(kept.bytes()) > MAX_BYTES {
            entries.keep(|_, _| false);
        }
        entries.bytes = entries.bytes.saturating_add(kept.bytes());
        let entry = Entry {
            kept: Arc::clone(kept),
            was_used: AtomicBool::new(false),
        };
        if let Some(known) = entries.by_key.insert(key, entry) {
            entries.bytes = entries.bytes.saturating_sub(known.kept.bytes());
        }
    }

    /// How many words of segments there are.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        let entries = self.0.read().unwrap_or_else(PoisonError::into_inner);
        entries.by_key.len()
    }

    /// Forgets the words of segments that are no more.
    pub(crate) fn keep_only(&self, segments: &[SegmentId]) {
        let mut entries = self.0.write().unwrap_or_else(PoisonError::into_inner);
        entries.keep(|key, _| segments.contains(&key.segment));
    }
}

impl Entries {
    fn keep(&mut self, is_kept: impl Fn(&Key, &Entry) -> bool) {
        self.by_key.retain(|key, entry| is_kept(key, entry));
        self.bytes = self.by_key.values().map(|entry| entry.kept.bytes()).sum();
    }
}
