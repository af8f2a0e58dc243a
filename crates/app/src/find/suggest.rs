//! What fits while somebody types: titles and people.

use std::collections::{BTreeSet, HashMap};

use denkraum_domain::{Actor, PageId};
use denkraum_search::{Query, Reader, SearchError, SearchIndex, folded};

use super::label::{AUTHOR, TAG};
use super::{FindError, Given};
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
    /// The time was up before everything was looked at: there may be more.
    pub out_of_time: bool,
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

/// What the index finds for what was typed.
#[derive(Default)]
struct Found {
    titles: Vec<PageId>,
    terms: Vec<SuggestedTerm>,
    /// From whom there are pages that the reader may read, if somebody was called so.
    authors: BTreeSet<String>,
    out_of_time: bool,
}

impl App {
    /// Pages by their title, terms and people by their name. Nothing typed gives the pages changed last.
    pub async fn suggest(&self, actor: &Actor, text: &str) -> Result<Suggestions, FindError> {
        let typed = text.to_owned();
        let name = folded(text);
        let is_name = name.chars().count() >= LEAST_LETTERS;
        let mut people = if is_name {
            self.people_called(&name)
        } else {
            Vec::new()
        };
        let labels = choice_labels(self.catalogue());
        let reader = self.reader(actor);
        let asks_authors = !people.is_empty();
        // All of it at once, within the time of one answer.
        let found = self.ask_index(move |index, given| {
            let titles = index.suggest(&typed, &reader, TITLES, &given.budget)?;
            let mut found = Found {
                titles: titles.into_iter().map(|one| one.id).collect(),
                ..Found::default()
            };
            if is_name {
                found.terms = terms_called(index, &name, &labels, &reader, given)?;
            }
            if asks_authors {
                // Only who is an author of something readable: who else is here is not for everybody.
                let all = index.search(&Query::default(), given.asking(&reader))?;
                let authors = all.facets.get(AUTHOR).into_iter().flatten();
                found.authors = authors.map(|(author, _)| author.clone()).collect();
            }
            found.out_of_time = given.budget.was_over();
            Ok(found)
        });
        let found = found.await?;
        people.retain(|one| found.authors.contains(&one.person.id.to_string()));
        people.truncate(PEOPLE);
        let titles = found.titles.into_iter();
        Ok(Suggestions {
            pages: titles
                .filter(|id| self.facts(*id).is_some_and(|facts| !facts.archived))
                .filter_map(|id| self.reference(actor, id))
                .collect(),
            terms: found.terms,
            people,
            out_of_time: found.out_of_time,
        })
    }

    fn people_called(&self, name: &str) -> Vec<Author> {
        let accounts = self.accounts_view().list().into_iter();
        accounts
            .filter(|account| account.active && is_called(account.name.as_str(), name))
            .map(|account| Author {
                person: PersonRef {
                    id: account.person,
                    name: account.name.to_string(),
                },
                label: account.label,
            })
            .collect()
    }
}

fn terms_called(
    index: &SearchIndex,
    name: &str,
    labels: &HashMap<(String, String), String>,
    reader: &Reader,
    given: &Given,
) -> Result<Vec<SuggestedTerm>, SearchError> {
    let label = |facet: &str, value: &str| match facet {
        TAG => Some(value.to_owned()),
        _ => labels.get(&(facet.to_owned(), value.to_owned())).cloned(),
    };
    let is_wanted =
        |facet: &str, value: &str| label(facet, value).is_some_and(|label| is_called(&label, name));
    let found = index.values(is_wanted, reader, TERMS, &given.budget)?;
    let term = |(facet, value): (String, String)| {
        let label = label(&facet, &value)?;
        Some(SuggestedTerm {
            facet,
            value,
            label,
        })
    };
    Ok(found.into_iter().filter_map(term).collect())
}

/// Whether a word of `name` begins with what was typed, folded.
fn is_called(name: &str, typed: &str) -> bool {
    let name = folded(name);
    let mut places = name.match_indices(typed).map(|(at, _)| name.get(..at));
    places.any(|before| before.is_some_and(|before| !before.ends_with(char::is_alphanumeric)))
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
