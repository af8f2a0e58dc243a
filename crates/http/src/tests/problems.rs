//! Errors: always problem details, in the reader's language, naming the field.

use axum::Router;
use axum::http::{Method, StatusCode};
use axum::routing::get;
use denkraum_domain::Role;
use denkraum_testkit::TestApp;
use serde_json::{Value, json};
use tokio_util::task::TaskTracker;

use crate::HttpConfig;
use crate::problem::RouteError;
use crate::router::wrap;
use crate::state::Shared;
use crate::testing::Server;

#[tokio::test]
async fn a_wrong_body_names_the_field() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let page = server.page(&jana, "Seite", "space").await;
    let page = format!("/api/v1/pages/{page}");
    let create = |key: &str, value: Value| {
        let mut body = json!({ "title": "A", "kind": "practice_case", "space": "pankow" });
        body[key] = value;
        server.post("/api/v1/pages", &body)
    };
    let change = |body: Value| server.patch(&page, &body);
    let cases = [
        (create("titel", json!("B")), 400, "unknown-field", "titel"),
        (create("title", json!(7)), 400, "wrong-type", "title"),
        (
            create("title", json!("x".repeat(201))),
            422,
            "title-too-long",
            "title",
        ),
        (
            create("title", json!("a\u{202e}b")),
            422,
            "wrong-value",
            "title",
        ),
        (create("kind", json!("poem")), 422, "unknown-value", "kind"),
        (
            create("space", json!("hamburg")),
            422,
            "unknown-value",
            "space",
        ),
        (create("space", json!("mitte")), 403, "forbidden", "space"),
        (
            create("audience", json!("world")),
            422,
            "unknown-value",
            "audience",
        ),
        (
            create("id", json!("01HEKN7K00000000000000000A")),
            422,
            "wrong-value",
            "id",
        ),
        (
            create("tags", json!(["a", " "])),
            422,
            "value-empty",
            "tags[1]",
        ),
        (create("tags", json!("a")), 400, "wrong-type", "tags"),
        (
            create("fields", json!({ "speaker": "A" })),
            422,
            "unknown-field",
            "fields.speaker",
        ),
        (
            create("fields", json!({ "departments": 1 })),
            422,
            "wrong-type",
            "fields.departments",
        ),
        (
            create("fields", json!({ "departments": ["fire"] })),
            422,
            "unknown-value",
            "fields.departments",
        ),
        (change(json!({ "title": "" })), 422, "title-empty", "title"),
        (change(json!({ "body": "" })), 400, "unknown-field", "body"),
        (
            change(json!({ "audience": "public" })),
            422,
            "audience-only-narrows",
            "audience",
        ),
    ];
    for (call, status, code, field) in cases {
        let answer = call.by(&jana).send().await;
        answer.refused(status, code, Some(field));
    }
}

#[tokio::test]
async fn a_text_that_pages_cannot_hold_is_refused() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let create = |key: &str, value: Value| {
        let mut body = json!({ "title": "A", "kind": "page", "space": "pankow" });
        body[key] = value;
        server.post("/api/v1/pages", &body)
    };
    let cases = [
        (create("body", json!("a")), 400, "wrong-type", "body"),
        (
            create("body", json!([{ "text": "a" }])),
            400,
            "missing-field",
            "body[0].type",
        ),
        (
            create("body", json!([{ "type": "poll" }])),
            422,
            "text-misfit",
            "body",
        ),
        (
            create("emerged_from", json!("nowhere")),
            422,
            "unknown-value",
            "emerged_from",
        ),
    ];
    for (call, status, code, field) in cases {
        let answer = call.by(&jana).send().await;
        answer.refused(status, code, Some(field));
    }
}

#[tokio::test]
async fn an_origin_that_is_hidden_is_refused_like_one_that_is_not_there() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let ruth = server.person("ruth", Role::Coordinator, "pankow").await;
    let hidden = server.page(&ruth, "Kanarienvogel", "draft").await;
    let mut answers = Vec::new();
    for origin in [hidden.to_string(), "01hekn7k00000000000000000a".to_owned()] {
        let body = json!({
            "title": "A", "kind": "page", "space": "pankow", "emerged_from": origin,
        });
        let answer = server.post("/api/v1/pages", &body).by(&jana).send().await;
        answer.refused(422, "unknown-value", Some("emerged_from"));
        answers.push(answer.json().to_string().replace(&origin, "ID"));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn an_id_is_taken_once() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let id = "01hekn7k00000000000000000a";
    let body = json!({ "id": id, "title": "A", "kind": "page", "space": "pankow" });
    let first = server.post("/api/v1/pages", &body).by(&jana).send().await;
    assert_eq!(first.expect(StatusCode::CREATED).json()["id"], id);
    let second = server.post("/api/v1/pages", &body).by(&jana).send().await;
    second.refused(409, "conflict", Some("id"));
}

#[tokio::test]
async fn too_much_for_one_page_is_refused_with_what_to_do() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let long = "- a\n".repeat(200_000);
    let body = json!({ "title": "A", "kind": "page", "space": "pankow", "markdown": long });
    let refused = server.post("/api/v1/pages", &body).by(&jana).send().await;
    refused.refused(422, "page-too-large", None);
    let pages = server.get("/api/v1/pages").by(&jana).send().await.json();
    assert_eq!(pages["items"], json!([]));
}

#[tokio::test]
async fn what_is_no_json_is_refused_before_it_is_looked_at() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let post = || server.call(Method::POST, "/api/v1/pages").by(&jana);
    let broken = post()
        .header("content-type", "application/json")
        .body("{\"title\": ");
    broken.send().await.refused(400, "invalid-json", None);
    let form = post().header("content-type", "text/plain").body("{}");
    form.send().await.refused(415, "not-json", None);
    let large = post()
        .header("content-type", "application/json")
        .body(" ".repeat((1 << 20) + 1));
    large.send().await.refused(413, "too-large", None);
}

#[tokio::test]
async fn a_wrong_parameter_is_named() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    for (path, code, field) in [
        ("/api/v1/pages?spaces=pankow", "unknown-parameter", "spaces"),
        ("/api/v1/pages?limit=0", "wrong-value", "limit"),
        ("/api/v1/pages?audience=world", "wrong-value", "audience"),
        ("/api/v1/pages?cursor=1", "wrong-value", "cursor"),
        ("/api/v1/search?q=a&typing=yes", "wrong-value", "typing"),
        ("/api/v1/search?q=a&q=b", "wrong-value", "q"),
        ("/api/v1/search?q=a&limit=1000", "wrong-value", "limit"),
        ("/api/v1/titles?id=x", "wrong-value", "id"),
        ("/api/v1/import?replace=maybe", "wrong-value", "replace"),
    ] {
        let method = if path.contains("import") {
            Method::POST
        } else {
            Method::GET
        };
        let answer = server.call(method, path).by(&jana).send().await;
        answer.refused(400, code, Some(field));
    }
    let long = format!("/api/v1/suggest?q={}", "a".repeat(501));
    server
        .get(&long)
        .by(&jana)
        .send()
        .await
        .refused(400, "value-too-long", Some("q"));
}

#[tokio::test]
async fn details_are_german_unless_english_is_wanted() {
    let server = Server::new().await;
    let german = server.get("/api/v1/session").send().await.json();
    assert_eq!(german["title"], "Nicht angemeldet");
    assert_eq!(german["detail"], "Bitte melden Sie sich an.");
    let call = server
        .get("/api/v1/session")
        .header("accept-language", "en-GB,en;q=0.9,de;q=0.5");
    let english = call.send().await.json();
    assert_eq!(english["title"], "Unauthorized");
    assert_eq!(english["detail"], "Please sign in.");
    assert_eq!(
        (&german["type"], &german["code"]),
        (&english["type"], &english["code"])
    );
}

#[tokio::test]
async fn an_import_takes_what_it_can_and_names_the_lines_it_cannot() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let page = |id: &str, title: &str| {
        json!({ "id": id, "title": title, "kind": "page", "space": "pankow", "audience": "space",
                "markdown": "# Überschrift\n\nText." })
    };
    let id = "01hekn7k00000000000000000a";
    let lines = format!("{}\n\nnonsense\n{}\n", page(id, "Eins"), page(id, "Zwei"));
    let import = |path: &str| {
        server
            .call(Method::POST, path)
            .by(&jana)
            .body(lines.clone())
    };
    let report = import("/api/v1/import")
        .send()
        .await
        .expect(StatusCode::OK)
        .json();
    assert_eq!(
        (&report["created"], &report["replaced"]),
        (&json!(1), &json!(0))
    );
    let failed = report["failed"].as_array().unwrap();
    let at: Vec<_> = failed
        .iter()
        .map(|one| one["line"].as_u64().unwrap())
        .collect();
    assert_eq!(at, [3, 4]);
    let report = import("/api/v1/import?replace=true").send().await.json();
    // Which of two lines with one id is meant, nobody can say: the first counts, the other is named.
    assert_eq!(
        (&report["created"], &report["replaced"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(report["failed"][1]["line"], 4);
    let page = server
        .get(&format!("/api/v1/pages/{id}"))
        .by(&jana)
        .send()
        .await
        .json();
    assert_eq!(page["title"], "Eins");
    let bytes = server
        .call(Method::POST, "/api/v1/import")
        .by(&jana)
        .body(vec![0xff, 0xfe]);
    bytes.send().await.refused(400, "not-utf8", None);
}

async fn panicking() -> StatusCode {
    panic!("a secret state")
}

#[tokio::test]
async fn a_failure_of_the_server_carries_an_id_and_not_its_cause() {
    let kit = TestApp::new().await;
    let failing = || async { RouteError::internal(std::io::Error::other("a secret path")) };
    let routes = Router::<Shared>::new()
        .route("/fails", get(failing))
        .route("/panics", get(panicking));
    let shared = Shared::new(kit.app.clone(), HttpConfig::default(), TaskTracker::new());
    let server = Server::around(kit, wrap(routes, shared));
    let mut ids = Vec::new();
    for path in ["/fails", "/panics", "/fails"] {
        let answer = server.get(path).send().await;
        answer.refused(500, "failed", None);
        assert!(!answer.text().contains("secret"), "{}", answer.text());
        assert_eq!(answer.header("cache-control"), "no-store");
        ids.push(answer.json()["id"].as_str().unwrap().to_owned());
    }
    ids.dedup();
    assert_eq!(ids.len(), 3);
}
