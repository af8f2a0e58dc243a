//! A page made of a passage of another one: its text as a tree, and where it came from.

use std::collections::BTreeMap;

use denkraum_app::{
    Account, CollectionFormat, CreateError, ExportFormat, ImportOptions, ImportSource, NewPage,
    Node, PageView, Relation, Unsaved,
};
use denkraum_domain::{Audience, KindId, PageId, PageTitle, Role, SpaceId};
use denkraum_testkit::TestApp;
use serde_json::{Value, json};

use crate::files::{all, lines_of_all, whole};

fn tree(body: Value) -> Vec<Node> {
    serde_json::from_value(body).unwrap()
}

fn plain(text: &str) -> Vec<Node> {
    tree(json!([{ "type": "paragraph", "content": [{ "type": "text", "text": text }] }]))
}

fn new_page(title: &str, audience: Audience, body: Vec<Node>, from: Option<PageId>) -> NewPage {
    NewPage {
        id: None,
        title: Some(PageTitle::parse(title).unwrap()),
        kind: KindId::parse("approach").unwrap(),
        space: SpaceId::parse("pankow").unwrap(),
        audience,
        tags: Vec::new(),
        fields: BTreeMap::new(),
        markdown: None,
        body: Some(body),
        emerged_from: from,
    }
}

async fn create(test: &TestApp, by: &Account, new: NewPage) -> PageView {
    test.app.create_page(&by.actor(), new).await.unwrap()
}

/// The other pages that a page names, with how they relate.
async fn related(test: &TestApp, reader: &Account, page: PageId) -> Vec<(PageId, Relation)> {
    let shown = test.app.page(&reader.actor(), page).await.unwrap();
    let backlinks = shown.backlinks.into_iter();
    backlinks
        .map(|link| (link.page.id, link.relation))
        .collect()
}

#[tokio::test]
async fn the_tree_becomes_the_text_and_both_pages_name_each_other() {
    let mut test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let notes = new_page("Notizen", Audience::Space, plain("Tisch 3"), None);
    let notes = create(&test, &jana, notes).await.summary.page.id;
    let body = tree(json!([
        { "type": "heading", "attrs": { "level": 2 }, "content": [
            { "type": "text", "text": "Briefe" } ] },
        { "type": "taskList", "content": [
            { "type": "taskItem", "attrs": { "checked": true, "person": "Jugendamt" }, "content": [
                { "type": "paragraph", "content": [
                    { "type": "text", "text": "freundlich", "marks": [{ "type": "bold" }] },
                    { "type": "footnote", "content": [{ "type": "text", "text": "Quelle" }] } ] } ] } ] },
        { "type": "table", "content": [
            { "type": "tableRow", "content": [
                { "type": "tableCell", "attrs": { "colspan": 1, "rowspan": 1 }, "content": [
                    { "type": "paragraph" } ] } ] } ] },
    ]));
    let new = new_page(
        "Der zweite Brief",
        Audience::Draft,
        body.clone(),
        Some(notes),
    );
    let page = create(&test, &jana, new).await.summary.page.id;
    let actor = jana.actor();
    let stored = test.app.export_page(&actor, page, ExportFormat::Json).await;
    let stored: Value = serde_json::from_str(&stored.unwrap().text).unwrap();
    assert_eq!(tree(stored["body"].clone()), body);

    // Without any link in either text, and after everything was rebuilt.
    for restarted in [false, true] {
        if restarted {
            test.app.flush_search().await;
            test.restart_without_views().await;
        }
        let origin = [(notes, Relation::EmergedFrom)];
        assert_eq!(related(&test, &jana, page).await, origin);
        let grown = [(page, Relation::SourceOf)];
        assert_eq!(related(&test, &jana, notes).await, grown);
    }
}

#[tokio::test]
async fn the_origin_comes_first_with_the_sentence_that_links_here() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let grown = PageId::from_u128(7);
    let linking = |before: &str| {
        tree(json!([{ "type": "paragraph", "content": [
            { "type": "text", "text": before },
            { "type": "pageLink", "attrs": { "page": grown.to_string() } } ] }]))
    };
    let notes = new_page("Zettel", Audience::Space, linking("Dazu "), None);
    let notes = create(&test, &jana, notes).await.summary.page.id;
    let other = new_page("Anderes", Audience::Space, linking("Auch "), None);
    let other = create(&test, &jana, other).await.summary.page.id;
    let mut new = new_page("Brief", Audience::Space, plain("Text"), Some(notes));
    new.id = Some(grown);
    let shown = create(&test, &jana, new).await;
    let backlinks: Vec<_> = shown
        .backlinks
        .iter()
        .map(|link| (link.page.id, link.relation, link.sentence.as_str()))
        .collect();
    assert_eq!(
        backlinks,
        [
            (notes, Relation::EmergedFrom, "Dazu Brief"),
            (other, Relation::Mentions, "Auch Brief")
        ]
    );
}

#[tokio::test]
async fn what_pages_do_not_have_is_refused_and_nothing_is_made() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let deep = (0..40).fold(
        json!({ "type": "paragraph" }),
        |inner, _| json!({ "type": "blockquote", "content": [inner] }),
    );
    let marked = |mark: Value| {
        json!([{ "type": "paragraph", "content": [
            { "type": "text", "text": "x", "marks": [mark] } ] }])
    };
    let cases = [
        (json!([{ "type": "poll" }]), Unsaved::Misfit),
        (json!([{ "type": "text", "text": "lose" }]), Unsaved::Misfit),
        (json!([{ "type": "listItem" }]), Unsaved::Misfit),
        (
            json!([{ "type": "paragraph", "content": [{ "type": "paragraph" }] }]),
            Unsaved::Misfit,
        ),
        (
            json!([{ "type": "heading", "attrs": { "level": 9 } }]),
            Unsaved::Misfit,
        ),
        (
            json!([{ "type": "paragraph", "attrs": { "style": "x" } }]),
            Unsaved::Misfit,
        ),
        (marked(json!({ "type": "blink" })), Unsaved::Misfit),
        (
            marked(json!({ "type": "link", "attrs": { "href": "javascript:alert(1)" } })),
            Unsaved::Misfit,
        ),
        (json!([deep]), Unsaved::TooLarge),
        (
            json!([{ "type": "paragraph", "content": [
                { "type": "text", "text": "x".repeat(1 << 21) } ] }]),
            Unsaved::TooLarge,
        ),
    ];
    for (body, why) in cases {
        let named = body.to_string().chars().take(80).collect::<String>();
        let id = PageId::from_u128(11);
        let mut new = new_page("Fremd", Audience::Space, tree(body), None);
        new.id = Some(id);
        let error = test.app.create_page(&jana.actor(), new).await.unwrap_err();
        let CreateError::Content { err, .. } = &error else {
            panic!("{named}: {error:?}");
        };
        assert_eq!(Unsaved::from(err), why, "{named}");
        assert!(test.app.page(&jana.actor(), id).await.is_err(), "{named}");
    }
}

#[tokio::test]
async fn a_page_that_one_may_not_read_is_no_origin_and_as_good_as_none() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "pankow").await;
    let secret = new_page("Geheim", Audience::Draft, plain("x"), None);
    let secret = create(&test, &ruth, secret).await.summary.page.id;
    for origin in [secret, PageId::from_u128(404)] {
        let id = PageId::from_u128(12);
        let mut new = new_page("Neu", Audience::Space, plain("x"), Some(origin));
        new.id = Some(id);
        let error = test.app.create_page(&jana.actor(), new).await.unwrap_err();
        assert!(
            matches!(error, CreateError::UnknownOrigin { page, .. } if page == origin),
            "{error:?}"
        );
        assert!(test.app.page(&jana.actor(), id).await.is_err());
    }
}

#[tokio::test]
async fn whoever_may_not_read_the_origin_learns_nothing_of_it() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let secret = new_page("Kanarienvogel", Audience::Draft, plain("x"), None);
    let secret = create(&test, &jana, secret).await.summary.page.id;
    let new = new_page("Offen", Audience::Network, plain("y"), Some(secret));
    let open = create(&test, &jana, new).await.summary.page.id;
    // The other way round: of a draft, those who read its origin learn nothing.
    let notes = new_page("Notizen", Audience::Network, plain("x"), None);
    let notes = create(&test, &jana, notes).await.summary.page.id;
    let draft = new_page("Kanarienvogel", Audience::Draft, plain("y"), Some(notes));
    let draft = create(&test, &jana, draft).await.summary.page.id;

    assert_eq!(
        related(&test, &jana, open).await,
        [(secret, Relation::EmergedFrom)]
    );
    assert_eq!(
        related(&test, &jana, notes).await,
        [(draft, Relation::SourceOf)]
    );
    assert_eq!(related(&test, &ruth, open).await, []);
    assert_eq!(related(&test, &ruth, notes).await, []);
    let export = async |reader: &Account| {
        let actor = reader.actor();
        let file = test.app.export_page(&actor, open, ExportFormat::Markdown);
        let lines = test.app.export(&actor, all(CollectionFormat::Lines));
        let lines = String::from_utf8(whole(lines).await).unwrap();
        format!("{}{lines}", file.await.unwrap().text)
    };
    let hers = export(&jana).await;
    assert_eq!(
        hers.matches(&format!("emerged_from: \"{secret}\"")).count(),
        1
    );
    assert_eq!(
        hers.matches(&format!("\"emerged_from\":\"{secret}\""))
            .count(),
        1
    );
    let theirs = export(&ruth).await;
    assert!(!theirs.contains("emerged_from"), "{theirs}");
    assert!(!theirs.contains(&secret.to_string()), "{theirs}");
}

///
#[tokio::test]
async fn an_archive_brings_the_origin_back_and_replacing_keeps_it() {
    let first = TestApp::new().await;
    let jana = first.person("jana", Role::Coordinator, "pankow").await;
    let notes = new_page("Notizen", Audience::Space, plain("x"), None);
    let notes = create(&first, &jana, notes).await.summary.page.id;
    let new = new_page("Brief", Audience::Space, plain("y"), Some(notes));
    let page = create(&first, &jana, new).await.summary.page.id;
    let archive = whole(first.app.export_as_operator(all(CollectionFormat::Archive))).await;

    let second = TestApp::new().await;
    let jana = second.person("jana", Role::Coordinator, "pankow").await;
    let source = ImportSource::read(archive.into()).await.unwrap();
    let options = ImportOptions::default();
    let report = second.app.import_from_as_operator(source, &options).await;
    assert_eq!(
        (report.created, report.failed, report.remarks),
        (2, vec![], vec![])
    );
    let origin = [(notes, Relation::EmergedFrom)];
    assert_eq!(related(&second, &jana, page).await, origin);
    let lines = lines_of_all(&second.app).await;
    assert_eq!(lines.len(), 2);

    let line = json!({
        "id": page.to_string(), "title": "Brief", "kind": "approach", "space": "pankow",
        "audience": "space", "markdown": "z", "emerged_from": page.to_string(),
    });
    let line = line.to_string();
    let replaced = second.app.import(&jana.actor(), &line, true).await;
    assert_eq!((replaced.replaced, &replaced.failed), (1, &vec![]));
    let notes: Vec<_> = replaced.remarks.into_iter().map(|one| one.note).collect();
    assert_eq!(
        notes,
        [denkraum_app::ImportNote::Kept(denkraum_app::Kept::Origin)]
    );
    assert_eq!(related(&second, &jana, page).await, origin);
}
