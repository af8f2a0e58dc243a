//! A server as a process: started, signed in to, ended.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::{Instant, sleep, timeout};

use crate::data::PASSWORD;
use crate::{Account, Data, LoadError};

/// How long a start may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long an orderly end may take.
const GOODBYE: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// How a program is started.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The program.
    pub program: PathBuf,
    /// Its options, without those that say where its data is and where it listens.
    pub options: Vec<String>,
    /// The one processor that it may use (as `taskset` numbers them); `None`: all.
    pub processor: Option<u32>,
}

impl Launch {
    /// A program without options, on all processors.
    pub fn new(program: &Path) -> Self {
        Self {
            program: program.to_owned(),
            options: Vec::new(),
            processor: None,
        }
    }

    /// The program, on its processor, without its options yet.
    pub(crate) fn command(&self) -> Command {
        let mut command = match self.processor {
            Some(processor) => {
                let mut command = Command::new("taskset");
                command
                    .args(["-c", &processor.to_string()])
                    .arg(&self.program);
                command
            }
            None => Command::new(&self.program),
        };
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    fn failed(&self) -> impl FnOnce(std::io::Error) -> LoadError + use<> {
        LoadError::io(format!("starting {}", self.program.display()))
    }
}

/// A server that runs.
pub struct Server {
    process: Child,
    address: String,
    /// What it prints; kept open, because it would fail to print otherwise.
    _output: Option<Lines<BufReader<ChildStdout>>>,
}

impl Server {
    /// Starts our server and waits until it says where it listens.
    pub async fn start(launch: &Launch, data: &Data) -> Result<Self, LoadError> {
        let log = File::options().create(true).append(true).open(data.log());
        let mut process = launch
            .command()
            .env_clear()
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(data.folder())
            .args(&launch.options)
            .stdout(Stdio::piped())
            .stderr(log.map_err(LoadError::io("opening the log"))?)
            .spawn()
            .map_err(launch.failed())?;
        let mut lines = process.stdout.take().map(|out| BufReader::new(out).lines());
        let first = async {
            match &mut lines {
                Some(lines) => lines.next_line().await,
                None => Ok(None),
            }
        };
        let first = timeout(PATIENCE, first).await;
        let first = first.map_err(|_| LoadError::Late("the server"))?;
        let first = first.map_err(LoadError::io("reading what the server prints"))?;
        let address = first
            .as_deref()
            .and_then(|line| line.strip_prefix("Denkraum: http://"));
        let address = address.ok_or_else(|| LoadError::Program {
            program: launch.program.display().to_string(),
            reason: "it ended before it listened".to_owned(),
        })?;
        Ok(Self {
            address: address.to_owned(),
            process,
            _output: lines,
        })
    }

    /// Starts another server and waits until it can be reached at `address`.
    pub(crate) async fn start_other(
        launch: &Launch,
        command: &mut Command,
        address: String,
    ) -> Result<Self, LoadError> {
        let process = command.spawn().map_err(launch.failed())?;
        let mut server = Self {
            process,
            address,
            _output: None,
        };
        let began = Instant::now();
        while TcpStream::connect(&server.address).await.is_err() {
            let ended = server.process.try_wait().map_err(launch.failed())?;
            if let Some(status) = ended {
                return Err(LoadError::Program {
                    program: launch.program.display().to_string(),
                    reason: format!("it ended at the start ({status})"),
                });
            }
            if began.elapsed() > PATIENCE {
                return Err(LoadError::Late("the server"));
            }
            sleep(LOOK_EVERY).await;
        }
        Ok(server)
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The number of the process; 0 once it has ended.
    pub fn process(&self) -> u32 {
        self.process.id().unwrap_or(0)
    }

    /// Ends it with SIGKILL.
    pub async fn kill(&mut self) -> Result<(), LoadError> {
        let killed = self.process.kill().await;
        killed.map_err(LoadError::io("killing the server"))
    }

    /// Asks it to end (SIGTERM) and waits for that; kills it if it does not.
    pub(crate) async fn stop(&mut self) -> Result<(), LoadError> {
        let process = i32::try_from(self.process()).ok();
        if let Some(process) = process.and_then(rustix::process::Pid::from_raw) {
            // One that has ended meanwhile needs no signal.
            let _ = rustix::process::kill_process(process, rustix::process::Signal::TERM);
        }
        match timeout(GOODBYE, self.process.wait()).await {
            Ok(_) => Ok(()),
            Err(_) => self.kill().await,
        }
    }

    /// Signs everybody in.
    pub async fn sign_in(&self, data: &Data) -> Result<Vec<Account>, LoadError> {
        let mut accounts = Vec::new();
        for login in data.logins() {
            let token = self.token(login, PASSWORD).await?;
            accounts.push(Account { token });
        }
        Ok(accounts)
    }

    /// Signs somebody in; gives the session's token.
    pub(crate) async fn token(&self, login: &str, password: &str) -> Result<String, LoadError> {
        let body = json!({ "login": login, "password": password });
        let answer = self.ask("POST", "/api/v1/session", None, &body).await?;
        let mut lines = answer.lines();
        let cookie = lines.find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            let pair = value.split(';').next()?;
            let (_, token) = pair.split_once('=')?;
            name.eq_ignore_ascii_case("set-cookie")
                .then(|| token.to_owned())
        });
        cookie.ok_or_else(|| {
            let line = answer.lines().next().unwrap_or_default();
            LoadError::Refused(format!("{login} could not sign in: {line}"))
        })
    }

    /// Calls the API for the person of a token; gives the body, which is null if there is none.
    pub(crate) async fn call(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: &Value,
    ) -> Result<Value, LoadError> {
        let answer = self.ask(method, path, Some(token), body).await?;
        let line = answer.lines().next().unwrap_or_default();
        let refused = || LoadError::Refused(format!("{method} {path}: {line}"));
        if !line.starts_with("HTTP/1.1 20") {
            return Err(refused());
        }
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        if body.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_str(body).map_err(|_| refused())
    }

    async fn ask(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: &Value,
    ) -> Result<String, LoadError> {
        let failed = || LoadError::io(format!("{method} {path}"));
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let mut head = vec![
            format!("{method} {path} HTTP/1.1"),
            format!("host: {}", self.address),
            format!("origin: http://{}", self.address),
            "content-type: application/json".to_owned(),
            format!("content-length: {}", body.len()),
            "connection: close".to_owned(),
        ];
        head.extend(token.map(|token| format!("cookie: denkraum={token}")));
        let mut stream = TcpStream::connect(&self.address).await.map_err(failed())?;
        let request = format!("{}\r\n\r\n{body}", head.join("\r\n"));
        stream
            .write_all(request.as_bytes())
            .await
            .map_err(failed())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.map_err(failed())?;
        Ok(answer)
    }
}
