//! `denkraum-load --target KIND --program PATH [options]`: measures one server, one JSON object a line.
//!
//! Options: `--scenario NAME` (may be repeated; all if left out), `--secs N` (how long typing is
//! measured, 4), `--counts N,N` (people, pages or edits instead of the usual ones), `--history FILE`
//! (for ingest, which is left out without one), `--seed N`, `--processor N` (the server's; give this
//! program another one with `taskset`).

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use denkraum_load::scenario::{self, Scenario, Settings};
use denkraum_load::{Kind, LoadError, Target};
use tokio::task::LocalSet;

struct Call {
    target: Target,
    scenarios: Vec<Scenario>,
    settings: Settings,
}

fn main() -> ExitCode {
    let call = match call(std::env::args().skip(1)) {
        Ok(call) => call,
        Err(reason) => {
            eprintln!("denkraum-load: {reason}");
            return ExitCode::from(2);
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let outcome = match runtime {
        Ok(runtime) => LocalSet::new().block_on(&runtime, run(&call)),
        Err(error) => {
            eprintln!("denkraum-load: {error}");
            return ExitCode::FAILURE;
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("denkraum-load: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(call: &Call) -> Result<(), LoadError> {
    for scenario in &call.scenarios {
        let mut put = |line| println!("{line}");
        scenario::run(*scenario, &call.target, &call.settings, &mut put).await?;
    }
    Ok(())
}

fn call(arguments: impl Iterator<Item = String>) -> Result<Call, String> {
    let (mut kind, mut program, mut processor) = (None, None, None);
    let mut scenarios = Vec::new();
    let mut settings = Settings {
        lasting: Duration::from_secs(4),
        counts: Vec::new(),
        history: None,
        seed: 42,
    };
    let mut arguments = arguments;
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or(format!("{option} of what?"))?;
        let number = || {
            value
                .parse::<u64>()
                .map_err(|_| format!("{option}: {value} is not a number"))
        };
        match option.as_str() {
            "--target" => {
                let known = Kind::parse(&value);
                kind = Some(known.ok_or(format!("there is no target {value}"))?);
            }
            "--program" => program = Some(PathBuf::from(&value)),
            "--processor" => processor = Some(u32::try_from(number()?).unwrap_or(0)),
            "--scenario" => {
                let known = Scenario::parse(&value);
                scenarios.push(known.ok_or(format!("there is no scenario {value}"))?);
            }
            "--secs" => settings.lasting = Duration::from_secs(number()?),
            "--seed" => settings.seed = number()?,
            "--history" => settings.history = Some(PathBuf::from(&value)),
            "--counts" => {
                let counts: Result<Vec<usize>, _> = value.split(',').map(str::parse).collect();
                settings.counts = counts.map_err(|_| format!("{value}: not N,N,…"))?;
            }
            other => return Err(format!("there is no option {other}")),
        }
    }
    if scenarios.is_empty() {
        scenarios = Scenario::ALL
            .iter()
            .map(|(_, scenario)| *scenario)
            .collect();
    }
    Ok(Call {
        target: Target {
            kind: kind.ok_or("--target is missing")?,
            program: program.ok_or("--program is missing")?,
            processor,
        },
        scenarios,
        settings,
    })
}
