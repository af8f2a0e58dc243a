//! What goes wrong, and how often it did.

/// How bad the weather is; in thousandths per step.
#[derive(Clone, Copy)]
pub(crate) struct Storms {
    pub(crate) crash: u32,
    pub(crate) shutdown: u32,
    pub(crate) disconnect: u32,
    pub(crate) fail_append: u32,
    /// A sync fails: nothing is saved any more until the next start.
    pub(crate) fail_sync: u32,
    pub(crate) fill_disk: u32,
    pub(crate) fail_load: u32,
    pub(crate) close_tab: u32,
    pub(crate) lag: u32,
    pub(crate) repeat: u32,
    pub(crate) rights: u32,
    pub(crate) vandal: u32,
    pub(crate) server: u32,
    pub(crate) rewrite: u32,
    pub(crate) storage: u32,
    /// How often blocks are moved, joined and turned into others, among all edits.
    pub(crate) restructure: u32,
    /// A server with a bug, to see that it is noticed.
    pub(crate) bug: Option<Bug>,
}

/// Bugs that a server could have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bug {
    SendsBeforeStoring,
    ForgetsLostText,
    /// Says that an append is durable that was not stored.
    LosesAppends,
    /// Does not tell its rooms when rights change.
    ForgetsRights,
    /// Drops a part of what waits for a slow socket.
    DropsParts,
    /// Replaces a page by an older state.
    CompactsOldState,
    /// Never wakes its rooms when something is due.
    ForgetsTheTime,
}

impl Bug {
    /// All, by the names that the command knows.
    pub(crate) const ALL: [(&'static str, Self); 7] = [
        ("sends-before-storing", Self::SendsBeforeStoring),
        ("forgets-lost-text", Self::ForgetsLostText),
        ("loses-appends", Self::LosesAppends),
        ("forgets-rights", Self::ForgetsRights),
        ("drops-parts", Self::DropsParts),
        ("compacts-old-state", Self::CompactsOldState),
        ("forgets-the-time", Self::ForgetsTheTime),
    ];
}

impl Storms {
    /// Every seed has its own weather; some have none of one kind.
    pub(crate) fn of(seed: u64) -> Self {
        let by_kind = |values: [u32; 4]| values[usize::try_from(seed % 4).unwrap()];
        let every = |n: u64, often: u32| if seed.is_multiple_of(n) { 0 } else { often };
        Self {
            crash: by_kind([0, 4, 12, 4]),
            shutdown: by_kind([4, 0, 2, 0]),
            disconnect: by_kind([25, 10, 0, 25]),
            fail_append: by_kind([0, 0, 30, 120]),
            fail_sync: every(2, 30),
            fill_disk: every(3, 6),
            fail_load: by_kind([0, 150, 0, 150]),
            close_tab: by_kind([4, 0, 4, 4]),
            lag: every(3, 15),
            repeat: every(2, 20),
            rights: every(5, 8),
            vandal: every(7, 20),
            server: every(3, 10),
            rewrite: every(4, 4),
            storage: every(3, 8),
            restructure: 300,
            bug: None,
        }
    }

    /// Nothing goes wrong any more.
    pub(crate) fn calm(self) -> Self {
        Self {
            crash: 0,
            shutdown: 0,
            disconnect: 0,
            fail_append: 0,
            fail_sync: 0,
            fill_disk: 0,
            fail_load: 0,
            close_tab: 0,
            lag: 0,
            repeat: 0,
            rights: 0,
            vandal: 0,
            server: 0,
            rewrite: 0,
            storage: 0,
            ..self
        }
    }
}

/// What happened, to know that it does happen.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) crashes: u64,
    pub(crate) shutdowns: u64,
    pub(crate) failed_appends: u64,
    pub(crate) failed_syncs: u64,
    pub(crate) full_disks: u64,
    pub(crate) failed_loads: u64,
    pub(crate) reconnects: u64,
    pub(crate) saved: u64,
    pub(crate) compactions: u64,
    pub(crate) rewrites: u64,
    pub(crate) storage: u64,
    pub(crate) unloads: u64,
    pub(crate) kept: u64,
    pub(crate) lags: u64,
    pub(crate) repeated: u64,
    pub(crate) rights: u64,
    pub(crate) vandals: u64,
    pub(crate) server_edits: u64,
}

impl Counts {
    pub(crate) fn all(&self) -> [(&'static str, u64); 18] {
        [
            ("crash", self.crashes),
            ("shutdown", self.shutdowns),
            ("failed append", self.failed_appends),
            ("failed sync", self.failed_syncs),
            ("append on a full disk", self.full_disks),
            ("failed load", self.failed_loads),
            ("reconnect", self.reconnects),
            ("saved", self.saved),
            ("compaction", self.compactions),
            ("rewrite", self.rewrites),
            ("news of the storage", self.storage),
            ("unload", self.unloads),
            ("kept text", self.kept),
            ("lag", self.lags),
            ("repeated message", self.repeated),
            ("changed right", self.rights),
            ("vandal", self.vandals),
            ("edit by the server", self.server_edits),
        ]
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.crashes += other.crashes;
        self.shutdowns += other.shutdowns;
        self.failed_appends += other.failed_appends;
        self.failed_syncs += other.failed_syncs;
        self.full_disks += other.full_disks;
        self.failed_loads += other.failed_loads;
        self.reconnects += other.reconnects;
        self.saved += other.saved;
        self.compactions += other.compactions;
        self.rewrites += other.rewrites;
        self.storage += other.storage;
        self.unloads += other.unloads;
        self.kept += other.kept;
        self.lags += other.lags;
        self.repeated += other.repeated;
        self.rights += other.rights;
        self.vandals += other.vandals;
        self.server_edits += other.server_edits;
    }
}
