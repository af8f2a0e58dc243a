//! Use cases: what people and programs do with Denkraum, as plain data in and out.
//!
//! This is the main boundary for tests. Every use case names the [`Actor`](denkraum_domain::Actor)
//! it is for, loads the facts, asks the one permission function in `denkraum-domain` and passes its
//! permit to the write. Absent on purpose: HTTP, status codes, JSON of the API, the command line.

mod accounts;
mod app;
mod attachments;
pub mod catalogue;
mod causes;
mod comments;
mod demo;
mod document_schema;
mod environment;
mod export;
mod find;
mod import;
mod indexes;
mod live;
mod overview;
mod pages;
mod projector;
mod records;
mod setup;
mod unsaved;
mod versions;
mod views;

pub use accounts::{
    Account, AccountChange, AccountError, NewAccount, Password, PasswordError, SessionToken,
    SignInError, SignedIn,
};
pub use app::{App, AppConfig, OpenError, Readiness};
pub use attachments::{
    ATTACHMENT_BYTES, AttachmentError, AttachmentView, AttachmentsConfig, Download, Extractor,
    PAGE_ATTACHMENTS, PageAttachments, StoredFile, TextState, Upload, stored_files,
};
pub use comments::{
    CommentError, CommentThread, CommentView, NewReply, NewThread, PAGE_THREADS, PageComments,
    THREAD_REPLIES,
};
pub use demo::{DemoError, DemoSignIn};
pub use denkraum_content::Node;
pub use denkraum_rooms::{
    Closed, Extensions, Hue, Inbox, JoinError, KeptText, Limits, Outbound, Outbox, RoomsConfig,
    SET_ASIDE, Trial, Trials, Wire, Written, answer_trials, close,
};
pub use denkraum_store::{BlobError, BlobState, Blobs};
pub use document_schema::PageSchema;
pub use environment::Environment;
pub use export::{CollectionFormat, ExportError, ExportStream, LeftOut, Selection};
pub use find::{
    FacetValue, FindError, MISSED_CHARS, MissedSearch, RelatedPage, RelatedTo, SAVED_SEARCHES,
    SaveSearchError, SavedSearch, SearchHit, SearchOrder, SearchRequest, SearchResults,
    SuggestedTerm, Suggestions, UnreadLine, WORD_LIST_CHARS, WordList, WordsError,
};
pub use import::{
    Expected, ImportFailure, ImportFile, ImportNote, ImportOptions, ImportReason, ImportRemark,
    ImportReport, ImportSource, ImportedPage, Kept, MAX_FILES, MAX_TOTAL_MIB, SourceError, is_read,
};
pub use live::{JoinPageError, PageConnection};
pub use overview::{Dated, DistrictState, News, Offer, Shelf, SpaceOverview, Start, StrategyView};
pub use pages::{
    ChangeError, CreateError, FieldError, KeepError, LostTextError, PageError, PageMove,
    ReadingPage, ShownField, ShownPart, day_in_words,
};
pub use setup::SetUpError;
pub use unsaved::Unsaved;
pub use versions::{VersionError, check_versions};
pub use views::{
    Author, Backlink, Can, Export, ExportFormat, FieldValue, ListEntry, ListQuery, NewPage,
    PageChange, PageDocument, PageList, PageRef, PageSummary, PageView, PersonRef, Relation,
};
