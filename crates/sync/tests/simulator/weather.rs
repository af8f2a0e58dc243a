//! What goes wrong, and how often it did.

/// How bad the weather is; in thousandths per step.
#[derive(Clone, Copy)]
pub(crate) struct Storms {
    pub(crate) crash: u32,
    pub(crate) disconnect: u32,
    pub(crate) fail_append: u32,
    pub(crate) fail_load: u32,
    pub(crate) close_tab: u32,
    /// How often blocks are moved, joined and turned into others, among all edits.
    pub(crate) restructure: u32,
    /// A server with a bug, to see that it is noticed.
    pub(crate) sends_before_storing: bool,
    /// One that keeps no lost text.
    pub(crate) forgets_lost: bool,
}

impl Storms {
    /// Every seed has its own weather; some have none of one kind.
    pub(crate) fn of(seed: u64) -> Self {
        let kind = u32::try_from(seed % 4).unwrap();
        Self {
            crash: [0, 4, 12, 4][kind as usize],
            disconnect: [25, 10, 0, 25][kind as usize],
            fail_append: [0, 0, 30, 120][kind as usize],
            fail_load: [0, 150, 0, 150][kind as usize],
            close_tab: [4, 0, 4, 4][kind as usize],
            restructure: 300,
            sends_before_storing: false,
            forgets_lost: false,
        }
    }

    /// The same, with nobody changing blocks: as it was when older seeds were found.
    pub(crate) fn without_blocks(self) -> Self {
        Self {
            restructure: 0,
            ..self
        }
    }
}

/// What happened, to know that it does happen.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) crashes: u64,
    pub(crate) failed_appends: u64,
    pub(crate) failed_loads: u64,
    pub(crate) reconnects: u64,
    pub(crate) saved: u64,
    pub(crate) compactions: u64,
    pub(crate) unloads: u64,
    pub(crate) kept: u64,
}

impl Counts {
    pub(crate) fn all(&self) -> [(&'static str, u64); 8] {
        [
            ("crash", self.crashes),
            ("failed append", self.failed_appends),
            ("failed load", self.failed_loads),
            ("reconnect", self.reconnects),
            ("saved", self.saved),
            ("compaction", self.compactions),
            ("unload", self.unloads),
            ("kept text", self.kept),
        ]
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.crashes += other.crashes;
        self.failed_appends += other.failed_appends;
        self.failed_loads += other.failed_loads;
        self.reconnects += other.reconnects;
        self.saved += other.saved;
        self.compactions += other.compactions;
        self.unloads += other.unloads;
        self.kept += other.kept;
    }
}
