//! The connection to an open page: the standard y-websocket protocol over a WebSocket.
//!
//! Browsers and stock clients cannot read the status of a refused upgrade, so who may not join is
//! told by a close code: 4401 signed out, 4404 no such page (or not open to this person), 4420 too
//! many connections, 4423 set aside, 1012 come again. Only an upgrade that another site made a
//! browser ask for is refused outright.

mod ends;
mod pump;

use std::sync::Arc;

use axum::Extension;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use denkraum_app::{Extensions, JoinError, JoinPageError, PageConnection, SessionToken, close};
use denkraum_domain::PageId;
use futures_util::StreamExt as _;
use futures_util::stream::{SplitSink, SplitStream};

use crate::problem::{RouteError, chain};
use crate::serve::{DirectWriter, SharedWrites};
use crate::session::{Credentials, comes_from_us};
use crate::state::Shared;

/// The longest message taken, in bytes: an update of 1 MiB with what the protocol puts around it.
const MAX_MESSAGE: usize = (1 << 20) + 64;
/// What a connection reads at once: some twenty keystrokes; a longer message gets the room it needs.
/// The default of 128 KiB would be the whole cost of an idle one.
const READ_BUFFER: usize = 1 << 10;
/// Messages of a batch are gathered up to here before they are written; longer ones go at once.
const WRITE_BUFFER: usize = 32 << 10;
/// The longest message that can be sent: a whole page of 8 MiB, and what is gathered before it.
const MAX_WRITE_BUFFER: usize = 9 << 20;

/// Opens a page for reading and writing along.
#[utoipa::path(
    get,
    path = "/ws/pages/{id}",
    operation_id = "openPage",
    tag = "pages",
    params(
        ("id" = String, Path, description = "The page"),
        (
            "ext" = Option<String>,
            Query,
            description = "Additions to the protocol that the client understands, separated by \
                           commas: saved, refused, access, kept, comments"
        ),
    ),
    responses((status = 101, description = "The protocol is y-websocket from here on"))
)]
pub(crate) async fn handler(
    State(shared): State<Shared>,
    Path(page): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    writes: Option<Extension<SharedWrites>>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, RouteError> {
    if !comes_from_us(&headers, shared.config()) {
        return Err(RouteError::wrong_origin());
    }
    let token = Credentials::of(&headers, shared.config().https()).token();
    let extensions = extensions(query.as_deref().unwrap_or_default());
    let sockets = shared.sockets().clone();
    let upgrade = upgrade
        .max_message_size(MAX_MESSAGE)
        .max_frame_size(MAX_MESSAGE)
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(MAX_WRITE_BUFFER)
        .on_failed_upgrade(|error| tracing::debug!(error = chain(&error), "an upgrade failed"));
    Ok(upgrade.on_upgrade(move |socket| {
        let writes = writes.map(|Extension(writes)| writes);
        // Taken apart here: a future keeps room for a socket that it is given to the end.
        let socket = socket.split();
        sockets.track_future(serve(shared, socket, writes, token, page, extensions))
    }))
}

fn extensions(query: &str) -> Extensions {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let named = pairs.find(|(name, _)| name == "ext");
    named.map_or_else(Extensions::default, |(_, names)| Extensions::parse(&names))
}

/// From the first message to the last.
#[tracing::instrument(
    name = "http.socket",
    level = "debug",
    skip_all,
    fields(page.id = page, connection)
)]
async fn serve(
    shared: Shared,
    (sink, stream): (SplitSink<WebSocket, Message>, SplitStream<WebSocket>),
    writes: Option<SharedWrites>,
    token: Option<SessionToken>,
    page: String,
    extensions: Extensions,
) {
    shared.metrics().socket_opened();
    let code = match join(&shared, token.as_ref(), &page, extensions) {
        Ok(connection) => {
            tracing::Span::current().record("connection", connection.id);
            tracing::debug!("a page connection begins");
            if let Some(writes) = writes {
                let direct = DirectWriter::new(writes, shared.metrics().sent());
                connection.outbox.attach(Arc::new(direct));
            }
            pump::run(sink, stream, connection, shared.metrics()).await
        }
        Err(refusal) => {
            pump::farewell(sink, stream, refusal.clone()).await;
            refusal.code
        }
    };
    tracing::debug!(code, "a page connection has ended");
    shared.metrics().socket_closed(code);
}

fn join(
    shared: &Shared,
    token: Option<&SessionToken>,
    page: &str,
    extensions: Extensions,
) -> Result<PageConnection, CloseFrame> {
    let signed_out = || refusal(close::SIGNED_OUT, "signed out");
    let token = token.ok_or_else(signed_out)?;
    let account = shared.app().session(token).ok_or_else(signed_out)?;
    let no_page = || refusal(close::NO_SUCH_PAGE, "no such page");
    let page = PageId::parse(page).map_err(|_| no_page())?;
    let joined = shared.app().join(token, &account, page, extensions);
    joined.map_err(|error| match error {
        JoinPageError::Hidden(_) => no_page(),
        JoinPageError::Room { err, .. } => match err {
            JoinError::Stopping => refusal(close::RESTART, "the server restarts"),
            JoinError::TooMany => refusal(close::TOO_MANY, "too many connections"),
            JoinError::SetAside(_) => refusal(close::SET_ASIDE, "the page is set aside"),
        },
    })
}

fn refusal(code: u16, reason: &'static str) -> CloseFrame {
    CloseFrame {
        code,
        reason: reason.into(),
    }
}

/// A message that closes.
fn closing(frame: CloseFrame) -> Message {
    Message::Close(Some(frame))
}
