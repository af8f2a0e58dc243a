//! Declarations of a city: what is wrong is named with file, line, reason and what is allowed.

use std::collections::BTreeMap;

use denkraum_app::catalogue::{self, Catalogue, CatalogueError, CityFiles, FieldSort};
use denkraum_testkit::berlin;

const CITY: &str = r#"
name = "Dorf"
network = "alle"
languages = ["de"]
map = { file = "map.geojson", source = "q", licence = "l" }
"#;

const SPACES: &str = r#"
[[space]]
id = "alle"
type = "network"
name = "Alle"
short = "Alle"
"#;

const TAXONOMIES: &str = r#"
[[colours]]
id = "red"
label = { de = "rot", en = "red" }

[[sizes]]
id = "small"
label = { de = "klein", en = "small" }
"#;

/// A kind; its icon stands in line 6, its hue in line 7. What follows begins in line 10.
const KIND: &str = r#"[[kind]]
id = "note"
label = { de = "a", en = "a" }
plural = { de = "a", en = "a" }
description = { de = "a", en = "a" }
icon = "flag"
hue = 345
template = ""

"#;

/// A kind with fields; the first field begins in line 10.
fn city(fields: &str) -> Result<Catalogue, CatalogueError> {
    read(village().with("kinds.toml", &format!("{KIND}{fields}")))
}

/// The files of a city, by name.
type Files = BTreeMap<String, String>;

/// A city with one of everything.
fn village() -> Files {
    let files = [
        ("city.toml", CITY),
        ("spaces.toml", SPACES),
        ("taxonomies.toml", TAXONOMIES),
        ("kinds.toml", KIND),
        ("map.geojson", "{}"),
    ];
    BTreeMap::from(files.map(|(name, text)| (name.to_owned(), text.to_owned())))
}

trait With {
    fn with(self, name: &str, text: &str) -> Self;
}

impl With for Files {
    fn with(mut self, name: &str, text: &str) -> Self {
        self.insert(name.to_owned(), text.to_owned());
        self
    }
}

fn read(files: Files) -> Result<Catalogue, CatalogueError> {
    catalogue::read(&CityFiles::new("dorf", files))
}

/// A field with these lines after its name in line 11.
fn field(lines: &str) -> String {
    format!(
        "[[kind.field]]\nname = \"f\"\n{lines}\n\
         label = {{ de = \"a\", en = \"a\" }}\nquestion = {{ de = \"a\", en = \"a\" }}\n"
    )
}

/// A list with one part of these lines; its name stands in line 17.
fn list(name: &str, lines: &str) -> String {
    format!(
        "{}\n[[kind.field.part]]\nname = \"{name}\"\nlabel = {{ de = \"a\", en = \"a\" }}\n{lines}\n",
        field("type = \"list\"")
    )
}

/// A village with this file does not start: what is told begins with the place and names these words.
fn refused(name: &str, text: &str, line: usize, parts: &[&str]) {
    let error = read(village().with(name, text)).unwrap_err().to_string();
    let place = format!("dorf/{name}:{line}: ");
    assert!(error.starts_with(&place), "{place}{error}\n{text}");
    for part in parts {
        assert!(error.contains(part), "{part} is missing: {error}");
    }
}

/// Each of these fields is refused.
fn check(cases: impl IntoIterator<Item = (String, usize, &'static [&'static str])>) {
    for (fields, line, parts) in cases {
        refused("kinds.toml", &format!("{KIND}{fields}"), line, parts);
    }
}

#[test]
fn a_wrong_name_type_or_part_names_file_line_reason_and_what_is_allowed() {
    let named = |name: &str| field("type = \"text\"").replace("\"f\"", name);
    let flat = list("p", "type = \"text\"").replace("\"list\"", "\"text\"");
    let cases: [(String, usize, &'static [&'static str]); 10] = [
        (
            field("type = \"colour\""),
            12,
            &["unknown variant `colour`", "`page_links`"],
        ),
        (
            field("type = \"text\"\nwidth = 3"),
            13,
            &["unknown field `width`", "`when_empty`"],
        ),
        (named("\"F\""), 11, &["id \"F\"", "a-z, 0-9 and _"]),
        (named("\"tags\""), 11, &["not \"tags\""]),
        (named("\"f\"").repeat(2), 16, &["\"f\" is there twice"]),
        (
            field("type = \"list\""),
            11,
            &["at least one [[kind.field.part]]"],
        ),
        (
            list("p", "type = \"list\""),
            17,
            &["cannot be of type list", "page_link"],
        ),
        (
            list("order", "type = \"text\""),
            17,
            &["not \"order\" or \"id\""],
        ),
        (
            list("p", "type = \"date\"\nfacet = true"),
            20,
            &["of a kind can be"],
        ),
        (flat, 11, &["has parts, but only list"]),
    ];
    check(cases);
}

#[test]
fn a_wrong_key_names_file_line_reason_and_what_is_allowed() {
    let chooses = |lines: &str| field(&format!("type = \"one\"\ntaxonomy = \"sizes\"\n{lines}"));
    let other = chooses("facet = \"g\"").replace("\"f\"", "\"o\"");
    let third = field("type = \"one\"\ntaxonomy = \"colours\"\nfacet = \"g\"");
    let cases: [(String, usize, &'static [&'static str]); 12] = [
        (field("type = \"ladder\""), 11, &["needs a taxonomy"]),
        (
            field("type = \"one\"\ntaxonomy = \"x\""),
            13,
            &["\"x\"", "colours, sizes"],
        ),
        (
            field("type = \"date\"\ntaxonomy = \"x\""),
            13,
            &["one, many, ladder and criteria"],
        ),
        (
            field("type = \"text\"\nfacet = true"),
            13,
            &["one, many, ladder and criteria"],
        ),
        (
            chooses("facet = \"space\""),
            14,
            &[
                "facet \"space\"",
                "not space or kind or tag or year or author",
            ],
        ),
        (chooses("facet = 3"), 14, &["true or the name"]),
        (other + &third, 21, &["facet \"g\"", "another taxonomy"]),
        (
            field("type = \"long_text\"\ncard = true"),
            13,
            &["on the card", "date_range"],
        ),
        (field("type = \"text\"\nmin = 1"), 13, &["only number"]),
        (
            field("type = \"number\"\nmin = 2\nmax = 1"),
            13,
            &["min is not above max"],
        ),
        (
            field("type = \"text\"\nkinds = [\"note\"]"),
            13,
            &["only page_link and page_links"],
        ),
        (
            field("type = \"page_link\"\nkinds = [\"x\"]"),
            13,
            &["\"x\"", "there are note"],
        ),
    ];
    check(cases);
}

#[test]
fn kinds_that_share_a_field_must_agree() {
    let second = |lines: &str| {
        let other = KIND.replace("\"note\"", "\"other\"");
        format!(
            "{}{other}{}",
            field("type = \"number\"\nmin = 1"),
            field(lines)
        )
    };
    assert!(city(&second("type = \"number\"\nmin = 1")).is_ok());
    check(["type = \"number\"", "type = \"text\""].map(|lines| {
        let reason: &[_] = &["field \"f\"", "kinds that share a field must agree"];
        // Each kind has nine lines before its field, which has six and its name in the second.
        (second(lines), 9 + 6 + 9 + 2, reason)
    }));
}

#[test]
fn a_kind_that_is_there_twice_or_looks_like_nothing_names_file_line_and_reason() {
    let cases: [(String, usize, &[&str]); 6] = [
        (KIND.repeat(2), 11, &["id \"note\" is there twice"]),
        (
            KIND.replace("\"flag\"", "\"flagge-rot\""),
            6,
            &[
                "icon \"flagge-rot\" is not there",
                "https://lucide.dev/icons",
            ],
        ),
        (
            KIND.replace("\"flag\"", "\"books\""),
            6,
            &["icon \"books\" is not there"],
        ),
        (
            KIND.replace("\"flag\"", "\"flag-red\""),
            6,
            &["similar are flag"],
        ),
        (KIND.replace("345", "360"), 7, &["hue 360", "from 0 to 359"]),
        (
            KIND.replace("345", "\"approach\""),
            7,
            &["invalid type: string \"approach\""],
        ),
    ];
    for (kinds, line, parts) in cases {
        refused("kinds.toml", &kinds, line, parts);
    }
}

#[test]
fn every_icon_of_the_list_can_be_named_and_a_kind_without_hue_is_grey() {
    let list = include_str!("../../../../data/icons.tsv");
    let names: Vec<_> = list
        .lines()
        .skip(1)
        .map(|line| line.split_once('\t'))
        .collect();
    assert!(names.len() > 1000, "{}", names.len());
    for (name, outline) in names.into_iter().map(Option::unwrap) {
        let path = |c: char| c.is_ascii_alphanumeric() || " .,-".contains(c);
        assert!(
            outline.starts_with('M') && outline.chars().all(path),
            "{name}"
        );
    }
    let kind = KIND
        .replace("\"flag\"", "\"sailboat\"")
        .replace("hue = 345\n", "");
    let city = read(village().with("kinds.toml", &kind)).unwrap();
    let kind = city.kinds.first().unwrap();
    assert!(kind.icon.starts_with('M') && kind.hue.is_none());
}

#[test]
fn wrong_choices_and_spaces_name_file_line_and_reason() {
    let again = |text: &str| format!("{text}{text}");
    refused(
        "taxonomies.toml",
        &again(TAXONOMIES),
        11,
        &["id \"red\" is there twice"],
    );
    let cases: [(&str, &str, usize, &[&str]); 3] = [
        ("\"red\"", "\"Red\"", 3, &["id \"Red\": "]),
        (
            "label = { de = \"klein\"",
            "label = { dk = \"x\"",
            8,
            &["`dk`", "`de`"],
        ),
        ("id = \"small\"\n", "", 6, &["missing field `id`"]),
    ];
    for (old, new, line, parts) in cases {
        refused(
            "taxonomies.toml",
            &TAXONOMIES.replace(old, new),
            line,
            parts,
        );
    }
    refused(
        "spaces.toml",
        &again(SPACES),
        9,
        &["id \"alle\" is there twice"],
    );
    refused(
        "spaces.toml",
        &format!("{SPACES}{}", SPACES.replace("\"alle\"", "\"zwei\"")),
        9,
        &["second space of type \"network\""],
    );
    refused(
        "spaces.toml",
        &SPACES.replace("\"network\"", "\"town\""),
        4,
        &["unknown variant `town`", "`district`"],
    );
}

#[test]
fn a_wrong_installation_names_file_line_and_reason() {
    let cases: [(&str, &str, usize, &[&str]); 5] = [
        (
            "\"alle\"",
            "\"keiner\"",
            3,
            &["network = \"keiner\" must be the one space of type \"network\""],
        ),
        (
            "\"de\"",
            "\"de\", \"pl\"",
            4,
            &["language \"pl\" is not there", "\"de\" and \"en\""],
        ),
        (
            "map.geojson",
            "other.geojson",
            5,
            &["\"other.geojson\" is not in the folder"],
        ),
        ("languages", "language", 4, &["unknown field `language`"]),
        ("name = ", "name ", 2, &[]),
    ];
    for (old, new, line, parts) in cases {
        refused("city.toml", &CITY.replace(old, new), line, parts);
    }
}

#[test]
fn a_file_that_is_missing_is_named() {
    for name in ["city.toml", "spaces.toml", "taxonomies.toml", "kinds.toml"] {
        let mut files = village();
        files.remove(name);
        let error = read(files).unwrap_err().to_string();
        assert_eq!(error, format!("dorf/{name}: the file is missing"));
    }
}

#[test]
fn every_type_can_be_declared() {
    let parts = "type = \"page_link\"\nkinds = [\"note\"]";
    let whole = list("p", parts)
        + &field("type = \"number\"\nunit = { de = \"km\", en = \"km\" }\nmin = 0\nmax = 1.5\ncard = true")
            .replace("\"f\"", "\"n\"")
        + &field("type = \"criteria\"\ntaxonomy = \"sizes\"\nfacet = true").replace("\"f\"", "\"c\"");
    let catalogue = city(&whole).unwrap();
    let kind = catalogue.kinds.first().unwrap();
    let part = kind.field("f").unwrap().parts.first().unwrap();
    assert_eq!(
        (part.sort, part.question.de.as_str()),
        (FieldSort::PageLink, "a")
    );
    let number = kind.field("n").unwrap();
    assert_eq!(
        (number.bounds.min, number.bounds.max),
        (Some(0.0), Some(1.5))
    );
    assert_eq!(kind.field("c").unwrap().facet.as_deref(), Some("c"));
}

#[test]
fn berlin_fills_the_facets_that_programs_know() {
    let catalogue = catalogue::read(&berlin()).unwrap();
    let fields = catalogue.kinds.iter().flat_map(|kind| &kind.fields);
    let facets: std::collections::BTreeSet<_> =
        fields.filter_map(|field| field.facet.as_deref()).collect();
    for facet in ["field", "department", "phase", "status"] {
        assert!(facets.contains(facet), "{facet}");
    }
}
