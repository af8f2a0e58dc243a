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

/// A kind with fields; the first field begins in line 10.
fn city(fields: &str) -> Result<Catalogue, CatalogueError> {
    let kinds = format!(
        r#"[[kind]]
id = "note"
label = {{ de = "a", en = "a" }}
plural = {{ de = "a", en = "a" }}
description = {{ de = "a", en = "a" }}
icon = "flag"
hue = "page"
template = ""

{fields}"#
    );
    let files = [
        ("city.toml", CITY),
        ("spaces.toml", SPACES),
        ("taxonomies.toml", TAXONOMIES),
        ("kinds.toml", &kinds),
        ("map.geojson", "{}"),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
    catalogue::read(&CityFiles::new("dorf", BTreeMap::from(files)))
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

/// What is told of each wrong declaration begins with the place and names these words.
fn check(cases: impl IntoIterator<Item = (String, usize, &'static [&'static str])>) {
    for (fields, line, parts) in cases {
        let error = city(&fields).unwrap_err().to_string();
        let place = format!("dorf/kinds.toml:{line}: ");
        assert!(error.starts_with(&place), "{place}{error}\n{fields}");
        for part in parts {
            assert!(error.contains(part), "{part} is missing: {error}");
        }
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
    let second = |field: &str| {
        format!(
            "{}\n[[kind]]\nid = \"other\"\nlabel = {{ de = \"a\", en = \"a\" }}\nplural = {{ de = \
             \"a\", en = \"a\" }}\ndescription = {{ de = \"a\", en = \"a\" }}\nicon = \"flag\"\nhue \
             = \"page\"\n\n{field}",
            self::field("type = \"number\"\nmin = 1"),
        )
    };
    assert!(city(&second(&field("type = \"number\"\nmin = 1"))).is_ok());
    for lines in ["type = \"number\"", "type = \"text\""] {
        let error = city(&second(&field(lines))).unwrap_err().to_string();
        assert!(
            error.contains("kinds that share a field must agree"),
            "{error}"
        );
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
