//! `denkraum serve`.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use denkraum_app::{App, AttachmentsConfig, DemoSignIn, RoomsConfig};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::runtime;
use crate::allocator;
use crate::cli::Serve;
use crate::config::{self, DataConfig, LogConfig, ServerConfig};
use crate::log;
use crate::open::{Open, open};

/// Serves until the program is told to stop.
pub(crate) fn serve(arguments: Serve) -> Result<()> {
    let bounded = allocator::bound();
    let file = config::read(arguments.data.config.as_deref())?;
    let data = DataConfig::validate(&arguments.data, &file)?;
    let server = ServerConfig::validate(&arguments, &file)?;
    let rooms = config::rooms::validate(&arguments, &file)?;
    let attachments = config::attachments::validate(&arguments, &file, &data)?;
    log::start(LogConfig::validate(&arguments, &file)?);
    if let Err(error) = bounded {
        tracing::warn!(%error, "memory is not bounded as well as it could be");
    }
    drop(arguments);
    runtime()?.block_on(run(data, rooms, attachments, server))
}

async fn run(
    data: DataConfig,
    rooms: RoomsConfig,
    attachments: AttachmentsConfig,
    server: ServerConfig,
) -> Result<()> {
    let opened = open(&data, rooms, attachments).await?;
    let Open { app, city, .. } = &opened;
    let sign_ins = if server.demo {
        let added = app
            .load_demo(city)
            .await
            .context("could not load the demonstration")?;
        remember(&data.demo_sign_ins(), &added)?
    } else {
        String::new()
    };
    let listener = TcpListener::bind(server.listen)
        .await
        .with_context(|| format!("could not listen on {}", server.listen))?;
    let address = match &server.http.public_url {
        Some(url) => url.origin().to_owned(),
        None => format!("http://{}", listener.local_addr()?),
    };
    if let Err(error) = announce(app, &address, &sign_ins) {
        tracing::warn!(%error, address, "nobody could be told the address");
    }
    let served = denkraum_http::serve(listener, app.clone(), server.http, stop()?).await;
    opened.close_journal().await;
    served.context("the server stopped")
}

/// Prints the address and how to sign in, on standard output, for people and programs.
///
/// In one piece: a program that has read the first line may close its end.
fn announce(app: &App, address: &str, sign_ins: &str) -> io::Result<()> {
    let set_up = app.set_up_code().map_or_else(String::new, |code| {
        format!("Erste Einrichtung: {address}/einrichten#{code}\n")
    });
    let mut out = io::stdout().lock();
    out.write_all(format!("Denkraum: {address}\n{set_up}{sign_ins}").as_bytes())?;
    out.flush()
}

/// Adds the new sign-ins to those of earlier starts and returns them all.
fn remember(path: &Path, added: &[DemoSignIn]) -> Result<String> {
    let mut all = fs::read_to_string(path).unwrap_or_default();
    for DemoSignIn {
        login,
        password,
        role,
    } in added
    {
        all.extend([login, "\t", password, "\t", role.as_str(), "\n"]);
    }
    // Passwords of fictional people, but whoever has them reads and writes here.
    let mut options = fs::OpenOptions::new();
    let options = options.create(true).write(true).truncate(true).mode(0o600);
    let written = options
        .open(path)
        .and_then(|mut file| file.write_all(all.as_bytes()));
    written.with_context(|| format!("could not write {}", path.display()))?;
    Ok(all)
}

/// Done when the program is asked to stop: Ctrl+C, or SIGTERM from a service manager.
fn stop() -> Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping");
    })
}
