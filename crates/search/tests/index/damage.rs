//! A missing, damaged or foreign index is replaced, never trusted.

use std::fs;
use std::path::{Path, PathBuf};

use denkraum_search::{OpenError, Opened, SearchConfig, SearchIndex};

use crate::common::{Fixture, anybody, filled, page_with, query, titles};

fn closed() -> tempfile::TempDir {
    let fixture = filled(&[
        page_with(1, "Eins", "Familie in Pankow"),
        page_with(2, "Zwei", "Familie in Mitte"),
        page_with(3, "Drei", "Schule"),
    ]);
    fixture.index.remove(page_with(3, "", "").id).unwrap();
    fixture.index.set_progress(42);
    fixture.index.commit().unwrap();
    fixture.index.close().unwrap();
    fixture.dir
}

fn open(dir: &Path) -> (SearchIndex, Opened) {
    SearchIndex::open(dir, SearchConfig::default()).unwrap()
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir.join("index"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.metadata().unwrap().len() > 0)
        .collect();
    files.push(dir.join("format"));
    files.sort();
    files
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to.join("index")).unwrap();
    for file in files(from) {
        fs::copy(&file, to.join(file.strip_prefix(from).unwrap())).unwrap();
    }
}

/// Opens `dir`: an index that is used as it is must answer as if nothing had happened.
fn rebuilt_or_right(dir: &Path, what: &str) -> bool {
    let (index, opened) = open(dir);
    let rebuild = opened == Opened::Rebuild;
    if rebuild {
        assert_eq!((index.pages(), index.progress()), (0, 0), "{what}");
    } else {
        let results = index.search(&query("Familie"), &anybody()).unwrap();
        assert_eq!((results.total, index.progress()), (2, 42), "{what}");
        let mut found = titles(&results);
        found.sort();
        assert_eq!(found, ["Eins", "Zwei"], "{what}");
    }
    // Either way it goes on.
    index.put(&page_with(9, "Neun", "Kohlrabi")).unwrap();
    index.commit().unwrap();
    assert_eq!(
        index.search(&query("Kohlrabi"), &anybody()).unwrap().total,
        1,
        "{what}"
    );
    index.close().unwrap();
    rebuild
}

#[test]
fn an_intact_index_is_current() {
    let dir = closed();
    assert!(!rebuilt_or_right(dir.path(), "intact"));
}

#[test]
fn another_format_is_rebuilt() {
    let dir = closed();
    fs::write(
        dir.path().join("format"),
        "denkraum-search 0 0000000000000000\n",
    )
    .unwrap();
    assert!(rebuilt_or_right(dir.path(), "other format"));
    assert!(
        !open(dir.path())
            .0
            .search(&query("Kohlrabi"), &anybody())
            .unwrap()
            .hits
            .is_empty()
    );
}

#[test]
fn every_missing_or_cut_file_is_noticed() {
    let dir = closed();
    let work = tempfile::tempdir().unwrap();
    for file in files(dir.path()) {
        let name = file.strip_prefix(dir.path()).unwrap();
        // Tantivy's list of its own files only says what may be deleted.
        let needed = !name.ends_with(".managed.json");
        copy(dir.path(), work.path());
        fs::remove_file(work.path().join(name)).unwrap();
        let rebuilt = rebuilt_or_right(work.path(), &format!("{} is missing", name.display()));
        assert!(rebuilt || !needed, "{} is missing", name.display());
        for part in [0, 1, 2] {
            copy(dir.path(), work.path());
            let bytes = fs::read(&file).unwrap();
            fs::write(work.path().join(name), &bytes[..bytes.len() * part / 3]).unwrap();
            let what = format!("{} is cut to {part}/3", name.display());
            assert!(rebuilt_or_right(work.path(), &what), "{what}");
        }
    }
}

#[test]
fn a_flipped_bit_is_noticed_or_without_effect() {
    let dir = closed();
    let work = tempfile::tempdir().unwrap();
    let mut random = crate::hostile::Random(20_240_229);
    let mut rebuilt = 0;
    for file in files(dir.path()) {
        for _ in 0..5 {
            let name = file.strip_prefix(dir.path()).unwrap();
            copy(dir.path(), work.path());
            let mut bytes = fs::read(&file).unwrap();
            let at = random.below(bytes.len());
            bytes[at] ^= 1 << random.below(8);
            fs::write(work.path().join(name), bytes).unwrap();
            let what = format!("byte {at} of {}", name.display());
            rebuilt += usize::from(rebuilt_or_right(work.path(), &what));
        }
    }
    assert!(rebuilt > 15, "the flips hit something: {rebuilt}");
}

#[test]
fn nothing_but_its_own_files_is_deleted() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("other"), "keep").unwrap();
    let (index, opened) = open(dir.path());
    assert_eq!(opened, Opened::Rebuild);
    index.close().unwrap();
    fs::write(dir.path().join("format"), "?").unwrap();
    open(dir.path()).0.close().unwrap();
    assert_eq!(
        fs::read_to_string(dir.path().join("other")).unwrap(),
        "keep"
    );
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error() {
    let Fixture { dir, .. } = filled(&[]);
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let opened = SearchIndex::open(&file.join("below"), SearchConfig::default());
    assert!(matches!(opened, Err(OpenError::Engine { .. })));
}
