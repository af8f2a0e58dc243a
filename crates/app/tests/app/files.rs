//! Archives and folders of pages as tests make and open them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};

use denkraum_app::{
    Account, App, CollectionFormat, ExportStream, ImportFile, ImportOptions, ImportReport,
    ImportSource, ListQuery, Selection,
};
use denkraum_testkit::TestApp;
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

pub(crate) async fn whole(mut export: ExportStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Some(part) = export.next().await {
        bytes.extend_from_slice(&part.unwrap());
    }
    bytes
}

pub(crate) fn all(format: CollectionFormat) -> Selection {
    Selection {
        space: None,
        page: None,
        format,
    }
}

pub(crate) async fn lines_of_all(app: &App) -> Vec<Value> {
    let bytes = whole(app.export_as_operator(all(CollectionFormat::Lines))).await;
    let text = String::from_utf8(bytes).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

pub(crate) fn files_of(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        files.insert(file.name().unwrap().into_owned(), text);
    }
    files
}

pub(crate) fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(crate) fn folder(files: &[(&str, &str)]) -> ImportSource {
    let files = files.iter().map(|(path, text)| ImportFile {
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
    });
    ImportSource::Files {
        files: files.collect(),
        unread: Vec::new(),
    }
}

pub(crate) async fn bring(test: &TestApp, by: &Account, source: ImportSource) -> ImportReport {
    let options = ImportOptions::default();
    test.app.import_from(&by.actor(), source, &options).await
}

pub(crate) fn titles(test: &TestApp, by: &Account) -> BTreeSet<String> {
    let query = ListQuery {
        limit: 200,
        ..ListQuery::default()
    };
    let list = test.app.list_pages(&by.actor(), &query);
    list.items.into_iter().map(|item| item.page.title).collect()
}

/// What an archive brings back of a page: all but when it was changed last.
pub(crate) fn lasting(lines: Vec<Value>) -> Vec<Value> {
    let without = |mut line: Value| {
        let keys = line.as_object_mut().unwrap();
        keys.remove("changed_at").unwrap();
        line
    };
    lines.into_iter().map(without).collect()
}
