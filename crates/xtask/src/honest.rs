//! `cargo xtask honest`: what real editors and Yjs write, through the gate and yrs and back to Yjs.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{command, root, setup};

/// The longer run, if no option says otherwise.
const UPDATES: &str = "1000000";
const HISTORIES: &str = "100000";
/// What the tests keep.
const KEPT: [(&str, &str, &str); 2] = [
    ("pages", "10000", "tests/honest/recordings/editors"),
    ("histories", "500", "tests/honest/recordings/histories"),
];
/// The recorder, beside the packages that it needs.
const RECORDER: &str = "node_modules/.honest/main.js";

/// Records and checks what the options ask for.
pub(crate) fn honest(options: &[String]) -> Result<()> {
    let (mut updates, mut histories, mut first) = (None, None, "1");
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        if option == "--write" {
            return write_kept();
        }
        let value = rest
            .next()
            .with_context(|| format!("{option} of what?"))?
            .as_str();
        match option.as_str() {
            "--updates" => updates = Some(value),
            "--histories" => histories = Some(value),
            "--first" => first = value,
            _ => bail!(
                "there is no option {option}; there are: --updates --histories --first --write"
            ),
        }
    }
    if updates.is_none() && histories.is_none() {
        (updates, histories) = (Some(UPDATES), Some(HISTORIES));
    }
    build_recorder()?;
    let build = [
        "build",
        "--release",
        "--locked",
        "--package",
        "denkraum-honest",
    ];
    command::run(&root(), "cargo", &build)?;
    for (what, count) in [("pages", updates), ("histories", histories)] {
        if let Some(count) = count {
            pipe(what, count, first)?;
        }
    }
    Ok(())
}

fn build_recorder() -> Result<()> {
    setup::web_packages()?;
    let web = root().join("web");
    let build = ["vite", "build", "--config", "tests/honest/vite.config.ts"];
    command::run(&web, "npx", &build)
}

/// Recorder → gate and yrs → Yjs.
fn pipe(what: &str, count: &str, first: &str) -> Result<()> {
    let web = root().join("web");
    let program = setup::target_folder()?.join("release/denkraum-honest");
    println!("$ node {RECORDER} {what} {count} {first} | denkraum-honest | node {RECORDER} verify");
    let node = |arguments: &[&str]| {
        let mut node = Command::new("node");
        node.arg(RECORDER).args(arguments).current_dir(&web);
        node
    };
    let mut recorder = start(node(&[what, count, first]), Stdio::null(), Stdio::piped())?;
    let recorded = recorder.stdout.take().context("the recorder is silent")?;
    let check = Command::new(&program);
    let mut check = start(check, recorded.into(), Stdio::piped())?;
    let states = check.stdout.take().context("the check is silent")?;
    let mut verify = start(node(&["verify"]), states.into(), Stdio::inherit())?;
    for (name, child) in [
        ("gate or yrs", &mut check),
        ("Yjs", &mut verify),
        ("the recorder", &mut recorder),
    ] {
        ensure!(child.wait()?.success(), "{name} failed");
    }
    Ok(())
}

fn start(mut command: Command, input: Stdio, output: Stdio) -> Result<Child> {
    let name = format!("{command:?}");
    let command = command.stdin(input).stdout(output);
    command
        .spawn()
        .with_context(|| format!("could not start {name}"))
}

/// Makes the recordings of the tests anew, compressed.
fn write_kept() -> Result<()> {
    build_recorder()?;
    let top = root();
    for (what, count, path) in KEPT {
        let file =
            File::create(top.join(path)).with_context(|| format!("could not write {path}"))?;
        let mut node = Command::new("node");
        node.args([RECORDER, what, count, "1"])
            .current_dir(top.join("web"));
        let status = start(node, Stdio::null(), file.into())?.wait()?;
        ensure!(status.success(), "the recorder failed");
        compress(&top, path)?;
    }
    Ok(())
}

fn compress(top: &Path, path: &str) -> Result<()> {
    command::run(top, "gzip", &["-9", "-n", "-f", path])
}
