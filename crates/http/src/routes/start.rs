//! The start page.

pub(super) mod seen;
pub(super) mod show;
