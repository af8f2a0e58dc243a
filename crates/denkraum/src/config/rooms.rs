//! How open pages treat their connections.

use denkraum_app::RoomsConfig;

use super::{ConfigError, ConfigFile};
use crate::cli::Serve;

/// What a connection may send in a second, sustained. The burst is five times as much.
const UPDATES: std::ops::RangeInclusive<u64> = 1..=10_000_000;
const BURST: u64 = 5;
/// Milliseconds. Clients of Yjs drop a connection that is silent for 30 seconds.
const KEEP_ALIVE: std::ops::RangeInclusive<u64> = 100..=25_000;

/// The product's own sizes and times, with what the installation sets differently.
pub(crate) fn validate(arguments: &Serve, file: &ConfigFile) -> Result<RoomsConfig, ConfigError> {
    let mut rooms = RoomsConfig::default();
    if let Some(updates) = arguments
        .updates_per_second
        .or(file.rooms.updates_per_second)
    {
        let updates = within("updates_per_second", updates, &UPDATES)?;
        rooms.limits.rate.frames_per_second = updates;
        rooms.limits.rate.frames_burst = updates * BURST;
    }
    if let Some(millis) = arguments.keep_alive_ms.or(file.rooms.keep_alive_ms) {
        let millis = within("keep_alive_ms", millis, &KEEP_ALIVE)?;
        rooms.timing.quiet = i64::try_from(millis).unwrap_or(rooms.timing.quiet);
    }
    Ok(rooms)
}

pub(super) fn within(
    option: &'static str,
    value: u64,
    allowed: &std::ops::RangeInclusive<u64>,
) -> Result<u64, ConfigError> {
    if allowed.contains(&value) {
        return Ok(value);
    }
    let reason = format!(
        "{value} is not between {} and {}",
        allowed.start(),
        allowed.end()
    );
    Err(ConfigError::option(option, reason))
}
