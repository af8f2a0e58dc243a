//! Taking pages away: all that somebody may read, of one space or of all.
//!
//! The archive needs nothing of ours to be read: lines of JSON that the import takes back, the same
//! pages as Markdown files that link to each other, and a manifest. It is made while it is sent:
//! one page at a time is in memory, and whoever stops listening stops the work.

mod archive;
mod files;
mod html;
mod lines;
mod names;
mod zipped;

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use denkraum_content::{Titles, slug, title_or_placeholder};
use denkraum_domain::{Actor, PageId, SpaceId, permit_read};
use denkraum_store::ReadError;
use thiserror::Error;
use tokio::sync::mpsc;

use crate::app::App;
use crate::pages::PageError;

use html::{Document, document};

/// The word in the manifest by which an import knows an archive of ours.
pub(crate) const ARCHIVE_FORMAT: &str = "denkraum-archive";
/// The manifest of an archive.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The pages of an archive as lines.
pub(crate) const PAGES: &str = "pages.jsonl";

/// So many parts wait for whoever takes them.
const PARTS: usize = 8;

/// Which pages, and as what.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Of this space; `None` is all.
    pub space: Option<SpaceId>,
    /// This one alone.
    pub page: Option<PageId>,
    /// As what they are written.
    pub format: CollectionFormat,
}

/// As what several pages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CollectionFormat {
    /// A zip of JSON Lines, Markdown and a manifest, which can be imported again.
    Archive,
    /// A zip of Markdown files.
    Markdown,
    /// A zip of HTML files with a list of them.
    Html,
    /// JSON Lines alone.
    Lines,
}

impl CollectionFormat {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Archive, Self::Markdown, Self::Html, Self::Lines];

    /// The word that programs use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Archive => "archive",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Lines => "jsonl",
        }
    }

    /// Whether an import takes it back as it was.
    const fn comes_back(self) -> bool {
        matches!(self, Self::Archive | Self::Lines)
    }

    /// Reads the word that programs use.
    pub fn parse(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == raw)
    }

    /// The ending of the file.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Lines => "jsonl",
            _ => "zip",
        }
    }
}

/// Why an export ended before everything was written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// A page could not be read.
    #[error("page {page} could not be read")]
    Page {
        /// Which.
        page: PageId,
        /// Why.
        #[source]
        err: PageError,
    },
    /// What is damaged is not known, so a part of it could be missing unnoticed.
    #[error("could not ask what is damaged")]
    Damage(#[source] ReadError),
    /// The archive could not be written.
    #[error("the archive could not be written")]
    Zip(#[source] zip::result::ZipError),
    /// The work stopped halfway, as when the server is shut down.
    #[error("the export was interrupted")]
    Interrupted,
}

/// A page that cannot be read and so is not in an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Which.
    pub page: PageId,
    /// Its title, as far as it is known.
    pub title: Option<String>,
    /// Why, with all causes.
    pub reason: String,
}

/// An export on its way.
#[derive(Debug)]
pub struct ExportStream {
    /// A file name without folder.
    pub file_name: String,
    parts: mpsc::Receiver<Result<Bytes, ExportError>>,
    left_out: Arc<Mutex<Vec<LeftOut>>>,
}

impl ExportStream {
    /// The next part of the file; `None` after the last. An error is the last part: what came
    /// before is not whole.
    pub async fn next(&mut self) -> Option<Result<Bytes, ExportError>> {
        self.parts.recv().await
    }

    /// The pages that were left out so far because they cannot be read: only an export for whoever
    /// runs the program does that.
    pub fn left_out(&self) -> Vec<LeftOut> {
        let left_out = self.left_out.lock();
        left_out.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Who takes pages away.
#[derive(Clone, Debug)]
pub(crate) enum Taker {
    Person(Actor),
    Operator,
}

/// The titles that a taker may know.
pub(crate) struct TakerTitles<'a> {
    pub(crate) app: &'a App,
    pub(crate) taker: &'a Taker,
}

impl Titles for TakerTitles<'_> {
    fn title(&self, page: PageId) -> Option<String> {
        match self.taker {
            Taker::Person(actor) => Some(self.app.reference(actor, page)?.title),
            Taker::Operator => {
                let known = self.app.directory().get(page)?.projection;
                Some(known.map(|known| known.title).unwrap_or_default())
            }
        }
    }
}

impl App {
    /// Writes all pages that this person may read and that were chosen.
    pub fn export(&self, actor: &Actor, selection: Selection) -> ExportStream {
        self.start_export(Taker::Person(actor.clone()), selection)
    }

    /// Writes all chosen pages, for whoever runs the program. What cannot be read is left out and
    /// named: they need the rest of a damaged installation.
    pub fn export_as_operator(&self, selection: Selection) -> ExportStream {
        self.start_export(Taker::Operator, selection)
    }

    /// Writes a page as an archive, as this reader sees it.
    pub fn export_page_archive(
        &self,
        actor: &Actor,
        page: PageId,
    ) -> Result<ExportStream, PageError> {
        self.readable(actor, page)?;
        let selection = Selection {
            space: None,
            page: Some(page),
            format: CollectionFormat::Archive,
        };
        Ok(self.export(actor, selection))
    }

    fn start_export(&self, taker: Taker, selection: Selection) -> ExportStream {
        let titles = TakerTitles {
            app: self,
            taker: &taker,
        };
        let what = match (selection.page, &selection.space) {
            (Some(page), _) => slug(&title_or_placeholder(
                &titles.title(page).unwrap_or_default(),
            )),
            (None, Some(space)) => space.to_string(),
            (None, None) => "alles".to_owned(),
        };
        let date = self.today();
        let file_name = format!("denkraum-{what}-{date}.{}", selection.format.ending());
        let (parts_in, parts) = mpsc::channel(PARTS);
        let (bytes_in, bytes) = mpsc::channel(PARTS);
        let zipped = selection.format != CollectionFormat::Lines;
        self.tasks().spawn_blocking(move || {
            if zipped {
                zipped::write(parts, &bytes_in);
            } else {
                zipped::pass_on(parts, &bytes_in);
            }
        });
        let app = self.clone();
        let left_out = Arc::default();
        let noted = Arc::clone(&left_out);
        self.tasks().spawn(async move {
            let out = zipped::Parts::new(parts_in, noted);
            if let Err(stopped) = app.write_pages(&taker, &selection, &out).await {
                out.give_up(stopped).await;
            }
        });
        ExportStream {
            file_name,
            parts: bytes,
            left_out,
        }
    }

    /// The pages that the taker may read, by space and age. Archived ones come along in the forms
    /// that an import takes back; whoever reads the others wants what is in use.
    fn chosen(&self, taker: &Taker, selection: &Selection) -> Vec<(SpaceId, PageId)> {
        let space = selection.space.as_ref();
        let mut pages = self.directory().collect(|page, entry| {
            let record = &entry.record;
            let wanted = space.is_none_or(|space| record.space == *space)
                && selection.page.is_none_or(|wanted| wanted == page)
                && (!record.archived || selection.format.comes_back());
            let facts = record.facts(page, self.catalogue());
            let readable = match taker {
                Taker::Person(actor) => permit_read(&facts, actor).is_ok(),
                Taker::Operator => true,
            };
            (wanted && readable).then(|| (record.space.clone(), page))
        });
        pages.sort();
        pages
    }

    /// The day of now, in UTC, as 2023-11-07.
    fn today(&self) -> String {
        let now = jiff::Timestamp::from_millisecond(self.now().millis());
        let now = now.unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string();
        now.split('T').next().unwrap_or_default().to_owned()
    }
}
