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
/// Stock clients renew their state so often.
const RENEW_EVERY: Duration = Duration::from_secs(15);
const SETTLE: Duration = Duration::from_secs(2);

pub(super) async fn run(
    target: &Target,
    settings: &Settings,
    put: &mut Put<'_>,
) -> Result<(), LoadError> {
    let prepared = target.prepare(PAGES, CONNECTIONS)?;
    let running = prepared.start().await?;
    let before = running.usage();
    let began = Instant::now();
    let crowd = Crowd::join(&running, &page_names(PAGES), CONNECTIONS / PAGES).await?;
    let connected = began.elapsed();
    let renewing = tokio::task::spawn_local(renew(Rc::clone(&crowd)));
    sleep(SETTLE).await;
    let quiet = running.usage();
    // A whole round of renewals, however short the rest is measured.
    let holding = settings.lasting.max(RENEW_EVERY);
    sleep(holding).await;
    let after = running.usage();
    renewing.abort();
    let each = real(after.memory.saturating_sub(before.memory)) / real(count(CONNECTIONS));
    let result = json!({
        "pages": PAGES, "connect_s": round(connected.as_secs_f64()),
        "memory_before_kib": before.memory, "memory_kib": after.memory,
        "memory_peak_kib": after.memory_peak, "kib_per_connection": round(each),
        "cpu": round((after.cpu - quiet.cpu) / holding.as_secs_f64()), "gone": crowd.gone(),
    });
    put("idle", CONNECTIONS, object(result));
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
