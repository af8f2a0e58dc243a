//! Who is asking, and from where.

mod context;
mod cookie;
mod credentials;
mod origin;

pub(crate) use context::{Context, require_session};
pub(crate) use cookie::{clear_cookie, set_cookie};
pub(crate) use credentials::Credentials;
pub(crate) use origin::{check_origin, comes_from_us};
