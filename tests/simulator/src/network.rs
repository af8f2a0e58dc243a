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

use weather::Storms;
pub(crate) use weather::{Bug, Counts};
use world::World;

/// So many things happen in the life of a seed.
const STEPS: u32 = 400;

/// The network of a seed; of a server with a bug, to see that it is noticed.
pub(crate) fn run(seed: u64, bug: Option<Bug>, runtime: &Rc<Runtime>) -> Counts {
    let storms = Storms {
        bug,
        ..Storms::of(seed)
    };
    let mut world = World::new(seed, storms, Rc::clone(runtime));
    world.storm(STEPS);
    world.calm();
    world.counts
}
