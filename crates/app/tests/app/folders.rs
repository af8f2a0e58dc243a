//! Folders of Markdown, previews, what may not come in.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use denkraum_app::{
    CollectionFormat, FieldValue, ImportNote, ImportOptions, ImportReason, ImportSource,
    SourceError,
};
use denkraum_domain::{PageId, Role};
use denkraum_testkit::TestApp;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::files::{all, bring, folder, titles, whole, zip_of};

/// [A-4] [A-5] [A-6]
#[tokio::test]
async fn a_folder_of_markdown_becomes_linked_pages() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let source = folder(&[
        (
            "notizen/Lernwerkstatt Mai.md",
            "---\nkind: approach\nspace: pankow\naudience: space\nstatus: tried\ntags: [Kita]\nalias: x\n---\n\
             # Elterncafé\n\nSiehe [die Notiz](../b%20c.md#teil) und [fort](weg.md).\n",
        ),
        ("b c.md", "---\nspace: pankow\n---\nNur Text."),
        ("bild.png", "x"),
        (".obsidian/app.md", "x"),
    ]);
    let report = bring(&test, &jana, source).await;
    assert_eq!(report.failed, []);
    assert_eq!(report.created, 2);
    let page = report.pages.first().unwrap();
    assert_eq!(page.title, "Elterncafé");
    let shown = test
        .app
        .page(&jana.actor(), page.id.unwrap())
        .await
        .unwrap();
    assert_eq!(
        shown.fields.get("status"),
        Some(&FieldValue::Text("tried".to_owned()))
    );
    assert_eq!(shown.summary.tags, ["Kita"]);
    assert_eq!(shown.links.first().unwrap().title, "b c");
    assert!(shown.html.contains(">die Notiz</a>"), "{}", shown.html);
    assert!(!shown.html.contains("<h2"), "{}", shown.html);
    let notes: Vec<_> = report.remarks.iter().map(|remark| &remark.note).collect();
    assert!(notes.contains(&&ImportNote::NotRead));
    assert!(notes.contains(&&ImportNote::Key("alias".to_owned())));
    assert!(notes.contains(&&ImportNote::PlainPage));
    let told = notes.iter().any(|note| note.to_string().contains("weg.md"));
    assert!(told, "{notes:?}");
}

/// [A-1] [A-3]
#[tokio::test]
async fn a_preview_says_the_same_and_writes_nothing() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let id = PageId::from_u128(7);
    let lines = format!(
        r#"{{"id":"{id}","title":"Eins","kind":"page","space":"pankow","audience":"space","markdown":"x"}}
{{"id":"{id}","title":"Zwei","kind":"page","space":"pankow","markdown":"x"}}
{{"title":"Drei","kind":"approach","space":"pankow","markdown":"x","fields":{{"status":"nie"}}}}
{{"title":"Vier","kind":"page","space":"mitte","markdown":""}}
{{"title":"Fünf","kind":"poem","space":"pankow"}}
{{"kind":"page","space":"pankow"}}
kein JSON"#
    );
    let import = async |preview| {
        let options = ImportOptions {
            preview,
            ..ImportOptions::default()
        };
        let source = ImportSource::Lines(lines.clone());
        test.app.import_from(&jana.actor(), source, &options).await
    };
    let looked = import(true).await;
    assert_eq!(titles(&test, &jana), BTreeSet::new());
    let done = import(false).await;
    assert_eq!(looked, done);
    assert_eq!(titles(&test, &jana), BTreeSet::from(["Eins".to_owned()]));
    let told: Vec<_> = done
        .failed
        .iter()
        .map(|failure| (failure.line, failure.field.as_deref()))
        .collect();
    let expected = [
        (2, Some("id")),
        (3, Some("fields.status")),
        (4, Some("space")),
        (5, Some("kind")),
        (6, Some("title")),
        (7, None),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn files_that_mean_harm_are_named_and_the_others_come() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let page = b"---\nspace: pankow\n---\nText".as_slice();
    let bomb = vec![b'a'; 9 << 20];
    let archive = zip_of(&[
        ("../../etc/passwd.md", page),
        ("/etc/passwd.md", page),
        ("a/../../b.md", page),
        ("c:\\windows\\d.md", page),
        ("bombe.md", &bomb),
        ("latin.md", b"\xff\xfe"),
        ("gut.md", page),
    ]);
    let source = ImportSource::read(archive.into()).await.unwrap();
    let report = bring(&test, &jana, source).await;
    assert_eq!(titles(&test, &jana), BTreeSet::from(["gut".to_owned()]));
    let reasons: Vec<_> = report
        .failed
        .iter()
        .map(|failure| &failure.reason)
        .collect();
    let unsafe_names = reasons
        .iter()
        .filter(|reason| ***reason == ImportReason::UnsafeName);
    assert_eq!(unsafe_names.count(), 4, "{reasons:?}");
    assert!(reasons.contains(&&ImportReason::TooLarge { max: 8 }));
    assert!(reasons.contains(&&ImportReason::NotText));
    assert_eq!(reasons.len(), 6, "{reasons:?}");
}

#[tokio::test]
async fn an_archive_that_unfolds_without_end_is_refused() {
    // 40 files of 8 MiB each: 320 MiB from some 300 KiB.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let zeros = vec![0; 8 << 20];
    for number in 0..40 {
        let options = SimpleFileOptions::default();
        zip.start_file(format!("{number}.md"), options).unwrap();
        zip.write_all(&zeros).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20, "{}", bytes.len());
    let refused = ImportSource::read(bytes.into()).await.unwrap_err();
    assert!(matches!(refused, SourceError::TooLarge), "{refused}");

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for number in 0..=20_000 {
        zip.start_file(format!("{number}.md"), stored).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let refused = ImportSource::read(bytes.into()).await.unwrap_err();
    assert!(matches!(refused, SourceError::TooManyFiles), "{refused}");
}

#[tokio::test]
async fn bytes_that_are_no_archive_are_an_error_and_no_panic() {
    let good = zip_of(&[("a.md", b"Text".as_slice())]);
    // Every cut and every changed byte of a small archive.
    for at in 0..good.len() {
        let cut = good.get(..at).unwrap().to_vec();
        let _any_outcome = ImportSource::read(cut.into()).await;
        let mut changed = good.clone();
        *changed.get_mut(at).unwrap() ^= 0xff;
        let _any_outcome = ImportSource::read(changed.into()).await;
    }
    let refused = ImportSource::read(b"PK\x03\x04nonsense".as_slice().into()).await;
    assert!(matches!(refused.unwrap_err(), SourceError::Damaged(_)));
    let refused = ImportSource::read(b"\xff".as_slice().into()).await;
    assert!(matches!(refused.unwrap_err(), SourceError::NotText));
}

/// [A-2] [A-7]
#[tokio::test]
async fn a_draft_without_an_author_is_refused_and_accounts_do_not_travel() {
    let first = TestApp::new().await;
    first.person("jana", Role::Writer, "pankow").await;
    let lines = r#"{"title":"Entwurf","kind":"page","space":"pankow","author":"jana"}
{"title":"Offen","kind":"page","space":"pankow","audience":"space","author":"jana"}
{"title":"Niemandes","kind":"page","space":"pankow"}"#;
    let report = first.app.import_as_operator(lines, false).await;
    assert_eq!(report.created, 2);
    let refused = report.failed.first().unwrap();
    assert_eq!(refused.reason, ImportReason::DraftWithoutAuthor);

    let archive = whole(first.app.export_as_operator(all(CollectionFormat::Archive))).await;
    let second = TestApp::new().await;
    let source = ImportSource::read(archive.into()).await.unwrap();
    let options = ImportOptions::default();
    let report = second.app.import_from_as_operator(source, &options).await;
    assert_eq!((report.created, report.failed.len()), (1, 1));
    let remark = report.remarks.first().unwrap();
    assert_eq!(remark.note, ImportNote::Author("jana".to_owned()));
}
