//! `cargo xtask run`: from a fresh clone to a page in the browser.

use anyhow::Result;

use crate::{command, root, setup};

/// Where the demonstration keeps what people write in it.
const DATA_DIR: &str = "denkraum-data";

/// Builds web and server and starts the server with demonstration content.
pub(crate) fn run(options: &[String]) -> Result<()> {
    build()?;
    let top = root();
    let server = setup::server()?;
    let mut arguments = vec!["serve", "--demo"];
    for (name, value) in [("--data-dir", DATA_DIR), ("--listen", "127.0.0.1:8080")] {
        if !options.iter().any(|option| option.starts_with(name)) {
            arguments.extend([name, value]);
        }
    }
    arguments.extend(options.iter().map(String::as_str));
    command::run(&top, &server, &arguments)
}

/// Builds the web application, then the server with it inside.
pub(crate) fn build() -> Result<()> {
    let top = root();
    setup::web_packages()?;
    command::run(&top.join("web"), "npm", &["run", "--silent", "build"])?;
    command::run(
        &top,
        "cargo",
        &["build", "--locked", "--package", "denkraum"],
    )
}
