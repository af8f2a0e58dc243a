//! Which entries of the journal the view still rests on.

use std::collections::BTreeSet;

use denkraum_journal::{Position, Subject};

use crate::apply;
use crate::keys::{self, Family};
use crate::page::{self, Head};
use crate::value;
use crate::view::{Broken, View};

/// The positions of all entries up to `upto` that some value comes from, tombstones among them; the
/// page or record that is set aside, if one is.
///
/// Every value is checked: one that sled lost must not be taken for one that was deleted. Pages are
/// looked at one after the other while the journal goes on: what is replaced in the meantime was
/// replaced by an entry above `upto`, which stays.
pub(crate) fn positions(
    view: &View,
    upto: Position,
) -> Result<Result<BTreeSet<Position>, Subject>, Broken> {
    let mut keep = BTreeSet::new();
    let heads = {
        let _guard = view.reading();
        let meta = view.meta()?.ok_or_else(|| Broken("no meta".to_owned()))?;
        view.verify(&meta)?;
        if let Some(subject) = apply::all_damaged(view)?.into_iter().next() {
            return Ok(Err(subject));
        }
        for family in [Family::Record, Family::File] {
            let values = value::scan(view, &[family as u8])?;
            keep.extend(values.iter().map(|(_, value)| value.position));
        }
        value::scan(view, &[Family::Head as u8])?
    };
    for (key, value) in heads {
        let head = Head::from_value(&value)?;
        if head.deleted {
            keep.insert(head.changed.position);
        } else {
            let page = keys::page_of(&key).ok_or_else(unreadable)?;
            let _guard = view.reading();
            keep.extend(page::positions(view, page)?);
        }
    }
    Ok(Ok(keep.range(..=upto).copied().collect()))
}

fn unreadable() -> Broken {
    Broken("a key is unreadable".to_owned())
}
