//! Counters of the server, for Prometheus. All of them stand here; none names a person or a page.

use std::time::Duration;

use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

type Labels<const N: usize> = [(&'static str, String); N];

/// Upper bounds of the durations that are told apart, in seconds.
const SECONDS: [f64; 9] = [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// Counters of one server.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Labels<3>, Counter>,
    durations: Family<Labels<1>, Histogram>,
    sockets: Gauge,
    closes: Family<Labels<1>, Counter>,
    received: Counter,
    sent: Counter,
    writable: Gauge,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("denkraum");
        let requests = Family::default();
        registry.register("http_requests", "Answered requests", requests.clone());
        let durations = Family::new_with_constructor((|| Histogram::new(SECONDS)) as fn() -> _);
        registry.register(
            "http_request_seconds",
            "Time until an answer began",
            durations.clone(),
        );
        let sockets = Gauge::default();
        registry.register("sockets_open", "Open page connections", sockets.clone());
        let closes = Family::default();
        registry.register(
            "sockets_closed",
            "Ended page connections by close code, 0 for none",
            closes.clone(),
        );
        let (received, sent) = (Counter::default(), Counter::default());
        registry.register(
            "socket_messages_received",
            "Messages from page connections",
            received.clone(),
        );
        registry.register(
            "socket_messages_sent",
            "Messages to page connections",
            sent.clone(),
        );
        let writable = Gauge::default();
        registry.register(
            "journal_writable",
            "1 while changes can be saved",
            writable.clone(),
        );
        Self {
            registry,
            requests,
            durations,
            sockets,
            closes,
            received,
            sent,
            writable,
        }
    }

    /// A request to a route was answered.
    pub(crate) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let labels = [
            ("method", method.to_owned()),
            ("route", route.to_owned()),
            ("status", status.to_string()),
        ];
        self.requests.get_or_create(&labels).inc();
        self.durations
            .get_or_create(&[("route", route.to_owned())])
            .observe(took.as_secs_f64());
    }

    /// A page connection was opened.
    pub(crate) fn socket_opened(&self) {
        self.sockets.inc();
    }

    /// A page connection has ended; `code` is 0 if nobody said why.
    pub(crate) fn socket_closed(&self, code: u16) {
        self.sockets.dec();
        self.closes
            .get_or_create(&[("code", code.to_string())])
            .inc();
    }

    /// A message came in.
    pub(crate) fn message_received(&self) {
        self.received.inc();
    }

    /// Messages went out.
    pub(crate) fn messages_sent(&self, count: usize) {
        self.sent.inc_by(u64::try_from(count).unwrap_or(u64::MAX));
    }

    /// Counts messages to page connections.
    pub(crate) fn sent(&self) -> Counter {
        self.sent.clone()
    }

    /// Everything in the text format.
    pub(crate) fn render(&self, writable: bool) -> Result<String, std::fmt::Error> {
        self.writable.set(i64::from(writable));
        let mut page = String::new();
        text::encode(&mut page, &self.registry)?;
        Ok(page)
    }
}
