//! The running server: connections in, an orderly end.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::serve::ListenerExt as _;
use denkraum_app::App;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::HttpConfig;
use crate::router;
use crate::state::Shared;

/// How long requests and sockets have to end once the server stops.
const DRAIN_LIMIT: Duration = Duration::from_secs(5);

/// Serves until `shutdown` is done, then ends in order: no new connections, everybody is told to
/// come again (1012), requests and sockets get up to 5 seconds, and all that was taken is durable.
pub async fn serve(
    listener: TcpListener,
    app: App,
    config: HttpConfig,
    shutdown: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let sockets = TaskTracker::new();
    let router = router::build(Shared::new(app.clone(), config, sockets.clone()));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let stop = CancellationToken::new();
    let listener = listener.tap_io(send_at_once);
    let server =
        axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
    let mut server = pin!(server.into_future());
    tokio::select! {
        result = &mut server => return result,
        () = shutdown => tracing::info!("the server stops"),
    }
    stop.cancel();
    sockets.close();
    let drained = async {
        let drained = timeout(DRAIN_LIMIT, async { tokio::join!(server, sockets.wait()) }).await;
        if drained.is_err() {
            tracing::warn!("some connections did not end in time and were cut");
        }
    };
    tokio::join!(drained, app.shutdown());
    Ok(())
}

/// Small messages must not wait for the next one (`TCP_NODELAY`).
fn send_at_once(stream: &mut TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY was not set");
    }
}
