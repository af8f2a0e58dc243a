//! The network: people on several tabs, two pages with their rooms, one store under both.

mod client;
mod effects;
mod ending;
mod links;
mod oracle;
mod trouble;
mod vandal;
mod watch;
mod weather;
mod world;

use std::rc::Rc;

use tokio::runtime::Runtime;

pub(crate) use weather::{Bug, Counts, Storms};
use world::World;

/// So many things happen in the life of a seed.
const STEPS: u32 = 400;

/// The network of a seed.
pub(crate) fn run(seed: u64, runtime: &Rc<Runtime>) -> Counts {
    run_with(seed, Storms::of(seed), runtime)
}

/// As [`run`], in other weather.
pub(crate) fn run_with(seed: u64, storms: Storms, runtime: &Rc<Runtime>) -> Counts {
    let mut world = World::new(seed, storms, Rc::clone(runtime));
    world.storm(STEPS);
    world.calm();
    world.counts
}
