//! The server's face: routes, JSON of the API, OpenAPI, page connections, the web application.
//!
//! A handler parses, calls the application once and maps the answer; statuses, cookies and JSON
//! live here and nowhere else. Absent on purpose: decisions about who may do what (they are asked
//! of `denkraum-app`), storage, the wire protocol of pages.

mod answers;
mod config;
mod headers;
mod language;
mod metrics;
mod observe;
mod openapi;
mod problem;
mod reading;
mod request;
mod router;
mod routes;
mod serve;
mod session;
mod state;
mod views;
mod web;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use config::{HttpConfig, PublicUrl, PublicUrlError};
pub use openapi::openapi;
pub use router::router;
pub use serve::serve;
