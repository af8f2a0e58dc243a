//! One span, one log line and one count for every request.
//!
//! Absent on purpose: addresses with their query (they hold search words), bodies, cookies.

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;
use tracing::Instrument as _;

use crate::state::Shared;

/// What requests to no route are counted as.
const WEB: &str = "web";

/// Wraps a request in its span and counts its answer.
pub(crate) async fn observe(
    State(shared): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let method = known_method(request.method().as_str());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or(WEB, MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("http.request", http.method = method, http.route = %route);
    let response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    shared.metrics().answered(method, &route, status, took);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::debug!(http.status = status, milliseconds, "answered"));
    response
}

/// A method as a label: made-up ones must not become labels without end.
fn known_method(method: &str) -> &'static str {
    const KNOWN: [&str; 6] = ["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"];
    KNOWN
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other")
}
