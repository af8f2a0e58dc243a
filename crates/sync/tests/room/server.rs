//! Reading and writing by the server itself.

use denkraum_domain::PersonId;
use denkraum_sync::{EditFailure, Effect, Input, LoadedPage, ReadFailure};

use crate::bench::{Bench, appends, heard};
use crate::support::{Heard, change, document, type_title, whole};
use yrs::{Map, WriteTxn};

fn edit(token: u64, update: &[u8], create: bool) -> Input {
    Input::Edit {
        token,
        by: PersonId::from_u128(9),
        update: update.to_vec().into(),
        create,
    }
}

fn results(effects: &[Effect]) -> Vec<(u64, Result<(), EditFailure>)> {
    let results = effects.iter().filter_map(|effect| match effect {
        Effect::Edited { token, result } => Some((*token, result.clone())),
        _ => None,
    });
    results.collect()
}

/// [S-29]
#[test]
fn a_change_of_the_server_goes_the_same_way_and_is_done_when_durable() {
    let mut bench = Bench::open(&[1]);
    let update = type_title(&document(7), 0, "a");
    let effects = bench.give(edit(5, &update, false));
    assert_eq!(appends(&effects), [1]);
    assert_eq!(results(&effects), []);
    let effects = bench.durable(1);
    assert_eq!(results(&effects), [(5, Ok(()))]);
    assert_eq!(heard(&effects, 1), [Heard::Document(update)]);
}

/// [S-29]
#[test]
fn a_change_waits_for_the_page_to_be_loaded() {
    let mut bench = Bench::new();
    let update = type_title(&document(7), 0, "a");
    assert_eq!(bench.give(edit(5, &update, false)), [Effect::Load]);
    assert_eq!(appends(&bench.load(LoadedPage::default())), [1]);
    assert_eq!(results(&bench.fail(1)), [(5, Err(EditFailure::NotStored))]);
}

/// [S-29]
#[test]
fn the_server_writes_meta_and_creates_a_page_only_once() {
    let mut bench = Bench::open(&[]);
    let create = |client| {
        change(&document(client), |transaction| {
            let meta = transaction.get_or_insert_map("meta");
            meta.insert(transaction, "kind", "page");
            meta.insert(transaction, "schema", 1);
        })
    };
    bench.give(edit(1, &create(7), true));
    let twice = bench.give(edit(2, &create(8), true));
    assert_eq!(results(&twice), [(2, Err(EditFailure::Exists))]);
    assert_eq!(results(&bench.durable(1)), [(1, Ok(()))]);
    let again = bench.give(edit(3, &create(9), true));
    assert_eq!(results(&again), [(3, Err(EditFailure::Exists))]);
}

/// [S-29]
#[test]
fn the_gate_stands_before_the_server_too() {
    let mut bench = Bench::open(&[]);
    let effects = bench.give(edit(1, b"nonsense", false));
    assert!(matches!(
        &results(&effects)[..],
        [(1, Err(EditFailure::Refused(_)))]
    ));
    let doc = document(7);
    type_title(&doc, 0, "a");
    let effects = bench.give(edit(2, &type_title(&doc, 1, "b"), false));
    assert!(matches!(
        &results(&effects)[..],
        [(2, Err(EditFailure::Held(_)))]
    ));
}

/// [S-29]
#[test]
fn reading_gives_the_durable_document() {
    let mut bench = Bench::open(&[1]);
    let doc = document(7);
    bench.update(1, &type_title(&doc, 0, "a"));
    let durable = whole(&doc);
    bench.durable(1);
    bench.update(1, &type_title(&doc, 1, "b"));
    let effects = bench.give(Input::Read { token: 4 });
    let state = Ok(durable.into());
    assert_eq!(effects, [Effect::State { token: 4, state }]);
}

/// [S-29]
#[test]
fn a_question_about_a_page_that_cannot_be_loaded_is_answered() {
    let mut bench = Bench::new();
    bench.give(Input::Read { token: 4 });
    bench.give(edit(5, &[0, 0], false));
    let effects = bench.give(Input::LoadFailed);
    assert_eq!(
        effects,
        [
            Effect::State {
                token: 4,
                state: Err(ReadFailure::NotLoaded)
            },
            Effect::Edited {
                token: 5,
                result: Err(EditFailure::NotLoaded)
            },
            Effect::Stop
        ]
    );
}
