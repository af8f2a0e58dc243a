//! Bringing pages in: JSON Lines, Markdown with front matter, an archive of ours.
//!
//! What cannot be taken is reported with its place, its field and the reason; everything else is
//! taken. Links may point to pages that come later. A preview goes the same way and stops before
//! anything is written.

mod check;
mod folder;
mod front_matter;
mod line;
mod origin;
mod reason;
mod report;
mod source;

use std::collections::BTreeSet;

use denkraum_content::{Change, edit};
use denkraum_domain::{Actor, EditPermit, PageId, PersonId};
use futures_util::future::join_all;
use serde_json::Value;

use crate::app::App;
use crate::causes::with_causes;
use crate::pages::{field_value, forget_other_entries};

pub use reason::{Expected, ImportNote, ImportReason, Kept};
pub use report::{ImportFailure, ImportOptions, ImportRemark, ImportReport, ImportedPage};
pub use source::{ImportFile, ImportSource, MAX_FILES, MAX_TOTAL_MIB, SourceError, is_read};

use check::{Checked, Way};
use folder::Found;
pub(crate) use line::EMERGED_FROM;
use line::{Line, Refusal, Surroundings};

/// Stands for whoever runs the program on its data directory.
const OPERATOR: PersonId = PersonId::from_u128(0);

/// How many pages are written side by side: they share the journal's syncs, which is what an import
/// waits for.
const AT_ONCE: usize = 32;

/// On whose behalf pages come in.
enum By<'a> {
    Person(&'a Actor),
    Operator,
}

/// A page of an import and where it stands.
struct Item {
    file: Option<String>,
    /// From 1; 0 for a whole file.
    line: usize,
    page: Result<Line, Refusal>,
}

impl Item {
    fn of_file(path: &str, page: Result<Line, Refusal>) -> Self {
        let file = Some(path.to_owned());
        Self {
            file,
            line: 0,
            page,
        }
    }
}

/// Puts into the report what became of the page at this place.
fn tell(
    report: &mut ImportReport,
    file: Option<String>,
    line: usize,
    taken: Result<(ImportedPage, Vec<ImportNote>), Refusal>,
) {
    match taken {
        Ok((page, notes)) => {
            if page.replaces {
                report.replaced += 1;
            } else {
                report.created += 1;
            }
            let remarks = notes.into_iter().map(|note| ImportRemark {
                file: file.clone(),
                line,
                note,
            });
            report.remarks.extend(remarks);
            report.pages.push(ImportedPage { file, line, ..page });
        }
        Err((field, reason)) => report.failed.push(ImportFailure {
            file,
            line,
            field,
            reason,
        }),
    }
}

impl App {
    /// Imports lines on behalf of a person, who must be allowed to write each of the pages.
    pub async fn import(&self, actor: &Actor, lines: &str, replace: bool) -> ImportReport {
        let (source, options) = of_lines(lines, replace);
        self.import_source(&By::Person(actor), source, &options)
            .await
    }

    /// Imports lines for whoever runs the program; they may name their authors.
    pub async fn import_as_operator(&self, lines: &str, replace: bool) -> ImportReport {
        let (source, options) = of_lines(lines, replace);
        self.import_source(&By::Operator, source, &options).await
    }

    /// As [`App::import`], from any source, or only as a preview.
    pub async fn import_from(
        &self,
        actor: &Actor,
        source: ImportSource,
        options: &ImportOptions,
    ) -> ImportReport {
        self.import_source(&By::Person(actor), source, options)
            .await
    }

    /// As [`App::import_as_operator`], from any source, or only as a preview.
    pub async fn import_from_as_operator(
        &self,
        source: ImportSource,
        options: &ImportOptions,
    ) -> ImportReport {
        self.import_source(&By::Operator, source, options).await
    }

    async fn import_source(
        &self,
        by: &By<'_>,
        source: ImportSource,
        options: &ImportOptions,
    ) -> ImportReport {
        let (found, unread) = self.read_source(source, options);
        let mut report = ImportReport {
            failed: unread,
            remarks: found.remarks,
            ..ImportReport::default()
        };
        let mut seen = BTreeSet::new();
        let mut items = found.items.into_iter().peekable();
        while items.peek().is_some() {
            let together = items
                .by_ref()
                .take(AT_ONCE)
                .map(|Item { file, line, page }| {
                    let checked = page.and_then(|page| {
                        self.check(by, page, found.archive, options.replace, &mut seen)
                    });
                    async move {
                        let taken = match checked {
                            Ok(checked) => self.take(checked, options.preview).await,
                            Err(refusal) => Err(refusal),
                        };
                        (file, line, taken)
                    }
                });
            for (file, line, taken) in join_all(together).await {
                tell(&mut report, file, line, taken);
            }
        }
        if !options.preview {
            self.commit_waiting().await;
        }
        report
    }

    fn read_source(
        &self,
        source: ImportSource,
        options: &ImportOptions,
    ) -> (Found, Vec<ImportFailure>) {
        let around = |lenient| Surroundings {
            lenient,
            untitled: false,
            space: options.space.as_ref(),
        };
        match source {
            ImportSource::Lines(text) => {
                let items = items_of_lines(None, &text, around(false));
                let found = Found {
                    items,
                    ..Found::default()
                };
                (found, Vec::new())
            }
            ImportSource::Files { files, unread } => {
                let next_id = || self.environment().page_id();
                (folder::read(files, around(true), next_id), unread)
            }
        }
    }

    /// Writes a checked page, unless it is only looked at.
    async fn take(
        &self,
        checked: Checked,
        preview: bool,
    ) -> Result<(ImportedPage, Vec<ImportNote>), Refusal> {
        let Checked {
            mut page,
            content,
            change,
            authors,
            way,
            notes,
        } = checked;
        if preview {
            return Ok((page, notes));
        }
        match way {
            Way::Create(permit, past) => {
                let add = self.add_content(&permit, page.id, &content, authors, past);
                let created = add.await;
                page.id = Some(created.map_err(check::refusal)?);
            }
            Way::Replace(permit) => self.replace_page(&permit, &change).await?,
        }
        Ok((page, notes))
    }

    /// Makes an existing page say what the import says, as an edit; its kind, audience, space and
    /// authors stay, and whether it is out of use.
    async fn replace_page(&self, permit: &EditPermit, change: &Change) -> Result<(), Refusal> {
        let page = *permit.page();
        let _writing = self.writing(page).await;
        let state = self.rooms().read(page).await.map_err(not_stored)?;
        let mut change = change.clone();
        let now = denkraum_content::read(&state).map_err(not_stored)?;
        let kind = now
            .kind
            .as_ref()
            .and_then(|kind| self.catalogue().kind(kind));
        if let Some(kind) = kind {
            forget_other_entries(kind, &now, &mut change);
        }
        let update = edit(&state, &change, self.environment().client_id()).map_err(not_stored)?;
        if let Some(update) = update {
            let edited = self.rooms().edit(permit, update.into()).await;
            edited.map_err(not_stored)?;
            self.project_now(page).await;
        }
        Ok(())
    }

    /// The lines whose page is not there yet, at their old line numbers.
    pub(crate) fn without_known_pages(&self, lines: &str) -> String {
        let is_known = |line: &str| {
            let line: Option<Value> = serde_json::from_str(line).ok();
            let page = line.and_then(|line| PageId::parse(line.get("id")?.as_str()?).ok());
            page.is_some_and(|page| self.directory().contains(page))
        };
        let lines: Vec<_> = lines
            .lines()
            .map(|line| if is_known(line) { "" } else { line })
            .collect();
        lines.join("\n")
    }
}

fn of_lines(lines: &str, replace: bool) -> (ImportSource, ImportOptions) {
    let options = ImportOptions {
        replace,
        ..ImportOptions::default()
    };
    (ImportSource::Lines(lines.to_owned()), options)
}

/// The pages of JSON Lines; empty lines are none.
fn items_of_lines(file: Option<&str>, text: &str, around: Surroundings<'_>) -> Vec<Item> {
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| Item {
            file: file.map(ToOwned::to_owned),
            line: number + 1,
            page: page_of_line(line, around),
        })
        .collect()
}

fn page_of_line(line: &str, around: Surroundings<'_>) -> Result<Line, Refusal> {
    let unreadable = |detail: String| (None, ImportReason::Unreadable { detail });
    match serde_json::from_str(line) {
        Ok(Value::Object(keys)) => line::read(keys, around),
        Ok(_) => Err(unreadable("this is no JSON object".to_owned())),
        Err(error) => Err(unreadable(error.to_string())),
    }
}

fn not_stored(error: impl std::error::Error) -> Refusal {
    let detail = with_causes(&error);
    (None, ImportReason::NotStored { detail })
}
