//! That people and programs are told when nothing can be saved.

use axum::http::StatusCode;
use denkraum_domain::Role;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::client::{Client, with_page};

async fn told(client: &mut Client) -> String {
    loop {
        if let Message::Binary(bytes) = client.next().await
            && bytes[0] == 105
        {
            return String::from_utf8(bytes[2..].to_vec()).unwrap();
        }
    }
}

/// [S-43, F-12] With a full disk open pages are told, `/readyz` says so, reading goes on, and all of it
/// is over by itself.
#[tokio::test]
async fn a_full_disk_is_told_to_open_pages_and_to_whoever_watches() {
    let (listening, jana, page) = with_page().await;
    let server = &listening.server;
    let rita = server.person("rita", Role::Reader, "pankow").await;
    let mut reading = listening.join(page, &rita).await;
    // It is open when the server has spoken.
    reading.next().await;
    let path = format!("/api/v1/pages/{page}");
    for (is_full, word) in [(true, "full"), (false, "writable")] {
        server.kit.fill_disk(is_full);
        let said = told(&mut reading).await;
        assert_eq!(said, json!({ "storage": word }).to_string());
        let ready = server.get("/readyz").send().await.expect(StatusCode::OK);
        let expected = json!({ "ready": true, "writable": !is_full });
        assert_eq!(ready.json(), expected);
        let read = server.get(&path).by(&rita).send().await;
        read.expect(StatusCode::OK);
        let change = json!({ "title": "Neuer Titel" });
        let changed = server.patch(&path, &change).by(&jana).send().await;
        if is_full {
            changed.refused(503, "read-only", None);
        } else {
            changed.expect(StatusCode::OK);
        }
    }
}
