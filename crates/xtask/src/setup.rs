//! Installing what the commands need: npm packages and, for the browser tests, Chromium.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::{command, root, tidy};

/// Where Debian's package puts the browser.
pub(crate) const CHROMIUM: &str = "/usr/bin/chromium";
/// Fonts with the measures of Times and Arial, as most systems have them: what stands on a page until
/// its own fonts have come is measured with these.
const FONTS: &str = "/usr/share/fonts/truetype/liberation";

/// The oldest Node that the web tools run on.
const NODE_MAJOR: u32 = 20;

/// Folders with a `package-lock.json`.
const WEB: &str = "web";
const BROWSER_TESTS: &str = "tests/browser";

/// Installs the packages of the web application.
pub(crate) fn web_packages() -> Result<()> {
    check_node()?;
    packages(WEB)
}

/// Installs the packages of the browser tests, Chromium and fonts.
pub(crate) fn browser_tests() -> Result<()> {
    packages(BROWSER_TESTS)?;
    if [CHROMIUM, FONTS]
        .iter()
        .all(|path| Path::new(path).exists())
    {
        return Ok(());
    }
    let top = root();
    let is_root = command::output(&top, "id", &["-u"])?.trim() == "0";
    let (program, first): (&str, &[&str]) = if is_root {
        ("apt-get", &[])
    } else {
        ("sudo", &["apt-get"])
    };
    command::run(&top, program, &[first, &["update", "-qq"]].concat())?;
    let install = [
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
        "chromium",
        "fonts-liberation",
    ];
    command::run(&top, program, &[first, &install].concat())
        .with_context(|| format!("{CHROMIUM} is needed for the browser tests"))
}

fn check_node() -> Result<()> {
    let version = command::output(&root(), "node", &["--version"])
        .context("Node.js is needed to build the web application")?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .unwrap_or_default();
    if major.parse::<u32>().is_ok_and(|major| major >= NODE_MAJOR) {
        Ok(())
    } else {
        bail!(
            "Node.js {NODE_MAJOR} or newer is needed, found {}",
            version.trim()
        )
    }
}

/// Runs `npm ci` unless the installed packages are those of the lock file already.
fn packages(folder: &str) -> Result<()> {
    let folder = root().join(folder);
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("no package-lock.json in {}", folder.display()))?;
    let stamp = folder.join("node_modules/.installed-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    command::run(&folder, "npm", &["ci", "--no-audit", "--no-fund"])?;
    fs::write(&stamp, lock).with_context(|| format!("could not write {}", stamp.display()))
}

/// Where cargo puts what it builds.
pub(crate) fn target_folder() -> Result<PathBuf> {
    let metadata = tidy::metadata()?;
    let folder = metadata.get("target_directory").and_then(Value::as_str);
    Ok(folder.context("cargo names no target folder")?.into())
}

/// The server as the checks build it.
pub(crate) fn server() -> Result<String> {
    let server = target_folder()?.join("debug/denkraum");
    Ok(server.to_string_lossy().into_owned())
}
