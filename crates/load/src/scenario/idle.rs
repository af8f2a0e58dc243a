//! Many connections on some pages that only renew their awareness, as stock clients do.

use std::rc::Rc;
use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, sleep};

use super::{Put, Settings, object, page_names};
use crate::numbers::{count, real, round};
use crate::{Crowd, LoadError, Target};

const PAGES: usize = 200;
const CONNECTIONS: usize = 2000;
const PER_PAGE: usize = CONNECTIONS / PAGES;
/// Others come first, on pages of their own: what a server takes once, whoever comes, is no part of
/// what a connection takes.
const FIRST_PAGES: usize = 20;
const FIRST: usize = FIRST_PAGES * PER_PAGE;
/// Stock clients renew their state so often.
const RENEW_EVERY: Duration = Duration::from_secs(15);
const SETTLE: Duration = Duration::from_secs(2);

pub(super) async fn run(
    target: &Target,
    settings: &Settings,
    put: &mut Put<'_>,
) -> Result<(), LoadError> {
    let prepared = target.prepare(FIRST_PAGES + PAGES, FIRST + CONNECTIONS)?;
    let running = prepared.start().await?;
    let at_start = running.usage();
    let names = page_names(FIRST_PAGES + PAGES);
    let (first, pages) = names.split_at(FIRST_PAGES);
    let first = Crowd::join(&running, first, PER_PAGE).await?;
    sleep(SETTLE).await;
    let before = running.usage();
    let began = Instant::now();
    let crowd = Crowd::join(&running, pages, PER_PAGE).await?;
    let connected = began.elapsed();
    let renewing = tokio::task::spawn_local(renew(Rc::clone(&crowd)));
    sleep(SETTLE).await;
    let quiet = running.usage();
    // A whole round of renewals, however short the rest is measured.
    let holding = settings.lasting.max(RENEW_EVERY);
    sleep(holding).await;
    let after = running.usage();
    renewing.abort();
    let more = |before: u64, connections: usize| {
        round(real(after.memory.saturating_sub(before)) / real(count(connections)))
    };
    let result = json!({
        "pages": PAGES, "connect_s": round(connected.as_secs_f64()),
        "memory_before_kib": before.memory, "memory_kib": after.memory,
        "memory_peak_kib": after.memory_peak,
        "kib_per_connection": more(before.memory, CONNECTIONS),
        "kib_from_start": more(at_start.memory, FIRST + CONNECTIONS),
        "cpu": round((after.cpu - quiet.cpu) / holding.as_secs_f64()), "gone": first.gone() + crowd.gone(),
    });
    put("idle", CONNECTIONS, object(result));
    first.leave();
    crowd.leave();
    running.kill().await
}

async fn renew(crowd: Rc<Crowd>) {
    let pause = RENEW_EVERY / u32::try_from(CONNECTIONS).unwrap_or(1);
    for typist in crowd.typists().iter().cycle() {
        typist.point(0);
        sleep(pause).await;
    }
}
