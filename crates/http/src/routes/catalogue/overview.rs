//! What the start page and the page of a space are made of, as JSON.

use denkraum_app::catalogue as app;
use serde::Serialize;
use utoipa::ToSchema;

use crate::views::Label;

/// What the start page and the page of a space are made of; what is missing is not shown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Overview {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = StrategyParts, required = false)]
    strategy: Option<StrategyParts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = OfferParts, required = false)]
    offers: Option<OfferParts>,
    /// The kind that stands on the line of time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    milestones: Option<String>,
    /// The kinds with a date that people come together for.
    dates: Vec<String>,
}

/// Which fields of a strategy feed which part.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StrategyParts {
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    contact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    team: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    departments: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    focus: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = AgreementParts, required = false)]
    agreement: Option<AgreementParts>,
    steps: Vec<StrategyStep>,
    /// The choices of a step that say: reached.
    reached: Vec<String>,
    /// The choices of a step that say: under way.
    under_way: Vec<String>,
    /// The fields whose question and answer are shown.
    questions: Vec<String>,
}

/// The agreement of a district.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgreementParts {
    field: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    date: Option<String>,
    /// The states that fill a district on the map.
    solid: Vec<String>,
    /// The states that hatch it.
    hatched: Vec<String>,
}

/// One step of a strategy.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StrategyStep {
    /// The field with its state.
    field: String,
    label: Label,
    /// The field that names pages about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    pages: Option<String>,
    /// The kinds of page that show what was done for it.
    kinds: Vec<String>,
}

/// The table of offers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferParts {
    kind: String,
    /// The field of the rows.
    rows: String,
    /// The field of the columns.
    columns: String,
    /// Where an empty cell is no gap.
    not_needed: Vec<Cell>,
}

/// A cell of the table; without a column the whole row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cell {
    row: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    column: Option<String>,
}

impl From<&app::Overview> for Overview {
    fn from(overview: &app::Overview) -> Self {
        let dates = overview.dates.iter();
        Self {
            strategy: overview.strategy.as_ref().map(StrategyParts::from),
            offers: overview.offers.as_ref().map(OfferParts::from),
            milestones: overview.milestones.as_ref().map(|one| one.kind.to_string()),
            dates: dates.map(|one| one.kind.to_string()).collect(),
        }
    }
}

impl From<&app::StrategyParts> for StrategyParts {
    fn from(parts: &app::StrategyParts) -> Self {
        let step = |step: &app::Step| StrategyStep {
            field: step.field.clone(),
            label: Label::from(&step.label),
            pages: step.pages.clone(),
            kinds: step.kinds.iter().map(ToString::to_string).collect(),
        };
        let agreement = |parts: &app::AgreementParts| AgreementParts {
            field: parts.field.clone(),
            date: parts.date.clone(),
            solid: parts.solid.clone(),
            hatched: parts.hatched.clone(),
        };
        Self {
            kind: parts.kind.to_string(),
            contact: parts.contact.clone(),
            team: parts.team.clone(),
            departments: parts.departments.clone(),
            focus: parts.focus.clone(),
            agreement: parts.agreement.as_ref().map(agreement),
            steps: parts.steps.iter().map(step).collect(),
            reached: parts.reached.clone(),
            under_way: parts.under_way.clone(),
            questions: parts.questions.clone(),
        }
    }
}

impl From<&app::OfferParts> for OfferParts {
    fn from(parts: &app::OfferParts) -> Self {
        let cell = |(row, column): &(String, Option<String>)| Cell {
            row: row.clone(),
            column: column.clone(),
        };
        Self {
            kind: parts.kind.to_string(),
            rows: parts.rows.clone(),
            columns: parts.columns.clone(),
            not_needed: parts.not_needed.iter().map(cell).collect(),
        }
    }
}
