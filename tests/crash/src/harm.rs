//! Harm to what the server can make again: view and search index are deleted, cut, damaged.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use denkraum_load::Dice;

/// In about every other round harms view or index; says what was done.
pub(crate) fn harm_views(data: &Path, dice: &mut Dice) -> Result<String> {
    let choice = dice.below(8);
    let name = if dice.below(2) == 0 { "view" } else { "search" };
    let folder = data.join(name);
    if choice >= 4 || !folder.exists() {
        return Ok("a kill".to_owned());
    }
    if choice == 0 {
        fs::remove_dir_all(&folder)?;
        return Ok(format!("a kill, {name} deleted"));
    }
    let mut files = Vec::new();
    list(&folder, &mut files)?;
    files.sort();
    let index = usize::try_from(dice.below(files.len() as u64))?;
    let Some(file) = files.get(index) else {
        return Ok("a kill".to_owned());
    };
    let mut content = fs::read(file).with_context(|| file.display().to_string())?;
    let at = usize::try_from(dice.below(content.len() as u64))?;
    let what = match choice {
        1 => {
            content.truncate(at);
            "cut"
        }
        2 => {
            content
                .iter_mut()
                .skip(at)
                .take(4096)
                .for_each(|byte| *byte = 0);
            "partly zeroed"
        }
        _ => {
            content
                .iter_mut()
                .skip(at)
                .step_by(997)
                .for_each(|byte| *byte ^= 0x21);
            "damaged"
        }
    };
    fs::write(file, content)?;
    let file = file.strip_prefix(data)?.display();
    Ok(format!("a kill, {file} {what}"))
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
