//! A disk that is really full: a small tmpfs, where mounting is allowed.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::support::{Running, folder, page, seen, update};
use denkraum_journal::{Health, ReadOnly};
use tempfile::TempDir;

const READ_ONLY_WITHIN: Duration = Duration::from_secs(1);
const BACK_WITHIN: Duration = Duration::from_secs(10);

/// A mounted file system of 40 MiB.
struct Small(TempDir);

impl Small {
    /// `None` where mounting is not allowed.
    fn mount() -> Option<Self> {
        let folder = folder();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=40m", "tmpfs"])
            .arg(folder.path())
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file until not a byte more fits.
    fn fill(&self) -> PathBuf {
        let path = self.path().join("ballast");
        let mut file = fs::File::create(&path).unwrap();
        for size in [1 << 20, 4096] {
            while file.write_all(&vec![1; size]).is_ok() {}
        }
        path
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("-l").arg(self.path()).status();
        assert!(unmounted.unwrap().success());
    }
}

/// Appends until the journal takes nothing more; the refusal must not take long.
async fn append_until_refused(running: &Running) {
    loop {
        let append = running.store.append_update(update(1, "x".repeat(1 << 20)));
        let appended = tokio::time::timeout(READ_ONLY_WITHIN, append).await;
        if appended.unwrap().is_err() {
            break;
        }
    }
    let reason = ReadOnly::NoSpace;
    assert_eq!(running.store.status().journal, Health::ReadOnly { reason });
}

async fn append_when_there_is_room(running: &Running) {
    let back = async {
        while running.store.status().journal != Health::Writable {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(BACK_WITHIN, back).await.unwrap();
    running
        .store
        .append_update(update(2, "again"))
        .await
        .unwrap();
}

/// [F-12, V-15] The disk fills up: read-only within a second, reading goes on, writing comes back by
/// itself within ten seconds of there being room; also when started while full.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_survived_and_left_by_itself() {
    let Some(disk) = Small::mount() else {
        println!("mounting is not allowed here: a full disk is tried in the simulation alone");
        return;
    };
    let running = Running::open(disk.path()).await;
    running
        .store
        .append_update(update(2, "before"))
        .await
        .unwrap();
    let ballast = disk.fill();
    append_until_refused(&running).await;
    let before = running.store.load_page(page(2)).await.unwrap().unwrap();
    assert_eq!(before.updates.len(), 1);
    fs::remove_file(&ballast).unwrap();
    append_when_there_is_room(&running).await;

    let ballast = disk.fill();
    append_until_refused(&running).await;
    let before = seen(&running.store).await;
    running.close().await;
    // What closing has freed is taken, too.
    drop(fs::remove_file(&ballast));
    let ballast = disk.fill();
    let running = Running::open(disk.path()).await;
    let reason = ReadOnly::NoSpace;
    assert_eq!(running.store.status().journal, Health::ReadOnly { reason });
    assert_eq!(seen(&running.store).await, before);
    fs::remove_file(&ballast).unwrap();
    append_when_there_is_room(&running).await;
    let found = running.store.load_page(page(2)).await.unwrap().unwrap();
    assert_eq!(found.updates.len(), 3);
    running.close().await;
    let running = Running::open(disk.path()).await;
    let found = running.store.load_page(page(2)).await.unwrap().unwrap();
    assert_eq!(found.updates.len(), 3);
    running.close().await;
}
