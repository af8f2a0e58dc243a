//! A data directory of our server with pages and people.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::json;
use tempfile::TempDir;

use crate::LoadError;

/// Everybody's password.
pub(crate) const PASSWORD: &str = "ein langes Passwort";

/// A data directory with pages and people.
pub struct Data {
    folder: TempDir,
    pages: Vec<String>,
    logins: Vec<String>,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Account {
    /// The session's token.
    pub token: String,
}

impl Data {
    /// Makes one with the program's own commands. Every page holds one paragraph, and everybody may
    /// write on all of them.
    pub fn make(program: &Path, pages: usize, people: usize) -> Result<Self, LoadError> {
        let folder = TempDir::with_prefix("denkraum-load-");
        let data = Self {
            folder: folder.map_err(LoadError::io("making a folder"))?,
            pages: (0..pages).map(Self::page_id).collect(),
            logins: (0..people)
                .map(|number| format!("person{number}"))
                .collect(),
        };
        for login in &data.logins {
            data.add_person(program, login, &["coordinator", "--space", "pankow"])?;
        }
        let lines = data.pages.iter().map(|page| {
            let line = json!({
                "id": page, "title": page, "kind": "page", "space": "pankow",
                "audience": "space", "markdown": "Anfang",
            });
            format!("{line}\n")
        });
        let file = data.folder.path().join("pages.jsonl");
        fs::write(&file, lines.collect::<String>()).map_err(LoadError::io("writing pages"))?;
        data.run(program, &["import", &file.to_string_lossy()], "")?;
        Ok(data)
    }

    /// Adds somebody with a role.
    pub(crate) fn add_person(
        &self,
        program: &Path,
        login: &str,
        role: &[&str],
    ) -> Result<(), LoadError> {
        let arguments = [&["user", "add", "--login", login, "--role"], role].concat();
        self.run(program, &arguments, PASSWORD)
    }

    /// The id of the page of that number, up to 9999.
    pub fn page_id(number: usize) -> String {
        format!("01arz3ndektsv4rrffq69g{number:04}")
    }

    /// Runs a command of the program on the data.
    fn run(&self, program: &Path, arguments: &[&str], input: &str) -> Result<(), LoadError> {
        let name = || format!("{} {}", program.display(), arguments.join(" "));
        let child = Command::new(program)
            .args(arguments)
            .arg("--data-dir")
            .arg(self.folder())
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn();
        let mut child = child.map_err(LoadError::io(name()))?;
        if let Some(mut stdin) = child.stdin.take() {
            let written = stdin.write_all(input.as_bytes());
            written.map_err(LoadError::io(name()))?;
        }
        let status = child.wait().map_err(LoadError::io(name()))?;
        if status.success() {
            return Ok(());
        }
        Err(LoadError::Program {
            program: name(),
            reason: status.to_string(),
        })
    }

    /// The data directory.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The ids of the pages.
    pub fn pages(&self) -> &[String] {
        &self.pages
    }

    /// What people sign in with; all have the same password.
    pub(crate) fn logins(&self) -> &[String] {
        &self.logins
    }

    /// Where the server's log is.
    pub(crate) fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Leaves the folder where it is.
    pub fn keep(self) -> PathBuf {
        self.folder.keep()
    }
}
