//! Taking one page away: Markdown with front matter, HTML that stands alone, the typed tree.

use std::fmt::Write as _;

use denkraum_content::{PageContent, slug, title_or_placeholder, to_html, to_markdown};
use denkraum_domain::{Actor, PageFacts, PageId};

use super::PageError;
use super::fields::{answered, field_json, in_words};
use super::read::ReaderTitles;
use crate::app::App;
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
        let name = slug(&title_or_placeholder(&content.title));
        let (ending, text) = match format {
            ExportFormat::Markdown => ("md", self.markdown(actor, &facts, &content)),
            ExportFormat::Html => ("html", self.html(actor, &content)),
            ExportFormat::Json => ("json", json(&facts, content)),
        };
        Ok(Export {
            file_name: format!("{name}.{ending}"),
            text,
            format,
        })
    }

    /// Front matter and text. The front matter is JSON, which every reader of YAML reads.
    fn markdown(&self, actor: &Actor, facts: &PageFacts, content: &PageContent) -> String {
        let kind = content
            .kind
            .as_ref()
            .and_then(|kind| self.catalogue().kind(kind));
        let fields = kind.map(|kind| answered(self.catalogue(), kind, content));
        let mut text = String::from("---\n");
        let mut line = |name: &str, value: serde_json::Value| {
            let _ = writeln!(text, "{name}: {value}");
        };
        line("id", facts.page.to_string().into());
        line("title", content.title.clone().into());
        line(
            "kind",
            content.kind.as_ref().map(ToString::to_string).into(),
        );
        line("space", facts.space.to_string().into());
        line("audience", facts.audience.as_str().into());
        line(
            "tags",
            content
                .sets
                .get("tags")
                .into_iter()
                .flatten()
                .cloned()
                .collect(),
        );
        line(
            "fields",
            fields
                .unwrap_or_default()
                .into_iter()
                .map(|(name, value)| (name, field_json(value)))
                .collect(),
        );
        text.push_str("---\n\n");
        text.push_str(&to_markdown(content, &ReaderTitles { app: self, actor }));
        text
    }

    fn html(&self, actor: &Actor, content: &PageContent) -> String {
        let title = escape(&title_or_placeholder(&content.title));
        let titles = ReaderTitles { app: self, actor };
        let body = to_html(content, &titles);
        let fields = self.fields_html(content, &titles);
        format!(
            "<!doctype html>\n<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n{fields}{body}\n</body>\n</html>\n"
        )
    }

    /// The questions of the page's kind that are answered, with the answers.
    fn fields_html(&self, content: &PageContent, titles: &ReaderTitles<'_>) -> String {
        let kind = content.kind.as_ref();
        let Some(kind) = kind.and_then(|kind| self.catalogue().kind(kind)) else {
            return String::new();
        };
        let answers = answered(self.catalogue(), kind, content);
        let mut html = String::new();
        for field in &kind.fields {
            let Some(answer) = answers.get(&field.name) else {
                continue;
            };
            let _ = writeln!(html, "<dt>{}</dt>", escape(&field.question.de));
            for line in in_words(self.catalogue(), field, answer, titles) {
                let _ = writeln!(html, "<dd>{}</dd>", escape(&line));
            }
        }
        if html.is_empty() {
            return html;
        }
        format!("<dl>\n{html}</dl>\n")
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

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
