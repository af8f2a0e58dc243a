//! The text of files, for the search: kept as notes of the store, made again when they are gone.
//!
//! Search takes the text of a file for a section of the page whose heading is the file's name.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bytes::Bytes;
use denkraum_domain::{AttachmentId, PageId};
use denkraum_search::Section;
use denkraum_store::{ReadError, Store};

use super::record::{self, Attachment, all, id_of, parts_of};
use crate::app::App;
use crate::find::FILES_ID;
use crate::records::key;

/// The collection of the notes that hold a text.
const TEXTS: &str = "attachment-texts";
/// The collection of the notes that say whether there is one; they are small, and all are read at start.
const STATES: &str = "attachment-states";
/// So much text of one page's files is searched, in bytes; of the files behind it only the names.
const PAGE_TEXT: usize = 2 << 20;

/// Whether the text of a file is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextState {
    /// It is being read.
    Waiting,
    /// It is found.
    Found,
    /// It cannot be read, or there is none; the file's name is found.
    None,
}

impl TextState {
    const fn note(self) -> &'static [u8] {
        match self {
            Self::Waiting => b"",
            Self::Found => b"found",
            Self::None => b"none",
        }
    }

    fn of_note(note: &[u8]) -> Self {
        let known = [Self::Found, Self::None].into_iter();
        let mut known = known.filter(|state| state.note() == note);
        known.next().unwrap_or(Self::Waiting)
    }
}

/// What search was told of the files of each page; nothing of pages without.
pub(crate) struct Stamps(BTreeMap<PageId, String>);

impl Stamps {
    pub(crate) fn of(&self, page: PageId) -> &str {
        self.0.get(&page).map_or("", String::as_str)
    }
}

/// The files of a page as search takes them.
#[derive(Clone, Default)]
pub(crate) struct FileSections {
    pub(crate) sections: Vec<Section>,
    /// What search is told of them.
    pub(crate) stamp: String,
}

fn stamp(into: &mut String, file: AttachmentId, state: TextState) {
    let state = String::from_utf8_lossy(state.note());
    let _infallible = write!(into, "{file}{state} ");
}

async fn states(
    store: &Store,
    page: PageId,
    files: &[Attachment],
) -> Result<Vec<TextState>, ReadError> {
    let keys = files.iter().map(|file| key(STATES, &id_of(page, file.id)));
    let notes = store.notes_of(&keys.collect::<Vec<_>>()).await?;
    let state = |note: Option<Bytes>| TextState::of_note(&note.unwrap_or_default());
    Ok(notes.into_iter().map(state).collect())
}

impl App {
    pub(super) async fn text_states(
        &self,
        page: PageId,
        files: &[Attachment],
    ) -> Result<Vec<TextState>, ReadError> {
        let states = states(self.store(), page, files).await?;
        let reads = self.first_text_state();
        let shown = |state| {
            if state == TextState::Waiting {
                reads
            } else {
                state
            }
        };
        Ok(states.into_iter().map(shown).collect())
    }

    /// How it is with the text of a file that just came.
    pub(super) fn first_text_state(&self) -> TextState {
        if self.files().waiting.reads() {
            TextState::Waiting
        } else {
            TextState::None
        }
    }

    /// The files of those pages that have any, as search takes them, with their stamps.
    pub(crate) async fn file_sections(
        &self,
        pages: &[PageId],
    ) -> Result<BTreeMap<PageId, FileSections>, ReadError> {
        let mut of_pages: BTreeMap<PageId, Vec<Attachment>> = BTreeMap::new();
        for (page, file) in record::of_pages(self.store(), pages).await? {
            of_pages.entry(page).or_default().push(file);
        }
        let mut found = BTreeMap::new();
        for (page, files) in of_pages {
            found.insert(page, self.sections_of(page, &files).await?);
        }
        Ok(found)
    }

    async fn sections_of(
        &self,
        page: PageId,
        files: &[Attachment],
    ) -> Result<FileSections, ReadError> {
        let states = states(self.store(), page, files).await?;
        let (mut sections, mut stamped, mut left) = (Vec::new(), String::new(), PAGE_TEXT);
        for (file, state) in files.iter().zip(states) {
            stamp(&mut stamped, file.id, state);
            let mut text = String::new();
            if state == TextState::Found {
                let note = key(TEXTS, &id_of(page, file.id));
                let notes = self.store().notes_of(&[note]).await?;
                let note = notes.into_iter().flatten().next().unwrap_or_default();
                let fits = note.get(..left).unwrap_or(&note);
                left -= fits.len();
                text = String::from_utf8_lossy(fits).into_owned();
            }
            sections.push(Section {
                heading: Some(file.name.to_string()),
                text,
                id: Some(FILES_ID.to_owned()),
            });
        }
        let stamp = stamped;
        Ok(FileSections { sections, stamp })
    }

    /// What search should have been told of all files, and asks for the texts that are missing.
    pub(crate) async fn file_stamps(&self) -> Result<Stamps, ReadError> {
        let notes = self.store().notes(STATES).await?;
        let states: BTreeMap<_, _> = notes
            .iter()
            .filter_map(|(id, note)| Some((parts_of(id)?, TextState::of_note(note))))
            .collect();
        let mut files = all(self.store()).await?;
        files.sort_by_key(|(page, file)| (*page, file.at, file.id));
        let mut stamps: BTreeMap<PageId, String> = BTreeMap::new();
        for (page, file) in files {
            let state = states.get(&(page, file.id)).copied();
            let state = state.unwrap_or(TextState::Waiting);
            stamp(stamps.entry(page).or_default(), file.id, state);
            if state == TextState::Waiting {
                self.files().waiting.push(page, file.id);
            }
        }
        Ok(Stamps(stamps))
    }

    /// Keeps what was read out of a file; nothing if nothing could be read.
    pub(super) async fn keep_text_of(
        &self,
        page: PageId,
        file: AttachmentId,
        text: Option<String>,
    ) -> Result<(), ReadError> {
        let (state, text) = match text {
            Some(text) => (TextState::Found, text),
            None => (TextState::None, String::new()),
        };
        // The text first: a state says that it is there.
        let id = id_of(page, file);
        self.store().put_note(&key(TEXTS, &id), text.into()).await?;
        let note = Bytes::from_static(state.note());
        self.store().put_note(&key(STATES, &id), note).await
    }

    /// Lets go of the text of a file that is gone.
    pub(super) async fn forget_text(&self, page: PageId, file: AttachmentId) {
        let id = id_of(page, file);
        for collection in [TEXTS, STATES] {
            let note = key(collection, &id);
            if let Err(error) = self.store().put_note(&note, Bytes::new()).await {
                tracing::warn!(page.id = %page, %error, "the text of a file was not forgotten");
            }
        }
    }
}
