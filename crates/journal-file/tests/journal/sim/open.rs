//! Open files and held locks of the simulated disk.

use std::io;
use std::path::PathBuf;

use denkraum_journal_file::{File, Lock};

use super::{Change, SimDisk, State, apply};

pub(super) struct SimLock {
    pub(super) disk: SimDisk,
    pub(super) path: PathBuf,
}

impl Lock for SimLock {}

impl Drop for SimLock {
    fn drop(&mut self) {
        self.disk
            .lock_state()
            .locked
            .retain(|locked| *locked != self.path);
    }
}

pub(super) struct SimFile {
    pub(super) disk: SimDisk,
    pub(super) number: usize,
}

impl SimFile {
    fn change(&self, state: &mut State, change: Change) {
        let file = &mut state.files[self.number];
        apply(&mut file.seen, &change);
        file.unsynced.push(change);
    }
}

impl File for SimFile {
    fn length(&self) -> io::Result<u64> {
        let mut state = self.disk.lock_state();
        state.look()?;
        Ok(state.files[self.number].seen.len() as u64)
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut state = self.disk.lock_state();
        state.look()?;
        if state.plan.reads {
            return Err(io::Error::other("planned"));
        }
        let seen = &state.files[self.number].seen;
        let start = usize::try_from(offset).unwrap().min(seen.len());
        let length = buffer.len().min(seen.len() - start);
        buffer[..length].copy_from_slice(&seen[start..start + length]);
        Ok(length)
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let mut state = self.disk.lock_state();
        state.call()?;
        let turn = state.calls.writes;
        state.calls.writes += 1;
        let offset = usize::try_from(offset).unwrap();
        let end = (offset + bytes.len()).max(state.files[self.number].seen.len());
        state.room_for(self.number, end)?;
        let fails = state.plan.write == Some(turn);
        let kept = if fails {
            &bytes[..bytes.len() / 2]
        } else {
            bytes
        };
        self.change(
            &mut state,
            Change::Write {
                offset,
                bytes: kept.to_vec(),
            },
        );
        if fails {
            Err(io::Error::other("planned write"))
        } else {
            Ok(())
        }
    }

    fn allocate(&self, length: u64) -> io::Result<()> {
        let mut state = self.disk.lock_state();
        state.call()?;
        let length = usize::try_from(length).unwrap();
        if state.files[self.number].seen.len() < length {
            state.room_for(self.number, length)?;
            self.change(&mut state, Change::Length(length));
        }
        Ok(())
    }

    fn cut(&self, length: u64) -> io::Result<()> {
        let mut state = self.disk.lock_state();
        state.call()?;
        if state.plan.cut {
            return Err(io::Error::other("planned cut"));
        }
        self.change(&mut state, Change::Length(usize::try_from(length).unwrap()));
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        let mut state = self.disk.lock_state();
        if state.syncs_let == Some(0) {
            assert!(!state.sync_waits, "two syncs at once");
            state.sync_waits = true;
            let changed = &self.disk.0.1;
            changed.notify_all();
            state = changed
                .wait_while(state, |state| state.syncs_let == Some(0))
                .unwrap();
            state.sync_waits = false;
        }
        state.syncs_let = state.syncs_let.map(|left| left - 1);
        state.call()?;
        let turn = state.calls.syncs;
        state.calls.syncs += 1;
        if state.plan.sync == Some(turn) {
            return Err(io::Error::other("planned sync"));
        }
        let file = &mut state.files[self.number];
        file.durable.clone_from(&file.seen);
        file.unsynced.clear();
        Ok(())
    }
}
