//! A real editing history: what somebody typed and deleted, one update for each edit.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use yrs::{
    ClientID, Doc, GetString as _, OffsetKind, Options, ReadTxn as _, Text as _, Transact as _,
    XmlElementPrelim, XmlFragment as _, XmlTextPrelim,
};

use crate::LoadError;
use crate::numbers::count;

/// Who has written the history.
pub(crate) const WRITER: u64 = 77;

/// So many edits are in an update for servers that do not take them one by one in time.
const MERGED: usize = 500;

/// An empty document, counting as browsers do.
pub(crate) fn document(client: u64) -> Doc {
    Doc::with_options(Options {
        client_id: ClientID::new(client),
        offset_kind: OffsetKind::Utf16,
        ..Options::default()
    })
}

/// An editing history as Yjs updates into one paragraph.
pub struct History {
    updates: Vec<Vec<u8>>,
    clocks: u64,
}

impl History {
    /// Reads a file of the editing-traces form: JSON with `txns`, each with `patches` of place,
    /// length deleted and text inserted, and `endContent`. One that ends in `.gz` is unpacked.
    /// At most so many edits are taken.
    pub fn read(path: &Path, at_most: usize) -> Result<Self, LoadError> {
        let invalid = |reason: String| LoadError::History {
            path: path.display().to_string(),
            reason,
        };
        let text = unpacked(path)?;
        let file: Value =
            serde_json::from_slice(&text).map_err(|error| invalid(error.to_string()))?;
        let transactions = file.get("txns").and_then(Value::as_array);
        let transactions = transactions.ok_or_else(|| invalid("there are no txns".to_owned()))?;
        let patches = transactions
            .iter()
            .filter_map(|one| one.get("patches")?.as_array());
        let doc = document(WRITER);
        let body = doc.get_or_insert_xml_fragment("body");
        let mut changes = doc.transact_mut();
        let paragraph = body.push_back(&mut changes, XmlElementPrelim::empty("paragraph"));
        let typed = paragraph.push_back(&mut changes, XmlTextPrelim::new(""));
        let mut updates = vec![changes.encode_update_v1()];
        drop(changes);
        for patch in patches.flatten().take(at_most) {
            let (place, deleted, inserted) =
                patch_of(patch).ok_or_else(|| invalid(format!("not a patch: {patch}")))?;
            let mut changes = doc.transact_mut();
            if deleted > 0 {
                typed.remove_range(&mut changes, place, deleted);
            }
            if !inserted.is_empty() {
                typed.insert(&mut changes, place, inserted);
            }
            updates.push(changes.encode_update_v1());
        }
        let end = file.get("endContent").and_then(Value::as_str);
        let (read, clocks) = {
            let state = doc.transact();
            let clock = state.state_vector().get(&ClientID::new(WRITER));
            (typed.get_string(&state), u64::from(clock))
        };
        let is_whole = updates.len() <= at_most;
        if is_whole && end.is_some_and(|end| end != read) {
            return Err(invalid("the text in the end is another one".to_owned()));
        }
        Ok(Self { updates, clocks })
    }

    /// One update for each edit, after one that makes the paragraph.
    pub(crate) fn updates(&self) -> &[Vec<u8>] {
        &self.updates
    }

    /// The same with many edits in each update.
    pub(crate) fn merged(&self) -> Result<Vec<Vec<u8>>, LoadError> {
        let merged = self.updates.chunks(MERGED).map(yrs::merge_updates_v1);
        let merged: Result<_, _> = merged.collect();
        merged.map_err(|error| LoadError::History {
            path: "edits that were read".to_owned(),
            reason: error.to_string(),
        })
    }

    /// The writer's clock when everything is there.
    pub(crate) const fn clocks(&self) -> u64 {
        self.clocks
    }

    /// How many edits there are.
    pub fn edits(&self) -> u64 {
        count(self.updates.len()).saturating_sub(1)
    }
}

fn patch_of(patch: &Value) -> Option<(u32, u32, &str)> {
    let number = |at: usize| patch.get(at)?.as_u64()?.try_into().ok();
    Some((number(0)?, number(1)?, patch.get(2)?.as_str()?))
}

fn unpacked(path: &Path) -> Result<Vec<u8>, LoadError> {
    let name = || path.display().to_string();
    if path.extension().is_none_or(|extension| extension != "gz") {
        return fs::read(path).map_err(LoadError::io(name()));
    }
    let gzip = Command::new("gzip")
        .arg("-dc")
        .arg(path)
        .stdin(Stdio::null())
        .output();
    let gzip = gzip.map_err(LoadError::io("starting gzip"))?;
    if gzip.status.success() {
        return Ok(gzip.stdout);
    }
    Err(LoadError::History {
        path: name(),
        reason: String::from_utf8_lossy(&gzip.stderr).trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.json");
        fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn every_edit_is_an_update() {
        let (_folder, path) = written(
            r#"{"endContent":"aXc","txns":[{"patches":[[0,0,"a"]]},
               {"patches":[[1,0,"bc"],[1,1,"X"]]}]}"#,
        );
        let history = History::read(&path, 1000).unwrap();
        assert_eq!((history.edits(), history.clocks()), (3, 6));
        assert_eq!(history.merged().unwrap().len(), 1);
        assert_eq!(History::read(&path, 2).unwrap().edits(), 2);
    }

    #[test]
    fn a_history_that_does_not_lead_to_its_end_is_refused() {
        let (_folder, path) = written(r#"{"endContent":"b","txns":[{"patches":[[0,0,"a"]]}]}"#);
        assert!(History::read(&path, 1000).is_err());
    }
}
