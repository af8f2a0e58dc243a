//! What fields say as filters of the search, and where in a page a hit is.

use axum::http::StatusCode;
use denkraum_app::SessionToken;
use denkraum_domain::Role;
use serde_json::{Value, json};

use super::search;
use crate::testing::Server;

async fn filed(server: &Server, by: &SessionToken, title: &str, fields: Value) {
    let body = json!({
        "title": title,
        "kind": "approach",
        "space": "pankow",
        "audience": "network",
        "fields": fields,
        "markdown": "Ein Frühstück für Familien.",
    });
    let created = server.post("/api/v1/pages", &body).by(by).send().await;
    created.expect(StatusCode::CREATED);
}

fn titles(found: &Value) -> Vec<&str> {
    let hits = found["hits"].as_array().unwrap().iter();
    let mut titles: Vec<&str> = hits.map(|hit| hit["title"].as_str().unwrap()).collect();
    titles.sort_unstable();
    titles
}

fn counted<'a>(found: &'a Value, facet: &str) -> Vec<(&'a str, u64)> {
    let values = found["facets"][facet].as_array().unwrap().iter();
    let mut counted: Vec<(&str, u64)> = values
        .map(|one| {
            (
                one["value"].as_str().unwrap(),
                one["count"].as_u64().unwrap(),
            )
        })
        .collect();
    counted.sort_unstable();
    counted
}

#[tokio::test]
async fn every_field_that_is_declared_as_a_filter_narrows_widens_and_is_counted() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let eins = json!({
        "field": ["housing", "access"],
        "life_phase": ["daycare"],
        "departments": ["youth"],
        "status": "tried",
        "impact_level": "level_2",
    });
    let zwei = json!({
        "field": ["housing"],
        "life_phase": ["parents", "daycare"],
        "departments": ["health"],
        "status": "idea",
        "impact_level": "level_4",
    });
    let drei = json!({
        "field": ["cooperation"],
        "life_phase": ["youth"],
        "departments": ["health", "school"],
        "status": "idea",
        "impact_level": "level_7",
    });
    for (title, fields) in [("Eins", eins), ("Zwei", zwei), ("Drei", drei)] {
        filed(&server, &jana, title, fields).await;
    }
    for (choice, expected) in [
        ("field=housing", vec!["Eins", "Zwei"]),
        ("field=access&field=cooperation", vec!["Drei", "Eins"]),
        ("phase=daycare", vec!["Eins", "Zwei"]),
        ("phase=youth&phase=parents", vec!["Drei", "Zwei"]),
        ("department=health", vec!["Drei", "Zwei"]),
        ("department=school&department=youth", vec!["Drei", "Eins"]),
        ("status=idea", vec!["Drei", "Zwei"]),
        ("facet=impact:level_2", vec!["Eins"]),
        (
            "facet=impact:level_2&facet=impact:level_7",
            vec!["Drei", "Eins"],
        ),
        ("department=health&phase=daycare", vec!["Zwei"]),
        (
            "field=housing&status=tried&facet=impact:level_2",
            vec!["Eins"],
        ),
        ("field=access&status=idea", vec![]),
    ] {
        let found = search(&server, &jana, &format!("q=Familien&{choice}")).await;
        assert_eq!(titles(&found), expected, "{choice}");
    }

    // The counts of a facet ignore its own choice, those of the others do not.
    let found = search(
        &server,
        &jana,
        "q=Familien&department=health&facet=impact:level_4",
    )
    .await;
    assert_eq!(counted(&found, "impact"), [("level_4", 1), ("level_7", 1)]);
    assert_eq!(counted(&found, "department"), [("health", 1)]);
    assert_eq!(counted(&found, "phase"), [("daycare", 1), ("parents", 1)]);
    assert_eq!(counted(&found, "field"), [("housing", 1)]);
    assert_eq!(counted(&found, "status"), [("idea", 1)]);
}

#[tokio::test]
async fn a_hit_names_the_section_or_the_field_of_its_passage() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let body = json!({
        "title": "Obst im Kiez",
        "kind": "approach",
        "space": "pankow",
        "audience": "network",
        "fields": { "summary": "Wir kochen Marmelade." },
        "markdown": "Vorweg ein Apfel.\n\n# Lage\n\nEine Birne.\n\n# Lage\n\nDie Quitte.",
    });
    let created = server.post("/api/v1/pages", &body).by(&jana).send().await;
    created.expect(StatusCode::CREATED);
    let place = |word: &'static str| {
        let (server, jana) = (&server, &jana);
        async move {
            let found = search(server, jana, &format!("q={word}")).await;
            let hit = &found["hits"][0];
            json!([hit["heading"], hit["section"], hit["in_field"]])
        }
    };
    assert_eq!(place("Apfel").await, json!([null, null, null]));
    assert_eq!(place("Birne").await, json!(["Lage", "h-lage", null]));
    assert_eq!(place("Quitte").await, json!(["Lage", "h-lage-2", null]));
    assert_eq!(
        place("Marmelade").await,
        json!([null, "feld-summary", "summary"])
    );
}
