//! Where it was measured, with what, when.

use std::fmt::Write as _;
use std::fs;

use anyhow::Result;

use super::peers::Contender;
use crate::{command, root};

/// When, at which revision, on which machine, in one line without its end.
pub(crate) fn place() -> Result<String> {
    let first = |file: &str, key: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key));
        let value = line.and_then(|line| line.split_once(':'));
        value.map_or_else(|| "?".to_owned(), |(_, value)| value.trim().to_owned())
    };
    Ok(format!(
        "{}, revision {}; {} processors ({}), memory {}, Linux {}; {}",
        said("date", &["-u", "+%Y-%m-%d %H:%M UTC"])?,
        said("git", &["rev-parse", "--short", "HEAD"])?,
        said("nproc", &["--all"])?,
        first("/proc/cpuinfo", "model name"),
        first("/proc/meminfo", "MemTotal"),
        said("uname", &["-r"])?,
        said("rustc", &["--version"])?,
    ))
}

/// Lines for the report of the sync engine.
pub(crate) fn machine(contenders: &[Contender]) -> Result<String> {
    let mut text = format!(
        "{}, Node {}, loopback. The server had one processor, the generator of load another.\n\n",
        place()?,
        said("node", &["--version"])?,
    );
    for contender in contenders {
        writeln!(text, "- **{}**: {}.", contender.name, contender.about)?;
    }
    Ok(text)
}

fn said(program: &str, arguments: &[&str]) -> Result<String> {
    let said = command::output(&root(), program, arguments)?;
    Ok(said.trim().to_owned())
}
