//! The real server on a disk that is really full: a small tmpfs, where mounting is allowed.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a helper of a test fails the test"
)]

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

#[path = "common/server.rs"]
mod server;

use server::{PASSWORD, Server, run};

/// Only a test that would hang meets it; how long things took is printed.
const PATIENCE: Duration = Duration::from_mins(1);
const PAGE: &str = "/api/v1/pages/01arz3ndektsv4rrffq69g0001";

/// A mounted file system of 64 MiB.
struct Small(TempDir);

impl Small {
    /// `None` where mounting is not allowed.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64m", "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self(folder))
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn ballast(&self) -> PathBuf {
        self.0.path().join("ballast")
    }

    /// Writes until not a byte more fits.
    fn fill(&self) {
        let mut file = fs::File::options();
        let mut file = file.append(true).create(true).open(self.ballast()).unwrap();
        for size in [1 << 20, 4096] {
            while file.write_all(&vec![1; size]).is_ok() {}
        }
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("-l").arg(self.0.path()).status();
        assert!(unmounted.unwrap().success());
    }
}

impl Server {
    fn readiness(&self) -> (bool, bool) {
        let (_, _, body) = self.ask("GET", "/readyz", "", &Value::Null);
        let said: Value = serde_json::from_slice(&body).unwrap();
        (said["ready"] == true, said["writable"] == true)
    }

    /// Waits until it says that changes can, or cannot, be saved.
    #[expect(clippy::disallowed_methods, reason = "how long it took is printed")]
    fn until(&self, writable: bool) -> Duration {
        let began = Instant::now();
        while self.readiness() != (true, writable) {
            assert!(began.elapsed() < PATIENCE);
        }
        began.elapsed()
    }

    fn rename(&self, token: &str, title: &str) -> (u16, Value) {
        let (status, _, body) = self.ask("PATCH", PAGE, token, &json!({ "title": title }));
        (status, serde_json::from_slice(&body).unwrap())
    }

    fn title(&self, token: &str) -> String {
        let (status, _, body) = self.ask("GET", PAGE, token, &Value::Null);
        assert_eq!(status, 200);
        let page: Value = serde_json::from_slice(&body).unwrap();
        page["title"].as_str().unwrap().to_owned()
    }

    /// Makes pages, and gives the page another title, until not even that is taken; gives the title
    /// that it has then. A large change may be refused where a small one still fits.
    fn write_until_refused(&self, token: &str) -> String {
        for words in [60_000, 2_000, 50] {
            let page = json!({
                "title": "Viel", "kind": "page", "space": "pankow", "audience": "space",
                "markdown": "Wort ".repeat(words),
            });
            while self.ask("POST", "/api/v1/pages", token, &page).0 < 300 {}
        }
        let mut title = self.title(token);
        for number in 1000..9000 {
            let next = format!("Auf voller Platte {number}");
            match self.rename(token, &next) {
                (200, _) => title = next,
                (status, said) => {
                    assert_eq!(
                        (status, &said["code"]),
                        (503, &json!("read-only")),
                        "{said}"
                    );
                    return title;
                }
            }
        }
        panic!("nothing was refused");
    }
}

/// [F-12, V-15] Read-only as soon as nothing more fits, also when started then; reading and export go
/// on; writing comes back by itself; nothing that was saved is lost.
#[test]
fn a_server_on_a_full_disk_goes_on_reading_and_writes_again_when_there_is_room() {
    let Some(disk) = Small::mount() else {
        println!("mounting is not allowed here: a full disk is tried in the simulation alone");
        return;
    };
    let data = disk.data();
    let add = [
        "user",
        "add",
        "--login",
        "jana",
        "--role",
        "coordinator",
        "--space",
        "pankow",
    ];
    assert!(run(&data, &add, PASSWORD).status.success());
    let line = json!({
        "id": "01arz3ndektsv4rrffq69g0001", "title": "Am Anfang", "kind": "page",
        "space": "pankow", "audience": "space", "markdown": "Text",
    });
    let file = disk.0.path().join("page.jsonl");
    fs::write(&file, format!("{line}\n")).unwrap();
    assert!(
        run(&data, &["import", file.to_str().unwrap()], "")
            .status
            .success()
    );

    let server = Server::start(&data);
    let token = server.sign_in();
    server.until(true);
    disk.fill();
    let title = server.write_until_refused(&token);
    println!("read-only after {:?}", server.until(false));
    assert_eq!(server.title(&token), title);
    let (status, _, export) =
        server.ask("GET", "/api/v1/export?format=jsonl", &token, &Value::Null);
    assert_eq!(status, 200);
    assert!(String::from_utf8(export).unwrap().contains(&title));
    fs::remove_file(disk.ballast()).unwrap();
    println!("writable after {:?}", server.until(true));
    assert_eq!(server.rename(&token, "Mit Platz").0, 200);

    // Killed, filled up again, started while full.
    disk.fill();
    let title = server.write_until_refused(&token);
    drop(server);
    disk.fill();
    let server = Server::start(&data);
    println!("started full, read-only after {:?}", server.until(false));
    assert_eq!(server.title(&token), title);
    fs::remove_file(disk.ballast()).unwrap();
    println!("writable after {:?}", server.until(true));
    assert_eq!(server.rename(&token, "Wieder mit Platz").0, 200);
    drop(server);
    let server = Server::start(&data);
    assert_eq!(server.title(&token), "Wieder mit Platz");
    drop(server);
    assert!(run(&data, &["check"], "").status.success());
}
