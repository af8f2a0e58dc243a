//! Pages out as archives and files, and back in.

use std::collections::{BTreeMap, BTreeSet};

use denkraum_app::{
    CollectionFormat, Expected, FieldValue, ImportNote, ImportOptions, ImportReason, ImportSource,
    Kept, PageError, Selection,
};
use denkraum_domain::{Audience, PageId, Role, SpaceId, Timestamp};
use denkraum_testkit::TestApp;

use crate::files::{all, bring, files_of, folder, lasting, lines_of_all, whole, zip_of};

/// A page out of use for two months, and one that ends as no Markdown does: in an empty line.
const SPECIAL: &str = r#"{"id":"01hekn7k00000000000000000a","title":"Alt","kind":"page","space":"pankow","audience":"space","author":"jana.petersen","markdown":"Früher","created_at":"2022-03-01T08:00:00Z","archived":true,"archived_at":"2023-09-07T10:30:00.5Z","archived_by":"ruth.weidner"}
{"id":"01hekn7k00000000000000000b","title":"Unfertig","kind":"page","space":"pankow","audience":"space","body":[{"type":"paragraph","content":[{"type":"text","text":"Text"}]},{"type":"bulletList"},{"type":"paragraph"}],"markdown":"Text"}"#;

/// [A-7]
#[tokio::test]
async fn the_archive_of_the_demonstration_comes_back_the_same() {
    let berlin = denkraum_testkit::berlin();
    let written = berlin.get("demo/pages.jsonl").unwrap().lines();
    let written = written.filter(|line| !line.trim().is_empty()).count();
    let first = TestApp::new().await;
    first.app.load_demo(&berlin).await.unwrap();
    let special = first.app.import_as_operator(SPECIAL, false).await;
    assert_eq!((special.created, special.failed), (2, vec![]));
    let lines = lasting(lines_of_all(&first.app).await);
    assert_eq!(lines.len(), written + 2);
    let with_tree = lines.iter().filter(|line| line.get("body").is_some());
    assert_eq!(with_tree.count(), 1, "Markdown holds all others");
    let archived: Vec<_> = lines
        .iter()
        .filter(|line| line["archived"] == true)
        .collect();
    assert_eq!(archived.len(), 1);
    assert_eq!(archived[0]["archived_at"], "2023-09-07T10:30:00.5Z");
    assert_eq!(archived[0]["archived_by"], "ruth.weidner");
    assert_eq!(archived[0]["created_at"], "2022-03-01T08:00:00Z");
    let archive = whole(first.app.export_as_operator(all(CollectionFormat::Archive))).await;

    let second = TestApp::new().await;
    second.clock.advance(86_400_000);
    let logins: BTreeSet<_> = lines
        .iter()
        .flat_map(|line| line["author"].as_array().into_iter().flatten())
        .chain(lines.iter().filter_map(|line| line.get("archived_by")))
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
    assert_eq!(lasting(lines_of_all(&second.app).await), lines);
}

/// [A-10]
#[tokio::test]
async fn only_whoever_runs_the_server_says_since_when_a_page_is_there() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let line = |time: &str| {
        format!(
            r#"{{"title":"Alt","kind":"page","space":"pankow","audience":"space","created_at":{time},"archived":true,"archived_at":{time},"archived_by":"jana"}}"#
        )
    };
    let long_ago = jiff_millis("2022-03-01T08:00:00Z");
    let times = async |id: Option<PageId>| {
        let shown = test.app.page(&jana.actor(), id.unwrap()).await.unwrap();
        let summary = shown.summary;
        (summary.created_at, summary.archived_at.unwrap())
    };
    let now = test.app.now();
    let past = line("\"2022-03-01T09:00:00+01:00\"");
    let theirs = test.app.import_as_operator(&past, false).await;
    assert_eq!((&theirs.failed, &theirs.remarks), (&vec![], &vec![]));
    assert_eq!(times(theirs.pages[0].id).await, (long_ago, long_ago));
    let hers = test.app.import(&jana.actor(), &past, false).await;
    assert_eq!((&hers.failed, &hers.remarks), (&vec![], &vec![]));
    assert_eq!(times(hers.pages[0].id).await, (now, now));
    for wrong in [
        "\"2023-11-07T09:00:01Z\"",
        "\"1969-12-31T23:59:59Z\"",
        "\"gestern\"",
        "1646121600",
    ] {
        let taken = test.app.import_as_operator(&line(wrong), false).await;
        let notes: Vec<_> = taken.remarks.into_iter().map(|one| one.note).collect();
        let keys = ["created_at", "archived_at"];
        assert_eq!(notes, keys.map(|key| ImportNote::NoTime { key }), "{wrong}");
        assert_eq!(times(taken.pages[0].id).await, (now, now), "{wrong}");
    }
}

fn jiff_millis(time: &str) -> Timestamp {
    let time: jiff::Timestamp = time.parse().unwrap();
    Timestamp::from_millis(time.as_millisecond())
}

/// [A-1]
#[tokio::test]
async fn replacing_says_what_stays_although_the_line_says_otherwise() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    test.person("ruth", Role::Writer, "pankow").await;
    let there = r#"{"id":"01hekn7k00000000000000000a","title":"Eins","kind":"approach","space":"pankow","audience":"space","author":"jana","fields":{"status":"tried"}}"#;
    assert_eq!(test.app.import_as_operator(there, false).await.created, 1);
    let replace = async |line: &str| {
        let report = test.app.import_as_operator(line, true).await;
        assert_eq!((report.replaced, &report.failed), (1, &vec![]), "{line}");
        let notes = report.remarks.into_iter().map(|one| one.note);
        notes.collect::<Vec<_>>()
    };
    assert_eq!(replace(there).await, []);
    let other = r#"{"id":"01hekn7k00000000000000000a","title":"Zwei","kind":"page","space":"mitte","audience":"network","archived":true,"author":"ruth","emerged_from":"01hekn7k00000000000000000b"}"#;
    assert_eq!(replace(other).await, Kept::ALL.map(ImportNote::Kept));
    let id = PageId::parse("01hekn7k00000000000000000a").unwrap();
    let shown = test.app.page(&jana.actor(), id).await.unwrap().summary;
    assert_eq!(shown.page.title, "Zwei");
    assert_eq!(
        (shown.page.kind.as_str(), shown.page.space.as_str()),
        ("approach", "pankow")
    );
    assert!(shown.audience == Audience::Space && !shown.archived);
    assert_eq!(shown.authors.len(), 1);
    assert_eq!(shown.authors[0].name, "jana");

    // What a file leaves open is no other word; its fields are those of the kind that stays.
    let open = "---\nid: 01hekn7k00000000000000000a\nspace: pankow\nstatus: established\n---\nText";
    let options = ImportOptions {
        replace: true,
        ..ImportOptions::default()
    };
    let source = folder(&[("Drei.md", open)]);
    let report = test.app.import_from(&jana.actor(), source, &options).await;
    assert_eq!(
        (report.replaced, report.failed, report.remarks),
        (1, vec![], vec![])
    );
    let shown = test.app.page(&jana.actor(), id).await.unwrap();
    assert_eq!(
        shown.fields.get("status"),
        Some(&FieldValue::Text("established".to_owned()))
    );
}

/// [A-7] [A-8]
#[tokio::test]
async fn archived_pages_come_along_and_come_back_archived_but_are_no_reading() {
    let first = TestApp::new().await;
    let jana = first.person("jana", Role::Coordinator, "pankow").await;
    let lines = r#"{"id":"01hekn7k00000000000000000a","title":"Alt","kind":"page","space":"pankow","audience":"space","archived":true,"markdown":"Früher"}
{"title":"Neu","kind":"page","space":"pankow","audience":"space","archived":false}
{"title":"Unklar","kind":"page","space":"pankow","archived":"nein"}"#;
    let report = first.app.import(&jana.actor(), lines, false).await;
    assert_eq!(report.created, 2);
    let refused = report.failed.first().unwrap();
    assert_eq!(refused.field.as_deref(), Some("archived"));
    assert_eq!(refused.reason, ImportReason::Form(Expected::Flag));

    for format in [CollectionFormat::Markdown, CollectionFormat::Html] {
        let files = files_of(whole(first.app.export(&jana.actor(), all(format))).await);
        assert!(files.keys().any(|name| name.contains("neu")), "{format:?}");
        assert!(!files.keys().any(|name| name.contains("alt")), "{format:?}");
    }
    let archive = whole(
        first
            .app
            .export(&jana.actor(), all(CollectionFormat::Archive)),
    )
    .await;
    let second = TestApp::new().await;
    let jana = second.person("jana", Role::Coordinator, "pankow").await;
    let source = ImportSource::read(archive.into()).await.unwrap();
    let report = bring(&second, &jana, source).await;
    assert_eq!((report.created, report.failed), (2, vec![]));
    let page = PageId::parse("01hekn7k00000000000000000a").unwrap();
    let shown = second.app.page(&jana.actor(), page).await.unwrap();
    assert!(shown.summary.archived && shown.html.contains("Früher"));
    second.app.restore_page(&jana.actor(), page).await.unwrap();
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
    let elsewhere = test.app.export(
        &jana.actor(),
        Selection {
            space,
            ..all(format)
        },
    );
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

/// [A-7] [A-8]
#[tokio::test]
async fn one_page_goes_out_as_an_archive_of_its_own_and_comes_back() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let lines = r#"{"id":"01hekn7k00000000000000000a","title":"Frühe Hilfen","kind":"page","space":"pankow","audience":"space","markdown":"Siehe [x](denkraum:01hekn7k00000000000000000b)."}
{"id":"01hekn7k00000000000000000b","title":"Anderes","kind":"page","space":"pankow","audience":"space"}"#;
    assert_eq!(
        test.app.import(&jana.actor(), lines, false).await.created,
        2
    );
    let page = PageId::parse("01hekn7k00000000000000000a").unwrap();
    let hidden = test.app.export_page_archive(&ruth.actor(), page);
    assert!(matches!(hidden, Err(PageError::Denied { .. })));
    let export = test.app.export_page_archive(&jana.actor(), page).unwrap();
    assert_eq!(export.file_name, "denkraum-fruehe-hilfen-2023-11-07.zip");
    let archive = whole(export).await;
    let files = files_of(archive.clone());
    assert_eq!(files["pages.jsonl"].lines().count(), 1);
    assert!(files.contains_key("markdown/pankow/fruehe-hilfen.md"));
    let manifest: serde_json::Value = serde_json::from_str(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["page"], "01hekn7k00000000000000000a");
    assert_eq!(manifest["left_out"], serde_json::json!([]));

    let second = TestApp::new().await;
    let jana = second.person("jana", Role::Coordinator, "pankow").await;
    let source = ImportSource::read(archive.into()).await.unwrap();
    let report = bring(&second, &jana, source).await;
    assert_eq!(
        (report.created, report.failed, report.remarks),
        (1, vec![], vec![])
    );
    let shown = second.app.page(&jana.actor(), page).await.unwrap();
    assert_eq!(shown.summary.page.title, "Frühe Hilfen");
    let export = second.app.export_page_archive(&jana.actor(), page).unwrap();
    let again = files_of(whole(export).await);
    let link = "(denkraum:01hekn7k00000000000000000b)";
    assert!(again["pages.jsonl"].contains(link), "{again:?}");
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
