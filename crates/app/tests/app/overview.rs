//! The page of a space and the start page, as several readers see them.

use std::collections::BTreeMap;

use denkraum_app::{Account, Dated, FieldValue, NewPage, SpaceOverview, Start};
use denkraum_domain::{Audience, KindId, PageId, PageTitle, Role, SpaceId};
use denkraum_testkit::TestApp;

const HOUR: i64 = 60 * 60 * 1000;

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn many(choices: &[&str]) -> FieldValue {
    FieldValue::Many(choices.iter().map(ToString::to_string).collect())
}

struct Wish<'a> {
    kind: &'a str,
    space: &'a str,
    audience: Audience,
    fields: &'a [(&'a str, FieldValue)],
}

async fn create(test: &TestApp, by: &Account, title: &str, wish: Wish<'_>) -> PageId {
    let fields = wish.fields.iter();
    let new = NewPage {
        id: None,
        title: Some(PageTitle::parse(title).unwrap()),
        kind: KindId::parse(wish.kind).unwrap(),
        space: SpaceId::parse(wish.space).unwrap(),
        audience: wish.audience,
        tags: Vec::new(),
        fields: fields
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect::<BTreeMap<_, _>>(),
        markdown: Some("Ein Satz.".to_owned()),
        body: None,
        emerged_from: None,
    };
    // Pages made at the same moment would be in no order.
    test.clock.advance(1_000);
    let created = test.app.create_page(&by.actor(), new).await.unwrap();
    created.summary.page.id
}

async fn network(
    test: &TestApp,
    by: &Account,
    title: &str,
    kind: &str,
    fields: &[(&str, FieldValue)],
) -> PageId {
    let space = by.home().map_or("berlin", |home| home.as_str());
    let wish = Wish {
        kind,
        space,
        audience: Audience::Network,
        fields,
    };
    create(test, by, title, wish).await
}

async fn space(test: &TestApp, by: &Account, id: &str) -> SpaceOverview {
    let space = SpaceId::parse(id).unwrap();
    let overview = test.app.space_overview(&by.actor(), &space).await;
    overview.unwrap().unwrap()
}

fn titles(dated: &[Dated]) -> Vec<(&str, bool)> {
    dated
        .iter()
        .map(|one| (one.summary.page.title.as_str(), one.ahead))
        .collect()
}

#[tokio::test]
async fn the_page_of_a_space_is_put_together_from_its_pages() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let henrike = test.person("henrike", Role::Facilitator, "").await;
    let empty = space(&test, &jana, "pankow").await;
    assert!(empty.strategy.is_none() && empty.counts.is_empty() && empty.can_create);
    assert!(empty.shelves.iter().all(|shelf| shelf.items.is_empty()));

    let strategy = network(
        &test,
        &jana,
        "Strategie",
        "strategy",
        &[
            ("step_understanding", text("reached")),
            ("coordinating_role", text("OE QPK")),
        ],
    )
    .await;
    network(&test, &jana, "Zweite", "strategy", &[]).await;
    for number in 0..6 {
        network(&test, &jana, &format!("Ansatz {number}"), "approach", &[]).await;
    }
    let offer = network(
        &test,
        &jana,
        "Waschsalon",
        "offer",
        &[
            ("field", many(&["access", "livelihood"])),
            ("life_phase", many(&["parents"])),
        ],
    )
    .await;
    for (title, day) in [
        ("Früher", "2023-07-03"),
        ("Später", "2024-02-01"),
        ("Heute", "2023-11-07"),
    ] {
        network(&test, &jana, title, "milestone", &[("date", text(day))]).await;
    }
    network(&test, &jana, "Ohne Tag", "milestone", &[]).await;
    for (title, day, districts) in [
        ("September", "2023-09-11", &["pankow", "mitte"][..]),
        ("Dezember", "2023-12-05", &["pankow"]),
        ("Januar", "2024-01-09", &["pankow"]),
        ("Ohne Pankow", "2023-12-06", &["mitte"]),
    ] {
        let fields = [
            ("dates", text(day)),
            ("participating_districts", many(districts)),
        ];
        network(&test, &henrike, title, "workshop", &fields).await;
    }

    let shown = space(&test, &jana, "pankow").await;
    let view = shown.strategy.unwrap();
    assert_eq!(view.summary.page.id, strategy, "the oldest counts");
    assert_eq!(view.fields.get("coordinating_role"), Some(&text("OE QPK")));
    assert!(view.can_edit);
    let count = |kind: &str| shown.counts.get(&KindId::parse(kind).unwrap()).copied();
    assert_eq!((count("approach"), count("inquiry")), (Some(6), None));
    let shelf = shown.shelves.first().unwrap();
    let newest: Vec<_> = shelf.items.iter().map(|one| &one.page.title).collect();
    assert_eq!(newest, ["Ansatz 5", "Ansatz 4", "Ansatz 3", "Ansatz 2"]);
    assert_eq!(shown.offers.len(), 1);
    let placed = shown.offers.first().unwrap();
    assert_eq!(
        (placed.page, placed.rows.len(), &placed.columns),
        (offer, 2, &vec!["parents".to_owned()])
    );
    assert_eq!(
        titles(&shown.milestones),
        [("Später", true), ("Heute", true), ("Früher", false)]
    );
    assert_eq!(
        titles(&shown.dates),
        [("Dezember", true), ("Januar", true), ("September", false)]
    );
    assert_eq!(shown.recent.first().unwrap().page.title, "Ohne Tag");

    let berlin = space(&test, &jana, "berlin").await;
    assert_eq!(berlin.dates.len(), 4);
    let nowhere = SpaceId::parse("atlantis").unwrap();
    let nothing = test.app.space_overview(&jana.actor(), &nowhere).await;
    assert_eq!(nothing.unwrap(), None);
}

#[tokio::test]
async fn a_step_names_the_pages_about_it_that_the_reader_may_see() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let draft = Wish {
        kind: "page",
        space: "lichtenberg",
        audience: Audience::Draft,
        fields: &[],
    };
    let hidden = create(&test, &ruth, "Entwurf", draft).await;
    let shared = network(&test, &ruth, "Protokoll", "page", &[]).await;
    let linked = [hidden, shared].map(|page| page.to_string());
    let linked = many(&linked.each_ref().map(String::as_str));
    let fields = [
        ("step_goals_pages", linked),
        ("coordinating_role", text("OE QPK")),
    ];
    network(&test, &jana, "Strategie", "strategy", &fields).await;
    for (reader, seen) in [
        (&jana, &["Protokoll"][..]),
        (&ruth, &["Entwurf", "Protokoll"]),
    ] {
        let view = space(&test, reader, "pankow").await.strategy.unwrap();
        let steps = view.step_pages.iter();
        let steps: Vec<_> = steps
            .map(|(field, pages)| {
                let titles = pages.iter().map(|page| page.title.as_str());
                (field.as_str(), titles.collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(steps, [("step_goals_pages", seen.to_vec())]);
    }
}

#[tokio::test]
async fn districts_and_the_network_have_lists_of_their_own() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    for (id, expected) in [
        ("pankow", &["approach", "practice_case", "inquiry"][..]),
        ("berlin", &["impulse", "term"]),
    ] {
        let shelves = space(&test, &jana, id).await.shelves;
        let kinds: Vec<_> = shelves.iter().map(|shelf| shelf.kind.as_str()).collect();
        assert_eq!(kinds, expected, "{id}");
    }
}

#[tokio::test]
async fn the_page_of_a_space_and_the_start_page_keep_what_is_hidden_or_archived() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let inside = |kind, fields| Wish {
        kind,
        space: "pankow",
        audience: Audience::Space,
        fields,
    };
    let day = [("date", text("2023-12-01"))];
    create(&test, &jana, "Strategie", inside("strategy", &[])).await;
    create(&test, &jana, "Meilenstein", inside("milestone", &day)).await;
    create(&test, &jana, "Angebot", inside("offer", &[])).await;
    create(&test, &jana, "Ansatz", inside("approach", &[])).await;

    let seen = space(&test, &ruth, "pankow").await;
    assert_eq!(
        seen,
        SpaceOverview {
            strategy: None,
            counts: BTreeMap::new(),
            offers: vec![],
            milestones: vec![],
            dates: vec![],
            recent: vec![],
            archived: 0,
            can_create: false,
            shelves: seen.shelves.clone(),
        }
    );
    assert!(seen.shelves.iter().all(|shelf| shelf.items.is_empty()));
    let start = test.app.start(&ruth.actor()).await;
    assert!(start.recent.is_empty() && start.dates.is_empty());
    assert!(start.districts.iter().all(|one| one.strategy.is_none()));

    let start = test.app.start(&jana.actor()).await;
    assert_eq!((start.recent.len(), start.dates.len()), (4, 1));
    for page in start.recent {
        let archived = test.app.archive_page(&jana.actor(), page.page.id).await;
        archived.unwrap();
    }
    let start = test.app.start(&jana.actor()).await;
    assert!(start.recent.is_empty() && start.dates.is_empty());
    let shown = space(&test, &jana, "pankow").await;
    assert!(shown.strategy.is_none() && shown.milestones.is_empty() && shown.offers.is_empty());
    assert_eq!((shown.archived, shown.recent.len()), (4, 0));
}

fn news(start: &Start) -> Vec<(&str, bool)> {
    let news = start.news.iter();
    news.map(|one| (one.summary.page.title.as_str(), one.made))
        .collect()
}

#[tokio::test]
async fn the_start_page_says_what_others_did_since_the_last_visit() {
    let mut test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let old = network(&test, &ruth, "Alt", "approach", &[]).await;
    let first = test.app.start(&jana.actor()).await;
    assert_eq!((first.since, first.total), (None, 0));
    assert_eq!(first.recent.len(), 1);

    test.clock.advance(24 * HOUR);
    let left = test.app.now();
    network(&test, &ruth, "Neu", "approach", &[]).await;
    network(&test, &jana, "Eigene", "approach", &[]).await;
    let change = denkraum_app::PageChange {
        title: Some(PageTitle::parse("Älter").unwrap()),
        ..denkraum_app::PageChange::default()
    };
    test.app
        .change_page(&ruth.actor(), old, change)
        .await
        .unwrap();
    let second = test.app.start(&jana.actor()).await;
    assert!(second.since.unwrap() < left);
    assert_eq!(second.total, 2);
    let mut told = news(&second);
    told.sort_unstable();
    assert_eq!(told, [("Neu", true), ("Älter", false)]);

    // Within one visit, and over a restart, it stays new until it is marked as seen.
    test.clock.advance(HOUR);
    assert_eq!(test.app.start(&jana.actor()).await.total, 2);
    test.restart().await;
    assert_eq!(test.app.start(&jana.actor()).await.total, 2);
    test.app.all_seen(&jana.actor()).await;
    assert_eq!(test.app.start(&jana.actor()).await.total, 0);

    // Nobody is told of the visits of others.
    assert_eq!(test.app.start(&ruth.actor()).await.since, None);
    // Without its view, the server knows nobody's visits; it greets and goes on.
    test.restart_without_views().await;
    assert_eq!(test.app.start(&jana.actor()).await.since, None);
}

#[tokio::test]
async fn the_map_knows_agreement_and_step_of_each_district() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let fields = [
        ("agreement_state", text("signed")),
        ("agreement_date", text("2023-07-18")),
        ("step_understanding", text("reached")),
        ("step_goals", text("in_progress")),
        ("step_data", text("reached")),
    ];
    let strategy = network(&test, &jana, "Strategie", "strategy", &fields).await;
    let start = test.app.start(&jana.actor()).await;
    assert_eq!(start.districts.len(), 12);
    let of = |id: &str| {
        let mut all = start.districts.iter();
        all.find(|one| one.space.as_str() == id).unwrap()
    };
    let pankow = of("pankow");
    assert_eq!(pankow.strategy.as_ref().unwrap().id, strategy);
    assert_eq!(
        (
            pankow.agreement.as_deref(),
            pankow.agreement_date.as_deref(),
            pankow.step
        ),
        (Some("signed"), Some("2023-07-18"), Some(2))
    );
    assert_eq!(
        (of("mitte").agreement.as_deref(), of("mitte").step),
        (None, None)
    );
}
