//! From routes to a service: who may come in, how large, how long, and what every answer carries.

use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use denkraum_app::App;
use tokio::time::timeout;
use tokio_util::task::TaskTracker;
use tower_http::catch_panic::CatchPanicLayer;

use crate::config::HttpConfig;
use crate::problem::{self, RouteError};
use crate::session::{check_origin, require_session};
use crate::state::Shared;
use crate::{headers, observe, reading, routes, web};

/// The longest body of a request, in bytes.
const MAX_BODY: usize = 1 << 20;
/// The longest body of an import, in bytes; a file has its own bound, counted while it comes in.
const MAX_IMPORT: usize = 64 << 20;
/// How long an answer may take.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// How long an import or a file may take.
const LARGE_LIMIT: Duration = Duration::from_mins(10);

/// Everything that is served, for tests and for embedding. [`serve`](crate::serve) adds what
/// belongs to connections: `TCP_NODELAY`, the address of the peer, an orderly end.
pub fn router(app: App, config: HttpConfig) -> Router {
    build(Shared::new(app, config, TaskTracker::new()))
}

pub(crate) fn build(shared: Shared) -> Router {
    let session = || from_fn_with_state(shared.clone(), require_session);
    let origin = || from_fn_with_state(shared.clone(), check_origin);
    let answers = Router::from(routes::signed_in())
        .route_layer(session())
        .merge(Router::from(routes::open()))
        .layer(origin())
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer((Extension(Limit(TIME_LIMIT)), from_fn(limit_time)));
    let large = Router::from(routes::large())
        .route_layer(session())
        .layer(origin())
        .layer(DefaultBodyLimit::max(MAX_IMPORT))
        .layer((Extension(Limit(LARGE_LIMIT)), from_fn(limit_time)));
    let api = answers
        .merge(large)
        .merge(Router::from(routes::sockets()))
        .layer(from_fn(headers::no_store));
    wrap(api.merge(reading::routes()).fallback(web::handler), shared)
}

/// What every answer goes through, from the inside out.
pub(crate) fn wrap(routes: Router<Shared>, shared: Shared) -> Router {
    routes
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(shared.clone(), problem::render))
        .layer(from_fn_with_state(shared.clone(), observe::observe))
        .layer(from_fn_with_state(shared.clone(), headers::secure))
        .with_state(shared)
}

#[derive(Clone, Copy)]
struct Limit(Duration);

async fn limit_time(
    Extension(Limit(limit)): Extension<Limit>,
    request: Request,
    next: Next,
) -> Result<Response, RouteError> {
    timeout(limit, next.run(request))
        .await
        .map_err(RouteError::unavailable)
}

/// The panic itself was logged by its hook; its message may hold anything and goes nowhere.
fn panicked(_message: Box<dyn std::any::Any + Send>) -> Response {
    RouteError::of_status(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}
