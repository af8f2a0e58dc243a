//! A page as a line of JSON that the import takes back.

use denkraum_content::{
    PageContent, Titles as _, from_markdown, title_or_placeholder, to_markdown,
};
use denkraum_domain::{PageFacts, Timestamp};
use serde_json::{Map, Value, json};

use super::{Taker, TakerTitles};
use crate::app::App;
use crate::import::EMERGED_FROM;
use crate::pages::{Archived, answered, field_json, plain_page};

impl App {
    /// The keys that every form of export has, in the order in which people read them.
    pub(super) fn keys(
        &self,
        taker: &Taker,
        facts: &PageFacts,
        content: &PageContent,
    ) -> Vec<(&str, Value)> {
        let kind = content.kind.clone().unwrap_or_else(plain_page);
        let declared = self.catalogue().kind(&kind);
        let fields = declared.map(|kind| answered(self.catalogue(), kind, content));
        let fields: Map<String, Value> = fields
            .unwrap_or_default()
            .into_iter()
            .map(|(name, value)| (name, field_json(value)))
            .collect();
        let tags = content.sets.get("tags").into_iter().flatten();
        let mut keys = vec![
            ("id", facts.page.to_string().into()),
            ("title", plain_title(&content.title).into()),
            ("kind", kind.to_string().into()),
            ("space", facts.space.to_string().into()),
            ("audience", facts.audience.as_str().into()),
            ("tags", tags.cloned().collect()),
            ("fields", fields.into()),
        ];
        if facts.archived {
            keys.push(("archived", true.into()));
        }
        let origin = self.directory().get(facts.page);
        let origin = origin.and_then(|entry| entry.record.emerged_from);
        // Named only to those who may know of it.
        let known = origin.filter(|page| TakerTitles { app: self, taker }.title(*page).is_some());
        keys.extend(known.map(|page| (EMERGED_FROM, page.to_string().into())));
        keys
    }

    /// A page as one line. Where Markdown does not hold the text exactly, its tree stands there
    /// too, and counts.
    pub(super) fn line(&self, taker: &Taker, facts: &PageFacts, content: &PageContent) -> String {
        let titles = TakerTitles { app: self, taker };
        let keys = self.keys(taker, facts, content).into_iter();
        let mut line: Map<String, Value> =
            keys.map(|(key, value)| (key.to_owned(), value)).collect();
        let markdown = to_markdown(content, &titles);
        if from_markdown(&markdown).0 != content.body {
            line.insert("body".to_owned(), json!(content.body));
        }
        line.insert("markdown".to_owned(), markdown.into());
        self.add_origin(taker, facts, &mut line);
        let mut text = Value::Object(line).to_string();
        text.push('\n');
        text
    }

    /// Who it is from and when it was written. Log-ins are for whoever runs the server.
    fn add_origin(&self, taker: &Taker, facts: &PageFacts, line: &mut Map<String, Value>) {
        let accounts = facts
            .authors
            .iter()
            .filter_map(|person| self.accounts_view().get(*person));
        let (key, authors) = match taker {
            Taker::Operator => {
                let logins = accounts.map(|account| account.login.to_string());
                ("author", logins.collect::<Vec<_>>())
            }
            Taker::Person(_) => {
                let names = accounts.map(|account| account.name.to_string());
                ("authors", names.collect())
            }
        };
        if !authors.is_empty() {
            line.insert(key.to_owned(), authors.into());
        }
        let Some(entry) = self.directory().get(facts.page) else {
            return;
        };
        line.insert("created_at".to_owned(), time(entry.record.created_at));
        line.insert("changed_at".to_owned(), time(entry.changed_at));
        let archived = entry.record.archived_since.filter(|_| facts.archived);
        let Some(Archived { at, by }) = archived else {
            return;
        };
        line.insert("archived_at".to_owned(), time(at));
        let by = by.and_then(|person| self.accounts_view().get(person));
        if let Some(account) = by {
            let by = match taker {
                Taker::Operator => account.login.to_string(),
                Taker::Person(_) => account.name.to_string(),
            };
            line.insert("archived_by".to_owned(), by.into());
        }
    }
}

/// A time in UTC, as 2023-11-07T09:00:00Z.
fn time(at: Timestamp) -> Value {
    let at = jiff::Timestamp::from_millisecond(at.millis());
    let at = at.unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.to_string().into()
}

/// The title as one line that an import takes; empty where none was written.
pub(super) fn plain_title(title: &str) -> String {
    let hides = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let title: String = title.chars().filter(|c| !hides(*c)).collect();
    if title
        .split(|c: char| c.is_whitespace() || c.is_control())
        .all(str::is_empty)
    {
        return String::new();
    }
    title_or_placeholder(&title)
}
