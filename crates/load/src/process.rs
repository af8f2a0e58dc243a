//! What a process takes of the machine, from /proc.

use std::fs;

/// The unit of CPU times in /proc: a hundredth of a second on every Linux machine of today.
const TICKS_PER_SECOND: f64 = 100.0;

/// What a process has used so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// CPU time in seconds, of all its threads.
    pub cpu: f64,
    /// Memory that is there now, in KiB.
    pub memory: u64,
    /// The most memory that ever was there, in KiB.
    pub memory_peak: u64,
}

impl Usage {
    /// Reads it; zero for a process that is not there.
    pub fn of(process: u32) -> Self {
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let memory = |key: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(key));
            let number = line.and_then(|line| line.split_whitespace().next());
            number.and_then(|number| number.parse().ok()).unwrap_or(0)
        };
        Self {
            cpu: cpu(process),
            memory: memory("VmRSS:"),
            memory_peak: memory("VmHWM:"),
        }
    }
}

fn cpu(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the program may hold anything, also brackets.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let times = fields.split_whitespace().skip(11).take(2);
    let ticks: f64 = times.filter_map(|time| time.parse::<f64>().ok()).sum();
    ticks / TICKS_PER_SECOND
}

/// How long all processors were busy and how long they were taken away, in seconds.
pub(crate) fn machine() -> (f64, f64) {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let line = stat.lines().next().unwrap_or_default();
    let times: Vec<f64> = line
        .split_whitespace()
        .skip(1)
        .filter_map(|time| time.parse().ok())
        .collect();
    // user nice system idle iowait irq softirq steal
    match times.as_slice() {
        [user, nice, system, _idle, _wait, irq, soft, steal, ..] => (
            (user + nice + system + irq + soft) / TICKS_PER_SECOND,
            steal / TICKS_PER_SECOND,
        ),
        _ => (0.0, 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_knows_itself() {
        let usage = Usage::of(std::process::id());
        assert!(
            usage.memory > 100 && usage.memory_peak >= usage.memory,
            "{usage:?}"
        );
        assert_eq!(Usage::of(u32::MAX).memory, 0);
    }
}
