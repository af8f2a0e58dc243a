//! Suggestions while a title is typed.

use denkraum_domain::{Audience, Timestamp};
use denkraum_search::{Budget, IndexedPage};

use crate::common::{Fixture, anybody, filled, page, page_with};

fn fixture() -> Fixture {
    filled(&[
        page(1, "Praxisfall Familie Yilmaz"),
        page(2, "Gute Praxis in der Kita"),
        page(3, "Runder Tisch Familienarmut"),
        page_with(4, "Protokoll", "Praxis steht nur im Text"),
    ])
}

#[test]
fn values_of_facets_are_offered_if_a_readable_page_has_them() {
    let tagged = |number, tag: &str, audience| IndexedPage {
        facets: vec![("tag".to_owned(), tag.to_owned())],
        audience,
        ..page(number, "Seite")
    };
    let fixture = filled(&[
        tagged(1, "Kita", Audience::Network),
        tagged(2, "Kinderarmut", Audience::Network),
        tagged(3, "Kirche", Audience::Draft),
    ]);
    let begun = |facet: &str, value: &str| facet == "tag" && value.starts_with("Ki");
    let found = |limit| {
        let found = fixture
            .index
            .values(begun, &anybody(), limit, &Budget::unlimited());
        found.unwrap().into_iter().map(|(_, value)| value)
    };
    assert!(found(5).eq(["Kinderarmut", "Kita"]));
    assert!(found(1).eq(["Kinderarmut"]));
}

#[test]
fn words_are_completed_wherever_they_stand_in_the_title() {
    let fixture = fixture();
    assert_eq!(
        fixture.suggested("prax", &anybody()),
        ["Praxisfall Familie Yilmaz", "Gute Praxis in der Kita"]
    );
    assert_eq!(
        fixture.suggested("Familiena", &anybody()),
        ["Runder Tisch Familienarmut"]
    );
}

#[test]
fn every_word_must_be_in_the_title() {
    let fixture = fixture();
    assert_eq!(
        fixture.suggested("Praxis Kit", &anybody()),
        ["Gute Praxis in der Kita"]
    );
    assert!(fixture.suggested("Praxis Steht", &anybody()).is_empty());
}

#[test]
fn a_slip_in_a_title_is_repaired() {
    assert_eq!(
        fixture().suggested("Prxais Kita", &anybody())[0],
        "Gute Praxis in der Kita"
    );
}

#[test]
fn nothing_typed_suggests_the_pages_changed_last() {
    let at = |number, title: &str, millis| IndexedPage {
        changed: Timestamp::from_millis(millis),
        ..page(number, title)
    };
    let fixture = filled(&[at(1, "Alt", 1), at(2, "Neu", 3), at(3, "Mittel", 2)]);
    assert_eq!(fixture.suggested("", &anybody()), ["Neu", "Mittel", "Alt"]);
    assert_eq!(fixture.suggestions("", &anybody(), 2).len(), 2);
}
