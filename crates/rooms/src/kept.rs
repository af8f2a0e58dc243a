//! Lost text that is kept with its page until its author has decided what becomes of it.
//!
//! One record for each page. Finding the same text again changes nothing: what its author is done
//! with is remembered by its clocks.

use bytes::Bytes;
use denkraum_domain::{PageId, PersonId, Timestamp};
use denkraum_store::{PutError, ReadError, RecordKey, Store};
use denkraum_sync::LostText;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The collection of these records; the id is the page's.
pub(crate) const COLLECTION: &str = "lost-text";
pub(crate) const VERSION: u16 = 1;
/// So many texts, and so much of them, are kept for one page; above, the oldest go. Honest people
/// never come near: it bounds what somebody can do who writes into something deleted on purpose.
const MAX_TEXTS: usize = 200;
const MAX_BYTES: usize = 256 << 10;
/// So many stretches that are done with are remembered; the journal forgets them long before.
const MAX_DONE: usize = 2_000;
/// How often a write is tried that others were faster than.
const ATTEMPTS: usize = 8;

/// A stretch of one client's clocks: the first, and the first after it.
type Stretch = (u64, u64, u64);

/// Why the kept texts of a page cannot be read or changed. Nothing of them is lost by that.
#[derive(Debug, Error)]
pub enum KeptError {
    /// They could not be looked up.
    #[error("they could not be looked up")]
    Read(#[source] ReadError),
    /// A newer version of the program wrote them.
    #[error("they have version {0}, but this program knows {VERSION}: a newer version wrote them")]
    Newer(u16),
    /// They are not what they should be.
    #[error("they cannot be read")]
    Malformed(#[source] serde_json::Error),
    /// They were not stored.
    #[error("they were not stored")]
    Put(#[source] PutError),
}

/// Text that its author lost because somebody else changed the block it stood in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptText {
    /// Names it among those of its page.
    pub id: String,
    /// When it was found.
    pub at: Timestamp,
    /// The words.
    pub text: String,
    /// What stood before it.
    pub before: String,
    /// What stood after it.
    pub after: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    texts: Vec<Entry>,
    done: Vec<Stretch>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    author: String,
    at: i64,
    pieces: Vec<Stretch>,
    text: String,
    before: String,
    after: String,
}

impl Entry {
    fn id(&self) -> String {
        let first = self.pieces.first().copied().unwrap_or_default();
        format!("{}-{}", first.0, first.1)
    }

    fn bytes(&self) -> usize {
        self.text.len() + self.before.len() + self.after.len()
    }
}

impl Kept {
    /// Adds a text that was found; says whether anything of it is new.
    fn add(&mut self, lost: LostText, at: Timestamp) -> bool {
        let Some((pieces, text)) = unless_done(&lost, &self.done) else {
            return false;
        };
        let author = lost.author.to_string();
        let mut known = self.texts.iter();
        if known.any(|entry| entry.author == author && covers(&entry.pieces, &pieces)) {
            return false;
        }
        // The same with more of it takes the place of what was found before.
        let (mut at, mut place) = (at.millis(), self.texts.len());
        let mut index = 0;
        self.texts.retain(|entry| {
            let is_same = entry.author == author && covers(&pieces, &entry.pieces);
            if is_same {
                (at, place) = (at.min(entry.at), place.min(index));
            }
            index += 1;
            !is_same
        });
        // Letters that came after the rest had been compacted away belong to it.
        let goes_on = self.texts.iter_mut().find(|entry| {
            let (last, next) = (entry.pieces.last(), pieces.first());
            let ends = last.map(|last| (last.0, last.2));
            entry.author == author && ends == next.map(|next| (next.0, next.1))
        });
        if let Some(entry) = goes_on {
            entry.pieces.extend(pieces);
            entry.text.push_str(&text);
            return true;
        }
        let entry = Entry {
            author,
            at,
            pieces,
            text,
            before: lost.before,
            after: lost.after,
        };
        self.texts.insert(place.min(self.texts.len()), entry);
        self.bound();
        true
    }

    fn bound(&mut self) {
        while self.texts.len() > MAX_TEXTS
            || self.texts.iter().map(Entry::bytes).sum::<usize>() > MAX_BYTES
        {
            let gone = self.texts.remove(0);
            self.finish(gone.pieces);
        }
    }

    fn finish(&mut self, pieces: Vec<Stretch>) {
        self.done.extend(pieces);
        let above = self.done.len().saturating_sub(MAX_DONE);
        self.done.drain(..above);
    }

    fn of(&self, person: PersonId) -> impl Iterator<Item = &Entry> {
        let author = person.to_string();
        self.texts
            .iter()
            .filter(move |entry| entry.author == author)
    }

    /// Takes out one text of a person; says whether it was there.
    fn remove(&mut self, person: PersonId, id: &str) -> bool {
        let author = person.to_string();
        let mut texts = self.texts.iter();
        let found = texts.position(|entry| entry.author == author && entry.id() == id);
        let gone = found.map(|index| self.texts.remove(index));
        let was_there = gone.is_some();
        self.finish(gone.map(|entry| entry.pieces).unwrap_or_default());
        was_there
    }
}

/// What of a text its author is not done with.
fn unless_done(lost: &LostText, done: &[Stretch]) -> Option<(Vec<Stretch>, String)> {
    let units: Vec<u16> = lost.text.encode_utf16().collect();
    let (mut at, mut pieces, mut rest) = (0_usize, Vec::new(), Vec::new());
    for &piece in &lost.pieces {
        let (client, start, end) = piece;
        for (from, to) in minus((start, end), client, done) {
            let offset = |clock: u64| usize::try_from(clock - start).unwrap_or(usize::MAX);
            let (first, last) = (
                at.saturating_add(offset(from)),
                at.saturating_add(offset(to)),
            );
            rest.extend(units.get(first..last).unwrap_or_default());
            pieces.push((client, from, to));
        }
        at = at.saturating_add(usize::try_from(end - start).unwrap_or(usize::MAX));
    }
    (!pieces.is_empty()).then(|| (pieces, String::from_utf16_lossy(&rest)))
}

/// What is in the stretch of a client and in none of the others.
fn minus((start, end): (u64, u64), client: u64, others: &[Stretch]) -> Vec<(u64, u64)> {
    let mut others: Vec<_> = others
        .iter()
        .filter(|other| other.0 == client && other.1 < end && other.2 > start)
        .collect();
    others.sort_unstable();
    let (mut rest, mut at) = (Vec::new(), start);
    for &(_, from, to) in others {
        if from > at {
            rest.push((at, from));
        }
        at = at.max(to);
    }
    if at < end {
        rest.push((at, end));
    }
    rest
}

/// Whether all of `inner` is in `outer`.
fn covers(outer: &[Stretch], inner: &[Stretch]) -> bool {
    inner
        .iter()
        .all(|&(client, start, end)| minus((start, end), client, outer).is_empty())
}

/// Keeps what was lost on a page. Gives those of whom something is new, with how much is kept of
/// theirs.
pub(crate) async fn keep(
    store: &Store,
    page: PageId,
    lost: Vec<LostText>,
    at: Timestamp,
) -> Result<Vec<(PersonId, u64)>, KeptError> {
    let mut people: Vec<PersonId> = Vec::new();
    let kept = change(store, page, None, at, |kept| {
        people.clear();
        for text in &lost {
            if kept.add(text.clone(), at) && !people.contains(&text.author) {
                people.push(text.author);
            }
        }
        !people.is_empty()
    })
    .await?;
    let count = |person| u64::try_from(kept.of(person).count()).unwrap_or(u64::MAX);
    Ok(people
        .iter()
        .map(|&person| (person, count(person)))
        .collect())
}

/// What is kept of one person, oldest first.
pub(crate) async fn of(
    store: &Store,
    page: PageId,
    person: PersonId,
) -> Result<Vec<KeptText>, KeptError> {
    let (kept, _) = read(store, page).await?;
    let texts = kept.of(person).map(|entry| KeptText {
        id: entry.id(),
        at: Timestamp::from_millis(entry.at),
        text: entry.text.clone(),
        before: entry.before.clone(),
        after: entry.after.clone(),
    });
    Ok(texts.collect())
}

/// Lets go of one text of a person; says whether it was there.
pub(crate) async fn let_go(
    store: &Store,
    page: PageId,
    person: PersonId,
    id: &str,
    at: Timestamp,
) -> Result<bool, KeptError> {
    let mut was_there = false;
    change(store, page, Some(person), at, |kept| {
        was_there = kept.remove(person, id);
        was_there
    })
    .await?;
    Ok(was_there)
}

/// Changes the record of a page, again if somebody else was faster.
async fn change(
    store: &Store,
    page: PageId,
    by: Option<PersonId>,
    at: Timestamp,
    mut change: impl FnMut(&mut Kept) -> bool,
) -> Result<Kept, KeptError> {
    let mut attempt = 0;
    loop {
        attempt += 1;
        let (mut kept, revision) = read(store, page).await?;
        if !change(&mut kept) {
            return Ok(kept);
        }
        // Plain numbers and texts always become JSON.
        let value: Bytes = serde_json::to_vec(&kept).unwrap_or_default().into();
        let put = store.put(key(page), revision, VERSION, value, by, at);
        match put.await {
            Ok(_) => return Ok(kept),
            Err(PutError::Conflict { .. }) if attempt < ATTEMPTS => {}
            Err(err) => return Err(KeptError::Put(err)),
        }
    }
}

/// The record of a page. One that cannot be read stays as it is: nothing is written over it.
async fn read(store: &Store, page: PageId) -> Result<(Kept, Option<u64>), KeptError> {
    let record = store.get(&key(page)).await.map_err(KeptError::Read)?;
    let Some(record) = record else {
        return Ok((Kept::default(), None));
    };
    if record.version > VERSION {
        return Err(KeptError::Newer(record.version));
    }
    let kept = serde_json::from_slice(&record.value).map_err(KeptError::Malformed)?;
    Ok((kept, Some(record.revision)))
}

#[expect(
    clippy::expect_used,
    reason = "the collection is a constant, an id is short and printable"
)]
fn key(page: PageId) -> RecordKey {
    RecordKey::new(COLLECTION, page.to_string()).expect("a constant and an id make a key")
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::from_millis(5);
    const JANA: PersonId = PersonId::from_u128(1);

    fn lost(text: &str, pieces: &[Stretch]) -> LostText {
        LostText {
            author: JANA,
            pieces: pieces.to_vec(),
            text: text.to_owned(),
            before: "davor".to_owned(),
            after: String::new(),
        }
    }

    fn texts(kept: &Kept) -> Vec<&str> {
        kept.texts.iter().map(|entry| &entry.text[..]).collect()
    }

    #[test]
    fn what_is_found_again_is_kept_once_and_what_has_grown_takes_its_place() {
        let mut kept = Kept::default();
        assert!(kept.add(lost("ab", &[(7, 0, 2)]), AT));
        assert!(!kept.add(lost("ab", &[(7, 0, 2)]), AT));
        assert!(!kept.add(lost("b", &[(7, 1, 2)]), AT));
        assert!(kept.add(lost("xy", &[(9, 0, 2)]), AT));
        assert!(kept.add(lost("acb", &[(7, 0, 1), (7, 2, 3), (7, 1, 2)]), AT));
        assert_eq!(texts(&kept), ["acb", "xy"]);
    }

    #[test]
    fn letters_that_come_later_go_on_with_their_text() {
        let mut kept = Kept::default();
        kept.add(lost("ab", &[(7, 0, 2)]), AT);
        assert!(kept.add(lost("c", &[(7, 2, 3)]), AT));
        assert_eq!(texts(&kept), ["abc"]);
        assert_eq!(kept.texts[0].before, "davor");
    }

    #[test]
    fn what_its_author_is_done_with_does_not_come_back() {
        let mut kept = Kept::default();
        kept.add(lost("a😀", &[(7, 0, 3)]), AT);
        assert!(!kept.remove(PersonId::from_u128(2), "7-0"), "not theirs");
        assert!(kept.remove(JANA, "7-0"));
        assert!(!kept.remove(JANA, "7-0"));
        assert!(!kept.add(lost("a😀", &[(7, 0, 3)]), AT));
        assert!(kept.add(lost("a😀ü", &[(7, 0, 4)]), AT));
        assert_eq!(texts(&kept), ["ü"]);
    }

    #[test]
    fn a_page_keeps_a_bounded_amount_and_the_newest() {
        let mut kept = Kept::default();
        for clock in 0..300 {
            kept.add(lost("ab", &[(7, clock * 10, clock * 10 + 2)]), AT);
        }
        assert_eq!(kept.texts.len(), MAX_TEXTS);
        let long = "ü".repeat(MAX_BYTES / 2 - 10);
        let length = u64::try_from(long.chars().count()).unwrap();
        kept.add(lost(&long, &[(8, 0, length)]), AT);
        assert_eq!(texts(&kept).last(), Some(&&long[..]));
        assert!(kept.texts.len() < 5);
    }
}
