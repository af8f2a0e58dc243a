//! Archiving, bringing back and moving over the API: who may, and what the answers say.

use axum::http::StatusCode;
use denkraum_domain::Role;
use serde_json::json;

use crate::testing::Server;

#[tokio::test]
async fn each_person_is_answered_by_what_they_may_do_with_the_page() {
    let server = Server::new().await;
    let author = server.person("samuel", Role::Writer, "pankow").await;
    let people = [
        (
            "coordinator",
            server.person("jana", Role::Coordinator, "pankow").await,
            200,
        ),
        (
            "writer",
            server.person("wim", Role::Writer, "pankow").await,
            403,
        ),
        (
            "reader",
            server.person("rita", Role::Reader, "pankow").await,
            403,
        ),
        (
            "other district",
            server.person("ruth", Role::Coordinator, "mitte").await,
            404,
        ),
        (
            "facilitator",
            server.person("hen", Role::Facilitator, "").await,
            404,
        ),
    ];
    let page = server.page(&author, "Seite", "space").await;
    let address = |verb: &str| format!("/api/v1/pages/{page}/{verb}");
    for (who, person, status) in &people {
        for (verb, body) in [
            ("archive", json!({})),
            ("restore", json!({})),
            ("move", json!({ "space": "berlin", "audience": "draft" })),
        ] {
            let answer = server.post(&address(verb), &body).by(person).send().await;
            // A coordinator may keep the page, but not hide it as a draft of somebody else.
            let wanted = if verb == "move" {
                (*status).max(403)
            } else {
                *status
            };
            assert_eq!(answer.status.as_u16(), wanted, "{who}: {verb}");
        }
    }
    for verb in ["archive", "restore"] {
        let done = server.post(&address(verb), &json!({})).by(&author).send();
        let shown = done.await.expect(StatusCode::OK).json();
        assert_eq!(shown["archived"], verb == "archive");
    }
    let draft = json!({ "space": "berlin", "audience": "draft" });
    let moved = server
        .post(&address("move"), &draft)
        .by(&author)
        .send()
        .await;
    let moved = moved.expect(StatusCode::OK).json();
    assert_eq!(
        (&moved["space"], &moved["audience"]),
        (&json!("berlin"), &json!("draft"))
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_move_is_named() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let page = server.page(&jana, "Seite", "space").await;
    let address = format!("/api/v1/pages/{page}/move");
    for (body, status, code, field) in [
        (
            json!({ "space": "atlantis" }),
            422,
            "unknown-value",
            "space",
        ),
        (json!({ "space": "mitte" }), 403, "no-destination", "space"),
        (json!({ "space": "berlin" }), 422, "move-widens", "audience"),
        (
            json!({ "space": "berlin", "audience": "all" }),
            422,
            "unknown-value",
            "audience",
        ),
        (json!({ "place": "berlin" }), 400, "unknown-field", "place"),
    ] {
        let answer = server.post(&address, &body).by(&jana).send().await;
        answer.refused(status, code, Some(field));
    }
}

#[tokio::test]
async fn a_list_of_the_archive_says_since_when_and_by_whom() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let page = server.page(&jana, "Seite", "space").await;
    let archive = format!("/api/v1/pages/{page}/archive");
    let done = server.post(&archive, &json!({})).by(&jana).send().await;
    done.expect(StatusCode::OK);
    let list = server
        .get("/api/v1/pages?archived=true&space=pankow")
        .by(&jana)
        .send()
        .await
        .expect(StatusCode::OK)
        .json();
    assert_eq!(list["items"][0]["id"], page.to_string());
    assert_eq!(list["items"][0]["archived_by"]["name"], "jana");
    assert_eq!(list["items"][0]["archived_at"], "2023-11-07T09:00:00Z");
    let list = server.get("/api/v1/pages").by(&jana).send().await.json();
    assert_eq!(list["items"], json!([]));
    let wrong = server
        .get("/api/v1/pages?with=field")
        .by(&jana)
        .send()
        .await;
    wrong.refused(400, "wrong-value", Some("with"));
}
