use std::collections::BTreeMap;
use std::fs;

use super::super::{CatalogueError, CityFiles, read};

/// Berlin with another text in place of one in `city.toml`.
fn berlin_with(old: &str, new: &str) -> Result<super::super::Catalogue, CatalogueError> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/berlin");
    let names = [
        "city.toml",
        "spaces.toml",
        "taxonomies.toml",
        "kinds.toml",
        "districts.geojson",
    ];
    let mut files: BTreeMap<_, _> = names
        .into_iter()
        .map(|name| {
            let text = fs::read_to_string(format!("{folder}/{name}")).unwrap();
            (name.to_owned(), text)
        })
        .collect();
    let city = files.get_mut("city.toml").unwrap();
    assert!(city.contains(old), "{old}");
    *city = city.replacen(old, new, 1);
    read(&CityFiles::new("city", files))
}

#[test]
fn berlin_has_all_parts() {
    let overview = berlin_with("network", "network").unwrap().overview;
    let strategy = overview.strategy.unwrap();
    assert_eq!((strategy.steps.len(), strategy.questions.len()), (5, 5));
    assert!(strategy.agreement.is_some() && strategy.contact.is_some());
    assert!(overview.offers.is_some() && overview.milestones.is_some());
    assert!(strategy.steps.iter().all(|step| step.pages.is_some()));
    assert!(!overview.shelves.district.is_empty() && !overview.shelves.network.is_empty());
    assert!(!overview.dates.is_empty());
}

#[test]
fn a_city_may_leave_everything_out() {
    let city = "[overview.shelves]\n";
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/berlin/city.toml");
    let text = fs::read_to_string(folder).unwrap();
    let all = text.split_once(city).unwrap().1.to_owned();
    let overview = berlin_with(&all, "").unwrap().overview;
    assert!(overview.strategy.is_none() && overview.offers.is_none());
    assert!(overview.shelves.district.is_empty() && overview.shelves.network.is_empty());
    assert!(overview.dates.is_empty());
}

#[test]
fn a_name_that_refers_to_nothing_stops_the_start_and_is_told_with_its_line() {
    for (old, new, told) in [
        ("kind = \"strategy\"", "kind = \"plan\"", "no such kind"),
        (
            "team = \"core_team\"",
            "team = \"crew\"",
            "has no such field",
        ),
        (
            "solid = [\"signed\"]",
            "solid = [\"sealed\"]",
            "has no such choice; it has open",
        ),
        (
            "reached = [\"reached\"]",
            "reached = [\"done\"]",
            "has no such choice",
        ),
        (
            "pages = \"step_goals_pages\"",
            "pages = \"step_goals\"",
            "the field names no pages; page_link",
        ),
        (
            "district = [\"approach\"",
            "district = [\"way\"",
            "no such kind",
        ),
        ("contact = ", "contakt = ", "unknown field `contakt`"),
    ] {
        let error = berlin_with(old, new).unwrap_err();
        let CatalogueError::Invalid { path, line, reason } = error else {
            panic!("{error}");
        };
        assert_eq!(path, "city/city.toml");
        assert!(line > 10, "{line}");
        assert!(reason.contains(told), "{reason}");
    }
}
