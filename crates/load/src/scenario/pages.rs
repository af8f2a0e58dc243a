//! Many pages, two people each, one edit a second and person.

use std::time::Duration;

use serde_json::json;

use super::{Put, Settings, page_names};
use crate::numbers::{count, real, round};
use crate::{LoadError, Plan, Target, measure};

const PAGES: [usize; 1] = [1000];
const PEOPLE: usize = 2;
const RATE: f64 = 1.0;
const WARM_UP: Duration = Duration::from_millis(1500);
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn run(
    target: &Target,
    settings: &Settings,
    put: &mut Put<'_>,
) -> Result<(), LoadError> {
    for pages in settings.counts_or(&PAGES) {
        let prepared = target.prepare(pages, pages * PEOPLE)?;
        let running = prepared.start().await?;
        let plan = Plan {
            rate: RATE,
            lasting: WARM_UP + settings.lasting,
            carets: false,
            seed: settings.seed,
        };
        let names = page_names(pages);
        let measured = measure(&running, &names, PEOPLE, plan, WARM_UP, PATIENCE).await?;
        let (before, after) = measured.memory;
        let each = round(real(after.saturating_sub(before)) / real(count(pages)));
        let mut result = measured.json;
        result.insert("kib_per_page".to_owned(), json!(each));
        put("pages", pages, result);
        running.kill().await?;
    }
    Ok(())
}
