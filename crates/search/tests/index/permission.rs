//! Nothing of a page that may not be read shows anywhere.

use denkraum_domain::{Actor, Audience, Grant, PersonId, Role, may_read_where};
use denkraum_search::{IndexedPage, Query, Reader};

use crate::common::{Fixture, anybody, filled, page_with, query, space};

const AUTHOR: PersonId = PersonId::from_u128(7);

/// One page for each audience and space, written by `AUTHOR`.
fn all_sorts() -> Vec<IndexedPage> {
    let mut pages = Vec::new();
    for audience in Audience::ALL {
        for owner in ["berlin", "mitte", "pankow"] {
            let number = u128::try_from(pages.len()).unwrap();
            let title = format!("Familie {} {owner}", audience.as_str());
            pages.push(IndexedPage {
                audience,
                space: space(owner),
                authors: vec![AUTHOR],
                facets: vec![("field".to_owned(), format!("{}-{owner}", audience.as_str()))],
                ..page_with(number, &title, "Alle Familien")
            });
        }
    }
    pages
}

fn readers() -> Vec<Reader> {
    let of = |person, spaces: &[&str]| Reader {
        person,
        member_of: spaces.iter().map(|slug| space(slug)).collect(),
        network: space("berlin"),
    };
    let other = PersonId::from_u128(8);
    vec![
        of(other, &[]),
        of(other, &["mitte"]),
        of(other, &["mitte", "pankow"]),
        of(AUTHOR, &[]),
    ]
}

/// The titles that the permission function allows.
fn allowed(pages: &[IndexedPage], reader: &Reader) -> Vec<String> {
    let grant = |space: &denkraum_domain::SpaceId| Grant {
        role: Role::Reader,
        space: Some(space.clone()),
    };
    let grants = reader.member_of.iter().map(grant).collect();
    let actor = Actor {
        person: reader.person,
        grants,
    };
    let reads = |page: &&IndexedPage| {
        let in_network = page.space == reader.network;
        let is_author = page.authors.contains(&reader.person);
        may_read_where(&actor, &page.space, in_network, page.audience, is_author)
    };
    let mut titles: Vec<String> = pages
        .iter()
        .filter(reads)
        .map(|p| p.title.clone())
        .collect();
    titles.sort();
    titles
}

fn found(fixture: &Fixture, text: &str, reader: &Reader) -> Vec<String> {
    let query = Query {
        limit: 100,
        ..query(text)
    };
    let mut titles = crate::common::titles(&fixture.ask(&query, reader));
    titles.sort();
    titles
}

#[test]
fn each_reader_finds_exactly_what_the_permission_function_allows() {
    let pages = all_sorts();
    let fixture = filled(&pages);
    for reader in readers() {
        let allowed = allowed(&pages, &reader);
        assert_eq!(found(&fixture, "Familie", &reader), allowed, "{reader:?}");
        assert_eq!(found(&fixture, "", &reader), allowed, "{reader:?}");
        let mut suggested = fixture.suggestions("Fam", &reader, 100);
        suggested.sort();
        assert_eq!(suggested, allowed, "{reader:?}");
    }
}

#[test]
fn totals_and_counts_are_of_readable_pages_only() {
    let pages = all_sorts();
    let fixture = filled(&pages);
    for reader in readers() {
        let allowed = allowed(&pages, &reader);
        for text in ["Familie", ""] {
            let results = fixture.ask(&query(text), &reader);
            let count = u64::try_from(allowed.len()).unwrap();
            assert_eq!(results.total, count);
            let fields: u64 = results.facets["field"].iter().map(|(_, pages)| pages).sum();
            assert_eq!(fields, count);
            for (value, _) in &results.facets["field"] {
                let title = format!("Familie {}", value.replace('-', " "));
                assert!(allowed.contains(&title), "{value} shows to {reader:?}");
            }
        }
    }
}

#[test]
fn choosing_a_space_does_not_open_it() {
    let fixture = filled(&all_sorts());
    let query = Query {
        spaces: vec![space("pankow")],
        ..query("Familie")
    };
    let results = fixture.ask(&query, &readers()[1]);
    assert_eq!(results.total, 2, "network and public");
    assert!(results.hits.iter().all(|hit| hit.space == space("pankow")));
}

#[test]
fn unreadable_words_neither_complete_nor_repair_nor_hinder_it() {
    let hidden = |number, text: &str| IndexedPage {
        audience: Audience::Draft,
        authors: vec![AUTHOR],
        ..page_with(number, text, text)
    };
    let mut pages: Vec<IndexedPage> = (10..40_u8)
        .map(|n| hidden(n.into(), &format!("Präzedenz{}", char::from(b'a' + n % 26))))
        .collect();
    pages.push(hidden(1, "Praxsi"));
    pages.push(page_with(2, "Offen", "Praxis und Prävention"));
    let fixture = filled(&pages);
    // The mistyped word stands in a hidden page: it is repaired all the same.
    assert_eq!(fixture.titles("Praxsi"), ["Offen"]);
    // Hidden words are frequent: the readable one is still found.
    assert_eq!(fixture.titles_typing("Prä"), ["Offen"]);
    assert!(fixture.titles_typing("Präzed").is_empty());
    assert!(fixture.suggested("Präzed", &anybody()).is_empty());
}

#[test]
fn an_author_keeps_a_page_of_a_space_they_left() {
    let page = IndexedPage {
        audience: Audience::Space,
        space: space("mitte"),
        authors: vec![PersonId::from_u128(9), AUTHOR],
        ..page_with(1, "Meine", "Seite")
    };
    let fixture = filled(&[page]);
    let author = Reader {
        person: AUTHOR,
        ..anybody()
    };
    assert_eq!(found(&fixture, "Seite", &author), ["Meine"]);
    assert!(found(&fixture, "Seite", &anybody()).is_empty());
}

#[test]
fn archived_pages_are_not_found() {
    let mut page = page_with(1, "Weg", "Familie");
    let fixture = filled(&[page.clone()]);
    assert_eq!(fixture.titles("Familie"), ["Weg"]);
    page.archived = true;
    fixture.index.put(&page).unwrap();
    fixture.index.commit().unwrap();
    assert!(fixture.titles("Familie").is_empty());
    assert_eq!(fixture.index.pages(), 0);
}
