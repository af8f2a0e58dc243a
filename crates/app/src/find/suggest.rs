//! What fits while somebody types: titles and people.

use std::collections::HashMap;

use denkraum_domain::{Actor, PersonId};
use denkraum_search::Query;

use super::FindError;
use super::label::{AUTHOR, TAG};
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::views::{Author, PageRef, PersonRef};

/// How many titles are suggested.
const TITLES: usize = 8;
/// How many terms are suggested.
const TERMS: usize = 4;
/// How many people are suggested.
const PEOPLE: usize = 3;
/// A name is looked for from so many letters on.
const LEAST_LETTERS: usize = 2;

/// What fits what was typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// Pages whose title has words that begin so, best first.
    pub pages: Vec<PageRef>,
    /// Tags and choices of fields that have words that begin so, and that a page has which the reader
    /// may read.
    pub terms: Vec<SuggestedTerm>,
    /// People with such a name from whom there are pages that the reader may read, by name.
    pub people: Vec<Author>,
}

/// A term that pages are filed under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedTerm {
    /// The facet that it is chosen in.
    pub facet: String,
    /// What is chosen by.
    pub value: String,
    /// What people call it, where the catalogue does not say it in every language.
    pub label: String,
}

impl App {
    /// Pages by their title and people by their name. Nothing typed gives the pages changed last.
    pub async fn suggest(&self, actor: &Actor, text: &str) -> Result<Suggestions, FindError> {
        let reader = self.reader(actor);
        let typed = text.to_owned();
        let found = self
            .ask_index(move |index, given| index.suggest(&typed, &reader, TITLES, &given.budget))
            .await?;
        let pages = found
            .into_iter()
            .filter(|one| self.facts(one.id).is_some_and(|facts| !facts.archived))
            .filter_map(|one| self.reference(actor, one.id))
            .collect();
        let people = self.people_called(actor, text).await?;
        let terms = self.terms_called(actor, text).await?;
        Ok(Suggestions {
            pages,
            terms,
            people,
        })
    }

    async fn terms_called(
        &self,
        actor: &Actor,
        text: &str,
    ) -> Result<Vec<SuggestedTerm>, FindError> {
        let typed = folded(text.trim());
        if typed.chars().count() < LEAST_LETTERS {
            return Ok(Vec::new());
        }
        let labels = choice_labels(self.catalogue());
        let label = move |facet: &str, value: &str| match facet {
            TAG => Some(value.to_owned()),
            _ => labels.get(&(facet.to_owned(), value.to_owned())).cloned(),
        };
        let reader = self.reader(actor);
        let found = self.ask_index(move |index, given| {
            let is_called = |facet: &str, value: &str| {
                label(facet, value).is_some_and(|label| is_called(&label, &typed))
            };
            let found = index.values(is_called, &reader, TERMS, &given.budget)?;
            let term = |(facet, value): (String, String)| {
                let label = label(&facet, &value)?;
                Some(SuggestedTerm {
                    facet,
                    value,
                    label,
                })
            };
            Ok(found.into_iter().filter_map(term).collect())
        });
        found.await
    }

    async fn people_called(&self, actor: &Actor, text: &str) -> Result<Vec<Author>, FindError> {
        let typed = folded(text.trim());
        if typed.chars().count() < LEAST_LETTERS {
            return Ok(Vec::new());
        }
        let accounts = self.accounts_view().list().into_iter();
        let mut fitting: Vec<(PersonId, Author)> = accounts
            .filter(|account| account.active && is_called(account.name.as_str(), &typed))
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
            .ask_index(move |index, given| index.search(&Query::default(), given.asking(&reader)))
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

/// Whether a word of `name` begins with what was typed, folded.
fn is_called(name: &str, typed: &str) -> bool {
    let name = folded(name);
    name.starts_with(typed) || name.contains(&format!(" {typed}"))
}

/// The German names of the choices of all facets that fields fill.
fn choice_labels(catalogue: &Catalogue) -> HashMap<(String, String), String> {
    let fields = catalogue.kinds.iter().flat_map(|kind| &kind.fields);
    let of_facet = fields.filter_map(|field| Some((field.facet.clone()?, field)));
    let named = of_facet.flat_map(|(facet, field)| {
        let choices = catalogue.choices(field).iter();
        choices.map(move |term| ((facet.clone(), term.id.to_string()), term.label.de.clone()))
    });
    named.collect()
}

/// Lower case, with umlauts as they are also written.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")]
        .iter()
        .fold(lower, |text, (umlaut, plain)| text.replace(umlaut, plain))
}
