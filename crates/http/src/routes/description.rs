//! The description of the API. It is the same for everybody, so it needs no session.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue};

/// The description of this API (OpenAPI 3.1).
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    operation_id = "describe",
    tag = "operation",
    responses((status = 200, description = "The description", body = serde_json::Value))
)]
pub(crate) async fn handler() -> ([(HeaderName, HeaderValue); 1], String) {
    let kind = HeaderValue::from_static("application/json");
    ([(CONTENT_TYPE, kind)], crate::openapi())
}
