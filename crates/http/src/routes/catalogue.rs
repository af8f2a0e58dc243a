//! What this installation is about: spaces, kinds with their fields, lists of choices.

mod overview;

use std::collections::BTreeMap;

use denkraum_app::catalogue::{self, SpaceSort};
use denkraum_domain::{Audience, Role};
use serde::Serialize;
use utoipa::ToSchema;

use crate::language::Language;
use crate::problem::RouteError;
use crate::request::Json;
use crate::session::Context;
use crate::views::Label;
use overview::Overview;

/// What this installation is about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Catalogue {
    city: City,
    /// All people and pages are invented.
    demonstration: bool,
    /// The space that belongs to all districts together.
    network: String,
    spaces: Vec<Space>,
    kinds: Vec<Kind>,
    taxonomies: BTreeMap<String, Vec<Term>>,
    roles: Vec<Term>,
    audiences: Vec<Term>,
    overview: Overview,
}

/// The city or association.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct City {
    name: String,
}

/// Who owns pages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Space {
    id: String,
    name: String,
    /// The name for narrow places.
    short: String,
    r#type: SpaceType,
    /// The official key of a district.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    key: Option<String>,
}

/// District or network.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SpaceType {
    /// One district.
    District,
    /// All of them together.
    Network,
}

/// A kind of page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Kind {
    id: String,
    label: Label,
    plural: Label,
    description: Label,
    /// The outline of its icon: the data of an SVG path on a grid of 24 by 24, without filling.
    icon: String,
    /// The hue of its colour in degrees; without one it is grey.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = u16, required = false, maximum = 359)]
    hue: Option<u16>,
    /// What a new page starts with, in Markdown; empty if it starts empty.
    template: String,
    fields: Vec<Field>,
}

/// A field of a kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Field {
    name: String,
    /// `text`, `long_text`, `role`, `one`, `many`, `ladder`, `criteria`, `date`, `date_range`,
    /// `number`, `flag`, `page_link`, `page_links` or `list`.
    #[schema(value_type = String)]
    r#type: &'static str,
    label: Label,
    /// The question that the form asks.
    question: Label,
    /// The list of its choices.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    taxonomy: Option<String>,
    /// The words that invite to answer, where the usual ones do not fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Label, required = false)]
    when_empty: Option<Label>,
    /// The filter of the search that its choices fill.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    facet: Option<String>,
    /// Whether lists show the answer in a page's line.
    card: bool,
    /// What a number counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Label, required = false)]
    unit: Option<Label>,
    /// The least number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = f64, required = false)]
    min: Option<f64>,
    /// The greatest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = f64, required = false)]
    max: Option<f64>,
    /// The kinds of page that a link leads to; none means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    kinds: Vec<String>,
    /// The parts of an entry of a list; none of them is a list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, no_recursion)]
    parts: Vec<Field>,
}

/// A choice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Term {
    id: String,
    label: Label,
}

/// Spaces, kinds with their fields, lists of choices.
#[utoipa::path(
    get,
    path = "/api/v1/catalogue",
    operation_id = "showCatalogue",
    tag = "catalogue",
    responses((status = 200, description = "The catalogue", body = Catalogue))
)]
#[tracing::instrument(name = "http.catalogue.show", skip_all)]
pub(crate) async fn handler(cx: Context) -> Result<Json<Catalogue>, RouteError> {
    let demonstration = cx.app.is_demonstration();
    Ok(Json(Catalogue::new(cx.app.catalogue(), demonstration)))
}

impl Catalogue {
    fn new(catalogue: &catalogue::Catalogue, demonstration: bool) -> Self {
        let terms = |terms: &Vec<catalogue::Term>| terms.iter().map(Term::from).collect();
        Self {
            city: City {
                name: catalogue.name.clone(),
            },
            demonstration,
            network: catalogue.network.to_string(),
            spaces: catalogue.spaces.iter().map(Space::from).collect(),
            kinds: catalogue.kinds.iter().map(Kind::from).collect(),
            taxonomies: catalogue
                .taxonomies
                .iter()
                .map(|(name, list)| (name.clone(), terms(list)))
                .collect(),
            roles: Role::ALL.into_iter().map(role).collect(),
            audiences: Audience::ALL.into_iter().map(audience).collect(),
            overview: Overview::from(&catalogue.overview),
        }
    }
}

impl From<&catalogue::Space> for Space {
    fn from(space: &catalogue::Space) -> Self {
        Self {
            id: space.id.to_string(),
            name: space.name.clone(),
            short: space.short.clone(),
            r#type: match space.sort {
                SpaceSort::District => SpaceType::District,
                SpaceSort::Network => SpaceType::Network,
            },
            key: space.key.clone(),
        }
    }
}

impl From<&catalogue::Kind> for Kind {
    fn from(kind: &catalogue::Kind) -> Self {
        Self {
            id: kind.id.to_string(),
            label: Label::from(&kind.label),
            plural: Label::from(&kind.plural),
            description: Label::from(&kind.description),
            icon: kind.icon.to_owned(),
            hue: kind.hue,
            template: kind.template.clone(),
            fields: kind.fields.iter().map(Field::from).collect(),
        }
    }
}

impl From<&catalogue::Field> for Field {
    fn from(field: &catalogue::Field) -> Self {
        Self {
            name: field.name.clone(),
            r#type: field.sort.as_str(),
            label: Label::from(&field.label),
            question: Label::from(&field.question),
            taxonomy: field.taxonomy.clone(),
            when_empty: field.when_empty.as_ref().map(Label::from),
            facet: field.facet.clone(),
            card: field.card,
            unit: field.bounds.unit.as_ref().map(Label::from),
            min: field.bounds.min,
            max: field.bounds.max,
            kinds: field.kinds.iter().map(ToString::to_string).collect(),
            parts: field.parts.iter().map(Field::from).collect(),
        }
    }
}

impl From<&catalogue::Term> for Term {
    fn from(term: &catalogue::Term) -> Self {
        Self {
            id: term.id.to_string(),
            label: Label::from(&term.label),
        }
    }
}

fn role(role: Role) -> Term {
    let (de, en) = match role {
        Role::Reader => ("Leitung", "Reader"),
        Role::Commenter => ("Fachkraft (kommentiert)", "Commenter"),
        Role::Writer => ("Fachkraft", "Writer"),
        Role::Coordinator => ("Koordination", "Coordinator"),
        Role::Facilitator => ("Prozessbegleitung", "Facilitator"),
        Role::Administrator => ("Administration", "Administrator"),
    };
    term(role.as_str(), de, en)
}

fn audience(audience: Audience) -> Term {
    let [de, en] = [Language::German, Language::English].map(|one| audience_label(audience, one));
    term(audience.as_str(), de, en)
}

/// What an audience is called.
pub(crate) const fn audience_label(audience: Audience, language: Language) -> &'static str {
    let (de, en) = match audience {
        Audience::Draft => ("Entwurf", "Draft"),
        Audience::Space => ("Bezirk", "District"),
        Audience::Network => ("alle Bezirke", "all districts"),
        Audience::Public => ("öffentlich", "public"),
    };
    match language {
        Language::German => de,
        Language::English => en,
    }
}

fn term(id: &str, de: &str, en: &str) -> Term {
    let label = Label {
        de: de.to_owned(),
        en: en.to_owned(),
    };
    Term {
        id: id.to_owned(),
        label,
    }
}
