//! One changed byte among the files of a server that has ended: the next start notices it, names what it
//! cost, and goes on with everything else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use denkraum_journal::{Damage, Journal, ReadError, Subject};
use denkraum_journal_file::{FileJournal, OpenError};
use denkraum_store::{Position, ReadError as LookUpError};
use futures_util::StreamExt;
use rand::RngExt;
use rand::rngs::SmallRng;

use super::{Entries, FOLDER, Fold, Shelf, open, open_store};
use crate::rules::{equal, holds, note};
use crate::sim::SimDisk;

/// A file of the journal begins with a header of so many bytes.
const HEADER: usize = 64;

impl Shelf {
    /// Ends the server in an orderly way and changes a byte in a copy of its files. Then all goes on
    /// without the change.
    pub(crate) fn flip_a_byte(&mut self, rng: &mut SmallRng) {
        self.run(self.store.close());
        self.run(self.journal.close());
        self.follow();
        let sound = self.read_sound();
        let (disk, path, at) = self.flipped(rng);
        note(format!("byte {at} of {}", path.display()));
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let rule = match at {
            _ if name == "manifest" => "F-6",
            ..HEADER => "F-5",
            _ => "F-15",
        };
        let opened = open(&disk, self.options).map(|(journal, _)| journal);
        holds(rule, opened.is_ok(), || {
            format!("not opened: {:?}", opened.as_ref().err())
        });
        if let Ok(journal) = opened {
            let (found, damage) = self.check_entries(rule, &journal, &sound);
            self.check_look_ups(&journal, &sound, &found, &damage);
            self.run(journal.close());
        }
        self.start_on(self.disk.clone(), false);
    }

    /// A later program's journal is refused, and not touched.
    pub(crate) fn meet_a_later_format(&self) {
        let disk = self.disk.after_kill();
        let path = Path::new(FOLDER).join("manifest");
        let manifest = String::from_utf8(disk.content(&path)).unwrap();
        let (once, _) = manifest.split_at(manifest.len() / 2);
        let (lines, _) = once.rsplit_once("check ").unwrap();
        let lines = lines.replace("denkraum-journal 1", "denkraum-journal 2");
        let check = crc32c::crc32c(lines.as_bytes());
        let later = format!("{lines}check {check:08x}\n").repeat(2);
        disk.edit(&path, |content| *content = later.into_bytes());
        let content = |disk: &SimDisk| {
            let mut files = disk.content_of_all();
            files.retain(|(path, _)| !path.ends_with("lock"));
            files
        };
        let before = content(&disk);
        let refused = open(&disk, self.options).map(|_| ());
        let is_refused = matches!(refused, Err(OpenError::NewerFormat { found: 2, .. }));
        holds("F-21", is_refused, || {
            format!("a later format: {refused:?}")
        });
        let is_touched = content(&disk) != before;
        holds("F-21", !is_touched, || {
            "a later format was changed".to_owned()
        });
    }

    /// What the files hold.
    fn read_sound(&self) -> Entries {
        let (journal, _) = open(&self.disk.after_kill(), self.options).unwrap();
        let (found, damage) = self.read_all(&journal);
        assert!(damage.iter().all(|damage| damage.unconfirmed), "{damage:?}");
        found
    }

    fn flipped(&self, rng: &mut SmallRng) -> (SimDisk, PathBuf, usize) {
        let disk = self.disk.after_kill();
        let is_journals = |(path, content): &(PathBuf, Vec<u8>)| {
            !path.ends_with("lock") && path.starts_with(FOLDER) && !content.is_empty()
        };
        let files: Vec<_> = disk
            .content_of_all()
            .into_iter()
            .filter(is_journals)
            .collect();
        let (path, content) = &files[rng.random_range(0..files.len())];
        // Space that is set aside is most of a file, and its zeros mean nothing.
        let used = content.iter().rposition(|byte| *byte != 0).unwrap_or(0);
        // The header is a small part of what has it.
        let end = if rng.random_range(0..6) == 0 {
            HEADER.min(used)
        } else {
            used
        };
        let at = rng.random_range(0..=end);
        let bit = 1 << rng.random_range(0..8);
        disk.edit(path, |content| content[at] ^= bit);
        (disk, path.clone(), at)
    }

    fn read_all(&self, journal: &FileJournal) -> (Entries, Vec<Damage>) {
        let durable = journal.durable();
        let (mut found, mut damage) = (Entries::new(), Vec::new());
        let (mut tail, mut last) = (journal.tail(Position::START), Position::START);
        while last < durable {
            match self.run(tail.next()) {
                Some(Ok((position, entry))) => {
                    last = position;
                    found.insert(position, entry);
                }
                Some(Err(ReadError::Damaged(lost))) => {
                    last = last.max(lost.last);
                    damage.push(lost);
                }
                other => panic!("[F-15] after {last} of {durable}: {other:?}"),
            }
        }
        (found, damage)
    }

    /// No entry is another than before; those that are missing are named, and are one.
    fn check_entries(
        &self,
        rule: &'static str,
        journal: &FileJournal,
        sound: &Entries,
    ) -> (Entries, Vec<Damage>) {
        let (found, damage) = self.read_all(journal);
        for (position, entry) in &found {
            equal("F-4", &sound.get(position), &Some(entry), || {
                format!("at {position}")
            });
        }
        let missing: Vec<_> = sound.keys().filter(|at| !found.contains_key(at)).collect();
        holds(rule, missing.is_empty() || rule == "F-15", || {
            format!("{missing:?} are missing")
        });
        holds("F-15", missing.len() <= 1, || {
            format!("{missing:?} are missing")
        });
        for position in missing {
            let is_it = |damage: &&Damage| (damage.first..=damage.last).contains(position);
            let named = damage.iter().find(is_it);
            holds("F-15", named.is_some(), || {
                format!("{position} is missing and not named: {damage:?}")
            });
            let subject = named.and_then(|damage| damage.subject.as_ref());
            equal("F-4", &subject, &Some(&sound[position].subject), || {
                format!("at {position}")
            });
            let is_last = sound.keys().next_back() == Some(position);
            let is_confirmed = named.is_some_and(|damage| !damage.unconfirmed);
            let rule = if is_last { "F-16" } else { "F-15" };
            holds(rule, is_confirmed, || format!("{named:?} was confirmed"));
        }
        (found, damage)
    }

    /// Look-ups of what is damaged fail and name it; everything else is as it was, and nothing is let go.
    fn check_look_ups(
        &self,
        journal: &FileJournal,
        sound: &Entries,
        found: &Entries,
        damage: &[Damage],
    ) {
        let store = self.run(open_store(journal));
        let damaged: BTreeSet<&Subject> =
            damage.iter().filter_map(|d| d.subject.as_ref()).collect();
        let fold = Fold::of(sound);
        for (id, page) in fold.pages.iter().filter(|(_, page)| !page.is_deleted) {
            let subject = Subject::Page(*id);
            match self.run(store.load_page(*id)) {
                Err(LookUpError::Damaged { subject: named }) => {
                    let is_it = named == subject && damaged.contains(&subject);
                    holds("V-13", is_it, || format!("{named} instead of {subject}"));
                }
                Ok(Some(stored)) => {
                    // Damage that a snapshot covers costs nothing but who brought what, and when.
                    let content = (stored.snapshot, stored.updates);
                    let updates = page.updates.values().cloned().collect();
                    equal("V-13", &content, &(page.snapshot.clone(), updates), || {
                        format!("content of {subject}")
                    });
                }
                other => panic!("[V-13] {subject}: {other:?}"),
            }
        }
        let records = self.run(store.scan("people")).unwrap();
        let records: Vec<_> = records
            .into_iter()
            .map(|(key, record)| (key, record.value))
            .collect();
        for (key, (_, value, _)) in &fold.records {
            let found = records.iter().find(|(found, _)| found == key);
            let found = found.map(|(_, value)| value);
            let is_damaged = damaged.contains(&Subject::Record(key.clone()));
            holds("V-13", is_damaged || found == value.as_ref(), || {
                format!("record {key}: {found:?} instead of {value:?}")
            });
        }
        let aside = self.run(store.set_aside()).unwrap();
        let rewritten = self.run(store.rewrite());
        holds("F-19", aside.is_empty() || rewritten.is_err(), || {
            format!("rewritten without {aside:?}")
        });
        if rewritten.is_err() {
            let (left, _) = self.read_all(journal);
            equal("F-19", &left, found, || "what is left".to_owned());
        }
        self.run(store.close());
    }
}
