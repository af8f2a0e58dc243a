//! Making projections: reading settled documents, and telling the directory and search what they say.

use std::mem;

use bytes::Bytes;
use denkraum_content::PageContent;
use denkraum_domain::{PageId, Timestamp};
use denkraum_rooms::Settled;
use denkraum_search::{IndexedPage, Section};
use denkraum_store::{PageHead, Position};
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use super::{COMMIT_PAUSE, Made};
use crate::app::App;
use crate::attachments::FileSections;
use crate::find::{Titled, common_facets, labels};
use crate::pages::{PageRecord, Projection, facets, searchable};

/// So many pages are projected, and then committed, together at most.
const TOGETHER: usize = 256;
/// So many bytes of documents are projected together at most, and one more document.
const TOGETHER_BYTES: usize = 4 << 20;

/// A page whose content was read.
struct Read {
    page: PageId,
    position: Position,
    content: PageContent,
}

impl App {
    /// Projects pages as they settle, and keeps what was made, until the rooms are gone or the server
    /// stops. What settles within [`COMMIT_PAUSE`] is projected together: many pages on which people
    /// type then cost the store a few look-ups and writes, not a few for each.
    pub(crate) async fn project_settled(self, mut settled: mpsc::Receiver<Settled>) {
        let mut pace = tokio::time::interval(COMMIT_PAUSE);
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut next = Vec::with_capacity(TOGETHER);
        loop {
            tokio::select! {
                () = self.stopping().cancelled() => return,
                found = settled.recv_many(&mut next, TOGETHER) => if found == 0 { return },
            }
            tokio::select! {
                () = self.stopping().cancelled() => return,
                _ = pace.tick() => {}
            }
            while next.len() < TOGETHER
                && let Ok(more) = settled.try_recv()
            {
                next.push(more);
            }
            self.project_read(mem::take(&mut next)).await;
            self.commit_waiting().await;
        }
    }

    /// Reads and projects settled documents.
    async fn project_read(&self, settled: Vec<Settled>) {
        let (mut read, mut bytes) = (Vec::with_capacity(settled.len()), 0);
        for Settled { page, state, upto } in settled {
            bytes += state.len();
            read.extend(self.read_settled(page, state, upto).await);
            if bytes > TOGETHER_BYTES {
                self.project(mem::take(&mut read)).await;
                bytes = 0;
            }
        }
        self.project(read).await;
    }

    async fn read_settled(&self, page: PageId, state: Bytes, position: Position) -> Option<Read> {
        match self.content_of(page, state).await {
            Ok(content) => Some(Read {
                page,
                position,
                content,
            }),
            Err(error) => {
                let cause: &dyn std::error::Error = &error;
                tracing::error!(page.id = %page, cause, "the document of a page cannot be read");
                None
            }
        }
    }

    /// Projects a page as it is now.
    pub(crate) async fn project_now(&self, page: PageId) {
        // The position comes first: what is read then is at least as new.
        let head = match self.store().page_head(page).await {
            Ok(Some(head)) => head,
            Ok(None) => return,
            Err(error) => {
                tracing::error!(page.id = %page, %error, "a page could not be projected");
                return;
            }
        };
        match self.rooms().read(page).await {
            Ok(state) => {
                let read = self.read_settled(page, state, head.last).await;
                self.project(read.into_iter().collect()).await;
            }
            Err(error) => tracing::error!(page.id = %page, %error, "a page could not be projected"),
        }
    }

    /// Tells lists and search what pages say now.
    async fn project(&self, mut read: Vec<Read>) {
        let mut told = self.files().told.lock().await;
        read.retain(|Read { page, position, .. }| {
            // Somebody who read the page later may have been faster.
            let is_new = told.get(page).is_none_or(|known| known <= position);
            if is_new {
                told.insert(*page, *position);
            }
            is_new
        });
        let pages: Vec<PageId> = read.iter().map(|read| read.page).collect();
        if pages.is_empty() {
            return;
        }
        let files = self.file_sections(&pages).await;
        if let Err(error) = &files {
            // The texts are found without their files until the next start, which sees that.
            tracing::error!(%error, "the files of pages were not looked up");
        }
        let heads = self.store().page_heads_of(pages).await.unwrap_or_default();
        let heads = heads.into_iter().chain(std::iter::repeat_with(|| None));
        let mut made = Vec::with_capacity(read.len());
        for (read, head) in read.into_iter().zip(heads) {
            let files = match &files {
                Ok(files) => files.get(&read.page).cloned().unwrap_or_default(),
                Err(_) => FileSections {
                    stamp: "?".to_owned(),
                    ..FileSections::default()
                },
            };
            made.extend(self.projected(read, head, files).await);
        }
        let app = self.clone();
        let put = tokio::task::spawn_blocking(move || app.projector().put(made));
        if let Err(error) = put.await {
            tracing::error!(%error, "putting pages into the search index panicked");
        }
    }

    /// Tells the directory of a page, and makes what search is told.
    async fn projected(
        &self,
        read: Read,
        head: Option<PageHead>,
        files: FileSections,
    ) -> Option<Made> {
        let Read {
            page,
            position,
            content,
        } = read;
        let entry = self.directory().get(page)?;
        let changed = head.map(|head| (head.changed_at, head.changed_by));
        let changed_at = changed.map_or(entry.changed_at, |(at, _)| at);
        let mut sections = searchable(&content);
        sections.extend(files.sections);
        let mut projection = Projection::of(&content, &entry.record, self.catalogue());
        projection.files = files.stamp;
        projection.titled_at = changed_at.millis();
        if let Some(before) = &entry.projection {
            if before.title == projection.title {
                projection.titled_at = before.titled_at;
            } else {
                let titled = Titled {
                    title: &before.title,
                    since: Timestamp::from_millis(before.titled_at),
                };
                self.retitled(page, titled, changed_at).await;
            }
        }
        let indexed = self.indexed(page, sections, &projection, &entry.record, changed_at);
        let kept = projection.write();
        self.directory().put_projection(page, projection, changed);
        Some(Made {
            page: indexed,
            position,
            projection: kept,
        })
    }

    /// A page as search takes it.
    pub(crate) fn indexed(
        &self,
        page: PageId,
        sections: Vec<Section>,
        projection: &Projection,
        record: &PageRecord,
        changed: Timestamp,
    ) -> IndexedPage {
        let catalogue = self.catalogue();
        let kind = catalogue.kind(&projection.kind());
        let mut facets = kind
            .map(|kind| facets(kind, &projection.values, &projection.sets))
            .unwrap_or_default();
        facets.extend(common_facets(projection, record, changed, catalogue));
        IndexedPage {
            id: page,
            title: projection.title.clone(),
            kind: projection.kind(),
            space: record.space.clone(),
            audience: record.audience,
            authors: record.authors.clone(),
            tags: projection.tags(),
            facets,
            former_titles: self.former_titles(page, &projection.title),
            labels: labels(catalogue, projection),
            adopted_by: 0,
            sections,
            changed,
            archived: record.archived,
        }
    }
}
