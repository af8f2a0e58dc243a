//! The disk as the journal sees it.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use denkraum_journal_file::{Disk, File, Lock};

use super::open::{SimFile, SimLock};
use super::{Content, PAUSE, SimDisk, State};

impl Disk for SimDisk {
    fn create_folder(&self, _: &Path) -> io::Result<()> {
        self.lock_state().call()
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut state = self.lock_state();
        state.look()?;
        let names = state
            .names
            .keys()
            .filter_map(|path| path.strip_prefix(folder).ok());
        Ok(names
            .map(|name| name.to_string_lossy().into_owned())
            .collect())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let mut state = self.lock_state();
        state.call()?;
        let number = state.files.len();
        state.files.push(Content::default());
        state.names.insert(path.to_owned(), number);
        state.names_changed();
        Ok(Box::new(SimFile {
            disk: self.clone(),
            number,
        }))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let mut state = self.lock_state();
        state.look()?;
        let number = *state.names.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(SimFile {
            disk: self.clone(),
            number,
        }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.lock_state();
        state.call()?;
        let number = state.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
        state.names.insert(to.to_owned(), number);
        state.names_changed();
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.lock_state();
        state.call()?;
        state.names.remove(path).ok_or(io::ErrorKind::NotFound)?;
        state.names_changed();
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.lock_state();
        state.call()?;
        let inside = |name: &PathBuf| name.parent() == Some(path);
        let State {
            names,
            durable_names,
            later_names,
            ..
        } = &mut *state;
        later_names.clear();
        durable_names.retain(|name, _| !inside(name));
        let synced = names.iter().filter(|(name, _)| inside(name));
        durable_names.extend(synced.map(|(name, number)| (name.clone(), *number)));
        Ok(())
    }

    fn pause(&self, wanted: Duration) -> Duration {
        let state = self.lock_state();
        let held = |state: &mut State| state.pauses_held;
        self.0.1.wait_while(state, held).unwrap().clock += wanted;
        PAUSE
    }

    fn lock(&self, path: &Path, text: &str) -> io::Result<Option<Box<dyn Lock>>> {
        if self.lock_state().locked.iter().any(|locked| locked == path) {
            return Ok(None);
        }
        drop(self.create(path)?.write_at(text.as_bytes(), 0));
        self.lock_state().locked.push(path.to_owned());
        Ok(Some(Box::new(SimLock {
            disk: self.clone(),
            path: path.to_owned(),
        })))
    }
}
