//! Who gets in: without a session nobody, and nobody where they may not know that something is.

use axum::http::{Method, StatusCode};
use denkraum_domain::Role;
use serde_json::{Value, json};

use crate::testing::Server;

/// What is open to everybody, or decides otherwise than by 401 (the socket upgrades first).
const OPEN: [(&str, &str); 6] = [
    ("GET", "/api/openapi.json"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/ws/pages/{id}"),
    ("POST", "/api/v1/session"),
    ("POST", "/api/v1/setup"),
];

/// All operations of the description, which is made from the routes.
fn operations() -> Vec<(String, String)> {
    let api: Value = serde_json::from_str(&crate::openapi()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            operations.push((method.to_uppercase(), path.clone()));
        }
    }
    operations
}

#[tokio::test]
async fn every_route_but_the_named_ones_demands_a_session() {
    let server = Server::new().await;
    let operations = operations();
    for (method, path) in &operations {
        if OPEN.contains(&(method.as_str(), path.as_str())) {
            continue;
        }
        let address = path.replace("{id}", "01hekn7k00000000000000000a");
        let method: Method = method.parse().unwrap();
        for token in ["", "Bearer x", "Bearer 00"] {
            let call = server
                .call(method.clone(), &address)
                .header("authorization", token);
            // The body is wrong too: who is not signed in is not told so.
            let answer = call.json(&json!([])).send().await;
            answer.refused(401, "signed-out", None);
        }
    }
    for (method, path) in OPEN {
        let known = operations
            .iter()
            .any(|(m, p)| (m.as_str(), p.as_str()) == (method, path));
        assert!(known, "{method} {path} is no route");
    }
}

#[tokio::test]
async fn every_address_of_the_api_that_is_no_route_is_a_problem_and_not_the_shell() {
    let server = Server::new().await;
    for path in [
        "/api",
        "/api/v1",
        "/api/v1/nothing",
        "/ws/pages",
        "/api/v2/pages",
    ] {
        server
            .get(path)
            .send()
            .await
            .refused(404, "not-found", None);
    }
    let jana = server.person("jana", Role::Writer, "pankow").await;
    let answer = server
        .call(Method::PUT, "/api/v1/pages")
        .by(&jana)
        .send()
        .await;
    assert_eq!(answer.problem().0, 405);
    assert!(answer.header("allow").contains("POST"));
}

#[tokio::test]
async fn a_hidden_page_is_not_there_and_a_visible_one_is_forbidden_to_write() {
    let server = Server::new().await;
    let author = server.person("jana", Role::Writer, "pankow").await;
    let other = server.person("ruth", Role::Writer, "lichtenberg").await;
    let draft = server.page(&author, "Entwurf", "draft").await;
    let open = server.page(&author, "Für alle", "network").await;

    let change = json!({ "title": "Neu" });
    let draft = format!("/api/v1/pages/{draft}");
    server
        .get(&draft)
        .by(&author)
        .send()
        .await
        .expect(StatusCode::OK);
    for call in [
        server.get(&draft),
        server.get(&format!("{draft}/export")),
        server.patch(&draft, &change),
        server.get("/api/v1/pages/01hekn7k00000000000000000a"),
        server.get("/api/v1/pages/nonsense"),
    ] {
        call.by(&other)
            .send()
            .await
            .refused(404, "unknown-page", None);
    }

    let open = format!("/api/v1/pages/{open}");
    let seen = server
        .get(&open)
        .by(&other)
        .send()
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        seen.json()["can"],
        json!({
            "edit": false,
            "narrow": false,
            "archive": false,
            "restore": false,
            "move": false,
        })
    );
    let refused = server.patch(&open, &change).by(&other).send().await;
    refused.refused(403, "forbidden", None);
}

#[tokio::test]
async fn titles_and_lists_do_not_tell_of_hidden_pages() {
    let server = Server::new().await;
    let author = server.person("jana", Role::Writer, "pankow").await;
    let other = server.person("ruth", Role::Writer, "lichtenberg").await;
    let draft = server.page(&author, "Geheim", "draft").await;
    let open = server.page(&author, "Offen", "network").await;

    let asked = format!("/api/v1/titles?id={draft}&id={open}");
    let titles = server.get(&asked).by(&other).send().await.json();
    let expected = json!([
        { "id": draft.to_string(), "title": null },
        { "id": open.to_string(), "title": "Offen", "kind": "practice_case", "space": "pankow" },
    ]);
    assert_eq!(titles["items"], expected);
    let list = server.get("/api/v1/pages").by(&other).send().await.text();
    assert!(list.contains("Offen") && !list.contains("Geheim"), "{list}");
}

#[tokio::test]
async fn accounts_are_for_administrators() {
    let server = Server::new().await;
    let admin = server.person("admin", Role::Administrator, "").await;
    let writer = server.person("jana", Role::Writer, "pankow").await;
    let nobody = "/api/v1/people/01hekn7k00000000000000000a";
    for call in [
        server.get("/api/v1/people"),
        server.post("/api/v1/people", &new_person()),
        server.patch(nobody, &json!({})),
        server.patch("/api/v1/people/nonsense", &json!({})),
    ] {
        call.by(&writer)
            .send()
            .await
            .refused(403, "forbidden", None);
    }
    server
        .get("/metrics")
        .by(&writer)
        .send()
        .await
        .refused(403, "forbidden", None);
    let absent = server.patch(nobody, &json!({})).by(&admin).send().await;
    absent.refused(404, "unknown-person", None);
    let added = server
        .post("/api/v1/people", &new_person())
        .by(&admin)
        .send()
        .await;
    assert_eq!(added.expect(StatusCode::CREATED).json()["login"], "neu");
    let again = server
        .post("/api/v1/people", &new_person())
        .by(&admin)
        .send()
        .await;
    again.refused(409, "conflict", Some("login"));
    let metrics = server
        .get("/metrics")
        .by(&admin)
        .send()
        .await
        .expect(StatusCode::OK)
        .text();
    assert!(
        metrics.contains("denkraum_http_requests_total"),
        "{metrics}"
    );
    assert!(metrics.ends_with("# EOF\n"), "{metrics}");
}

#[tokio::test]
async fn an_account_that_is_closed_is_signed_out_at_once() {
    let server = Server::new().await;
    let admin = server.person("admin", Role::Administrator, "").await;
    let jana = server
        .kit
        .person("jana", Role::Writer, "pankow")
        .await
        .person;
    let token = server.sign_in("jana").await;
    server
        .get("/api/v1/session")
        .by(&token)
        .send()
        .await
        .expect(StatusCode::OK);
    let address = format!("/api/v1/people/{jana}");
    let closed = server
        .patch(&address, &json!({ "active": false }))
        .by(&admin)
        .send()
        .await;
    assert_eq!(closed.expect(StatusCode::OK).json()["active"], false);
    server
        .get("/api/v1/session")
        .by(&token)
        .send()
        .await
        .refused(401, "signed-out", None);
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let server = Server::new().await;
    let account = server.kit.person("admin", Role::Administrator, "").await;
    let admin = server.sign_in("admin").await;
    let address = format!("/api/v1/people/{}", account.person);
    for change in [json!({ "active": false }), json!({ "grants": [] })] {
        let answer = server.patch(&address, &change).by(&admin).send().await;
        answer.refused(409, "last-administrator", None);
    }
}

fn new_person() -> Value {
    json!({
        "login": "Neu",
        "name": "Neue Person",
        "grants": [{ "role": "writer", "space": "mitte" }],
        "password": "ein langes Passwort",
    })
}
