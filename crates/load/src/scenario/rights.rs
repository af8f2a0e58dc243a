//! How soon whoever has a page open hears that a right was taken away, from before the request that
//! takes it; and whether anything that they write after that reaches anybody.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::probe::Probe;
use super::{Put, Settings, object, page_names};
use crate::data::PASSWORD;
use crate::numbers::{Times, micros};
use crate::server::Server;
use crate::target::Running;
use crate::websocket::WebSocket;
use crate::wire::Heard;
use crate::{LoadError, Target, edits};

const TRIALS: usize = 1000;
/// Whose right is taken away; of the others, the first keeps the page.
const WRITER: &str = "writer";
const ADMINISTRATOR: &str = "administrator";
const FIRST_CLIENT: u64 = 5_000_000;
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_micros(200);
const LATE: Duration = Duration::from_secs(1);
const ACCESS: u8 = 102;

/// What is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The role in the space.
    Role,
    /// The right to write: the role becomes a reader's.
    Writing,
    /// The page is archived.
    Archived,
    /// The session ends.
    Session,
}

const KINDS: [(&str, Kind); 4] = [
    ("role_p99_ms", Kind::Role),
    ("writing_p99_ms", Kind::Writing),
    ("archived_p99_ms", Kind::Archived),
    ("session_p99_ms", Kind::Session),
];

/// Who is needed to take a right away.
struct Stage<'a> {
    server: &'a Server,
    page: String,
    administrator: String,
    keeper: String,
    writer_path: String,
}

pub(super) async fn run(
    target: &Target,
    settings: &Settings,
    put: &mut Put<'_>,
) -> Result<(), LoadError> {
    if !target.kind.is_ours() {
        return Ok(());
    }
    let prepared = target.prepare(1, 0)?;
    prepared.add_person(WRITER, &["writer", "--space", "pankow"])?;
    prepared.add_person(ADMINISTRATOR, &["administrator"])?;
    let running = prepared.start().await?;
    let page = page_names(1).concat();
    let witness = Probe::open(&running, &page).await?;
    let stage = Stage::set(running.server(), page).await?;
    for trials in settings.counts_or(&[TRIALS]) {
        let (mut all, mut late, mut written) = (Times::default(), 0_u64, 0_u64);
        let mut each: Vec<Times> = vec![Times::default(); KINDS.len()];
        let mut session = running.server().token(WRITER, PASSWORD).await?;
        for trial in 0..trials {
            let client = FIRST_CLIENT + crate::numbers::count(trial);
            let at = trial % KINDS.len();
            let Some((&(_, kind), times)) = KINDS.get(at).zip(each.get_mut(at)) else {
                break;
            };
            let took = stage.attempt(kind, &running, &session, client).await?;
            late += u64::from(took > LATE);
            all.add(micros(took));
            times.add(micros(took));
            stage.give_back(kind).await?;
            if kind == Kind::Session {
                session = running.server().token(WRITER, PASSWORD).await?;
            }
            written += u64::from(witness.clock(client) > 0);
        }
        let mut result = object(json!({
            "p50_ms": all.within(500), "p99_ms": all.within(990), "max_ms": all.within(1000),
            "late": late, "written_after": written,
        }));
        for ((name, _), mut times) in KINDS.into_iter().zip(each) {
            result.insert(name.to_owned(), json!(times.within(990)));
        }
        put("rights", trials, result);
    }
    witness.leave();
    running.kill().await
}

impl<'a> Stage<'a> {
    async fn set(server: &'a Server, page: String) -> Result<Self, LoadError> {
        let administrator = server.token(ADMINISTRATOR, PASSWORD).await?;
        let keeper = server.token("person0", PASSWORD).await?;
        let people = server.call("GET", "/api/v1/people", &administrator, &Value::Null);
        let people = people.await?;
        let items = people.get("items").and_then(Value::as_array);
        let mut items = items.into_iter().flatten();
        let is_writer = |person: &&Value| person.get("login").is_some_and(|login| login == WRITER);
        let id = items.find(is_writer).and_then(|person| person.get("id"));
        let id = id.and_then(Value::as_str);
        let id = id.ok_or(LoadError::Late("the writer's account"))?;
        Ok(Self {
            server,
            page,
            administrator,
            keeper,
            writer_path: format!("/api/v1/people/{id}"),
        })
    }

    /// Opens the page for the writer, takes a right away, and gives how long it took until that was
    /// told; then writes all the same.
    async fn attempt(
        &self,
        kind: Kind,
        running: &Running,
        session: &str,
        client: u64,
    ) -> Result<Duration, LoadError> {
        let mut door = running.door(&self.page, 0);
        door.path = format!("/ws/pages/{}?ext=saved,refused,access", self.page);
        door.headers = vec![format!("Cookie: denkraum={session}")];
        let (socket, rest) = WebSocket::open(&door.address, &door.path, &door.headers).await?;
        let (synced, told) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(None)));
        let (is_synced, is_told) = (Rc::clone(&synced), Rc::clone(&told));
        let (answering, dialect) = (Rc::clone(&socket), door.dialect.clone());
        let heard = move |message: &[u8]| match dialect.hear(message) {
            Some(Heard::Question) => answering.send(&dialect.nothing()),
            Some(Heard::Answer(_)) => is_synced.set(true),
            _ if message.first() == Some(&ACCESS) && reads_only(message) => {
                is_told.set(Some(Instant::now()));
            }
            _ => {}
        };
        tokio::task::spawn_local(Rc::clone(&socket).pump(rest, heard));
        socket.send(&door.dialect.question(&[]));
        until("the page", || synced.get()).await?;
        let began = Instant::now();
        self.take_away(kind, session).await?;
        let told = || match kind {
            Kind::Role => socket.goodbye().filter(|(_, code)| *code == 4403),
            Kind::Session => socket.goodbye().filter(|(_, code)| *code == 4401),
            Kind::Writing | Kind::Archived => told.get().map(|at| (at, 0)),
        };
        until("that a right was taken away", || told().is_some()).await?;
        let took = told().map_or(PATIENCE, |(at, _)| at.duration_since(began));
        socket.send(&door.dialect.update(&edits::paragraph(client)));
        if socket.goodbye().is_none() {
            // Refused, and answered, before it goes.
            socket.send(&door.dialect.question(&[]));
            synced.set(false);
            until("an answer", || synced.get()).await?;
        }
        socket.cut();
        Ok(took)
    }

    async fn take_away(&self, kind: Kind, session: &str) -> Result<(), LoadError> {
        match kind {
            Kind::Role => self.grant("writer", "lichtenberg").await,
            Kind::Writing => self.grant("reader", "pankow").await,
            Kind::Archived => self.keep("archive").await,
            Kind::Session => {
                let ended = self
                    .server
                    .call("DELETE", "/api/v1/session", session, &Value::Null);
                ended.await.map(drop)
            }
        }
    }

    async fn give_back(&self, kind: Kind) -> Result<(), LoadError> {
        match kind {
            Kind::Role | Kind::Writing => self.grant("writer", "pankow").await,
            Kind::Archived => self.keep("restore").await,
            Kind::Session => Ok(()),
        }
    }

    async fn grant(&self, role: &str, space: &str) -> Result<(), LoadError> {
        let change = json!({ "grants": [{ "role": role, "space": space }] });
        let path = &self.writer_path;
        let changed = self
            .server
            .call("PATCH", path, &self.administrator, &change);
        changed.await.map(drop)
    }

    async fn keep(&self, verb: &str) -> Result<(), LoadError> {
        let path = format!("/api/v1/pages/{}/{verb}", self.page);
        let nothing = json!({});
        let done = self.server.call("POST", &path, &self.keeper, &nothing);
        done.await.map(drop)
    }
}

fn reads_only(message: &[u8]) -> bool {
    let words = br#""access":"read""#;
    message.windows(words.len()).any(|part| part == words)
}

async fn until(what: &'static str, is_so: impl Fn() -> bool) -> Result<(), LoadError> {
    let began = Instant::now();
    while !is_so() {
        if began.elapsed() > PATIENCE {
            return Err(LoadError::Late(what));
        }
        sleep(LOOK_EVERY).await;
    }
    Ok(())
}
