//! Files that are attached to a page.

pub(in crate::routes) mod add;
pub(in crate::routes) mod list;
pub(in crate::routes) mod one;

mod errors;
mod name;
mod view;
