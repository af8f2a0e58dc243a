//! Bringing pages in: JSON Lines, one page a line.
//!
//! A line that cannot be taken is reported with its number; the others are taken. Links may point
//! to pages that come later.

use std::collections::BTreeMap;

use denkraum_content::{Change, edit, from_markdown};
use denkraum_domain::{
    Actor, Audience, CreatePermit, EditPermit, KindId, Login, PageId, PageTitle, PersonId, SpaceId,
    Tag, operator, permit_create, permit_edit,
};
use serde::Deserialize;

use crate::app::App;
use crate::pages::field_value;
use crate::views::{ImportFailure, ImportReport, NewPage};

/// Stands for whoever runs the program on its data directory.
const OPERATOR: PersonId = PersonId::from_u128(0);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: Option<String>,
    title: String,
    kind: String,
    space: String,
    #[serde(default = "draft")]
    audience: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    fields: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    markdown: String,
    author: Option<String>,
}

fn draft() -> String {
    Audience::Draft.as_str().to_owned()
}

/// On whose behalf pages come in.
enum By<'a> {
    Person(&'a Actor),
    Operator,
}

enum Taken {
    Created,
    Replaced,
}

impl App {
    /// Imports pages on behalf of a person, who must be allowed to write each of them.
    pub async fn import(&self, actor: &Actor, lines: &str, replace: bool) -> ImportReport {
        self.import_lines(&By::Person(actor), lines, replace).await
    }

    /// Imports pages for whoever runs the program; lines may name their author.
    pub async fn import_as_operator(&self, lines: &str, replace: bool) -> ImportReport {
        self.import_lines(&By::Operator, lines, replace).await
    }

    async fn import_lines(&self, by: &By<'_>, lines: &str, replace: bool) -> ImportReport {
        let mut report = ImportReport::default();
        for (number, line) in lines.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            match self.import_line(by, line, replace).await {
                Ok(Taken::Created) => report.created += 1,
                Ok(Taken::Replaced) => report.replaced += 1,
                Err(reason) => report.failed.push(ImportFailure {
                    line: number + 1,
                    reason,
                }),
            }
        }
        self.commit_waiting().await;
        report
    }

    async fn import_line(&self, by: &By<'_>, line: &str, replace: bool) -> Result<Taken, String> {
        let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let author = self.author(by, line.author.as_deref())?;
        let audience = Audience::parse(&line.audience).ok_or_else(|| {
            format!(
                "audience \"{}\" is none of draft, space, network, public",
                line.audience
            )
        })?;
        if audience == Audience::Draft && author.is_none() {
            return Err("a draft needs an author, who alone may read it".to_owned());
        }
        let new = new_page(line, audience)?;
        match new.id.filter(|page| self.directory().contains(*page)) {
            Some(page) if replace => {
                let permit = self.edit_permit(by, page)?;
                self.replace_page(&permit, &new).await?;
                Ok(Taken::Replaced)
            }
            Some(page) => Err(format!(
                "there is a page {page} already; replace it explicitly"
            )),
            None => {
                let permit = self.create_permit(by, author, &new)?;
                let created = self
                    .add_page(&permit, new, author.into_iter().collect())
                    .await;
                created.map_err(|error| chain(&error))?;
                Ok(Taken::Created)
            }
        }
    }

    fn author(&self, by: &By<'_>, named: Option<&str>) -> Result<Option<PersonId>, String> {
        match (by, named) {
            (By::Person(actor), None) => Ok(Some(actor.person)),
            (By::Person(_), Some(_)) => {
                Err("only whoever runs the server names an author".to_owned())
            }
            (By::Operator, None) => Ok(None),
            (By::Operator, Some(login)) => {
                let account = Login::parse(login)
                    .ok()
                    .and_then(|login| self.accounts_view().by_login(&login));
                let account = account
                    .ok_or_else(|| format!("there is no person with the log-in \"{login}\""))?;
                Ok(Some(account.person))
            }
        }
    }

    fn create_permit(
        &self,
        by: &By<'_>,
        author: Option<PersonId>,
        new: &NewPage,
    ) -> Result<CreatePermit, String> {
        let space = &new.space;
        if self.catalogue().space(space).is_none() {
            return Err(format!("there is no space \"{space}\""));
        }
        match by {
            By::Operator => Ok(operator::permit_create(
                author.unwrap_or(OPERATOR),
                space.clone(),
                new.audience,
            )),
            By::Person(actor) => permit_create(
                actor,
                space,
                self.catalogue().is_network(space),
                new.audience,
            )
            .map_err(|denial| format!("space \"{space}\": {denial}")),
        }
    }

    fn edit_permit(&self, by: &By<'_>, page: PageId) -> Result<EditPermit, String> {
        match by {
            By::Operator => Ok(operator::permit_edit(OPERATOR, page)),
            By::Person(actor) => {
                let facts = self
                    .facts(page)
                    .ok_or_else(|| format!("there is no page {page}"))?;
                permit_edit(&facts, actor).map_err(|denial| format!("page {page}: {denial}"))
            }
        }
    }

    /// Makes an existing page say what the import says, as an edit; its audience and space stay.
    async fn replace_page(&self, permit: &EditPermit, new: &NewPage) -> Result<(), String> {
        let page = *permit.page();
        let _writing = self.writing(page).await;
        let state = self
            .rooms()
            .read(page)
            .await
            .map_err(|error| chain(&error))?;
        let kind = self
            .catalogue()
            .kind(&new.kind)
            .ok_or_else(|| format!("there is no kind \"{}\"", new.kind))?;
        let mut fields: BTreeMap<_, _> = kind
            .fields
            .iter()
            .map(|field| (field.name.clone(), None))
            .collect();
        fields.extend(
            new.fields
                .iter()
                .map(|(name, value)| (name.clone(), Some(value.clone()))),
        );
        let content = denkraum_content::read(&state).map_err(|error| chain(&error))?;
        let change = self
            .field_writer(Some(&content))
            .change(kind, &fields)
            .map_err(|(name, error)| format!("field \"{name}\": {error}"))?;
        let mut sets = change.sets;
        sets.insert(
            "tags".to_owned(),
            new.tags.iter().map(ToString::to_string).collect(),
        );
        let change = Change {
            title: new.title.as_ref().map(ToString::to_string),
            body: new.markdown.as_deref().map(|text| from_markdown(text).0),
            sets,
            ..change
        };
        let update =
            edit(&state, &change, self.environment().client_id()).map_err(|error| chain(&error))?;
        if let Some(update) = update {
            self.rooms()
                .edit(permit, update.into())
                .await
                .map_err(|error| chain(&error))?;
            self.project_now(page).await;
        }
        Ok(())
    }

    /// The lines whose page is not there yet, at their old line numbers.
    pub(crate) fn without_known_pages(&self, lines: &str) -> String {
        let is_known = |line: &str| {
            let line: Option<Line> = serde_json::from_str(line).ok();
            let page = line.and_then(|line| PageId::parse(&line.id?).ok());
            page.is_some_and(|page| self.directory().contains(page))
        };
        let lines: Vec<_> = lines
            .lines()
            .map(|line| if is_known(line) { "" } else { line })
            .collect();
        lines.join("\n")
    }
}

fn new_page(line: Line, audience: Audience) -> Result<NewPage, String> {
    let named = |name: &str, error: &dyn std::error::Error| format!("{name}: {error}");
    let id = line
        .id
        .as_deref()
        .map(PageId::parse)
        .transpose()
        .map_err(|e| named("id", &e))?;
    let tags: Result<Vec<_>, _> = line.tags.iter().map(|tag| Tag::parse(tag)).collect();
    let fields = line
        .fields
        .into_iter()
        .filter(|(_, value)| !value.is_null());
    let fields: Result<BTreeMap<_, _>, String> = fields
        .map(|(name, value)| {
            let value = field_value(value).ok_or_else(|| {
                format!(
                    "field \"{name}\" is no text, number, flag, list of texts, texts by choice or \
                     list of entries"
                )
            })?;
            Ok((name, value))
        })
        .collect();
    Ok(NewPage {
        id,
        title: Some(PageTitle::parse(&line.title).map_err(|e| named("title", &e))?),
        kind: KindId::parse(&line.kind).map_err(|e| named("kind", &e))?,
        space: SpaceId::parse(&line.space).map_err(|e| named("space", &e))?,
        audience,
        tags: tags.map_err(|e| named("tags", &e))?,
        fields: fields?,
        markdown: Some(line.markdown),
    })
}

/// An error with what caused it, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
