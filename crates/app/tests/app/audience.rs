//! An audience becomes narrower, and nothing tells of the page any more.

use std::collections::BTreeMap;

use denkraum_app::{
    Account, ChangeError, FieldValue, NewPage, PageChange, SearchRequest, SearchResults,
};
use denkraum_domain::{Audience, KindId, PageId, PageTitle, Role};
use denkraum_testkit::TestApp;

async fn create(test: &TestApp, by: &Account, title: &str, text: &str) -> PageId {
    let new = NewPage {
        id: None,
        title: Some(PageTitle::parse(title).unwrap()),
        kind: KindId::parse("approach").unwrap(),
        space: by.home().unwrap().clone(),
        audience: Audience::Network,
        tags: Vec::new(),
        fields: BTreeMap::from([("status".to_owned(), FieldValue::Text("tried".to_owned()))]),
        markdown: Some(text.to_owned()),
        body: None,
        emerged_from: None,
    };
    let created = test.app.create_page(&by.actor(), new).await.unwrap();
    created.summary.page.id
}

/// What search says, however far the index is: nothing here waits for it.
async fn asked(test: &TestApp, by: &Account, text: &str) -> SearchResults {
    let request = SearchRequest {
        text: text.to_owned(),
        limit: 10,
        ..SearchRequest::default()
    };
    test.app.search(&by.actor(), request).await.unwrap()
}

#[tokio::test]
async fn an_audience_only_becomes_narrower_and_search_knows_before_the_answer() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let page = create(&test, &jana, "Weit", "Hier gibt es ein Elternfrühstück.").await;
    test.app.flush_search().await;
    let set = async |audience| {
        let change = PageChange {
            audience: Some(audience),
            ..PageChange::default()
        };
        test.app.change_page(&jana.actor(), page, change).await
    };
    let before = asked(&test, &ruth, "Elterncafé").await;
    assert_eq!((before.total, before.hits.len()), (1, 1));
    assert_eq!(before.facets["status"].len(), 1);
    assert_eq!(before.also_found, ["Elternfrühstück"]);
    let mistyped = asked(&test, &ruth, "Elternfrühstükc").await;
    assert_eq!(mistyped.offers, ["Elternfrühstück"]);

    for narrower in [Audience::Space, Audience::Draft] {
        let changed = set(narrower).await.unwrap();
        assert_eq!(changed.summary.audience, narrower);
        for text in ["Elterncafé", "Elternfrühstükc", ""] {
            let after = asked(&test, &ruth, text).await;
            assert_eq!((after.total, after.hits.len()), (0, 0), "{text}");
            assert!(after.facets.values().all(Vec::is_empty), "{after:?}");
            assert_eq!((after.also_found, after.offers), (vec![], vec![]), "{text}");
        }
        let titles = test.app.suggest(&ruth.actor(), "Wei").await.unwrap();
        assert_eq!(titles.pages, []);
        let people = test.app.suggest(&ruth.actor(), "jana").await.unwrap();
        assert_eq!(people.people, [], "nothing of hers is to be read");
        assert_eq!(asked(&test, &jana, "Elterncafé").await.total, 1);
    }
    let refused = set(Audience::Network).await.unwrap_err();
    assert!(matches!(refused, ChangeError::WidensAudience(_)));
}
