//! The most edits a second to one page that ten others get within a quarter of a second.
//!
//! The rate doubles until it fails, then the middle between the best and the failed one is tried
//! until they are close. After a failure the server is started anew: it may work off what waits for
//! a long time.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::{Put, Settings, page_names};
use crate::numbers::{count, real};
use crate::target::Running;
use crate::{LoadError, Measured, Plan, Target, measure};

const PEOPLE: usize = 11;
const FIRST_RATE: f64 = 2000.0;
const LOWEST_RATE: f64 = 50.0;
/// Milliseconds.
const SLOWEST_P99: f64 = 250.0;
const LATEST_GENERATOR: f64 = 50.0;
/// The best and the failed rate may differ by this part.
const CLOSE: f64 = 0.12;
const STEPS: u32 = 16;
const WARM_UP: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(4);
/// Unmeasured, so that what compiles at run time has compiled the way of an edit.
const FIRST_RUN: Duration = Duration::from_secs(3);

pub(super) async fn run(
    target: &Target,
    settings: &Settings,
    put: &mut Put<'_>,
) -> Result<(), LoadError> {
    let steps = usize::try_from(STEPS).unwrap_or(0) + 1;
    let (prepared, pages) = (target.prepare(steps, PEOPLE)?, page_names(steps));
    let mut pages = pages.iter();
    let mut running = warm(prepared.start().await?, &mut pages, settings).await?;
    let (mut best, mut failed, mut rate) = (0.0, f64::INFINITY, FIRST_RATE);
    let (mut result, mut reason) = (Map::new(), String::new());
    for page in pages {
        let measured = at_rate(&running, page, rate, settings).await?;
        match failure(&measured, rate, settings) {
            None => {
                best = rate;
                result = measured.json;
            }
            Some(why) => {
                failed = rate;
                reason = why.to_owned();
                running.kill().await?;
                running = prepared.start().await?;
            }
        }
        if (failed - best) / failed < CLOSE || rate < LOWEST_RATE {
            break;
        }
        rate = if failed.is_finite() {
            f64::midpoint(best, failed)
        } else {
            rate * 2.0
        };
    }
    result.insert("updates_per_s".to_owned(), json!(best.round()));
    result.insert("failed_at".to_owned(), json!(failed.round()));
    result.insert("failed_by".to_owned(), Value::String(reason));
    put("saturation", PEOPLE - 1, result);
    running.kill().await
}

async fn warm(
    running: Running,
    pages: &mut std::slice::Iter<'_, String>,
    settings: &Settings,
) -> Result<Running, LoadError> {
    if let Some(page) = pages.next() {
        let settings = Settings {
            lasting: FIRST_RUN,
            ..settings.clone()
        };
        at_rate(&running, page, FIRST_RATE, &settings).await?;
    }
    Ok(running)
}

async fn at_rate(
    running: &Running,
    page: &str,
    rate: f64,
    settings: &Settings,
) -> Result<Measured, LoadError> {
    let plan = Plan {
        rate: rate / real(count(PEOPLE)),
        lasting: WARM_UP + settings.lasting,
        carets: false,
        seed: settings.seed,
    };
    let pages = [page.to_owned()];
    measure(running, &pages, PEOPLE, plan, WARM_UP, PATIENCE).await
}

/// Why a rate is too high.
fn failure(measured: &Measured, rate: f64, settings: &Settings) -> Option<&'static str> {
    let planned = rate * (WARM_UP + settings.lasting).as_secs_f64();
    if measured.lateness > LATEST_GENERATOR || real(measured.edits) < planned * 0.97 {
        Some("generator")
    } else if measured.lost > 0 {
        Some("lost")
    } else if measured.p99.is_none_or(|p99| p99 > SLOWEST_P99) {
        Some("late")
    } else {
        None
    }
}
