//! Taking one page away: Markdown with front matter, HTML that stands alone, the typed tree.

use denkraum_content::{PageContent, slug, title_or_placeholder};
use denkraum_domain::{Actor, PageFacts, PageId};

use super::PageError;
use crate::app::App;
use crate::export::Taker;
use crate::views::{Export, ExportFormat, PageDocument};

impl App {
    /// Writes a page for taking away, as this reader sees it.
    pub async fn export_page(
        &self,
        actor: &Actor,
        page: PageId,
        format: ExportFormat,
    ) -> Result<Export, PageError> {
        let facts = self.readable(actor, page)?;
        let content = self.content(page).await?;
        let taker = Taker::Person(actor.clone());
        let name = slug(&title_or_placeholder(&content.title));
        let (ending, text) = match format {
            ExportFormat::Markdown => ("md", self.markdown_file(&taker, &facts, &content, None)),
            ExportFormat::Html => ("html", self.html_file(&taker, &facts, &content, None)),
            ExportFormat::Json => ("json", json(&facts, content)),
        };
        Ok(Export {
            file_name: format!("{name}.{ending}"),
            text,
            format,
        })
    }
}

fn json(facts: &PageFacts, content: PageContent) -> String {
    let document = PageDocument {
        id: facts.page.to_string(),
        space: facts.space.to_string(),
        audience: facts.audience.as_str().to_owned(),
        content,
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}
