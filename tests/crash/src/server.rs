//! The real server: made ready, started, killed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout};

/// How long a start may take.
const PATIENCE: Duration = Duration::from_mins(1);
const PASSWORD: &str = "ein langes Passwort";

/// A data directory with pages and people.
pub(crate) struct Data {
    folder: TempDir,
    pages: Vec<String>,
    logins: Vec<String>,
}

/// Somebody who is signed in.
#[derive(Clone)]
pub(crate) struct Account {
    /// The session's token.
    pub(crate) token: String,
}

impl Data {
    pub(crate) fn make(program: &Path, pages: usize, people: usize) -> Result<Self> {
        let folder = TempDir::with_prefix("denkraum-crash-")?;
        let data = Self {
            pages: (0..pages)
                .map(|number| format!("01arz3ndektsv4rrffq69g5f{number:02}"))
                .collect(),
            logins: (0..people)
                .map(|number| format!("person{number}"))
                .collect(),
            folder,
        };
        for login in &data.logins {
            let options = [
                "--login",
                login,
                "--role",
                "coordinator",
                "--space",
                "pankow",
            ];
            data.run(
                program,
                &[&["user", "add"], &options[..]].concat(),
                PASSWORD,
            )?;
        }
        let lines = data.pages.iter().map(|page| {
            let line = json!({
                "id": page, "title": page, "kind": "page", "space": "pankow",
                "audience": "space", "markdown": "Anfang",
            });
            format!("{line}\n")
        });
        let file = data.folder.path().join("pages.jsonl");
        fs::write(&file, lines.collect::<String>())?;
        data.run(program, &["import", &file.to_string_lossy()], "")?;
        Ok(data)
    }

    /// Runs a command of the program on the data.
    fn run(&self, program: &Path, arguments: &[&str], input: &str) -> Result<()> {
        let mut child = Command::new(program)
            .args(arguments)
            .arg("--data-dir")
            .arg(self.folder())
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        if let Some(mut stdin) = child.stdin.take() {
            std::io::Write::write_all(&mut stdin, input.as_bytes())?;
        }
        let status = child.wait()?;
        if !status.success() {
            bail!("`{}` failed ({status})", arguments.join(" "));
        }
        Ok(())
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn pages(&self) -> &[String] {
        &self.pages
    }

    /// Where the server's log is.
    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Leaves the folder where it is.
    pub(crate) fn keep(self) -> PathBuf {
        self.folder.keep()
    }
}

/// A server that runs.
pub(crate) struct Server {
    process: Child,
    address: String,
    /// What it prints; kept open, because it would fail to print otherwise.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Server {
    /// Starts the server and waits until it says where it listens.
    pub(crate) async fn start(program: &Path, data: &Data) -> Result<Self> {
        let log = File::options().create(true).append(true).open(data.log())?;
        let mut process = tokio::process::Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(data.folder())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        let stdout = process.stdout.take().context("no output")?;
        let mut lines = BufReader::new(stdout).lines();
        let first = tokio::time::timeout(PATIENCE, lines.next_line()).await;
        let first = first.context("the server does not come up")??;
        let address = first
            .as_deref()
            .and_then(|line| line.strip_prefix("Denkraum: http://"));
        let address = address
            .context("the server ended before it listened")?
            .to_owned();
        Ok(Self {
            process,
            address,
            _output: lines,
        })
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Ends it with SIGKILL.
    pub(crate) async fn kill(&mut self) -> Result<()> {
        Ok(self.process.kill().await?)
    }

    /// Signs everybody in.
    pub(crate) async fn sign_in(&self, data: &Data) -> Result<Vec<Account>> {
        let mut accounts = Vec::new();
        for login in &data.logins {
            let token = self.token(login).await;
            let token = token.with_context(|| format!("{login} could not sign in"))?;
            accounts.push(Account { token });
        }
        Ok(accounts)
    }

    async fn token(&self, login: &str) -> Result<String> {
        let body = json!({ "login": login, "password": PASSWORD }).to_string();
        let head = [
            "POST /api/v1/session HTTP/1.1".to_owned(),
            format!("host: {}", self.address),
            format!("origin: http://{}", self.address),
            "content-type: application/json".to_owned(),
            format!("content-length: {}", body.len()),
            "connection: close".to_owned(),
        ];
        let mut stream = TcpStream::connect(&self.address).await?;
        let request = format!("{}\r\n\r\n{body}", head.join("\r\n"));
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        let mut lines = answer.lines();
        let cookie = lines.find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            let pair = value.split(';').next()?;
            let (_, token) = pair.split_once('=')?;
            name.eq_ignore_ascii_case("set-cookie")
                .then(|| token.to_owned())
        });
        cookie.with_context(|| answer.lines().next().unwrap_or_default().to_owned())
    }
}
