//! A person's browser tab.

use bytes::Bytes;
use denkraum_domain::PersonId;
use denkraum_sync::{AwarenessEntry, awareness_frame, step2_frame, update_frame};
use rand::RngExt;
use rand::rngs::SmallRng;
use yrs::Doc;

use crate::support::{self, Heard, Ids};

pub(crate) struct Client {
    pub(crate) person: PersonId,
    pub(crate) doc: Doc,
    id: u64,
    clock: u64,
    /// What each sync message on the present connection held.
    sent: Vec<(Ids, Ids)>,
    /// All that was deleted here; an editor deletes what its person sees.
    pub(crate) deleted: Ids,
}

impl Client {
    pub(crate) fn new(person: PersonId, id: u64) -> Self {
        Self {
            person,
            doc: support::document(id),
            id,
            clock: 0,
            sent: Vec::new(),
            deleted: Ids::new(),
        }
    }

    /// The first messages on a new connection, as y-websocket sends them.
    pub(crate) fn open(&mut self) -> Vec<Bytes> {
        self.sent.clear();
        let state_vector = support::state_vector(&self.doc);
        let mut step1 = vec![0, 0, u8::try_from(state_vector.len()).unwrap()];
        step1.extend(state_vector);
        vec![step1.into(), self.awareness()]
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

    /// Takes a message of the server. Gives the answer, and what counts as saved now.
    pub(crate) fn hear(&mut self, frame: &Bytes) -> (Option<Bytes>, Option<Vec<(Ids, Ids)>>) {
        match support::hear(frame) {
            Heard::Step1(state_vector) => {
                let update = support::diff(&self.doc, &state_vector);
                (Some(self.send(step2_frame(&update), &update)), None)
            }
            Heard::Document(update) => {
                let has_hole = support::apply(&self.doc, &update);
                assert!(
                    !has_hole,
                    "the client was sent something with a hole before it"
                );
                (None, None)
            }
            Heard::Saved(count) => {
                let count = usize::try_from(count).unwrap();
                (None, Some(self.sent[..count].to_vec()))
            }
            Heard::Awareness | Heard::Access(_) | Heard::Kept(_) | Heard::Comments => (None, None),
            Heard::Refused(reason) => panic!("an honest client was refused: {reason}"),
        }
    }

    /// All it has, as an answer to somebody who has nothing.
    pub(crate) fn everything(&mut self) -> Bytes {
        let update = support::whole(&self.doc);
        self.send(step2_frame(&update), &update)
    }

    fn send(&mut self, frame: Bytes, update: &[u8]) -> Bytes {
        self.sent.push(support::contents(update));
        frame
    }
}
