//! Numbers for people: rounded, as fractions, as percentiles.

use std::time::Duration;

/// A count as a fraction; above 2^32 it stays there, which no measurement reaches.
pub(crate) fn real(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A length as a count.
pub(crate) fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// Rounded to two decimals.
pub(crate) fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// A time in microseconds, at most 71 minutes.
pub(crate) fn micros(time: Duration) -> u32 {
    u32::try_from(time.as_micros()).unwrap_or(u32::MAX)
}

/// A time in milliseconds.
pub(crate) fn millis(time: Duration) -> f64 {
    round(time.as_secs_f64() * 1000.0)
}

/// How long some things took, in microseconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times(Vec<u32>);

impl Times {
    pub(crate) fn add(&mut self, micros: u32) {
        self.0.push(micros);
    }

    /// The time in milliseconds within which so many thousandths of them came; `None` without any.
    pub(crate) fn within(&mut self, thousandths: usize) -> Option<f64> {
        self.0.sort_unstable();
        let place = (self.0.len() * thousandths).div_ceil(1000).max(1) - 1;
        let micros = self.0.get(place)?;
        Some(round(f64::from(*micros) / 1000.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_occurred() {
        let mut times = Times::default();
        assert_eq!(times.within(990), None);
        for micros in (1..=200).rev() {
            times.add(micros * 1000);
        }
        assert_eq!(times.within(500), Some(100.0));
        assert_eq!(times.within(990), Some(198.0));
        assert_eq!(times.within(1000), Some(200.0));
        assert_eq!(times.within(0), Some(1.0));
    }
}
