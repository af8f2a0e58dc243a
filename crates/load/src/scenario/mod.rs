//! What is measured, each a function that gives JSON objects.

mod durability;
mod fanout;
mod idle;
mod ingest;
mod neighbours;
mod pages;
mod probe;
mod rights;
mod saturation;

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::{LoadError, Target};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    /// One page, many people.
    Fanout,
    /// The same with carets moving.
    Carets,
    /// Many pages, two people each.
    Pages,
    /// The most edits a second that ten others get in time.
    Saturation,
    /// Many connections that do nothing.
    Idle,
    /// A real editing history put in edit by edit, then the page opened.
    Ingest,
    /// The server is killed while people type.
    Durability,
    /// A pair types beside clients that behave badly.
    Neighbours,
    /// How soon a page hears that a right was taken away.
    Rights,
}

impl Scenario {
    /// All, in the order in which they are measured, with their names.
    pub const ALL: [(&'static str, Self); 9] = [
        ("fanout", Self::Fanout),
        ("carets", Self::Carets),
        ("pages", Self::Pages),
        ("saturation", Self::Saturation),
        ("idle", Self::Idle),
        ("ingest", Self::Ingest),
        ("durability", Self::Durability),
        ("neighbours", Self::Neighbours),
        ("rights", Self::Rights),
    ];

    /// The scenario of that name.
    pub fn parse(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(known, scenario)| (known == name).then_some(scenario))
    }

    /// Its name in options and output.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(name, scenario)| (scenario == self).then_some(name))
            .unwrap_or_default()
    }
}

/// How it is measured.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long typing is measured.
    pub lasting: Duration,
    /// People (fanout, carets), pages (pages) or trials (rights); empty: as usual.
    pub counts: Vec<usize>,
    /// The file with the editing history, for ingest.
    pub history: Option<PathBuf>,
    /// Decides who types when.
    pub seed: u64,
}

impl Settings {
    fn counts_or(&self, usual: &[usize]) -> Vec<usize> {
        if self.counts.is_empty() {
            usual.to_vec()
        } else {
            self.counts.clone()
        }
    }
}

/// The names of so many pages.
fn page_names(pages: usize) -> Vec<String> {
    (0..pages).map(crate::Data::page_id).collect()
}

/// Measures one scenario on one target and hands over one object for each result.
pub async fn run(
    scenario: Scenario,
    target: &Target,
    settings: &Settings,
    put: &mut dyn FnMut(Value),
) -> Result<(), LoadError> {
    let mut put = |scenario: &str, count: usize, result: Map<String, Value>| {
        let mut line = Map::new();
        line.insert("target".to_owned(), json!(target.kind.name()));
        line.insert("scenario".to_owned(), json!(scenario));
        line.insert("n".to_owned(), json!(count));
        line.extend(result);
        put(Value::Object(line));
    };
    match scenario {
        Scenario::Fanout => fanout::run(target, settings, false, &mut put).await,
        Scenario::Carets => fanout::run(target, settings, true, &mut put).await,
        Scenario::Pages => pages::run(target, settings, &mut put).await,
        Scenario::Saturation => saturation::run(target, settings, &mut put).await,
        Scenario::Idle => idle::run(target, settings, &mut put).await,
        Scenario::Ingest => ingest::run(target, settings, &mut put).await,
        Scenario::Durability => durability::run(target, settings, &mut put).await,
        Scenario::Neighbours => neighbours::run(target, settings, &mut put).await,
        Scenario::Rights => rights::run(target, settings, &mut put).await,
    }
}

/// Takes a result: scenario, count, what was measured.
type Put<'a> = dyn FnMut(&str, usize, Map<String, Value>) + 'a;

/// The object that `json!` made.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
