//! When the time is up, what was found by then is the answer, and it says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use denkraum_search::{Budget, IndexedPage, Query};

use crate::common::{Fixture, anybody, filled, page_with, query};

/// A time that is up when it was looked at so often, and how often it was.
fn looks(most: usize) -> (Budget, Arc<AtomicUsize>) {
    let looked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&looked);
    let budget = Budget::until(move || counter.fetch_add(1, Ordering::Relaxed) >= most);
    (budget, looked)
}

fn many() -> Fixture {
    let text = "Die Familie in der Kita und die Familie im Hort";
    let pages: Vec<IndexedPage> = (1..=3_000)
        .map(|number| page_with(number, "Seite", text))
        .collect();
    filled(&pages)
}

fn all_of(text: &str) -> Query {
    Query {
        limit: 5,
        ..query(text)
    }
}

#[test]
fn an_answer_in_time_is_whole_and_does_not_say_otherwise() {
    let found = many().ask_within(&all_of("Familie"), &anybody(), &Budget::unlimited());
    assert_eq!((found.total, found.out_of_time), (3_000, false));
}

#[test]
fn what_was_found_until_the_time_was_up_is_answered_and_said_to_be_cut_short() {
    let fixture = many();
    let (budget, looked) = looks(usize::MAX);
    fixture.ask_within(&all_of("Familie"), &anybody(), &Budget::unlimited());
    fixture.ask_within(&all_of("Familie"), &anybody(), &budget);
    let needed = looked.load(Ordering::Relaxed);
    let mut parts = 0;
    for most in 0..needed {
        let (budget, _) = looks(most);
        let found = fixture.ask_within(&all_of("Familie"), &anybody(), &budget);
        assert!(found.out_of_time, "{most} of {needed} looks");
        if (1..3_000).contains(&found.total) {
            parts += 1;
            assert_eq!(found.hits.len(), 5);
            assert!(found.hits.iter().all(|hit| !hit.snippet.is_empty()));
        }
    }
    assert!(parts > 0, "a part was found at least once");
}

#[test]
fn of_a_word_that_is_asked_for_for_the_first_time_a_part_is_found_as_well() {
    let words = "Anker Birne Cello Dorf Esel Feder Gabel Hafen Insel Jacke Kanne Lampe";
    let pages: Vec<IndexedPage> = (1..=3_000)
        .map(|number| page_with(number, "Seite", words))
        .collect();
    let fixture = filled(&pages);
    let mut parts = 0;
    for (most, word) in words.split(' ').enumerate() {
        let found = fixture.ask_within(&all_of(word), &anybody(), &looks(most).0);
        parts += u32::from(found.out_of_time && (1..3_000).contains(&found.total));
        // In time it is whole: no part was taken for it.
        let found = fixture.ask_within(&all_of(word), &anybody(), &Budget::unlimited());
        assert_eq!((found.total, found.out_of_time), (3_000, false), "{word}");
    }
    assert!(parts > 0, "a part was found at least once");
}

#[test]
fn a_phrase_that_stands_nowhere_does_not_hold_the_answer_up() {
    let fixture = many();
    let query = all_of("\"Hort Kita\"");
    let (budget, looked) = looks(usize::MAX);
    assert_eq!(fixture.ask_within(&query, &anybody(), &budget).total, 0);
    let needed = looked.load(Ordering::Relaxed);
    assert!(needed > 10, "the clock was looked at: {needed}");
    // Where nobody has asked for it before.
    let fixture = many();
    let (budget, looked) = looks(needed / 2);
    assert!(fixture.ask_within(&query, &anybody(), &budget).out_of_time);
    assert_eq!(looked.load(Ordering::Relaxed), needed / 2 + 1);
}

#[test]
fn without_any_time_there_is_an_answer() {
    let fixture = many();
    for text in [
        "Familie Kita Hort",
        "Famlie Kiat",
        "\"in der Kita\"",
        "familenkitahort",
        "",
    ] {
        for typing in [false, true] {
            let asked = Query {
                typing,
                ..all_of(text)
            };
            let found = fixture.ask_within(&asked, &anybody(), &looks(0).0);
            assert_eq!((found.total, found.out_of_time), (0, true), "{text}");
        }
    }
    let suggested = fixture.index.suggest("Sei", &anybody(), 5, &looks(0).0);
    assert!(suggested.unwrap().is_empty());
}
