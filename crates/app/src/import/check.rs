//! Whether a page can come in: compared with the city, with what is there and with what one may do.

use std::collections::{BTreeMap, BTreeSet};

use denkraum_content::{Change, Mark, Node, PageContent, Shape, from_markdown};
use denkraum_domain::{
    Audience, CreatePermit, EditPermit, Login, PageId, PersonId, operator, permit_create,
    permit_edit,
};

use super::line::{Line, Refusal, on, unknown};
use super::reason::{Expected, ImportNote, ImportReason};
use super::report::ImportedPage;
use super::{By, OPERATOR, field_value, not_stored};
use crate::app::App;
use crate::catalogue::Kind;
use crate::pages::CreateError;
use crate::views::NewPage;

/// A page that can come in.
pub(super) struct Checked {
    /// As the report tells it; its place is filled in by the report.
    pub(super) page: ImportedPage,
    pub(super) content: PageContent,
    /// What makes an existing page say the same.
    pub(super) change: Change,
    pub(super) authors: Vec<PersonId>,
    pub(super) way: Way,
    pub(super) notes: Vec<ImportNote>,
}

/// How it comes in.
pub(super) enum Way {
    Create(CreatePermit),
    Replace(EditPermit),
}

impl App {
    /// Everything that can be known before something is written. `seen` are the ids before.
    pub(super) fn check(
        &self,
        by: &By<'_>,
        line: Line,
        archive: bool,
        replace: bool,
        seen: &mut BTreeSet<PageId>,
    ) -> Result<Checked, Refusal> {
        let Line {
            mut new,
            body,
            authors,
            archived,
            more,
            mut notes,
        } = line;
        let kind = self.catalogue().kind(&new.kind);
        let kind = kind.ok_or_else(|| unknown("kind", new.kind.to_string()))?;
        if self.catalogue().space(&new.space).is_none() {
            return Err(unknown("space", new.space.to_string()));
        }
        more_fields(kind, more, &mut new, &mut notes)?;
        let authors = self.authors(by, &authors, archive, &mut notes)?;
        if let Some(page) = new.id.filter(|page| !seen.insert(*page)) {
            return Err(on("id", ImportReason::Twice(page)));
        }
        let (audience, space, archived, way) =
            match new.id.filter(|page| self.directory().contains(*page)) {
                None => {
                    if new.audience == Audience::Draft && authors.is_empty() {
                        return Err(on("author", ImportReason::DraftWithoutAuthor));
                    }
                    let permit = self.create_permit(by, authors.first().copied(), &new)?;
                    (
                        new.audience,
                        new.space.clone(),
                        archived,
                        Way::Create(permit),
                    )
                }
                Some(page) if replace => {
                    let hidden = || on("id", ImportReason::MayNotWrite(page));
                    let facts = self.facts(page).ok_or_else(hidden)?;
                    let permit = match by {
                        By::Operator => operator::permit_edit(OPERATOR, page),
                        By::Person(actor) => permit_edit(&facts, actor).map_err(|_| hidden())?,
                    };
                    let way = Way::Replace(permit);
                    (facts.audience, facts.space, facts.archived, way)
                }
                Some(page) => return Err(on("id", ImportReason::Exists(page))),
            };
        let text = text(&mut new, body.filter(|body| is_known(body)), &mut notes);
        let change = self.whole_change(kind, &new, text.clone())?;
        let content = self.new_content(kind, &new).map_err(refusal)?;
        Ok(Checked {
            page: ImportedPage {
                file: None,
                line: 0,
                id: new.id,
                title: content.title.clone(),
                kind: new.kind,
                space,
                audience,
                archived,
                replaces: matches!(way, Way::Replace(_)),
            },
            content: PageContent {
                body: text,
                ..content
            },
            change,
            authors,
            way,
            notes,
        })
    }

    fn authors(
        &self,
        by: &By<'_>,
        named: &[String],
        archive: bool,
        notes: &mut Vec<ImportNote>,
    ) -> Result<Vec<PersonId>, Refusal> {
        match by {
            By::Person(actor) if named.is_empty() || archive => Ok(vec![actor.person]),
            By::Person(_) => Err(on("author", ImportReason::AuthorOfOthers)),
            By::Operator => {
                let mut found = Vec::new();
                for name in named {
                    let login = Login::parse(name).ok();
                    let account = login.and_then(|login| self.accounts_view().by_login(&login));
                    match account {
                        Some(account) => found.push(account.person),
                        // Accounts do not travel in archives.
                        None if archive => notes.push(ImportNote::Author(name.clone())),
                        None => return Err(unknown("author", name.clone())),
                    }
                }
                Ok(found)
            }
        }
    }

    fn create_permit(
        &self,
        by: &By<'_>,
        author: Option<PersonId>,
        new: &NewPage,
    ) -> Result<CreatePermit, Refusal> {
        let space = &new.space;
        match by {
            By::Operator => {
                let person = author.unwrap_or(OPERATOR);
                let space = space.clone();
                Ok(operator::permit_create(person, space, new.audience))
            }
            By::Person(actor) => {
                let in_network = self.catalogue().is_network(space);
                permit_create(actor, space, in_network, new.audience)
                    .map_err(|_| on("space", ImportReason::MayNotCreate))
            }
        }
    }

    /// The change that leaves nothing of what was there before.
    fn whole_change(&self, kind: &Kind, new: &NewPage, body: Vec<Node>) -> Result<Change, Refusal> {
        let empty = kind.fields.iter().map(|field| (field.name.clone(), None));
        let mut fields: BTreeMap<_, _> = empty.collect();
        let given = new.fields.iter();
        fields.extend(given.map(|(name, value)| (name.clone(), Some(value.clone()))));
        let change = self
            .field_writer(None)
            .change(kind, &fields)
            .map_err(|(name, err)| on(format!("fields.{name}"), ImportReason::Field(err)))?;
        let mut sets = change.sets;
        let tags = new.tags.iter().map(ToString::to_string).collect();
        sets.insert("tags".to_owned(), tags);
        Ok(Change {
            title: new.title.as_ref().map(ToString::to_string),
            body: Some(body),
            sets,
            ..change
        })
    }
}

/// Fields that stand beside the keys of every page, as people write them in front matter.
fn more_fields(
    kind: &Kind,
    more: serde_json::Map<String, serde_json::Value>,
    new: &mut NewPage,
    notes: &mut Vec<ImportNote>,
) -> Result<(), Refusal> {
    for (key, value) in more {
        if kind.field(&key).is_none() || new.fields.contains_key(&key) {
            notes.push(ImportNote::Key(key));
        } else if !value.is_null() {
            let value = field_value(value)
                .ok_or_else(|| on(key.clone(), ImportReason::Form(Expected::Answer)))?;
            new.fields.insert(key, value);
        }
    }
    Ok(())
}

/// The text as a tree: as an archive holds it, else from Markdown.
fn text(new: &mut NewPage, body: Option<Vec<Node>>, notes: &mut Vec<ImportNote>) -> Vec<Node> {
    // Empty, so that making the content does not read it a second time.
    let markdown = new.markdown.replace(String::new()).unwrap_or_default();
    if let Some(body) = body {
        return body;
    }
    let (text, told) = from_markdown(&markdown);
    notes.extend(told.into_iter().map(ImportNote::Text));
    text
}

/// Whether everything in a tree is of sorts that documents may hold. A tree from a newer version
/// comes in by its Markdown instead.
fn is_known(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(text) => {
            let unknown = |mark: &Mark| matches!(mark, Mark::Unknown { .. });
            !text.marks.iter().any(unknown)
        }
        Node::Element(element) => {
            !matches!(element.shape, Shape::Unknown { .. }) && is_known(&element.content)
        }
    })
}

/// Why a page was not created, in the words of an import.
pub(super) fn refusal(error: CreateError) -> Refusal {
    match error {
        CreateError::Exists(page) => on("id", ImportReason::Exists(page)),
        CreateError::UnknownSpace(space) => unknown("space", space.to_string()),
        CreateError::UnknownKind(kind) => unknown("kind", kind.to_string()),
        CreateError::Field { name, err } => on(format!("fields.{name}"), ImportReason::Field(err)),
        other => not_stored(other),
    }
}
