//! Reading and checking the declarations.

use std::collections::{BTreeMap, BTreeSet};

use denkraum_domain::{KindId, SpaceId, TermId};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use toml::Spanned;

use super::overview::{Known, RawOverview};
use super::{Catalogue, CityFiles, Field, FieldSort, Kind, Label, Space, SpaceSort, Term};

/// Why a city cannot be started.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// A file is not there.
    #[error("{path}: the file is missing")]
    Missing {
        /// The file.
        path: String,
    },
    /// A file says something that it may not.
    #[error("{path}:{line}: {reason}")]
    Invalid {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what is allowed.
        reason: String,
    },
}

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
    icon: String,
    hue: String,
    #[serde(default)]
    template: String,
    #[serde(default)]
    field: Vec<RawField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawField {
    name: Spanned<String>,
    #[serde(rename = "type")]
    sort: FieldSort,
    taxonomy: Option<Spanned<String>>,
    label: Label,
    question: Label,
}

/// One file with the means to point at a place in it.
pub(super) struct File<'a> {
    path: String,
    text: &'a str,
}

impl<'a> File<'a> {
    fn open(files: &'a CityFiles, name: &str) -> Result<Self, CatalogueError> {
        let path = files.path_of(name);
        match files.get(name) {
            Some(text) => Ok(Self { path, text }),
            None => Err(CatalogueError::Missing { path }),
        }
    }

    fn parse<T: DeserializeOwned>(&self) -> Result<T, CatalogueError> {
        toml::from_str(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.invalid(at, error.message().to_owned())
        })
    }

    pub(super) fn invalid(&self, at: usize, reason: String) -> CatalogueError {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        CatalogueError::Invalid {
            path: self.path.clone(),
            line,
            reason,
        }
    }

    /// An id that no other entry of the list has.
    fn id<T, E: std::fmt::Display>(
        &self,
        raw: &Spanned<String>,
        seen: &mut BTreeSet<String>,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Result<T, CatalogueError> {
        let text = raw.get_ref();
        let at = raw.span().start;
        let id =
            parse(text).map_err(|error| self.invalid(at, format!("id \"{text}\": {error}")))?;
        if !seen.insert(text.clone()) {
            return Err(self.invalid(at, format!("id \"{text}\" is there twice")));
        }
        Ok(id)
    }
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
    // Kinds share fields: the document has one root for each name, so its type must agree.
    let mut shared: BTreeMap<String, (FieldSort, Option<String>)> = BTreeMap::new();
    let mut kinds = Vec::new();
    for kind in raw.kind {
        let id = file.id(&kind.id, &mut seen, KindId::parse)?;
        let mut names = BTreeSet::new();
        let mut fields = Vec::new();
        for field in kind.field {
            let at = field.name.span().start;
            let field = read_field(file, field, &mut names, taxonomies)?;
            let nature = (field.sort, field.taxonomy.clone());
            if shared
                .insert(field.name.clone(), nature.clone())
                .is_some_and(|old| old != nature)
            {
                let reason = format!(
                    "field \"{}\" has another type or taxonomy in another kind; kinds that share \
                     a field must agree",
                    field.name
                );
                return Err(file.invalid(at, reason));
            }
            fields.push(field);
        }
        let RawKind {
            label,
            plural,
            description,
            icon,
            hue,
            template,
            ..
        } = kind;
        kinds.push(Kind {
            id,
            label,
            plural,
            description,
            icon,
            hue,
            template,
            fields,
        });
    }
    Ok(kinds)
}

fn read_field(
    file: &File<'_>,
    field: RawField,
    names: &mut BTreeSet<String>,
    taxonomies: &BTreeMap<String, Vec<Term>>,
) -> Result<Field, CatalogueError> {
    let name = file.id(&field.name, names, |raw| {
        let fits = raw.len() <= 64
            && raw.starts_with(|c: char| c.is_ascii_lowercase())
            && raw
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            && raw != "tags";
        if fits {
            Ok(raw.to_owned())
        } else {
            Err("a field is named in a-z, 0-9 and _, not \"tags\"")
        }
    })?;
    let chooses = matches!(field.sort, FieldSort::One | FieldSort::Many);
    let reason = match &field.taxonomy {
        None if chooses => Some("needs a taxonomy".to_owned()),
        Some(_) if !chooses => Some("has a taxonomy, but only one and many choose".to_owned()),
        Some(list) if !taxonomies.contains_key(list.get_ref()) => {
            let known: Vec<_> = taxonomies.keys().map(String::as_str).collect();
            Some(format!(
                "taxonomy \"{}\" is not there; there are {}",
                list.get_ref(),
                known.join(", ")
            ))
        }
        _ => None,
    };
    if let Some(reason) = reason {
        return Err(file.invalid(
            field.name.span().start,
            format!("field \"{name}\": {reason}"),
        ));
    }
    Ok(Field {
        name,
        sort: field.sort,
        taxonomy: field.taxonomy.map(Spanned::into_inner),
        label: field.label,
        question: field.question,
    })
}
