//! One measured time of typing.

use std::time::Duration;

use serde_json::{Map, Value, json};
use tokio::time::{Instant, sleep, timeout};

use crate::numbers::{real, round};
use crate::process::machine;
use crate::target::Running;
use crate::{Crowd, LoadError, Plan, Usage};

/// After everybody has come, and before anybody types.
const SETTLE: Duration = Duration::from_millis(700);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// What was measured.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Edits made.
    pub edits: u64,
    /// Deliveries that did not come although they were waited for.
    pub lost: u64,
    /// Milliseconds from due to delivered within which 99 of 100 came; `None` without any.
    pub p99: Option<f64>,
    /// Milliseconds by which 99 of 100 edits at most were made too late by the generator.
    pub lateness: f64,
    /// The server's share of a processor while it was measured: 1 is all of one.
    pub cpu: f64,
    /// Memory of the server before anybody came, and at the end; in KiB.
    pub memory: (u64, u64),
    /// Everything, for the output.
    pub json: Map<String, Value>,
}

/// Lets `per_page` people type at each page by plan, measures all but the first `warm_up`, then
/// waits up to `patience` until everybody has everything.
pub async fn measure(
    running: &Running,
    pages: &[String],
    per_page: usize,
    plan: Plan,
    warm_up: Duration,
    patience: Duration,
) -> Result<Measured, LoadError> {
    let before = running.usage();
    let crowd = Crowd::join(running, pages, per_page).await?;
    sleep(SETTLE).await;
    let world = crowd.world();
    let start = world.borrow().now();
    let micros = crate::numbers::micros;
    let window = start + micros(warm_up)..start + micros(plan.lasting);
    world.borrow_mut().measure(window);
    let typing = tokio::task::spawn_local(crowd.clone().type_by(plan));
    sleep(warm_up).await;
    let from = Snapshot::take(running, &crowd);
    sleep(plan.lasting.saturating_sub(warm_up)).await;
    let to = Snapshot::take(running, &crowd);
    // A generator that is late beyond all measure stops by itself.
    let _in_time = timeout(Duration::from_secs(5), typing).await;
    let waiting = Instant::now();
    while world.borrow().delivered < world.borrow().expected() && waiting.elapsed() < patience {
        sleep(LOOK_EVERY).await;
    }
    let after = running.usage();
    let gone = crowd.gone();
    crowd.leave();
    sleep(Duration::from_millis(100)).await;
    let mut world = world.borrow_mut();
    let lost = world.expected().saturating_sub(world.delivered);
    let seconds = to.at.duration_since(from.at).as_secs_f64();
    let share = |to: f64, from: f64| round((to - from) / seconds);
    let cpu = share(to.server, from.server);
    let own = share(to.own, from.own);
    let others = round((share(to.machine.0, from.machine.0) - cpu - own).max(0.0));
    let lateness = world.lateness.within(990).unwrap_or(0.0);
    let (p99, steal) = (
        world.delivery.within(990),
        share(to.machine.1, from.machine.1),
    );
    // Others took the processors, or the generator was late although it had time.
    let disturbed = steal > 0.05 || others > 0.5 || (lateness > 20.0 && own < 0.6);
    let per_second = |to: u64, from: u64| (real(to - from) / seconds).round();
    let json = json!({
        "edits": world.edits(), "expected": world.expected(), "delivered": world.delivered,
        "lost": lost, "gaps": world.gaps, "unread": world.unread, "gone": gone,
        "deliveries_per_s": per_second(to.delivered, from.delivered),
        "messages_per_s": per_second(to.messages, from.messages),
        "carets_per_s": per_second(to.carets, from.carets),
        "p50_ms": world.delivery.within(500), "p95_ms": world.delivery.within(950),
        "p99_ms": p99, "max_ms": world.delivery.within(1000), "late_p99_ms": lateness,
        "cpu": cpu, "generator_cpu": own, "others_cpu": others, "steal": steal,
        "memory_before_kib": before.memory, "memory_kib": after.memory,
        "memory_peak_kib": after.memory_peak, "disturbed": disturbed,
    });
    Ok(Measured {
        edits: world.edits(),
        lost,
        p99,
        lateness,
        cpu,
        memory: (before.memory, after.memory),
        json: json.as_object().cloned().unwrap_or_default(),
    })
}

/// What had been used and delivered at a moment.
struct Snapshot {
    at: Instant,
    server: f64,
    own: f64,
    machine: (f64, f64),
    delivered: u64,
    messages: u64,
    carets: u64,
}

impl Snapshot {
    fn take(running: &Running, crowd: &Crowd) -> Self {
        let world = crowd.world().borrow();
        Self {
            at: Instant::now(),
            server: running.usage().cpu,
            own: Usage::of(std::process::id()).cpu,
            machine: machine(),
            delivered: world.delivered,
            messages: world.messages,
            carets: world.carets,
        }
    }
}
