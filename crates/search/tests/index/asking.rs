//! What can be asked beyond words: operators, literal search, order; and what else is answered.

use denkraum_domain::{Audience, Timestamp};
use denkraum_search::{IndexedPage, Order, Query, Vocabulary};

use crate::common::{Fixture, anybody, filled, kind, page, page_with, query, space, titles};

fn fixture() -> Fixture {
    let in_pankow = IndexedPage {
        space: space("pankow"),
        ..page_with(
            1,
            "Kita in Pankow",
            "Hier gibt es ein Eltern-Café und Schuldnerberatung.",
        )
    };
    filled(&[
        in_pankow,
        page_with(
            2,
            "Schule",
            "Die Kita liegt nebenan. Das Elternfrühstück ist offen.",
        ),
        page_with(3, "Anderes", "Regenwetter"),
    ])
}

#[test]
fn a_minus_leaves_pages_out() {
    let fixture = fixture();
    assert_eq!(fixture.titles("Kita -Schuldnerberatung"), ["Schule"]);
    assert_eq!(fixture.titles("-Kita"), ["Anderes"]);
}

#[test]
fn an_operator_asks_for_the_title_or_the_space() {
    let fixture = fixture();
    assert_eq!(fixture.titles("titel:Kita"), ["Kita in Pankow"]);
    assert_eq!(fixture.titles("Kita bezirk:pankow"), ["Kita in Pankow"]);
    assert_eq!(fixture.titles("Kita Bezirk: Pankow"), ["Kita in Pankow"]);
    assert!(fixture.titles("Kita bezirk:spandau").is_empty());
}

#[test]
fn what_stands_behind_an_operator_is_found_while_one_types_it() {
    let pages = [
        page(1, "Das Eltern-Café am Park"),
        page(2, "Der Elternbrief"),
        IndexedPage {
            space: space("tempelhof-schoeneberg"),
            ..page(3, "Eltern am Werk")
        },
    ];
    let fixture = filled(&pages);
    let found = |text: &str| {
        let mut titles = fixture.titles_typing(text);
        titles.sort();
        titles
    };
    assert_eq!(found("titel:Elternca"), ["Das Eltern-Café am Park"]);
    assert_eq!(found("titel:Eltern-Ca"), ["Das Eltern-Café am Park"]);
    assert_eq!(found("titel: el").len(), 3);
    for begun in ["bezirk:Tem", "bezirk:Schön", "Bezirk: Tempelhof-Schö"] {
        assert_eq!(found(begun), ["Eltern am Werk"], "{begun}");
    }
    assert!(fixture.titles("bezirk:Tem").is_empty());
    assert!(found("bezirk:Tem ").is_empty());
}

#[test]
fn a_space_is_also_found_by_what_people_call_it() {
    let at = |number, slug: &str| IndexedPage {
        space: space(slug),
        ..page(number, slug)
    };
    let fixture = filled(&[at(1, "berlin"), at(2, "werft"), at(3, "kai")]);
    let found = |text: &str, typing| {
        let asked = Query {
            typing,
            space_names: vec![
                ("Berlin-weit".to_owned(), space("berlin")),
                ("Das Werftviertel".to_owned(), space("werft")),
            ],
            ..query(text)
        };
        titles(&fixture.ask(&asked, &anybody()))
    };
    for text in [
        "bezirk:Berlin-weit",
        "bezirk:Berlinweit",
        "bezirk:\"berlin weit\"",
        "bezirk:berlin",
    ] {
        assert_eq!(found(text, false), ["berlin"], "{text}");
    }
    assert_eq!(found("bezirk:Werftviertel", false), ["werft"]);
    assert_eq!(found("bezirk:werft", false), ["werft"]);
    assert_eq!(found("bezirk:Werftv", true), ["werft"]);
    assert!(found("bezirk:Werftv", false).is_empty());
    assert!(found("bezirk:viertel", false).is_empty());
}

#[test]
fn several_spaces_widen_in_whatever_way_they_are_listed() {
    let at = |number, title: &str, slug: &str| IndexedPage {
        space: space(slug),
        ..page(number, title)
    };
    let fixture = filled(&[
        at(1, "Kita am Park", "pankow"),
        at(2, "Kita am See", "treptow-koepenick"),
        at(3, "Kita am Hof", "mitte"),
        at(4, "Hort am Park", "pankow"),
    ]);
    let found = |text: &str, typing| {
        let names = [
            ("Pankow", "pankow"),
            ("Treptow-Köpenick", "treptow-koepenick"),
            ("Mitte", "mitte"),
        ];
        let asked = Query {
            typing,
            space_names: names
                .map(|(name, slug)| (name.to_owned(), space(slug)))
                .to_vec(),
            ..query(text)
        };
        let mut found = titles(&fixture.ask(&asked, &anybody()));
        found.sort();
        found
    };
    for text in [
        "Kita bezirk:Pankow bezirk:Köpenick",
        "Kita bezirk:Pankow,Köpenick",
        "Kita bezirk:Pankow, Köpenick",
        "bezirk:Pankow, Treptow-Köpenick Kita",
        "Bezirk: Pankow oder Köpenick Kita",
        "bezirk:Pankow und Treptow-Köpenick, Kita",
        "bezirk:\"Pankow\";\"Treptow-Köpenick\" Kita",
        "bezirk:pankow/treptow-koepenick Kita",
    ] {
        assert_eq!(
            found(text, false),
            ["Kita am Park", "Kita am See"],
            "{text}"
        );
    }
    let all = ["Kita am Hof", "Kita am Park", "Kita am See"];
    assert_eq!(found("Kita bezirk:Mitte, Pankow oder Köpenick", false), all);
    assert_eq!(
        found("Kita bezirk:Pankow, Köpen", true),
        ["Kita am Park", "Kita am See"]
    );
    // What is no name of a space is searched for in those that were named.
    assert_eq!(found("bezirk:Pankow, Kita", false), ["Kita am Park"]);
    assert_eq!(found("bezirk:Pankow oder Kita", false), ["Kita am Park"]);
    assert_eq!(found("bezirk:Pankow, Ki", true), ["Kita am Park"]);
}

#[test]
fn literal_search_finds_only_what_was_typed() {
    let fixture = filled(&[
        page_with(1, "Eins", "Die Familie"),
        page_with(2, "Zwei", "Viele Familien"),
        page_with(3, "Drei", "Das Familienzentrum"),
    ]);
    let literal = Query {
        literal: true,
        ..query("Familie")
    };
    assert_eq!(titles(&fixture.ask(&literal, &anybody())), ["Eins"]);
    assert_eq!(fixture.titles("Familie").len(), 3);
}

#[test]
fn a_quoted_phrase_is_found_in_another_inflection_but_its_letters_come_first() {
    let fixture = filled(&[
        page_with(1, "Gebeugt", "mit offenem Ganztag"),
        page_with(2, "Genau", "der offene Ganztag"),
    ]);
    assert_eq!(fixture.titles("\"offene Ganztag\""), ["Genau", "Gebeugt"]);
}

#[test]
fn the_page_changed_last_can_come_first() {
    let at = |number, title: &str, millis| IndexedPage {
        changed: Timestamp::from_millis(millis),
        ..page(number, title)
    };
    let fixture = filled(&[at(1, "Familie Familie", 1), at(2, "Die alte Familie", 3)]);
    let latest = Query {
        order: Order::Changed,
        ..query("Familie")
    };
    let found = titles(&fixture.ask(&latest, &anybody()));
    assert_eq!(found, ["Die alte Familie", "Familie Familie"]);
}

#[test]
fn between_equals_the_page_that_more_took_up_comes_first() {
    let taken = IndexedPage {
        adopted_by: 3,
        ..page(1, "Familie eins")
    };
    let newer = IndexedPage {
        changed: Timestamp::from_millis(9),
        ..page(2, "Familie zwei")
    };
    assert_eq!(
        filled(&[taken, newer]).titles("Familie"),
        ["Familie eins", "Familie zwei"]
    );
}

#[test]
fn former_titles_and_names_of_choices_are_found() {
    let renamed = IndexedPage {
        former_titles: vec!["Runder Tisch".to_owned()],
        labels: vec!["Praxisfall".to_owned()],
        ..page(1, "Netzwerk")
    };
    let fixture = filled(&[renamed, page(2, "Anderes")]);
    assert_eq!(fixture.titles("Tisch"), ["Netzwerk"]);
    assert_eq!(fixture.titles("Praxisfall"), ["Netzwerk"]);
}

#[test]
fn the_vocabulary_is_replaced_while_the_index_is_in_use() {
    let fixture = filled(&[page_with(1, "Gesucht", "ein Bolzplatz"), page(2, "Anderes")]);
    assert!(fixture.titles("Fußballkäfig").is_empty());
    let (vocabulary, errors) = Vocabulary::parse("Fußballkäfig = Bolzplatz");
    assert_eq!(errors, []);
    fixture.index.set_vocabulary(vocabulary);
    assert_eq!(fixture.titles("Fußballkäfige"), ["Gesucht"]);
}

#[test]
fn what_else_was_found_is_named_as_it_is_written() {
    let results = fixture().ask(&query("Elterncafé"), &anybody());
    assert_eq!(results.also_found, ["Eltern-Café", "Elternfrühstück"]);
    assert!(results.offers.is_empty());
    let as_typed = fixture().ask(&query("Eltern-Cafés"), &anybody());
    assert!(!as_typed.also_found.contains(&"Eltern-Café".to_owned()));
}

#[test]
fn what_else_was_found_is_looked_for_in_titles_and_while_one_types() {
    let fixture = filled(&[
        page_with(1, "Eltern-Café am Park", "Geöffnet ist montags."),
        page_with(2, "Elterncafés im Bezirk", "Geöffnet ist dienstags."),
    ]);
    let typing = Query {
        typing: true,
        ..query("Elternca")
    };
    assert_eq!(fixture.ask(&typing, &anybody()).also_found, ["Eltern-Café"]);
    let hyphened = fixture.ask(&query("Eltern-Café"), &anybody());
    assert_eq!(hyphened.also_found, ["Elterncafés"]);
}

#[test]
fn a_spelling_is_offered_for_a_word_that_is_nowhere() {
    let results = fixture().ask(&query("offene Schuldnerbertaung Pankow"), &anybody());
    assert_eq!(results.offers, ["offene Schuldnerberatung Pankow"]);
}

#[test]
fn the_filter_that_hides_the_most_is_named() {
    let hidden = Query {
        spaces: vec![space("spandau")],
        kinds: vec![kind("page")],
        ..query("Kita")
    };
    let results = fixture().ask(&hidden, &anybody());
    assert_eq!(
        (results.total, results.hidden_by),
        (0, vec![("space".to_owned(), 2)])
    );
}

#[test]
fn any_declared_facet_can_be_chosen_in() {
    let with = |number, year: &str| IndexedPage {
        facets: vec![("year".to_owned(), year.to_owned())],
        ..page(number, "Familie")
    };
    let fixture = filled(&[with(1, "2023"), with(2, "2024"), with(3, "2024")]);
    let chosen = Query {
        facets: vec![("year".to_owned(), vec!["2023".to_owned()])],
        ..query("Familie")
    };
    let results = fixture.ask(&chosen, &anybody());
    assert_eq!(results.total, 1);
    assert_eq!(
        results.facets["year"],
        [("2024".to_owned(), 2), ("2023".to_owned(), 1)]
    );
}

#[test]
fn a_text_that_is_too_long_says_so() {
    let fixture = fixture();
    assert!(
        fixture
            .ask(&query(&"Kita ".repeat(60)), &anybody())
            .cut_short
    );
    assert!(!fixture.ask(&query("Kita"), &anybody()).cut_short);
}

#[test]
fn words_written_in_one_and_slips_inside_compounds_are_repaired() {
    let fixture = filled(&[
        page_with(1, "Frühe", "frühe Hilfen im Kiez"),
        page_with(2, "Ranzen", "Die Kinder tragen Ranzen zur Schule."),
        page_with(3, "Anderes", "Regenwetter"),
    ]);
    assert_eq!(fixture.titles("frühehilfen"), ["Frühe"]);
    assert_eq!(fixture.titles("Schulranzn"), ["Ranzen"]);
}

#[test]
fn while_typing_a_whole_word_is_repaired_as_well_as_a_begun_one() {
    let fixture = filled(&[
        page_with(1, "Frühe", "frühe Hilfen im Kiez"),
        page_with(2, "Ranzen", "Die Kinder tragen Ranzen zur Schule."),
        page_with(3, "Beratung", "Die Schuldnerberatungen haben offen."),
    ]);
    assert_eq!(fixture.titles_typing("frühehilfen"), ["Frühe"]);
    assert_eq!(fixture.titles_typing("Schulranzn"), ["Ranzen"]);
    assert_eq!(fixture.titles_typing("Schuldnerbertaungen"), ["Beratung"]);
}

#[test]
fn a_begun_word_is_a_begun_part_of_compounds_too() {
    let fixture = filled(&[
        page_with(1, "Räder", "Die Fahrradwerkstatt hat offen."),
        page_with(2, "Anderes", "Regenwetter"),
    ]);
    assert_eq!(fixture.titles_typing("Werkst"), ["Räder"]);
    assert!(fixture.titles("Werkst").is_empty());
    let literal = Query {
        typing: true,
        literal: true,
        ..query("Fahrradwerkst")
    };
    assert_eq!(fixture.ask(&literal, &anybody()).total, 0);
}

#[test]
fn spellings_are_offered_where_nothing_is_found_and_only_of_what_one_may_read() {
    let hidden = IndexedPage {
        audience: Audience::Draft,
        ..page_with(2, "Geheim", "Nachtcafé")
    };
    let fixture = filled(&[page_with(1, "Offen", "Der Schulranzen."), hidden]);
    let offers = |text: &str, place: &str| {
        let asked = Query {
            spaces: vec![space(place)],
            ..query(text)
        };
        let results = fixture.ask(&asked, &anybody());
        (results.total, results.offers)
    };
    let found = |total| (total, vec!["Schulranzen".to_owned()]);
    assert_eq!(offers("Schulrannzn", "berlin"), found(1));
    assert_eq!(offers("Schulrannzn", "spandau"), found(0));
    assert_eq!(offers("Nachtkafe", "spandau"), (0, vec![]));
}
