use crate::network::{self, Bug};
use crate::rules::take_checked;
use crate::run::{run_seeds, runtime};

const SEEDS: u64 = 500;
/// Seeds that found something once.
const KEPT: [u64; 5] = [20_243, 20_588, 21_021, 25_025, 30_117];

/// [S-30] [S-37] [S-38] Every seed, and every rule that is said to be simulated was looked at.
#[test]
fn every_rule_holds_in_every_storm() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let outcome = run_seeds(None, 0, SEEDS, threads, |_| ());
    assert!(outcome.failed.is_empty(), "{}", outcome.failures());
    for seed in KEPT {
        let outcome = run_seeds(None, seed, 1, 1, |_| ());
        assert!(outcome.failed.is_empty(), "{}", outcome.failures());
    }
    for (what, count) in outcome.counts.all() {
        assert!(count > 0, "no {what} in {SEEDS} seeds");
    }
    let checked: Vec<_> = outcome.checked.into_keys().collect();
    let mut listed = crate::list::SIMULATED.to_vec();
    listed.sort_unstable();
    assert_eq!(
        checked, listed,
        "looked at in {SEEDS} seeds, and in the list"
    );
}

/// [S-30] A server with a bug is caught, and by the rule that it breaks.
#[test]
fn servers_with_bugs_are_caught_by_name() {
    for (bug, rules) in [
        (Bug::SendsBeforeStoring, &["[S-10]"][..]),
        (Bug::ForgetsLostText, &["[S-32]", "[S-38]"]),
        (Bug::LosesAppends, &["[S-10]", "[S-21]", "[S-30]", "[S-31]"]),
        (Bug::ForgetsRights, &["[S-26]", "[S-27]", "[S-30]"]),
        (Bug::DropsParts, &["[S-30]"]),
        (Bug::CompactsOldState, &["[S-32]", "[S-21]"]),
        (Bug::ForgetsTheTime, &["[S-25]", "[S-31]", "[S-43]"]),
    ] {
        let runtime = runtime();
        let caught = (0..40).find_map(|seed| {
            let run = std::panic::AssertUnwindSafe(|| network::run(seed, Some(bug), &runtime));
            let panic = std::panic::catch_unwind(run).err()?;
            panic.downcast_ref::<String>().cloned()
        });
        take_checked();
        let caught = caught.unwrap_or_else(|| panic!("{bug:?} is not noticed"));
        let is_named = rules.iter().any(|rule| caught.starts_with(rule));
        assert!(is_named, "{bug:?} was caught by {caught}");
    }
}
