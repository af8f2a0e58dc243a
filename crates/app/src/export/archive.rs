//! What stands in the files of an export, in order.

use std::fmt::Write as _;

use denkraum_content::{PageContent, SCHEMA_VERSION};
use denkraum_domain::{Denial, PageFacts, PageId, SpaceId, permit_read};
use denkraum_store::Subject;
use serde_json::json;

use super::html::escape;
use super::names::Names;
use super::zipped::{Parts, Stopped};
use super::{
    ARCHIVE_FORMAT, CollectionFormat, Document, ExportError, LeftOut, MANIFEST, PAGES, Selection,
    Taker, TakerTitles, document,
};
use crate::app::App;
use crate::causes::with_causes;
use crate::pages::{COLLECTION, PageError};

/// The version of the archive's own form.
const ARCHIVE_VERSION: u32 = 1;

/// What stands beside the pages for whoever opens an archive without us.
const READ_ME: &str = "\
Dieses Archiv enthält Seiten aus Denkraum.

manifest.json   was hier liegt, und woher
pages.jsonl     alle Seiten, eine je Zeile, als JSON; so kommen sie zurück nach Denkraum
markdown/       dieselben Seiten zum Lesen, je Bezirk ein Ordner

Zurück: denkraum import --data-dir ORDNER ARCHIV.zip

---

This archive holds pages of Denkraum.

manifest.json   what is here, and from where
pages.jsonl     all pages, one a line, as JSON; this is what Denkraum takes back
markdown/       the same pages for reading, a folder for each district

Back: denkraum import --data-dir FOLDER ARCHIVE.zip
";

impl App {
    pub(super) async fn write_pages(
        &self,
        taker: &Taker,
        selection: &Selection,
        out: &Parts,
    ) -> Result<(), Stopped> {
        let pages = self.chosen(taker, selection);
        if matches!(taker, Taker::Operator) {
            self.note_lost_records(out).await?;
        }
        let titles = TakerTitles { app: self, taker };
        let named = pages.iter().map(|(space, page)| {
            let title = denkraum_content::Titles::title(&titles, *page);
            (space.clone(), *page, title.unwrap_or_default())
        });
        let names = Names::new(named);
        match selection.format {
            CollectionFormat::Lines => {
                self.write_lines(taker, &pages, out).await?;
            }
            CollectionFormat::Archive => {
                out.file("LIESMICH.txt").await?;
                out.text(READ_ME.to_owned()).await?;
                out.file(PAGES).await?;
                let count = self.write_lines(taker, &pages, out).await?;
                out.file(MANIFEST).await?;
                let manifest = self.manifest(selection, count, &out.left_out());
                out.text(manifest).await?;
                self.write_markdown(taker, &pages, &names, "markdown/", out)
                    .await?;
            }
            CollectionFormat::Markdown => {
                self.write_markdown(taker, &pages, &names, "", out).await?;
            }
            CollectionFormat::Html => self.write_html(taker, &pages, &names, out).await?,
        }
        out.end().await
    }

    async fn write_lines(
        &self,
        taker: &Taker,
        pages: &[(SpaceId, PageId)],
        out: &Parts,
    ) -> Result<usize, Stopped> {
        let mut count = 0;
        for (_, page) in pages {
            if let Some((facts, content)) = self.readable_now(taker, *page, out).await? {
                out.text(self.line(taker, &facts, &content)).await?;
                count += 1;
            }
        }
        Ok(count)
    }

    async fn write_markdown(
        &self,
        taker: &Taker,
        pages: &[(SpaceId, PageId)],
        names: &Names,
        folder: &str,
        out: &Parts,
    ) -> Result<(), Stopped> {
        for (_, page) in pages {
            let Some(name) = names.of(*page) else {
                continue;
            };
            if let Some((facts, content)) = self.readable_now(taker, *page, out).await? {
                out.file(format!("{folder}{name}.md")).await?;
                let text = self.markdown_file(taker, &facts, &content, Some(names));
                out.text(text).await?;
            }
        }
        Ok(())
    }

    async fn write_html(
        &self,
        taker: &Taker,
        pages: &[(SpaceId, PageId)],
        names: &Names,
        out: &Parts,
    ) -> Result<(), Stopped> {
        for (_, page) in pages {
            let Some(name) = names.of(*page) else {
                continue;
            };
            if let Some((facts, content)) = self.readable_now(taker, *page, out).await? {
                out.file(format!("{name}.html")).await?;
                let text = self.html_file(taker, &facts, &content, Some(names));
                out.text(text).await?;
            }
        }
        out.file("index.html").await?;
        out.text(self.list_of(taker, pages, names)).await
    }

    /// All pages as lists of links, a list for each space.
    fn list_of(&self, taker: &Taker, pages: &[(SpaceId, PageId)], names: &Names) -> String {
        let titles = TakerTitles { app: self, taker };
        let mut body = String::new();
        for part in pages.chunk_by(|(a, _), (b, _)| a == b) {
            let space = part.first().and_then(|(id, _)| self.catalogue().space(id));
            let name = space.map(|space| escape(&space.name)).unwrap_or_default();
            let _infallible = write!(body, "<h2>{name}</h2>\n<ul>\n");
            for (_, page) in part {
                let title = denkraum_content::Titles::title(&titles, *page);
                let (Some(title), Some(name)) = (title, names.of(*page)) else {
                    continue;
                };
                let title = escape(&denkraum_content::title_or_placeholder(&title));
                let _infallible = writeln!(body, "<li><a href=\"{name}.html\">{title}</a></li>");
            }
            body.push_str("</ul>\n");
        }
        document(&Document {
            title: &self.catalogue().name,
            about: &["Denkraum".to_owned(), self.today()],
            fields: &[],
            body: &body,
            back: None,
        })
    }

    /// The page as it is now; `None` if it went out of reach since the export began, or if it cannot
    /// be read and the taker runs the program.
    async fn readable_now(
        &self,
        taker: &Taker,
        page: PageId,
        out: &Parts,
    ) -> Result<Option<(PageFacts, PageContent)>, Stopped> {
        if self.stopping().is_cancelled() {
            return Err(Stopped::Failed(ExportError::Interrupted));
        }
        let Some(facts) = self.facts(page) else {
            return Ok(None);
        };
        if let Taker::Person(actor) = taker
            && permit_read(&facts, actor).is_err_and(|denial| denial == Denial::Hidden)
        {
            return Ok(None);
        }
        match (self.content(page).await, taker) {
            (Ok(content), _) => Ok(Some((facts, content))),
            (Err(PageError::Denied { .. }), _) => Ok(None),
            (Err(err), Taker::Person(_)) => Err(Stopped::Failed(ExportError::Page { page, err })),
            (Err(err), Taker::Operator) => {
                let known = self.directory().get(page);
                out.leave_out(LeftOut {
                    page,
                    title: known.and_then(|known| Some(known.projection?.title)),
                    reason: with_causes(&err),
                });
                Ok(None)
            }
        }
    }

    /// Pages whose record cannot be read: nobody knows whose they are, so they are in no list.
    async fn note_lost_records(&self, out: &Parts) -> Result<(), Stopped> {
        let failed = |err| Stopped::Failed(ExportError::Damage(err));
        let intact = self.store().scan(COLLECTION).await.map_err(failed)?;
        let intact = intact.into_iter().map(|(key, _)| key);
        let aside = self.store().set_aside().await.map_err(failed)?;
        let aside = aside.into_iter().filter_map(|subject| match subject {
            Subject::Record(key) => Some(key),
            Subject::Page(_) => None,
        });
        for key in intact.chain(aside) {
            let page = PageId::parse(key.id()).ok();
            let page = page.filter(|_| key.collection() == COLLECTION);
            if let Some(page) = page.filter(|page| !self.directory().contains(*page)) {
                out.leave_out(LeftOut {
                    page,
                    title: None,
                    reason: format!("the record {key} cannot be read"),
                });
            }
        }
        Ok(())
    }

    fn manifest(&self, selection: &Selection, pages: usize, left_out: &[LeftOut]) -> String {
        let catalogue = self.catalogue();
        let spaces = catalogue.spaces.iter();
        let spaces = spaces.map(|space| json!({ "id": space.id.as_str(), "name": space.name }));
        let kinds = catalogue.kinds.iter();
        let kinds = kinds.map(|kind| json!({ "id": kind.id.as_str(), "name": kind.label.de }));
        let left_out = left_out.iter().map(
            |one| json!({ "id": one.page.to_string(), "title": one.title, "reason": one.reason }),
        );
        let manifest = json!({
            "format": ARCHIVE_FORMAT,
            "version": ARCHIVE_VERSION,
            "schema_version": SCHEMA_VERSION,
            "city": catalogue.name,
            "made_on": self.today(),
            "space": selection.space.as_ref().map(SpaceId::as_str),
            "page": selection.page.map(|page| page.to_string()),
            "pages": pages,
            "left_out": left_out.collect::<Vec<_>>(),
            "spaces": spaces.collect::<Vec<_>>(),
            "kinds": kinds.collect::<Vec<_>>(),
        });
        let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        text.push('\n');
        text
    }
}
