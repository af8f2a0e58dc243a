//! Developer commands: `cargo xtask run`, `test`, `crash`, `fuzz`, `simulate`, `honest`, `tidy`, `bench`.
//!
//! Each does its own set-up on a fresh machine with Rust, Node and apt (Debian), so that two
//! commands are all that somebody new has to know.

mod bench;
mod command;
mod crash;
mod fuzz;
mod honest;
mod run;
mod setup;
mod simulate;
mod test;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, rest) = match arguments.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("help", &[][..]),
    };
    let outcome = match name {
        "run" => run::run(rest),
        "test" => test::test(rest),
        "crash" => crash::crash(rest),
        "fuzz" => fuzz::fuzz(rest),
        "simulate" => simulate::simulate(rest),
        "honest" => honest::honest(rest),
        "tidy" => tidy::tidy(rest),
        "bench" => bench::bench(rest),
        "help" | "--help" | "-h" => {
            print!("{}", help());
            return ExitCode::SUCCESS;
        }
        other => {
            eprintln!("There is no command '{other}'.\n\n{}", help());
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask {name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What the commands are; the parts of `test` are named where they are, so that none is left out.
fn help() -> String {
    format!(
        "\
Usage: cargo xtask COMMAND

  run [OPTIONS]     build the web application and the server and start it with
                    demonstration content on 127.0.0.1:8080; OPTIONS go to
                    `denkraum serve` (for example --listen 127.0.0.1:9000)
  test [PART …]     install what tests need and run every check; with PARTs only
                    those: {}
  crash [OPTIONS]   kill the server under load and look for lost edits: --rounds N
                    --clients N --seed N; or, longer than the tests do it:
                    --power-cuts N, --flips N (bytes), --updates N
  fuzz [OPTIONS]    feed mutated bytes to everything that reads bytes of strangers:
                    --target NAME --secs N (600 for each target) --cases N --seed N;
                    --release builds optimised, for very many cases
  simulate [OPTIONS]
                    run whole networks of clients, rooms, store and a failing disk, each
                    from a seed: --seeds N (100,000) --first S --threads N
  honest [OPTIONS]  record real editors and Yjs, and see that the gate admits all and yrs
                    reads the same: --updates N --histories N --first SEED; --write keeps
                    the recordings of the tests anew
  tidy [--write]    check the crate graph, generated files, licences and texts;
                    --write brings the generated files up to date
  bench search [PAGES …]
                    how fast the search is on so many generated pages and how well it
                    answers graded queries, beside PostgreSQL (apt-get install
                    postgresql) and SQLite; everything goes to docs/benchmarks.md
  bench sync [OPTIONS]
                    our server, others from package registries and a bare relay under
                    the same load: --scenario NAME --target NAME --secs N, --history
                    FILE (an editing history in the form of editing-traces), --peers
                    (compiles y-sweet, too); everything goes to docs/benchmarks.md
  bench hot [PART]  the functions that every keystroke goes through, each alone
",
        test::part_names()
    )
}

/// The top folder of the repository.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map_or(here.clone(), PathBuf::from)
}
