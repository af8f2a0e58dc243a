//! What the rooms want done is done, late, out of order, or fails.

use denkraum_domain::Timestamp;
use denkraum_store::{PageUpdate, Position};
use denkraum_sync::{Channel, Effect, Input, Report, Storage, close, update_frame};
use rand::RngExt;

use super::weather::Bug;
use super::world::World;
use crate::rules::holds;
use crate::sim::Plan;

impl World {
    pub(super) fn carry_out(&mut self) {
        let Some(page) = self.any_page(|page| !page.effects.is_empty()) else {
            return;
        };
        match self.pages[page].effects.pop_front() {
            Some(Effect::Report(Report::UpdatesLeftOut(_))) | None => {}
            Some(Effect::Report(report)) => panic!("[S-32] {report:?} of a sound page"),
            Some(Effect::Project { state, .. }) => {
                let page = &mut self.pages[page];
                page.old_state.get_or_insert(state);
            }
            Some(Effect::Load) => self.pages[page].is_loading = true,
            Some(Effect::Append {
                append,
                update,
                by,
                conn,
                clients,
            }) => {
                if self.storms.bug == Some(Bug::SendsBeforeStoring) {
                    let stored = || self.stored(page);
                    self.pages[page]
                        .oracle
                        .check_durable("S-10", &update, stored);
                    let frame = update_frame(&update);
                    for link in self.links.iter_mut().filter(|link| link.page == page) {
                        link.down.push_back((Channel::Document, frame.clone()));
                    }
                }
                let update = PageUpdate {
                    page: self.pages[page].id,
                    at: Timestamp::from_millis(self.now.millis()),
                    by: Some(by),
                    connection: conn,
                    clients,
                    update,
                };
                self.pages[page].appends.push_back((append, update));
            }
            Some(Effect::Send {
                conn,
                frame,
                channel,
            }) => {
                self.put_down(conn, channel, frame);
            }
            Some(Effect::Close { conn, code, .. }) => self.close(conn, code),
            Some(Effect::Keep) => {
                if self.storms.bug != Some(Bug::ForgetsLostText) {
                    let stored = self.stored(page);
                    let new = self.pages[page].oracle.keep(&stored);
                    self.counts.kept += u64::try_from(new).unwrap();
                }
                self.give(page, Input::Kept { people: Vec::new() });
            }
            Some(Effect::Compact {
                upto,
                owners,
                state,
            }) => self.compact(page, upto, owners, state),
            Some(Effect::Stop) => {
                let here = &self.pages[page];
                let is_idle = here.effects.is_empty()
                    && here.appends.is_empty()
                    && here.outcomes.is_empty()
                    && !here.is_loading;
                let is_open = |link: &super::links::Link| link.page == page && link.server_open;
                if is_idle && !self.links.iter().any(is_open) {
                    self.counts.unloads += 1;
                    here.watch.check_ended();
                    self.pages[page].room = None;
                }
            }
            Some(Effect::State { token: _, state }) => {
                if let Ok(state) = state {
                    let stored = || self.stored(page);
                    self.pages[page]
                        .oracle
                        .check_durable("S-29", &state, stored);
                }
            }
            Some(Effect::Edited { token, result }) => {
                let edited = self.pages[page].edits.remove(&token);
                if let (Some(update), Ok(())) = (edited, result) {
                    let stored = || self.stored(page);
                    self.pages[page]
                        .oracle
                        .check_durable("S-29", &update, stored);
                }
            }
        }
    }

    fn put_down(&mut self, conn: u64, channel: Channel, frame: bytes::Bytes) {
        let mut links = self.links.iter_mut();
        if let Some(link) = links.find(|link| link.conn == conn && link.server_open)
            && (!link.lags || channel == Channel::Control)
        {
            link.down.push_back((channel, frame));
        }
    }

    fn close(&mut self, conn: u64, code: u16) {
        let mut links = self.links.iter_mut();
        if let Some(link) = links.find(|link| link.conn == conn) {
            let honest = [
                close::RESTART,
                close::TRY_AGAIN,
                close::NOT_ALLOWED,
                close::SIGNED_OUT,
            ];
            holds("S-34", honest.contains(&code), || {
                format!("an honest client was closed with {code}")
            });
            link.server_open = false;
        }
    }

    fn compact(
        &mut self,
        page: usize,
        upto: u64,
        owners: Vec<(u64, denkraum_domain::PersonId)>,
        state: bytes::Bytes,
    ) {
        self.counts.compactions += 1;
        let before = self.stored(page);
        // What the entries are replaced by has to be what they made, and what was lost in them is kept.
        let replaced = self.stored_upto(page, Position::new(upto));
        self.pages[page]
            .oracle
            .check_nothing_vanished("S-32", &replaced);
        let state = match &self.pages[page].old_state {
            Some(old) if self.storms.bug == Some(Bug::CompactsOldState) => old.clone(),
            _ => state,
        };
        let id = self.pages[page].id;
        let is_sound = self.is_sound();
        let compacted = self.shelf.compact(id, Position::new(upto), owners, state);
        holds("J-8", compacted || !is_sound, || {
            format!("page {page} up to {upto} was not compacted")
        });
        self.absorb();
        let after = self.stored(page);
        let oracle = &self.pages[page].oracle;
        let reads = |loaded| {
            let doc = crate::support::document(1);
            crate::support::apply(&doc, &oracle.state(loaded));
            crate::support::reading(&doc)
        };
        let (was, is) = (reads(&before), reads(&after));
        holds("S-32", was == is, || {
            format!("compacted:\n{was}\nreads as\n{is}")
        });
        oracle.check_saved(&after);
    }

    pub(super) fn store(&mut self) {
        let fails = !self.is_full && self.happens(self.storms.fail_append);
        let fails_to_sync = !fails && !self.is_full && self.happens(self.storms.fail_sync);
        let Some(page) = self.any_page(|page| !page.appends.is_empty()) else {
            return;
        };
        let is_sound = self.is_sound();
        let most = if fails {
            1
        } else {
            self.rng.random_range(1..4)
        };
        let appends = &mut self.pages[page].appends;
        let group: Vec<_> = appends.drain(..most.min(appends.len())).collect();
        let (numbers, updates): (Vec<_>, Vec<_>) = group.into_iter().unzip();
        if fails || fails_to_sync {
            self.shelf.plan(Plan {
                write: fails.then_some(0),
                sync: fails_to_sync.then_some(0),
                ..Plan::default()
            });
        }
        if self.storms.bug == Some(Bug::LosesAppends) && self.happens(100) {
            let position = self
                .shelf
                .known
                .keys()
                .next_back()
                .map_or(0, |last| last.get());
            let appends = numbers.into_iter().map(|append| (append, position));
            let appends = appends.collect();
            return self.pages[page].outcomes.push(Input::Durable { appends });
        }
        let appended = self.shelf.append(updates);
        if fails || fails_to_sync {
            self.shelf.unplan();
        }
        self.absorb();
        let mut durable = Vec::new();
        for (append, appended) in numbers.into_iter().zip(appended) {
            if let Ok(position) = appended {
                durable.push((append, position.get()));
                continue;
            }
            holds("F-12", fails || fails_to_sync || !is_sound, || {
                "a sound disk refused an entry".to_owned()
            });
            self.counts.failed_appends += u64::from(fails);
            self.counts.full_disks += u64::from(self.is_full);
            let failed = Input::AppendFailed { append };
            self.pages[page].outcomes.push(failed);
        }
        // Told at once, or one by one.
        let at_once = if self.rng.random() {
            1
        } else {
            durable.len().max(1)
        };
        let told = durable.chunks(at_once).map(|appends| Input::Durable {
            appends: appends.to_vec(),
        });
        self.pages[page].outcomes.extend(told);
        self.counts.failed_syncs += u64::from(fails_to_sync);
        if fails_to_sync && self.rng.random() {
            self.storage_changed(Storage::Failed);
        }
    }

    /// Whether whatever is to be written can be written.
    pub(super) fn is_sound(&self) -> bool {
        self.shelf.is_writable() && !self.is_full
    }

    /// News of appends may come in any order.
    pub(super) fn tell_outcome(&mut self) {
        if let Some(page) = self.any_page(|page| !page.outcomes.is_empty()) {
            let outcomes = &mut self.pages[page].outcomes;
            let index = self.rng.random_range(0..outcomes.len());
            let outcome = outcomes.remove(index);
            self.give(page, outcome);
        }
    }

    pub(super) fn load(&mut self) {
        let Some(page) = self.any_page(|page| page.is_loading) else {
            return;
        };
        self.pages[page].is_loading = false;
        if self.happens(self.storms.fail_load) {
            self.counts.failed_loads += 1;
            self.give(page, Input::LoadFailed);
        } else {
            let loaded = self.stored(page);
            self.pages[page].oracle.note_loaded(&loaded);
            self.give(page, Input::Loaded(loaded));
        }
    }
}
