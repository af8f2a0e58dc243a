//! Creating a page.
//!
//! Two entries make a page: its document, then its record. The record comes last, because without
//! it the page does not exist for anybody; an interrupted creation leaves a document that nobody
//! sees and that a second try with the same id replaces.

use std::collections::BTreeMap;

use denkraum_content::{Node, PageContent, Shape, create, from_markdown};
use denkraum_domain::{
    Actor, Audience, CreatePermit, Denial, KindId, PageId, PersonId, SpaceId, Timestamp,
    permit_create,
};
use denkraum_store::PutError;
use thiserror::Error;

use super::facts::Archived;
use super::fields::FieldError;
use super::{COLLECTION, PageRecord};
use crate::app::App;
use crate::catalogue::Kind;
use crate::pages::PageError;
use crate::records::key;
use crate::views::{NewPage, PageView};

/// Why a page was not created.
#[derive(Debug, Error)]
pub enum CreateError {
    /// The person may not create pages there.
    #[error("not allowed to create pages in {space}")]
    Denied {
        /// The space.
        space: SpaceId,
        /// Why.
        #[source]
        err: Denial,
    },
    /// There is no such space.
    #[error("there is no space {0}")]
    UnknownSpace(SpaceId),
    /// There is no such kind.
    #[error("there is no kind {0}")]
    UnknownKind(KindId),
    /// The page that it is to emerge from is not there, or hidden from the person.
    #[error("the page {page} that it is to emerge from is not shown")]
    UnknownOrigin {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: PageError,
    },
    /// The id is in use, or was.
    #[error("there is a page {0} already")]
    Exists(PageId),
    /// A field does not take its value.
    #[error("field {name} does not take the value")]
    Field {
        /// The field.
        name: String,
        /// Why.
        #[source]
        err: FieldError,
    },
    /// The content was not stored.
    #[error("the content of page {page} was not stored")]
    Content {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: denkraum_rooms::EditError,
    },
    /// The record was not stored.
    #[error("the record of page {page} was not stored")]
    Record {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: PutError,
    },
    /// It was created, but cannot be shown.
    #[error("the new page cannot be shown")]
    Show(#[source] PageError),
}

/// What a page brings along that was before; nothing where it is new.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Past {
    /// Since when it is there; otherwise since now.
    pub(crate) created_at: Option<Timestamp>,
    /// Whether it is out of use, which its maker may do with every page of their own.
    pub(crate) archived: bool,
    /// Since when it is out of use, and by whom; otherwise since now, by its maker.
    pub(crate) archived_since: Option<Archived>,
    /// The page whose text it was made of.
    pub(crate) emerged_from: Option<PageId>,
}

impl App {
    /// The spaces in which the person may create pages, in the order of the catalogue.
    pub fn writes_in(&self, actor: &Actor) -> Vec<SpaceId> {
        let spaces = self.catalogue().spaces.iter().map(|space| &space.id);
        let open = spaces.filter(|id| {
            let in_network = self.catalogue().is_network(id);
            permit_create(actor, id, in_network, Audience::Draft).is_ok()
        });
        open.cloned().collect()
    }

    /// Creates a page and shows it.
    pub async fn create_page(&self, actor: &Actor, new: NewPage) -> Result<PageView, CreateError> {
        let space = new.space.clone();
        if self.catalogue().space(&space).is_none() {
            return Err(CreateError::UnknownSpace(space));
        }
        let in_network = self.catalogue().is_network(&space);
        let permit = permit_create(actor, &space, in_network, new.audience)
            .map_err(|err| CreateError::Denied { space, err })?;
        if let Some(page) = new.emerged_from {
            self.readable(actor, page)
                .map_err(|err| CreateError::UnknownOrigin { page, err })?;
        }
        let page = self.add_page(&permit, new, vec![actor.person]).await?;
        self.page(actor, page).await.map_err(CreateError::Show)
    }

    /// Creates a page for the holder of the permit, with these authors.
    pub(crate) async fn add_page(
        &self,
        permit: &CreatePermit,
        new: NewPage,
        authors: Vec<PersonId>,
    ) -> Result<PageId, CreateError> {
        let kind = self.catalogue().kind(&new.kind);
        let kind = kind.ok_or_else(|| CreateError::UnknownKind(new.kind.clone()))?;
        let content = self.new_content(kind, &new)?;
        let past = Past {
            emerged_from: new.emerged_from,
            ..Past::default()
        };
        self.add_content(permit, new.id, &content, authors, past)
            .await
    }

    /// Creates a page with this content for the holder of the permit.
    pub(crate) async fn add_content(
        &self,
        permit: &CreatePermit,
        id: Option<PageId>,
        content: &PageContent,
        authors: Vec<PersonId>,
        past: Past,
    ) -> Result<PageId, CreateError> {
        let page = id.unwrap_or_else(|| self.environment().page_id());
        let _writing = self.writing(page).await;
        if self.directory().contains(page) {
            return Err(CreateError::Exists(page));
        }
        let update = create(content, self.environment().client_id()).into();
        self.rooms()
            .create(permit, page, update)
            .await
            .map_err(|err| CreateError::Content { page, err })?;
        let archived_now = Archived {
            at: self.now(),
            by: Some(*permit.person()),
        };
        let Past {
            created_at,
            archived,
            archived_since,
            emerged_from,
        } = past;
        let record = PageRecord {
            space: permit.space().clone(),
            audience: *permit.audience(),
            authors,
            created_at: created_at.unwrap_or_else(|| self.now()),
            archived,
            archived_since: archived.then(|| archived_since.unwrap_or(archived_now)),
            emerged_from,
        };
        let (version, value) = record.write();
        let by = Some(*permit.person());
        let revision = self
            .store()
            .put(key(COLLECTION, &page), None, version, value, by, self.now())
            .await
            .map_err(|err| CreateError::Record { page, err })?;
        self.directory().put_record(page, record, revision);
        self.project_now(page).await;
        Ok(page)
    }

    /// What the document of a new page holds.
    pub(crate) fn new_content(
        &self,
        kind: &Kind,
        new: &NewPage,
    ) -> Result<PageContent, CreateError> {
        let fields: BTreeMap<_, _> = new
            .fields
            .iter()
            .map(|(name, value)| (name.clone(), Some(value.clone())))
            .collect();
        let change = self
            .field_writer(None)
            .change(kind, &fields)
            .map_err(|(name, err)| CreateError::Field { name, err })?;
        let mut sets = change.sets;
        sets.insert(
            "tags".to_owned(),
            new.tags.iter().map(ToString::to_string).collect(),
        );
        sets.retain(|_, choices| !choices.is_empty());
        let values = change
            .values
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        let body = match (&new.body, &new.markdown) {
            (Some(body), _) => body.clone(),
            (None, Some(markdown)) => from_markdown(markdown).0,
            (None, None) => with_room_to_answer(from_markdown(&kind.template).0),
        };
        Ok(PageContent {
            kind: Some(kind.id.clone()),
            title: new
                .title
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            values: values.collect(),
            sets,
            texts: change
                .texts
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .collect(),
            body,
        })
    }
}

/// A line below each heading that has nothing below it: who clicks there answers the question, and
/// does not write into the next one.
fn with_room_to_answer(template: Vec<Node>) -> Vec<Node> {
    let is_heading = |node: &Node| matches!(node.shape(), Some(Shape::Heading { .. }));
    let mut body = Vec::new();
    let mut rest = template.into_iter().peekable();
    while let Some(node) = rest.next() {
        let is_bare = is_heading(&node) && rest.peek().is_none_or(is_heading);
        body.push(node);
        if is_bare {
            body.push(Node::paragraph(Vec::new()));
        }
    }
    body
}
