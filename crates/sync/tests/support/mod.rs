//! A Yjs client as a browser has it, without a socket; shared by the tests of this crate.

use std::collections::BTreeSet;

use bytes::Bytes;
use denkraum_sync::{Message, Schema, parse_frame};
use yrs::types::Attrs;
use yrs::types::text::YChange;
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{
    Any, ClientID, Doc, GetString, IdSet, Map, OffsetKind, Options, Out, ReadTxn, StateVector,
    Text, Transact, TransactionMut, Update, WriteTxn, Xml as _, XmlElementPrelim, XmlFragment,
    XmlFragmentRef, XmlTextPrelim,
};

/// The schema of the product with a tag set, as every page has it.
pub(crate) fn schema() -> std::sync::Arc<Schema> {
    let json = include_str!("../../../../data/schema/page.json");
    std::sync::Arc::new(Schema::from_json(json).unwrap())
}

/// Single clocks of single clients: what was written or deleted.
pub(crate) type Ids = BTreeSet<(u64, u32)>;

pub(crate) fn ids(set: &IdSet) -> Ids {
    let mut all = Ids::new();
    for (client, ranges) in set.iter() {
        for range in ranges.iter() {
            all.extend(range.clone().map(|clock| (client.get(), clock)));
        }
    }
    all
}

/// What an update writes and deletes.
pub(crate) fn contents(update: &[u8]) -> (Ids, Ids) {
    let update = Update::decode_v1(update).unwrap();
    (ids(&update.insertions(true)), ids(update.delete_set()))
}

/// The text that an update writes.
pub(crate) fn text_ids(update: &[u8]) -> Ids {
    let (written, _) = contents(update);
    let clients: BTreeSet<u64> = written.iter().map(|(client, _)| *client).collect();
    let all: Vec<_> = clients
        .iter()
        .map(|&id| (id, vec![(0, u64::MAX)]))
        .collect();
    let pieces = denkraum_gate::texts(update, &all).into_iter();
    let ids = pieces.flat_map(|piece| {
        let start = u32::try_from(piece.clock).unwrap();
        let length = u32::try_from(piece.text.encode_utf16().count()).unwrap();
        (start..start + length).map(move |clock| (piece.client, clock))
    });
    ids.collect()
}

/// A document with the settings of the browser; formatting is not tidied, so that equal updates
/// make equal documents.
pub(crate) fn document(client: u64) -> Doc {
    Doc::with_options(Options {
        client_id: ClientID::new(client),
        offset_kind: OffsetKind::Utf16,
        cleanup_formatting: false,
        ..Options::default()
    })
}

/// Runs a change and gives the update that it makes.
pub(crate) fn change(doc: &Doc, run: impl FnOnce(&mut TransactionMut<'_>)) -> Vec<u8> {
    let mut transaction = doc.transact_mut();
    run(&mut transaction);
    transaction.encode_update_v1()
}

/// Applies an update; says whether something it builds on was missing.
pub(crate) fn apply(doc: &Doc, update: &[u8]) -> bool {
    let update = Update::decode_v1(update).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
    doc.transact().has_missing_updates()
}

pub(crate) fn state_vector(doc: &Doc) -> Vec<u8> {
    doc.transact().state_vector().encode_v1()
}

pub(crate) fn state_vector_sorted(doc: &Doc) -> Vec<(u64, u32)> {
    let vector = doc.transact().state_vector();
    let mut clocks: Vec<_> = vector
        .iter()
        .map(|(client, &clock)| (client.get(), clock))
        .collect();
    clocks.sort_unstable();
    clocks
}

pub(crate) fn diff(doc: &Doc, state_vector: &[u8]) -> Vec<u8> {
    let state_vector = StateVector::decode_v1(state_vector).unwrap();
    doc.transact().encode_state_as_update_v1(&state_vector)
}

pub(crate) fn whole(doc: &Doc) -> Vec<u8> {
    doc.transact()
        .encode_state_as_update_v1(&StateVector::default())
}

/// All that a reader could see of a document.
pub(crate) fn reading(doc: &Doc) -> String {
    let mut transaction = doc.transact_mut();
    let title = transaction.get_or_insert_text("title");
    let body = transaction.get_or_insert_xml_fragment("body");
    let values = transaction.get_or_insert_map("values");
    let mut keys: Vec<String> = values.keys(&transaction).map(str::to_owned).collect();
    keys.sort();
    let title = title.get_string(&transaction);
    let body = body.get_string(&transaction);
    format!("{title} | {body} | {keys:?}")
}

pub(crate) fn type_title(doc: &Doc, at: u32, text: &str) -> Vec<u8> {
    change(doc, |transaction| {
        let title = transaction.get_or_insert_text("title");
        let at = at.min(title.len(transaction));
        title.insert(transaction, at, text);
    })
}

pub(crate) fn cut_title(doc: &Doc, at: u32, length: u32) -> Vec<u8> {
    change(doc, |transaction| {
        let title = transaction.get_or_insert_text("title");
        let has = title.len(transaction);
        let at = at.min(has);
        title.remove_range(transaction, at, length.min(has - at));
    })
}

pub(crate) fn add_paragraph(doc: &Doc, at: u32, text: &str) -> Vec<u8> {
    change(doc, |transaction| {
        let body = transaction.get_or_insert_xml_fragment("body");
        let at = at.min(body.len(transaction));
        let paragraph = body.insert(transaction, at, XmlElementPrelim::empty("paragraph"));
        paragraph.insert(transaction, 0, XmlTextPrelim::new(text));
    })
}

pub(crate) fn drop_paragraph(doc: &Doc, at: u32) -> Vec<u8> {
    change(doc, |transaction| {
        let body = transaction.get_or_insert_xml_fragment("body");
        if body.len(transaction) > 0 {
            let at = at % body.len(transaction);
            body.remove_range(transaction, at, 1);
        }
    })
}

/// The words of a block of the body.
fn words(body: &XmlFragmentRef, transaction: &TransactionMut<'_>, at: u32) -> Option<String> {
    let block = body.get(transaction, at)?.into_xml_element()?;
    let text = block.get(transaction, 0)?.into_xml_text()?;
    let pieces = text.diff(transaction, YChange::identity);
    let words = pieces.into_iter().filter_map(|piece| match piece.insert {
        Out::Any(Any::String(words)) => Some(words.to_string()),
        _ => None,
    });
    Some(words.collect())
}

/// Puts a block of another kind in place of one, as the editor's binding does.
pub(crate) fn turn_into_heading(doc: &Doc, at: u32) -> Vec<u8> {
    replace(doc, at, at, "heading")
}

/// Moves a block to the beginning, as the editor's binding does: a copy there, without the one here.
pub(crate) fn move_up(doc: &Doc, at: u32) -> Vec<u8> {
    replace(doc, at, 0, "paragraph")
}

fn replace(doc: &Doc, at: u32, to: u32, kind: &str) -> Vec<u8> {
    change(doc, |transaction| {
        let body = transaction.get_or_insert_xml_fragment("body");
        let count = body.len(transaction).max(1);
        let Some(words) = words(&body, transaction, at % count) else {
            return;
        };
        body.remove_range(transaction, at % count, 1);
        let block = body.insert(transaction, to % count, XmlElementPrelim::empty(kind));
        block.insert(transaction, 0, XmlTextPrelim::new(words));
    })
}

/// Joins a block with the one after it, as the editor's binding does.
pub(crate) fn join(doc: &Doc, at: u32) -> Vec<u8> {
    change(doc, |transaction| {
        let body = transaction.get_or_insert_xml_fragment("body");
        let at = at % body.len(transaction).max(1);
        let Some(words) = words(&body, transaction, at + 1) else {
            return;
        };
        let block = body.get(transaction, at);
        let block = block.and_then(yrs::XmlOut::into_xml_element);
        let text = block.and_then(|block| block.get(transaction, 0)?.into_xml_text());
        if let Some(text) = text {
            body.remove_range(transaction, at + 1, 1);
            text.insert(transaction, text.len(transaction), &words);
        }
    })
}

/// Gives the heading that the body begins with another level; adds it if the body is empty.
pub(crate) fn set_level(doc: &Doc, level: u8) -> Vec<u8> {
    change(doc, |transaction| {
        let body = transaction.get_or_insert_xml_fragment("body");
        let heading = body
            .get(transaction, 0)
            .and_then(yrs::XmlOut::into_xml_element)
            .unwrap_or_else(|| body.insert(transaction, 0, XmlElementPrelim::empty("heading")));
        heading.insert_attribute(transaction, "level", f64::from(level));
    })
}

/// Writes in or makes bold a piece of the text of a paragraph.
pub(crate) fn in_paragraph(doc: &Doc, at: u32, write: Option<&str>) -> Vec<u8> {
    change(doc, |transaction| {
        let body = transaction.get_or_insert_xml_fragment("body");
        let count = body.len(transaction).max(1);
        let Some(paragraph) = body.get(transaction, at % count) else {
            return;
        };
        let Some(paragraph) = paragraph.into_xml_element() else {
            return;
        };
        let Some(text) = paragraph
            .get(transaction, 0)
            .and_then(yrs::XmlOut::into_xml_text)
        else {
            return;
        };
        let length = text.len(transaction);
        match write {
            Some(words) => text.insert(transaction, length / 2, words),
            None if length > 1 => {
                let bold = Attrs::from([("bold".into(), Any::Map(std::sync::Arc::default()))]);
                text.format(transaction, 0, length / 2, bold);
            }
            None => {}
        }
    })
}

pub(crate) fn tag(doc: &Doc, tag: &str, on: bool) -> Vec<u8> {
    change(doc, |transaction| {
        let values = transaction.get_or_insert_map("values");
        let key = format!("tags={tag}");
        if on {
            values.insert(transaction, key, true);
        } else {
            values.remove(transaction, &key);
        }
    })
}

/// A message that the server sends, as far as clients understand it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    Step1(Vec<u8>),
    Document(Vec<u8>),
    Awareness,
    Saved(u64),
    Kept(u64),
    Comments,
    Storage(String),
    Refused(String),
    Access(String),
}

pub(crate) fn hear(frame: &Bytes) -> Heard {
    let text = |frame: &[u8]| String::from_utf8(frame[2..].to_vec()).unwrap();
    let number = |frame: &[u8]| {
        let digits = frame[1..].iter().enumerate();
        digits.fold(0, |count, (place, byte)| {
            count | u64::from(byte & 0x7f) << (7 * place)
        })
    };
    match frame[0] {
        100 => Heard::Saved(number(frame)),
        103 => Heard::Kept(number(frame)),
        104 => {
            assert_eq!(frame.len(), 1, "which ones, is asked over the API");
            Heard::Comments
        }
        105 => Heard::Storage(text(frame)),
        101 => Heard::Refused(text(frame)),
        102 => Heard::Access(text(frame)),
        _ => match parse_frame(frame).unwrap() {
            Message::Step1(state_vector) => Heard::Step1(state_vector.to_vec()),
            Message::Step2(update) | Message::Update(update) => Heard::Document(update.to_vec()),
            Message::Awareness(_) => Heard::Awareness,
            other => panic!("the server sent {other:?}"),
        },
    }
}
