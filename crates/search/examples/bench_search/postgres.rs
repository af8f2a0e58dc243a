//! A PostgreSQL of our own, from the installed programs, in a temporary folder and on a socket there.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use tempfile::TempDir;

/// Memory for this machine's size of measurement; one process a query, as 16 clients are on few processors.
const SETTINGS: &str = "\
listen_addresses = ''
shared_buffers = 1GB
work_mem = 64MB
maintenance_work_mem = 512MB
effective_cache_size = 4GB
random_page_cost = 1.1
max_parallel_workers_per_gather = 0
jit = off
client_min_messages = warning
fsync = off
max_wal_size = 8GB
";

/// A running server, stopped when it is dropped.
pub struct Postgres {
    folder: TempDir,
    server: Child,
    pub version: String,
}

/// A connection.
pub struct Session {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Postgres {
    /// Starts a server; none if it is not installed.
    pub fn start() -> Option<Self> {
        let programs = programs()?;
        let folder = tempfile::tempdir().unwrap();
        // The server may be another person.
        let all = PermissionsExt::from_mode(0o777);
        std::fs::set_permissions(folder.path(), all).unwrap();
        let data = folder.path().join("data");
        let mut initdb = as_a_person(&programs.join("initdb"));
        initdb.args(["--auth=trust", "--username=bench", "--encoding=UTF8", "-D"]);
        let made = initdb.arg(&data).stdout(Stdio::null()).status().unwrap();
        assert!(made.success(), "initdb failed");
        let settings = folder.path().join("postgresql.conf");
        std::fs::write(&settings, SETTINGS).unwrap();
        let mut postgres = as_a_person(&programs.join("postgres"));
        postgres.arg("-D").arg(&data);
        postgres
            .arg("-c")
            .arg(format!("config_file={}", settings.display()));
        postgres
            .arg("-c")
            .arg(format!("hba_file={}/pg_hba.conf", data.display()));
        postgres.arg("-k").arg(folder.path());
        let server = postgres.stderr(Stdio::null()).spawn().unwrap();
        let version = Command::new(programs.join("postgres"))
            .arg("--version")
            .output()
            .unwrap();
        let version = String::from_utf8(version.stdout).unwrap();
        let started = Self {
            folder,
            server,
            version: version.trim().to_owned(),
        };
        // It refuses connections until it is up.
        let answers = (0..100).any(|_| started.ready(&programs));
        assert!(answers, "PostgreSQL did not come up");
        Some(started)
    }

    fn ready(&self, programs: &Path) -> bool {
        let mut ready = Command::new(programs.join("pg_isready"));
        let ready = ready.arg("-q").arg("-h").arg(self.folder.path()).status();
        let ready = ready.unwrap().success();
        if !ready {
            // pg_isready does not wait where there is no socket yet.
            let pause = Command::new("sleep").arg("0.1").status();
            assert!(pause.unwrap().success());
        }
        ready
    }

    pub fn session(&self) -> Session {
        let mut psql = Command::new("psql");
        psql.args([
            "-q",
            "-t",
            "-A",
            "-X",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            "bench",
        ]);
        psql.arg("-h").arg(self.folder.path()).arg("postgres");
        let mut child = psql
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Session {
            child,
            input,
            output,
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT is its fast shutdown.
        let id = self.server.id().to_string();
        let asked = Command::new("kill").args(["-INT", &id]).status();
        if asked.is_ok_and(|asked| asked.success()) {
            drop(self.server.wait());
        }
    }
}

impl Session {
    /// The lines of the answer.
    pub fn ask(&mut self, sql: &str) -> Vec<String> {
        self.input.write_all(sql.as_bytes()).unwrap();
        self.input.write_all(b"\n\\echo #end\n").unwrap();
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).unwrap();
            assert!(read > 0, "psql ended");
            match line.trim_end() {
                "#end" => return lines,
                line => lines.push(line.to_owned()),
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.input.write_all(b"\\q\n"));
        drop(self.child.wait());
    }
}

/// The folder of the server's programs: on the path, or where Debian puts them.
fn programs() -> Option<PathBuf> {
    let on_path = std::env::split_paths(&std::env::var_os("PATH")?).collect::<Vec<_>>();
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let versions = versions.map(|version| version.unwrap().path().join("bin"));
    let mut folders = on_path.into_iter().chain(versions);
    folders.find(|folder| folder.join("initdb").is_file() && folder.join("pg_isready").is_file())
}

/// The server refuses to run as root.
fn as_a_person(program: &Path) -> Command {
    let user = Command::new("id").arg("-u").output().unwrap();
    if user.stdout != b"0\n" {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    command.arg(program);
    command
}
