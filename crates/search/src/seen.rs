//! Chunks of text that were looked at before, for passages.
//!
//! Pages repeat their words. What a chunk between two spaces is made of never changes; whether it is
//! marked is found out once a search.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use crate::analysis::{Forms, Known, Word, WordCache, words};
use crate::query::{Marks, Tell};

/// So many chunks are remembered by each.
const MAX_KNOWN: usize = 100_000;
/// So many searches remember chunks of their own; more at once begin with nothing.
const MAX_KEPT: usize = 4;
/// So many chunks are known by what they may be marked by alone, without looking them up.
const QUICK: usize = 1 << 16;
/// A chunk that may be marked by more terms is always looked at.
const MAX_TELLS: usize = 6;

/// A marked word in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The number of the asked word.
    pub(crate) word: usize,
}

/// Chunks that were looked at, by their hashes. Where two have the same, the wrong word may be marked
/// or none.
pub(crate) struct Seen {
    chunks: HashMap<u64, Chunk, BuildHasherDefault<Hashed>>,
    /// What most chunks need, each at the place that its hash says: few of them are marked, and what
    /// is asked of all is small enough to stay near the processor.
    quick: Vec<Quick>,
}

struct Chunk {
    len: usize,
    /// What stands for each term that it may be marked by; nothing if these are too many.
    tells: Option<[Tell; MAX_TELLS]>,
    pieces: Box<[Piece]>,
}

/// What a chunk may be marked by, in 16 bytes.
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
            chunks: HashMap::default(),
            quick: vec![Quick::default(); QUICK],
        }
    }
}

impl Seen {
    /// Forgets chunks if they have become too many.
    fn begin(&mut self) {
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
        out: &mut Vec<Mark>,
    ) {
        let place = usize::try_from(hash >> 32).unwrap_or(0) % QUICK;
        let low = u32::try_from(hash & u64::from(u32::MAX)).unwrap_or_default();
        if let Some(quick) = self.quick.get(place)
            && quick.low == low
            && !may_have(&quick.tells, marks)
        {
            return;
        }
        let known = self
            .chunks
            .entry(hash)
            .or_insert_with(|| Chunk::new(chunk, cache, forms));
        if known.len != chunk.len() {
            *known = Chunk::new(chunk, cache, forms);
        }
        if let (Some(quick), Some(tells)) = (self.quick.get_mut(place), known.tells) {
            *quick = Quick { low, tells };
        }
        if known.may_have(marks) {
            find(known, from, marks, out);
        }
    }
}

fn may_have(tells: &[Tell], marks: &Marks) -> bool {
    tells.iter().any(|tell| marks.may_have(*tell))
}

impl Chunk {
    fn new(chunk: &str, cache: &WordCache, forms: &mut Forms) -> Self {
        let pieces = pieces(&words(chunk), cache, forms);
        let mut tells: Vec<Tell> = pieces.iter().flat_map(Piece::terms).map(Tell::of).collect();
        tells.dedup();
        let fits = tells.len() <= MAX_TELLS;
        let tells = fits.then(|| {
            let mut kept = [Tell::NONE; MAX_TELLS];
            for (kept, tell) in kept.iter_mut().zip(&tells) {
                *kept = *tell;
            }
            kept
        });
        Self {
            len: chunk.len(),
            tells,
            pieces: pieces.into_boxed_slice(),
        }
    }

    fn may_have(&self, marks: &Marks) -> bool {
        match &self.tells {
            Some(tells) => may_have(tells, marks),
            None => true,
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

fn find(chunk: &Chunk, from: usize, marks: &Marks, out: &mut Vec<Mark>) {
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
        out.extend(found.map(|word| Mark {
            from: piece.from.saturating_add(from),
            to: piece.to.saturating_add(from),
            word,
        }));
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
