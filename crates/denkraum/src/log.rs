//! Structured logs on standard error: a readable message and fields, never page text or tokens.

use crate::config::LogConfig;

pub(crate) fn start(config: LogConfig) {
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(config.filter)
        .with_writer(std::io::stderr);
    if config.json {
        subscriber.json().init();
    } else {
        subscriber.with_ansi(false).compact().init();
    }
}
