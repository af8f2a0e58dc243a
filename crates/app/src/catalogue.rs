//! The city: its spaces, kinds of page with their fields, and taxonomies, read from `data/`.
//!
//! Nothing here knows Berlin: another city brings another folder. A wrong declaration stops the
//! start with file, line and reason.

mod field;
mod files;
mod icons;
mod overview;
mod read;
mod read_fields;
mod source;

use std::collections::BTreeMap;

use denkraum_domain::{KindId, SpaceId, TermId};

pub use field::{Bounds, Field, FieldSort};
pub use files::CityFiles;
pub use overview::{AgreementParts, DateParts, OfferParts, Overview, Shelves, Step, StrategyParts};
pub use read::read;
pub use source::CatalogueError;

/// A text in the interface's languages.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
}

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// German, when nothing else is wanted.
    #[default]
    German,
    /// English.
    English,
}

impl Label {
    /// The text in a language.
    pub fn pick(&self, language: Language) -> &str {
        match language {
            Language::German => &self.de,
            Language::English => &self.en,
        }
    }
}

/// Everything that an installation is configured to be about.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The name of the city or association.
    pub name: String,
    /// The space that belongs to all districts together.
    pub network: SpaceId,
    /// Where the map's outlines come from, with licence; shown with every map.
    pub map_source: String,
    /// The address of that licence.
    pub map_licence: String,
    /// The outlines as GeoJSON text; districts are found by the property `schluessel`.
    pub map_outlines: String,
    /// All spaces, in the order of lists.
    pub spaces: Vec<Space>,
    /// All kinds, in the order of lists.
    pub kinds: Vec<Kind>,
    /// The lists of choices, by name.
    pub taxonomies: BTreeMap<String, Vec<Term>>,
    /// What the start page and the page of a space are made of.
    pub overview: Overview,
}

/// Who owns pages.
#[derive(Clone, Debug)]
pub struct Space {
    /// The id that programs use.
    pub id: SpaceId,
    /// District or network.
    pub sort: SpaceSort,
    /// As people read it.
    pub name: String,
    /// The same for narrow places.
    pub short: String,
    /// The official key of a district, which finds its outline.
    pub key: Option<String>,
}

/// District or network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpaceSort {
    /// One district.
    District,
    /// All of them together.
    Network,
}

/// A kind of page.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The id that programs use.
    pub id: KindId,
    /// One such page.
    pub label: Label,
    /// Several.
    pub plural: Label,
    /// What it is for, in a sentence.
    pub description: Label,
    /// The outline of its icon: the data of an SVG path on a grid of 24 by 24.
    pub icon: &'static str,
    /// The hue of its colour in degrees, below 360; without one it is grey.
    pub hue: Option<u16>,
    /// What a new page starts with, in Markdown.
    pub template: String,
    /// Its fields, in the order of the form.
    pub fields: Vec<Field>,
}

impl Kind {
    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether a new page of the kind begins with this heading, so that it says nothing of a page.
    pub fn gives_heading(&self, heading: &str) -> bool {
        let mut lines = self.template.lines();
        lines.any(|line| line.trim_start_matches('#').trim() == heading && line.starts_with('#'))
    }
}

/// A choice.
#[derive(Clone, Debug)]
pub struct Term {
    /// What pages store.
    pub id: TermId,
    /// As people read it.
    pub label: Label,
}

impl Catalogue {
    /// The space with that id.
    pub fn space(&self, id: &SpaceId) -> Option<&Space> {
        self.spaces.iter().find(|space| space.id == *id)
    }

    /// The kind with that id.
    pub fn kind(&self, id: &KindId) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == *id)
    }

    /// Whether the space is the network.
    pub fn is_network(&self, id: &SpaceId) -> bool {
        self.network == *id
    }

    /// The choices of a field.
    pub fn choices(&self, field: &Field) -> &[Term] {
        let name = field.taxonomy.as_deref().unwrap_or_default();
        self.taxonomies.get(name).map_or(&[], Vec::as_slice)
    }
}
