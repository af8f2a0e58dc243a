//! What our editor sends: a paragraph, letters typed at its end, the caret.
//!
//! Written by hand, struct by struct, so that one core can make them for hundreds of clients. The
//! form is the one of the page's schema; other servers take any form.

use crate::wire::{put_bytes, put_number};

/// So many clocks the paragraph takes: the element and the text in it.
pub(crate) const PARAGRAPH_CLOCKS: u64 = 2;

const ITEM_TEXT: u8 = 4;
const ITEM_TYPE: u8 = 7;
const TYPE_ELEMENT: u8 = 3;
const TYPE_TEXT: u8 = 6;
const HAS_LEFT: u8 = 0x80;

/// Begins an update with so many structs of one client from a clock on.
fn begin(structs: u64, client: u64, clock: u64) -> Vec<u8> {
    let mut update = Vec::with_capacity(40);
    for number in [1, structs, client, clock] {
        put_number(&mut update, number);
    }
    update
}

/// A new paragraph at the beginning of the body, empty.
pub(crate) fn paragraph(client: u64) -> Vec<u8> {
    let mut update = begin(2, client, 0);
    update.extend_from_slice(&[ITEM_TYPE, 1]);
    put_bytes(&mut update, b"body");
    update.push(TYPE_ELEMENT);
    put_bytes(&mut update, b"paragraph");
    update.extend_from_slice(&[ITEM_TYPE, 0]);
    put_number(&mut update, client);
    update.extend_from_slice(&[0, TYPE_TEXT]);
    // Nothing is deleted.
    update.push(0);
    update
}

/// The next letter in the client's paragraph; `number` counts from 0.
pub(crate) fn letter(client: u64, number: u64) -> Vec<u8> {
    let clock = number + PARAGRAPH_CLOCKS;
    let mut update = begin(1, client, clock);
    update.push(if number == 0 {
        ITEM_TEXT
    } else {
        ITEM_TEXT | HAS_LEFT
    });
    if number == 0 {
        update.push(0);
    }
    put_number(&mut update, client);
    // The text node, or the letter before.
    put_number(&mut update, clock - 1);
    let letter = b'a' + u8::try_from(number % 26).unwrap_or(0);
    update.extend_from_slice(&[1, letter, 0]);
    update
}

/// The client's caret behind so many letters of its paragraph, as the editor's binding writes it.
pub(crate) fn caret(client: u64, clock: u64, letters: u64) -> Vec<u8> {
    let item = match letters.checked_sub(1) {
        Some(last) => format!(
            "{{\"client\":{client},\"clock\":{}}}",
            last + PARAGRAPH_CLOCKS
        ),
        None => "null".to_owned(),
    };
    let place = format!(
        "{{\"type\":{{\"client\":{client},\"clock\":1}},\"tname\":null,\"item\":{item},\"assoc\":-1}}"
    );
    let state = format!(
        "{{\"user\":{{\"name\":\"Person {client}\",\"color\":\"#30bced\"}},\
         \"cursor\":{{\"anchor\":{place},\"head\":{place}}}}}"
    );
    let mut update = Vec::with_capacity(state.len() + 24);
    for number in [1, client, clock] {
        put_number(&mut update, number);
    }
    put_bytes(&mut update, state.as_bytes());
    update
}

#[cfg(test)]
mod tests {
    use yrs::updates::decoder::Decode as _;
    use yrs::{GetString as _, Transact as _, Update};

    use super::*;

    #[test]
    fn yrs_reads_what_is_written_by_hand() {
        let doc = crate::history::document(1);
        let mut changes = doc.transact_mut();
        let letters = (0..30).map(|number| letter(500, number));
        for update in std::iter::once(paragraph(500)).chain(letters) {
            let update = Update::decode_v1(&update).unwrap();
            changes.apply_update(update).unwrap();
        }
        drop(changes);
        let body = doc.get_or_insert_xml_fragment("body");
        assert_eq!(
            body.get_string(&doc.transact()),
            "<paragraph>abcdefghijklmnopqrstuvwxyzabcd</paragraph>"
        );
    }

    #[test]
    fn yrs_reads_the_caret() {
        let caret = caret(500, 3, 2);
        let update = yrs::sync::AwarenessUpdate::decode_v1(&caret).unwrap();
        let (client, entry) = update.clients.iter().next().unwrap();
        assert_eq!((client.get(), entry.clock), (500, 3));
        assert!(entry.json.contains("\"clock\":3"), "{}", entry.json);
    }
}
