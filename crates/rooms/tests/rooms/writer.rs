//! People who write for long, in bytes as Yjs makes them.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::bench::Client;

/// Letters of a paragraph.
const PARAGRAPH: u64 = 400;
/// With so many paragraphs, somebody who tidies up takes half of them away.
const MANY: usize = 40;

/// How somebody writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Paragraph after paragraph, letter by letter, and takes back one in eight.
    Types,
    /// The same, and takes half of it away when it gets long.
    TidiesUp,
    /// A whole paragraph at once, in place of the one before.
    Replaces,
}

pub(crate) struct Writer {
    style: Style,
    client: u64,
    clock: u64,
    pub(crate) edits: u64,
    in_paragraph: u64,
    /// Where the paragraphs begin that stand.
    starts: VecDeque<u64>,
}

fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap());
}

impl Writer {
    /// Somebody whose client id is as large as those that Yjs draws.
    pub(crate) fn new(style: Style, person: u64) -> Self {
        Self {
            style,
            client: 3_141_592_653 + person,
            clock: 0,
            edits: 0,
            in_paragraph: 0,
            starts: VecDeque::new(),
        }
    }

    /// The next edit as an update.
    pub(crate) fn next(&mut self) -> Bytes {
        self.edits += 1;
        let is_at_start = self.in_paragraph == 0;
        match self.style {
            Style::TidiesUp if is_at_start && self.starts.len() >= MANY => self.take_away(MANY / 2),
            Style::Replaces if !self.starts.is_empty() => self.take_away(1),
            Style::Replaces => self.write(usize::try_from(PARAGRAPH).unwrap()),
            _ if !is_at_start && self.edits.is_multiple_of(8) => self.delete(self.clock - 1, 1),
            _ => self.write(1),
        }
    }

    /// So many letters at the end, in a new paragraph if the last one is full.
    fn write(&mut self, letters: usize) -> Bytes {
        let (first, is_new) = (self.clock, self.in_paragraph == 0);
        let mut update = vec![1, if is_new { 3 } else { 1 }];
        number(&mut update, self.client);
        number(&mut update, first);
        if is_new {
            // An element `paragraph` in the root `body`, a text in it, and letters in that.
            update.extend(b"\x07\x01\x04body\x03\x09paragraph\x07\x00");
            number(&mut update, self.client);
            number(&mut update, first);
            update.extend(b"\x06\x04\x00");
            number(&mut update, self.client);
            number(&mut update, first + 1);
            self.starts.push_back(first);
            self.clock += 2;
        } else {
            update.push(0x84);
            number(&mut update, self.client);
            number(&mut update, first - 1);
        }
        let letter = b'a' + u8::try_from(self.edits % 26).unwrap();
        number(&mut update, letters as u64);
        update.extend(std::iter::repeat_n(letter, letters));
        update.push(0);
        self.clock += letters as u64;
        self.in_paragraph = (self.in_paragraph + letters as u64) % PARAGRAPH;
        update.into()
    }

    /// The oldest paragraphs.
    fn take_away(&mut self, paragraphs: usize) -> Bytes {
        let first = self.starts.drain(..paragraphs).next().unwrap();
        let end = self.starts.front().copied().unwrap_or(self.clock);
        self.delete(first, end - first)
    }

    fn delete(&self, first: u64, clocks: u64) -> Bytes {
        let mut update = vec![0, 1];
        number(&mut update, self.client);
        update.push(1);
        number(&mut update, first);
        number(&mut update, clocks);
        update.into()
    }
}

/// Waits until so many messages are saved; `saved` are known to be.
pub(crate) async fn all_saved(client: &mut Client, saved: &mut u64, count: u64) {
    while *saved < count {
        let frame = client.wait_for(100).await;
        let digits = frame[1..].iter().rev();
        *saved = digits.fold(0, |count, byte| count << 7 | u64::from(byte & 0x7f));
    }
}
