//! The running server: connections in, an orderly end.

mod stream;

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use denkraum_app::App;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

pub(crate) use self::stream::{ClientStream, DirectWriter, SharedWrites};
use crate::config::HttpConfig;
use crate::router;
use crate::state::Shared;

/// How long requests and sockets have to end once the server stops.
const DRAIN_LIMIT: Duration = Duration::from_secs(5);

/// So many connections are served at once, besides those that are open pages: these are bounded by
/// person and page. Who comes then waits until one of the others ends.
const CONNECTIONS: usize = 4_096;
/// How long a client has for the head of a request, and how long it may stay without a request.
const HEAD_LIMIT: Duration = Duration::from_secs(30);
/// How long to wait before taking the next connection when the system has none to give.
const NO_ROOM: Duration = Duration::from_millis(250);

/// Serves until `shutdown` is done, then ends in order: no new connections, everybody is told to
/// come again (1012), requests and sockets get up to 5 seconds, and all that was taken is durable.
pub async fn serve(
    listener: TcpListener,
    app: App,
    config: HttpConfig,
    shutdown: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let bounds = Bounds {
        connections: CONNECTIONS,
        head: HEAD_LIMIT,
    };
    serve_bounded(listener, app, config, bounds, shutdown).await
}

/// What connections may cost before anybody has signed in.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) connections: usize,
    pub(crate) head: Duration,
}

pub(crate) async fn serve_bounded(
    listener: TcpListener,
    app: App,
    config: HttpConfig,
    bounds: Bounds,
    shutdown: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let sockets = TaskTracker::new();
    let router = router::build(Shared::new(app.clone(), config, sockets.clone()));
    let (stop, connections) = (CancellationToken::new(), TaskTracker::new());
    let places = Arc::new(Semaphore::new(bounds.connections));
    let accept = async {
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return;
            };
            match listener.accept().await {
                Ok((stream, peer)) => {
                    send_at_once(&stream);
                    let served = converse(stream, peer, router.clone(), bounds.head, stop.clone());
                    connections.spawn(async move {
                        served.await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection was not taken");
                    sleep(NO_ROOM).await;
                }
            }
        }
    };
    tokio::select! {
        () = accept => {}
        () = shutdown => tracing::info!("the server stops"),
    }
    drop(listener);
    stop.cancel();
    connections.close();
    sockets.close();
    let drained = async {
        let all = async { tokio::join!(connections.wait(), sockets.wait()) };
        if timeout(DRAIN_LIMIT, all).await.is_err() {
            tracing::warn!("some connections did not end in time and were cut");
        }
    };
    tokio::join!(drained, app.shutdown());
    Ok(())
}

/// Serves one connection to its end, or until it has become a page's.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    head: Duration,
    stop: CancellationToken,
) {
    let stream = ClientStream::new(stream);
    let writes = stream.writes();
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(writes.clone());
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// Small messages must not wait for the next one (`TCP_NODELAY`).
fn send_at_once(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY was not set");
    }
}
