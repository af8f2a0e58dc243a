//! A missing, damaged or foreign index is replaced, never trusted.

use std::fs;
use std::path::{Path, PathBuf};

use denkraum_search::{Asking, Budget, OpenError, Opened, SearchConfig, SearchIndex};

use crate::common::{Fixture, Known, anybody, filled, page_with, query};

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

fn open(dir: &Path) -> Opened {
    SearchIndex::open(dir, SearchConfig::default()).unwrap()
}

fn folder(dir: &Path) -> PathBuf {
    dir.join("index-1")
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder(dir))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.metadata().unwrap().len() > 0)
        .collect();
    files.push(dir.join("format"));
    files.sort();
    files
}

fn total(index: &SearchIndex, text: &str) -> u64 {
    let asking = Asking {
        reader: &anybody(),
        texts: &Known::default(),
        budget: &Budget::unlimited(),
    };
    index.search(&query(text), asking).unwrap().total
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(folder(to)).unwrap();
    for file in files(from) {
        fs::copy(&file, to.join(file.strip_prefix(from).unwrap())).unwrap();
    }
}

/// Opens `dir`: an index that is used as it is must answer as if nothing had happened.
fn rebuilt_or_right(dir: &Path, what: &str) -> bool {
    let Opened {
        index,
        is_whole,
        old,
    } = open(dir);
    if !is_whole {
        assert_eq!((index.pages(), index.progress()), (0, 0), "{what}");
    }
    let whole = if is_whole { Some(&index) } else { old.as_ref() };
    if let Some(whole) = whole {
        let found = (total(whole, "Familie"), total(whole, ""), whole.progress());
        assert_eq!(found, (2, 2, 42), "{what}");
    }
    // Either way it goes on.
    index.put(&page_with(9, "Neun", "Kohlrabi")).unwrap();
    index.finish().unwrap();
    index.close().unwrap();
    let again = open(dir);
    assert!(again.is_whole && again.old.is_none(), "{what}");
    assert_eq!(total(&again.index, "Kohlrabi"), 1, "{what}");
    again.index.close().unwrap();
    !is_whole
}

#[test]
fn an_intact_index_is_current() {
    let dir = closed();
    assert!(!rebuilt_or_right(dir.path(), "intact"));
}

#[test]
fn an_index_of_another_version_answers_until_the_new_one_beside_it_is_finished() {
    let dir = closed();
    fs::write(
        dir.path().join("format"),
        "denkraum-search 0 0000000000000000 1\n",
    )
    .unwrap();
    let Opened { index, old, .. } = open(dir.path());
    let old = old.unwrap();
    index.put(&page_with(9, "Neun", "Kohlrabi")).unwrap();
    index.commit().unwrap();
    assert_eq!((total(&old, "Familie"), total(&old, "Kohlrabi")), (2, 0));
    // A new one that was left unfinished does not count.
    index.close().unwrap();
    old.close().unwrap();
    let Opened { index, old, .. } = open(dir.path());
    let old = old.unwrap();
    assert_eq!((index.pages(), total(&old, "Familie")), (0, 2));
    index.put(&page_with(9, "Neun", "Kohlrabi")).unwrap();
    index.finish().unwrap();
    assert_eq!(total(&old, "Familie"), 2, "what is open still answers");
    old.close().unwrap();
    assert_eq!(total(&index, "Kohlrabi"), 1);
    assert!(!folder(dir.path()).exists());
}

#[test]
fn a_format_of_no_generation_is_rebuilt() {
    let dir = closed();
    fs::write(dir.path().join("format"), "denkraum-search 4\n").unwrap();
    assert!(rebuilt_or_right(dir.path(), "other format"));
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
    open(dir.path()).index.finish().unwrap();
    fs::write(dir.path().join("format"), "?").unwrap();
    open(dir.path()).index.close().unwrap();
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
