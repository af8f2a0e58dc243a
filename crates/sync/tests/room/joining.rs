//! Coming to a page.

use bytes::Bytes;
use denkraum_domain::Access;
use denkraum_sync::{Effect, Input, LoadedPage, close, step1_frame};

use crate::bench::{Bench, closed, frames, heard, is_asked};
use crate::support::{self, Heard, document, type_title, whole};

fn page(update: &[u8]) -> LoadedPage {
    LoadedPage {
        updates: vec![Bytes::copy_from_slice(update)],
        upto: 1,
        ..LoadedPage::default()
    }
}

/// [S-7]
#[test]
fn nothing_of_the_document_is_sent_before_it_is_loaded() {
    let mut bench = Bench::new();
    let joined = bench.join(1, 1, Access::Edit);
    assert!(joined.contains(&Effect::Load));
    assert!(!is_asked(&joined, 1));
    assert_eq!(bench.frame(1, step1_frame(&[])), []);

    let doc = document(7);
    let update = type_title(&doc, 0, "Frühe Hilfen");
    let loaded = bench.load(page(&update));
    match &heard(&loaded, 1)[..] {
        [Heard::Step1(_), Heard::Document(state)] => {
            let copy = document(8);
            support::apply(&copy, state);
            assert_eq!(support::reading(&copy), support::reading(&doc));
        }
        other => panic!("{other:?}"),
    }
}

/// [S-7]
#[test]
fn a_step1_gets_only_what_is_lacking() {
    let doc = document(7);
    let mut update = type_title(&doc, 0, "eins");
    update = [update, Vec::new()].concat();
    let before = support::state_vector(&doc);
    let more = type_title(&doc, 4, " zwei");
    let mut bench = Bench::new();
    bench.join(1, 1, Access::Edit);
    bench.load(LoadedPage {
        updates: vec![update.into(), more.into()],
        upto: 2,
        ..LoadedPage::default()
    });
    let mut step1 = vec![0, 0, u8::try_from(before.len()).unwrap()];
    step1.extend(before);
    let answer = bench.frame(1, step1);
    match &heard(&answer, 1)[..] {
        [Heard::Document(diff)] => {
            let (written, _) = support::contents(diff);
            assert_eq!(written, (4..9).map(|clock| (7, clock)).collect());
        }
        other => panic!("{other:?}"),
    }
}

/// [S-7]
#[test]
fn deleted_text_is_not_handed_out() {
    let doc = document(7);
    let secret = type_title(&doc, 0, "Familie Yilmaz");
    let cut = support::cut_title(&doc, 0, 14);
    let mut bench = Bench::new();
    bench.join(1, 1, Access::Edit);
    bench.load(LoadedPage {
        updates: vec![secret.into(), cut.into()],
        upto: 2,
        ..LoadedPage::default()
    });
    let answer = bench.frame(1, step1_frame(&[]));
    let frame = frames(&answer, 1).concat();
    let holds = |needle: &[u8]| frame.windows(needle.len()).any(|part| part == needle);
    assert!(!holds(b"Yilmaz"), "{frame:?}");
}

/// [S-8]
#[test]
fn who_comes_while_an_update_is_under_way_never_gets_it_as_it_was_made() {
    let mut bench = Bench::open(&[1]);
    let doc = document(7);
    let secret = type_title(&doc, 0, "Familie Yilmaz");
    let cut = support::cut_title(&doc, 0, 14);
    bench.update(1, &secret);
    bench.update(1, &cut);
    bench.join(2, 2, Access::Edit);
    bench.frame(2, step1_frame(&[]));
    bench.durable(1);
    let effects = bench.durable(2);
    let copy = document(8);
    for heard in heard(&effects, 2) {
        if let Heard::Document(update) = heard {
            assert!(!update.windows(6).any(|part| part == b"Yilmaz"));
            support::apply(&copy, &update);
        }
    }
    let state = support::state_vector_sorted(&copy);
    assert_eq!(
        state,
        [],
        "only the deletion was sent with the second update"
    );
}

/// [S-8]
#[test]
fn updates_are_sent_only_to_those_whose_step1_was_answered() {
    let mut bench = Bench::open(&[1, 2]);
    bench.join(3, 3, Access::Edit);
    let update = type_title(&document(7), 0, "a");
    bench.update(1, &update);
    let effects = bench.durable(1);
    assert_eq!(heard(&effects, 2), [Heard::Document(update)]);
    assert_eq!(heard(&effects, 3), []);
    assert_eq!(heard(&bench.frame(3, step1_frame(&[])), 3).len(), 1);
}

/// [S-7]
#[test]
fn a_page_that_cannot_be_loaded_sends_everybody_away_and_stores_nothing() {
    let mut bench = Bench::new();
    bench.join(1, 1, Access::Edit);
    bench.update(1, &type_title(&document(7), 0, "a"));
    let effects = bench.give(Input::LoadFailed);
    assert_eq!(closed(&effects), [(1, close::TRY_AGAIN)]);
    assert!(effects.contains(&Effect::Stop));
    let again = bench.join(2, 1, Access::Edit);
    assert!(
        again.contains(&Effect::Load),
        "the next to come tries again"
    );
}

/// [S-7]
#[test]
fn a_snapshot_that_cannot_be_read_counts_as_not_loaded() {
    let mut bench = Bench::new();
    bench.join(1, 1, Access::Edit);
    let effects = bench.load(LoadedPage {
        snapshot: Some(Bytes::from_static(b"nonsense")),
        ..LoadedPage::default()
    });
    assert_eq!(closed(&effects), [(1, close::TRY_AGAIN)]);
}

/// [S-9]
#[test]
fn a_connection_is_told_what_it_may_do_if_it_asked_to_be() {
    let mut bench = Bench::open(&[]);
    let told = bench.join(1, 1, Access::Read);
    let words = r#"{"access":"read","reason":"role"}"#;
    assert_eq!(heard(&told, 1)[0], Heard::Access(words.to_owned()));
    let stock = bench.join_stock(2, 2);
    assert!(
        !heard(&stock, 2)
            .iter()
            .any(|heard| matches!(heard, Heard::Access(_)))
    );
}

/// [S-18]
#[test]
fn a_stored_update_without_its_base_is_left_out_until_the_base_comes() {
    let doc = document(7);
    let first = type_title(&doc, 0, "eins");
    let second = type_title(&doc, 4, " zwei");
    let mut bench = Bench::new();
    bench.join(1, 1, Access::Edit);
    bench.load(page(&second));
    let answer = bench.frame(1, step1_frame(&[]));
    assert_eq!(heard(&answer, 1), [Heard::Document(vec![0, 0])]);
    let together = denkraum_sync::durable_state(
        &support::schema(),
        &LoadedPage {
            updates: vec![second.into(), first.into()],
            upto: 2,
            ..LoadedPage::default()
        },
    );
    let copy = document(8);
    assert!(!support::apply(&copy, &together.unwrap()));
    assert_eq!(support::reading(&copy), support::reading(&doc));
    assert_eq!(whole(&copy), whole(&doc));
}
