//! Page connections over a real listener, spoken to as stock clients speak.

use std::time::Duration;

use bytes::Bytes;
use denkraum_app::SessionToken;
use denkraum_domain::{PageId, Role};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use tokio_util::sync::CancellationToken;
use yrs::sync::{Message as YMessage, SyncMessage};
use yrs::updates::decoder::Decode as _;
use yrs::updates::encoder::Encode as _;
use yrs::{
    Doc, GetString as _, OffsetKind, Options, ReadTxn as _, StateVector, Text as _, Transact as _,
    Update,
};

use crate::HttpConfig;
use crate::testing::Server;

/// More than any step here takes; only a hanging test meets it.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that listens.
struct Listening {
    server: Server,
    address: String,
    stop: CancellationToken,
    running: JoinSet<std::io::Result<()>>,
}

impl Listening {
    async fn new() -> Self {
        let server = Server::new().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let stop = CancellationToken::new();
        let mut running = JoinSet::new();
        let app = server.kit.app.clone();
        let stopped = stop.clone().cancelled_owned();
        running.spawn(crate::serve(listener, app, HttpConfig::default(), stopped));
        Self {
            server,
            address,
            stop,
            running,
        }
    }

    async fn connect(&self, page: &str, headers: &[(&'static str, String)]) -> Result<Client, u16> {
        let url = format!("ws://{}/ws/pages/{page}?ext=saved,access", self.address);
        let mut request = url.into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Client::new(socket)),
            Err(tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    async fn join(&self, page: PageId, token: &SessionToken) -> Client {
        let headers = [("authorization", format!("Bearer {}", token.reveal()))];
        self.connect(&page.to_string(), &headers).await.unwrap()
    }
}

/// A client with its document.
struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    doc: Doc,
    /// How many of its messages the server has said to be durable.
    saved: u64,
}

impl Client {
    fn new(socket: WebSocketStream<MaybeTlsStream<TcpStream>>) -> Self {
        let options = Options {
            offset_kind: OffsetKind::Utf16,
            ..Options::default()
        };
        Self {
            socket,
            doc: Doc::with_options(options),
            saved: 0,
        }
    }

    async fn send(&mut self, bytes: impl Into<Bytes>) {
        self.socket
            .send(Message::Binary(bytes.into()))
            .await
            .unwrap();
    }

    async fn next(&mut self) -> Message {
        let message = timeout(PATIENCE, self.socket.next())
            .await
            .expect("a message in time");
        message.expect("the socket is open").unwrap()
    }

    /// The code that the server closes with.
    async fn closed(&mut self) -> u16 {
        loop {
            if let Message::Close(frame) = self.next().await {
                return frame.unwrap().code.into();
            }
        }
    }

    /// Takes one message of the server in, and answers it as a client does.
    async fn step(&mut self) {
        let Message::Binary(bytes) = self.next().await else {
            return;
        };
        if let [100, count @ ..] = &bytes[..] {
            assert!(count.len() == 1, "few enough for one byte");
            self.saved = u64::from(count[0]);
            return;
        }
        match YMessage::decode_v1(&bytes) {
            Ok(YMessage::Sync(SyncMessage::SyncStep1(known))) => {
                let update = self.doc.transact().encode_state_as_update_v1(&known);
                self.send(YMessage::Sync(SyncMessage::SyncStep2(update)).encode_v1())
                    .await;
            }
            Ok(YMessage::Sync(SyncMessage::SyncStep2(update) | SyncMessage::Update(update))) => {
                let update = Update::decode_v1(&update).unwrap();
                self.doc.transact_mut().apply_update(update).unwrap();
            }
            _ => {}
        }
    }

    /// Asks for the page.
    async fn open(&mut self) {
        let ask = YMessage::Sync(SyncMessage::SyncStep1(StateVector::default()));
        self.send(ask.encode_v1()).await;
    }

    /// Writes into the title.
    async fn write(&mut self, text: &str) {
        let title = self.doc.get_or_insert_text("title");
        let update = {
            let mut transaction = self.doc.transact_mut();
            title.insert(&mut transaction, 0, text);
            transaction.encode_update_v1()
        };
        self.send(YMessage::Sync(SyncMessage::Update(update)).encode_v1())
            .await;
    }

    fn title(&self) -> String {
        let title = self.doc.get_or_insert_text("title");
        title.get_string(&self.doc.transact())
    }

    /// Waits until the server tells this about the access.
    async fn told(&mut self, words: &str) {
        loop {
            if let Message::Binary(bytes) = self.next().await
                && bytes.first() == Some(&102)
                && bytes.ends_with(words.as_bytes())
            {
                return;
            }
        }
    }

    async fn until(&mut self, title: &str) {
        while self.title() != title {
            self.step().await;
        }
    }
}

async fn with_page() -> (Listening, SessionToken, PageId) {
    let listening = Listening::new().await;
    let jana = listening
        .server
        .person("jana", Role::Coordinator, "pankow")
        .await;
    let page = listening.server.page(&jana, "Titel", "space").await;
    (listening, jana, page)
}

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

#[tokio::test]
async fn signing_out_closes_the_pages_of_the_session() {
    let (listening, jana, page) = with_page().await;
    let mut client = listening.join(page, &jana).await;
    client.open().await;
    client.until("Titel").await;
    listening.server.kit.app.sign_out(&jana).await.unwrap();
    assert_eq!(client.closed().await, 4401);
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
