//! A server that listens, and a client that speaks to it as stock clients do.

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
use crate::serve::{Bounds, serve_bounded};
use crate::testing::Server;

/// More than any step here takes; only a hanging test meets it.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// A server that listens.
pub(super) struct Listening {
    pub(super) server: Server,
    pub(super) address: String,
    pub(super) stop: CancellationToken,
    pub(super) running: JoinSet<std::io::Result<()>>,
}

impl Listening {
    pub(super) async fn new() -> Self {
        let (connections, head) = (1_000, PATIENCE * 10);
        Self::bounded(Bounds { connections, head }).await
    }

    pub(super) async fn bounded(bounds: Bounds) -> Self {
        let server = Server::new().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let stop = CancellationToken::new();
        let mut running = JoinSet::new();
        let app = server.kit.app.clone();
        let stopped = stop.clone().cancelled_owned();
        let config = HttpConfig::default();
        running.spawn(serve_bounded(listener, app, config, bounds, stopped));
        Self {
            server,
            address,
            stop,
            running,
        }
    }

    pub(super) async fn connect(
        &self,
        page: &str,
        headers: &[(&'static str, String)],
    ) -> Result<Client, u16> {
        let url = format!(
            "ws://{}/ws/pages/{page}?ext=saved,access,kept,comments,storage",
            self.address
        );
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

    pub(super) async fn join(&self, page: PageId, token: &SessionToken) -> Client {
        let headers = [("authorization", format!("Bearer {}", token.reveal()))];
        self.connect(&page.to_string(), &headers).await.unwrap()
    }
}

/// A client with its document.
pub(super) struct Client {
    pub(super) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    doc: Doc,
    /// How many of its messages the server has said to be durable.
    pub(super) saved: u64,
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

    pub(super) async fn send(&mut self, bytes: impl Into<Bytes>) {
        self.socket
            .send(Message::Binary(bytes.into()))
            .await
            .unwrap();
    }

    pub(super) async fn next(&mut self) -> Message {
        let message = timeout(PATIENCE, self.socket.next())
            .await
            .expect("a message in time");
        message.expect("the socket is open").unwrap()
    }

    /// The code that the server closes with.
    pub(super) async fn closed(&mut self) -> u16 {
        loop {
            if let Message::Close(frame) = self.next().await {
                return frame.unwrap().code.into();
            }
        }
    }

    /// Whether the first thing that the server says is not that it closes.
    pub(super) async fn is_let_in(&mut self) -> bool {
        !matches!(self.next().await, Message::Close(_))
    }

    /// Takes one message of the server in, and answers it as a client does.
    pub(super) async fn step(&mut self) {
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
    pub(super) async fn open(&mut self) {
        let ask = YMessage::Sync(SyncMessage::SyncStep1(StateVector::default()));
        self.send(ask.encode_v1()).await;
    }

    /// Writes into the title.
    pub(super) async fn write(&mut self, text: &str) {
        let title = self.doc.get_or_insert_text("title");
        let update = {
            let mut transaction = self.doc.transact_mut();
            title.insert(&mut transaction, 0, text);
            transaction.encode_update_v1()
        };
        self.send(YMessage::Sync(SyncMessage::Update(update)).encode_v1())
            .await;
    }

    pub(super) fn title(&self) -> String {
        let title = self.doc.get_or_insert_text("title");
        title.get_string(&self.doc.transact())
    }

    /// Waits until the server tells this about the access.
    pub(super) async fn told(&mut self, words: &str) {
        loop {
            if let Message::Binary(bytes) = self.next().await
                && bytes.first() == Some(&102)
                && bytes.ends_with(words.as_bytes())
            {
                return;
            }
        }
    }

    /// Waits until the server says that it keeps lost text of this person.
    pub(super) async fn told_of_lost_text(&mut self) {
        while !matches!(self.next().await, Message::Binary(bytes) if bytes.first() == Some(&103)) {}
    }

    /// Waits until the server says that the comments of the page are others now.
    pub(super) async fn told_of_comments(&mut self) {
        while !matches!(self.next().await, Message::Binary(bytes) if bytes[..] == [104]) {}
    }

    pub(super) async fn until(&mut self, title: &str) {
        while self.title() != title {
            self.step().await;
        }
    }
}

pub(super) async fn with_page() -> (Listening, SessionToken, PageId) {
    page_on(Listening::new().await).await
}

pub(super) async fn page_on(listening: Listening) -> (Listening, SessionToken, PageId) {
    let jana = listening
        .server
        .person("jana", Role::Coordinator, "pankow")
        .await;
    let page = listening.server.page(&jana, "Titel", "space").await;
    (listening, jana, page)
}
