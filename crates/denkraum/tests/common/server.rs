//! The program as a process: commands, and a server that is asked over HTTP.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// Only a test that would hang meets it.
const PATIENCE: Duration = Duration::from_mins(1);
pub(crate) const PASSWORD: &str = "ein langes Passwort";

fn denkraum(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_denkraum"));
    command
        .env_clear()
        .args(arguments)
        .arg("--data-dir")
        .arg(data);
    command
}

pub(crate) fn run(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = denkraum(data, arguments);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
}

/// A server that is killed when it is no longer needed.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_with(data, Stdio::null())
    }

    /// One whose log goes there.
    pub(crate) fn start_with(data: &Path, log: Stdio) -> Self {
        let mut command = denkraum(data, &["serve", "--listen", "127.0.0.1:0"]);
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.stderr(log).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let address = first.strip_prefix("Denkraum: http://").unwrap().to_owned();
        Self { child, address }
    }

    /// Status, head and body of the answer.
    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: &Value,
    ) -> (u16, String, Vec<u8>) {
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

    pub(crate) fn sign_in(&self) -> String {
        let body = json!({ "login": "jana", "password": PASSWORD });
        let (status, head, _) = self.ask("POST", "/api/v1/session", "", &body);
        assert!(status < 300, "{head}");
        let cookie = head.split("denkraum=").nth(1).unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
