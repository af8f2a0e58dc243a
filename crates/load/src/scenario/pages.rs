//! Many pages, two people each, one edit a second and person.

use std::time::Duration;

use serde_json::json;
use tokio::time::sleep;

use super::{Put, Settings, page_names};
use crate::numbers::{count, real, round};
use crate::{Crowd, LoadError, Plan, Target, measure};

const PAGES: [usize; 1] = [1000];
const PEOPLE: usize = 2;
const RATE: f64 = 1.0;
/// Others type first, on pages of their own: what a server takes once, whoever types, is no part of
/// what a page takes.
const FIRST: usize = 100;
const FIRST_LASTING: Duration = Duration::from_secs(2);
/// Until what they typed has gone wherever a server puts it soon.
const SETTLE: Duration = Duration::from_secs(3);
const WARM_UP: Duration = Duration::from_millis(1500);
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn run(
    target: &Target,
    settings: &Settings,
    put: &mut Put<'_>,
) -> Result<(), LoadError> {
    for pages in settings.counts_or(&PAGES) {
        let prepared = target.prepare(FIRST + pages, (FIRST + pages) * PEOPLE)?;
        let running = prepared.start().await?;
        let at_start = running.usage();
        let plan = Plan {
            rate: RATE,
            lasting: WARM_UP + settings.lasting,
            carets: false,
            seed: settings.seed,
        };
        let names = page_names(FIRST + pages);
        let (first, others) = names.split_at(FIRST);
        let first = Crowd::join(&running, first, PEOPLE).await?;
        let lasting = FIRST_LASTING;
        first.clone().type_by(Plan { lasting, ..plan }).await;
        sleep(SETTLE).await;
        let measured = measure(&running, others, PEOPLE, plan, WARM_UP, PATIENCE).await?;
        first.leave();
        let (before, after) = measured.memory;
        let more = |before: u64, pages: usize| {
            json!(round(
                real(after.saturating_sub(before)) / real(count(pages))
            ))
        };
        let mut result = measured.json;
        result.insert("kib_per_page".to_owned(), more(before, pages));
        let from_start = more(at_start.memory, FIRST + pages);
        result.insert("kib_from_start".to_owned(), from_start);
        put("pages", pages, result);
        running.kill().await?;
    }
    Ok(())
}
