//! Kills the real server under load, again and again, and looks for lost edits.
//!
//! `denkraum-crash --server PROGRAM [--rounds N] [--clients N] [--seed N]`. Each round, clients that
//! speak the stock protocol (with `?ext=saved`) write on ten pages; at a random moment the server is
//! killed with SIGKILL; in some rounds its views are then deleted, cut or damaged. It is started
//! again on the same data, and clients that know nothing open every page: every edit that was
//! reported saved must be there, every deletion that was reported saved must hold. Search must find every
//! page by its title and by something that is saved in it. Then the writers
//! go on, some with the documents they had, some with new ones. The seed is printed; it repeats the
//! decisions, not the moments.

mod check;
mod client;
mod harm;
mod ledger;
mod search;
mod socket;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use denkraum_load::{Account, Data, Dice, Launch, Server, fresh_seed};
use tokio::task::JoinSet;

use crate::client::Client;
use crate::ledger::Ledger;

/// How many pages are written on.
const PAGES: usize = 10;
/// How many people there are; each has several connections.
const PEOPLE: usize = 4;
/// The server is killed after a random time up to this one.
const LONGEST: Duration = Duration::from_millis(1500);

struct Options {
    server: PathBuf,
    rounds: u64,
    clients: usize,
    seed: u64,
}

fn main() -> ExitCode {
    let outcome = options().and_then(|options| {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?;
        runtime.block_on(run(&options))
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("crash: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options> {
    let mut found = Options {
        server: PathBuf::new(),
        rounds: 25,
        clients: 20,
        seed: fresh_seed(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .with_context(|| format!("{name} of what?"))?;
        match name.as_str() {
            "--server" => found.server = value.into(),
            "--rounds" => found.rounds = value.parse().context("--rounds")?,
            "--clients" => found.clients = value.parse().context("--clients")?,
            "--seed" => found.seed = value.parse().context("--seed")?,
            other => bail!("there is no option {other}"),
        }
    }
    if found.server.as_os_str().is_empty() {
        bail!("--server PROGRAM is missing");
    }
    Ok(found)
}

async fn run(options: &Options) -> Result<()> {
    println!(
        "crash: {} rounds, {} clients on {PAGES} pages, seed {}",
        options.rounds, options.clients, options.seed
    );
    let data = Data::make(&options.server, PAGES, PEOPLE)?;
    let ledger = Arc::new(Ledger::new(PAGES));
    let outcome = rounds(options, &data, &ledger).await;
    match outcome {
        Ok(()) => {
            let counts = ledger.counts();
            println!("crash: nothing was lost ({counts})");
            Ok(())
        }
        Err(error) => {
            let kept = data.keep();
            Err(error.context(format!(
                "seed {}, data kept in {}",
                options.seed,
                kept.display()
            )))
        }
    }
}

async fn rounds(options: &Options, data: &Data, ledger: &Arc<Ledger>) -> Result<()> {
    let mut dice = Dice::new(options.seed);
    let mut server = Server::start(&Launch::new(&options.server), data).await?;
    let accounts = server.sign_in(data).await?;
    let mut clients: Vec<Client> = (0..options.clients)
        .map(|number| Client::new(number, number % PAGES, dice.fork()))
        .collect();
    for round in 1..=options.rounds {
        let running = write_until_killed(&mut server, &accounts, ledger, clients, &mut dice).await;
        clients = running.with_context(|| format!("round {round}"))?;
        let harm = harm::harm_views(&data.folder(), &mut dice)?;
        server = Server::start(&Launch::new(&options.server), data)
            .await
            .with_context(|| format!("round {round}: the start after {harm}"))?;
        check::every_page(&server, &accounts, data, ledger)
            .await
            .with_context(|| format!("round {round}, after {harm}"))?;
        check::every_search(&server, &accounts, data, ledger)
            .await
            .with_context(|| format!("round {round}, after {harm}"))?;
        println!("crash: round {round}: {harm}; {}", ledger.counts());
        for client in &mut clients {
            if dice.below(2) == 0 {
                client.forget();
            }
        }
    }
    Ok(server.kill().await?)
}

/// Lets all clients write until the server is killed; gives them back.
async fn write_until_killed(
    server: &mut Server,
    accounts: &[Account],
    ledger: &Arc<Ledger>,
    clients: Vec<Client>,
    dice: &mut Dice,
) -> Result<Vec<Client>> {
    let mut running = JoinSet::new();
    let address = server.address().to_owned();
    for (index, client) in clients.into_iter().enumerate() {
        let account = accounts
            .get(index % accounts.len().max(1))
            .context("nobody can sign in")?
            .clone();
        let (address, ledger) = (address.clone(), Arc::clone(ledger));
        running.spawn(async move {
            client
                .write_until_the_end(&address, &account, &ledger)
                .await
        });
    }
    let milliseconds = 50 + dice.below(u64::try_from(LONGEST.as_millis())?);
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    server.kill().await?;
    let mut clients = Vec::new();
    while let Some(client) = running.join_next().await {
        clients.push(client??);
    }
    clients.sort_by_key(Client::number);
    Ok(clients)
}
