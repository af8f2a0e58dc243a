//! Small changes to bytes.

use denkraum_load::Dice;

/// Bytes that mean something to the formats in use.
const WORDS: [u8; 12] = [
    0, 1, 2, 0x7f, 0x80, 0xff, 0x84, 0x47, 0xc4, 0xc6, b'"', b'{',
];

/// An index below `end`, or zero.
pub(crate) fn index(dice: &mut Dice, end: usize) -> usize {
    let end = u64::try_from(end).unwrap_or(u64::MAX);
    usize::try_from(dice.below(end)).unwrap_or(0)
}

/// One of these, if there is any.
pub(crate) fn one_of<'a, T>(dice: &mut Dice, all: &'a [T]) -> Option<&'a T> {
    all.get(index(dice, all.len()))
}

/// Changes `bytes` in one to three places; `other` lends pieces.
pub(crate) fn mutate(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    for _ in 0..=dice.below(3) {
        let at = index(dice, bytes.len());
        let end = (at + 1 + index(dice, 9)).min(bytes.len());
        let to = index(dice, bytes.len());
        let any = u8::try_from(dice.below(256)).unwrap_or(0);
        let Some(byte) = bytes.get_mut(at) else {
            bytes.push(any);
            continue;
        };
        match dice.below(10) {
            0 => *byte = any,
            1 => *byte ^= 1 << (any % 8),
            2 => *byte = byte.wrapping_add(1),
            3 => *byte = byte.wrapping_sub(1),
            4 => *byte = one_of(dice, &WORDS).copied().unwrap_or(0),
            5 => drop(bytes.drain(at..end)),
            6 => {
                let copy = bytes.get(at..end).unwrap_or_default().to_vec();
                bytes.splice(at..at, copy);
            }
            7 => {
                let from = index(dice, other.len());
                let to = (from + 1 + index(dice, 16)).min(other.len());
                let piece = other.get(from..to).unwrap_or_default().to_vec();
                bytes.splice(at..end, piece);
            }
            8 => bytes.truncate(at),
            _ => bytes.swap(at, to),
        }
    }
}
