//! One page, N people, five edits a second each.

use std::time::Duration;

use super::{Put, Settings, page_names};
use crate::{LoadError, Plan, Target, measure};

const PEOPLE: [usize; 3] = [10, 50, 200];
const PEOPLE_WITH_CARETS: [usize; 1] = [200];
const RATE: f64 = 5.0;
const WARM_UP: Duration = Duration::from_millis(1500);
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn run(
    target: &Target,
    settings: &Settings,
    carets: bool,
    put: &mut Put<'_>,
) -> Result<(), LoadError> {
    let usual = if carets {
        &PEOPLE_WITH_CARETS[..]
    } else {
        &PEOPLE[..]
    };
    for people in settings.counts_or(usual) {
        let prepared = target.prepare(1, people)?;
        let running = prepared.start().await?;
        let plan = Plan {
            rate: RATE,
            lasting: WARM_UP + settings.lasting,
            carets,
            seed: settings.seed,
        };
        let pages = page_names(1);
        let measured = measure(&running, &pages, people, plan, WARM_UP, PATIENCE).await?;
        put(
            if carets { "carets" } else { "fanout" },
            people,
            measured.json,
        );
        running.kill().await?;
    }
    Ok(())
}
