//! A person's browser tab.

use std::collections::BTreeMap;

use bytes::Bytes;
use denkraum_domain::PersonId;
use denkraum_sync::{
    AwarenessEntry, Extensions, Message, awareness_frame, parse_frame, step2_frame, update_frame,
};
use rand::RngExt;
use rand::rngs::SmallRng;
use yrs::Doc;

use crate::rules::holds;
use crate::support::{self, Heard, Ids};

pub(crate) struct Client {
    pub(crate) person: PersonId,
    /// Which page is open in it.
    pub(crate) page: usize,
    pub(crate) extensions: Extensions,
    pub(crate) doc: Doc,
    pub(crate) id: u64,
    clock: u64,
    /// What each sync message on the present connection held.
    sent: Vec<(Ids, Ids)>,
    /// The last of them.
    last: Option<Bytes>,
    /// How many of them the server said to be saved.
    saved: usize,
    /// All that was deleted here; an editor deletes what its person sees.
    pub(crate) deleted: Ids,
    /// Who else is here, with the clock of their state, and whether there is one.
    others: BTreeMap<u64, (u64, bool)>,
}

impl Client {
    pub(crate) fn new(person: PersonId, page: usize, extensions: Extensions, id: u64) -> Self {
        Self {
            person,
            page,
            extensions,
            doc: support::document(id),
            id,
            clock: 0,
            sent: Vec::new(),
            last: None,
            saved: 0,
            deleted: Ids::new(),
            others: BTreeMap::new(),
        }
    }

    /// The first messages on a new connection, as y-websocket sends them.
    pub(crate) fn open(&mut self) -> Vec<Bytes> {
        self.sent.clear();
        self.saved = 0;
        self.last = None;
        self.others.clear();
        vec![step1(&self.doc), self.awareness()]
    }

    pub(crate) fn awareness(&mut self) -> Bytes {
        self.clock += 1;
        let entry = AwarenessEntry {
            client: self.id,
            clock: self.clock,
            state: "{\"cursor\":null}",
        };
        awareness_frame([entry].into_iter())
    }

    /// A random edit; the message to send if a connection is open.
    pub(crate) fn edit(&mut self, rng: &mut SmallRng) -> Option<Bytes> {
        let at = rng.random_range(0..12);
        let doc = &self.doc;
        let update = match rng.random_range(0..10) {
            0..3 => support::type_title(doc, at, ["ü", "ab", "😀", "Hilfe "][at as usize % 4]),
            3 => support::cut_title(doc, at, 3),
            4..6 => support::add_paragraph(doc, at, "Frühe Hilfen"),
            6 => support::drop_paragraph(doc, at),
            7 => support::in_paragraph(doc, at, Some("nah ")),
            8 => support::in_paragraph(doc, at, None),
            _ => support::tag(doc, ["armut", "kita"][at as usize % 2], at % 3 > 0),
        };
        self.changed(&update)
    }

    /// What the editor's binding makes of turning a block into another, moving it, joining two.
    pub(crate) fn restructure(&mut self, rng: &mut SmallRng) -> Option<Bytes> {
        let at = rng.random_range(0..12);
        let doc = &self.doc;
        let update = match rng.random_range(0..3) {
            0 => support::turn_into_heading(doc, at),
            1 => support::move_up(doc, at),
            _ => support::join(doc, at),
        };
        self.changed(&update)
    }

    /// The message with a change, if it changes anything.
    fn changed(&mut self, update: &[u8]) -> Option<Bytes> {
        let (written, deleted) = support::contents(update);
        self.deleted.extend(&deleted);
        (!written.is_empty() || !deleted.is_empty())
            .then(|| self.send(update_frame(update), update))
    }

    /// The last sync message, a second time.
    pub(crate) fn repeat(&mut self) -> Option<Bytes> {
        let contents = self.sent.last()?.clone();
        self.sent.push(contents);
        self.last.clone()
    }

    /// Takes a message of the server. Gives the answer, and what counts as saved now.
    pub(crate) fn hear(&mut self, frame: &Bytes) -> (Option<Bytes>, Option<Vec<(Ids, Ids)>>) {
        match support::hear(frame) {
            Heard::Step1(state_vector) => {
                let update = support::diff(&self.doc, &state_vector);
                (Some(self.send(step2_frame(&update), &update)), None)
            }
            Heard::Document(update) => {
                let has_hole = support::apply(&self.doc, &update);
                holds("S-30", !has_hole, || {
                    "a client was sent something with a hole before it".to_owned()
                });
                (None, None)
            }
            Heard::Saved(count) => {
                let count = usize::try_from(count).unwrap();
                holds("S-20", count <= self.sent.len(), || {
                    format!("{count} of {} messages are saved", self.sent.len())
                });
                holds("S-20", count >= self.saved, || {
                    format!("{} were saved, now {count} are", self.saved)
                });
                self.saved = count;
                (None, Some(self.sent[..count].to_vec()))
            }
            Heard::Awareness => {
                self.see(frame);
                (None, None)
            }
            Heard::Access(_) | Heard::Kept(_) | Heard::Comments | Heard::Storage(_) => (None, None),
            Heard::Refused(reason) => panic!("[S-14] an honest client was refused: {reason}"),
        }
    }

    /// Who is here, as y-protocols takes it.
    fn see(&mut self, frame: &Bytes) {
        let Ok(Message::Awareness(entries)) = parse_frame(frame) else {
            return;
        };
        for entry in entries.iter().filter(|entry| entry.client != self.id) {
            let is_there = entry.state != "null";
            let known = self.others.get(&entry.client).copied();
            let is_newer = known.is_none_or(|(clock, was_there)| {
                entry.clock > clock || (entry.clock == clock && was_there && !is_there)
            });
            if is_newer {
                self.others.insert(entry.client, (entry.clock, is_there));
            }
        }
    }

    /// States of which nothing was heard for long are forgotten, as y-protocols does.
    pub(crate) fn forget_others(&mut self) {
        self.others.clear();
    }

    /// The clients that are here besides this one.
    pub(crate) fn present(&self) -> Vec<u64> {
        let there = self.others.iter().filter(|(_, (_, is_there))| *is_there);
        there.map(|(client, _)| *client).collect()
    }

    /// How many messages were sent, and how many of them are saved.
    pub(crate) fn progress(&self) -> (usize, usize) {
        (self.sent.len(), self.saved)
    }

    /// All it has, as an answer to somebody who has nothing.
    pub(crate) fn everything(&mut self) -> Bytes {
        let update = support::whole(&self.doc);
        self.send(step2_frame(&update), &update)
    }

    fn send(&mut self, frame: Bytes, update: &[u8]) -> Bytes {
        self.sent.push(support::contents(update));
        self.last = Some(frame.clone());
        frame
    }
}

/// Asks for what a document lacks.
pub(crate) fn step1(doc: &Doc) -> Bytes {
    let state_vector = support::state_vector(doc);
    let mut frame = vec![0, 0];
    let mut length = state_vector.len();
    while length >= 0x80 {
        frame.push(u8::try_from(length & 0x7f).unwrap() | 0x80);
        length >>= 7;
    }
    frame.push(u8::try_from(length).unwrap());
    frame.extend(state_vector);
    frame.into()
}
