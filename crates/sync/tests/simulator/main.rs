//! Clients, a network, a server that crashes and a journal, without sockets and without time.
//!
//! A seed decides everything. Connections lose, delay and break, but keep their order; appends
//! fail; the server crashes between any two effects. While it runs, nobody may be sent what is not
//! durable, nothing may be counted as saved that is not, and no client may see a hole. At the end
//! all clients and the journal agree, and no letter has vanished that nobody deleted.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers of tests fail by panicking"
)]

#[path = "../support/mod.rs"]
#[expect(
    dead_code,
    reason = "shared with the rules of the room, which need other parts"
)]
mod support;

mod client;
mod journal;
mod weather;
mod world;

use weather::{Counts, Storms};
use world::World;

const SEEDS: u64 = 200;
/// Found something once.
const KEPT: [u64; 1] = [1023];

/// [S-30] [S-38]
#[test]
fn all_clients_and_the_journal_agree_after_every_storm() {
    let all = (0..SEEDS).map(|seed| (seed, Storms::of(seed)));
    let kept = KEPT.map(|seed| (seed, Storms::of(seed).without_blocks()));
    for (seed, storms) in all.chain(kept) {
        // Shown when it fails.
        println!("seed {seed}");
        let mut world = World::new(seed, storms);
        world.storm(400);
        world.calm();
    }
}

/// [S-30]
#[test]
fn the_simulator_sees_what_it_is_for() {
    let mut sum = Counts::default();
    for seed in 0..30 {
        let mut world = World::new(seed, Storms::of(seed));
        world.storm(400);
        world.calm();
        sum.add(&world.counts);
    }
    for (what, count) in sum.all() {
        assert!(count > 0, "no {what} in 30 seeds");
    }
}

/// [S-38]
#[test]
fn a_server_that_keeps_no_lost_text_is_caught() {
    let caught = (0..20).any(|seed| {
        std::panic::catch_unwind(|| {
            let mut storms = Storms::of(seed);
            storms.forgets_lost = true;
            let mut world = World::new(seed, storms);
            world.storm(400);
            world.calm();
        })
        .is_err()
    });
    assert!(caught, "the oracle does not notice");
}

/// [S-30]
#[test]
fn a_server_that_sends_before_it_stores_is_caught() {
    let caught = (0..20).any(|seed| {
        std::panic::catch_unwind(|| {
            let mut storms = Storms::of(seed);
            storms.sends_before_storing = true;
            let mut world = World::new(seed, storms);
            world.storm(400);
        })
        .is_err()
    });
    assert!(caught, "the oracle does not notice");
}
