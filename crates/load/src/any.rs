//! Values of lib0 inside updates, passed over.

use crate::wire::Reader;

/// Nobody nests deeper; it bounds the recursion.
const DEPTH: u8 = 32;

/// Passes over one value; `None` if it has another form.
pub(crate) fn skip(reader: &mut Reader<'_>) -> Option<()> {
    skip_within(reader, DEPTH)
}

fn skip_within(reader: &mut Reader<'_>, depth: u8) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    match reader.byte()? {
        // undefined, null, false, true
        127 | 126 | 121 | 120 => {}
        // An integer: the sign takes a bit, the form is the same.
        125 => {
            reader.number()?;
        }
        124 => {
            reader.take(4)?;
        }
        123 | 122 => {
            reader.take(8)?;
        }
        119 | 116 => {
            reader.bytes()?;
        }
        118 => {
            for _ in 0..reader.number()? {
                reader.bytes()?;
                skip_within(reader, depth)?;
            }
        }
        117 => {
            for _ in 0..reader.number()? {
                skip_within(reader, depth)?;
            }
        }
        _ => return None,
    }
    Some(())
}
