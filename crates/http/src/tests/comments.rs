//! Comments over the API: what is sent and refused.

use axum::http::{Method, StatusCode};
use denkraum_app::SessionToken;
use denkraum_domain::{PageId, Role};
use serde_json::{Value, json};

use crate::testing::{Answer, Server};

const FIRST: &str = "01hekn7k00000000000000000a";
const REPLY: &str = "01hekn7k00000000000000000b";

fn comment() -> Value {
    json!({
        "id": FIRST,
        "text": "Woher kommt die Zahl?",
        "start": "AAEB",
        "end": "AAEC",
        "quote": "27 Familien",
    })
}

fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

/// A page of Pankow with Jana, who coordinates it, and Samuel, who comments.
async fn talk() -> (Server, SessionToken, SessionToken, PageId) {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let samuel = server.person("samuel", Role::Commenter, "pankow").await;
    let page = server.page(&jana, "Seite", "space").await;
    (server, jana, samuel, page)
}

#[tokio::test]
async fn a_thread_is_begun_answered_changed_settled_and_taken_away() {
    let (server, jana, samuel, page) = talk().await;
    let all = format!("/api/v1/pages/{page}/comments");
    let one = format!("{all}/{FIRST}");
    let begun = server.post(&all, &comment()).by(&samuel).send().await;
    let begun = begun.expect(StatusCode::CREATED).json();
    assert_eq!(begun["id"], FIRST);
    assert_eq!(begun["quote"], "27 Familien");
    assert_eq!(
        begun["comments"][0]["can"],
        json!({ "edit": true, "remove": true })
    );

    let reply = json!({ "id": REPLY, "text": "Aus der Erhebung." });
    let replies = format!("{one}/replies");
    let answered = server.post(&replies, &reply).by(&jana).send().await;
    let answered = answered.expect(StatusCode::CREATED).json();
    assert_eq!(answered["comments"][1]["text"], "Aus der Erhebung.");
    assert_eq!(
        answered["comments"][0]["can"],
        json!({ "edit": false, "remove": true })
    );

    let other = json!({ "text": "Aus der Erhebung von 2022." });
    let changed = server
        .patch(&format!("{replies}/{REPLY}"), &other)
        .by(&jana);
    let changed = changed.send().await.expect(StatusCode::OK).json();
    assert_eq!(changed["comments"][1]["text"], other["text"]);
    let settle = json!({ "resolved": true });
    let settled = server.patch(&one, &settle).by(&samuel).send().await;
    let settled = settled.expect(StatusCode::OK).json();
    assert_eq!(settled["resolved"]["by"]["name"], "samuel");

    let remove = async |path: &str| {
        let removed = server.call(Method::DELETE, path).by(&jana).send().await;
        removed.expect(StatusCode::NO_CONTENT);
        let listed = server.get(&all).by(&jana).send().await;
        listed.expect(StatusCode::OK).json()["items"].clone()
    };
    assert_eq!(remove(&one).await[0]["comments"][0]["text"], Value::Null);
    assert_eq!(remove(&format!("{replies}/{REPLY}")).await, json!([]));
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_its_place() {
    let (server, _jana, samuel, page) = talk().await;
    let all = format!("/api/v1/pages/{page}/comments");
    for (body, code, field) in [
        (
            with(comment(), "text", json!(" \n ")),
            "value-empty",
            "text",
        ),
        (
            with(comment(), "text", json!("ü".repeat(4001))),
            "value-too-long",
            "text",
        ),
        (
            with(comment(), "quote", json!("ü".repeat(301))),
            "value-too-long",
            "quote",
        ),
        (with(comment(), "quote", json!("")), "value-empty", "quote"),
        (
            with(comment(), "start", json!("a b")),
            "wrong-value",
            "start",
        ),
        (
            with(comment(), "end", json!("A".repeat(121))),
            "wrong-value",
            "end",
        ),
        (with(comment(), "id", json!("1")), "wrong-value", "id"),
    ] {
        let answer = server.post(&all, &body).by(&samuel).send().await;
        answer.refused(422, code, Some(field));
    }
    let one = format!("{all}/{FIRST}");
    let nothing = server.patch(&one, &json!({})).by(&samuel).send().await;
    nothing.refused(422, "value-empty", Some("text"));
}

#[tokio::test]
async fn comments_that_are_not_there_and_pages_that_are_hidden_are_not_found() {
    let (server, jana, samuel, page) = talk().await;
    let ruth = server.person("ruth", Role::Coordinator, "mitte").await;
    let all = format!("/api/v1/pages/{page}/comments");
    let begun = server.post(&all, &comment()).by(&samuel).send().await;
    begun.expect(StatusCode::CREATED);
    let one = format!("{all}/{FIRST}");
    let calls = async |who: &SessionToken, thread: &str| -> Vec<Answer> {
        let replies = format!("{thread}/replies");
        let text = json!({ "text": "x" });
        vec![
            server.post(&replies, &text).by(who).send().await,
            server.patch(thread, &text).by(who).send().await,
            server.call(Method::DELETE, thread).by(who).send().await,
            server
                .patch(&format!("{replies}/{REPLY}"), &text)
                .by(who)
                .send()
                .await,
            server
                .call(Method::DELETE, &format!("{replies}/{REPLY}"))
                .by(who)
                .send()
                .await,
        ]
    };
    for answer in calls(&ruth, &one).await {
        answer.refused(404, "unknown-page", None);
    }
    for thread in [format!("{all}/{REPLY}"), format!("{all}/nonsense")] {
        for answer in calls(&jana, &thread).await {
            answer.refused(404, "unknown-comment", None);
        }
    }
    let again = with(comment(), "text", json!("x"));
    let taken = server.post(&all, &again).by(&jana).send().await;
    taken.refused(409, "conflict", Some("id"));
    let rita = server.person("rita", Role::Reader, "pankow").await;
    let refused = server.post(&all, &again).by(&rita).send().await;
    refused.refused(403, "forbidden", None);
    let listed = server.get(&all).by(&rita).send().await;
    let listed = listed.expect(StatusCode::OK).json();
    assert_eq!(listed["can"], json!({ "comment": false }));
    assert_eq!(listed["items"][0]["comments"].as_array().unwrap().len(), 1);
}
