//! The command line. Every option is also an environment variable `DENKRAUM_…`, and the options of
//! `serve` can stand in a TOML file; the command line wins over the environment, both over the file.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Denkraum: a shared memory of people who work against child and family poverty.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start the server.
    Serve(Serve),
    /// Bring pages in: JSON Lines, Markdown files with front matter, an archive.
    Import(Import),
    /// Take pages away: as an archive, Markdown, HTML or JSON Lines.
    Export(Export),
    /// Manage accounts.
    #[command(subcommand)]
    User(User),
    /// Make the search index and everything derived from pages again.
    Reindex(Data),
    /// Read everything and say what is damaged and what is intact.
    Check(Check),
    /// Print the OpenAPI document of the API.
    Openapi,
    /// Read a file from standard input and print its text; the server calls itself so.
    #[command(hide = true)]
    ExtractText,
    /// Read pages from standard input and say whether they can be opened; the server calls itself so.
    #[command(hide = true)]
    TryPages,
}

/// Where the data is and which city it is for.
#[derive(Clone, Debug, Args)]
pub(crate) struct Data {
    /// The folder with everything that is written while running.
    #[arg(long = "data-dir", value_name = "DIR", env = "DENKRAUM_DATA_DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// The folder that describes the city: spaces, kinds, taxonomies; without it, Berlin.
    #[arg(long, env = "DENKRAUM_CITY")]
    pub(crate) city: Option<PathBuf>,
    /// A configuration file (TOML).
    #[arg(long, env = "DENKRAUM_CONFIG")]
    pub(crate) config: Option<PathBuf>,
}

/// What `check` is told.
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) data: Data,
    /// Take back pages that were set aside and can be opened now.
    #[arg(long)]
    pub(crate) release: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) data: Data,
    /// Address and port to listen on.
    #[arg(long, env = "DENKRAUM_LISTEN")]
    pub(crate) listen: Option<SocketAddr>,
    /// The address under which people reach the server, such as `https://denkraum.example`.
    #[arg(long, env = "DENKRAUM_PUBLIC_URL")]
    pub(crate) public_url: Option<String>,
    /// What is logged, such as `info` or `denkraum_rooms=debug`.
    #[arg(long, env = "DENKRAUM_LOG")]
    pub(crate) log: Option<String>,
    /// Log as JSON, one object a line.
    #[arg(long, env = "DENKRAUM_LOG_JSON")]
    pub(crate) log_json: bool,
    /// How many updates a connection to a page may send in a second, sustained; 20000 if nothing
    /// is said.
    #[arg(long, env = "DENKRAUM_UPDATES_PER_SECOND")]
    pub(crate) updates_per_second: Option<u64>,
    /// After so many milliseconds without a message a connection to a page is sent one, because
    /// clients and proxies drop silent ones; 15000 if nothing is said.
    #[arg(long, env = "DENKRAUM_KEEP_ALIVE_MS")]
    pub(crate) keep_alive_ms: Option<u64>,
    /// The most that one attached file may have, in MiB; 50 if nothing is said.
    #[arg(long, env = "DENKRAUM_ATTACHMENT_MIB")]
    pub(crate) attachment_mib: Option<u64>,
    /// Load the demonstration's people and pages and print how to sign in.
    #[arg(long, env = "DENKRAUM_DEMO")]
    pub(crate) demo: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(flatten)]
    pub(crate) data: Data,
    /// Pages that are there already become as the file says.
    #[arg(long)]
    pub(crate) replace: bool,
    /// Only say what would come; nothing is written.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The space of pages that name none.
    #[arg(long)]
    pub(crate) space: Option<String>,
    /// A file of JSON Lines, a Markdown file, a zip archive, or a folder.
    #[arg(value_name = "FILE|FOLDER")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) data: Data,
    /// The file to write; it must not be there yet.
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
    /// Only pages of this space.
    #[arg(long)]
    pub(crate) space: Option<String>,
    /// archive (JSON Lines, Markdown and a manifest, which import takes back), md, html or jsonl.
    #[arg(long, default_value = "archive")]
    pub(crate) format: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Add an account; the password is read from standard input.
    Add(UserAdd),
}

#[derive(Debug, Args)]
pub(crate) struct UserAdd {
    #[command(flatten)]
    pub(crate) data: Data,
    /// What the person signs in with.
    #[arg(long)]
    pub(crate) login: String,
    /// How others read them; the log-in if it is left out.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// administrator, facilitator, coordinator, writer, commenter or reader.
    #[arg(long)]
    pub(crate) role: String,
    /// The space in which the role holds; without it, the network.
    #[arg(long)]
    pub(crate) space: Option<String>,
}
