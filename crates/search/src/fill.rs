//! Filling a new index with every page.

use std::sync::Arc;
use std::thread;

use crate::analysis::Analyzer;
use crate::document;
use crate::index::{IndexError, SearchIndex};
use crate::page::IndexedPage;

/// So many threads analyse pages.
const THREADS: usize = 2;

impl SearchIndex {
    /// Puts the pages that `next` gives, with two threads, until it gives none; returns how many. A
    /// page that was put or taken out in another way since the index was made stays as it is: what
    /// comes from `next` may be older. Seen after the next commit.
    pub fn fill(&self, next: impl Fn() -> Option<IndexedPage> + Sync) -> Result<u64, IndexError> {
        thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS)
                .map(|_| scope.spawn(|| self.fill_alone(&next)))
                .collect();
            let mut filled = 0_u64;
            for thread in threads {
                match thread.join() {
                    Ok(pages) => filled = filled.saturating_add(pages?),
                    Err(panicked) => std::panic::resume_unwind(panicked),
                }
            }
            Ok(filled)
        })
    }

    fn fill_alone(&self, next: &impl Fn() -> Option<IndexedPage>) -> Result<u64, IndexError> {
        let mut analyzer = Analyzer::new(Arc::clone(&self.words));
        let mut filled = 0_u64;
        while let Some(page) = next() {
            if page.archived {
                continue;
            }
            let doc = document::write(&self.fields, &mut analyzer, &page);
            let mut writer = self.lock();
            let is_newer = writer.newer.as_ref();
            if is_newer.is_none_or(|newer| newer.contains(&page.id)) {
                continue;
            }
            self.write(&mut writer, |engine| engine.add_document(doc).map(drop))?;
            filled = filled.saturating_add(1);
        }
        Ok(filled)
    }
}
