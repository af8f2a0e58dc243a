//! A pair types on one page beside somebody who behaves badly there: one kind after the other, each
//! compared with a pair that is undisturbed, on the same server and right before.

use std::rc::Rc;
use std::time::Duration;

use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::{Put, Settings, page_names};
use crate::numbers::round;
use crate::target::{Door, Running};
use crate::websocket::WebSocket;
use crate::world::FIRST_CLIENT;
use crate::{Dice, LoadError, Plan, Target, edits, measure};

const PAIR: usize = 2;
/// Edits a second of each of them: enough for a percentile in a few seconds.
const RATE: f64 = 50.0;
const WARM_UP: Duration = Duration::from_millis(1500);
const PATIENCE: Duration = Duration::from_secs(10);
/// Who behaves badly, of the people of [`crate::Data`]; the pair are others.
const CULPRIT: usize = 3;
/// So many connections they have, where it is not the number that hurts.
const CONNECTIONS: usize = 10;
const SOCKETS: usize = 1000;
/// Between two messages of one connection.
const PAUSE: Duration = Duration::from_millis(5);

/// A way to behave badly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Asks for the page again and again and reads nothing.
    NeverReads,
    /// The same, and reads a byte a second.
    ReadsAByteASecond,
    /// Sends what is no message, and comes again when it is closed.
    SendsGarbage,
    /// Opens a thousand sockets, and each that is closed again.
    OpensAThousandSockets,
    /// Announces carets of the pair.
    AnnouncesOthers,
}

impl Kind {
    const ALL: [(&'static str, Self); 5] = [
        ("never reads", Self::NeverReads),
        ("reads a byte a second", Self::ReadsAByteASecond),
        ("sends garbage", Self::SendsGarbage),
        ("opens 1,000 sockets", Self::OpensAThousandSockets),
        ("announces carets of others", Self::AnnouncesOthers),
    ];

    /// How long until one that was closed comes again: so that the generator can bear it.
    const fn pause(self) -> Duration {
        match self {
            Self::OpensAThousandSockets => Duration::from_secs(5),
            _ => Duration::from_millis(50),
        }
    }

    const fn connections(self) -> usize {
        match self {
            Self::OpensAThousandSockets => SOCKETS,
            _ => CONNECTIONS,
        }
    }
}

pub(super) async fn run(
    target: &Target,
    settings: &Settings,
    put: &mut Put<'_>,
) -> Result<(), LoadError> {
    let pages = page_names(2 * Kind::ALL.len());
    let prepared = target.prepare(pages.len(), 0)?;
    let running = Rc::new(prepared.start().await?);
    let plan = Plan {
        rate: RATE,
        lasting: WARM_UP + settings.lasting,
        carets: false,
        seed: settings.seed,
    };
    let mut lost = 0;
    for (number, ((name, kind), pages)) in (1..).zip(Kind::ALL.into_iter().zip(pages.chunks(2))) {
        let [quiet, disturbed] = pages else { break };
        let pair = async |page: &String| {
            let page = std::slice::from_ref(page);
            measure(&running, page, PAIR, plan, WARM_UP, PATIENCE).await
        };
        let undisturbed = pair(quiet).await?;
        let mut culprits = JoinSet::new();
        let mut dice = Dice::new(settings.seed);
        for _ in 0..kind.connections() {
            let (running, page) = (Rc::clone(&running), disturbed.clone());
            culprits.spawn_local(misbehave(kind, running, page, dice.fork()));
        }
        let measured = pair(disturbed).await;
        culprits.shutdown().await;
        let measured = measured?;
        let ratio = match (measured.p99, undisturbed.p99) {
            (Some(p99), Some(quiet)) if quiet > 0.0 => Some(round(p99 / quiet)),
            _ => None,
        };
        lost += measured.lost;
        let mut result = measured.json;
        result.insert("lost_altogether".to_owned(), json!(lost));
        result.insert("kind".to_owned(), json!(name));
        result.insert("quiet_p99_ms".to_owned(), json!(undisturbed.p99));
        result.insert("ratio".to_owned(), json!(ratio));
        put("neighbours", number, result);
    }
    match Rc::into_inner(running) {
        Some(running) => running.kill().await,
        // Ended with its last user.
        None => Ok(()),
    }
}

/// Behaves badly until it is ended.
async fn misbehave(kind: Kind, running: Rc<Running>, page: String, mut dice: Dice) {
    loop {
        let door = running.door(&page, CULPRIT);
        // Not to be let in is no reason to stop.
        if let Ok((socket, rest)) = WebSocket::open(&door.address, &door.path, &door.headers).await
        {
            match kind {
                Kind::NeverReads => ask(&socket, &door, PAUSE, || {}).await,
                Kind::ReadsAByteASecond => {
                    let second = Duration::from_secs(1);
                    ask(&socket, &door, second, || socket.sip()).await;
                }
                Kind::SendsGarbage => {
                    let garbage: Vec<u8> = (0..32)
                        .flat_map(|_| dice.below(u64::MAX).to_le_bytes())
                        .collect();
                    socket.send(&garbage);
                    socket.pump(rest, |_| {}).await;
                }
                Kind::OpensAThousandSockets => socket.pump(rest, |_| {}).await,
                Kind::AnnouncesOthers => {
                    let listening = tokio::task::spawn_local(Rc::clone(&socket).pump(rest, |_| {}));
                    announce(&socket, &door).await;
                    listening.abort();
                }
            }
        }
        sleep(kind.pause()).await;
    }
}

/// Asks for the whole page, again and again.
async fn ask(socket: &WebSocket, door: &Door, pause: Duration, meanwhile: impl Fn()) {
    while !socket.is_closed() {
        socket.send(&door.dialect.question(&[]));
        meanwhile();
        sleep(pause).await;
    }
}

/// Moves the carets of the pair about.
async fn announce(socket: &WebSocket, door: &Door) {
    let mut clock = 1_000;
    while !socket.is_closed() {
        for client in [FIRST_CLIENT, FIRST_CLIENT + 1] {
            clock += 1;
            socket.send(&door.dialect.awareness(&edits::caret(client, clock, 0)));
        }
        sleep(PAUSE).await;
    }
}
