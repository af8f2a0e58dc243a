//! Reads the entries of one file, resuming behind damage.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

use bytes::Bytes;
use denkraum_journal::frame::{self, Found, Marker, Stamp};
use denkraum_journal::{Damage, Entry, Position, Subject};

use crate::File;
use crate::layout::{HEADER_BYTES, Kind, link};
use crate::manifest::Lost;

/// Bytes read at once, unless a frame is longer.
const WINDOW_BYTES: usize = 256 << 10;
/// Bytes of a marker less one: a marker may stand across two windows.
const OVERLAP: u64 = 7;

/// What was read next.
#[derive(Debug)]
pub(crate) enum Item {
    /// An entry.
    Entry(Position, Entry),
    /// Something that should be an entry, or an entry that does not follow the one before.
    Damage(Damage),
}

/// Reads one file from its beginning.
pub(crate) struct Reader {
    name: String,
    kind: Kind,
    window: Window,
    marker: Marker,
    offset: u64,
    end: u64,
    /// The position that comes next.
    expected: Position,
    /// What the next frame must say of the one before; nothing after damage.
    chain: Option<[u8; 16]>,
    /// What is known never to have been confirmed.
    lost: Vec<Lost>,
    /// The last whole frame.
    whole: Whole,
    bad: Vec<Region>,
    ready: VecDeque<Item>,
}

/// How far a file is good.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole {
    /// Where the last whole frame ends.
    pub(crate) end: u64,
    /// Its link for the next one.
    pub(crate) link: [u8; 16],
    /// Its position, or the one before the file's first.
    pub(crate) position: Position,
    /// What it says was durable when it was written, or the position before the file's first.
    pub(crate) synced: Position,
}

struct Region {
    offset: u64,
    bytes: u64,
    known: Option<(Stamp, Subject)>,
}

impl Reader {
    /// Begins before the first frame. `first` and `chain` are what the manifest says of the file.
    pub(crate) fn new(
        name: String,
        kind: Kind,
        file: Arc<dyn File>,
        marker: Marker,
        first: Position,
        chain: [u8; 16],
        lost: Vec<Lost>,
    ) -> Self {
        let before = Position::new(first.get().saturating_sub(1));
        Self {
            name,
            kind,
            window: Window {
                file,
                start: 0,
                bytes: Bytes::new(),
            },
            marker,
            offset: HEADER_BYTES,
            end: HEADER_BYTES,
            expected: first,
            chain: Some(chain),
            lost,
            whole: Whole {
                end: HEADER_BYTES,
                link: chain,
                position: before,
                synced: before,
            },
            bad: Vec::new(),
            ready: VecDeque::new(),
        }
    }

    /// Lets it read up to `end`. It never goes back.
    pub(crate) fn extend(&mut self, end: u64) {
        self.end = self.end.max(end);
    }

    /// How far the file is good.
    pub(crate) const fn whole(&self) -> Whole {
        self.whole
    }

    /// The next item; `None` at the end. Bad bytes right before the end are kept back: whether they
    /// are damage, the next frame or [`Reader::finish`] tells.
    pub(crate) fn next(&mut self) -> io::Result<Option<Item>> {
        while self.ready.is_empty() && self.offset < self.end {
            self.step()?;
        }
        Ok(self.ready.pop_front())
    }

    /// Says that everything up to `last` should have been there, and gives what is missing of it.
    pub(crate) fn finish(&mut self, last: Position) -> Option<Item> {
        let missing = self.kind == Kind::Increment || !self.bad.is_empty();
        if missing && self.expected <= last {
            self.report(last);
            self.expected = last.next().unwrap_or(last);
        }
        self.bad.clear();
        self.ready.pop_front()
    }

    fn step(&mut self) -> io::Result<()> {
        match self.window.read(self.marker, self.offset, self.end)? {
            Found::Whole(found) if found.stamp.position >= self.expected => {
                self.take(*found)?;
            }
            Found::Whole(found) => {
                // It was there before: an old frame in a place where it does not belong.
                let bytes = found.bytes as u64;
                self.bad.push(Region {
                    offset: self.offset,
                    bytes,
                    known: None,
                });
                self.offset += bytes;
            }
            Found::Short { .. } | Found::Bad { known: None } => {
                let known = self.recover(self.offset)?;
                self.pass_over(known)?;
            }
            Found::Bad { known } => self.pass_over(known)?,
        }
        Ok(())
    }

    fn take(&mut self, found: frame::Frame) -> io::Result<()> {
        let position = found.stamp.position;
        let missing = self.kind == Kind::Increment && position > self.expected;
        if missing || !self.bad.is_empty() {
            self.report(Position::new(position.get().saturating_sub(1)));
        } else if self.chain.is_some_and(|chain| chain != found.stamp.chain) {
            // No entry is missing, but the frame before is not the one that stood there.
            self.ready.push_back(Item::Damage(Damage {
                first: position,
                last: Position::new(position.get().saturating_sub(1)),
                subject: Some(found.entry.subject.clone()),
                unconfirmed: false,
                file: self.name.clone(),
                offset: self.offset,
                bytes: 0,
            }));
        }
        let raw = self.window.bytes(self.offset, found.bytes, self.end)?;
        let link = link(raw.get(..found.bytes).unwrap_or_default());
        self.offset += found.bytes as u64;
        self.whole = Whole {
            end: self.offset,
            link,
            position,
            synced: found.stamp.synced,
        };
        self.chain = Some(link);
        self.expected = position.next().unwrap_or(position);
        self.ready.push_back(Item::Entry(position, found.entry));
        Ok(())
    }

    /// Goes to the next place where a frame is whole, or at least says what it was.
    fn pass_over(&mut self, known: Option<(Stamp, Subject)>) -> io::Result<()> {
        let start = self.offset;
        self.offset = self.next_frame(start + 1)?;
        self.bad.push(Region {
            offset: start,
            bytes: self.offset - start,
            known,
        });
        self.chain = None;
        Ok(())
    }

    /// What a damaged frame was, if no more than one byte of its front was changed.
    fn recover(&mut self, offset: u64) -> io::Result<Option<(Stamp, Subject)>> {
        let bytes = self
            .window
            .bytes(offset, frame::MAX_FRONT_BYTES, self.end)?;
        let known = frame::recover(self.marker, &bytes);
        Ok(known.filter(|(stamp, _)| stamp.position >= self.expected))
    }

    fn next_frame(&mut self, mut from: u64) -> io::Result<u64> {
        loop {
            let bytes = self.window.bytes(from, WINDOW_BYTES, self.end)?;
            if let Some(at) = frame::find(self.marker, &bytes, 0) {
                let candidate = from + at as u64;
                match self.window.read(self.marker, candidate, self.end)? {
                    Found::Whole(_) | Found::Bad { known: Some(_) } => return Ok(candidate),
                    _ if self.recover(candidate)?.is_some() => return Ok(candidate),
                    Found::Short { .. } | Found::Bad { known: None } => from = candidate + 1,
                }
            } else if from + bytes.len() as u64 >= self.end {
                return Ok(self.end);
            } else {
                from += (bytes.len() as u64).saturating_sub(OVERLAP).max(1);
            }
        }
    }

    /// Reports that everything from the expected position to `last` is missing.
    fn report(&mut self, last: Position) {
        let mut regions = std::mem::take(&mut self.bad);
        if regions.is_empty() {
            regions.push(Region {
                offset: self.offset,
                bytes: 0,
                known: None,
            });
        }
        let in_range = |position: Position| {
            (self.expected <= position && position <= last).then_some(position)
        };
        let firsts: Vec<_> = regions
            .iter()
            .map(|region| {
                region
                    .known
                    .as_ref()
                    .and_then(|(stamp, _)| in_range(stamp.position))
            })
            .collect();
        let mut next = self.expected;
        for (index, region) in regions.into_iter().enumerate() {
            let first = firsts.get(index).copied().flatten().unwrap_or(next);
            let following = firsts.iter().skip(index + 1).flatten().next();
            let upto = match following {
                Some(following) => Position::new(following.get().saturating_sub(1)),
                None => last,
            };
            let mut lost = self.lost.iter();
            self.ready.push_back(Item::Damage(Damage {
                first,
                last: upto,
                subject: region.known.map(|(_, subject)| subject),
                unconfirmed: lost.any(|lost| lost.first <= first && upto <= lost.last),
                file: self.name.clone(),
                offset: region.offset,
                bytes: region.bytes,
            }));
            next = upto.next().unwrap_or(upto);
        }
    }
}

/// A part of a file in memory.
struct Window {
    file: Arc<dyn File>,
    start: u64,
    bytes: Bytes,
}

impl Window {
    /// What stands at `offset`, seen as if the file ended at `end`.
    fn read(&mut self, marker: Marker, offset: u64, end: u64) -> io::Result<Found> {
        let mut wanted = frame::MIN_FRAME_BYTES;
        loop {
            let bytes = self.bytes(offset, wanted, end)?;
            match frame::read(marker, &bytes) {
                Found::Short { needs }
                    if bytes.len() < needs && bytes.len() as u64 >= end - offset =>
                {
                    return Ok(Found::Short { needs });
                }
                Found::Short { needs } => wanted = needs,
                found => return Ok(found),
            }
        }
    }

    /// At least `wanted` bytes from `offset` on, fewer only if the end is nearer.
    fn bytes(&mut self, offset: u64, wanted: usize, end: u64) -> io::Result<Bytes> {
        let left = usize::try_from(end.saturating_sub(offset)).unwrap_or(usize::MAX);
        let wanted = wanted.min(left);
        if let Some(found) = self.cached(offset, wanted, left) {
            return Ok(found);
        }
        let mut buffer = vec![0; wanted.max(WINDOW_BYTES).min(left)];
        let read = self.file.read_at(&mut buffer, offset)?;
        // A file that is shorter than it should be reads as zeros, which are no frame.
        buffer.get_mut(read..).unwrap_or_default().fill(0);
        (self.start, self.bytes) = (offset, Bytes::from(buffer));
        Ok(self.bytes.clone())
    }

    fn cached(&self, offset: u64, wanted: usize, left: usize) -> Option<Bytes> {
        let skip = usize::try_from(offset.checked_sub(self.start)?).ok()?;
        let have = self.bytes.len().checked_sub(skip)?;
        (have >= wanted && have > 0).then(|| self.bytes.slice(skip..skip + have.min(left)))
    }
}
