//! What fits while somebody types: titles and people.

use denkraum_domain::{Actor, PersonId};
use denkraum_search::Query;

use super::FindError;
use super::label::AUTHOR;
use crate::app::App;
use crate::views::{Author, PageRef, PersonRef};

/// How many titles are suggested.
const TITLES: usize = 8;
/// How many people are suggested.
const PEOPLE: usize = 3;
/// A name is looked for from so many letters on.
const LEAST_LETTERS: usize = 2;

/// What fits what was typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// Pages whose title has words that begin so, best first.
    pub pages: Vec<PageRef>,
    /// People with such a name from whom there are pages that the reader may read, by name.
    pub people: Vec<Author>,
}

impl App {
    /// Pages by their title and people by their name. Nothing typed gives the pages changed last.
    pub async fn suggest(&self, actor: &Actor, text: &str) -> Result<Suggestions, FindError> {
        let reader = self.reader(actor);
        let typed = text.to_owned();
        let found = self
            .ask_index(move |index| index.suggest(&typed, &reader, TITLES))
            .await?;
        let pages = found
            .into_iter()
            .filter(|one| self.facts(one.id).is_some_and(|facts| !facts.archived))
            .filter_map(|one| self.reference(actor, one.id))
            .collect();
        let people = self.people_called(actor, text).await?;
        Ok(Suggestions { pages, people })
    }

    async fn people_called(&self, actor: &Actor, text: &str) -> Result<Vec<Author>, FindError> {
        let typed = folded(text.trim());
        if typed.chars().count() < LEAST_LETTERS {
            return Ok(Vec::new());
        }
        let called = |name: &str| {
            let name = folded(name);
            name.starts_with(&typed) || name.contains(&format!(" {typed}"))
        };
        let accounts = self.accounts_view().list().into_iter();
        let mut fitting: Vec<(PersonId, Author)> = accounts
            .filter(|account| account.active && called(account.name.as_str()))
            .map(|account| {
                let person = PersonRef {
                    id: account.person,
                    name: account.name.to_string(),
                };
                let label = account.label;
                (account.person, Author { person, label })
            })
            .collect();
        if fitting.is_empty() {
            return Ok(Vec::new());
        }
        // Only who is an author of something readable: who else is here is not for everybody.
        let reader = self.reader(actor);
        let all = self
            .ask_index(move |index| index.search(&Query::default(), &reader))
            .await?;
        let authors = all.facets.get(AUTHOR).map(Vec::as_slice);
        let authors = authors.unwrap_or_default();
        fitting.retain(|(id, _)| {
            let id = id.to_string();
            authors.iter().any(|(author, _)| *author == id)
        });
        fitting.truncate(PEOPLE);
        Ok(fitting.into_iter().map(|(_, person)| person).collect())
    }
}

/// Lower case, with umlauts as they are also written.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")]
        .iter()
        .fold(lower, |text, (umlaut, plain)| text.replace(umlaut, plain))
}
