//! Comments on passages of a page.

pub(in crate::routes) mod add;
pub(in crate::routes) mod change;
pub(in crate::routes) mod list;
pub(in crate::routes) mod remove;
pub(in crate::routes) mod reply;

mod errors;
mod path;
mod view;
