//! `denkraum check` on a data directory whose attached files were touched.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::collections::BTreeMap;
use std::path::Path;

use denkraum_app::NewPage;
use denkraum_domain::{Audience, KindId, SpaceId};

#[expect(dead_code, reason = "shared with tests that need other parts")]
mod common;

use common::{Opened, check};

/// A data directory with one page that has two files.
async fn with_two_files(data: &Path) {
    let opened = Opened::at(data).await;
    let jana = opened.jana().await;
    let page = NewPage {
        id: None,
        title: None,
        kind: KindId::parse("page").unwrap(),
        space: SpaceId::parse("pankow").unwrap(),
        audience: Audience::Space,
        tags: Vec::new(),
        fields: BTreeMap::new(),
        markdown: Some(String::new()),
        body: None,
        emerged_from: None,
    };
    let page = opened.app.create_page(&jana.actor(), page).await.unwrap();
    for text in ["Erste.", "Zweite."] {
        let page = page.summary.page.id;
        opened.attach(&jana, page, text.as_bytes()).await;
    }
    opened.close().await;
}

/// [B-5] Files that are missing or damaged are named, with the page that has them.
#[tokio::test]
async fn missing_and_damaged_files_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    with_two_files(data).await;
    let intact = check(data, &[]);
    let said = String::from_utf8(intact.stdout).unwrap();
    assert!(intact.status.success(), "{said}");
    assert!(said.contains("files: 2 are intact; damaged or missing: 0"));

    let blobs = data.join("blobs");
    let blob = |text: &str| blobs.join(blake3::hash(text.as_bytes()).to_string());
    std::fs::write(blob("Erste."), "Falsch").unwrap();
    std::fs::remove_file(blob("Zweite.")).unwrap();
    let broken = check(data, &[]);
    let said = String::from_utf8(broken.stdout).unwrap();
    assert_eq!(broken.status.code(), Some(1), "{said}");
    let named = |sort: &str, text: &str| {
        let blob = blob(text);
        let blob = blob.file_name().unwrap().to_str().unwrap();
        let mut lines = said.lines();
        lines.any(|line| line.starts_with(sort) && line.contains(blob))
    };
    assert!(named("damaged: file ", "Erste."), "{said}");
    assert!(named("missing: file ", "Zweite."), "{said}");
    assert!(said.contains("files: 0 are intact; damaged or missing: 2"));
}
