//! The comments of the demonstration.

use denkraum_domain::{
    AnchorPoint, CommentId, CommentText, Login, PageId, PersonId, Quote, operator,
};
use serde::Deserialize;

use super::CommentError;
use super::record::Thread;
use crate::app::App;
use crate::causes::with_causes;

/// No place in any text: the editor finds the passage by its words.
const NOWHERE: &str = "AAAA";

/// A thread as a line of the demonstration's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    page: String,
    /// The words of the passage, which stand on the page once.
    quote: String,
    said: Vec<Said>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    id: String,
    author: String,
    text: String,
}

impl App {
    /// Adds the threads that are not there yet; otherwise says which line is wrong, and why.
    pub(crate) async fn load_demo_comments(&self, text: &str) -> Result<(), (usize, String)> {
        for (index, line) in text.lines().enumerate() {
            let added = self.add_demo_thread(line).await;
            added.map_err(|reason| (index + 1, reason))?;
        }
        Ok(())
    }

    async fn add_demo_thread(&self, line: &str) -> Result<(), String> {
        let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let page = PageId::parse(&line.page).map_err(|error| error.to_string())?;
        let nowhere = || AnchorPoint::parse(NOWHERE).ok_or("no anchor");
        let mut comments = Vec::new();
        for said in &line.said {
            let id = CommentId::parse(&said.id).map_err(|error| error.to_string())?;
            let permit = operator::permit_comment(self.demo_person(&said.author)?, page);
            let text = CommentText::parse(&said.text).map_err(|error| error.to_string())?;
            comments.push((permit.clone(), self.said(&permit, id, text)));
        }
        let mut comments = comments.into_iter();
        let (permit, first) = comments.next().ok_or("nothing is said")?;
        if !self.directory().contains(page) {
            return Err(format!("there is no page {page}"));
        }
        let known = self.thread(page, first.id).await;
        if known.map_err(|error| with_causes(&error))?.is_some() {
            return Ok(());
        }
        let thread = Thread {
            start: nowhere()?,
            end: nowhere()?,
            quote: Quote::parse(&line.quote).map_err(|error| error.to_string())?,
            first,
            replies: comments.map(|(_, reply)| reply).collect(),
            resolved: None,
        };
        let begun: Result<(), CommentError> = self.begin_thread(&permit, &thread).await;
        begun.map_err(|error| with_causes(&error))
    }

    fn demo_person(&self, login: &str) -> Result<PersonId, String> {
        let parsed = Login::parse(login).map_err(|error| error.to_string())?;
        let account = self.accounts_view().by_login(&parsed);
        let account = account.ok_or_else(|| format!("there is no person {login}"))?;
        Ok(account.person)
    }
}
