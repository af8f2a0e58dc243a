//! What holds across all routes.

mod access;
mod attachments;
mod comments;
mod golden;
mod headers;
mod keep;
mod problems;
mod search;
mod sessions;
mod sockets;
mod transfer;
