use std::net::Ipv4Addr;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpSocket;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::*;

/// So little that no message fits, so that writes are taken in part.
const SMALL_BUFFER: u32 = 4 << 10;
const MESSAGE: usize = 30_000;

/// The server's and the client's end of a connection.
async fn ends() -> (ClientStream, TcpStream) {
    let listening = TcpSocket::new_v4().unwrap();
    listening.set_send_buffer_size(SMALL_BUFFER).unwrap();
    listening.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let listening = listening.listen(1).unwrap();
    let client = TcpSocket::new_v4().unwrap();
    client.set_recv_buffer_size(SMALL_BUFFER).unwrap();
    let address = listening.local_addr().unwrap();
    let (accepted, client) = tokio::join!(listening.accept(), client.connect(address));
    (ClientStream::new(accepted.unwrap().0), client.unwrap())
}

fn message(from: u8, number: u8) -> Bytes {
    let mut bytes = vec![number; MESSAGE];
    bytes[0] = from;
    bytes.into()
}

#[tokio::test]
async fn what_two_writers_write_at_once_arrives_whole_and_in_each_ones_order() {
    let (stream, client) = ends().await;
    let direct = DirectWriter::new(stream.writes(), Counter::default());
    let mut server = WebSocketStream::from_raw_socket(stream, Role::Server, None).await;
    let mut client = WebSocketStream::from_raw_socket(client, Role::Client, None).await;
    let writing = async {
        let (mut written, mut seen) = (0, Vec::new());
        for number in 0..100 {
            let outcome = direct.write(&mut [message(1, number)].iter());
            if outcome != Written::Nothing {
                written += 1;
            }
            seen.push(outcome);
            // Nothing but what this writes and flushes makes room for the next one.
            let message = Message::Binary(message(2, number));
            server.send(message).await.unwrap();
        }
        server.close(None).await.unwrap();
        // While something is left of a write, there is no other one.
        assert!(seen.contains(&Written::Flushing));
        assert_eq!(direct.sent.get(), written);
        written
    };
    let reading = async {
        let mut numbers = [Vec::new(), Vec::new()];
        while let Some(Ok(Message::Binary(bytes))) = client.next().await {
            let number = bytes[1];
            assert!(bytes[1..].iter().all(|byte| *byte == number));
            assert_eq!(bytes.len(), MESSAGE);
            numbers[usize::from(bytes[0]) - 1].push(number);
        }
        numbers
    };
    let (written, [direct, own]) = tokio::join!(writing, reading);
    assert_eq!(own, (0..100).collect::<Vec<u8>>());
    assert!(direct.is_sorted());
    assert_eq!(direct.len() as u64, written);
}

#[tokio::test]
async fn nothing_is_taken_before_what_is_left_of_a_write_is_flushed() {
    let (stream, client) = ends().await;
    let direct = DirectWriter::new(stream.writes(), Counter::default());
    let several: Vec<Bytes> = (0..200).map(|number| message(1, number)).collect();
    assert_eq!(direct.write(&mut several.iter()), Written::Flushing);
    assert_eq!(direct.write(&mut [message(2, 0)].iter()), Written::Nothing);
    let mut server = WebSocketStream::from_raw_socket(stream, Role::Server, None).await;
    let mut client = WebSocketStream::from_raw_socket(client, Role::Client, None).await;
    let reading = async {
        for expected in &several {
            let message = client.next().await.unwrap().unwrap();
            assert_eq!(message, Message::Binary(expected.clone()));
        }
    };
    let (flushed, ()) = tokio::join!(server.flush(), reading);
    flushed.unwrap();
    assert_ne!(direct.write(&mut [message(2, 0)].iter()), Written::Nothing);
}

#[tokio::test]
async fn a_connection_ends_with_its_task_whoever_else_may_write_to_it() {
    let (stream, mut client) = ends().await;
    let direct = DirectWriter::new(stream.writes(), Counter::default());
    drop(stream);
    assert_eq!(client.read(&mut [0]).await.unwrap(), 0);
    assert_eq!(direct.write(&mut [message(1, 0)].iter()), Written::Nothing);
}

#[tokio::test]
async fn before_it_is_a_web_socket_writes_may_be_taken_in_part() {
    let (mut stream, _client) = ends().await;
    let long = vec![0; 100 * MESSAGE];
    let taken = tokio::io::AsyncWriteExt::write(&mut stream, &long).await;
    assert!(taken.unwrap() < long.len());
    assert!(stream.writes.state().left.is_empty());
}
