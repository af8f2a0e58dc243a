//! Feeds recordings through the gate and yrs.
//!
//! `denkraum-honest < RECORDING > STATES`: what `web/tests/honest` records of real editors and of Yjs
//! comes in, each page's document as yrs encodes it goes out, for Yjs to read. Fails at the first
//! update that is refused or held, and at the first page that reads differently.

mod check;
mod reading;
mod stream;

use std::io::{BufReader, BufWriter, Write as _, stdin, stdout};
use std::process::ExitCode;

use anyhow::Result;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("honest: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut output = BufWriter::new(stdout().lock());
    let counts = check::check(&mut BufReader::new(stdin().lock()), &mut output)?;
    output.flush()?;
    let check::Counts {
        pages,
        updates,
        readings,
        restarts,
        restores,
    } = counts;
    eprintln!(
        "{updates} updates of {pages} pages admitted, {readings} times read as Yjs reads; \
         {restarts} restarts, {restores} backups"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io;

    use flate2::read::GzDecoder;

    use super::*;

    const EDITORS: &[u8] = include_bytes!("../recordings/editors.gz");
    const HISTORIES: &[u8] = include_bytes!("../recordings/histories.gz");

    /// [G-22] [G-24] Real editors, in the product's own set-up: typing, pasting, tables, fields, undo,
    /// several tabs, reloads, work without a connection, a restored backup.
    #[test]
    fn ten_thousand_updates_of_real_editors_are_admitted() {
        let counts = check::check(&mut GzDecoder::new(EDITORS), &mut io::sink()).unwrap();
        assert!(counts.updates >= 10_000, "{counts:?}");
        assert!(counts.restarts > 20 && counts.restores > 10, "{counts:?}");
        assert_eq!(counts.readings, counts.pages);
    }

    /// [G-22] [G-24] Text, marks and structure are what Yjs makes of the same updates, in several orders.
    #[test]
    fn yrs_reads_five_hundred_histories_as_yjs_does() {
        let counts = check::check(&mut GzDecoder::new(HISTORIES), &mut io::sink()).unwrap();
        assert_eq!(counts.pages, 500);
        assert!(counts.readings > 1000, "{counts:?}");
    }
}
