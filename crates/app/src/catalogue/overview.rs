//! What the start page and the page of a space are made of: which kinds of page, and which of their
//! fields. Declared in `city.toml`, so that another city may ask its strategy other questions.

use std::collections::BTreeMap;

use denkraum_domain::{KindId, SpaceId};
use serde::Deserialize;
use toml::Spanned;

use super::source::File;
use super::{CatalogueError, Field, Kind, Label, Term};

/// What the start page and the page of a space are made of. What is left out is not shown.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// The kinds that have a list on the page of a space.
    pub shelves: Shelves,
    /// The page that says where a district is heading.
    pub strategy: Option<StrategyParts>,
    /// The table of what there is for whom.
    pub offers: Option<OfferParts>,
    /// The line of time.
    pub milestones: Option<DateParts>,
    /// What has a date that people come together for.
    pub dates: Vec<DateParts>,
}

/// The kinds that have a list on the page of a space, in this order.
#[derive(Clone, Debug, Default)]
pub struct Shelves {
    /// On that of a district.
    pub district: Vec<KindId>,
    /// On that of the network.
    pub network: Vec<KindId>,
}

/// Which fields of a strategy feed which part of the page of its space.
#[derive(Clone, Debug)]
pub struct StrategyParts {
    /// Its kind.
    pub kind: KindId,
    /// Who coordinates.
    pub contact: Option<String>,
    /// Who is on the team.
    pub team: Option<String>,
    /// The offices of the team.
    pub departments: Option<String>,
    /// What the district puts first.
    pub focus: Option<String>,
    /// What was agreed.
    pub agreement: Option<AgreementParts>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The choices of a step's field that say: reached.
    pub reached: Vec<String>,
    /// The choices that say: under way.
    pub under_way: Vec<String>,
    /// The guiding questions: fields whose question and answer are shown.
    pub questions: Vec<String>,
}

/// The agreement of a district.
#[derive(Clone, Debug)]
pub struct AgreementParts {
    /// The field with its state.
    pub field: String,
    /// The field with its date.
    pub date: Option<String>,
    /// The states that fill the district on the map.
    pub solid: Vec<String>,
    /// The states that hatch it.
    pub hatched: Vec<String>,
}

/// One step of a strategy.
#[derive(Clone, Debug)]
pub struct Step {
    /// The field with its state.
    pub field: String,
    /// How it is called.
    pub label: Label,
    /// The field that names pages about it.
    pub pages: Option<String>,
    /// The kinds of page that show what was done for it.
    pub kinds: Vec<KindId>,
}

/// Which fields of an offer are the rows and columns of the table.
#[derive(Clone, Debug)]
pub struct OfferParts {
    /// Its kind.
    pub kind: KindId,
    /// The field of the rows.
    pub rows: String,
    /// The field of the columns.
    pub columns: String,
    /// Row and column where nobody misses anything; without a column the whole row.
    pub not_needed: Vec<(String, Option<String>)>,
}

/// Which fields of a kind say when it is.
#[derive(Clone, Debug)]
pub struct DateParts {
    /// Its kind.
    pub kind: KindId,
    /// The first day.
    pub date: String,
    /// The last day.
    pub end: Option<String>,
    /// The field that lists the spaces which take part.
    pub spaces: Option<String>,
}

/// The table as it stands in the file.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOverview {
    #[serde(default)]
    shelves: RawShelves,
    strategy: Option<RawStrategy>,
    offers: Option<RawOffers>,
    milestones: Option<RawDates>,
    #[serde(default)]
    date: Vec<RawDates>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawShelves {
    #[serde(default)]
    district: Vec<Spanned<String>>,
    #[serde(default)]
    network: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStrategy {
    kind: Spanned<String>,
    contact: Option<Spanned<String>>,
    team: Option<Spanned<String>>,
    departments: Option<Spanned<String>>,
    focus: Option<Spanned<String>>,
    agreement: Option<RawAgreement>,
    #[serde(default)]
    reached: Vec<Spanned<String>>,
    #[serde(default)]
    under_way: Vec<Spanned<String>>,
    #[serde(default)]
    step: Vec<RawStep>,
    #[serde(default)]
    questions: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAgreement {
    field: Spanned<String>,
    date: Option<Spanned<String>>,
    #[serde(default)]
    solid: Vec<Spanned<String>>,
    #[serde(default)]
    hatched: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    field: Spanned<String>,
    label: Option<Label>,
    pages: Option<Spanned<String>>,
    #[serde(default)]
    kinds: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOffers {
    kind: Spanned<String>,
    rows: Spanned<String>,
    columns: Spanned<String>,
    #[serde(default)]
    not_needed: Vec<RawCell>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCell {
    row: Spanned<String>,
    column: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDates {
    kind: Spanned<String>,
    date: Spanned<String>,
    end: Option<Spanned<String>>,
    spaces: Option<Spanned<String>>,
}

/// What the names in the table refer to.
pub(super) struct Known<'a> {
    pub(super) file: &'a File<'a>,
    pub(super) kinds: &'a [Kind],
    pub(super) taxonomies: &'a BTreeMap<String, Vec<Term>>,
}

type Read<T> = Result<T, CatalogueError>;

impl Known<'_> {
    /// Checks every name of the table.
    pub(super) fn overview(&self, raw: RawOverview) -> Read<Overview> {
        Ok(Overview {
            shelves: Shelves {
                district: self.kind_ids(&raw.shelves.district)?,
                network: self.kind_ids(&raw.shelves.network)?,
            },
            strategy: raw.strategy.map(|one| self.strategy(one)).transpose()?,
            offers: raw.offers.map(|one| self.offers(&one)).transpose()?,
            milestones: raw.milestones.map(|one| self.dates(&one)).transpose()?,
            dates: raw
                .date
                .iter()
                .map(|one| self.dates(one))
                .collect::<Read<_>>()?,
        })
    }

    fn strategy(&self, raw: RawStrategy) -> Read<StrategyParts> {
        let kind = self.kind(&raw.kind)?;
        let optional = |name: &Option<Spanned<String>>| self.optional(kind, name.as_ref());
        let agreement = raw.agreement.map(|one| self.agreement(kind, &one));
        let mut steps = Vec::new();
        for step in raw.step {
            let field = self.field(kind, &step.field)?;
            for state in raw.reached.iter().chain(&raw.under_way) {
                self.choice(field, state)?;
            }
            steps.push(Step {
                field: field.name.clone(),
                label: step.label.unwrap_or_else(|| field.label.clone()),
                pages: self.pages(kind, step.pages.as_ref())?,
                kinds: self.kind_ids(&step.kinds)?,
            });
        }
        Ok(StrategyParts {
            kind: kind.id.clone(),
            contact: optional(&raw.contact)?,
            team: optional(&raw.team)?,
            departments: optional(&raw.departments)?,
            focus: optional(&raw.focus)?,
            agreement: agreement.transpose()?,
            steps,
            reached: texts(&raw.reached),
            under_way: texts(&raw.under_way),
            questions: raw
                .questions
                .iter()
                .map(|name| Ok(self.field(kind, name)?.name.clone()))
                .collect::<Read<_>>()?,
        })
    }

    fn agreement(&self, kind: &Kind, raw: &RawAgreement) -> Read<AgreementParts> {
        let field = self.field(kind, &raw.field)?;
        for state in raw.solid.iter().chain(&raw.hatched) {
            self.choice(field, state)?;
        }
        Ok(AgreementParts {
            field: field.name.clone(),
            date: self.optional(kind, raw.date.as_ref())?,
            solid: texts(&raw.solid),
            hatched: texts(&raw.hatched),
        })
    }

    fn offers(&self, raw: &RawOffers) -> Read<OfferParts> {
        let kind = self.kind(&raw.kind)?;
        let (rows, columns) = (
            self.field(kind, &raw.rows)?,
            self.field(kind, &raw.columns)?,
        );
        let mut not_needed = Vec::new();
        for cell in &raw.not_needed {
            self.choice(rows, &cell.row)?;
            if let Some(column) = &cell.column {
                self.choice(columns, column)?;
            }
            let column = cell.column.as_ref().map(|one| one.get_ref().clone());
            not_needed.push((cell.row.get_ref().clone(), column));
        }
        Ok(OfferParts {
            kind: kind.id.clone(),
            rows: rows.name.clone(),
            columns: columns.name.clone(),
            not_needed,
        })
    }

    fn dates(&self, raw: &RawDates) -> Read<DateParts> {
        let kind = self.kind(&raw.kind)?;
        let spaces = raw.spaces.as_ref().map(|name| {
            let field = self.field(kind, name)?;
            let strange = self.choices(field).iter().find(|term| {
                // A space that takes part is found by its id.
                SpaceId::parse(term.id.as_str()).is_err()
            });
            match strange {
                Some(term) => Err(self.invalid(name, &format!("\"{}\" is no space", term.id))),
                None => Ok(field.name.clone()),
            }
        });
        Ok(DateParts {
            kind: kind.id.clone(),
            date: self.field(kind, &raw.date)?.name.clone(),
            end: self.optional(kind, raw.end.as_ref())?,
            spaces: spaces.transpose()?,
        })
    }

    fn kind(&self, name: &Spanned<String>) -> Read<&Kind> {
        let found = self
            .kinds
            .iter()
            .find(|kind| kind.id.as_str() == name.get_ref());
        found.ok_or_else(|| {
            let known: Vec<_> = self.kinds.iter().map(|kind| kind.id.as_str()).collect();
            let reason = format!("there is no such kind; there are {}", known.join(", "));
            self.invalid(name, &reason)
        })
    }

    fn kind_ids(&self, names: &[Spanned<String>]) -> Read<Vec<KindId>> {
        names
            .iter()
            .map(|name| Ok(self.kind(name)?.id.clone()))
            .collect()
    }

    fn field<'k>(&self, kind: &'k Kind, name: &Spanned<String>) -> Read<&'k Field> {
        kind.field(name.get_ref()).ok_or_else(|| {
            let known: Vec<_> = kind
                .fields
                .iter()
                .map(|field| field.name.as_str())
                .collect();
            let reason = format!(
                "the kind \"{}\" has no such field; it has {}",
                kind.id,
                known.join(", ")
            );
            self.invalid(name, &reason)
        })
    }

    fn optional(&self, kind: &Kind, name: Option<&Spanned<String>>) -> Read<Option<String>> {
        name.map(|name| Ok(self.field(kind, name)?.name.clone()))
            .transpose()
    }

    /// A field that names pages.
    fn pages(&self, kind: &Kind, name: Option<&Spanned<String>>) -> Read<Option<String>> {
        let Some(name) = name else {
            return Ok(None);
        };
        let field = self.field(kind, name)?;
        if !field.sort.links() {
            let reason = "the field names no pages; page_link and page_links do";
            return Err(self.invalid(name, reason));
        }
        Ok(Some(field.name.clone()))
    }

    fn choices(&self, field: &Field) -> &[Term] {
        let list = field.taxonomy.as_deref().unwrap_or_default();
        self.taxonomies.get(list).map_or(&[], Vec::as_slice)
    }

    fn choice(&self, field: &Field, name: &Spanned<String>) -> Read<()> {
        let terms = self.choices(field);
        if terms.iter().any(|term| term.id.as_str() == name.get_ref()) {
            return Ok(());
        }
        let known: Vec<_> = terms.iter().map(|term| term.id.as_str()).collect();
        let reason = format!(
            "field \"{}\" has no such choice; it has {}",
            field.name,
            known.join(", ")
        );
        Err(self.invalid(name, &reason))
    }

    fn invalid(&self, name: &Spanned<String>, reason: &str) -> CatalogueError {
        let reason = format!("\"{}\": {reason}", name.get_ref());
        self.file.invalid(name.span().start, reason)
    }
}

fn texts(names: &[Spanned<String>]) -> Vec<String> {
    names.iter().map(|name| name.get_ref().clone()).collect()
}

#[cfg(test)]
mod tests;
