//! Rights that change while a page is open: the socket hears of it, or is closed.

use axum::http::StatusCode;
use denkraum_app::SessionToken;
use denkraum_domain::{PageId, Role};
use serde_json::{Value, json};

use super::client::{Client, Listening, with_page};

/// Joins and has the page.
async fn opened(listening: &Listening, page: PageId, token: &SessionToken) -> Client {
    let mut client = listening.join(page, token).await;
    client.open().await;
    client.until("Titel").await;
    client
}

/// Gives a person other grants, as the administrator does it.
async fn grant(listening: &Listening, login: &str, grants: Value) {
    let server = &listening.server;
    let alex = server.person("alex", Role::Administrator, "").await;
    let people = server.get("/api/v1/people").by(&alex).send().await.json();
    let people = people["items"].as_array().unwrap();
    let person = people.iter().find(|one| one["login"] == login).unwrap();
    let path = format!("/api/v1/people/{}", person["id"].as_str().unwrap());
    let change = json!({ "grants": grants });
    let changed = server.patch(&path, &change).by(&alex).send().await;
    changed.expect(StatusCode::OK);
}

#[tokio::test]
async fn whoever_has_a_page_open_is_told_that_it_is_archived_and_that_it_is_back() {
    let (listening, jana, page) = with_page().await;
    let reader = listening
        .server
        .person("carla", Role::Reader, "pankow")
        .await;
    let (mut writes, mut reads) = (
        listening.join(page, &jana).await,
        listening.join(page, &reader).await,
    );
    for client in [&mut writes, &mut reads] {
        client.open().await;
        client.until("Titel").await;
    }
    for (verb, writer, reader) in [
        (
            "archive",
            r#"{"access":"read","reason":"archived"}"#,
            r#"{"access":"read","reason":"archived"}"#,
        ),
        (
            "restore",
            r#"{"access":"edit","reason":"role"}"#,
            r#"{"access":"read","reason":"role"}"#,
        ),
    ] {
        let path = format!("/api/v1/pages/{page}/{verb}");
        let body = serde_json::json!({});
        let done = listening.server.post(&path, &body).by(&jana).send().await;
        done.expect(axum::http::StatusCode::OK);
        writes.told(writer).await;
        reads.told(reader).await;
    }
    writes.write("Alter ").await;
    reads.until("Alter Titel").await;
}

/// [S-27]
#[tokio::test]
async fn whoever_may_only_read_from_now_on_stays_and_writes_no_more() {
    let (listening, jana, page) = with_page().await;
    let samuel = listening
        .server
        .person("samuel", Role::Writer, "pankow")
        .await;
    let mut client = opened(&listening, page, &samuel).await;
    let reads = json!([{ "role": "reader", "space": "pankow" }]);
    grant(&listening, "samuel", reads).await;
    let told = r#"{"access":"read","reason":"role"}"#;
    client.told(told).await;
    client.write("Heimlich ").await;
    client.told(told).await;
    let path = format!("/api/v1/pages/{page}/export?format=json");
    let shown = listening.server.get(&path).by(&jana).send().await.json();
    assert_eq!(shown["title"], "Titel");
}

/// [S-27]
#[tokio::test]
async fn whoever_loses_their_role_in_the_space_is_shown_out() {
    let (listening, _, page) = with_page().await;
    let samuel = listening
        .server
        .person("samuel", Role::Writer, "pankow")
        .await;
    let mut client = opened(&listening, page, &samuel).await;
    let elsewhere = json!([{ "role": "writer", "space": "lichtenberg" }]);
    grant(&listening, "samuel", elsewhere).await;
    client.told(r#"{"access":"none","reason":"role"}"#).await;
    assert_eq!(client.closed().await, 4403);
    let mut again = listening.join(page, &samuel).await;
    assert_eq!(again.closed().await, 4404);
}

/// [S-27]
#[tokio::test]
async fn a_narrower_audience_shows_out_whoever_is_not_in_it() {
    let (listening, jana, _) = with_page().await;
    let ruth = listening
        .server
        .person("ruth", Role::Writer, "lichtenberg")
        .await;
    let page = listening.server.page(&jana, "Titel", "network").await;
    let mut client = opened(&listening, page, &ruth).await;
    let mut author = opened(&listening, page, &jana).await;
    let mut colleague = opened(&listening, page, &jana).await;
    let path = format!("/api/v1/pages/{page}");
    let narrow = json!({ "audience": "space" });
    let changed = listening
        .server
        .patch(&path, &narrow)
        .by(&jana)
        .send()
        .await;
    changed.expect(StatusCode::OK);
    client.told(r#"{"access":"none","reason":"role"}"#).await;
    assert_eq!(client.closed().await, 4403);
    author.write("Neuer ").await;
    colleague.until("Neuer Titel").await;
}

/// [S-27]
#[tokio::test]
async fn a_session_that_ends_by_time_closes_its_pages() {
    let (listening, jana, page) = with_page().await;
    let mut client = opened(&listening, page, &jana).await;
    listening.server.kit.clock.advance(11 * 3_600_000);
    let later = listening.server.sign_in("jana").await;
    let mut writes = opened(&listening, page, &later).await;
    let mut reads = opened(&listening, page, &later).await;
    listening.server.kit.clock.advance(3_600_000);
    client
        .told(r#"{"access":"none","reason":"signed-out"}"#)
        .await;
    assert_eq!(client.closed().await, 4401);
    let mut again = listening.join(page, &jana).await;
    assert_eq!(again.closed().await, 4401);
    // The session that began later goes on, though it is the same person's.
    writes.write("Neuer ").await;
    reads.until("Neuer Titel").await;
}

#[tokio::test]
async fn signing_out_closes_the_pages_of_the_session() {
    let (listening, jana, page) = with_page().await;
    let mut client = listening.join(page, &jana).await;
    client.open().await;
    client.until("Titel").await;
    listening.server.kit.app.sign_out(&jana).await.unwrap();
    assert_eq!(client.closed().await, 4401);
}
