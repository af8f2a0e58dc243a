//! Reading and checking the declarations.

use std::collections::{BTreeMap, BTreeSet};

use denkraum_domain::{KindId, SpaceId, TermId};
use serde::Deserialize;
use toml::Spanned;

use super::overview::{Known, RawOverview};
use super::read_fields::{FieldsReader, RawField};
use super::source::{CatalogueError, File};
use super::{Catalogue, CityFiles, Kind, Label, Space, SpaceSort, Term, icons};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCity {
    name: String,
    network: Spanned<String>,
    languages: Spanned<Vec<String>>,
    map: RawMap,
    #[serde(default)]
    overview: RawOverview,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMap {
    file: Spanned<String>,
    source: String,
    licence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSpaces {
    space: Vec<RawSpace>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSpace {
    id: Spanned<String>,
    #[serde(rename = "type")]
    sort: SpaceSort,
    name: String,
    short: String,
    key: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTerm {
    id: Spanned<String>,
    label: Label,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKinds {
    kind: Vec<RawKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKind {
    id: Spanned<String>,
    label: Label,
    plural: Label,
    description: Label,
    icon: Spanned<String>,
    hue: Option<Spanned<i64>>,
    #[serde(default)]
    template: String,
    #[serde(default)]
    field: Vec<RawField>,
}

/// Reads `city.toml`, `spaces.toml`, `taxonomies.toml` and `kinds.toml`.
pub fn read(files: &CityFiles) -> Result<Catalogue, CatalogueError> {
    let spaces = spaces(&File::open(files, "spaces.toml")?)?;
    let taxonomies = taxonomies(&File::open(files, "taxonomies.toml")?)?;
    let kinds = kinds(&File::open(files, "kinds.toml")?, &taxonomies)?;
    let file = File::open(files, "city.toml")?;
    let city: RawCity = file.parse()?;
    let network = spaces.iter().find(|space| space.sort == SpaceSort::Network);
    let Some(network) = network.filter(|space| space.id.as_str() == city.network.get_ref()) else {
        let reason = format!(
            "network = \"{}\" must be the one space of type \"network\" in spaces.toml",
            city.network.get_ref()
        );
        return Err(file.invalid(city.network.span().start, reason));
    };
    if let Some(other) = city
        .languages
        .get_ref()
        .iter()
        .find(|one| !["de", "en"].contains(&one.as_str()))
    {
        let reason = format!("language \"{other}\" is not there; there are \"de\" and \"en\"");
        return Err(file.invalid(city.languages.span().start, reason));
    }
    let Some(outlines) = files.get(city.map.file.get_ref()) else {
        let reason = format!(
            "the file \"{}\" is not in the folder",
            city.map.file.get_ref()
        );
        return Err(file.invalid(city.map.file.span().start, reason));
    };
    let known = Known {
        file: &file,
        kinds: &kinds,
        taxonomies: &taxonomies,
    };
    let overview = known.overview(city.overview)?;
    Ok(Catalogue {
        name: city.name,
        network: network.id.clone(),
        map_source: city.map.source,
        map_licence: city.map.licence,
        map_outlines: outlines.to_owned(),
        spaces,
        kinds,
        taxonomies,
        overview,
    })
}

fn spaces(file: &File<'_>) -> Result<Vec<Space>, CatalogueError> {
    let raw: RawSpaces = file.parse()?;
    let mut seen = BTreeSet::new();
    let mut networks = 0;
    let mut spaces = Vec::new();
    for space in raw.space {
        let id = file.id(&space.id, &mut seen, SpaceId::parse)?;
        networks += usize::from(space.sort == SpaceSort::Network);
        if networks > 1 {
            let reason = "there is a second space of type \"network\"; only one may be".to_owned();
            return Err(file.invalid(space.id.span().start, reason));
        }
        let RawSpace {
            sort,
            name,
            short,
            key,
            ..
        } = space;
        spaces.push(Space {
            id,
            sort,
            name,
            short,
            key,
        });
    }
    Ok(spaces)
}

fn taxonomies(file: &File<'_>) -> Result<BTreeMap<String, Vec<Term>>, CatalogueError> {
    let raw: BTreeMap<String, Vec<RawTerm>> = file.parse()?;
    let mut taxonomies = BTreeMap::new();
    for (name, terms) in raw {
        let mut seen = BTreeSet::new();
        let terms = terms
            .into_iter()
            .map(|term| {
                let id = file.id(&term.id, &mut seen, TermId::parse)?;
                Ok(Term {
                    id,
                    label: term.label,
                })
            })
            .collect::<Result<Vec<_>, CatalogueError>>()?;
        taxonomies.insert(name, terms);
    }
    Ok(taxonomies)
}

fn kinds(
    file: &File<'_>,
    taxonomies: &BTreeMap<String, Vec<Term>>,
) -> Result<Vec<Kind>, CatalogueError> {
    let raw: RawKinds = file.parse()?;
    let mut seen = BTreeSet::new();
    let ids: Vec<String> = raw
        .kind
        .iter()
        .map(|kind| kind.id.get_ref().clone())
        .collect();
    let mut fields_reader = FieldsReader::new(file, taxonomies, &ids);
    let mut kinds = Vec::new();
    for kind in raw.kind {
        let id = file.id(&kind.id, &mut seen, KindId::parse)?;
        let icon = icon(file, &kind.icon)?;
        let hue = kind.hue.as_ref().map(|hue| self::hue(file, hue));
        let fields = fields_reader.kind(kind.field)?;
        let RawKind {
            label,
            plural,
            description,
            template,
            ..
        } = kind;
        kinds.push(Kind {
            id,
            label,
            plural,
            description,
            icon,
            hue: hue.transpose()?,
            template,
            fields,
        });
    }
    Ok(kinds)
}

fn icon(file: &File<'_>, name: &Spanned<String>) -> Result<&'static str, CatalogueError> {
    let name_at = name.span().start;
    let name = name.get_ref();
    icons::outline(name).ok_or_else(|| file.invalid(name_at, icons::refusal(name)))
}

fn hue(file: &File<'_>, hue: &Spanned<i64>) -> Result<u16, CatalogueError> {
    let degrees = u16::try_from(*hue.get_ref()).ok();
    degrees.filter(|degrees| *degrees < 360).ok_or_else(|| {
        let reason = format!("hue {} is not a number from 0 to 359", hue.get_ref());
        file.invalid(hue.span().start, reason)
    })
}
