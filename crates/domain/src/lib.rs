//! What Denkraum is about, as plain values: ids, names, spaces, kinds, audiences, roles and the
//! decisions of who may do what.
//!
//! Absent on purpose: input and output, async, a clock, randomness, yrs, JSON. A decision is a pure
//! function over loaded facts; a positive one hands out a permit that the write it allows demands.

mod access;
mod attachment;
mod comment;
mod id;
mod name;
mod time;

pub use access::{
    Access, Actor, AdminPermit, ArchivePermit, Audience, CommentPermit, CreatePermit, Denial,
    Destination, EditPermit, Grant, MoveDenial, MovePermit, NarrowPermit, PageFacts, ReadPermit,
    RemoveCommentPermit, RestorePermit, Role, may_move, may_read_where, operator, permit_admin,
    permit_archive, permit_change_comment, permit_comment, permit_create, permit_edit, permit_move,
    permit_narrow, permit_read, permit_remove_comment, permit_restore,
};
pub use attachment::{AttachmentId, FileName};
pub use comment::{AnchorPoint, CommentText, CommentTextError, Quote};
pub use id::{CommentId, IdError, KindId, PageId, PersonId, SpaceId, TermId};
pub use name::{Login, NameError, PageTitle, PersonName, Tag};
pub use time::Timestamp;
