//! What programs rely on: the answers as files in `tests/golden/`.
//!
//! A changed answer fails here. If the change is meant, `UPDATE_GOLDEN=1` writes the files anew;
//! they are looked at like code.

use std::path::PathBuf;

use denkraum_domain::Role;
use serde_json::{Value, json};

use crate::testing::{Answer, Server};

fn check(name: &str, answer: &Answer) {
    let found = json!({
        "status": answer.status.as_u16(),
        "type": answer.header("content-type"),
        "body": answer.json(),
    });
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let text = serde_json::to_string_pretty(&found).unwrap() + "\n";
        std::fs::write(&path, text).unwrap();
    }
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let wanted: Value = serde_json::from_str(&text).unwrap_or_default();
    assert_eq!(found, wanted, "{}", path.display());
}

const CASE: &str = "01hekn7k00000000000000000a";
const TALK: &str = "01hekn7k00000000000000000b";

async fn with_pages(server: &Server) -> denkraum_app::SessionToken {
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let talk = json!({
        "id": TALK,
        "title": "Frühe Hilfen im Gespräch",
        "kind": "page",
        "space": "pankow",
        "audience": "network",
        "markdown": format!("Siehe [Fall](denkraum:{CASE}). Danach mehr."),
    });
    let case = json!({
        "id": CASE,
        "title": "Ein Fall",
        "kind": "practice_case",
        "space": "pankow",
        "audience": "space",
        "tags": ["Übergang", "Kita"],
        "fields": { "departments": ["youth"], "social_area": "Nordkiez" },
        "markdown": format!("# Lage\n\nEine **Familie** fragt.\n\n- [x](denkraum:{TALK})\n"),
    });
    for page in [case, talk] {
        let created = server.post("/api/v1/pages", &page).by(&jana).send().await;
        created.expect(axum::http::StatusCode::CREATED);
    }
    jana
}

#[tokio::test]
async fn the_answers_of_the_api_stay_as_they_are() {
    let server = Server::new().await;
    let jana = with_pages(&server).await;
    for (name, path) in [
        ("session.json", "/api/v1/session".to_owned()),
        ("catalogue.json", "/api/v1/catalogue".to_owned()),
        ("page.json", format!("/api/v1/pages/{CASE}")),
        ("page-linked.json", format!("/api/v1/pages/{TALK}")),
        ("pages.json", "/api/v1/pages?limit=1".to_owned()),
        ("start.json", "/api/v1/start".to_owned()),
        ("space.json", "/api/v1/spaces/pankow".to_owned()),
        ("unknown-space.json", "/api/v1/spaces/atlantis".to_owned()),
        (
            "titles.json",
            format!("/api/v1/titles?id={CASE}&id=01hekn7k00000000000000000c"),
        ),
        (
            "export.json",
            format!("/api/v1/pages/{CASE}/export?format=json"),
        ),
        (
            "unknown-page.json",
            "/api/v1/pages/01hekn7k00000000000000000c".to_owned(),
        ),
        (
            "unknown-parameter.json",
            "/api/v1/pages?spaces=pankow".to_owned(),
        ),
    ] {
        let answer = server.get(&path).by(&jana).send().await;
        check(name, &answer);
    }
    let long = json!({ "title": "x".repeat(201) });
    let refused = server
        .patch(&format!("/api/v1/pages/{CASE}"), &long)
        .by(&jana)
        .send()
        .await;
    check("title-too-long.json", &refused);
    let strategy = json!({
        "id": "01hekn7k00000000000000000d",
        "title": "Strategie",
        "kind": "strategy",
        "space": "pankow",
        "audience": "space",
        "fields": {
            "agreement_state": "signed",
            "agreement_date": "2023-07-18",
            "departments": ["youth", "health"],
            "core_team": [
                { "id": "0a1b2c3d", "department": "youth", "role": "Planung" },
                { "id": "0a1b2c3e", "role": "Träger" },
            ],
            "step_goals_pages": [CASE],
        },
        "markdown": "",
    });
    let created = server.post("/api/v1/pages", &strategy).by(&jana).send();
    check("page-fields.json", &created.await);
    let approach = json!({
        "id": "01hekn7k00000000000000000e",
        "title": "Ansatz",
        "kind": "approach",
        "space": "pankow",
        "audience": "space",
        "fields": { "impact_level": "level_3", "criteria": { "setting": "in der Kita" } },
        "markdown": "",
    });
    let created = server.post("/api/v1/pages", &approach).by(&jana).send();
    check("page-criteria.json", &created.await);
    let empty = json!({ "fields": { "social_area": null }, "tags": [], "audience": "draft" });
    let changed = server
        .patch(&format!("/api/v1/pages/{CASE}"), &empty)
        .by(&jana)
        .send()
        .await;
    check("page-changed.json", &changed);
}

#[tokio::test]
async fn comments_are_told_as_they_were() {
    let server = Server::new().await;
    let jana = with_pages(&server).await;
    let all = format!("/api/v1/pages/{CASE}/comments");
    let comment = json!({
        "id": "01hekn7k00000000000000000e",
        "text": "Gibt es dazu Worte der Familien?",
        "start": "AAEB",
        "end": "AAEC",
        "quote": "Eine Familie fragt.",
    });
    let said = server.post(&all, &comment).by(&jana).send().await;
    check("comment.json", &said);
    let reply = json!({ "id": "01hekn7k00000000000000000f", "text": "Ja, zwei." });
    let one = format!("{all}/01hekn7k00000000000000000e");
    let answered = server.post(&format!("{one}/replies"), &reply).by(&jana);
    answered
        .send()
        .await
        .expect(axum::http::StatusCode::CREATED);
    let settled = server.patch(&one, &json!({ "resolved": true })).by(&jana);
    settled.send().await.expect(axum::http::StatusCode::OK);
    let removed = server.call(axum::http::Method::DELETE, &one).by(&jana);
    removed
        .send()
        .await
        .expect(axum::http::StatusCode::NO_CONTENT);
    check("comments.json", &server.get(&all).by(&jana).send().await);
}

#[tokio::test]
async fn a_space_with_all_its_parts_is_told_as_it_was() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    for (number, kind, fields) in [
        (
            1,
            "strategy",
            json!({ "agreement_state": "signed", "step_goals": "reached", "focus_areas": "Wege" }),
        ),
        (
            2,
            "offer",
            json!({ "field": ["access"], "life_phase": ["parents"] }),
        ),
        (3, "milestone", json!({ "date": "2024-02-01" })),
        (4, "approach", json!({})),
    ] {
        let page = json!({
            "id": format!("01hekn7k0000000000000000{number}a"),
            "title": format!("Seite {number}"),
            "kind": kind,
            "space": "pankow",
            "audience": "network",
            "fields": fields,
            "markdown": "Ein Satz.",
        });
        let created = server.post("/api/v1/pages", &page).by(&jana).send().await;
        created.expect(axum::http::StatusCode::CREATED);
    }
    let archive = "/api/v1/pages/01hekn7k00000000000000004a/archive";
    let archived = server.post(archive, &json!({})).by(&jana).send().await;
    check("page-archived.json", &archived);
    let space = server.get("/api/v1/spaces/pankow").by(&jana).send().await;
    check("space-full.json", &space);
    let start = server.get("/api/v1/start").by(&jana).send().await;
    check("start-full.json", &start);
    let seen = server.post("/api/v1/start/seen", &json!({})).by(&jana);
    seen.send().await.expect(axum::http::StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn what_is_found_is_told_as_it_was() {
    let server = Server::new().await;
    let jana = with_pages(&server).await;
    // An import commits the index before it answers, so this page and those before it are found.
    let line = json!({
        "id": "01hekn7k00000000000000000c", "title": "Kitafrühstück", "kind": "page",
        "space": "pankow", "audience": "network", "markdown": "Das Frühstück beginnt um acht.",
    });
    let import = server
        .call(axum::http::Method::POST, "/api/v1/import")
        .by(&jana);
    check("import.json", &import.body(line.to_string()).send().await);
    let search = server.get("/api/v1/search?q=Fr%C3%BChst%C3%BCck").by(&jana);
    check("search.json", &search.send().await);
    let suggest = server.get("/api/v1/suggest?q=kita").by(&jana);
    check("suggest.json", &suggest.send().await);
}

#[tokio::test]
async fn the_answers_to_administrators_stay_as_they_are() {
    let server = Server::new().await;
    let admin = server.person("admin", Role::Administrator, "").await;
    server.kit.person("jana", Role::Coordinator, "pankow").await;
    check(
        "people.json",
        &server.get("/api/v1/people").by(&admin).send().await,
    );
}
