//! What every journal promises.

use std::collections::BTreeSet;
use std::fmt;

use crate::{
    AppendError, Body, CompactError, Entry, Health, Position, ReadError, RewriteError, Rewritten,
    Subject,
};

/// A boxed future that can be sent to another thread.
pub type BoxFuture<'a, T> = futures_util::future::BoxFuture<'a, T>;
/// A boxed stream that can be sent to another thread.
pub type BoxStream<'a, T> = futures_util::stream::BoxStream<'a, T>;

/// Which journal: 128 random bits, made with it and never changed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct JournalId(u128);

impl JournalId {
    /// The id with this number.
    pub const fn from_u128(raw: u128) -> Self {
        Self(raw)
    }

    /// Its number.
    pub const fn as_u128(self) -> u128 {
        self.0
    }
}

impl fmt::Display for JournalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for JournalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JournalId({self})")
    }
}

/// An append-only list of entries, the truth that everything else is a view of.
///
/// Every journal passes [`crate::contract`]. The futures and streams are polled inside a tokio
/// runtime.
pub trait Journal: Send + Sync + 'static {
    /// Which journal this is. Positions of another one mean nothing here. [J-1]
    fn id(&self) -> JournalId;

    /// Takes its place in order when called, not when polled; the future is done once the entry is
    /// durable. Dropping the future does not take the entry back. [J-2, J-3, J-4]
    fn append(&self, entry: Entry) -> BoxFuture<'static, Result<Position, AppendError>>;

    /// Every durable entry after `after`, oldest first, then new ones as they come; ends when the
    /// journal is closed. [J-5, J-6, J-7]
    fn tail(&self, after: Position) -> BoxStream<'static, Result<(Position, Entry), ReadError>>;

    /// Replaces the entries of one page up to `upto` by `snapshot`; later ones stay. The replaced
    /// ones may still be seen by a tail for a while. [J-8, J-9]
    fn compact(
        &self,
        subject: Subject,
        upto: Position,
        snapshot: Entry,
    ) -> BoxFuture<'static, Result<Position, CompactError>>;

    /// Whether so much was replaced that a rewrite is worth what it costs.
    fn is_rewrite_due(&self) -> bool {
        false
    }

    /// Begins a rewrite: everything durable up to the position returned can be rewritten, and what
    /// is appended from now on stands apart from it. [J-13]
    fn seal(&self) -> BoxFuture<'static, Result<Position, RewriteError>> {
        Box::pin(std::future::ready(Err(RewriteError::NotNeeded)))
    }

    /// Lets go of every entry up to `upto`, a position that [`Journal::seal`] gave, but those at the
    /// positions in `keep` and the one at `upto` itself. Those stay as they are; everything later
    /// stays too. The others may still be seen by a tail for a while. [J-13, J-14]
    fn rewrite(
        &self,
        upto: Position,
        keep: BTreeSet<Position>,
    ) -> BoxFuture<'static, Result<Rewritten, RewriteError>> {
        drop(keep);
        Box::pin(std::future::ready(Err(RewriteError::NotSealed { upto })))
    }

    /// The last durable position. [J-3]
    fn durable(&self) -> Position;

    /// Whether entries are taken.
    fn health(&self) -> Health;

    /// [`Journal::health`] as it is now and then every change of it; of several in a row perhaps only
    /// the last. Ends when the journal is closed. [J-15]
    fn health_changes(&self) -> BoxStream<'static, Health>;

    /// Finishes what was appended, ends all tails and takes no more entries. [J-10]
    fn close(&self) -> BoxFuture<'static, ()>;
}

/// Whether `snapshot` may stand for the entries of `subject` up to `upto`. [J-9]
pub fn check_compaction(
    subject: &Subject,
    upto: Position,
    snapshot: &Entry,
    durable: Position,
) -> Result<(), CompactError> {
    if !matches!(subject, Subject::Page(_)) {
        return Err(CompactError::NotAPage);
    }
    let claims = match snapshot.body {
        Body::PageSnapshot { upto, .. } if snapshot.subject == *subject => Some(upto),
        _ => None,
    };
    if claims != Some(upto) {
        return Err(CompactError::NotTheSnapshot { upto });
    }
    if upto > durable {
        return Err(CompactError::Ahead { upto, durable });
    }
    Ok(())
}
