//! What all routes share.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use denkraum_app::App;
use tokio_util::task::TaskTracker;

use crate::config::HttpConfig;
use crate::metrics::Metrics;

/// What all routes share. Clones are the same.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Inner>);

struct Inner {
    app: App,
    config: HttpConfig,
    metrics: Metrics,
    sockets: TaskTracker,
    problems: AtomicU64,
}

impl Shared {
    pub(crate) fn new(app: App, config: HttpConfig, sockets: TaskTracker) -> Self {
        let (metrics, problems) = (Metrics::new(), AtomicU64::new(0));
        Self(Arc::new(Inner {
            app,
            config,
            metrics,
            sockets,
            problems,
        }))
    }

    pub(crate) fn app(&self) -> &App {
        &self.0.app
    }

    pub(crate) fn config(&self) -> &HttpConfig {
        &self.0.config
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Knows the sockets that are open, so that the server can wait for their end.
    pub(crate) fn sockets(&self) -> &TaskTracker {
        &self.0.sockets
    }

    /// A name for a failure that finds it in the log: the time and a count.
    pub(crate) fn next_problem_id(&self) -> String {
        let number = self.0.problems.fetch_add(1, Ordering::Relaxed);
        format!("{:x}-{number:x}", self.0.app.now().millis())
    }
}
