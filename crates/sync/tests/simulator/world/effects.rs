//! What the room wants done is done, late, out of order, or fails.

use denkraum_sync::{Effect, Input, Report, Room, update_frame};
use rand::RngExt;

use super::World;
use crate::journal::Entry;
use crate::support::{self, Heard};

impl World {
    pub(super) fn give(&mut self, input: Input) {
        if let Some(room) = &mut self.room {
            let mut out = Vec::new();
            room.handle(self.now, input, &mut out);
            self.effects.extend(out);
        }
    }

    pub(super) fn carry_out(&mut self) {
        match self.effects.pop_front() {
            Some(Effect::Report(Report::CompactionRefused)) => {
                panic!("a sound page was not compacted")
            }
            None | Some(Effect::Project { .. } | Effect::Report(_)) => {}
            Some(Effect::Load) => self.is_loading = true,
            Some(Effect::Append {
                append,
                update,
                by,
                clients,
                ..
            }) => {
                if self.storms.sends_before_storing {
                    for link in &mut self.links {
                        self.journal.assert_durable(&update);
                        link.down.push_back(update_frame(&update));
                    }
                }
                let entry = Entry {
                    update,
                    by,
                    clients,
                };
                self.appends.push_back((append, entry));
            }
            Some(Effect::Send { conn, frame, .. }) => {
                if let Heard::Document(update) = support::hear(&frame) {
                    self.journal.assert_durable(&update);
                }
                let mut links = self.links.iter_mut();
                if let Some(link) = links.find(|link| link.conn == conn && link.server_open) {
                    link.down.push_back(frame);
                }
            }
            Some(Effect::Close { conn, code, .. }) => {
                assert_eq!(code, 1013, "an honest client was closed");
                let mut links = self.links.iter_mut();
                if let Some(link) = links.find(|link| link.conn == conn) {
                    link.server_open = false;
                }
            }
            Some(Effect::Keep) if self.storms.forgets_lost => {}
            Some(Effect::Keep) => {
                let new = self.journal.keep();
                self.counts.kept += u64::try_from(new).unwrap();
                self.give(Input::Kept { people: Vec::new() });
            }
            Some(Effect::Compact {
                upto,
                owners,
                state,
            }) => {
                self.counts.compactions += 1;
                self.journal.compact(upto, owners, state);
            }
            Some(Effect::Stop) => {
                let is_idle = self.effects.is_empty() && self.appends.is_empty();
                if is_idle && self.links.iter().all(|link| !link.server_open) {
                    self.counts.unloads += 1;
                    self.room = None;
                }
            }
            Some(Effect::State { .. } | Effect::Edited { .. }) => unreachable!("nobody asked"),
        }
    }

    pub(super) fn store(&mut self) {
        let fails = self.happens(self.storms.fail_append);
        if let Some((append, entry)) = self.appends.pop_front() {
            self.outcomes.push(if fails {
                self.counts.failed_appends += 1;
                Input::AppendFailed { append }
            } else {
                let position = self.journal.append(&entry);
                let appends = vec![(append, position)];
                Input::Durable { appends }
            });
        }
    }

    /// News of appends may come in any order.
    pub(super) fn tell_outcome(&mut self) {
        if !self.outcomes.is_empty() {
            let index = self.rng.random_range(0..self.outcomes.len());
            let outcome = self.outcomes.remove(index);
            self.give(outcome);
        }
    }

    pub(super) fn load(&mut self) {
        if std::mem::take(&mut self.is_loading) {
            if self.happens(self.storms.fail_load) {
                self.counts.failed_loads += 1;
                self.give(Input::LoadFailed);
            } else {
                self.give(Input::Loaded(self.journal.load()));
            }
        }
    }

    pub(super) fn pass_time(&mut self) {
        let millis = self.rng.random_range(0..1500);
        self.advance(millis);
    }

    pub(super) fn advance(&mut self, millis: i64) {
        self.now = self.now.plus_millis(millis);
        let due = self.room.as_ref().and_then(Room::wake_at);
        if due.is_some_and(|due| due <= self.now) {
            self.give(Input::Tick);
        }
    }
}
