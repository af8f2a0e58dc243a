//! A real editing history put in edit by edit; then the page opened, on a server just started and
//! on one that has it.

use std::time::Duration;

use serde_json::{Map, Value, json};
use tokio::time::{Instant, sleep};

use super::probe::Probe;
use super::{Put, Settings, object, page_names};
use crate::history::WRITER;
use crate::numbers::{millis, real, round};
use crate::target::{Prepared, Running};
use crate::{History, LoadError, Target};

/// So many updates may be under way, and after every so many a question shows how far it is.
const UNDER_WAY: u64 = 2000;
const ASK_EVERY: u64 = 250;
/// A slow server is not waited for any longer.
const LONGEST: Duration = Duration::from_secs(40);
/// How long a page may take to open, and the last updates to be taken.
const PATIENCE: Duration = Duration::from_secs(20);
/// Peers write to their disk up to ten seconds late.
const SETTLE: Duration = Duration::from_secs(11);
const SETTLE_OURS: Duration = Duration::from_secs(1);
const OPENINGS: usize = 3;

pub(super) async fn run(
    target: &Target,
    settings: &Settings,
    put: &mut Put<'_>,
) -> Result<(), LoadError> {
    let Some(path) = &settings.history else {
        return Ok(());
    };
    let most = settings.counts.first().copied().unwrap_or(usize::MAX);
    let history = History::read(path, most)?;
    let prepared = target.prepare(1, 0)?;
    let page = page_names(1).concat();
    let running = prepared.start().await?;
    let (sent, result) = put_in(&running, &page, history.updates()).await?;
    let in_time = result.get("whole") == Some(&Value::Bool(true));
    put("ingest", sent, result);
    if in_time {
        settle(running).await?;
        return open_often(&prepared, &page, history.clocks(), put).await;
    }
    running.stop().await?;
    let (prepared, merged) = (target.prepare(1, 0)?, history.merged()?);
    let running = prepared.start().await?;
    put_in(&running, &page, &merged).await?;
    settle(running).await?;
    open_often(&prepared, &page, history.clocks(), put).await
}

/// Stops a server when it has had time to write what it took.
async fn settle(running: Running) -> Result<(), LoadError> {
    let is_durable = running.is_ours();
    sleep(if is_durable { SETTLE_OURS } else { SETTLE }).await;
    running.stop().await
}

/// Opens the page some times, each on a server just started, as long as it is whole.
async fn open_often(
    prepared: &Prepared,
    page: &str,
    clock: u64,
    put: &mut Put<'_>,
) -> Result<(), LoadError> {
    for _ in 0..OPENINGS {
        // What is not there will not be there later.
        if !open(prepared, page, clock, put).await? {
            break;
        }
    }
    Ok(())
}

/// Puts updates in; gives how many, and what was measured.
async fn put_in(
    running: &Running,
    page: &str,
    updates: &[Vec<u8>],
) -> Result<(usize, Map<String, Value>), LoadError> {
    let probe = Probe::open(running, page).await?;
    if !probe.until(PATIENCE, |probe| probe.answers() > 0).await {
        return Err(LoadError::Late("the page"));
    }
    let before = running.usage();
    let (began, first) = (Instant::now(), probe.answers());
    let (mut sent, mut asked, mut clock, mut in_time) = (0_u64, 0, 0, true);
    for update in updates {
        // Read by the same reader that receivers use; every update is of the one writer.
        let _ = crate::updates::runs(update, |_, _, until| clock = until.max(clock));
        probe.update(update);
        sent += 1;
        if !sent.is_multiple_of(ASK_EVERY) {
            continue;
        }
        let left = LONGEST.saturating_sub(began.elapsed());
        in_time = if running.tells_saved() {
            let may_go_on = |probe: &Probe| probe.unsaved() <= UNDER_WAY;
            probe.until(left, may_go_on).await
        } else {
            probe.ask(&[(WRITER, clock)]);
            asked += 1;
            let may_go_on =
                |probe: &Probe| asked - (probe.answers() - first) <= UNDER_WAY / ASK_EVERY;
            probe.until(left, may_go_on).await
        };
        if !in_time {
            break;
        }
    }
    if in_time {
        in_time = if running.tells_saved() {
            probe.until(PATIENCE, |probe| probe.unsaved() == 0).await
        } else {
            probe.ask(&[(WRITER, clock)]);
            asked += 1;
            probe
                .until(PATIENCE, |probe| probe.answers() - first >= asked)
                .await
        };
    }
    let took = began.elapsed();
    let after = running.usage();
    let result = json!({
        "of": updates.len().saturating_sub(1), "whole": in_time, "seconds": millis(took) / 1000.0,
        "updates_per_s": (real(sent) / took.as_secs_f64()).round(),
        "cpu_s": round(after.cpu - before.cpu),
        "memory_before_kib": before.memory, "memory_kib": after.memory,
        "memory_peak_kib": after.memory_peak, "durable": running.tells_saved(),
    });
    probe.leave();
    Ok((usize::try_from(sent).unwrap_or(0), object(result)))
}

/// Opens the page on a server just started, then once more; says whether all was there up to
/// `clock` of the writer.
async fn open(
    prepared: &Prepared,
    page: &str,
    clock: u64,
    put: &mut Put<'_>,
) -> Result<bool, LoadError> {
    let running = prepared.start().await?;
    sleep(Duration::from_millis(300)).await;
    let mut all_whole = true;
    for scenario in ["cold", "warm"] {
        let began = Instant::now();
        let probe = Probe::open(&running, page).await?;
        let has_all = |probe: &Probe| probe.clock(WRITER) >= clock;
        let whole = probe.until(PATIENCE, has_all).await;
        all_whole &= whole;
        let took = probe.news().map(|news| millis(news.duration_since(began)));
        let result = json!({
            "whole": whole, "ms": took, "bytes": probe.bytes(),
            "memory_kib": running.usage().memory,
        });
        let found = usize::try_from(probe.clock(WRITER)).unwrap_or(0);
        put(scenario, found, object(result));
        probe.leave();
        sleep(Duration::from_millis(100)).await;
    }
    running.stop().await?;
    Ok(all_whole)
}
