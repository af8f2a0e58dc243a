//! Pages like a page or a passage.

use denkraum_domain::{Audience, PageId};
use denkraum_search::{IndexedPage, Like, Related};

use crate::common::{Fixture, anybody, filled, page_with, space};

fn fixture() -> Fixture {
    let of = |number, owner: &str, title: &str, text: &str| IndexedPage {
        space: space(owner),
        ..page_with(number, title, text)
    };
    let hidden = of(
        5,
        "pankow",
        "Versteckt",
        "Schulfrühstück und Brotdosen für hungrige Kinder",
    );
    filled(&[
        of(
            1,
            "mitte",
            "Frühstück",
            "Schulfrühstück mit Brotdosen für hungrige Kinder",
        ),
        of(
            2,
            "mitte",
            "Auch Mitte",
            "Schulfrühstück und Brotdosen in der Pause",
        ),
        of(
            3,
            "pankow",
            "Pankow",
            "Brotdosen packen: Schulfrühstück für alle",
        ),
        of(4, "pankow", "Anderes", "Wohnungen und Mieten"),
        IndexedPage {
            audience: Audience::Draft,
            ..hidden
        },
    ])
}

fn titles(found: &[Related]) -> Vec<&str> {
    found.iter().map(|related| related.title.as_str()).collect()
}

#[test]
fn pages_that_share_telling_words_are_found_other_spaces_first() {
    let found = fixture()
        .index
        .related(&Like::Page(PageId::from_u128(1)), &anybody(), 5)
        .unwrap();
    assert_eq!(titles(&found), ["Pankow", "Auch Mitte"]);
    assert!(
        found[0].shared.contains(&"Schulfrühstück".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_passage_finds_pages_too() {
    let like = Like::Passage {
        text: "Wie machen andere das mit Schulfrühstück und Brotdosen?".to_owned(),
        page: Some(PageId::from_u128(3)),
        space: Some(space("pankow")),
    };
    let found = fixture().index.related(&like, &anybody(), 5).unwrap();
    assert_eq!(found.len(), 2);
    assert!(!titles(&found).contains(&"Pankow"));
}

#[test]
fn nothing_is_like_a_page_that_one_may_not_read() {
    let hidden = Like::Page(PageId::from_u128(5));
    assert!(
        fixture()
            .index
            .related(&hidden, &anybody(), 5)
            .unwrap()
            .is_empty()
    );
}
