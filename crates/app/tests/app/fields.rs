//! Fields of every type: taking, showing, emptying, linking, filtering, taking away and bringing back.

use std::collections::BTreeMap;

use denkraum_app::{ChangeError, ExportFormat, FieldError, FieldValue, PageView, SearchRequest};
use denkraum_domain::{Audience, PageId, Role};

use crate::desk::{Desk, Fields, entry, fields, list_of, many, noted, text};

#[tokio::test]
async fn every_type_is_shown_as_it_was_given_and_empty_when_it_is_emptied() {
    let mut desk = Desk::new().await;
    let next = desk.page("workshop", "Danach", Fields::new());
    let next = next.await.summary.page.id.to_string();
    for (kind, name, value) in [
        ("offer", "provider", text("Verein")),
        ("offer", "known_gaps", text("Abends\nund am Wochenende")),
        (
            "strategy",
            "coordinating_role",
            text("Koordination, OE QPK"),
        ),
        ("approach", "status", text("tried")),
        ("approach", "life_phase", many(&["daycare", "parents"])),
        ("approach", "impact_level", text("level_3")),
        (
            "approach",
            "criteria",
            noted(&[("setting", "in der Kita"), ("empowerment", "")]),
        ),
        ("milestone", "date", text("2023-07-18")),
        ("workshop", "dates", text("2023-09-11/2023-09-12")),
        ("workshop", "dates", text("2023-09-11")),
        ("offer", "families_reached", FieldValue::Number(30.0)),
        ("offer", "free_of_charge", FieldValue::Flag(false)),
        ("workshop", "next_workshop", text(&next)),
        ("strategy", "step_goals_pages", many(&[&next])),
    ] {
        let given = fields(&[(name, value)]);
        let page = desk.page(kind, name, given.clone()).await;
        assert_eq!(page.fields, given);
        desk.test.restart().await;
        assert_eq!(desk.shown(&page).await.fields, given, "{name}");
        let emptied = desk.change(&page, name, None).await.unwrap();
        assert_eq!(emptied.fields, Fields::new(), "{name}");
    }
}

/// The field and the reason that a change is refused with.
async fn refused(desk: &Desk, kind: &str, name: &str, value: FieldValue) -> (String, FieldError) {
    let page = desk.page(kind, name, Fields::new()).await;
    match desk.change(&page, name, Some(value)).await.unwrap_err() {
        ChangeError::Field { name, err } => (name, err),
        other => panic!("{name}: {other}"),
    }
}

#[tokio::test]
async fn every_type_refuses_a_value_of_another_form() {
    let desk = Desk::new().await;
    for (kind, name, value, expected) in [
        ("offer", "provider", many(&[]), "text"),
        ("approach", "status", FieldValue::Flag(true), "one"),
        ("approach", "life_phase", text("daycare"), "many"),
        (
            "approach",
            "impact_level",
            FieldValue::Number(3.0),
            "ladder",
        ),
        ("approach", "criteria", text("setting"), "criteria"),
        ("milestone", "date", text("2023-02-29"), "date"),
        (
            "workshop",
            "dates",
            text("2023-09-12/2023-09-11"),
            "date_range",
        ),
        ("workshop", "dates", text("2023-09-12/"), "date_range"),
        ("offer", "families_reached", text("30"), "number"),
        ("offer", "free_of_charge", text("ja"), "flag"),
        ("workshop", "next_workshop", many(&[]), "page_link"),
        ("strategy", "step_goals_pages", text("x"), "page_links"),
        ("strategy", "core_team", text("Team"), "list"),
    ] {
        let (place, error) = refused(&desk, kind, name, value).await;
        assert_eq!(
            (place.as_str(), error),
            (name, FieldError::Form { expected })
        );
    }
}

#[tokio::test]
async fn every_type_that_chooses_refuses_what_is_no_choice() {
    let desk = Desk::new().await;
    for (kind, name, value, choice) in [
        ("approach", "status", text("perhaps"), "perhaps"),
        ("approach", "life_phase", many(&["daycare", "x"]), "x"),
        ("approach", "impact_level", text("level_8"), "level_8"),
        ("approach", "criteria", noted(&[("luck", "")]), "luck"),
        ("workshop", "next_workshop", text("Danach"), "Danach"),
        ("strategy", "step_goals_pages", many(&["x"]), "x"),
    ] {
        let (place, error) = refused(&desk, kind, name, value).await;
        let choice = choice.to_owned();
        assert_eq!(
            (place.as_str(), error),
            (name, FieldError::Choice { choice })
        );
    }
}

#[tokio::test]
async fn numbers_keep_their_limits_and_entries_of_lists_their_parts() {
    let desk = Desk::new().await;
    let below = FieldValue::Number(-1.0);
    let (_, error) = refused(&desk, "offer", "families_reached", below).await;
    let (min, max) = (Some("0".to_owned()), None);
    assert_eq!(error, FieldError::OutOfBounds { min, max });

    let one = |id: Option<&str>, parts: &[(&str, &str)]| FieldValue::List(vec![entry(id, parts)]);
    let choice = |choice: &str| FieldError::Choice {
        choice: choice.to_owned(),
    };
    let id = |id: &str| FieldError::Entry { id: id.to_owned() };
    let many = FieldValue::List(vec![entry(None, &[]); 201]);
    let twice = FieldValue::List(vec![entry(Some("0a1b2c3d"), &[]); 2]);
    for (value, place, error) in [
        (
            one(None, &[("department", "fire")]),
            "core_team[0].department",
            choice("fire"),
        ),
        (
            one(None, &[("name", "x")]),
            "core_team[0].name",
            FieldError::Unknown,
        ),
        (one(Some("X"), &[]), "core_team", id("X")),
        (twice, "core_team", id("0a1b2c3d")),
        (many, "core_team", FieldError::TooMany { max: 200 }),
    ] {
        let told = refused(&desk, "strategy", "core_team", value).await;
        assert_eq!(told, (place.to_owned(), error));
    }
}

#[tokio::test]
async fn entries_of_a_list_keep_their_ids_while_they_are_changed_moved_and_removed() {
    let desk = Desk::new().await;
    let team = FieldValue::List(vec![
        entry(None, &[("department", "youth"), ("role", "Leitung")]),
        entry(None, &[("department", "health")]),
        entry(None, &[("role", "Freie Träger")]),
    ]);
    let given = fields(&[("core_team", team)]);
    let page = desk.page("strategy", "Team", given).await;
    let first = list_of(&page, "core_team");
    let ids: Vec<_> = first
        .iter()
        .map(|entry| entry.id.clone().unwrap())
        .collect();
    assert_eq!(
        first.first().unwrap().parts.get("role"),
        Some(&text("Leitung"))
    );

    let [one, two, three] = ids.as_slice() else {
        panic!("three entries: {ids:?}")
    };
    let changed = FieldValue::List(vec![
        entry(Some(three), &[("role", "Freie Träger")]),
        entry(Some(one), &[("role", "Planung")]),
        entry(None, &[("department", "school")]),
    ]);
    let page = desk
        .change(&page, "core_team", Some(changed))
        .await
        .unwrap();
    let second = list_of(&page, "core_team");
    let kept: Vec<_> = second
        .iter()
        .filter_map(|entry| entry.id.as_ref())
        .collect();
    assert_eq!(kept.get(..2).unwrap(), [three, one]);
    assert!(!kept.contains(&two));
    assert_eq!(
        second.get(1).unwrap().parts,
        fields(&[("role", text("Planung"))])
    );

    let emptied = desk.change(&page, "core_team", None).await.unwrap();
    assert_eq!(list_of(&emptied, "core_team"), []);
}

#[tokio::test]
async fn a_page_in_a_field_is_a_link_with_its_title_for_those_who_may_read_it() {
    let desk = Desk::new().await;
    let ruth = desk.test.person("ruth", Role::Coordinator, "lichtenberg");
    let ruth = ruth.await;
    let hidden = desk.page("workshop", "Nur für Pankow", Fields::new());
    let hidden = hidden.await.summary.page.id;
    let given = fields(&[("next_workshop", text(&hidden.to_string()))]);
    let page = desk
        .page_for(Audience::Network, "workshop", "Offen", given)
        .await;
    let titles = |page: &PageView| -> Vec<String> {
        page.links.iter().map(|link| link.title.clone()).collect()
    };
    assert_eq!(titles(&page), ["Nur für Pankow"]);
    let linked = desk
        .test
        .app
        .page(&desk.jana.actor(), hidden)
        .await
        .unwrap();
    let sentences: Vec<_> = linked.backlinks.iter().map(|link| &link.sentence).collect();
    assert_eq!(sentences, ["Nächste Lernwerkstatt: Nur für Pankow"]);
    assert!(
        desk.export(&page, ExportFormat::Html)
            .await
            .contains("Nur für Pankow")
    );

    let id = page.summary.page.id;
    let foreign = desk.test.app.page(&ruth.actor(), id).await.unwrap();
    assert_eq!(titles(&foreign), Vec::<String>::new());
    let actor = ruth.actor();
    let export = desk.test.app.export_page(&actor, id, ExportFormat::Html);
    let export = export.await.unwrap().text;
    assert!(export.contains("Seite ohne Zugang"), "{export}");
}

#[tokio::test]
async fn search_filters_by_the_facets_that_are_declared_and_lists_show_cards() {
    let desk = Desk::new().await;
    let card = fields(&[
        ("series", text("expert_input")),
        ("date", text("2023-11-16")),
    ]);
    let mut talk = card.clone();
    talk.insert("speaker_organisation".to_owned(), text("Eine Stadt"));
    let talk = desk.page("impulse", "Impuls eins", talk).await;
    let other = fields(&[("series", text("lets_talk_change"))]);
    desk.page("impulse", "Impuls zwei", other).await;
    desk.test.app.flush_search().await;
    let found = async |facet: &str, choice: &str| {
        let request = SearchRequest {
            text: "Impuls".to_owned(),
            facets: BTreeMap::from([(facet.to_owned(), vec![choice.to_owned()])]),
            limit: 10,
            ..SearchRequest::default()
        };
        let results = desk.test.app.search(&desk.jana.actor(), request).await;
        let hits = results.unwrap().hits.into_iter();
        hits.map(|hit| hit.summary).collect::<Vec<_>>()
    };
    assert_eq!(found("status", "tried").await, []);
    // What lists show is what the declaration puts on the card.
    let hits = found("series", "expert_input").await;
    let cards: Vec<_> = hits.iter().map(|hit| &hit.card).collect();
    assert_eq!(cards, [&card]);
    assert_eq!(talk.summary.card, card);
}

#[tokio::test]
async fn what_is_taken_away_as_markdown_can_be_brought_back() {
    let desk = Desk::new().await;
    let given = fields(&[
        ("agreement_state", text("signed")),
        ("agreement_date", text("2023-07-18")),
        (
            "core_team",
            FieldValue::List(vec![
                entry(
                    None,
                    &[("department", "youth"), ("role", "Leitung: \"Planung\"")],
                ),
                entry(None, &[("department", "health")]),
            ]),
        ),
        ("step_goals_pages", many(&["01hekn7k00000000000000000a"])),
    ]);
    let page = desk.page("strategy", "Pankow", given).await;
    let markdown = desk.export(&page, ExportFormat::Markdown).await;
    let fields = markdown
        .lines()
        .find_map(|line| line.strip_prefix("fields: "));
    let line = format!(
        r#"{{"id":"01hekn7k00000000000000000b","title":"Wieder da","kind":"strategy","space":"pankow","audience":"space","fields":{},"markdown":""}}"#,
        fields.unwrap()
    );
    for (replace, expected) in [(false, (1, 0)), (true, (0, 1))] {
        let report = desk
            .test
            .app
            .import(&desk.jana.actor(), &line, replace)
            .await;
        assert_eq!(
            (report.created, report.replaced),
            expected,
            "{:?}",
            report.failed
        );
        let id = PageId::parse("01hekn7k00000000000000000b").unwrap();
        let again = desk.test.app.page(&desk.jana.actor(), id).await.unwrap();
        assert_eq!(again.fields, page.fields);
    }
}
