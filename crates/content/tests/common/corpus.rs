//! The conversion corpus, see `tests/corpus/README.md`.
#![expect(
    unreachable_pub,
    reason = "shared by a test and by the example that writes it"
)]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use denkraum_content::{Node, PageContent};
use denkraum_domain::PageId;
use serde_json::Value;

pub struct Case {
    pub name: String,
    pub folder: PathBuf,
    pub page: PageContent,
}

impl Case {
    /// The text of a file of the case, if it has it.
    #[cfg(test)]
    pub fn file(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.folder.join(name)).ok()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus")
}

pub fn body(json: &str) -> Vec<Node> {
    let mut doc: Value = serde_json::from_str(json).unwrap();
    assert_eq!(doc["type"], "doc");
    serde_json::from_value(doc["content"].take()).unwrap()
}

pub fn titles() -> BTreeMap<PageId, String> {
    let json = std::fs::read_to_string(root().join("titles.json")).unwrap();
    let titles: BTreeMap<String, String> = serde_json::from_str(&json).unwrap();
    let id = |(id, title): (String, String)| (PageId::parse(&id).unwrap(), title);
    titles.into_iter().map(id).collect()
}

/// All cases by name.
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(root()).unwrap() {
        let folder = entry.unwrap().path();
        let Ok(json) = std::fs::read_to_string(folder.join("tree.json")) else {
            continue;
        };
        cases.push(Case {
            name: folder.file_name().unwrap().to_string_lossy().into_owned(),
            page: PageContent {
                body: body(&json),
                ..PageContent::default()
            },
            folder,
        });
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}
