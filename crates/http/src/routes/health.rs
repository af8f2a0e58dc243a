//! For whoever watches the process.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::request::Json;
use crate::state::Shared;

/// The process answers.
#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "healthz",
    tag = "operation",
    responses((status = 200, description = "The process answers", body = String))
)]
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// Whether requests are served, and changes taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Readiness {
    ready: bool,
    /// Whether changes can be saved.
    writable: bool,
}

/// Whether requests are served. Reading goes on while nothing can be saved, so that is no reason
/// to send people elsewhere.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "readyz",
    tag = "operation",
    responses(
        (status = 200, description = "Requests are served", body = Readiness),
        (status = 503, description = "Requests are not served", body = Readiness),
    )
)]
pub(crate) async fn readyz(State(shared): State<Shared>) -> (StatusCode, Json<Readiness>) {
    let readiness = shared.app().readiness();
    if let Some(reason) = readiness.reason {
        tracing::warn!(reason, "asked whether ready");
    }
    let status = if readiness.ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let body = Readiness {
        ready: readiness.ready,
        writable: readiness.writable,
    };
    (status, Json(body))
}
