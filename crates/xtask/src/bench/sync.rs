//! `cargo xtask bench sync`: our server, its peers and a bare relay under the same load, in one run.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::peers::{self, Contender};
use super::results::Results;
use super::{machine, report};
use crate::{command, root, setup};

/// Everything that is measured, in order.
const SCENARIOS: [&str; 9] = [
    "fanout",
    "carets",
    "pages",
    "saturation",
    "idle",
    "ingest",
    "durability",
    "neighbours",
    "rights",
];
/// The server gets the first processor, the generator of load the second.
const SERVER_PROCESSOR: &str = "0";
const LOAD_PROCESSOR: &str = "1";
/// A measurement that others on the machine disturbed is made again so often.
const AGAIN: u32 = 2;

struct Options {
    scenarios: Vec<String>,
    targets: Vec<String>,
    seconds: String,
    history: Option<PathBuf>,
    installs_more: bool,
}

/// Measures what the options ask for, and writes docs/benchmarks.md if that is everything.
pub(crate) fn sync(arguments: &[String]) -> Result<()> {
    let options = options(arguments)?;
    let top = root();
    let build = ["build", "--locked", "--release", "--workspace", "--bins"];
    command::run(&top, "cargo", &build)?;
    let folder = setup::target_folder()?;
    let programs = folder.join("release");
    let mut contenders = peers::ours(&programs);
    contenders.extend(peers::install(
        &folder.join("peers"),
        options.installs_more,
    )?);
    contenders.retain(|one| {
        options.targets.is_empty() || options.targets.iter().any(|name| name == one.name)
    });
    let mut results = Results::default();
    for scenario in SCENARIOS {
        if !options.scenarios.is_empty() && !options.scenarios.iter().any(|name| name == scenario) {
            continue;
        }
        for contender in &contenders {
            measure(&programs, contender, scenario, &options, &mut results)?;
        }
    }
    fs::write(folder.join("bench-sync.jsonl"), results.lines())?;
    let text = report::report(&results, &machine::machine(&contenders)?);
    println!("\n{text}");
    let is_whole = options.scenarios.is_empty() && options.targets.is_empty();
    let has_all = peers::PEERS
        .iter()
        .all(|name| contenders.iter().any(|one| one.name == *name));
    if is_whole && has_all && options.history.is_some() {
        let file = top.join("docs/benchmarks.md");
        let page = fs::read_to_string(&file).context("docs/benchmarks.md")?;
        fs::write(&file, report::put_into(&page, "sync", &text)?)?;
        println!("docs/benchmarks.md is written");
    } else {
        println!("Not everything was measured: docs/benchmarks.md stays as it is.");
    }
    Ok(())
}

fn options(arguments: &[String]) -> Result<Options> {
    let mut found = Options {
        scenarios: Vec::new(),
        targets: Vec::new(),
        seconds: "4".to_owned(),
        history: None,
        installs_more: false,
    };
    let mut rest = arguments.iter();
    while let Some(option) = rest.next() {
        if option == "--peers" {
            found.installs_more = true;
            continue;
        }
        let value = rest.next().with_context(|| format!("{option} of what?"))?;
        match option.as_str() {
            "--scenario" => found.scenarios.push(value.clone()),
            "--target" => found.targets.push(value.clone()),
            "--secs" => found.seconds.clone_from(value),
            "--history" => found.history = Some(value.into()),
            _ => bail!(
                "there is no option {option}; there are: --scenario NAME --target NAME --secs N \
                 --history FILE --peers"
            ),
        }
    }
    let unknown = found
        .scenarios
        .iter()
        .find(|name| !SCENARIOS.contains(&name.as_str()));
    if let Some(name) = unknown {
        bail!(
            "there is no scenario {name}; there are: {}",
            SCENARIOS.join(" ")
        );
    }
    Ok(found)
}

/// Measures one scenario on one server; again if it was disturbed.
fn measure(
    programs: &Path,
    contender: &Contender,
    scenario: &str,
    options: &Options,
    results: &mut Results,
) -> Result<()> {
    if contender.skips(scenario) || scenario == "ingest" && options.history.is_none() {
        return Ok(());
    }
    let generator = programs.join("denkraum-load");
    let (generator, program) = (
        generator.to_string_lossy(),
        contender.program.to_string_lossy(),
    );
    let history = options.history.as_ref().map(|path| path.to_string_lossy());
    let mut arguments = vec![
        "-c",
        LOAD_PROCESSOR,
        &generator,
        "--processor",
        SERVER_PROCESSOR,
        "--target",
        contender.name,
        "--program",
        &program,
        "--scenario",
        scenario,
        "--secs",
        &options.seconds,
    ];
    if let Some(history) = &history {
        arguments.extend(["--history", history]);
    }
    for turn in 0..=AGAIN {
        // A server that fails under load is a result.
        let output = match command::output(&root(), "taskset", &arguments) {
            Ok(output) => output,
            Err(error) => {
                println!("{} {scenario}: {error:#}", contender.name);
                results.add_failure(contender.name, scenario);
                return Ok(());
            }
        };
        print!("{output}");
        let lines = Results::parse(&output)?;
        if turn == AGAIN || !lines.disturbed() {
            results.append(lines);
            return Ok(());
        }
        println!("{} {scenario}: disturbed, again", contender.name);
    }
    Ok(())
}
