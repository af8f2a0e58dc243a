//! Builds `data/search/constituents.fst` from the counts and the words beside it.

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/search");
    let counts = fs::read_to_string(folder.join("constituents.tsv"))?;
    let domain = fs::read_to_string(folder.join("domain.txt"))?;
    let built = denkraum_search::build_dictionary(&counts, &domain)?;
    fs::write(folder.join("constituents.fst"), built)?;
    Ok(())
}
