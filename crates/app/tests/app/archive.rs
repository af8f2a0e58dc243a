//! Archiving pages, bringing them back, moving them to another space.

use std::collections::BTreeMap;

use denkraum_app::{
    Account, ChangeError, KeepError, ListQuery, NewPage, PageChange, PageMove, SearchRequest,
};
use denkraum_domain::{Audience, KindId, PageId, PageTitle, Role, SpaceId};
use denkraum_testkit::TestApp;

async fn create(test: &TestApp, by: &Account, title: &str, audience: Audience) -> PageId {
    linked(test, by, title, audience, "Lastenrad").await
}

async fn linked(
    test: &TestApp,
    by: &Account,
    title: &str,
    audience: Audience,
    text: &str,
) -> PageId {
    let new = NewPage {
        id: None,
        title: Some(PageTitle::parse(title).unwrap()),
        kind: KindId::parse("approach").unwrap(),
        space: by.home().unwrap().clone(),
        audience,
        tags: Vec::new(),
        fields: BTreeMap::new(),
        markdown: Some(text.to_owned()),
        body: None,
        emerged_from: None,
    };
    let created = test.app.create_page(&by.actor(), new).await.unwrap();
    created.summary.page.id
}

fn listed(test: &TestApp, by: &Account, query: ListQuery) -> Vec<String> {
    let query = ListQuery { limit: 50, ..query };
    let list = test.app.list_pages(&by.actor(), &query);
    list.items.into_iter().map(|item| item.page.title).collect()
}

fn archive_of(space: &str) -> ListQuery {
    ListQuery {
        spaces: vec![SpaceId::parse(space).unwrap()],
        archived: true,
        ..ListQuery::default()
    }
}

/// How many pages search counts, and the titles that it shows.
async fn found(test: &TestApp, by: &Account, text: &str) -> (usize, Vec<String>) {
    let request = SearchRequest {
        text: text.to_owned(),
        limit: 10,
        ..SearchRequest::default()
    };
    let results = test.app.search(&by.actor(), request).await.unwrap();
    let titles = results.hits.into_iter().map(|hit| hit.summary.page.title);
    (results.total, titles.collect())
}

#[tokio::test]
async fn an_archived_page_leaves_lists_search_and_backlinks_at_once_and_comes_back_whole() {
    let mut test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let target = create(&test, &jana, "Ziel", Audience::Network).await;
    let text = format!("Kanarienvogel, siehe [Ziel](denkraum:{target}).");
    let page = linked(&test, &jana, "Alt", Audience::Network, &text).await;
    test.app.flush_search().await;
    let before = test.app.page(&jana.actor(), page).await.unwrap();
    assert!(before.can.archive && !before.can.restore);

    test.clock.advance(60_000);
    let archived = test.app.archive_page(&jana.actor(), page).await.unwrap();
    let since = (archived.summary.archived_at, &archived.summary.archived_by);
    assert_eq!(since.0, Some(test.app.now()));
    assert_eq!(since.1.as_ref().unwrap().name, "jana");
    assert!(archived.summary.archived && !archived.can.edit);
    assert!(archived.can.restore && !archived.can.archive && !archived.can.relocate);
    // Search, with its counts, follows before the answer: nothing here waits for it.
    assert_eq!(found(&test, &jana, "Kanarienvogel").await, (0, vec![]));
    assert_eq!(listed(&test, &jana, ListQuery::default()), ["Ziel"]);
    assert_eq!(
        test.app.suggest(&jana.actor(), "Alt").await.unwrap().pages,
        []
    );
    let shown = test.app.page(&jana.actor(), target).await.unwrap();
    assert!(shown.backlinks.is_empty());
    assert_eq!(listed(&test, &jana, archive_of("pankow")), ["Alt"]);
    assert_eq!(
        listed(&test, &jana, archive_of("mitte")),
        Vec::<String>::new()
    );

    test.restart_without_views().await;
    assert_eq!(listed(&test, &jana, archive_of("pankow")), ["Alt"]);
    assert_eq!(found(&test, &jana, "Kanarienvogel").await, (0, vec![]));

    let back = test.app.restore_page(&jana.actor(), page).await.unwrap();
    assert_eq!((back.html, back.can), (before.html, before.can));
    assert_eq!(back.summary.archived_at, None);
    assert_eq!(
        found(&test, &jana, "Kanarienvogel").await,
        (1, vec!["Alt".to_owned()])
    );
    let shown = test.app.page(&jana.actor(), target).await.unwrap();
    assert_eq!(shown.backlinks.len(), 1);
    assert_eq!(
        listed(&test, &jana, archive_of("pankow")),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn an_archived_page_is_not_changed_and_only_its_keepers_bring_it_back() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let samuel = test.person("samuel", Role::Writer, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let page = create(&test, &jana, "Alt", Audience::Space).await;
    for other in [&samuel, &ruth] {
        let refused = test.app.archive_page(&other.actor(), page).await;
        assert!(refused.is_err());
    }
    test.app.archive_page(&jana.actor(), page).await.unwrap();
    let change = PageChange {
        title: Some(PageTitle::parse("Neu").unwrap()),
        ..PageChange::default()
    };
    let refused = test.app.change_page(&jana.actor(), page, change).await;
    assert!(matches!(refused, Err(ChangeError::Denied { .. })));
    let again = test.app.archive_page(&jana.actor(), page).await;
    assert!(matches!(again, Err(KeepError::Denied { .. })));

    let seen = test.app.page(&samuel.actor(), page).await.unwrap();
    assert!(seen.summary.archived && !seen.can.restore);
    let refused = test.app.restore_page(&samuel.actor(), page).await;
    assert!(matches!(refused, Err(KeepError::Denied { .. })));
    let hidden = test.app.restore_page(&ruth.actor(), page).await;
    assert!(matches!(hidden, Err(KeepError::Read(_))));
    assert_eq!(
        listed(&test, &ruth, archive_of("pankow")),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_moved_page_belongs_to_its_new_space_everywhere() {
    let mut test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Writer, "lichtenberg").await;
    let page = create(&test, &jana, "Wandert", Audience::Network).await;
    let berlin = || PageMove {
        space: SpaceId::parse("berlin").unwrap(),
        audience: None,
    };
    let seen = test.app.page(&ruth.actor(), page).await.unwrap();
    assert!(!seen.can.edit && !seen.can.relocate);
    let refused = test.app.move_page(&ruth.actor(), page, berlin()).await;
    assert!(matches!(refused, Err(KeepError::Denied { .. })));
    let elsewhere = |space: &str| PageMove {
        space: SpaceId::parse(space).unwrap(),
        audience: None,
    };
    for (space, unknown) in [("mitte", false), ("atlantis", true)] {
        let refused = test
            .app
            .move_page(&jana.actor(), page, elsewhere(space))
            .await;
        match refused.unwrap_err() {
            KeepError::UnknownSpace(_) => assert!(unknown),
            KeepError::Destination(to) => assert_eq!(to.as_str(), "mitte"),
            other => panic!("{other}"),
        }
    }

    let moved = test.app.move_page(&jana.actor(), page, berlin()).await;
    assert_eq!(moved.unwrap().summary.page.space.as_str(), "berlin");
    let there = ListQuery {
        spaces: vec![berlin().space],
        ..ListQuery::default()
    };
    assert_eq!(listed(&test, &ruth, there.clone()), ["Wandert"]);
    let in_berlin = SearchRequest {
        text: "Lastenrad".to_owned(),
        spaces: vec![berlin().space],
        limit: 10,
        ..SearchRequest::default()
    };
    let results = test.app.search(&ruth.actor(), in_berlin).await.unwrap();
    assert_eq!(results.total, 1);
    // Whoever writes in the new space writes the page now.
    assert!(test.app.page(&ruth.actor(), page).await.unwrap().can.edit);
    test.restart_without_views().await;
    assert_eq!(listed(&test, &ruth, there), ["Wandert"]);
}

#[tokio::test]
async fn a_move_shows_a_page_to_nobody_new_but_takes_it_along_as_a_draft() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Writer, "lichtenberg").await;
    let page = create(&test, &jana, "Intern", Audience::Space).await;
    let berlin = |audience| PageMove {
        space: SpaceId::parse("berlin").unwrap(),
        audience,
    };
    for audience in [None, Some(Audience::Network)] {
        let refused = test
            .app
            .move_page(&jana.actor(), page, berlin(audience))
            .await;
        assert!(matches!(refused, Err(KeepError::Widens(told)) if told == page));
    }
    let as_draft = berlin(Some(Audience::Draft));
    let moved = test.app.move_page(&jana.actor(), page, as_draft).await;
    assert_eq!(moved.unwrap().summary.audience, Audience::Draft);
    assert!(test.app.page(&ruth.actor(), page).await.is_err());
}

#[tokio::test]
async fn a_list_can_ask_for_choices_of_fields() {
    let test = TestApp::new().await;
    let henrike = test.person("henrike", Role::Facilitator, "").await;
    for (title, districts) in [("Beide", &["pankow", "mitte"][..]), ("Eine", &["mitte"])] {
        let districts = districts.iter().map(ToString::to_string).collect();
        let fields = BTreeMap::from([(
            "participating_districts".to_owned(),
            denkraum_app::FieldValue::Many(districts),
        )]);
        let new = NewPage {
            id: None,
            title: Some(PageTitle::parse(title).unwrap()),
            kind: KindId::parse("workshop").unwrap(),
            space: SpaceId::parse("berlin").unwrap(),
            audience: Audience::Network,
            tags: Vec::new(),
            fields,
            markdown: None,
            body: None,
            emerged_from: None,
        };
        test.app.create_page(&henrike.actor(), new).await.unwrap();
    }
    let with = |field: &str, choices: &[&str]| {
        let choices = choices.iter().map(ToString::to_string).collect();
        let with = BTreeMap::from([(field.to_owned(), choices)]);
        let query = ListQuery {
            with,
            ..ListQuery::default()
        };
        let mut titles = listed(&test, &henrike, query);
        titles.sort();
        titles
    };
    assert_eq!(with("participating_districts", &["pankow"]), ["Beide"]);
    assert_eq!(
        with("participating_districts", &["pankow", "mitte"]),
        ["Beide", "Eine"]
    );
    assert_eq!(
        with("participating_districts", &["spandau"]),
        Vec::<String>::new()
    );
    assert_eq!(with("nonsense", &["pankow"]), Vec::<String>::new());
}
