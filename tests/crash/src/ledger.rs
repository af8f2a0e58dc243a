//! What every client wrote and deleted, and what the server said of it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A piece of text that stands nowhere else.
pub(crate) type Token = String;

/// An edit of a client.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// This was written.
    Wrote(Token),
    /// These were deleted together.
    Deleted(Vec<Token>),
}

/// What is known of a token.
#[derive(Clone, Copy, Debug, Default)]
struct Fate {
    written: Step,
    deleted: Step,
}

/// How far an edit has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Step {
    #[default]
    NotMade,
    Made,
    Saved,
}

/// All edits, page by page.
pub(crate) struct Ledger(Vec<Mutex<BTreeMap<Token, Fate>>>);

/// How many edits there are.
pub(crate) struct Counts {
    saved: usize,
    unsaved: usize,
    deleted: usize,
}

impl Ledger {
    pub(crate) fn new(pages: usize) -> Self {
        Self((0..pages).map(|_| Mutex::default()).collect())
    }

    fn page(&self, page: usize) -> Option<MutexGuard<'_, BTreeMap<Token, Fate>>> {
        // Every change of a page's fates is whole.
        let page = self.0.get(page)?;
        Some(page.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// An edit is about to be made.
    pub(crate) fn made(&self, page: usize, edit: &Edit) {
        self.note(page, edit, Step::Made);
    }

    /// The server said that an edit is saved.
    pub(crate) fn saved(&self, page: usize, edit: &Edit) {
        self.note(page, edit, Step::Saved);
    }

    fn note(&self, page: usize, edit: &Edit, step: Step) {
        let Some(mut fates) = self.page(page) else {
            return;
        };
        match edit {
            Edit::Wrote(token) => fates.entry(token.clone()).or_default().written = step,
            Edit::Deleted(tokens) => {
                for token in tokens {
                    fates.entry(token.clone()).or_default().deleted = step;
                }
            }
        }
    }

    /// What a page's text should hold and does not, or should not hold and does.
    pub(crate) fn wrong_in(&self, page: usize, text: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        for (token, fate) in self.page(page).iter().flat_map(|fates| fates.iter()) {
            let stands = text.contains(token.as_str());
            match (fate.written, fate.deleted) {
                (Step::Saved, Step::NotMade) if !stands => wrong.push(format!("{token} is lost")),
                (_, Step::Saved) if stands => wrong.push(format!("{token} is back")),
                _ => {}
            }
            if text.matches(token.as_str()).count() > 1 {
                wrong.push(format!("{token} stands there twice"));
            }
        }
        wrong
    }

    /// A piece of text that must stand in a page: the last one that is saved, and that nobody began
    /// to delete.
    pub(crate) fn some_text_of(&self, page: usize) -> Option<Token> {
        let fates = self.page(page)?;
        let mut standing = fates
            .iter()
            .filter(|(_, fate)| fate.written == Step::Saved && fate.deleted == Step::NotMade);
        standing.next_back().map(|(token, _)| token.clone())
    }

    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts {
            saved: 0,
            unsaved: 0,
            deleted: 0,
        };
        for page in 0..self.0.len() {
            for fate in self.page(page).iter().flat_map(|fates| fates.values()) {
                counts.saved += usize::from(fate.written == Step::Saved);
                counts.unsaved += usize::from(fate.written == Step::Made);
                counts.deleted += usize::from(fate.deleted == Step::Saved);
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            saved,
            unsaved,
            deleted,
        } = self;
        write!(
            f,
            "{saved} edits saved, {unsaved} not yet, {deleted} saved deletions"
        )
    }
}
