//! The one binary: reads the configuration, picks the journal, opens the application, serves it.
//!
//! This is the only place that reads clock, randomness and environment variables, and the only one
//! with `anyhow`: errors end here, as a message with all its causes and an exit code. 2 means that
//! the call or the configuration is wrong, 1 that something failed.

mod allocator;
mod city;
mod cli;
mod commands;
mod config;
mod environment;
mod log;
mod open;

use std::process::ExitCode;

use clap::Parser as _;
use denkraum_app::catalogue::CatalogueError;

use cli::{Cli, Command};
use config::ConfigError;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Serve(arguments) => commands::serve(arguments),
        Command::Import(arguments) => commands::import(arguments),
        Command::Export(arguments) => commands::export(arguments),
        Command::User(arguments) => commands::user(arguments),
        Command::Reindex(arguments) => commands::reindex(&arguments),
        Command::Check(arguments) => commands::check(&arguments),
        Command::Openapi => commands::openapi(),
        Command::ExtractText => commands::extract_text(),
        Command::TryPages => commands::try_pages(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("denkraum: {error:#}");
            let is_usage = error.is::<ConfigError>() || error.is::<CatalogueError>();
            ExitCode::from(if is_usage { 2 } else { 1 })
        }
    }
}
