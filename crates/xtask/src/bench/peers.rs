//! Who is measured: our server, a bare relay, and peers installed from package registries.
//!
//! Peers are installed under cargo's target folder, never in the repository.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::{command, root};

/// The peers that ours is compared with.
pub(crate) const PEERS: [&str; 3] = ["hocuspocus", "y-websocket", "y-sweet"];

/// A server that is measured.
pub(crate) struct Contender {
    /// As the generator of load calls it.
    pub(crate) name: &'static str,
    /// The program, or the folder that a peer is installed in.
    pub(crate) program: PathBuf,
    /// Name and version, and what it writes to its disk when, for the report.
    pub(crate) about: String,
}

impl Contender {
    /// What would say nothing about this one.
    pub(crate) fn skips(&self, scenario: &str) -> bool {
        if matches!(scenario, "neighbours" | "rights") {
            return self.name != "ours";
        }
        match self.name {
            // It keeps nothing.
            "relay" => matches!(scenario, "ingest" | "durability" | "idle" | "pages"),
            // Other clients change nothing there.
            "ours-stock" => !matches!(scenario, "fanout" | "carets"),
            _ => false,
        }
    }
}

/// Ours and the relay, both just built.
pub(crate) fn ours(programs: &Path) -> Vec<Contender> {
    let contender = |name, program: &str, about: &str| Contender {
        name,
        program: programs.join(program),
        about: about.to_owned(),
    };
    vec![
        contender(
            "ours",
            "denkraum",
            "Denkraum with its own client's additions: every edit is on the disk (`fdatasync`) \
             before anybody else sees it; all limits as shipped but updates per second",
        ),
        contender(
            "ours-stock",
            "denkraum",
            "Denkraum with clients of the standard protocol alone",
        ),
        contender(
            "relay",
            "denkraum-relay",
            "a bare relay on tokio-tungstenite: drain, then flush; no documents, no disk",
        ),
    ]
}

/// Peers of npm, and those of other registries if they are there or `more` are wanted.
pub(crate) fn install(folder: &Path, more: bool) -> Result<Vec<Contender>> {
    let mut found = vec![
        npm(
            folder,
            "hocuspocus",
            &["@hocuspocus/server", "@hocuspocus/extension-sqlite"],
            "writes to SQLite 2 s to 10 s after an edit",
        )?,
        npm(
            folder,
            "y-websocket",
            &["@y/websocket-server", "y-leveldb"],
            "writes every update to LevelDB, without waiting for the disk",
        )?,
    ];
    let installed = folder.join("bin/y-sweet");
    if more && !installed.exists() {
        let folder = folder.to_string_lossy();
        let arguments = ["install", "--locked", "--root", &folder, "y-sweet"];
        command::run(&root(), "cargo", &arguments)?;
    }
    let on_path = command::output(&root(), "which", &["y-sweet"]).ok();
    let program = match on_path {
        Some(path) => Some(PathBuf::from(path.trim())),
        None => installed.exists().then_some(installed),
    };
    if let Some(program) = program {
        let version = command::output(&root(), &program.to_string_lossy(), &["version"]);
        found.push(Contender {
            name: "y-sweet",
            about: format!(
                "y-sweet {}: writes the document every 10 s",
                version.unwrap_or_default().trim()
            ),
            program,
        });
    }
    Ok(found)
}

fn npm(folder: &Path, name: &'static str, packages: &[&str], about: &str) -> Result<Contender> {
    let source = root().join("crates/load/peers").join(name);
    let folder = folder.join(name);
    fs::create_dir_all(&folder)?;
    let mut is_new = false;
    for file in fs::read_dir(&source)? {
        let file = file?.path();
        let name = file.file_name().context("a file without a name")?;
        let (from, to) = (fs::read(&file)?, folder.join(name));
        if fs::read(&to).ok().as_ref() != Some(&from) {
            fs::write(&to, from)?;
            is_new = true;
        }
    }
    if is_new || !folder.join("node_modules").exists() {
        let arguments = ["install", "--no-audit", "--no-fund"];
        command::run(&folder, "npm", &arguments)?;
    }
    let versions: Result<Vec<String>> = packages
        .iter()
        .map(|package| Ok(format!("{package} {}", version(&folder, package)?)))
        .collect();
    Ok(Contender {
        name,
        about: format!("{}: {about}", versions?.join(" with ")),
        program: folder,
    })
}

fn version(folder: &Path, package: &str) -> Result<String> {
    let file = folder
        .join("node_modules")
        .join(package)
        .join("package.json");
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let json: Value = serde_json::from_str(&text)?;
    let version = json.get("version").and_then(Value::as_str);
    Ok(version.context("a package without version")?.to_owned())
}
