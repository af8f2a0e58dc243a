//! Page connections over a real listener, spoken to as stock clients speak.

mod bounds;
mod client;
mod comments;
mod lost;
mod neighbours;
mod rights;
mod storage;

use denkraum_app::SessionToken;
use denkraum_domain::Role;
use futures_util::SinkExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use client::{Listening, PATIENCE, with_page};

#[tokio::test]
async fn two_people_write_one_title_together() {
    let (listening, jana, page) = with_page().await;
    let samuel = listening
        .server
        .person("samuel", Role::Writer, "pankow")
        .await;
    let (mut one, mut two) = (
        listening.join(page, &jana).await,
        listening.join(page, &samuel).await,
    );
    one.open().await;
    two.open().await;
    one.until("Titel").await;
    two.until("Titel").await;
    one.write("Ein ").await;
    two.until("Ein Titel").await;
    two.write("Noch ").await;
    one.until("Noch Ein Titel").await;
    while one.saved == 0 || two.saved == 0 {
        if one.saved == 0 {
            one.step().await;
        } else {
            two.step().await;
        }
    }
    let path = format!("/api/v1/pages/{page}/export?format=json");
    let shown = listening.server.get(&path).by(&jana).send().await.json();
    assert_eq!(shown["title"], "Noch Ein Titel");
}

#[tokio::test]
async fn an_api_change_reaches_those_who_have_the_page_open() {
    let (listening, jana, page) = with_page().await;
    let mut client = listening.join(page, &jana).await;
    client.open().await;
    client.until("Titel").await;
    let change = serde_json::json!({ "title": "Neuer Titel" });
    let path = format!("/api/v1/pages/{page}");
    let changed = listening
        .server
        .patch(&path, &change)
        .by(&jana)
        .send()
        .await;
    changed.expect(axum::http::StatusCode::OK);
    client.until("Neuer Titel").await;
}

#[tokio::test]
async fn who_may_not_join_is_told_by_a_close_code() {
    let (listening, jana, page) = with_page().await;
    let ruth = listening
        .server
        .person("ruth", Role::Writer, "lichtenberg")
        .await;
    let bearer = |token: &SessionToken| ("authorization", format!("Bearer {}", token.reveal()));
    let page = page.to_string();
    for (page, headers, code) in [
        (page.as_str(), vec![], 4401),
        (
            page.as_str(),
            vec![("authorization", "Bearer x".to_owned())],
            4401,
        ),
        (page.as_str(), vec![bearer(&ruth)], 4404),
        ("01hekn7k00000000000000000a", vec![bearer(&jana)], 4404),
        ("nonsense", vec![bearer(&jana)], 4404),
    ] {
        let mut client = listening.connect(page, &headers).await.unwrap();
        assert_eq!(client.closed().await, code, "{page}");
    }
}

#[tokio::test]
async fn an_upgrade_with_the_cookie_must_come_from_us() {
    let (listening, jana, page) = with_page().await;
    let page = page.to_string();
    let cookie = ("cookie", format!("denkraum={}", jana.reveal()));
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        let headers = [cookie.clone(), ("origin", origin.to_owned())];
        assert_eq!(
            listening.connect(&page, &headers).await.err(),
            Some(403),
            "{origin}"
        );
    }
    assert_eq!(
        listening
            .connect(&page, std::slice::from_ref(&cookie))
            .await
            .err(),
        Some(403)
    );
    let own = [cookie, ("origin", format!("http://{}", listening.address))];
    let mut client = listening.connect(&page, &own).await.unwrap();
    client.open().await;
    client.until("Titel").await;
}

#[tokio::test]
async fn messages_that_are_none_close_the_connection_and_disturb_nobody() {
    let (listening, jana, page) = with_page().await;
    let mut neighbour = listening.join(page, &jana).await;
    neighbour.open().await;
    neighbour.until("Titel").await;
    let mut client = listening.join(page, &jana).await;
    client
        .socket
        .send(Message::Text("{}".into()))
        .await
        .unwrap();
    assert_eq!(client.closed().await, 4400);
    let mut client = listening.join(page, &jana).await;
    client.send(vec![0, 2, 3, 0xff, 0xff, 0xff]).await;
    assert_eq!(client.closed().await, 4400);
    let mut client = listening.join(page, &jana).await;
    // The server does not read it to its end, so sending it may fail.
    let _cut = client
        .socket
        .send(Message::Binary(vec![0; 2 << 20].into()))
        .await;
    assert_eq!(client.closed().await, 4413);
    neighbour.write("Mein ").await;
    while neighbour.saved == 0 {
        neighbour.step().await;
    }
}

#[tokio::test]
async fn a_server_that_stops_tells_everybody_to_come_again() {
    let (mut listening, jana, page) = with_page().await;
    let mut client = listening.join(page, &jana).await;
    client.open().await;
    client.until("Titel").await;
    listening.stop.cancel();
    assert_eq!(client.closed().await, 1012);
    drop(client);
    let ended = timeout(PATIENCE, listening.running.join_next()).await;
    ended.expect("the server ends").unwrap().unwrap().unwrap();
    let refused = TcpStream::connect(&listening.address).await;
    assert!(refused.is_err());
}

#[tokio::test]
async fn counters_are_for_this_machine() {
    let listening = Listening::new().await;
    let ask = |extra: &str| {
        format!("GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{extra}\r\n")
    };
    for (extra, status) in [("", "200"), ("x-forwarded-for: 192.0.2.1\r\n", "401")] {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let mut stream = TcpStream::connect(&listening.address).await.unwrap();
        stream.write_all(ask(extra).as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
}
