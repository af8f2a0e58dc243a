//! What every answer carries.

use axum::http::StatusCode;
use denkraum_domain::Role;

use crate::testing::Server;

#[tokio::test]
async fn every_answer_is_closed_to_other_sites_and_to_injected_code() {
    let server = Server::new().await;
    for path in [
        "/",
        "/healthz",
        "/api/v1/session",
        "/api/openapi.json",
        "/assets/gone.js",
    ] {
        let answer = server.get(path).send().await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"),
            "{path}"
        );
        assert!(
            !policy.contains("unsafe") && !policy.contains('*'),
            "{path}: {policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}: {name}");
        }
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
}

#[tokio::test]
async fn answers_of_the_api_are_kept_nowhere() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    for path in [
        "/api/v1/session",
        "/api/v1/pages",
        "/api/v1/nothing",
        "/readyz",
    ] {
        let answer = server.get(path).by(&jana).send().await;
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn an_export_is_a_file_and_never_a_page_of_this_site() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let page = server.page(&jana, "Frühe <b>Hilfen</b>", "space").await;
    for (format, kind, ending) in [
        ("md", "text/markdown; charset=utf-8", "md"),
        ("html", "text/html; charset=utf-8", "html"),
        ("json", "application/json", "json"),
    ] {
        let path = format!("/api/v1/pages/{page}/export?format={format}");
        let answer = server
            .get(&path)
            .by(&jana)
            .send()
            .await
            .expect(StatusCode::OK);
        assert_eq!(answer.header("content-type"), kind);
        let file = answer.header("content-disposition");
        assert!(
            file.starts_with("attachment; filename=\"") && file.contains(ending),
            "{file}"
        );
        assert!(answer.text().contains("Ein Satz."), "{format}");
    }
    let path = format!("/api/v1/pages/{page}/export?format=docx");
    server
        .get(&path)
        .by(&jana)
        .send()
        .await
        .refused(400, "wrong-value", Some("format"));
}

#[tokio::test]
async fn whoever_watches_the_process_needs_no_session() {
    let server = Server::new().await;
    let healthy = server.get("/healthz").send().await.expect(StatusCode::OK);
    assert_eq!(healthy.text(), "ok\n");
    let ready = server
        .get("/readyz")
        .send()
        .await
        .expect(StatusCode::OK)
        .json();
    assert_eq!(
        ready,
        serde_json::json!({ "ready": true, "writable": true })
    );
    server.kit.app.shutdown().await;
    let stopped = server
        .get("/readyz")
        .send()
        .await
        .expect(StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(stopped.json()["ready"], false);
}
