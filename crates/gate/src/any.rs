//! Values in lib0's `Any` encoding: passed over without recursion, or read as a plain value.

use crate::bytes::{Cursor, Malformed};

/// How deep lists and maps may nest in one value.
const MAX_DEPTH: usize = 32;
/// How many values one value may hold in all.
const MAX_VALUES: usize = 4096;

/// A plain value as attributes, marks and fields carry it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Plain<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(&'a str),
}

/// Passes over one value of any shape; iterative, because values of strangers nest.
pub(crate) fn skip(cursor: &mut Cursor<'_>) -> Result<(), Malformed> {
    // One entry per open list or map: values still to come, and whether keys precede them.
    let mut open = [(0_usize, false); MAX_DEPTH];
    let mut depth = 0_usize;
    for _ in 0..MAX_VALUES {
        match cursor.byte()? {
            120 | 121 | 126 | 127 => {}
            125 => {
                cursor.signed()?;
            }
            124 => {
                cursor.take(4)?;
            }
            122 | 123 => {
                cursor.take(8)?;
            }
            119 => {
                cursor.text()?;
            }
            116 => {
                cursor.buffer()?;
            }
            tag @ (117 | 118) => {
                let keyed = tag == 118;
                let count = cursor.count(if keyed { 2 } else { 1 })?;
                if count > 0 {
                    let Some(slot) = open.get_mut(depth) else {
                        return cursor.fail("a value nested less deeply");
                    };
                    *slot = (count, keyed);
                    depth += 1;
                    if keyed {
                        cursor.text()?;
                    }
                    continue;
                }
            }
            _ => return cursor.fail("the tag of a value"),
        }
        // A value ended: leave every list and map that ended with it.
        loop {
            let Some(slot) = depth.checked_sub(1).and_then(|top| open.get_mut(top)) else {
                return Ok(());
            };
            slot.0 = slot.0.saturating_sub(1);
            if slot.0 > 0 {
                if slot.1 {
                    cursor.text()?;
                }
                break;
            }
            depth -= 1;
        }
    }
    cursor.fail("a value of fewer parts")
}

/// Reads one plain value; `None` for a list, a map, bytes or a big integer.
pub(crate) fn plain<'a>(cursor: &mut Cursor<'a>) -> Result<Option<Plain<'a>>, Malformed> {
    Ok(Some(match cursor.byte()? {
        126 | 127 => Plain::Null,
        120 => Plain::Boolean(true),
        121 => Plain::Boolean(false),
        125 => Plain::Integer(cursor.signed()?),
        124 => {
            let bytes = cursor.take(4)?.try_into().unwrap_or_default();
            Plain::Float(f64::from(f32::from_be_bytes(bytes)))
        }
        123 => {
            let bytes = cursor.take(8)?.try_into().unwrap_or_default();
            Plain::Float(f64::from_be_bytes(bytes))
        }
        119 => Plain::Text(cursor.text()?),
        _ => return Ok(None),
    }))
}

/// Opens a list; `None` if the value is something else. The elements follow.
pub(crate) fn open_list(cursor: &mut Cursor<'_>) -> Result<Option<usize>, Malformed> {
    if cursor.byte()? == 117 {
        cursor.count(1).map(Some)
    } else {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_values_are_passed_over_up_to_a_depth() {
        let nested = |depth: usize| {
            let mut bytes = [117, 1].repeat(depth);
            bytes.push(126);
            bytes
        };
        let bytes = nested(MAX_DEPTH);
        let mut cursor = Cursor::new(&bytes, 0);
        assert_eq!(skip(&mut cursor), Ok(()));
        assert_eq!(cursor.rest(), 0);
        assert!(skip(&mut Cursor::new(&nested(20_000), 0)).is_err());
    }

    #[test]
    fn a_map_between_two_values_is_passed_over_whole() {
        let bytes = [
            118, 2, 1, b'a', 117, 2, 120, 121, 1, b'b', 119, 1, b'x', 0xee,
        ];
        let mut cursor = Cursor::new(&bytes, 0);
        assert_eq!(skip(&mut cursor), Ok(()));
        assert_eq!(cursor.rest(), 1);
    }

    #[test]
    fn a_value_of_too_many_parts_is_refused() {
        let mut bytes = vec![117, 0x88, 0x27];
        bytes.extend([126; 5000]);
        assert!(skip(&mut Cursor::new(&bytes, 0)).is_err());
    }
}
