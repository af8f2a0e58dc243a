//! Starts a process for each target and looks after it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::case;
use crate::{Options, targets};

/// What a target may take of memory it can write to, in bytes. Address space that is only set aside
/// (an allocator sets 64 MiB aside for each thread) does not count.
const MEMORY: u64 = 512 << 20;
/// A case that keeps the processor busy for longer hangs.
const LONGEST: Duration = Duration::from_secs(1);
/// How often it is looked.
const LOOK: Duration = Duration::from_millis(100);

/// Where cases are kept that went wrong.
pub(crate) fn found_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/frames/found")
}

/// Runs the target that is named, or all.
pub(crate) fn run(options: &Options) -> Result<()> {
    let limits = limits(options);
    println!("fuzz: {} each, seed {}", limits.join(" "), options.seed);
    let folder = tempfile::tempdir()?;
    for name in targets::NAMES {
        if options.target.as_deref().is_none_or(|only| only == name) {
            one(name, options, folder.path())?;
        }
    }
    Ok(())
}

/// How long a target is tried, as the process that does it is told.
fn limits(options: &Options) -> Vec<String> {
    let limits = [("--secs", options.secs), ("--cases", options.cases)];
    let said = limits
        .iter()
        .filter_map(|(name, number)| Some([(*name).to_owned(), (*number)?.to_string()]));
    said.flatten().collect()
}

fn one(name: &str, options: &Options, folder: &Path) -> Result<()> {
    let path = folder.join(name);
    let program = std::env::current_exe()?;
    let mut child = Command::new("prlimit")
        .arg(format!("--data={MEMORY}"))
        .arg(&program)
        .args(["--target", name, "--case"])
        .arg(&path)
        .args(limits(options))
        .args(["--seed", &options.seed.to_string()])
        .spawn()
        .context("could not start prlimit (of util-linux)")?;
    let outcome = watch(&mut child, &path);
    if outcome.is_err() {
        // It may have ended by itself.
        let _ = child.kill();
        let _ = child.wait();
    }
    outcome.with_context(|| match keep(name, &path) {
        Ok(kept) => format!("target {name}, seed {}: {}", options.seed, kept.display()),
        Err(error) => format!("target {name}, seed {}; not kept: {error}", options.seed),
    })
}

/// Until the process ends, or a case hangs.
fn watch(child: &mut Child, path: &Path) -> Result<()> {
    let (mut count, mut used_then) = (0, Duration::ZERO);
    loop {
        if let Some(status) = child.try_wait()? {
            if status.success() {
                return Ok(());
            }
            bail!("the process ended with {status}");
        }
        wait();
        let (now, used) = (case::last(path).map_or(0, |(count, _)| count), used(child));
        if now != count || now == 0 {
            (count, used_then) = (now, used);
        } else if used.saturating_sub(used_then) > LONGEST {
            bail!("a case takes longer than {} s", LONGEST.as_secs());
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "it looks after another process")]
fn wait() {
    std::thread::sleep(LOOK);
}

/// How long the process has been on a processor.
fn used(child: &Child) -> Duration {
    let text = std::fs::read_to_string(format!("/proc/{}/schedstat", child.id()));
    let text = text.unwrap_or_default();
    let nanos = text.split_whitespace().next().and_then(|n| n.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}

/// Keeps the last case for the next runs.
fn keep(name: &str, path: &Path) -> Result<PathBuf> {
    let (count, bytes) = case::last(path).context("there is no case")?;
    let folder = found_folder();
    std::fs::create_dir_all(&folder)?;
    let kept = folder.join(format!("{name}-{count}-{}", bytes.len()));
    std::fs::write(&kept, bytes)?;
    Ok(kept)
}
