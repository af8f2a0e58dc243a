//! The files of the journal as `docs/SPEC-storage.md` lays them out, read without the journal's own code.

use std::path::Path;

use denkraum_journal::{Body, Entry};
use denkraum_store::Position;

use super::{Entries, FOLDER, ID, Shelf};
use crate::rules::{equal, holds};
use crate::sim::SimDisk;

/// A file's header, and a frame's part before its head.
const HEADER: usize = 64;
const FRONT: usize = 48;
const CRC: usize = 4;

/// What the manifest says of a file.
struct File {
    name: String,
    sort: u8,
    number: u64,
    chain: Vec<u8>,
    /// Where it ends, if it is sealed.
    end: usize,
    /// Something of it was lost before it was confirmed.
    has_lost: bool,
}

impl Shelf {
    /// Every frame of every file is where and what the specification says.
    pub(super) fn check_layout(&self) {
        let mut chain = None;
        for file in files(&self.disk) {
            let content = self.disk.content(&Path::new(FOLDER).join(&file.name));
            // Its own chain begins with zeros in a base; an increment goes on with the one before.
            if let Some(chain) = chain.filter(|_| file.sort == 2) {
                equal("F-17", &file.chain, &chain, || file.name.clone());
            }
            let end = check_frames(&file, &content, &self.known);
            chain = Some(end).filter(|_| file.sort == 2 && !file.has_lost);
        }
    }

    /// A frame of a file that is not written to any more, as somebody may paste it.
    pub(crate) fn some_frame(&self) -> Option<Vec<u8>> {
        let mut files = files(&self.disk);
        files.pop();
        let file = files.pop()?;
        let content = self.disk.content(&Path::new(FOLDER).join(&file.name));
        let frame = content.get(HEADER..content.len().min(HEADER + 3000))?;
        (!frame.is_empty()).then(|| frame.to_vec())
    }
}

fn files(disk: &SimDisk) -> Vec<File> {
    let manifest = disk.content(&Path::new(FOLDER).join("manifest"));
    let text = String::from_utf8(manifest).unwrap();
    // It says everything twice.
    let (once, _) = text.split_at(text.len() / 2);
    let lines = once.lines().map(|line| line.split(' ').collect::<Vec<_>>());
    let files = lines.filter(|words| ["base", "increment"].contains(&words[0]));
    let files = files.map(|words| {
        let number: u64 = words[1].parse().unwrap();
        File {
            name: format!("{}-{number:010}.dkj", words[0]),
            sort: if words[0] == "base" { 1 } else { 2 },
            number,
            chain: bytes_of(words[3]),
            end: match words[4] {
                "sealed" => words[5].parse().unwrap(),
                _ => usize::MAX,
            },
            has_lost: words.contains(&"lost"),
        }
    });
    files.collect()
}

fn bytes_of(hexadecimal: &str) -> Vec<u8> {
    let digits = hexadecimal.as_bytes().chunks(2);
    let bytes = digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16));
    bytes.collect::<Result<_, _>>().unwrap()
}

/// The marker that all frames of a file begin with.
fn marker(file: &File) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new_derive_key("denkraum journal frame marker 1");
    hasher.update(&ID.as_u128().to_le_bytes());
    hasher.update(&[file.sort]);
    hasher.update(&file.number.to_le_bytes());
    hasher.finalize().as_bytes()[..8].to_vec()
}

fn number(bytes: &[u8]) -> u64 {
    let digits = bytes.iter().enumerate();
    digits.fold(0, |sum, (place, byte)| {
        sum | u64::from(*byte) << (8 * place)
    })
}

fn length(bytes: &[u8]) -> usize {
    usize::try_from(number(bytes)).unwrap()
}

/// Checks all frames; gives what the next one would have to say of the last.
fn check_frames(file: &File, content: &[u8], known: &Entries) -> Vec<u8> {
    let (marker, mut chain, mut at) = (marker(file), file.chain.clone(), HEADER);
    loop {
        // What stands behind the end of a sealed file is what a failed write left.
        let end = content.len().min(file.end);
        let rest = &content[at.min(end)..end];
        if rest.iter().all(|byte| *byte == 0) {
            return chain;
        }
        let is_marked = rest.starts_with(&marker);
        let frame = whole_frame(rest).filter(|_| is_marked);
        if file.has_lost && frame.is_none() {
            // What stands behind it is found again, but its chain is broken.
            return chain;
        }
        holds("F-3", is_marked, || {
            format!("{} at {at}: no marker of this file", file.name)
        });
        holds("F-2", frame.is_some(), || {
            format!("{} at {at}: no whole frame", file.name)
        });
        let frame = frame.unwrap();
        let (end, head) = (frame.len(), length(&frame[10..12]));
        let position = number(&frame[16..24]);
        let is_laid_out = frame[8] == 1
            && (1..=6).contains(&frame[9])
            && (number(&frame[24..32]) < position || file.sort == 1);
        holds("F-2", is_laid_out, || {
            format!("{} at {at}: {:?}", file.name, &frame[..FRONT + head])
        });
        let entry = known.get(&Position::new(position));
        let body = &frame[FRONT + head + CRC..end - CRC];
        holds(
            "F-2",
            entry.is_some_and(|entry| is_body_of(body, entry)),
            || format!("{} at {at}: {position} is {entry:?}", file.name),
        );
        equal("F-17", &&frame[32..FRONT], &&chain[..], || {
            format!("{} at {at}", file.name)
        });
        chain = blake3::hash(frame).as_bytes()[..16].to_vec();
        at += end;
    }
}

/// The frame that some bytes begin with, if its sums are right.
fn whole_frame(rest: &[u8]) -> Option<&[u8]> {
    let (head, body) = (length(rest.get(10..12)?), length(rest.get(12..16)?));
    let end = FRONT + head + CRC + body + CRC;
    let frame = rest.get(..end)?;
    let (front, body) = (
        &frame[..FRONT + head],
        &frame[FRONT + head + CRC..end - CRC],
    );
    let is_whole = is_sum_of(&frame[FRONT + head..][..CRC], &[front])
        && is_sum_of(&frame[end - CRC..], &[front, body]);
    is_whole.then_some(frame)
}

fn is_sum_of(sum: &[u8], parts: &[&[u8]]) -> bool {
    let found = parts
        .iter()
        .fold(0, |crc, part| crc32c::crc32c_append(crc, part));
    sum == found.to_le_bytes()
}

fn is_body_of(body: &[u8], entry: &Entry) -> bool {
    let mut expected = Vec::new();
    match &entry.body {
        Body::PageUpdate {
            connection,
            clients,
            update,
        } => {
            expected.extend(connection.to_le_bytes());
            expected.extend(u32::try_from(clients.len()).unwrap().to_le_bytes());
            for client in clients {
                expected.extend(client.to_le_bytes());
            }
            expected.extend(update);
        }
        Body::RecordPut {
            revision,
            version,
            value,
        } => {
            expected.extend(revision.to_le_bytes());
            expected.extend(version.to_le_bytes());
            expected.extend(value);
        }
        Body::RecordDelete { revision } => expected.extend(revision.to_le_bytes()),
        // Its last part is the document.
        Body::PageSnapshot { upto, state, .. } => {
            return body.starts_with(&upto.get().to_le_bytes()) && body.ends_with(state);
        }
        Body::PageDelete | Body::BlobReference { .. } => return true,
    }
    body == expected
}
