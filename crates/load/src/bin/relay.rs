//! `denkraum-relay PORT`: the limit of what a server on this machine can do.
//!
//! Rooms that pass messages on to everybody else: drain what waits, then flush. No documents, no
//! checks, no disk. A question is answered with an empty document.

use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Bytes, Message};

/// What a connection reads at once, as our server does; the default would be 128 KiB of memory.
const READ_BUFFER: usize = 4 << 10;
const EMPTY_ANSWER: &[u8] = &[0, 1, 2, 0, 0];

type Room = Arc<Mutex<HashMap<u64, UnboundedSender<Bytes>>>>;
type Rooms = Arc<Mutex<HashMap<String, Room>>>;

fn main() -> ExitCode {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok());
    let Some(port) = port else {
        eprintln!("usage: denkraum-relay PORT");
        return ExitCode::from(2);
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    match runtime.and_then(|runtime| runtime.block_on(relay(port))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("denkraum-relay: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn relay(port: u16) -> std::io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let (rooms, mut connections, mut last) = (Rooms::default(), JoinSet::new(), 0);
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted?;
                stream.set_nodelay(true)?;
                last += 1;
                connections.spawn(serve(stream, last, Arc::clone(&rooms)));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(stream: TcpStream, number: u64, rooms: Rooms) {
    let mut path = String::new();
    let read_path = |request: &Request, response: Response| {
        request.uri().path().clone_into(&mut path);
        Ok::<_, ErrorResponse>(response)
    };
    let config = WebSocketConfig::default().read_buffer_size(READ_BUFFER);
    let accepted =
        tokio_tungstenite::accept_hdr_async_with_config(stream, read_path, Some(config)).await;
    let Ok(socket) = accepted else { return };
    let room = Arc::clone(locked(&rooms).entry(path).or_default());
    let (sender, waiting) = unbounded_channel();
    locked(&room).insert(number, sender.clone());
    pass_on(socket, waiting, number, &room, &sender).await;
    locked(&room).remove(&number);
}

async fn pass_on(
    socket: WebSocketStream<TcpStream>,
    mut waiting: UnboundedReceiver<Bytes>,
    number: u64,
    room: &Room,
    own: &UnboundedSender<Bytes>,
) {
    let (mut sink, mut stream) = socket.split();
    let writing = async {
        while let Some(first) = waiting.recv().await {
            sink.feed(Message::Binary(first)).await?;
            while let Ok(next) = waiting.try_recv() {
                sink.feed(Message::Binary(next)).await?;
            }
            sink.flush().await?;
        }
        Ok::<_, tokio_tungstenite::tungstenite::Error>(())
    };
    let reading = async {
        while let Some(Ok(message)) = stream.next().await {
            let Message::Binary(bytes) = message else {
                continue;
            };
            match bytes.first_chunk::<2>() {
                // A failed send means that the other has gone.
                Some([0, 0]) => drop(own.send(Bytes::from_static(EMPTY_ANSWER))),
                Some([0, 2] | [1, _]) => {
                    for (_, other) in locked(room).iter().filter(|(other, _)| **other != number) {
                        drop(other.send(bytes.clone()));
                    }
                }
                _ => {}
            }
        }
    };
    tokio::select! {
        _ = writing => {}
        () = reading => {}
    }
}
