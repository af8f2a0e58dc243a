//! Honest updates of many small pieces, too long to be written down: what somebody brings who wrote here and
//! there for a week without a connection, or whose program puts nothing together.

use anyhow::{Context as _, Result};
use denkraum_load::Dice;
use yrs::types::xml::{XmlElementRef, XmlFragmentRef};
use yrs::{
    Any, ClientID, Doc, OffsetKind, Options, ReadTxn as _, StateVector, Text as _, Transact as _,
    TransactionMut, Xml as _, XmlElementPrelim, XmlFragment as _, XmlTextPrelim,
};

use crate::mutate::index;

/// Client ids of one byte make the bytes few and change nothing of what is kept; those of Yjs have five.
const CLIENTS: [u64; 2] = [7, 3_000_000_000];

/// All of them.
pub(crate) fn all() -> Result<Vec<Vec<u8>>> {
    let mut all = vec![chain(15_000)];
    for client in CLIENTS {
        all.extend([letters(client)?, headings(client), paragraphs(client)]);
    }
    Ok(all)
}

/// So many letters in one paragraph, each a struct of its own that continues the one before.
pub(crate) fn chain(letters: u32) -> Vec<u8> {
    let mut bytes = vec![1];
    number(&mut bytes, letters + 3);
    bytes.extend(b"\x05\x00\x07\x01\x04body\x03\x09paragraph\x07\x00\x05\x00\x06");
    bytes.extend(b"\x04\x00\x05\x01\x01a");
    for clock in 2..letters + 2 {
        bytes.extend([0x84, 5]);
        number(&mut bytes, clock);
        bytes.extend(b"\x01a");
    }
    bytes.push(0);
    bytes
}

fn number(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push(u8::try_from(value & 0x7f).unwrap_or(0) | 0x80);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap_or(0));
}

fn document(client: u64) -> Doc {
    Doc::with_options(Options {
        client_id: ClientID::new(client),
        offset_kind: OffsetKind::Utf16,
        ..Options::default()
    })
}

/// What somebody writes who writes this.
fn written(client: u64, write: impl FnOnce(&mut TransactionMut<'_>, &XmlFragmentRef)) -> Vec<u8> {
    let document = document(client);
    let body = document.get_or_insert_xml_fragment("body");
    let mut transaction = document.transact_mut();
    write(&mut transaction, &body);
    transaction.encode_diff_v1(&StateVector::default())
}

fn block(changes: &mut TransactionMut<'_>, body: &XmlFragmentRef, name: &str) -> XmlElementRef {
    let end = body.len(changes);
    body.insert(changes, end, XmlElementPrelim::empty(name))
}

/// Letters at random places of 40 paragraphs, every third of them deleted again.
fn letters(client: u64) -> Result<Vec<u8>> {
    let (mut dice, mut nowhere) = (Dice::new(client), false);
    let update = written(client, |changes, body| {
        let texts: Vec<_> = (0..40)
            .map(|_| {
                let block = block(changes, body, "paragraph");
                block.insert(changes, 0, XmlTextPrelim::new("Anfang"))
            })
            .collect();
        for turn in 0..6_000 {
            let Some(text) = texts.get(index(&mut dice, texts.len())) else {
                nowhere = true;
                return;
            };
            let length = text.len(changes);
            let at = index(&mut dice, usize::try_from(length).unwrap_or(0));
            let at = u32::try_from(at).unwrap_or(0);
            if turn % 3 == 2 {
                text.remove_range(changes, at, 1);
            } else {
                text.insert(changes, at, "x");
            }
        }
    });
    (!nowhere).then_some(update).context("no paragraphs")
}

fn headings(client: u64) -> Vec<u8> {
    written(client, |changes, body| {
        for _ in 0..3_000 {
            let heading = block(changes, body, "heading");
            heading.insert_attribute(changes, "level", Any::from(2));
        }
    })
}

fn paragraphs(client: u64) -> Vec<u8> {
    written(client, |changes, body| {
        for _ in 0..3_000 {
            block(changes, body, "paragraph").insert(changes, 0, XmlTextPrelim::new("a"));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::targets::Page;

    /// [G-28] As much as one update may have: without the parts this takes gigabytes.
    #[test]
    fn a_million_bytes_of_letters_take_what_the_document_keeps_of_them() {
        let update = chain(140_000);
        assert!(update.len() > 900_000);
        assert!(Page::empty().unwrap().take(&update).unwrap());
    }

    #[test]
    fn all_are_let_in() {
        for update in all().unwrap() {
            let (bytes, mut page) = (update.len(), Page::empty().unwrap());
            assert!(page.take(&update).unwrap(), "{bytes} bytes");
        }
    }
}
