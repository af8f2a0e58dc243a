//! What search offers, as several readers see it.

use std::collections::BTreeMap;

use denkraum_app::{
    Account, NewAccount, NewPage, PageChange, Password, SaveSearchError, SearchOrder,
    SearchRequest, SearchResults, SuggestedTerm, WordsError,
};
use denkraum_domain::{
    AdminPermit, Audience, KindId, Login, PageId, PageTitle, PersonName, Role, Tag, Timestamp,
    operator, permit_admin,
};
use denkraum_testkit::{PASSWORD, TestApp};

const MINUTE: i64 = 60_000;

#[derive(Default)]
pub(crate) struct Wish<'a> {
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
    pub(crate) audience: Option<Audience>,
    pub(crate) tags: &'a [&'a str],
}

pub(crate) async fn create(test: &TestApp, by: &Account, wish: Wish<'_>) -> PageId {
    let new = NewPage {
        id: None,
        title: Some(PageTitle::parse(wish.title).unwrap()),
        kind: KindId::parse("approach").unwrap(),
        space: by.home().unwrap().clone(),
        audience: wish.audience.unwrap_or(Audience::Network),
        tags: wish
            .tags
            .iter()
            .map(|tag| Tag::parse(tag).unwrap())
            .collect(),
        fields: BTreeMap::new(),
        markdown: Some(wish.text.to_owned()),
        body: None,
        emerged_from: None,
    };
    test.clock.advance(1_000);
    let created = test.app.create_page(&by.actor(), new).await.unwrap();
    created.summary.page.id
}

fn words(text: &str) -> SearchRequest {
    SearchRequest {
        text: text.to_owned(),
        limit: 20,
        ..SearchRequest::default()
    }
}

async fn ask(test: &TestApp, by: &Account, request: SearchRequest) -> SearchResults {
    test.app.flush_search().await;
    test.app.search(&by.actor(), request).await.unwrap()
}

fn titles(results: &SearchResults) -> Vec<&str> {
    let hits = results.hits.iter();
    hits.map(|hit| hit.summary.page.title.as_str()).collect()
}

fn counts<'a>(results: &'a SearchResults, facet: &str) -> Vec<(&'a str, u64)> {
    let values = results.facets.get(facet).into_iter().flatten();
    values
        .map(|value| (value.value.as_str(), value.pages))
        .collect()
}

fn admin(account: &Account) -> AdminPermit {
    permit_admin(&account.actor()).unwrap()
}

#[tokio::test]
async fn tags_years_and_authors_narrow_and_count_only_what_one_may_read() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let page = |title, audience, tags| Wish {
        title,
        text: "Ein Frühstück für Familien.",
        audience: Some(audience),
        tags,
    };
    create(
        &test,
        &jana,
        page("Offen", Audience::Network, &["Kita", "Essen"]),
    )
    .await;
    create(
        &test,
        &jana,
        page("Nur Pankow", Audience::Space, &["Kita", "Geheim"]),
    )
    .await;
    create(&test, &ruth, page("Eigen", Audience::Draft, &["Essen"])).await;

    let all = ask(&test, &jana, words("Frühstück")).await;
    assert_eq!(
        counts(&all, "tag"),
        [("Kita", 2), ("Essen", 1), ("Geheim", 1)]
    );
    assert_eq!(counts(&all, "year"), [("2023", 2)]);
    let authors: Vec<_> = all.facets.get("author").unwrap().iter().collect();
    assert_eq!(authors.len(), 1);
    assert_eq!(authors.first().unwrap().label.as_deref(), Some("jana"));

    // Ruth neither learns of the page of Pankow nor of its tag, but has her own draft.
    let hers = ask(&test, &ruth, words("Frühstück")).await;
    assert_eq!(counts(&hers, "tag"), [("Essen", 2), ("Kita", 1)]);
    assert_eq!(counts(&hers, "space"), [("lichtenberg", 1), ("pankow", 1)]);

    // Within a facet choices widen and its counts ignore them; across facets they narrow.
    let chosen = |tags: &[&str], year: &str| SearchRequest {
        facets: BTreeMap::from([
            (
                "tag".to_owned(),
                tags.iter().map(ToString::to_string).collect(),
            ),
            ("year".to_owned(), vec![year.to_owned()]),
        ]),
        ..words("")
    };
    let two = ask(&test, &jana, chosen(&["Geheim", "Essen"], "2023")).await;
    assert_eq!(two.total, 2);
    assert_eq!(
        counts(&two, "tag"),
        [("Kita", 2), ("Essen", 1), ("Geheim", 1)]
    );
    let none = ask(&test, &ruth, chosen(&["Geheim", "Kita"], "1999")).await;
    assert_eq!(
        (none.total, none.hidden_by.as_slice()),
        (0, &[("year".to_owned(), 1)][..])
    );
}

#[tokio::test]
async fn hits_are_ordered_by_change_and_what_was_found_besides_can_be_left_out() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let page = |title, text| Wish {
        title,
        text,
        ..Wish::default()
    };
    create(&test, &jana, page("Elterncafé", "Kaffee im Elterncafé.")).await;
    create(
        &test,
        &jana,
        page("Treffpunkt", "Das Eltern-Café ist offen."),
    )
    .await;

    let near = ask(&test, &jana, words("Elterncafé Kaffee")).await;
    assert_eq!(titles(&near), ["Elterncafé", "Treffpunkt"]);
    let named: Vec<_> = near.hits.iter().map(|hit| hit.title.as_slice()).collect();
    let part = |text: &str, is_hit| [(text.to_owned(), is_hit)];
    assert_eq!(named, [part("Elterncafé", true), part("Treffpunkt", false)]);
    let newest = SearchRequest {
        order: SearchOrder::Changed,
        ..words("Elterncafé Kaffee")
    };
    assert_eq!(
        titles(&ask(&test, &jana, newest).await),
        ["Treffpunkt", "Elterncafé"]
    );

    let many = ask(&test, &jana, words("Cafés")).await;
    let mut both = titles(&many);
    both.sort_unstable();
    assert_eq!(both, ["Elterncafé", "Treffpunkt"]);
    assert!(!many.also_found.is_empty());
    let literal = SearchRequest {
        literal: true,
        ..words("Cafés")
    };
    assert_eq!(ask(&test, &jana, literal).await.total, 0);

    let slip = ask(&test, &jana, words("Trefpunkt")).await;
    assert_eq!(
        (titles(&slip), slip.offers.clone()),
        (vec!["Treffpunkt"], vec!["Treffpunkt".to_owned()])
    );
}

#[tokio::test]
async fn a_page_is_found_by_the_title_it_had_once_it_was_known_by_it() {
    let mut test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let wish = Wish {
        title: "Leihomabörse",
        text: "Wer passt auf?",
        ..Wish::default()
    };
    let page = create(&test, &jana, wish).await;
    let rename = async |test: &TestApp, title: &str| {
        let change = PageChange {
            title: Some(PageTitle::parse(title).unwrap()),
            ..PageChange::default()
        };
        test.app
            .change_page(&jana.actor(), page, change)
            .await
            .unwrap();
        test.app.flush_search().await;
    };
    test.clock.advance(20 * MINUTE);
    rename(&test, "Grosz").await;
    test.clock.advance(1_000);
    rename(&test, "Patenfamilien").await;

    // The slip that stood for a second is no title that anybody knew.
    for _ in 0..2 {
        assert_eq!(
            titles(&ask(&test, &jana, words("Leihomabörse")).await),
            ["Patenfamilien"]
        );
        assert_eq!(ask(&test, &jana, words("Grosz")).await.total, 0);
        test.restart_without_views().await;
    }
}

#[tokio::test]
async fn administrators_edit_the_words_and_the_next_search_uses_them() {
    let mut test = TestApp::new().await;
    let kim = test.person("kim", Role::Administrator, "").await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let wish = Wish {
        title: "Lesestunde",
        text: "Freitags wird vorgelesen.",
        ..Wish::default()
    };
    create(&test, &jana, wish).await;
    assert_eq!(ask(&test, &jana, words("Schmökerzeit")).await.total, 0);

    let permit = admin(&kim);
    let shipped = test.app.word_list(&permit);
    assert_eq!((shipped.revision, shipped.unread.len()), (0, 0));
    assert_eq!(shipped.text, shipped.shipped);
    let text = "# eigene\nSchmökerzeit = Lesestunde\nallein\n".to_owned();
    let saved = test
        .app
        .save_word_list(&permit, text.clone(), 0)
        .await
        .unwrap();
    assert_eq!(
        saved
            .unread
            .first()
            .map(|line| (line.line, line.text.as_str())),
        Some((3, "allein"))
    );
    assert_eq!(
        titles(&ask(&test, &jana, words("Schmökerzeit")).await),
        ["Lesestunde"]
    );

    let stale = test
        .app
        .save_word_list(&permit, String::new(), 0)
        .await
        .unwrap_err();
    assert!(matches!(stale, WordsError::Changed { .. }));

    test.restart().await;
    assert_eq!(test.app.word_list(&permit).text, text);
    assert_eq!(ask(&test, &jana, words("Schmökerzeit")).await.total, 1);
}

#[tokio::test]
async fn searches_without_success_are_counted_without_the_person() {
    let mut test = TestApp::new().await;
    let kim = test.person("kim", Role::Administrator, "").await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let wish = Wish {
        title: "Lesestunde",
        text: "Vorlesen.",
        audience: Some(Audience::Space),
        ..Wish::default()
    };
    create(&test, &jana, wish).await;
    test.app.flush_search().await;
    for text in [
        "Quarkspeise",
        "  quarkspeise ",
        "Lesestunde",
        "xq@example.org",
    ] {
        test.app.missed(&jana.actor(), text).await.unwrap();
    }
    test.restart().await;
    let missed = test.app.missed_searches(&admin(&kim));
    let counted: Vec<_> = missed
        .iter()
        .map(|one| (one.text.as_str(), one.count))
        .collect();
    assert_eq!(counted, [("quarkspeise", 2)]);
    test.app.forget_missed(&admin(&kim)).await;
    assert_eq!(test.app.missed_searches(&admin(&kim)), []);
}

#[tokio::test]
async fn a_saved_search_is_ones_own_and_says_what_others_brought() {
    let mut test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let page = |title| Wish {
        title,
        text: "Frühstück",
        ..Wish::default()
    };
    create(&test, &ruth, page("Alt")).await;
    let query = "q=Fr%C3%BChst%C3%BCck".to_owned();
    let actor = jana.actor();
    let saved = test.app.save_search(&actor, "Frühstück".to_owned(), query);
    let saved = saved.await.unwrap();
    create(&test, &ruth, page("Neu")).await;
    create(&test, &jana, page("Selbst")).await;
    test.restart().await;

    assert_eq!(test.app.saved_searches(&ruth.actor()), []);
    assert_eq!(
        test.app.saved_searches(&jana.actor()),
        std::slice::from_ref(&saved)
    );
    test.app.flush_search().await;
    let since = Timestamp::from_millis(saved.seen);
    let asked = vec![(words("Frühstück"), since), (words("Mittagessen"), since)];
    let news = test.app.news_of_searches(&actor, asked);
    assert_eq!(news.await.unwrap(), [1, 0]);

    test.app.saw_search(&jana.actor(), &saved.id).await.unwrap();
    assert!(test.app.saved_searches(&jana.actor()).first().unwrap().seen > saved.seen);
    let foreign = test.app.forget_search(&ruth.actor(), &saved.id).await;
    assert!(matches!(foreign, Err(SaveSearchError::Unknown(_))));
    test.app
        .forget_search(&jana.actor(), &saved.id)
        .await
        .unwrap();
    assert_eq!(test.app.saved_searches(&jana.actor()), []);
}

#[tokio::test]
async fn people_are_suggested_where_they_wrote_something_that_one_may_read() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let wish = |audience| Wish {
        title: "Seite",
        text: "Text",
        audience: Some(audience),
        ..Wish::default()
    };
    create(&test, &ruth, wish(Audience::Space)).await;
    test.app.flush_search().await;
    let people = async |text: &str| {
        let found = test.app.suggest(&jana.actor(), text).await.unwrap();
        let names = found.people.into_iter().map(|one| one.person.name);
        names.collect::<Vec<_>>()
    };
    assert_eq!(people("rut").await, Vec::<String>::new());
    create(&test, &ruth, wish(Audience::Network)).await;
    test.app.flush_search().await;
    assert_eq!(people("rut").await, ["ruth"]);

    // However the name is spelled, and by each of its parts.
    let new = NewAccount {
        login: Login::parse("celik").unwrap(),
        name: PersonName::parse("Ayşe-Marie Çelik").unwrap(),
        label: String::new(),
        grants: ruth.grants.clone(),
        password: Password::new(PASSWORD.to_owned()).unwrap(),
    };
    let permit = operator::permit_admin(ruth.person);
    let celik = test.app.add_account(&permit, new).await.unwrap();
    create(&test, &celik, wish(Audience::Network)).await;
    test.app.flush_search().await;
    for typed in ["celik", "Çel", "ayse", "marie", "ayse-marie  ce"] {
        assert_eq!(people(typed).await, ["Ayşe-Marie Çelik"], "{typed}");
    }
    assert_eq!(people("arie").await, Vec::<String>::new());
}

#[tokio::test]
async fn terms_are_suggested_that_pages_are_filed_under_which_one_may_read() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let page = |title, tags, audience| Wish {
        title,
        text: "Text",
        tags,
        audience: Some(audience),
    };
    let open = page("Offen", &["Frühe Hilfen", "Ämter"], Audience::Network);
    create(&test, &jana, open).await;
    create(&test, &jana, page("Intern", &["Hilflos"], Audience::Space)).await;
    test.app.flush_search().await;
    let terms = async |by: &Account, text: &str| {
        let found = test.app.suggest(&by.actor(), text).await.unwrap().terms;
        let named = |term: SuggestedTerm| (term.facet, term.label);
        found.into_iter().map(named).collect::<Vec<_>>()
    };
    let tag = |label: &str| ("tag".to_owned(), label.to_owned());
    assert_eq!(terms(&ruth, "hilf").await, [tag("Frühe Hilfen")]);
    assert_eq!(
        terms(&jana, "hilf").await,
        [tag("Frühe Hilfen"), tag("Hilflos")]
    );
    for typed in ["aem", "Äm", "amt"] {
        assert_eq!(terms(&ruth, typed).await, [tag("Ämter")], "{typed}");
    }
    assert_eq!(terms(&ruth, "h").await, []);
}
