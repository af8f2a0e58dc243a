//! Applies entries to the view. Applying one a second time changes nothing. [V-4]

use denkraum_domain::{PageId, PersonId};
use denkraum_journal::{Body, Change, Damage, Entry, Position, RecordKey, Subject};

use crate::keys::{self, Family};
use crate::page::Head;
use crate::record;
use crate::value::{self, Digest, Keys, KeysMut};
use crate::view::Broken;

/// Applies the entry at `position`; returns the page that it deleted, if it did.
pub(crate) fn entry(
    keys: &mut impl KeysMut,
    all: &mut Digest,
    position: Position,
    entry: &Entry,
) -> Result<Option<PageId>, Broken> {
    let change = Change {
        position,
        at: entry.at,
        by: entry.by,
    };
    match (&entry.subject, &entry.body) {
        (Subject::Record(key), body) => put_record(keys, all, key, position, body)?,
        (
            Subject::Page(page),
            Body::PageUpdate {
                clients, update, ..
            },
        ) => {
            put_update(keys, all, *page, &change, clients, update)?;
        }
        (
            Subject::Page(page),
            Body::PageSnapshot {
                upto,
                owners,
                created,
                changed,
                state,
            },
        ) => {
            let snapshot = Snapshot {
                position,
                upto: *upto,
                owners,
                state,
            };
            put_snapshot(keys, all, *page, &snapshot, (created, changed))?;
        }
        (Subject::Page(page), Body::PageDelete) => {
            delete_page(keys, all, *page, &change)?;
            return Ok(Some(*page));
        }
        (Subject::Page(page), Body::BlobReference { blob, bytes }) => {
            put_file(keys, all, *page, position, blob, *bytes)?;
        }
        // A record's body with a page: no journal gives such an entry.
        (Subject::Page(_), _) => {}
    }
    Ok(None)
}

/// Marks what a damaged part of the journal was about, until a later entry replaces it.
pub(crate) fn damage(
    keys: &mut impl KeysMut,
    all: &mut Digest,
    damage: &Damage,
) -> Result<(), Broken> {
    match &damage.subject {
        // Never confirmed to anybody: whoever wrote it still has it and sends it again.
        Some(subject) if !damage.unconfirmed && damage.first <= damage.last => {
            value::write(keys, all, &keys::damage(subject), damage.last, &[])
        }
        _ => Ok(()),
    }
}

/// Whether something is set aside because a part of it is damaged.
pub(crate) fn is_damaged(keys: &impl Keys, subject: &Subject) -> Result<bool, Broken> {
    Ok(value::position(keys, &keys::damage(subject))?.is_some())
}

/// Everything that is set aside.
pub(crate) fn all_damaged(keys: &impl Keys) -> Result<Vec<Subject>, Broken> {
    let marks = value::scan(keys, &[Family::Damage as u8])?;
    let subject = |(key, _): &(Vec<u8>, _)| {
        keys::damaged(key).ok_or_else(|| Broken("a key is unreadable".to_owned()))
    };
    marks.iter().map(subject).collect()
}

/// Takes the mark away if everything up to `upto` has been replaced.
fn mend(
    keys: &mut impl KeysMut,
    all: &mut Digest,
    subject: &Subject,
    upto: Position,
) -> Result<(), Broken> {
    let key = keys::damage(subject);
    match value::position(keys, &key)? {
        Some(damaged) if damaged <= upto => value::remove(keys, all, &key),
        _ => Ok(()),
    }
}

fn put_record(
    keys: &mut impl KeysMut,
    all: &mut Digest,
    key: &RecordKey,
    position: Position,
    body: &Body,
) -> Result<(), Broken> {
    if record::read(keys, key)?.is_some_and(|stored| stored.position() >= position) {
        return Ok(());
    }
    let bytes = match body {
        Body::RecordPut {
            revision,
            version,
            value,
        } => record::encode(*revision, *version, value),
        Body::RecordDelete { revision } => record::encode_deleted(*revision),
        _ => return Ok(()),
    };
    mend(keys, all, &Subject::Record(key.clone()), position)?;
    value::write(keys, all, &keys::record(key), position, &bytes)
}

/// The head of a page that exists or may begin to; `None` if the entry has nothing to change.
fn head_before(
    keys: &impl Keys,
    page: PageId,
    position: Position,
    created: &Change,
) -> Result<Option<Head>, Broken> {
    Ok(match Head::read(keys, page)? {
        Some((head, last)) => (!head.deleted && last < position).then_some(head),
        None => Some(Head::new(*created)),
    })
}

fn put_update(
    keys: &mut impl KeysMut,
    all: &mut Digest,
    page: PageId,
    change: &Change,
    clients: &[u64],
    update: &[u8],
) -> Result<(), Broken> {
    let position = change.position;
    let Some(mut head) = head_before(keys, page, position, change)? else {
        return Ok(());
    };
    value::write(
        keys,
        &mut head.digest,
        &keys::update(page, position),
        position,
        update,
    )?;
    if let Some(person) = change.by {
        for client in clients {
            let owner = (*client, person);
            put_owner(keys, &mut head.digest, page, owner, position, None)?;
        }
    }
    head.changed = *change;
    head.write(keys, all, page, position)
}

/// Whoever brings a client id first keeps it. A snapshot knows who that was among all `upto` the
/// position that it holds, also when those entries are gone.
fn put_owner(
    keys: &mut impl KeysMut,
    digest: &mut Digest,
    page: PageId,
    (client, person): (u64, PersonId),
    position: Position,
    upto: Option<Position>,
) -> Result<(), Broken> {
    let key = keys::owner(page, client);
    let known = value::position(keys, &key)?;
    if known.is_some_and(|known| upto.is_none_or(|upto| known <= upto)) {
        return Ok(());
    }
    value::write(
        keys,
        digest,
        &key,
        position,
        &person.as_u128().to_le_bytes(),
    )
}

/// Notes that a page uses a stored file. It is no change of the page, which may come later.
fn put_file(
    keys: &mut impl KeysMut,
    all: &mut Digest,
    page: PageId,
    position: Position,
    blob: &[u8; 32],
    bytes: u64,
) -> Result<(), Broken> {
    let key = keys::file(page, blob);
    let is_gone = Head::read(keys, page)?.is_some_and(|(head, _)| head.deleted);
    let is_known = value::position(keys, &key)?.is_some_and(|known| known >= position);
    if is_gone || is_known {
        return Ok(());
    }
    value::write(keys, all, &key, position, &bytes.to_le_bytes())
}

struct Snapshot<'a> {
    position: Position,
    upto: Position,
    owners: &'a [(u64, PersonId)],
    state: &'a [u8],
}

fn put_snapshot(
    keys: &mut impl KeysMut,
    all: &mut Digest,
    page: PageId,
    snapshot: &Snapshot<'_>,
    (created, changed): (&Change, &Change),
) -> Result<(), Broken> {
    let Snapshot {
        position,
        upto,
        owners,
        state,
    } = *snapshot;
    let head = head_before(keys, page, position, created)?;
    let Some(mut head) = head.filter(|head| head.snapshot_at <= upto) else {
        return Ok(());
    };
    let first = keys::page(Family::Update, page);
    for (key, _) in value::scan(keys, &first)? {
        if keys::number_of(&key).is_some_and(|at| Position::new(at) <= upto) {
            value::remove(keys, &mut head.digest, &key)?;
        }
    }
    let key = keys::page(Family::Snapshot, page);
    value::write(keys, &mut head.digest, &key, upto, state)?;
    for owner in owners {
        put_owner(keys, &mut head.digest, page, *owner, position, Some(upto))?;
    }
    (head.snapshot_at, head.snapshot_entry) = (upto, position);
    if created.position < head.created.position {
        head.created = *created;
    }
    if changed.position > head.changed.position {
        head.changed = *changed;
    }
    mend(keys, all, &Subject::Page(page), upto)?;
    head.write(keys, all, page, position)
}

fn delete_page(
    keys: &mut impl KeysMut,
    all: &mut Digest,
    page: PageId,
    change: &Change,
) -> Result<(), Broken> {
    let Some(mut head) = head_before(keys, page, change.position, change)? else {
        return Ok(());
    };
    for (key, _) in value::scan(keys, &keys::page(Family::File, page))? {
        value::remove(keys, all, &key)?;
    }
    for family in [Family::Snapshot, Family::Update, Family::Owner] {
        for (key, _) in value::scan(keys, &keys::page(family, page))? {
            value::remove(keys, &mut head.digest, &key)?;
        }
    }
    let projection = keys::page(Family::Projection, page);
    value::remove(keys, &mut Digest::default(), &projection)?;
    mend(keys, all, &Subject::Page(page), change.position)?;
    (head.deleted, head.changed) = (true, *change);
    head.write(keys, all, page, change.position)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::scan;
    use crate::view::View;
    use denkraum_domain::Timestamp;
    use denkraum_journal::contract::{snapshot, update};

    fn record(revision: u64, put: bool) -> Entry {
        let key = RecordKey::new("people", "jana").unwrap();
        let value = bytes::Bytes::from(vec![7; 5000]);
        let body = if put {
            Body::RecordPut {
                revision,
                version: 1,
                value,
            }
        } else {
            Body::RecordDelete { revision }
        };
        let at = Timestamp::from_millis(1);
        Entry {
            at,
            by: None,
            subject: Subject::Record(key),
            body,
        }
    }

    /// [V-4] Entries that were applied already change nothing, from wherever they come again.
    #[test]
    fn applying_entries_again_changes_nothing() {
        let delete = |of| Entry {
            body: Body::PageDelete,
            ..update(of, "")
        };
        let file = |of| Entry {
            body: Body::BlobReference {
                blob: [3; 32],
                bytes: 9,
            },
            ..update(of, "")
        };
        let entries = [
            file(2),
            update(1, "one"),
            update(2, "gone"),
            update(1, &"long".repeat(3000)),
            snapshot(1, Position::new(2)),
            delete(2),
            record(1, true),
            update(1, "late"),
            record(2, false),
            record(3, true),
            update(2, "after its end"),
            file(1),
            file(2),
        ];
        let folder = tempfile::tempdir().unwrap();
        let view = View::open(&folder.path().join("view")).unwrap();
        let mut all = Digest::default();
        let mut apply_from = |first: usize| {
            for (number, entry) in entries.iter().enumerate().skip(first) {
                let position = Position::new(number as u64 + 1);
                view.change(|keys| super::entry(keys, &mut all, position, entry))
                    .unwrap();
            }
            (scan(&view, &[]).unwrap(), all)
        };
        let once = apply_from(0);
        assert!(once.0.len() > 4);
        for first in 0..entries.len() {
            assert_eq!(apply_from(first), once, "{first}");
        }
    }
}
