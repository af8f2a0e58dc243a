//! Whether a page can come in: compared with the city, with what is there and with what one may do.

use std::collections::{BTreeMap, BTreeSet};

use denkraum_content::{Change, Mark, Node, PageContent, Shape, from_markdown};
use denkraum_domain::{
    Audience, CreatePermit, EditPermit, KindId, PageId, PersonId, SpaceId, operator, permit_create,
    permit_edit,
};

use super::line::{Line, Refusal, on, unknown};
use super::reason::{Expected, ImportNote, ImportReason, Kept};
use super::report::ImportedPage;
use super::{By, OPERATOR, field_value, not_stored};
use crate::app::App;
use crate::catalogue::Kind;
use crate::pages::{CreateError, Past, Projection, plain_page};
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
    Create(CreatePermit, Past),
    Replace(EditPermit),
}

/// As what a page stands where, as far as replacing leaves it.
struct Standing {
    kind: KindId,
    space: SpaceId,
    audience: Audience,
    archived: bool,
}

impl Standing {
    /// In what it differs from another one.
    fn unlike(&self, other: &Self) -> Vec<Kept> {
        let unlike = [
            (Kept::Kind, self.kind != other.kind),
            (Kept::Space, self.space != other.space),
            (Kept::Audience, self.audience != other.audience),
            (Kept::Archived, self.archived != other.archived),
        ];
        let unlike = unlike.into_iter().filter(|(_, differs)| *differs);
        unlike.map(|(one, _)| one).collect()
    }
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
            authors: named,
            archived,
            said,
            past,
            more,
        } = line;
        let mut notes = Vec::new();
        let kind = self.catalogue().kind(&new.kind);
        let kind = kind.ok_or_else(|| unknown("kind", new.kind.to_string()))?;
        if self.catalogue().space(&new.space).is_none() {
            return Err(unknown("space", new.space.to_string()));
        }
        let authors = self.authors(by, &named, archive, &mut notes)?;
        if let Some(page) = new.id.filter(|page| !seen.insert(*page)) {
            return Err(on("id", ImportReason::Twice(page)));
        }
        let wanted = Standing {
            kind: new.kind.clone(),
            space: new.space.clone(),
            audience: new.audience,
            archived,
        };
        let (standing, way) = match new.id.filter(|page| self.directory().contains(*page)) {
            None => {
                if new.audience == Audience::Draft && authors.is_empty() {
                    return Err(on("author", ImportReason::DraftWithoutAuthor));
                }
                let permit = self.create_permit(by, authors.first().copied(), &new)?;
                if !said.contains(&Kept::Kind) {
                    notes.push(ImportNote::PlainPage);
                }
                let past = Past {
                    emerged_from: new.emerged_from,
                    ..self.past(by, &past, archived, &mut notes)
                };
                (wanted, Way::Create(permit, past))
            }
            Some(page) if replace => {
                let (standing, authors_there, permit) = self.replaceable(by, page)?;
                // A line of an archive says with its silence that the page is in use.
                let says = |one| said.contains(&one) || (archive && one == Kept::Archived);
                let others = matches!(by, By::Operator) && !same(&authors_there, &authors);
                let kept = standing.unlike(&wanted).into_iter();
                let kept = kept.chain(others.then_some(Kept::Authors));
                let origin = self.directory().get(page);
                let origin = origin.and_then(|entry| entry.record.emerged_from);
                let kept = kept.chain((origin != new.emerged_from).then_some(Kept::Origin));
                notes.extend(kept.filter(|one| says(*one)).map(ImportNote::Kept));
                (standing, Way::Replace(permit))
            }
            Some(page) => return Err(on("id", ImportReason::Exists(page))),
        };
        // A page that is there keeps its kind, so the fields are those of that kind.
        let kind = self.catalogue().kind(&standing.kind).unwrap_or(kind);
        more_fields(kind, more, &mut new, &mut notes)?;
        let text = text(&mut new, body.filter(|body| is_known(body)), &mut notes);
        let change = self.whole_change(kind, &new, text.clone())?;
        let content = self.new_content(kind, &new).map_err(refusal)?;
        let Standing {
            kind,
            space,
            audience,
            archived,
        } = standing;
        Ok(Checked {
            page: ImportedPage {
                file: None,
                line: 0,
                id: new.id,
                title: content.title.clone(),
                kind,
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

    /// How a page that is there stands, who its authors are, and the permit to change it.
    fn replaceable(
        &self,
        by: &By<'_>,
        page: PageId,
    ) -> Result<(Standing, Vec<PersonId>, EditPermit), Refusal> {
        let hidden = || on("id", ImportReason::MayNotWrite(page));
        let entry = self.directory().get(page).ok_or_else(hidden)?;
        let facts = entry.record.facts(page, self.catalogue());
        let permit = match by {
            By::Operator => operator::permit_edit(OPERATOR, page),
            By::Person(actor) => permit_edit(&facts, actor).map_err(|_| hidden())?,
        };
        let kind = entry.projection.as_ref().map(Projection::kind);
        let standing = Standing {
            kind: kind.unwrap_or_else(plain_page),
            space: facts.space,
            audience: facts.audience,
            archived: facts.archived,
        };
        Ok((standing, facts.authors, permit))
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

/// Whether these are the same people, in whatever order.
fn same(some: &[PersonId], others: &[PersonId]) -> bool {
    let set = |people: &[PersonId]| people.iter().copied().collect::<BTreeSet<_>>();
    set(some) == set(others)
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
