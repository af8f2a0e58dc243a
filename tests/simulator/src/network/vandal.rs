//! Somebody who sends what no editor sends, for a moment; others notice nothing of it.

use bytes::Bytes;
use denkraum_domain::{Access, PersonId};
use denkraum_sync::{
    AwarenessEntry, Channel, Effect, Extensions, Input, awareness_frame, step2_frame, update_frame,
};
use rand::RngExt;
use yrs::types::xml::XmlFragment as _;
use yrs::{Map, WriteTxn, XmlElementPrelim};

use super::client::step1;
use super::links::member;
use super::world::{PAGES, World};
use crate::rules::holds;
use crate::support;

/// So many frames at once are taken.
pub(super) const FLOOD: u64 = 500;

/// What came of a frame.
struct Came {
    closed: Option<u16>,
    refused: bool,
    admitted: bool,
    count: usize,
}

impl World {
    pub(super) fn vandal(&mut self) {
        self.counts.vandals += 1;
        let page = self.rng.random_range(0..PAGES);
        self.last_conn += 1;
        let conn = self.last_conn;
        let access = if self.happens(300) {
            Access::Read
        } else {
            Access::Edit
        };
        let extensions = if self.happens(500) {
            Extensions::ALL
        } else {
            Extensions::default()
        };
        self.open(page);
        self.give(
            page,
            Input::Join {
                conn,
                member: member(PersonId::from_u128(9), access),
                extensions,
            },
        );
        let is_loaded = self.pages[page].watch.is_loaded;
        let may_write = is_loaded && access == Access::Edit;
        match self.rng.random_range(0..10) {
            0 => {
                let rubbish: [&[u8]; 6] = [
                    &[],
                    &[9],
                    &[0, 1, 5, 1],
                    &[0, 0, 1, 0xff],
                    &[0, 2, 0x80, 0],
                    &[1, 1, 7],
                ];
                let rubbish = Bytes::from_static(rubbish[self.rng.random_range(0..6)]);
                let came = self.tell(page, conn, rubbish);
                holds("S-2", came.closed == Some(4400), || {
                    format!("rubbish: {:?}", came.closed)
                });
            }
            1 => {
                let came = self.tell(page, conn, vec![0; (64 << 10) + 1].into());
                holds("S-4", came.closed == Some(4413), || {
                    format!("too large: {:?}", came.closed)
                });
            }
            2 => {
                let query = Bytes::from_static(&[3]);
                let codes = (0..=FLOOD).filter_map(|_| self.tell(page, conn, query.clone()).closed);
                let codes: Vec<u16> = codes.collect();
                holds("S-6", codes == [4429], || format!("a flood: {codes:?}"));
            }
            3 => {
                let unknown = self.foreign(|transaction| {
                    let body = transaction.get_or_insert_xml_fragment("body");
                    body.insert(transaction, 0, XmlElementPrelim::empty("script"));
                });
                self.expect_refusal(page, conn, unknown, may_write, extensions);
            }
            4 => {
                let meta = self.foreign(|transaction| {
                    let meta = transaction.get_or_insert_map("meta");
                    meta.insert(transaction, "kind", "mine");
                });
                self.expect_refusal(page, conn, meta, may_write, extensions);
            }
            5 => {
                self.last_client += 1;
                let doc = support::document(self.last_client);
                support::type_title(&doc, 0, "first");
                let second = support::type_title(&doc, 3, "second");
                let came = self.tell(page, conn, update_frame(&second));
                holds("S-13", !came.admitted, || {
                    "an update with a gap before it was admitted".to_owned()
                });
            }
            6 => {
                let came = self.tell(page, conn, Bytes::from_static(&[2, 0, 1, b'x']));
                holds("S-5", came.count == 0, || {
                    "an auth message meant something".to_owned()
                });
            }
            7 => self.pretend(page, conn),
            8 => self.insist(page, conn, extensions),
            _ => {
                let question = step1(&support::document(1));
                for _ in 0..40 {
                    self.tell(page, conn, question.clone());
                }
                self.extend_another(page, conn);
            }
        }
        self.give(page, Input::Leave { conn });
    }

    /// An update of a client of its own.
    fn foreign(&mut self, change: impl FnOnce(&mut yrs::TransactionMut<'_>)) -> Bytes {
        self.last_client += 1;
        let doc = support::document(self.last_client);
        update_frame(&support::change(&doc, change))
    }

    fn expect_refusal(
        &mut self,
        page: usize,
        conn: u64,
        frame: Bytes,
        may_write: bool,
        extensions: Extensions,
    ) {
        let came = self.tell(page, conn, frame);
        holds("S-15", !came.admitted, || {
            "something forbidden was admitted".to_owned()
        });
        let is_told = came.refused || came.closed == Some(4400);
        holds("S-15", !may_write || is_told, || {
            "nobody said that it was refused".to_owned()
        });
        holds("S-15", came.closed.is_none() || !extensions.refused, || {
            "closed instead of told".to_owned()
        });
    }

    /// Answers every question with the same gap: after three answers that is said, once.
    fn insist(&mut self, page: usize, conn: u64, extensions: Extensions) {
        self.last_client += 1;
        let doc = support::document(self.last_client);
        support::type_title(&doc, 0, "first");
        let second = step2_frame(&support::type_title(&doc, 3, "second"));
        let (mut asked, mut told) = (0, 0);
        for _ in 0..6 {
            let before = self.pages[page].effects.len();
            let came = self.tell(page, conn, second.clone());
            self.advance(1_100);
            holds("S-13", !came.admitted, || {
                "an answer with a gap before it was admitted".to_owned()
            });
            for effect in self.pages[page].effects.iter().skip(before) {
                if let Effect::Send {
                    conn: to, frame, ..
                } = effect
                    && *to == conn
                {
                    asked += u32::from(frame.starts_with(&[0, 0]));
                    told += u32::from(frame[0] == 101);
                }
            }
        }
        // Nobody is asked while the page is not there, or who only reads. The first question may have come
        // before all this, on joining.
        let expected = match asked {
            0 | 1 => 0..=0,
            2 => 0..=1,
            _ => 1..=1,
        };
        let is_right = expected.contains(&told) || (told == 0 && !extensions.refused);
        holds("S-14", is_right, || {
            format!("told {told} times after {asked} questions")
        });
    }

    /// Presence in the name of others, with clocks and states that nobody has.
    fn pretend(&mut self, page: usize, conn: u64) {
        let clients: Vec<u64> = self.clients.iter().map(|client| client.id).collect();
        let long = format!("{{\"cursor\":null,\"x\":\"{}\"}}", "x".repeat(3000));
        let states = [
            "{\"user\":{\"name\":\"<b>\"}}",
            "null",
            "[1",
            "{\"cursor\":7}",
            long.as_str(),
        ];
        self.last_client += 1;
        let own = self.last_client;
        for _ in 0..4 {
            let entries: Vec<_> = (0..3)
                .map(|_| AwarenessEntry {
                    client: if self.rng.random() {
                        own
                    } else {
                        clients[self.rng.random_range(0..clients.len())]
                    },
                    clock: self.rng.random_range(0..5) * 700,
                    state: states[self.rng.random_range(0..states.len())],
                })
                .collect();
            self.tell(page, conn, awareness_frame(entries.into_iter()));
        }
    }

    /// Goes on writing as the client of somebody who is here.
    fn extend_another(&mut self, page: usize, conn: u64) {
        let victims: Vec<u64> = self
            .links
            .iter()
            .filter(|link| self.pages[page].watch.conns.contains_key(&link.conn))
            .map(|link| self.clients[link.client].id)
            .collect();
        let Some(victim) = victims.first() else {
            return;
        };
        let state = self.pages[page].oracle.state(&self.stored(page));
        let doc = support::document(*victim);
        support::apply(&doc, &state);
        let owns = support::state_vector_sorted(&doc)
            .iter()
            .any(|(client, _)| client == victim);
        if owns {
            let update = support::type_title(&doc, 0, "forged");
            let came = self.tell(page, conn, update_frame(&update));
            holds("S-19", !came.admitted, || {
                "somebody else's client was extended".to_owned()
            });
        }
    }

    /// Sends one frame, and sees what comes of it.
    fn tell(&mut self, page: usize, conn: u64, bytes: Bytes) -> Came {
        let before = self.pages[page].effects.len();
        self.give(page, Input::Frame { conn, bytes });
        let mut came = Came {
            closed: None,
            refused: false,
            admitted: false,
            count: 0,
        };
        for effect in self.pages[page].effects.iter().skip(before) {
            came.count += 1;
            match effect {
                Effect::Close {
                    conn: closed, code, ..
                } if *closed == conn => came.closed = Some(*code),
                Effect::Append { .. } => came.admitted = true,
                Effect::Send {
                    conn: to,
                    frame,
                    channel: Channel::Control,
                } if *to == conn => {
                    came.refused |= frame[0] == 101;
                }
                _ => {}
            }
        }
        came
    }
}
