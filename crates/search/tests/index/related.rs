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
        .related(like, &anybody(), 5, |_| true, &Budget::unlimited());
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
fn the_closest_page_is_shown_even_if_it_is_one_of_the_own_space() {
    let text = "Schulfrühstück mit Brotdosen für hungrige Kinder";
    let of = |number, owner: &str, title: &str, text: &str| IndexedPage {
        space: space(owner),
        ..page_with(number, title, text)
    };
    let mut pages: Vec<IndexedPage> = (10..20)
        .map(|number| {
            of(
                number,
                "pankow",
                "Pankow",
                "Schulfrühstück, und Brotdosen packen alle",
            )
        })
        .collect();
    pages.push(of(1, "mitte", "Mitte", text));
    // So that the words tell something.
    pages.extend((100..300).map(|number| of(number, "spandau", "Anderes", "Die Mieten steigen")));
    let like = Like {
        text: text.to_owned(),
        page: None,
        space: Some(space("mitte")),
    };
    let fixture = filled(&pages);
    let found = fixture
        .index
        .related(&like, &anybody(), 3, |_| true, &Budget::unlimited());
    assert_eq!(titles(&found.unwrap()), ["Pankow", "Pankow", "Mitte"]);
}

#[test]
fn however_close_pages_of_the_own_space_are_those_of_others_come_first() {
    let text = "Schulfrühstück mit Brotdosen für hungrige Kinder vor der ersten Stunde";
    let of = |number, owner: &str, title: &str, text: &str| IndexedPage {
        space: space(owner),
        ..page_with(number, title, text)
    };
    let mut pages: Vec<IndexedPage> = (10..60)
        .map(|number| of(number, "mitte", "Schulfrühstück", text))
        .collect();
    pages.push(of(
        1,
        "pankow",
        "Pankow",
        "Schulfrühstück, und Brotdosen packen alle",
    ));
    pages.push(of(2, "spandau", "Spandau", "Die Mieten und die Wohnungen"));
    // So that the words tell something.
    pages.extend((100..300).map(|number| of(number, "spandau", "Anderes", "Die Mieten steigen")));
    let like = Like {
        text: format!("Schulfrühstück\n{text}"),
        page: Some(PageId::from_u128(10)),
        space: Some(space("mitte")),
    };
    let found = filled(&pages)
        .index
        .related(&like, &anybody(), 5, |_| true, &Budget::unlimited());
    let found = found.unwrap();
    let own = "Schulfrühstück";
    assert_eq!(titles(&found), ["Pankow", own, own, own, own]);
}

#[test]
fn what_is_hardly_like_it_comes_after_the_pages_of_the_own_space() {
    let of = |number, owner: &str, title: &str, text: &str| IndexedPage {
        space: space(owner),
        ..page_with(number, title, text)
    };
    let telling: Vec<String> = (b'a'..=b't')
        .map(|letter| format!("Wort{0}{0}{0}", char::from(letter)))
        .collect();
    let elsewhere = "Der Markt hat am Samstag offen. ".repeat(20);
    let mut pages = vec![
        of(1, "mitte", "Nah", &telling.join(" ")),
        of(
            2,
            "pankow",
            "Fern",
            &format!("{elsewhere} {}", telling[..2].join(" ")),
        ),
    ];
    pages.extend((100..160).map(|number| of(number, "spandau", "Anderes", "Die Mieten steigen")));
    let like = Like {
        text: telling.join(" "),
        page: None,
        space: Some(space("mitte")),
    };
    let found = filled(&pages)
        .index
        .related(&like, &anybody(), 5, |_| true, &Budget::unlimited());
    assert_eq!(titles(&found.unwrap()), ["Nah", "Fern"]);
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

#[test]
fn words_tell_as_much_however_often_their_pages_were_put_again() {
    let alike = |number| page_with(number, "Eine", "Schulfrühstück und Brotdosen");
    let other = |number| page_with(number, "Anderes", "Wohnungen und Mieten");
    let pages: Vec<IndexedPage> = (1..=10).map(alike).chain((11..=40).map(other)).collect();
    let fixture = filled(&pages);
    let like = Like {
        text: "Schulfrühstück und Brotdosen".to_owned(),
        page: Some(PageId::from_u128(1)),
        space: None,
    };
    for _ in 0..4 {
        let found = fixture
            .index
            .related(&like, &anybody(), 5, |_| true, &Budget::unlimited())
            .unwrap();
        assert_eq!(titles(&found), ["Eine"; 5]);
        for page in (1..=10).map(alike) {
            fixture.put(&page);
        }
        fixture.index.commit().unwrap();
    }
}
