//! That who has a page open hears of its comments.

use axum::http::StatusCode;
use denkraum_domain::Role;
use serde_json::json;

use super::client::with_page;

/// [S-42]
#[tokio::test]
async fn who_has_the_page_open_hears_of_each_comment() {
    let (listening, jana, page) = with_page().await;
    let server = &listening.server;
    let rita = server.person("rita", Role::Reader, "pankow").await;
    let mut reading = listening.join(page, &rita).await;
    // It is open when the server has spoken.
    reading.next().await;
    let all = format!("/api/v1/pages/{page}/comments");
    let comment = json!({ "text": "Ja?", "start": "AAEB", "end": "AAEC", "quote": "Satz" });
    let said = server.post(&all, &comment).by(&jana).send().await;
    let thread = said.expect(StatusCode::CREATED).json();
    reading.told_of_comments().await;
    let one = format!("{all}/{}", thread["id"].as_str().unwrap());
    let settle = json!({ "resolved": true });
    let settled = server.patch(&one, &settle).by(&jana).send().await;
    settled.expect(StatusCode::OK);
    reading.told_of_comments().await;
    let again = server.patch(&one, &settle).by(&jana).send().await;
    again.expect(StatusCode::OK);
    let replies = format!("{one}/replies");
    let answered = server.post(&replies, &json!({ "text": "Gut." })).by(&jana);
    answered.send().await.expect(StatusCode::CREATED);
    reading.told_of_comments().await;
}
