//! A recording as bytes; `web/tests/honest/stream.ts` says what the sorts mean.

use std::io::{self, Read, Write};

pub(crate) const PAGE: u8 = 1;
pub(crate) const SERVER: u8 = 2;
pub(crate) const PERSON: u8 = 3;
pub(crate) const READING: u8 = 4;
pub(crate) const AGAIN: u8 = 5;
pub(crate) const STATE: u8 = 6;
pub(crate) const RESTORED: u8 = 7;
pub(crate) const RESTARTED: u8 = 8;

/// The next entry, with its sort; `None` at the end.
pub(crate) fn read(input: &mut impl Read) -> io::Result<Option<(u8, Vec<u8>)>> {
    let mut sort = [0];
    if input.read(&mut sort)? == 0 {
        return Ok(None);
    }
    let (mut length, mut shift) = (0_usize, 0);
    loop {
        let mut byte = [0];
        input.read_exact(&mut byte)?;
        let [byte] = byte;
        length |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 || shift > 28 {
            break;
        }
    }
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes)?;
    let [sort] = sort;
    Ok(Some((sort, bytes)))
}

pub(crate) fn write(output: &mut impl Write, sort: u8, bytes: &[u8]) -> io::Result<()> {
    let mut head = vec![sort];
    let mut length = bytes.len();
    while length >= 0x80 {
        head.push(u8::try_from(length & 0x7f).unwrap_or_default() | 0x80);
        length >>= 7;
    }
    head.push(u8::try_from(length).unwrap_or_default());
    output.write_all(&head)?;
    output.write_all(bytes)
}
