//! The server is killed while people type: is every edit there that another person had seen?

use std::time::Duration;

use serde_json::json;
use tokio::time::sleep;

use super::probe::Probe;
use super::{Put, Settings, object, page_names};
use crate::{Crowd, LoadError, Plan, Target};

const PEOPLE: usize = 20;
const RATE: f64 = 5.0;
/// Peers write ten seconds late at most; this is in the middle of their second turn.
const KILLED_AFTER: Duration = Duration::from_millis(13_300);
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn run(
    target: &Target,
    settings: &Settings,
    put: &mut Put<'_>,
) -> Result<(), LoadError> {
    let prepared = target.prepare(1, PEOPLE)?;
    let running = prepared.start().await?;
    let pages = page_names(1);
    let crowd = Crowd::join(&running, &pages, PEOPLE).await?;
    let plan = Plan {
        rate: RATE,
        lasting: KILLED_AFTER * 2,
        carets: false,
        seed: settings.seed,
    };
    let typing = tokio::task::spawn_local(crowd.clone().type_by(plan));
    sleep(KILLED_AFTER).await;
    running.kill().await?;
    crowd.stop();
    // It stops at the next edit.
    let _in_time = tokio::time::timeout(PATIENCE, typing).await;
    sleep(Duration::from_millis(300)).await;
    crowd.leave();
    let running = prepared.start().await?;
    let probe = Probe::open(&running, &pages.concat()).await?;
    let opened = probe.until(PATIENCE, |probe| probe.answers() > 0).await;
    // Some answer first and send the content afterwards.
    sleep(Duration::from_secs(2)).await;
    let result = {
        let world = crowd.world().borrow();
        let (mut seen, mut missing) = (0, 0);
        for seat in world.seats() {
            let (more_seen, more_missing) = world.missing(seat, probe.clock(seat.client()));
            seen += more_seen;
            missing += more_missing;
        }
        json!({
            "edits": world.edits(), "seen": seen, "missing": missing, "opened": opened,
        })
    };
    put("durability", PEOPLE, object(result));
    probe.leave();
    running.kill().await
}
