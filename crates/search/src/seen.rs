//! Chunks of text that were looked at before, for passages.
//!
//! Pages repeat their words. By what a chunk between two spaces may be marked never changes, and fits into some
//! bytes. What it is made of is looked at only where it may be marked, which few chunks are in any search.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use crate::analysis::{Forms, Known, Word, WordCache, words};
use crate::query::{Marks, Tell};

/// So many chunks that may be marked are remembered by each with what they are made of.
const MAX_KNOWN: usize = 20_000;
/// So many searches remember chunks of their own; more at once begin with nothing.
const MAX_KEPT: usize = 4;
/// So many chunks are known by what they may be marked by: all of a language's words that pages are made of.
const QUICK: usize = 1 << 17;
/// A chunk may stand in so many neighbouring places of these.
const WAYS: usize = 4;
/// A chunk that may be marked by more terms is always looked at.
const MAX_TELLS: usize = 14;

/// A marked word in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The number of the asked word.
    pub(crate) word: usize,
}

/// What is marked in a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marked {
    pub(crate) words: Vec<Mark>,
    /// Words of synonyms of several words, each with its number there instead: alone they are no hits.
    pub(crate) members: Vec<Mark>,
}

impl Marked {
    /// Adds the places of a part of the text that begins at a byte of it.
    fn extend(&mut self, other: &Self, from: usize) {
        let moved = |mark: &Mark| Mark {
            from: mark.from.saturating_add(from),
            to: mark.to.saturating_add(from),
            word: mark.word,
        };
        self.words.extend(other.words.iter().map(moved));
        self.members.extend(other.members.iter().map(moved));
    }
}

/// Chunks that were looked at, by their hashes. Where two have the same, the wrong word may be marked
/// or none.
pub(crate) struct Seen {
    /// Where chunks are marked in this search.
    marked: HashMap<u64, Marked, BuildHasherDefault<Hashed>>,
    chunks: HashMap<u64, Chunk, BuildHasherDefault<Hashed>>,
    /// What most chunks need, each at the place that its hash says, in the order in which it was met.
    quick: Vec<[Quick; WAYS]>,
}

struct Chunk {
    len: usize,
    /// What stands for each term that it may be marked by; [`Tell::ANY`] if these are too many.
    tells: [Tell; MAX_TELLS],
    pieces: Box<[Piece]>,
}

/// What a chunk may be marked by, in 32 bytes.
#[derive(Clone, Copy, Default)]
struct Quick {
    /// Of its hash what its place does not say.
    low: u32,
    tells: [Tell; MAX_TELLS],
}

/// A word or a part of one.
struct Piece {
    from: usize,
    to: usize,
    known: Arc<Known>,
    /// It is all of a word with hyphens, whose parts follow: so many.
    parts: usize,
}

/// What is a hash is not hashed again.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            marked: HashMap::default(),
            chunks: HashMap::default(),
            quick: vec![<[Quick; WAYS]>::default(); QUICK / WAYS],
        }
    }
}

impl Seen {
    /// Forgets what the last search marked, and chunks if they have become too many.
    fn begin(&mut self) {
        self.marked.clear();
        if self.chunks.len() > MAX_KNOWN {
            self.chunks.clear();
        }
    }

    /// Adds what is marked in a text without spaces that begins at a byte of another and has a hash.
    #[inline]
    pub(crate) fn mark(
        &mut self,
        (from, chunk, hash): (usize, &str, u64),
        marks: &Marks,
        (cache, forms): (&WordCache, &mut Forms),
        out: &mut Marked,
    ) {
        let place = usize::try_from(hash >> 32).unwrap_or(0) % (QUICK / WAYS);
        let low = u32::try_from(hash & u64::from(u32::MAX)).unwrap_or_default();
        let Some(quick) = self.quick.get_mut(place) else {
            return;
        };
        if let Some(known) = quick.iter().find(|known| known.low == low) {
            if !may_have(&known.tells, marks) {
                return;
            }
            let Self { marked, chunks, .. } = self;
            let marked = marked.entry(hash).or_insert_with(|| {
                let new = || Chunk::new(chunk, cache, forms);
                let known = chunks.entry(hash).or_insert_with(new);
                if known.len != chunk.len() {
                    *known = Chunk::new(chunk, cache, forms);
                }
                let mut found = Marked::default();
                find(known, marks, &mut found);
                found
            });
            out.extend(marked, from);
            return;
        }
        let new = Chunk::new(chunk, cache, forms);
        // The one met longer ago is forgotten.
        quick.rotate_right(1);
        if let Some(first) = quick.first_mut() {
            *first = Quick {
                low,
                tells: new.tells,
            };
        }
        if may_have(&new.tells, marks) {
            let mut found = Marked::default();
            find(&new, marks, &mut found);
            out.extend(&found, from);
        }
    }
}

fn may_have(tells: &[Tell], marks: &Marks) -> bool {
    // Those that stand for nothing are behind the others.
    let known = tells.iter().take_while(|tell| **tell != Tell::NONE);
    known.copied().any(|tell| marks.may_have(tell))
}

impl Chunk {
    fn new(chunk: &str, cache: &WordCache, forms: &mut Forms) -> Self {
        let pieces = pieces(&words(chunk), cache, forms);
        let mut tells: Vec<Tell> = pieces.iter().flat_map(Piece::terms).map(Tell::of).collect();
        tells.sort_unstable();
        tells.dedup();
        let mut kept = [Tell::NONE; MAX_TELLS];
        if tells.len() > MAX_TELLS {
            kept = [Tell::ANY; MAX_TELLS];
        } else {
            for (kept, tell) in kept.iter_mut().zip(&tells) {
                *kept = *tell;
            }
        }
        Self {
            len: chunk.len(),
            tells: kept,
            pieces: pieces.into_boxed_slice(),
        }
    }
}

impl Piece {
    /// The terms that it may be marked by.
    fn terms(&self) -> impl Iterator<Item = &str> {
        let Known { form, parts } = self.known.as_ref();
        let parts = parts.iter().map(String::as_str);
        std::iter::once(form.x.as_str())
            .chain(form.terms())
            .chain(parts)
    }
}

fn pieces(words: &[Word], cache: &WordCache, forms: &mut Forms) -> Vec<Piece> {
    let mut out = Vec::new();
    for word in words {
        let joined = word.joined.iter().map(|whole| (whole, word.parts.len()));
        let parts = word.parts.iter().map(|part| (part, 0));
        for (piece, parts) in joined.chain(parts) {
            out.push(Piece {
                from: piece.from,
                to: piece.to,
                known: cache.get(&piece.text, forms),
                parts,
            });
        }
    }
    out
}

fn find(chunk: &Chunk, marks: &Marks, out: &mut Marked) {
    let mut rest = chunk.pieces.iter();
    while let Some(piece) = rest.next() {
        let own = marks.find(&piece.known.form);
        let found = if piece.parts > 0 {
            // All of a word with hyphens is marked only if it is meant itself, not a part of it.
            if own.is_some() {
                rest = rest
                    .as_slice()
                    .get(piece.parts..)
                    .unwrap_or_default()
                    .iter();
            }
            own
        } else {
            own.or_else(|| marks.find_part(&piece.known.parts))
        };
        let mark = |word| Mark {
            from: piece.from,
            to: piece.to,
            word,
        };
        out.words.extend(found.map(mark));
        if piece.parts == 0 {
            let member = marks.find_member(&piece.known.form);
            out.members.extend(member.map(mark));
        }
    }
}

/// What searches remember, each for itself while it lasts.
#[derive(Default)]
pub(crate) struct SeenPool(Mutex<Vec<Seen>>);

impl SeenPool {
    pub(crate) fn take(&self) -> Seen {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut seen = kept.pop().unwrap_or_default();
        seen.begin();
        seen
    }

    pub(crate) fn give(&self, seen: Seen) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MAX_KEPT {
            kept.push(seen);
        }
    }
}
