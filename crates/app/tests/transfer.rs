//! Pages in and out: archives, folders of Markdown, previews, what may not come in.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};

use denkraum_app::{
    Account, App, CollectionFormat, ExportStream, FieldValue, ImportFile, ImportNote,
    ImportOptions, ImportReason, ImportReport, ImportSource, ListQuery, Selection, SourceError,
};
use denkraum_domain::{PageId, Role, SpaceId};
use denkraum_testkit::TestApp;
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

async fn whole(mut export: ExportStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Some(part) = export.next().await {
        bytes.extend_from_slice(&part.unwrap());
    }
    bytes
}

fn all(format: CollectionFormat) -> Selection {
    Selection {
        space: None,
        format,
    }
}

async fn lines_of_all(app: &App) -> Vec<Value> {
    let bytes = whole(app.export_as_operator(all(CollectionFormat::Lines))).await;
    let text = String::from_utf8(bytes).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn files_of(bytes: Vec<u8>) -> BTreeMap<String, String> {
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

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn folder(files: &[(&str, &str)]) -> ImportSource {
    let files = files.iter().map(|(path, text)| ImportFile {
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
    });
    ImportSource::Files {
        files: files.collect(),
        unread: Vec::new(),
    }
}

async fn bring(test: &TestApp, by: &Account, source: ImportSource) -> ImportReport {
    let options = ImportOptions::default();
    test.app.import_from(&by.actor(), source, &options).await
}

fn titles(test: &TestApp, by: &Account) -> BTreeSet<String> {
    let query = ListQuery {
        limit: 200,
        ..ListQuery::default()
    };
    let list = test.app.list_pages(&by.actor(), &query);
    list.items.into_iter().map(|item| item.page.title).collect()
}

/// What makes a page, without when it came.
fn timeless(lines: Vec<Value>) -> Vec<Value> {
    let without = |mut line: Value| {
        let keys = line.as_object_mut().unwrap();
        keys.remove("created_at").unwrap();
        keys.remove("changed_at").unwrap();
        line
    };
    lines.into_iter().map(without).collect()
}

/// [A-7]
#[tokio::test]
async fn the_archive_of_the_demonstration_comes_back_the_same() {
    let first = TestApp::new().await;
    first
        .app
        .load_demo(&denkraum_testkit::berlin())
        .await
        .unwrap();
    let lines = timeless(lines_of_all(&first.app).await);
    assert!(lines.len() >= 20, "{}", lines.len());
    let archive = whole(first.app.export_as_operator(all(CollectionFormat::Archive))).await;

    let second = TestApp::new().await;
    let logins: BTreeSet<_> = lines
        .iter()
        .flat_map(|line| line["author"].as_array().into_iter().flatten())
        .map(|login| login.as_str().unwrap())
        .collect();
    for login in logins {
        second.person(login, Role::Writer, "pankow").await;
    }
    let source = ImportSource::read(archive.into()).await.unwrap();
    let options = ImportOptions::default();
    let report = second.app.import_from_as_operator(source, &options).await;
    assert_eq!(report.failed, []);
    assert_eq!((report.created, report.remarks), (lines.len(), vec![]));
    // A line holds the tree itself, or Markdown that was compared with it.
    assert_eq!(timeless(lines_of_all(&second.app).await), lines);
}

/// [A-1]
#[tokio::test]
async fn an_archive_replaces_what_is_there_and_keeps_unfinished_titles() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let line = r#"{"title":"Eins","kind":"page","space":"pankow","audience":"space","markdown":"alt\n\n- a"}"#;
    assert_eq!(test.app.import(&jana.actor(), line, false).await.created, 1);
    let export = || {
        test.app
            .export(&jana.actor(), all(CollectionFormat::Archive))
    };
    let archive = whole(export()).await;
    let mut files = files_of(archive);
    let pages = files.get_mut("pages.jsonl").unwrap();
    *pages = pages.replace("\"Eins\"", "\"\"").replace("alt", "neu");
    let changed: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    let source = async || ImportSource::read(zip_of(&changed).into()).await.unwrap();
    let refused = bring(&test, &jana, source().await).await;
    assert!(matches!(
        refused.failed.first().unwrap().reason,
        ImportReason::Exists(_)
    ));
    let options = ImportOptions {
        replace: true,
        ..ImportOptions::default()
    };
    let report = test
        .app
        .import_from(&jana.actor(), source().await, &options)
        .await;
    assert_eq!((report.replaced, report.failed), (1, vec![]));
    let id = report.pages.first().unwrap().id.unwrap();
    let shown = test.app.page(&jana.actor(), id).await.unwrap();
    assert!(shown.html.contains("neu"), "{}", shown.html);
}

/// [A-8]
#[tokio::test]
async fn nobody_takes_away_what_they_may_not_read() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let lines = r#"{"id":"01hekn7k00000000000000000a","title":"Kanarienvogel","kind":"page","space":"pankow","audience":"space","markdown":"Kanarienvogel"}
{"title":"Offen","kind":"page","space":"pankow","audience":"network","markdown":"Siehe [x](denkraum:01hekn7k00000000000000000a)."}
{"title":"Entwurf","kind":"page","space":"pankow","markdown":"Kanarienvogel"}"#;
    let report = test.app.import(&jana.actor(), lines, false).await;
    assert_eq!((report.created, report.failed), (3, vec![]));
    for format in CollectionFormat::ALL {
        let own = whole(test.app.export(&jana.actor(), all(format))).await;
        let foreign = whole(test.app.export(&ruth.actor(), all(format))).await;
        let (own, foreign) = if format == CollectionFormat::Lines {
            let text = |bytes| BTreeMap::from([(String::new(), String::from_utf8(bytes).unwrap())]);
            (text(own), text(foreign))
        } else {
            (files_of(own), files_of(foreign))
        };
        let holds = |files: &BTreeMap<String, String>, word: &str| {
            files
                .iter()
                .any(|(name, text)| name.contains(word) || text.contains(word))
        };
        assert!(holds(&own, "Kanarienvogel") && holds(&own, "Entwurf"));
        assert!(holds(&foreign, "Offen"), "{format:?}");
        for word in ["Kanarienvogel", "kanarienvogel", "Entwurf"] {
            assert!(!holds(&foreign, word), "{format:?}: {word}");
        }
    }
    let space = Some(SpaceId::parse("mitte").unwrap());
    let format = CollectionFormat::Lines;
    let elsewhere = test.app.export(&jana.actor(), Selection { space, format });
    assert_eq!(whole(elsewhere).await, b"");
}

#[tokio::test]
async fn files_of_an_export_link_to_each_other() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let lines = r#"{"id":"01hekn7k00000000000000000a","title":"Frühe Hilfen","kind":"approach","space":"pankow","audience":"space","fields":{"status":"tried"},"markdown":"Text"}
{"title":"Von <b>","kind":"page","space":"berlin","audience":"network","markdown":"[x](denkraum:01hekn7k00000000000000000a) und [eigen](denkraum:01hekn7k00000000000000000a \"eigener Text\")"}"#;
    let report = test.app.import(&jana.actor(), lines, false).await;
    assert_eq!(report.failed, []);
    let markdown = files_of(
        whole(
            test.app
                .export(&jana.actor(), all(CollectionFormat::Markdown)),
        )
        .await,
    );
    let text = markdown.get("berlin/von-b.md").unwrap();
    assert!(
        text.contains("[Frühe Hilfen](../pankow/fruehe-hilfen.md)")
            && text.contains("[eigen](../pankow/fruehe-hilfen.md \"eigener Text\")"),
        "{text}"
    );
    let html = files_of(whole(test.app.export(&jana.actor(), all(CollectionFormat::Html))).await);
    let text = html.get("berlin/von-b.html").unwrap();
    assert!(
        text.contains("href=\"../pankow/fruehe-hilfen.html\""),
        "{text}"
    );
    assert!(text.contains("<h1>Von &lt;b&gt;</h1>"), "{text}");
    let index = html.get("index.html").unwrap();
    assert!(
        index.contains("href=\"pankow/fruehe-hilfen.html\""),
        "{index}"
    );
    let fields = html.get("pankow/fruehe-hilfen.html").unwrap();
    assert!(fields.contains("<dd>erprobt</dd>"), "{fields}");

    // The folder of Markdown comes back with the same links, also as other pages.
    let files: Vec<_> = markdown
        .iter()
        .map(|(path, text)| {
            let text = text.lines().filter(|line| !line.starts_with("id:"));
            (path.as_str(), text.collect::<Vec<_>>().join("\n"))
        })
        .collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, &**text)).collect();
    let report = bring(&test, &jana, folder(&files)).await;
    assert_eq!((report.created, report.failed), (2, vec![]));
    let linking = report.pages.first().unwrap().id.unwrap();
    let target = report.pages.get(1).unwrap().id.unwrap();
    let shown = test.app.page(&jana.actor(), linking).await.unwrap();
    assert_eq!(shown.links.first().unwrap().id, target);
    assert!(shown.html.contains(">eigen</a>"), "{}", shown.html);
}

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

/// [A-9]
#[tokio::test]
async fn an_export_that_stops_halfway_says_so() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Writer, "pankow").await;
    let line = r#"{"title":"Eins","kind":"page","space":"pankow"}"#;
    assert_eq!(test.app.import(&jana.actor(), line, false).await.created, 1);
    test.app.shutdown().await;
    for format in CollectionFormat::ALL {
        let mut export = test.app.export(&jana.actor(), all(format));
        let mut last = None;
        while let Some(part) = export.next().await {
            last = Some(part.is_err());
        }
        assert_eq!(last, Some(true), "{format:?}");
    }
}
