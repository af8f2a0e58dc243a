//! `denkraum try-pages`: whether pages can be opened, in a process that may break. [S-41]

use std::time::Duration;

use anyhow::{Context as _, Result};
use denkraum_app::{PageSchema, Trial, answer_trials};

use super::runtime;
use crate::city;

/// So long a page is waited for: as long as the server gives one on a machine that is busy.
const TIME: Duration = Duration::from_secs(12);

/// This program itself, in a process of its own. `None` if it does not find itself.
pub(crate) fn trial() -> Option<Trial> {
    let program = std::env::current_exe().ok()?;
    Some(Trial {
        program,
        arguments: vec!["try-pages".into()],
        time: TIME,
    })
}

/// Answers on standard output for each page on standard input.
pub(crate) fn try_pages() -> Result<()> {
    let schema = PageSchema::read(city::PAGE_SCHEMA)?;
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    let answered = answer_trials(input, output, |page| schema.opens(page));
    runtime()?
        .block_on(answered)
        .context("nobody asks any more")
}
