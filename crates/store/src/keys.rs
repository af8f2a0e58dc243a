//! How things are named in the view. Everything stands in one sled tree, so that one batch can
//! change values and the applied position together.

use denkraum_domain::PageId;
use denkraum_journal::{Position, RecordKey, Subject};

/// The first byte of a key.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Format, journal, applied position.
    Meta = b'm',
    /// What lists say of a page.
    Head = b'h',
    /// A page's snapshot.
    Snapshot = b's',
    /// A page's updates after it.
    Update = b'u',
    /// Who first brought a Yjs client id.
    Owner = b'o',
    /// A stored file that a page uses.
    File = b'f',
    /// A record.
    Record = b'r',
    /// What was derived from a page.
    Projection = b'p',
    /// What is damaged.
    Damage = b'd',
    /// A note, which is not journalled.
    Note = b'n',
}

pub(crate) fn meta() -> Vec<u8> {
    vec![Family::Meta as u8]
}

/// The key of a page's value, or the beginning of the keys of its values.
pub(crate) fn page(family: Family, page: PageId) -> Vec<u8> {
    let mut key = Vec::with_capacity(32);
    key.push(family as u8);
    key.extend(page.as_u128().to_be_bytes());
    key
}

pub(crate) fn update(of: PageId, position: Position) -> Vec<u8> {
    let mut key = page(Family::Update, of);
    key.extend(position.get().to_be_bytes());
    key
}

pub(crate) fn owner(of: PageId, client: u64) -> Vec<u8> {
    let mut key = page(Family::Owner, of);
    key.extend(client.to_be_bytes());
    key
}

pub(crate) fn file(of: PageId, blob: &[u8; 32]) -> Vec<u8> {
    let mut key = page(Family::File, of);
    key.extend(blob);
    key
}

/// The beginning of the keys of a collection.
pub(crate) fn collection(name: &str) -> Vec<u8> {
    let mut key = vec![Family::Record as u8];
    key.extend(name.as_bytes());
    key.push(0);
    key
}

pub(crate) fn record(of: &RecordKey) -> Vec<u8> {
    let mut key = collection(of.collection());
    key.extend(of.id().as_bytes());
    // Neither part has a zero in it, so no id is the beginning of another one.
    key.push(0);
    key
}

/// The key of a note: that of a record in another family.
pub(crate) fn note(of: &RecordKey) -> Vec<u8> {
    in_family(Family::Note, record(of))
}

/// The beginning of the keys of a collection of notes.
pub(crate) fn notes(collection_of: &str) -> Vec<u8> {
    in_family(Family::Note, collection(collection_of))
}

fn in_family(family: Family, mut key: Vec<u8>) -> Vec<u8> {
    if let Some(first) = key.first_mut() {
        *first = family as u8;
    }
    key
}

pub(crate) fn damage(of: &Subject) -> Vec<u8> {
    let mut key = vec![Family::Damage as u8];
    key.extend(match of {
        Subject::Page(of) => page(Family::Head, *of),
        Subject::Record(of) => record(of),
    });
    key
}

/// The page or record in a key that [`damage`] made.
pub(crate) fn damaged(key: &[u8]) -> Option<Subject> {
    let of = key.get(1..)?;
    match of.first()? {
        family if *family == Family::Head as u8 => page_of(of).map(Subject::Page),
        _ => record_of(of).map(Subject::Record),
    }
}

/// The page in a key that [`page`] made or that begins with one.
pub(crate) fn page_of(key: &[u8]) -> Option<PageId> {
    let raw = key.get(1..)?.first_chunk::<16>()?;
    Some(PageId::from_u128(u128::from_be_bytes(*raw)))
}

/// The number at the end of a key that [`update`] or [`owner`] made.
pub(crate) fn number_of(key: &[u8]) -> Option<u64> {
    let (_, number) = key.split_last_chunk::<8>()?;
    Some(u64::from_be_bytes(*number))
}

/// The record in a key that [`record`] or [`note`] made.
pub(crate) fn record_of(key: &[u8]) -> Option<RecordKey> {
    let text = std::str::from_utf8(key.get(1..)?).ok()?;
    let (collection, id) = text.strip_suffix('\0')?.split_once('\0')?;
    RecordKey::new(collection, id).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_say_what_they_name() {
        let of = PageId::from_u128(99);
        let person = RecordKey::new("people", "jörg").unwrap();
        assert_eq!(page_of(&page(Family::Head, of)), Some(of));
        assert_eq!(page_of(&update(of, Position::new(7))), Some(of));
        assert_eq!(number_of(&update(of, Position::new(7))), Some(7));
        assert_eq!(number_of(&owner(of, 8)), Some(8));
        assert_eq!(record_of(&record(&person)), Some(person.clone()));
        for subject in [Subject::Page(of), Subject::Record(person)] {
            assert_eq!(damaged(&damage(&subject)), Some(subject));
        }
    }

    #[test]
    fn no_record_key_begins_another_one() {
        let short = record(&RecordKey::new("people", "jan").unwrap());
        let long = record(&RecordKey::new("people", "jana").unwrap());
        assert!(!long.starts_with(&short));
        assert!(
            !record(&RecordKey::new("people-x", "a").unwrap()).starts_with(&collection("people"))
        );
    }
}
