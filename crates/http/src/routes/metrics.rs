//! Counters for Prometheus.
//!
//! They name no person and no page. They are for this machine (a peer on the loopback address
//! whose request no proxy has passed on) and for administrators with a session or bearer token.

use std::net::SocketAddr;

use axum::Extension;
use axum::extract::{ConnectInfo, State};
use axum::http::header::{CONTENT_TYPE, FORWARDED, VIA};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use denkraum_domain::permit_admin;

use crate::problem::RouteError;
use crate::session::Credentials;
use crate::state::Shared;

/// The form of the counters that Prometheus reads.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Counters in the text format of Prometheus.
#[utoipa::path(
    get,
    path = "/metrics",
    operation_id = "metrics",
    tag = "operation",
    responses((
        status = 200,
        description = "The counters",
        content_type = "application/openmetrics-text",
        body = String
    ))
)]
pub(crate) async fn handler(
    State(shared): State<Shared>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Result<([(HeaderName, HeaderValue); 1], String), RouteError> {
    let peer = peer.map(|Extension(ConnectInfo(peer))| peer);
    if !peer.is_some_and(|peer| is_local(peer, &headers)) {
        let token = Credentials::of(&headers, shared.config().https()).token();
        let account = token.and_then(|token| shared.app().session(&token));
        let account = account.ok_or_else(RouteError::signed_out)?;
        permit_admin(&account.actor()).map_err(RouteError::denied)?;
    }
    let writable = shared.app().readiness().writable;
    let page = shared.metrics().render(writable);
    let page = page.map_err(RouteError::internal)?;
    let kind = HeaderValue::from_static(OPEN_METRICS);
    Ok(([(CONTENT_TYPE, kind)], page))
}

fn is_local(peer: SocketAddr, headers: &HeaderMap) -> bool {
    let passed_on = headers.contains_key(FORWARDED)
        || headers.contains_key(VIA)
        || headers.contains_key("x-forwarded-for")
        || headers.contains_key("x-real-ip");
    peer.ip().to_canonical().is_loopback() && !passed_on
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(peer: &str, header: Option<&'static str>, local: bool) {
        let peer = SocketAddr::new(peer.parse().unwrap(), 1);
        let mut headers = HeaderMap::new();
        if let Some(name) = header {
            headers.insert(name, HeaderValue::from_static("192.0.2.1"));
        }
        assert_eq!(is_local(peer, &headers), local, "{peer:?} {header:?}");
    }

    #[test]
    fn a_proxy_on_this_machine_does_not_make_others_local() {
        check("127.0.0.1", None, true);
        check("::1", None, true);
        check("::ffff:127.0.0.1", None, true);
        check("192.0.2.1", None, false);
        for header in ["forwarded", "via", "x-forwarded-for", "x-real-ip"] {
            check("127.0.0.1", Some(header), false);
        }
    }
}
