//! Creating, reading, changing, listing, importing and finding pages.

use std::collections::BTreeMap;

use denkraum_app::{
    Account, ChangeError, CreateError, ExportFormat, FieldError, FieldValue, ListQuery, NewPage,
    PageChange, PageDocument, PageError, PageView, SearchRequest,
};
use denkraum_content::Shape;
use denkraum_domain::{Audience, KindId, PageId, PageTitle, Role, SpaceId, Tag};
use denkraum_testkit::TestApp;

fn new_page(title: &str, space: &str, audience: Audience, markdown: &str) -> NewPage {
    NewPage {
        id: None,
        title: Some(PageTitle::parse(title).unwrap()),
        kind: KindId::parse("approach").unwrap(),
        space: SpaceId::parse(space).unwrap(),
        audience,
        tags: vec![Tag::parse("Kita").unwrap()],
        fields: BTreeMap::from([
            ("status".to_owned(), FieldValue::Text("tried".to_owned())),
            (
                "field".to_owned(),
                FieldValue::Many(vec!["access".to_owned()]),
            ),
            (
                "summary".to_owned(),
                FieldValue::Text("Kaffee zur Bringzeit".to_owned()),
            ),
        ]),
        markdown: Some(markdown.to_owned()),
        body: None,
        emerged_from: None,
    }
}

async fn create(test: &TestApp, by: &Account, new: NewPage) -> PageView {
    test.app.create_page(&by.actor(), new).await.unwrap()
}

fn words(text: &str) -> SearchRequest {
    SearchRequest {
        text: text.to_owned(),
        limit: 10,
        ..SearchRequest::default()
    }
}

async fn found(test: &TestApp, by: &Account, text: &str) -> Vec<String> {
    test.app.flush_search().await;
    let results = test.app.search(&by.actor(), words(text)).await.unwrap();
    results
        .hits
        .into_iter()
        .map(|hit| hit.summary.page.title)
        .collect()
}

#[tokio::test]
async fn a_page_is_shown_as_it_was_created_and_again_after_a_restart_without_views() {
    let mut test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let new = new_page(
        "Elterncafé",
        "pankow",
        Audience::Network,
        "## Anfang\n\nKaffee **vor** der Kita.",
    );
    let page = create(&test, &jana, new).await;
    assert_eq!(page.summary.page.title, "Elterncafé");
    assert_eq!(page.summary.tags, ["Kita"]);
    assert_eq!(page.summary.authors.first().unwrap().name, "jana");
    assert_eq!(
        page.fields.get("status"),
        Some(&FieldValue::Text("tried".to_owned()))
    );
    assert!(page.html.contains("<strong>vor</strong>"), "{}", page.html);
    assert_eq!(page.outline.len(), 1);
    assert!(page.can.edit);

    test.restart_without_views().await;
    let again = test
        .app
        .page(&jana.actor(), page.summary.page.id)
        .await
        .unwrap();
    assert_eq!(again, page);
    assert_eq!(found(&test, &jana, "Kaffee").await, ["Elterncafé"]);
}

#[tokio::test]
async fn a_page_that_begins_with_questions_has_a_line_below_each_to_answer_on() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let new = NewPage {
        markdown: None,
        ..new_page("Frühstück", "pankow", Audience::Space, "")
    };
    let page = create(&test, &jana, new).await;
    let export = test
        .app
        .export_page(&jana.actor(), page.summary.page.id, ExportFormat::Json)
        .await
        .unwrap();
    let document: PageDocument = serde_json::from_str(&export.text).unwrap();
    let shapes: Vec<_> = document
        .content
        .body
        .iter()
        .map(|node| {
            let is_heading = matches!(node.shape(), Some(Shape::Heading { .. }));
            (is_heading, node.content().is_empty())
        })
        .collect();
    let (question, room) = ((true, false), (false, true));
    assert_eq!(shapes, [question, room].repeat(4));
}

#[tokio::test]
async fn nobody_reads_lists_finds_or_links_to_what_is_not_meant_for_them() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let secret = create(
        &test,
        &jana,
        new_page("Kanarienvogel", "pankow", Audience::Space, "Kanarienvogel"),
    )
    .await;
    let id = secret.summary.page.id;
    let text = format!("Siehe [Kanarienvogel](denkraum:{id}).");
    let open = create(
        &test,
        &jana,
        new_page("Offen", "pankow", Audience::Network, &text),
    )
    .await;

    let refused = test.app.page(&ruth.actor(), id).await.unwrap_err();
    assert!(matches!(refused, PageError::Denied { .. }));
    let listed = test.app.list_pages(
        &ruth.actor(),
        &ListQuery {
            limit: 50,
            ..ListQuery::default()
        },
    );
    assert_eq!(listed.items.len(), 1);
    assert_eq!(
        found(&test, &ruth, "Kanarienvogel").await,
        Vec::<String>::new()
    );
    assert_eq!(
        test.app.suggest(&ruth.actor(), "Kana").await.unwrap().pages,
        []
    );
    assert_eq!(test.app.titles(&ruth.actor(), &[id]), [(id, None)]);
    let shown = test
        .app
        .page(&ruth.actor(), open.summary.page.id)
        .await
        .unwrap();
    assert!(!shown.html.contains("Kanarienvogel"), "{}", shown.html);
    assert!(shown.links.is_empty());

    assert_eq!(
        found(&test, &jana, "Kanarienvogel").await.first().unwrap(),
        "Kanarienvogel"
    );
    let shown = test.app.page(&jana.actor(), id).await.unwrap();
    assert_eq!(
        shown.backlinks.first().unwrap().sentence,
        "Siehe Kanarienvogel."
    );
}

#[tokio::test]
async fn a_link_follows_the_new_title() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let target = create(
        &test,
        &jana,
        new_page("Alt", "pankow", Audience::Network, ""),
    )
    .await;
    let id = target.summary.page.id;
    let text = format!("Zu [Alt](denkraum:{id}).");
    let linking = create(
        &test,
        &jana,
        new_page("Von", "pankow", Audience::Network, &text),
    )
    .await;
    let rename = PageChange {
        title: Some(PageTitle::parse("Neu").unwrap()),
        ..PageChange::default()
    };
    let renamed = test
        .app
        .change_page(&jana.actor(), id, rename)
        .await
        .unwrap();
    assert_eq!(renamed.summary.page.title, "Neu");
    let shown = test
        .app
        .page(&jana.actor(), linking.summary.page.id)
        .await
        .unwrap();
    assert!(shown.html.contains(">Neu</a>"), "{}", shown.html);
    let page = linking.summary.page.id;
    let export = test
        .app
        .export_page(&jana.actor(), page, ExportFormat::Markdown)
        .await
        .unwrap();
    assert!(
        export.text.contains(&format!("[Neu](denkraum:{id})")),
        "{}",
        export.text
    );
}

#[tokio::test]
async fn fields_take_only_what_is_declared_for_them() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let page = create(
        &test,
        &jana,
        new_page("Felder", "pankow", Audience::Network, ""),
    )
    .await
    .summary
    .page
    .id;
    let change = async |name: &str, value: Option<FieldValue>| {
        let fields = BTreeMap::from([(name.to_owned(), value)]);
        let change = PageChange {
            fields,
            ..PageChange::default()
        };
        test.app.change_page(&jana.actor(), page, change).await
    };
    let text = |text: &str| Some(FieldValue::Text(text.to_owned()));
    for (name, value) in [
        ("status", text("perhaps")),
        ("status", Some(FieldValue::Flag(true))),
        ("field", Some(FieldValue::Many(vec!["nowhere".to_owned()]))),
        ("nonsense", text("x")),
    ] {
        let refused = change(name, value).await.unwrap_err();
        assert!(
            matches!(&refused, ChangeError::Field { name: told, .. } if told == name),
            "{refused}"
        );
    }
    let changed = change("status", text("established")).await.unwrap();
    assert_eq!(changed.fields.get("status"), text("established").as_ref());
    let emptied = change("status", None).await.unwrap();
    assert_eq!(emptied.fields.get("status"), None);
}

#[tokio::test]
async fn creating_says_what_is_wrong() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let good = || new_page("Gut", "pankow", Audience::Space, "");
    let refused = async |new: NewPage| test.app.create_page(&jana.actor(), new).await.unwrap_err();
    let elsewhere = NewPage {
        space: SpaceId::parse("mitte").unwrap(),
        ..good()
    };
    assert!(matches!(
        refused(elsewhere).await,
        CreateError::Denied { .. }
    ));
    let nowhere = NewPage {
        space: SpaceId::parse("atlantis").unwrap(),
        ..good()
    };
    assert!(matches!(
        refused(nowhere).await,
        CreateError::UnknownSpace(_)
    ));
    let strange = NewPage {
        kind: KindId::parse("poem").unwrap(),
        ..good()
    };
    assert!(matches!(
        refused(strange).await,
        CreateError::UnknownKind(_)
    ));
    let id = PageId::from_u128(42);
    create(
        &test,
        &jana,
        NewPage {
            id: Some(id),
            ..good()
        },
    )
    .await;
    let taken = refused(NewPage {
        id: Some(id),
        ..good()
    })
    .await;
    assert!(matches!(taken, CreateError::Exists(taken) if taken == id));
    let fields = BTreeMap::from([("status".to_owned(), FieldValue::Number(1.0))]);
    let wrong = refused(NewPage { fields, ..good() }).await;
    assert!(matches!(
        wrong,
        CreateError::Field {
            err: FieldError::Form { .. },
            ..
        }
    ));
}

#[tokio::test]
async fn lists_come_in_parts_newest_first() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    for number in 0..5 {
        test.clock.advance(1_000);
        create(
            &test,
            &jana,
            new_page(&format!("Seite {number}"), "pankow", Audience::Space, ""),
        )
        .await;
    }
    let mut query = ListQuery {
        limit: 2,
        ..ListQuery::default()
    };
    let mut titles = Vec::new();
    loop {
        let part = test.app.list_pages(&jana.actor(), &query);
        titles.extend(part.items.into_iter().map(|item| item.page.title));
        let Some(next) = part.next else { break };
        query.cursor = Some(next);
    }
    assert_eq!(
        titles,
        ["Seite 4", "Seite 3", "Seite 2", "Seite 1", "Seite 0"]
    );
}

#[tokio::test]
async fn the_json_export_holds_the_whole_page() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let page = create(
        &test,
        &jana,
        new_page("Baum", "pankow", Audience::Space, "- eins\n- zwei"),
    )
    .await;
    let export = test
        .app
        .export_page(&jana.actor(), page.summary.page.id, ExportFormat::Json)
        .await
        .unwrap();
    assert_eq!(export.file_name, "baum.json");
    let document: PageDocument = serde_json::from_str(&export.text).unwrap();
    assert_eq!(
        (document.space.as_str(), document.audience.as_str()),
        ("pankow", "space")
    );
    assert_eq!(document.content.title, "Baum");
    assert_eq!(
        denkraum_content::to_text(&document.content).trim(),
        "eins\nzwei"
    );
}
