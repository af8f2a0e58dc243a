//! Hostile documents in storage, past the gate: wherever a page is shown, told or taken away, what
//! stands in it is text.

use std::collections::{BTreeMap, BTreeSet};

use denkraum_app::catalogue::Language;
use denkraum_app::{Account, App, CollectionFormat, ExportFormat, SearchRequest};
use denkraum_content::{Mark, Node, PageContent, Scalar, Shape, create};
use denkraum_domain::{KindId, PageId};
use denkraum_testkit::hostile::{PAYLOADS, expect_inert, states};
use yrs::{
    Any, Doc, Transact as _, TransactionMut, WriteTxn as _, Xml as _, XmlElementPrelim,
    XmlFragment as _, XmlTextPrelim,
};

use crate::desk::{Desk, Fields};
use crate::files::{all, files_of, whole};

#[track_caller]
fn expect_plain(name: &str, text: &str) {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    assert!(!text.contains(control), "{name}: {text:?}");
}

/// Everything that shows or tells of a page.
async fn look_at(app: &App, jana: &Account, name: &str, page: PageId) {
    let actor = jana.actor();
    let view = app.page(&actor, page).await.unwrap();
    expect_inert(name, &view.html);
    for line in [&view.summary.page.title, &view.summary.excerpt, &view.slug] {
        expect_plain(name, line);
        assert!(!line.contains('\n'), "{name}: {line:?}");
    }
    for heading in view.outline {
        expect_plain(name, &heading.text);
    }
    for backlink in view.backlinks {
        expect_plain(name, &backlink.sentence);
        assert!(backlink.sentence.chars().count() <= 600, "{name}");
    }
    let first = app
        .reading_page(&actor, page, Language::German)
        .await
        .unwrap();
    expect_inert(name, &first.view.html);
    for format in [
        ExportFormat::Markdown,
        ExportFormat::Html,
        ExportFormat::Json,
    ] {
        let export = app.export_page(&actor, page, format).await.unwrap();
        let safe = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
        assert!(export.file_name.chars().all(safe), "{name}");
        assert!(!export.file_name.contains(".."), "{name}");
        if format == ExportFormat::Html {
            expect_inert(name, &export.text);
            expect_plain(name, &export.text);
        }
    }
}

/// Every file of every collection, with its path.
async fn look_at_all(app: &App, jana: &Account) {
    for format in [
        CollectionFormat::Html,
        CollectionFormat::Markdown,
        CollectionFormat::Archive,
    ] {
        let files = files_of(whole(app.export(&jana.actor(), all(format))).await);
        assert!(!files.is_empty());
        for (path, text) in files {
            assert!(!path.contains("..") && !path.starts_with('/'), "{path}");
            expect_plain("path", &path);
            if matches!(format, CollectionFormat::Html) {
                expect_inert(&path, &text);
            }
        }
    }
}

async fn look_for(app: &App, jana: &Account, words: &str) -> usize {
    app.flush_search().await;
    let request = SearchRequest {
        text: words.to_owned(),
        limit: 100,
        ..SearchRequest::default()
    };
    let found = app.search(&jana.actor(), request).await.unwrap();
    for hit in &found.hits {
        let snippet: String = hit.snippet.iter().map(|(part, _)| part.as_str()).collect();
        expect_plain("snippet", &snippet);
        expect_plain("heading", hit.heading.as_deref().unwrap_or_default());
        expect_plain("title", &hit.summary.page.title);
    }
    found.total
}

#[tokio::test]
async fn documents_that_no_editor_writes_are_inert_wherever_they_are_shown() {
    let mut desk = Desk::new().await;
    let mut pages = Vec::new();
    // An attribute nested deeper than the gate reads keeps its whole update out of the open page.
    let read = states()
        .into_iter()
        .filter(|(name, _)| name.starts_with("mark") || !name.ends_with("deep list"));
    // One in four: which node holds which value goes round with it.
    for (name, state) in read.step_by(4) {
        let page = desk.page("page", "Fremd", Fields::new()).await;
        let page = page.summary.page.id;
        desk.test.store_past_gate(page, state).await;
        pages.push((name, page));
    }
    assert!(pages.len() > 150, "{}", pages.len());
    desk.test.restart().await;
    let app = &desk.test.app;
    for (name, page) in &pages {
        look_at(app, &desk.jana, name, *page).await;
        let view = app.page(&desk.jana.actor(), *page).await.unwrap();
        let kept = view.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assert!(
            kept || name.starts_with("hardBreak"),
            "{name}: {}",
            view.html
        );
    }
    look_at_all(app, &desk.jana).await;
    assert!(look_for(app, &desk.jana, "onmouseover").await > 100);
}

/// Body elements one in the other, with a word in the innermost.
fn nested(name: &str, levels: usize) -> Vec<u8> {
    stored(|txn| {
        let body = txn.get_or_insert_xml_fragment("body");
        let mut inner = body.push_back(txn, XmlElementPrelim::empty(name));
        for _ in 1..levels {
            inner = inner.push_back(txn, XmlElementPrelim::empty(name));
        }
        inner.push_back(txn, XmlTextPrelim::new("innen"));
    })
}

/// An agreement whose partner is this.
fn agreed(who: Any) -> Vec<u8> {
    stored(|txn| {
        let body = txn.get_or_insert_xml_fragment("body");
        let agreement = body.push_back(txn, XmlElementPrelim::empty("agreement"));
        agreement.insert_attribute(txn, "who", who);
        let line = agreement.push_back(txn, XmlElementPrelim::empty("paragraph"));
        line.push_back(txn, XmlTextPrelim::new("innen"));
    })
}

fn stored(write: impl FnOnce(&mut TransactionMut<'_>)) -> Vec<u8> {
    let doc = Doc::with_client_id(9);
    let mut transaction = doc.transact_mut();
    write(&mut transaction);
    transaction.encode_update_v1()
}

#[tokio::test]
async fn what_is_too_much_in_storage_hurts_neither_its_page_nor_others() {
    let mut desk = Desk::new().await;
    let other = desk.page("page", "Daneben", Fields::new()).await;
    let deep = (0..2_000).fold(Any::Null, |inner, _| Any::from(vec![inner]));
    let mut pages = vec![("beside", other.summary.page.id)];
    for (name, state) in [
        ("5,000 quotations", nested("blockquote", 5_000)),
        ("5,000 lists", nested("bulletList", 5_000)),
        (
            "ten million bytes",
            agreed("<b>\n".repeat(2_500_000).into()),
        ),
        ("a deep list", agreed(deep)),
    ] {
        let page = desk.page("page", "Zu viel", Fields::new()).await;
        let page = page.summary.page.id;
        desk.test.store_past_gate(page, state).await;
        pages.push((name, page));
    }
    desk.test.restart().await;
    let app = &desk.test.app;
    for (name, page) in &pages {
        look_at(app, &desk.jana, name, *page).await;
    }
    look_at_all(app, &desk.jana).await;
    assert_eq!(look_for(app, &desk.jana, "Daneben").await, 1);
    let found = look_for(app, &desk.jana, "Zu viel").await;
    assert_eq!(found, pages.len() - 1);
}

/// A page whose title, fields, tags and text all hold what the gate keeps out.
fn page_of(payload: &str, target: PageId) -> PageContent {
    let text = |words: &str| Node::text(words);
    let link = Node::element(
        Shape::PageLink {
            page: target,
            label: Some(payload.to_owned()),
        },
        Vec::new(),
    );
    let href = Mark::Link {
        href: payload.to_owned(),
    };
    let line = vec![
        text(payload),
        link,
        Node::marked(payload, [href]),
        text(". Danach."),
    ];
    PageContent {
        kind: KindId::parse("approach").ok(),
        title: format!("{payload}\nzweite Zeile"),
        values: BTreeMap::from([
            ("status".to_owned(), Scalar::Text(payload.to_owned())),
            ("life_phase".to_owned(), Scalar::Text(payload.to_owned())),
            (payload.to_owned(), Scalar::Text(payload.to_owned())),
        ]),
        sets: BTreeMap::from([
            ("tags".to_owned(), BTreeSet::from([payload.to_owned()])),
            ("field".to_owned(), BTreeSet::from([payload.to_owned()])),
            ("criteria".to_owned(), BTreeSet::from([payload.to_owned()])),
        ]),
        texts: ["summary", "access", "contact_role", "criteria/x", payload]
            .map(|name| (name.to_owned(), payload.to_owned()))
            .into(),
        body: vec![
            Node::element(Shape::Heading { level: 1 }, vec![text(payload)]),
            Node::paragraph(line),
        ],
    }
}

#[tokio::test]
async fn hostile_titles_fields_tags_and_sentences_are_inert() {
    let mut desk = Desk::new().await;
    let target = desk.page("page", "Ziel", Fields::new()).await;
    let target = target.summary.page.id;
    let mut pages = vec![("Ziel", target)];
    for (at, payload) in (1_000..).zip(PAYLOADS) {
        let page = desk.page("approach", "Seite", Fields::new()).await;
        let page = page.summary.page.id;
        let state = create(&page_of(payload, target), at);
        desk.test.store_past_gate(page, state).await;
        // A page that links to the hostile one shows its title.
        let showing = desk.page("page", "Verweis", Fields::new()).await;
        let showing = showing.summary.page.id;
        let state = create(&page_of("gut", page), at);
        desk.test.store_past_gate(showing, state).await;
        pages.extend([(payload, page), (payload, showing)]);
    }
    desk.test.restart().await;
    let app = &desk.test.app;
    for (name, page) in &pages {
        look_at(app, &desk.jana, name, *page).await;
    }
    let view = app.page(&desk.jana.actor(), target).await.unwrap();
    assert_eq!(view.backlinks.len(), PAYLOADS.len());
    let ids: Vec<PageId> = pages.iter().map(|(_, page)| *page).collect();
    for (_, shown) in app.titles(&desk.jana.actor(), &ids) {
        let title = shown.unwrap().title;
        expect_plain("title", &title);
        assert!(!title.contains('\n'), "{title:?}");
    }
    look_at_all(app, &desk.jana).await;
    assert!(look_for(app, &desk.jana, "zweite").await >= PAYLOADS.len());
}
