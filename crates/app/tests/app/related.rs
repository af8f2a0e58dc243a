//! Pages like a page, as several readers see them.

use denkraum_app::RelatedTo;
use denkraum_domain::{Audience, Role};
use denkraum_testkit::TestApp;

use crate::search::{Wish, create};

#[tokio::test]
async fn similar_pages_come_from_what_one_may_read_and_say_why() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let page = |title, text, audience| Wish {
        title,
        text,
        audience: Some(audience),
        ..Wish::default()
    };
    let text = "Hebammen besuchen Familien mit Säuglingen im Wochenbett.";
    let seen = create(&test, &jana, page("Hebammen", text, Audience::Network)).await;
    create(&test, &ruth, page("Wochenbett", text, Audience::Network)).await;
    create(&test, &ruth, page("Verborgen", text, Audience::Space)).await;
    create(
        &test,
        &jana,
        page("Zahnputztag", "Zähne in der Kita.", Audience::Network),
    )
    .await;
    let own = create(&test, &jana, page("Intern", text, Audience::Space)).await;
    test.app.flush_search().await;

    let related = test
        .app
        .related(&jana.actor(), seen, RelatedTo::Page)
        .await
        .unwrap();
    let named: Vec<_> = related.iter().map(|one| one.page.title.as_str()).collect();
    assert_eq!(named, ["Wochenbett", "Intern"]);
    let shared = &related.first().unwrap().shared;
    assert!(
        shared.iter().any(|word| word.contains("Hebammen")),
        "{shared:?}"
    );
    assert_eq!(
        test.app
            .related(&ruth.actor(), own, RelatedTo::Page)
            .await
            .unwrap(),
        []
    );
}

#[tokio::test]
async fn pages_are_not_alike_for_the_questions_that_their_kind_begins_with() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let asked = "# Was haben wir beobachtet?\n\n# Was haben wir ausprobiert?\n\n";
    let text = format!("{asked}# Woran hakt es noch?\n\nZähne putzen in der Kita.");
    let page = |title, text| Wish {
        title,
        text,
        ..Wish::default()
    };
    create(&test, &ruth, page("Zahnputztag", &text)).await;
    let begun = create(&test, &jana, page("Waschmaschine", asked)).await;
    test.app.flush_search().await;
    let actor = jana.actor();
    let related = test.app.related(&actor, begun, RelatedTo::Page);
    assert_eq!(related.await.unwrap(), []);
}

#[tokio::test]
async fn a_section_and_a_passage_have_similar_pages_of_their_own() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let page = |title, text| Wish {
        title,
        text,
        ..Wish::default()
    };
    let both = "## Hebammen\n\nHebammen besuchen Familien mit Säuglingen im Wochenbett.\n\n\
                ## Zähne\n\nDie Zahnärztin putzt mit den Kindern der Kita die Zähne.";
    let both = create(&test, &jana, page("Zwei Vorhaben", both)).await;
    let text = "Die Hebammen kommen zu Säuglingen nach Hause, gleich nach dem Wochenbett.";
    create(&test, &ruth, page("Willkommensbesuch", text)).await;
    let text = "Eine Zahnärztin zeigt in der Kita, wie man Zähne putzt.";
    create(&test, &ruth, page("Zahnputztag", text)).await;
    test.app.flush_search().await;

    let alike = async |to: RelatedTo| {
        let found = test.app.related(&jana.actor(), both, to).await.unwrap();
        let first = found.first().map(|one| one.page.title.clone());
        (first.unwrap_or_default(), found.len())
    };
    let section = |heading: &str| RelatedTo::Section(heading.to_owned());
    assert_eq!(
        alike(section("Hebammen")).await,
        ("Willkommensbesuch".to_owned(), 1)
    );
    assert_eq!(alike(section("Zähne")).await, ("Zahnputztag".to_owned(), 1));
    assert_eq!(alike(section("Gibt es nicht")).await, (String::new(), 0));
    let passage = RelatedTo::Passage("wo Kinder in der Kita Zähne putzen".to_owned());
    assert_eq!(alike(passage).await, ("Zahnputztag".to_owned(), 1));
    assert_eq!(alike(RelatedTo::Page).await.1, 2);
}

#[tokio::test]
async fn the_closest_page_is_among_similar_ones_however_many_others_have() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let ruth = test.person("ruth", Role::Coordinator, "lichtenberg").await;
    let page = |title, text| Wish {
        title,
        text,
        ..Wish::default()
    };
    let text = "Die Zahnärztin putzt mit den Kindern der Kita die Zähne.";
    let asked = create(&test, &jana, page("Zahnputztag", text)).await;
    create(&test, &jana, page("Die eigene", text)).await;
    for _ in 0..9 {
        let text = "Eine Zahnärztin kommt in die Kita, und alle Kinder putzen mit.";
        create(&test, &ruth, page("Eine von vielen", text)).await;
    }
    // So that the words tell something.
    for _ in 0..30 {
        create(&test, &ruth, page("Anderes", "Die Mieten steigen.")).await;
    }
    test.app.flush_search().await;
    let found = test
        .app
        .related(&jana.actor(), asked, RelatedTo::Page)
        .await
        .unwrap();
    let titles: Vec<_> = found.iter().map(|one| one.page.title.as_str()).collect();
    let other = "Eine von vielen";
    assert_eq!(titles, [other, other, other, other, "Die eigene"]);
}
