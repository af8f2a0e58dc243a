//! The real server on a disk that is really full: a small tmpfs, where mounting is allowed.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a helper of a test fails the test"
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Only a test that would hang meets it; how long things took is printed.
const PATIENCE: Duration = Duration::from_mins(1);
const PASSWORD: &str = "ein langes Passwort";
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

fn denkraum(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_denkraum"));
    command
        .env_clear()
        .args(arguments)
        .arg("--data-dir")
        .arg(data);
    command
}

fn run(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = denkraum(data, arguments);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
}

/// A server that is killed when it is no longer needed.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut command = denkraum(data, &["serve", "--listen", "127.0.0.1:0"]);
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let address = first.strip_prefix("Denkraum: http://").unwrap().to_owned();
        Self { child, address }
    }

    /// Status, head and body of the answer.
    fn ask(&self, method: &str, path: &str, token: &str, body: &Value) -> (u16, String, Vec<u8>) {
        let address = &self.address;
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\
             cookie: denkraum={token}\r\nconnection: close\r\n\r\n{body}"
        );
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
        let body = answer.split_off(end.unwrap() + 4);
        let head = String::from_utf8(answer).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head, body)
    }

    fn sign_in(&self) -> String {
        let body = json!({ "login": "jana", "password": PASSWORD });
        let (status, head, _) = self.ask("POST", "/api/v1/session", "", &body);
        assert!(status < 300, "{head}");
        let cookie = head.split("denkraum=").nth(1).unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

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

    /// Makes large pages until that is refused.
    fn write_until_refused(&self, token: &str) {
        let text = "Wort ".repeat(60_000);
        let page = json!({
            "title": "Viel", "kind": "page", "space": "pankow", "audience": "space", "markdown": text,
        });
        for _ in 0..200 {
            let (status, _, body) = self.ask("POST", "/api/v1/pages", token, &page);
            if status >= 300 {
                let said = String::from_utf8(body).unwrap();
                assert_eq!(status, 503, "{said}");
                return;
            }
        }
        panic!("nothing was refused");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
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
    server.write_until_refused(&token);
    println!("read-only after {:?}", server.until(false));
    let (status, said) = server.rename(&token, "Auf voller Platte");
    assert_eq!(
        (status, &said["code"]),
        (503, &json!("read-only")),
        "{said}"
    );
    assert_eq!(server.title(&token), "Am Anfang");
    let (status, _, export) =
        server.ask("GET", "/api/v1/export?format=jsonl", &token, &Value::Null);
    assert_eq!(status, 200);
    assert!(String::from_utf8(export).unwrap().contains("Am Anfang"));
    fs::remove_file(disk.ballast()).unwrap();
    println!("writable after {:?}", server.until(true));
    assert_eq!(server.rename(&token, "Mit Platz").0, 200);

    // Killed, filled up again, started while full.
    disk.fill();
    server.write_until_refused(&token);
    drop(server);
    disk.fill();
    let server = Server::start(&data);
    println!("started full, read-only after {:?}", server.until(false));
    assert_eq!(server.title(&token), "Mit Platz");
    assert_eq!(server.rename(&token, "Auf voller Platte").0, 503);
    fs::remove_file(disk.ballast()).unwrap();
    println!("writable after {:?}", server.until(true));
    assert_eq!(server.rename(&token, "Wieder mit Platz").0, 200);
    drop(server);
    let server = Server::start(&data);
    assert_eq!(server.title(&token), "Wieder mit Platz");
    drop(server);
    assert!(run(&data, &["check"], "").status.success());
}
