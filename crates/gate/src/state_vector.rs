//! A client's state vector: which clocks it has.

use thiserror::Error;

use crate::bytes::{Cursor, Malformed};
use crate::{MAX_PAGE_CLIENTS, wire};

/// Why bytes are not a state vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StateVectorError {
    /// Not of the form.
    #[error("malformed at byte {at}: expected {expected}")]
    Malformed {
        /// Where.
        at: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// More clients than a page may have.
    #[error("more than {MAX_PAGE_CLIENTS} clients")]
    TooManyClients,
}

impl From<Malformed> for StateVectorError {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed {
            at: malformed.at,
            expected: malformed.what,
        }
    }
}

/// Reads a state vector, version 1: each client once, with the first clock that it lacks. It takes
/// no more memory than eight times the bytes. [G-21]
pub fn check_state_vector(bytes: &[u8]) -> Result<Vec<(u64, u64)>, StateVectorError> {
    let mut cursor = Cursor::new(bytes, 0);
    let count = cursor.count(2)?;
    if count > MAX_PAGE_CLIENTS {
        return Err(StateVectorError::TooManyClients);
    }
    let mut clocks = Vec::with_capacity(count);
    for _ in 0..count {
        clocks.push((wire::client(&mut cursor)?, u64::from(cursor.clock()?)));
    }
    if cursor.rest() > 0 {
        cursor.fail("the end")?;
    }
    clocks.sort_unstable();
    if clocks.array_windows().any(|[(a, _), (b, _)]| a == b) {
        cursor.fail("each client once")?;
    }
    Ok(clocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [G-21]
    #[test]
    fn a_state_vector_is_read_strictly() {
        assert_eq!(check_state_vector(&[0]), Ok(vec![]));
        assert_eq!(
            check_state_vector(&[2, 9, 4, 7, 3]),
            Ok(vec![(7, 3), (9, 4)])
        );
        for bytes in [
            &[][..],
            &[1],
            &[1, 9],
            &[2, 9, 4],
            &[1, 9, 4, 0],
            &[2, 9, 4, 9, 5],
            &[0xfe, 0xff, 0xff, 0x0f, 0xe9],
            &[1, 9, 0xff, 0xff, 0xff, 0xff, 0x0f],
        ] {
            assert!(check_state_vector(bytes).is_err(), "{bytes:?}");
        }
    }
}
