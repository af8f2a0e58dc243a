//! Reading one page.

use std::collections::BTreeSet;

use bytes::Bytes;
use denkraum_content::{PageContent, Titles, outline, slug, title_or_placeholder, to_html};
use denkraum_domain::{
    Access, Actor, Audience, Denial, PageFacts, PageId, may_move, permit_archive, permit_edit,
    permit_narrow, permit_read, permit_restore,
};
use thiserror::Error;

use super::fields::{answered, card, field_links};
use crate::app::App;
use crate::views::{Author, Backlink, Can, PageView, Relation};

/// Why a page is not shown.
#[derive(Debug, Error)]
pub enum PageError {
    /// The reader may not see it, or there is none.
    #[error("page {page} is not shown")]
    Denied {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: Denial,
    },
    /// Its document could not be loaded.
    #[error("page {page} could not be loaded")]
    Load {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: denkraum_rooms::ReadError,
    },
    /// Its document could not be read.
    #[error("page {page} could not be read")]
    Content {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: denkraum_content::ReadError,
    },
}

impl PageError {
    /// Whether the engine failed with the page, now or before.
    pub fn is_set_aside(&self) -> bool {
        let err = match self {
            Self::Load { err, .. } => err,
            Self::Denied { .. } | Self::Content { .. } => return false,
        };
        matches!(err, denkraum_rooms::ReadError::SetAside(_))
    }
}

/// The titles of pages for one reader.
pub(crate) struct ReaderTitles<'a> {
    pub(crate) app: &'a App,
    pub(crate) actor: &'a Actor,
}

impl Titles for ReaderTitles<'_> {
    fn title(&self, page: PageId) -> Option<String> {
        self.app
            .reference(self.actor, page)
            .map(|found| found.title)
    }
}

impl App {
    /// One page, with everything a reader sees at once.
    pub async fn page(&self, actor: &Actor, page: PageId) -> Result<PageView, PageError> {
        let facts = self.readable(actor, page)?;
        let content = self.content(page).await?;
        self.view(actor, &facts, &content)
    }

    /// What decisions need of a page that the reader may see.
    pub(crate) fn readable(&self, actor: &Actor, page: PageId) -> Result<PageFacts, PageError> {
        let facts = self.facts(page).ok_or(PageError::Denied {
            page,
            err: Denial::Hidden,
        })?;
        permit_read(&facts, actor).map_err(|err| PageError::Denied { page, err })?;
        Ok(facts)
    }

    pub(crate) fn facts(&self, page: PageId) -> Option<PageFacts> {
        let entry = self.directory().get(page)?;
        Some(entry.record.facts(page, self.catalogue()))
    }

    /// How a person may take part in a page now; `None` is not at all.
    pub(crate) fn access(&self, actor: &Actor, page: PageId) -> Option<Access> {
        let facts = self.facts(page)?;
        permit_read(&facts, actor).ok()?;
        Some(if permit_edit(&facts, actor).is_ok() {
            Access::Edit
        } else {
            Access::Read
        })
    }

    /// The content of a page as it is durable now.
    pub(crate) async fn content(&self, page: PageId) -> Result<PageContent, PageError> {
        let state = self
            .rooms()
            .read(page)
            .await
            .map_err(|err| PageError::Load { page, err })?;
        self.content_of(page, state).await
    }

    /// The content of a page whose document was read.
    pub(crate) async fn content_of(
        &self,
        page: PageId,
        state: Bytes,
    ) -> Result<PageContent, PageError> {
        let bytes = state.len();
        let read = self
            .rooms()
            .attempt(page, bytes, move || denkraum_content::read(&state));
        let read = read.await.map_err(|err| PageError::Load { page, err })?;
        read.map_err(|err| PageError::Content { page, err })
    }

    pub(crate) fn view(
        &self,
        actor: &Actor,
        facts: &PageFacts,
        content: &PageContent,
    ) -> Result<PageView, PageError> {
        let page = facts.page;
        let hidden = PageError::Denied {
            page,
            err: Denial::Hidden,
        };
        let mut summary = self.summary(actor, page).ok_or(hidden)?;
        // Lists learn of a change when the page rests; the page itself shows it at once.
        summary.page.title = title_or_placeholder(&content.title);
        summary.tags = content
            .sets
            .get("tags")
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        let titles = ReaderTitles { app: self, actor };
        let kind = self.catalogue().kind(&summary.page.kind);
        if let Some(kind) = kind {
            summary.card = card(kind, content);
        }
        let mut mentions = denkraum_content::links(content);
        mentions.extend(kind.into_iter().flat_map(|kind| field_links(kind, content)));
        let mut links = Vec::new();
        for mention in mentions {
            if let Some(found) = self.reference(actor, mention.page)
                && !links.contains(&found)
            {
                links.push(found);
            }
        }
        let author = |person: &crate::views::PersonRef| Author {
            label: self
                .accounts_view()
                .get(person.id)
                .map(|account| account.label)
                .unwrap_or_default(),
            person: person.clone(),
        };
        Ok(PageView {
            written_by: summary.authors.iter().map(author).collect(),
            slug: slug(&summary.page.title),
            fields: kind
                .map(|kind| answered(self.catalogue(), kind, content))
                .unwrap_or_default(),
            html: to_html(content, &titles),
            outline: outline(content, &titles),
            links,
            backlinks: self.backlinks(actor, page, &summary.page.title),
            can: Can {
                edit: permit_edit(facts, actor).is_ok(),
                narrow: Audience::ALL
                    .into_iter()
                    .filter(|audience| *audience < facts.audience)
                    .any(|audience| permit_narrow(facts, actor, audience).is_ok()),
                archive: permit_archive(facts, actor).is_ok(),
                restore: permit_restore(facts, actor).is_ok(),
                relocate: may_move(facts, actor),
            },
            summary,
        })
    }

    /// The pages that link here or emerged from here, and the one that this page emerged from, even
    /// where its text has no link any more: as far as the reader may see them.
    fn backlinks(&self, actor: &Actor, page: PageId, title: &str) -> Vec<Backlink> {
        let origin = self.directory().get(page);
        let origin = origin.and_then(|entry| entry.record.emerged_from);
        let mut related: BTreeSet<_> = self.directory().linking_to(page).into_iter().collect();
        related.extend(origin);
        related.remove(&page);
        let backlink = |other| {
            let reference = self.reference(actor, other)?;
            let entry = self.directory().get(other)?;
            let projection = entry.projection.filter(|_| !entry.record.archived)?;
            let mention = projection.links().find(|mention| mention.page == page);
            let relation = if origin == Some(other) {
                Relation::EmergedFrom
            } else if entry.record.emerged_from == Some(page) {
                Relation::SourceOf
            } else if mention.is_some() {
                Relation::Mentions
            } else {
                return None;
            };
            Some(Backlink {
                page: reference,
                relation,
                sentence: mention.map_or_else(String::new, |mention| mention.sentence(title)),
            })
        };
        let mut backlinks: Vec<_> = related.into_iter().filter_map(backlink).collect();
        backlinks.sort_by(|a, b| {
            // Where it came from first, then by title.
            let order = |one: &Backlink| one.relation != Relation::EmergedFrom;
            (order(a), &a.page.title, a.page.id).cmp(&(order(b), &b.page.title, b.page.id))
        });
        backlinks
    }
}
