//! One connection to a page: the stock protocol with the `saved` addition.

use std::time::Duration;

use anyhow::{Context as _, Result};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use yrs::sync::{Message as Frame, SyncMessage};
use yrs::updates::decoder::Decode as _;
use yrs::updates::encoder::Encode as _;
use yrs::{ClientID, Doc, OffsetKind, Options, ReadTxn as _, Transact as _, Update};

/// The type of the message that says how much is saved.
const SAVED: u8 = 100;

/// What the server said.
pub(crate) enum Heard {
    /// So many of the connection's own sync messages are durable.
    Saved(u64),
    /// It was asked for what it has, and has answered with one sync message.
    Answered,
    /// The document holds what the server has.
    Synced,
    /// Something else.
    Other,
    /// The connection is over.
    End,
}

/// A connection.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// An empty document, counting as browsers do.
pub(crate) fn document(client: u64) -> Doc {
    Doc::with_options(Options {
        client_id: ClientID::new(client),
        offset_kind: OffsetKind::Utf16,
        ..Options::default()
    })
}

impl Socket {
    /// Opens a page and asks for it.
    pub(crate) async fn open(address: &str, page: &str, token: &str, doc: &Doc) -> Result<Self> {
        let url = format!("ws://{address}/ws/pages/{page}?ext=saved");
        let mut request = url.into_client_request()?;
        let bearer = format!("Bearer {token}").parse()?;
        request.headers_mut().insert("authorization", bearer);
        let (socket, _) = connect_async(request).await.context("could not connect")?;
        let mut socket = Self(socket);
        let known = doc.transact().state_vector();
        socket.send(SyncMessage::SyncStep1(known)).await?;
        Ok(socket)
    }

    /// Sends an update: one sync message.
    pub(crate) async fn update(&mut self, update: Vec<u8>) -> Result<()> {
        self.send(SyncMessage::Update(update)).await
    }

    async fn send(&mut self, message: SyncMessage) -> Result<()> {
        let frame = Frame::Sync(message).encode_v1();
        Ok(self.0.send(Message::Binary(frame.into())).await?)
    }

    /// Waits for a message and takes it in; `None` after so long without one.
    pub(crate) async fn hear(&mut self, patience: Duration, doc: &Doc) -> Result<Option<Heard>> {
        let Ok(message) = tokio::time::timeout(patience, self.0.next()).await else {
            return Ok(None);
        };
        let Some(Ok(message)) = message else {
            return Ok(Some(Heard::End));
        };
        let bytes = match message {
            Message::Binary(bytes) => bytes,
            Message::Close(_) => return Ok(Some(Heard::End)),
            _ => return Ok(Some(Heard::Other)),
        };
        if let Some((&SAVED, count)) = bytes.split_first() {
            return Ok(Some(Heard::Saved(number(count))));
        }
        let heard = match Frame::decode_v1(&bytes)? {
            Frame::Sync(SyncMessage::SyncStep1(known)) => {
                let missing = doc.transact().encode_state_as_update_v1(&known);
                match self.send(SyncMessage::SyncStep2(missing)).await {
                    Ok(()) => Heard::Answered,
                    Err(_) => Heard::End,
                }
            }
            Frame::Sync(SyncMessage::SyncStep2(update)) => {
                doc.transact_mut()
                    .apply_update(Update::decode_v1(&update)?)?;
                Heard::Synced
            }
            Frame::Sync(SyncMessage::Update(update)) => {
                doc.transact_mut()
                    .apply_update(Update::decode_v1(&update)?)?;
                Heard::Other
            }
            _ => Heard::Other,
        };
        Ok(Some(heard))
    }
}

/// A number as lib0 writes it: seven bits a byte, the lowest first.
fn number(bytes: &[u8]) -> u64 {
    let parts = bytes.iter().take(9).enumerate();
    parts.fold(0, |sum, (index, byte)| {
        sum | u64::from(byte & 0x7F) << (7 * index)
    })
}
