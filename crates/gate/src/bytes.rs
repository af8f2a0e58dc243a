//! A reader of lib0 version 1 bytes that never trusts a length and never allocates.
//!
//! Format: `lib0/decoding.js` of <https://github.com/dmonad/lib0>. Stricter than the original in
//! three points: numbers have one spelling (no padding), nothing exceeds 2^53 - 1, and a text is
//! valid UTF-8.

use crate::MAX_CLOCK;

/// Where and why bytes are not what the format allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// Offset of the first byte that does not fit.
    pub(crate) at: usize,
    /// What was expected there.
    pub(crate) what: &'static str,
}

/// The largest number and client id that Yjs can hold: 2^53 - 1.
pub(crate) const MAX_NUMBER: u64 = (1 << 53) - 1;

/// A position in foreign bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// How many bytes are left.
    pub(crate) fn rest(&self) -> usize {
        self.bytes.len().saturating_sub(self.at)
    }

    /// The bytes from `start` up to here.
    pub(crate) fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    pub(crate) fn fail<T>(&self, what: &'static str) -> Result<T, Malformed> {
        Err(Malformed { at: self.at, what })
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Malformed> {
        let Some(&byte) = self.bytes.get(self.at) else {
            return self.fail("more bytes");
        };
        self.at += 1;
        Ok(byte)
    }

    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let end = self.at.checked_add(count);
        let Some(taken) = end.and_then(|end| self.bytes.get(self.at..end)) else {
            return self.fail("a length within the message");
        };
        self.at += count;
        Ok(taken)
    }

    /// An unsigned number: seven bits a byte, lowest first.
    pub(crate) fn number(&mut self) -> Result<u64, Malformed> {
        let start = self.at;
        let mut value = 0_u64;
        for shift in (0..56).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                if value > MAX_NUMBER || (byte == 0 && shift > 0) {
                    break;
                }
                return Ok(value);
            }
        }
        self.at = start;
        self.fail("a number in its shortest form, below 2^53")
    }

    /// A count of things that take at least `least` bytes each, so never more than the rest holds.
    pub(crate) fn count(&mut self, least: usize) -> Result<usize, Malformed> {
        let count = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        if count > self.rest() / least.max(1) {
            return self.fail("a count that the message can hold");
        }
        Ok(count)
    }

    /// A clock or a length of clocks, up to [`MAX_CLOCK`].
    pub(crate) fn clock(&mut self) -> Result<u32, Malformed> {
        match u32::try_from(self.number()?) {
            Ok(clock) if clock <= MAX_CLOCK => Ok(clock),
            _ => self.fail("a clock within the limit"),
        }
    }

    /// A signed number (`writeVarInt`): six bits and a sign, then seven bits a byte. At most eight
    /// bytes, because the decoder behind the gate shifts without a bound.
    pub(crate) fn signed(&mut self) -> Result<i64, Malformed> {
        let first = self.byte()?;
        let mut value = i64::from(first & 0x3f);
        let mut more = first & 0x80 != 0;
        for shift in (6..55).step_by(7) {
            if !more {
                break;
            }
            let byte = self.byte()?;
            value |= i64::from(byte & 0x7f) << shift;
            more = byte & 0x80 != 0;
        }
        if more {
            return self.fail("an integer of at most eight bytes");
        }
        Ok(if first & 0x40 == 0 { value } else { -value })
    }

    pub(crate) fn buffer(&mut self) -> Result<&'a [u8], Malformed> {
        let length = self.count(1)?;
        self.take(length)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, Malformed> {
        let start = self.at;
        let bytes = self.buffer()?;
        std::str::from_utf8(bytes).map_err(|_| Malformed {
            at: start,
            what: "valid UTF-8",
        })
    }
}

/// How many UTF-16 code units, and so Yjs clocks, a text takes.
pub(crate) fn utf16_units(text: &str) -> u32 {
    if text.is_ascii() {
        return u32::try_from(text.len()).unwrap_or(u32::MAX);
    }
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_spelling() {
        assert_eq!(Cursor::new(&[0x80, 0x01], 0).number(), Ok(128));
        assert!(Cursor::new(&[0x80, 0x00], 0).number().is_err());
        assert!(Cursor::new(&[0xff; 8], 0).number().is_err());
        let largest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f];
        assert_eq!(Cursor::new(&largest, 0).number(), Ok(MAX_NUMBER));
    }

    #[test]
    fn signed_numbers_follow_lib0() {
        assert_eq!(Cursor::new(&[0x45], 0).signed(), Ok(-5));
        assert_eq!(Cursor::new(&[0x80, 0x01], 0).signed(), Ok(64));
        assert!(Cursor::new(&[0xff; 12], 0).signed().is_err());
    }

    #[test]
    fn a_length_beyond_the_end_is_refused_without_reading() {
        assert!(Cursor::new(&[0xff, 0xff, 0x7f, 1], 0).buffer().is_err());
        assert!(Cursor::new(&[5, 0], 0).count(2).is_err());
    }
}
