//! Time and randomness, handed in by the binary, so that a test repeats.

use std::fmt;
use std::sync::Arc;

use denkraum_domain::{AttachmentId, CommentId, PageId, PersonId, Timestamp};

/// Tells the time.
type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
/// Fills a buffer with random bytes.
type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Where time and randomness come from.
#[derive(Clone)]
pub struct Environment {
    clock: Clock,
    random: Random,
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").finish_non_exhaustive()
    }
}

impl Environment {
    /// `random` fills a buffer with bytes fit for secrets.
    pub fn new(
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        random: impl Fn(&mut [u8]) + Send + Sync + 'static,
    ) -> Self {
        Self {
            clock: Arc::new(clock),
            random: Arc::new(random),
        }
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn clock(&self) -> Clock {
        Arc::clone(&self.clock)
    }

    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }

    pub(crate) fn page_id(&self) -> PageId {
        PageId::from_parts(self.now(), u128::from_le_bytes(self.bytes()))
    }

    pub(crate) fn person_id(&self) -> PersonId {
        PersonId::from_parts(self.now(), u128::from_le_bytes(self.bytes()))
    }

    pub(crate) fn comment_id(&self) -> CommentId {
        CommentId::from_parts(self.now(), u128::from_le_bytes(self.bytes()))
    }

    pub(crate) fn attachment_id(&self) -> AttachmentId {
        AttachmentId::from_random(u128::from_le_bytes(self.bytes()))
    }

    /// The item of a new entry of a list: 60 random bits in letters and digits.
    pub(crate) fn item_id(&self) -> String {
        const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied();
        self.bytes::<12>()
            .iter()
            .filter_map(letter)
            .map(char::from)
            .collect()
    }

    /// A Yjs client id for one edit of the server's own, 32 bits as Yjs makes them, never 0.
    pub(crate) fn client_id(&self) -> u64 {
        u64::from(u32::from_le_bytes(self.bytes())) | 1
    }
}
