//! People who write together beside somebody who behaves badly on the same page: nobody else is closed,
//! and nothing of theirs is lost or late for ever.

use denkraum_app::SessionToken;
use denkraum_domain::{PageId, Role};
use tokio_tungstenite::MaybeTlsStream;
use tokio_tungstenite::tungstenite::Message;
use yrs::sync::AwarenessUpdate;
use yrs::updates::decoder::Decode as _;

use super::client::{Client, Listening, with_page};

/// A question for the whole page.
const QUESTION: [u8; 4] = [0, 0, 1, 0];
/// The client whose caret is shown.
const JANA: u8 = 101;

/// Two who write together, and somebody who may join them.
struct Pair {
    listening: Listening,
    page: PageId,
    culprit: SessionToken,
    one: Client,
    two: Client,
    written: String,
}

impl Pair {
    async fn open() -> Self {
        let (listening, jana, page) = with_page().await;
        let server = &listening.server;
        let samuel = server.person("samuel", Role::Writer, "pankow").await;
        let culprit = server.person("ruth", Role::Writer, "pankow").await;
        let (mut one, mut two) = (
            listening.join(page, &jana).await,
            listening.join(page, &samuel).await,
        );
        for client in [&mut one, &mut two] {
            client.open().await;
            client.until("Titel").await;
        }
        let written = "Titel".to_owned();
        Self {
            listening,
            page,
            culprit,
            one,
            two,
            written,
        }
    }

    async fn culprit(&self) -> Client {
        self.listening.join(self.page, &self.culprit).await
    }

    /// Each writes a letter, and each has both.
    async fn write(&mut self) {
        let saved = self.one.saved;
        self.one.write("a").await;
        self.written.insert(0, 'a');
        self.two.until(&self.written).await;
        self.two.write("b").await;
        self.written.insert(0, 'b');
        self.one.until(&self.written).await;
        while self.one.saved == saved {
            self.one.step().await;
        }
    }
}

#[tokio::test]
async fn who_asks_and_never_reads_keeps_nobody_from_writing() {
    let mut pair = Pair::open().await;
    let mut deaf = Vec::new();
    for _ in 0..10 {
        deaf.push(pair.culprit().await);
    }
    for _ in 0..20 {
        for client in &mut deaf {
            for _ in 0..20 {
                client.send(QUESTION.to_vec()).await;
            }
        }
        pair.write().await;
    }
}

#[tokio::test]
async fn so_does_not_who_reads_byte_by_byte() {
    let mut pair = Pair::open().await;
    let mut slow = pair.culprit().await;
    for _ in 0..20 {
        slow.send(QUESTION.to_vec()).await;
        let MaybeTlsStream::Plain(stream) = slow.socket.get_mut() else {
            panic!("there is no TLS here");
        };
        stream.readable().await.unwrap();
        assert_eq!(stream.try_read(&mut [0]).unwrap(), 1);
        pair.write().await;
    }
}

#[tokio::test]
async fn who_sends_garbage_again_and_again_ends_alone() {
    let mut pair = Pair::open().await;
    for round in 0..20_u8 {
        let mut noisy = pair.culprit().await;
        let garbage: Vec<u8> = (0..200_u8).map(|at| at.wrapping_mul(round | 1)).collect();
        noisy.send([&[99], &garbage[..]].concat()).await;
        assert_eq!(noisy.closed().await, 4400);
        pair.write().await;
    }
}

#[tokio::test]
async fn who_opens_sockets_without_end_takes_nobodys_place() {
    let mut pair = Pair::open().await;
    let (mut open, mut refused) = (Vec::new(), 0);
    for number in 0..150 {
        let mut client = pair.culprit().await;
        client.open().await;
        if client.is_let_in().await {
            open.push(client);
        } else {
            refused += 1;
        }
        if number % 10 == 0 {
            pair.write().await;
        }
    }
    assert_eq!((open.len(), refused), (64, 86));
    pair.write().await;
}

/// A state of a client: an awareness frame.
fn caret(client: u8, clock: u8, state: &str) -> Vec<u8> {
    let entry = [
        &[1, client, clock, u8::try_from(state.len()).unwrap()],
        state.as_bytes(),
    ];
    let entry = entry.concat();
    [&[1, u8::try_from(entry.len()).unwrap()], &entry[..]].concat()
}

/// Waits for the state of a client.
async fn shown(to: &mut Client, client: u64) -> (u32, String) {
    loop {
        let Message::Binary(bytes) = to.next().await else {
            continue;
        };
        if bytes.first() != Some(&1) {
            continue;
        }
        // The length takes two bytes once there is a name and a colour.
        let start = if bytes[1] < 0x80 { 2 } else { 3 };
        let update = AwarenessUpdate::decode_v1(&bytes[start..]).unwrap();
        for (found, entry) in update.clients {
            if found.get() == client {
                return (entry.clock, entry.json.to_string());
            }
        }
    }
}

/// [S-22]
#[tokio::test]
async fn who_announces_carets_of_others_moves_nobodys() {
    let mut pair = Pair::open().await;
    pair.one.send(caret(JANA, 1, "{}")).await;
    let (_, json) = shown(&mut pair.two, JANA.into()).await;
    assert!(json.contains("jana"), "{json}");
    let mut culprit = pair.culprit().await;
    // One of their own first: whoever names somebody else's client first is nobody.
    culprit.send(caret(99, 1, "{}")).await;
    shown(&mut pair.two, 99).await;
    for clock in 2..100 {
        for state in ["null", r#"{"user":{"name":"ruth"}}"#] {
            culprit.send(caret(JANA, clock, state)).await;
        }
        if clock % 25 == 0 {
            pair.write().await;
        }
    }
    // With a clock that would be too old, had the others counted.
    pair.one.send(caret(JANA, 2, "{}")).await;
    let (clock, json) = shown(&mut pair.two, JANA.into()).await;
    assert_eq!(clock, 2);
    assert!(json.contains("jana") && !json.contains("ruth"), "{json}");
}
