//! Counts of facets, and choosing in them.

use denkraum_domain::TermId;
use denkraum_search::{IndexedPage, Query};

use crate::common::{anybody, filled, kind, page_with, query, space};

fn pages() -> Vec<IndexedPage> {
    let of = |number, owner: &str, of_kind: &str, fields: &[&str]| IndexedPage {
        space: space(owner),
        kind: kind(of_kind),
        facets: fields
            .iter()
            .map(|field| ("field".to_owned(), (*field).to_owned()))
            .collect(),
        ..page_with(number, "Familie", "Text")
    };
    vec![
        of(1, "mitte", "approach", &["housing", "health"]),
        of(2, "mitte", "practice_case", &["health"]),
        of(3, "pankow", "approach", &["health"]),
        of(4, "pankow", "approach", &[]),
    ]
}

fn count(values: &[(String, u64)]) -> Vec<(&str, u64)> {
    values
        .iter()
        .map(|(value, pages)| (value.as_str(), *pages))
        .collect()
}

#[test]
fn every_facet_is_counted_most_first() {
    let results = filled(&pages()).ask(&query("Familie"), &anybody());
    assert_eq!(
        count(&results.facets["space"]),
        [("mitte", 2), ("pankow", 2)]
    );
    assert_eq!(
        count(&results.facets["kind"]),
        [("approach", 3), ("practice_case", 1)]
    );
    assert_eq!(
        count(&results.facets["field"]),
        [("health", 3), ("housing", 1)]
    );
}

#[test]
fn the_counts_of_a_facet_ignore_its_own_choice_and_heed_the_others() {
    let fixture = filled(&pages());
    let chosen = Query {
        spaces: vec![space("mitte")],
        kinds: vec![kind("approach")],
        ..query("")
    };
    let results = fixture.ask(&chosen, &anybody());
    assert_eq!(results.total, 1);
    assert_eq!(
        count(&results.facets["space"]),
        [("pankow", 2), ("mitte", 1)]
    );
    assert_eq!(
        count(&results.facets["kind"]),
        [("approach", 1), ("practice_case", 1)]
    );
    assert_eq!(
        count(&results.facets["field"]),
        [("health", 1), ("housing", 1)]
    );
}

#[test]
fn several_choices_in_a_facet_mean_or() {
    let fixture = filled(&pages());
    let term = |slug: &str| TermId::parse(slug).unwrap();
    let with = |fields: &[&str]| {
        let fields = fields.iter().map(|slug| term(slug)).collect();
        fixture
            .ask(
                &Query {
                    fields,
                    ..query("Familie")
                },
                &anybody(),
            )
            .total
    };
    assert_eq!(with(&["housing"]), 1);
    assert_eq!(with(&["housing", "health"]), 3);
    assert_eq!(with(&["unknown"]), 0);
}

#[test]
fn departments_and_phases_choose_in_facets_of_their_name() {
    let page = IndexedPage {
        facets: vec![
            ("department".to_owned(), "jugend".to_owned()),
            ("phase".to_owned(), "kita".to_owned()),
        ],
        ..page_with(1, "Familie", "Text")
    };
    let fixture = filled(&[page, page_with(2, "Familie", "Text")]);
    let term = |slug: &str| vec![TermId::parse(slug).unwrap()];
    let by_department = Query {
        departments: term("jugend"),
        ..query("Familie")
    };
    let by_phase = Query {
        phases: term("kita"),
        ..query("Familie")
    };
    let crossed = Query {
        phases: term("jugend"),
        ..query("Familie")
    };
    assert_eq!(fixture.ask(&by_department, &anybody()).total, 1);
    assert_eq!(fixture.ask(&by_phase, &anybody()).total, 1);
    assert_eq!(fixture.ask(&crossed, &anybody()).total, 0);
}

#[test]
fn a_facet_of_any_name_filters_and_counts_without_its_own_choice() {
    let with = |number, status: &str| IndexedPage {
        facets: vec![("status".to_owned(), status.to_owned())],
        ..page_with(number, "Familie", "Text")
    };
    let fixture = filled(&[with(1, "tried"), with(2, "idea")]);
    let chosen = Query {
        facets: vec![("status".to_owned(), vec!["idea".to_owned()])],
        ..query("Familie")
    };
    let results = fixture.ask(&chosen, &anybody());
    assert_eq!(results.total, 1);
    assert_eq!(
        count(&results.facets["status"]),
        [("idea", 1), ("tried", 1)]
    );
}

#[test]
fn a_page_cannot_claim_another_space_by_a_facet() {
    let page = IndexedPage {
        facets: vec![("space".to_owned(), "mitte".to_owned())],
        ..page_with(1, "Familie", "Text")
    };
    let fixture = filled(&[page]);
    let results = fixture.ask(
        &Query {
            spaces: vec![space("mitte")],
            ..query("")
        },
        &anybody(),
    );
    assert_eq!(results.total, 0);
}
