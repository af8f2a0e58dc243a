//! Every frame that a room sends.

use bytes::Bytes;
use denkraum_domain::Timestamp;
use denkraum_sync::{AwarenessEntry, Channel, Input, Message, parse_frame};

use super::{AHEAD, ASK_AGAIN, Shown, Watch};
use crate::rules::holds;

/// What a state of presence has at most: what is taken of the client, and the account's part.
const STATE_BYTES: usize = 2048 + 512;

impl Watch {
    /// Checks a frame; gives the update in it.
    pub(super) fn check_sent<'f>(
        &mut self,
        now: Timestamp,
        input: &Input,
        (conn, frame, channel): (u64, &'f Bytes, Channel),
    ) -> Option<&'f [u8]> {
        let is_loaded = self.is_loaded;
        let known = self.conns.get_mut(&conn);
        holds("S-8", known.is_some(), || {
            format!("{conn} has left or never came")
        });
        let known = known?;
        known.last_sent = now;
        let extensions = known.extensions;
        let (asked_for, is_saved) = match frame[0] {
            100 => (extensions.saved, true),
            101 => (extensions.refused, false),
            102 => (extensions.access, false),
            103 => (extensions.kept, false),
            104 => (extensions.comments, false),
            105 => (extensions.storage, false),
            _ => {
                let message = parse_frame(frame);
                holds("S-1", message.is_ok(), || format!("no message: {frame:?}"));
                return match message.ok()? {
                    Message::Step1(_) => {
                        let last = known.last_asked.replace(now);
                        let by_itself = matches!(input, Input::Frame { .. } | Input::Tick);
                        let since = last.map_or(i64::MAX, |last| now.millis_since(last));
                        holds("S-13", !by_itself || since >= ASK_AGAIN, || {
                            format!("asked again after {since} ms")
                        });
                        None
                    }
                    Message::Step2(update) => {
                        holds("S-7", is_loaded, || {
                            "answered before it was loaded".to_owned()
                        });
                        holds("S-8", known.has_asked, || {
                            "an answer without a question".to_owned()
                        });
                        known.is_synced = true;
                        known.answers += 1;
                        let most = AHEAD + now.millis_since(known.joined) / 1000;
                        holds("S-34", known.answers <= most, || {
                            format!("{} answers where {most} are due", known.answers)
                        });
                        Some(update)
                    }
                    Message::Update(update) => {
                        holds("S-7", is_loaded, || "sent before it was loaded".to_owned());
                        holds("S-8", known.is_synced, || {
                            "sent before the first answer".to_owned()
                        });
                        holds("S-28", channel == Channel::Document, || {
                            "part of the document on another channel".to_owned()
                        });
                        Some(update)
                    }
                    Message::Awareness(entries) => {
                        self.check_presence(channel, &entries);
                        None
                    }
                    other => panic!("[S-1] the server sent {other:?}"),
                };
            }
        };
        holds("S-3", asked_for, || {
            format!("{} was never asked for", frame[0])
        });
        if is_saved {
            let digits = frame[1..].iter().enumerate();
            let count = digits.fold(0, |count, (place, byte)| {
                count | u64::from(byte & 0x7f) << (7 * place)
            });
            holds("S-20", count <= known.received, || {
                format!("{count} saved of {} received", known.received)
            });
        }
        None
    }

    fn check_presence(&mut self, channel: Channel, entries: &[AwarenessEntry<'_>]) {
        for entry in entries {
            let is_there = entry.state != "null";
            if is_there {
                let state: serde_json::Value =
                    serde_json::from_str(entry.state).unwrap_or_default();
                let keys = state
                    .as_object()
                    .map(|state| state.keys().cloned().collect::<Vec<_>>());
                let mut keys = keys.unwrap_or_default();
                keys.sort();
                let is_form =
                    keys == ["cursor", "field", "user"] && entry.state.len() <= STATE_BYTES;
                holds("S-23", is_form, || {
                    format!("a state of another form: {}", entry.state)
                });
                let person = state["user"]["id"].as_str().unwrap_or_default();
                let claims = self.claims.get(&entry.client);
                let is_theirs = claims.is_some_and(|people| {
                    people.iter().any(|claimed| claimed.to_string() == person)
                });
                holds("S-22", is_theirs, || {
                    format!("client {} is shown as {person}", entry.client)
                });
            }
            // What everybody is told; the rest repeats it.
            if channel == Channel::Awareness {
                let now = Shown {
                    clock: entry.clock,
                    is_there,
                    turn: self.turn,
                };
                let last = self.shown.insert(entry.client, now);
                let comes_through = last.as_ref().is_none_or(|last| {
                    let repeats = last.turn == self.turn && last.is_there == is_there;
                    entry.clock > last.clock
                        || (entry.clock == last.clock && (!is_there || repeats))
                });
                holds("S-24", comes_through, || {
                    format!("client {} at {} after {last:?}", entry.client, entry.clock)
                });
            }
        }
    }
}
