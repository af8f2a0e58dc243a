//! Pages like a page or a passage.

use denkraum_domain::{Audience, PageId};
use denkraum_search::{Budget, IndexedPage, Like, Related};

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

fn alike(like: &Like) -> Vec<Related> {
    let found = fixture()
        .index
        .related(like, &anybody(), 5, &Budget::unlimited());
    found.unwrap()
}

#[test]
fn pages_that_share_telling_words_are_found_other_spaces_first() {
    let found = alike(&Like {
        text: "Frühstück\nSchulfrühstück mit Brotdosen für hungrige Kinder".to_owned(),
        page: Some(PageId::from_u128(1)),
        space: Some(space("mitte")),
    });
    assert_eq!(titles(&found), ["Pankow", "Auch Mitte"]);
    assert_eq!(found[0].shared, ["Brotdosen", "Schulfrühstück"]);
}

#[test]
fn a_passage_finds_pages_too_but_not_its_own() {
    let found = alike(&Like {
        text: "Wie machen andere das mit Schulfrühstück und Brotdosen?".to_owned(),
        page: Some(PageId::from_u128(3)),
        space: Some(space("pankow")),
    });
    let mut titles = titles(&found);
    titles.sort_unstable();
    assert_eq!(titles, ["Auch Mitte", "Frühstück"]);
}

#[test]
fn nothing_is_like_a_text_without_words() {
    assert!(alike(&Like::default()).is_empty());
}
