//! What is measured: our server, a peer, the bare relay. Each run has an empty folder of its own.

use std::cell::OnceCell;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tempfile::TempDir;

use crate::wire::Dialect;
use crate::{Account, Data, Launch, LoadError, Server, Usage};

/// Clients share accounts, but for the limit of ours of what one person may have open.
const CONNECTIONS_OF_A_PERSON: usize = 50;
const LEAST_PEOPLE: usize = 4;
/// What one connection may send is the only limit of ours that is lifted: a flood is the measurement.
const UPDATES_PER_SECOND: &str = "10000000";

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Ours, with clients that ask for its additions, as our editor does.
    Ours,
    /// Ours, with clients that know the standard protocol alone.
    OursStock,
    /// `denkraum-relay`: no documents, no disk.
    Relay,
    /// `@hocuspocus/server` with `@hocuspocus/extension-sqlite`.
    Hocuspocus,
    /// `@y/websocket-server` with `y-leveldb`.
    YWebsocket,
    /// `y-sweet`.
    YSweet,
}

impl Kind {
    const ALL: [(&'static str, Self); 6] = [
        ("ours", Self::Ours),
        ("ours-stock", Self::OursStock),
        ("relay", Self::Relay),
        ("hocuspocus", Self::Hocuspocus),
        ("y-websocket", Self::YWebsocket),
        ("y-sweet", Self::YSweet),
    ];

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(known, kind)| (known == name).then_some(kind))
    }

    /// Its name in options and output.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(name, kind)| (kind == self).then_some(name))
            .unwrap_or_default()
    }

    pub(crate) const fn is_ours(self) -> bool {
        matches!(self, Self::Ours | Self::OursStock)
    }
}

/// A server that can be started.
#[derive(Clone, Debug)]
pub struct Target {
    /// Which.
    pub kind: Kind,
    /// Its program; for peers of npm the folder that they are installed in.
    pub program: PathBuf,
    /// The processor that it gets; `None`: all.
    pub processor: Option<u32>,
}

/// A target with a place for its data, and pages and people if it wants them.
pub(crate) struct Prepared {
    target: Target,
    folder: TempDir,
    data: Option<Data>,
    accounts: OnceCell<Vec<Account>>,
}

/// A server that runs.
pub struct Running {
    kind: Kind,
    server: Server,
    accounts: Vec<Account>,
}

/// How a client gets in.
pub(crate) struct Door {
    pub(crate) address: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<String>,
    pub(crate) dialect: Dialect,
}

impl Target {
    /// Makes a place for data, with so many pages, for so many connections.
    pub(crate) fn prepare(&self, pages: usize, connections: usize) -> Result<Prepared, LoadError> {
        let people = connections.div_ceil(CONNECTIONS_OF_A_PERSON);
        let people = people.max(LEAST_PEOPLE);
        let folder = TempDir::with_prefix("denkraum-load-");
        let data = self
            .kind
            .is_ours()
            .then(|| Data::make(&self.program, pages, people));
        Ok(Prepared {
            target: self.clone(),
            folder: folder.map_err(LoadError::io("making a folder"))?,
            data: data.transpose()?,
            accounts: OnceCell::new(),
        })
    }

    fn launch(&self, program: &Path, options: &[&str]) -> Launch {
        Launch {
            program: program.to_owned(),
            options: options.iter().map(|&option| option.to_owned()).collect(),
            processor: self.processor,
        }
    }
}

impl Prepared {
    /// Adds somebody with a role, before ours is started; others know nobody.
    pub(crate) fn add_person(&self, login: &str, role: &[&str]) -> Result<(), LoadError> {
        match &self.data {
            Some(data) => data.add_person(&self.target.program, login, role),
            None => Ok(()),
        }
    }

    /// Starts the server on what it had before, if it ran already.
    pub(crate) async fn start(&self) -> Result<Running, LoadError> {
        let kind = self.target.kind;
        let Some(data) = &self.data else {
            let server = self.start_other().await?;
            return Ok(Running {
                kind,
                server,
                accounts: Vec::new(),
            });
        };
        let options = ["--updates-per-second", UPDATES_PER_SECOND];
        let launch = self.target.launch(&self.target.program, &options);
        if self.accounts.get().is_none() {
            // What signing in needs of memory is no part of what is measured, so another process does it.
            let mut server = Server::start(&launch, data).await?;
            let accounts = server.sign_in(data).await?;
            server.stop().await?;
            // Another one cannot have come in between: there is one thread.
            let _ = self.accounts.set(accounts);
        }
        Ok(Running {
            kind,
            server: Server::start(&launch, data).await?,
            accounts: self.accounts.get().cloned().unwrap_or_default(),
        })
    }

    async fn start_other(&self) -> Result<Server, LoadError> {
        let port = free_port()?;
        let program = &self.target.program;
        let store = self.folder.path().join("store");
        let (port_text, store_text) = (port.to_string(), store.to_string_lossy());
        let (port_text, store_text) = (port_text.as_str(), &*store_text);
        let node = Path::new("node");
        let launch = match self.target.kind {
            Kind::Hocuspocus => self.target.launch(node, &["server.mjs"]),
            Kind::YWebsocket => {
                let server = "node_modules/@y/websocket-server/src/server.js";
                self.target.launch(node, &[server])
            }
            Kind::YSweet => {
                let options = [
                    "serve",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    port_text,
                    store_text,
                ];
                self.target.launch(program, &options)
            }
            Kind::Relay | Kind::Ours | Kind::OursStock => self.target.launch(program, &[port_text]),
        };
        let mut command = launch.command();
        command
            .args(&launch.options)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if launch.program == node {
            command.current_dir(program).envs([
                ("HOST", "127.0.0.1"),
                ("PORT", port_text),
                ("NODE_ENV", "production"),
                ("STORE", store_text),
                ("YPERSISTENCE", store_text),
            ]);
        }
        Server::start_other(&launch, &mut command, format!("127.0.0.1:{port}")).await
    }
}

impl Running {
    pub(crate) fn door(&self, page: &str, person: usize) -> Door {
        let path = match self.kind {
            Kind::Ours => format!("/ws/pages/{page}?ext=saved,refused,access"),
            Kind::OursStock => format!("/ws/pages/{page}"),
            Kind::YSweet => format!("/d/{page}/ws/{page}"),
            Kind::Hocuspocus => "/".to_owned(),
            Kind::Relay | Kind::YWebsocket => format!("/{page}"),
        };
        let account = self.accounts.get(person % self.accounts.len().max(1));
        let cookie = account.map(|account| format!("Cookie: denkraum={}", account.token));
        Door {
            address: self.server.address().to_owned(),
            path,
            headers: cookie.into_iter().collect(),
            dialect: Dialect::new((self.kind == Kind::Hocuspocus).then_some(page)),
        }
    }

    pub(crate) const fn is_ours(&self) -> bool {
        self.kind.is_ours()
    }

    /// The server itself.
    pub(crate) const fn server(&self) -> &Server {
        &self.server
    }

    /// Whether clients are told how much of theirs is durable.
    pub(crate) fn tells_saved(&self) -> bool {
        self.kind == Kind::Ours
    }

    /// What the server has used so far.
    pub fn usage(&self) -> Usage {
        Usage::of(self.server.process())
    }

    pub(crate) async fn kill(mut self) -> Result<(), LoadError> {
        self.server.kill().await
    }

    pub(crate) async fn stop(mut self) -> Result<(), LoadError> {
        self.server.stop().await
    }
}

/// A port that nobody uses now.
fn free_port() -> Result<u16, LoadError> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).and_then(|found| found.local_addr());
    Ok(listener
        .map_err(LoadError::io("looking for a port"))?
        .port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        for (name, kind) in Kind::ALL {
            assert_eq!(Kind::parse(name), Some(kind));
            assert_eq!(kind.name(), name);
        }
        assert_eq!(Kind::parse("other"), None);
    }
}
