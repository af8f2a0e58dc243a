//! What connections may cost.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::client::{Listening, PATIENCE, page_on};
use crate::serve::Bounds;

const ASK: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

async fn connect(listening: &Listening) -> TcpStream {
    TcpStream::connect(&listening.address).await.unwrap()
}

async fn answer(stream: &mut TcpStream) -> String {
    let mut answer = String::new();
    let read = timeout(PATIENCE, stream.read_to_string(&mut answer)).await;
    read.expect("an end in time").unwrap();
    answer
}

/// [S-40]
#[tokio::test]
async fn who_does_not_finish_the_head_of_a_request_is_cut_off() {
    let bounds = Bounds {
        connections: 10,
        head: Duration::from_millis(50),
    };
    let listening = Listening::bounded(bounds).await;
    let (mut silent, mut slow) = (connect(&listening).await, connect(&listening).await);
    slow.write_all(ASK.split_at(20).0).await.unwrap();
    for stream in [&mut silent, &mut slow] {
        assert!(!answer(stream).await.contains("200"));
    }
    let mut honest = connect(&listening).await;
    honest.write_all(ASK).await.unwrap();
    assert!(answer(&mut honest).await.contains("200"));
}

/// [S-40]
#[tokio::test]
async fn with_many_connections_the_next_one_waits_for_its_turn() {
    let bounds = Bounds {
        connections: 2,
        head: PATIENCE * 10,
    };
    let listening = Listening::bounded(bounds).await;
    let (one, two) = (connect(&listening).await, connect(&listening).await);
    let mut three = connect(&listening).await;
    three.write_all(ASK).await.unwrap();
    let mut byte = [0];
    let early = timeout(Duration::from_millis(100), three.read(&mut byte)).await;
    assert!(early.is_err(), "both places are taken");
    drop(one);
    assert!(answer(&mut three).await.contains("200"));
    drop(two);
}

/// [S-40]
#[tokio::test]
async fn open_pages_take_no_place_and_have_a_bound_of_their_own() {
    let bounds = Bounds {
        connections: 2,
        head: PATIENCE * 10,
    };
    let (listening, jana, page) = page_on(Listening::bounded(bounds).await).await;
    let mut open = Vec::new();
    for _ in 0..64 {
        let mut client = listening.join(page, &jana).await;
        client.open().await;
        open.push(client);
    }
    for client in &mut open {
        client.until("Titel").await;
    }
    let mut one_too_many = listening.join(page, &jana).await;
    assert_eq!(one_too_many.closed().await, 4420);
    drop(open.pop());
    loop {
        let mut again = listening.join(page, &jana).await;
        again.open().await;
        // The place is free as soon as the room has noticed.
        if again.is_let_in().await {
            break;
        }
    }
}
