//! When nothing happens: passing on, compacting, leaving.

use denkraum_domain::Access;
use denkraum_sync::{Effect, Input, LoadedPage, close};

use crate::bench::{Bench, appends, closed};
use crate::support::{add_paragraph, document, type_title, whole};

fn projected(effects: &[Effect]) -> Vec<u64> {
    let positions = effects.iter().filter_map(|effect| match effect {
        Effect::Project { upto, .. } => Some(*upto),
        _ => None,
    });
    positions.collect()
}

/// [S-31]
#[test]
fn a_page_is_passed_on_when_it_has_rested_for_600_milliseconds() {
    let mut bench = Bench::open(&[1]);
    let doc = document(7);
    bench.update(1, &type_title(&doc, 0, "a"));
    bench.durable(1);
    assert_eq!(bench.pass(599), []);
    let effects = bench.pass(1);
    assert_eq!(projected(&effects), [1]);
    assert_eq!(projected(&bench.pass(5_000)), [0; 0], "once");
}

/// [S-31]
#[test]
fn while_typing_goes_on_a_page_is_passed_on_every_two_and_a_half_seconds() {
    let mut bench = Bench::open(&[1]);
    let doc = document(7);
    let mut times = Vec::new();
    for append in 1..=70 {
        bench.update(1, &type_title(&doc, 0, "a"));
        bench.durable(append);
        if !projected(&bench.pass(100)).is_empty() {
            times.push(append * 100);
        }
    }
    assert_eq!(times, [2_500, 5_000]);
}

/// [S-32]
#[test]
fn a_page_is_compacted_after_many_updates() {
    let mut bench = Bench::open(&[1]);
    let doc = document(7);
    for append in 1..=500 {
        bench.update(1, &add_paragraph(&doc, 0, "a"));
        let effects = bench.durable(append);
        let compacted = effects.iter().find_map(|effect| match effect {
            Effect::Compact {
                upto,
                owners,
                state,
            } => Some((*upto, owners.clone(), state.clone())),
            _ => None,
        });
        assert_eq!(compacted.is_some(), append == 500, "at {append}");
        if let Some((upto, owners, state)) = compacted {
            assert_eq!(upto, 500);
            assert_eq!(owners[..], [(7, denkraum_domain::PersonId::from_u128(1))]);
            assert_eq!(state[..], whole(&doc));
        }
    }
}

/// At which appends a page is compacted that begins with a snapshot of so many letters.
fn compacted_at(letters: usize, compact_at_most: u64) -> (Vec<u64>, usize, Vec<usize>) {
    let mut bench = Bench::with(|config| {
        config.limits.compact_after = 5;
        config.limits.compact_at_most = compact_at_most;
    });
    let doc = document(7);
    type_title(&doc, 0, &"€".repeat(letters));
    let snapshot = bytes::Bytes::from(whole(&doc));
    let stored = snapshot.len();
    bench.give(Input::Read { token: 0 });
    bench.join(1, 1, Access::Edit);
    bench.load(LoadedPage {
        snapshot: Some(snapshot),
        upto: 1,
        ..LoadedPage::default()
    });
    bench.frame(1, denkraum_sync::step1_frame(&[]));
    let (mut compacted, mut lengths) = (Vec::new(), Vec::new());
    for append in 1..=100 {
        let update = type_title(&doc, 0, "b");
        lengths.push(update.len());
        bench.update(1, &update);
        let effects = bench.durable(append);
        let compacts = |effect: &Effect| matches!(effect, Effect::Compact { .. });
        if effects.iter().any(compacts) {
            compacted.push(append);
        }
    }
    (compacted, stored, lengths)
}

/// [S-32]
#[test]
fn a_large_page_is_not_compacted_for_a_few_letters() {
    let (compacted, stored, lengths) = compacted_at(250, u64::MAX);
    let first = usize::try_from(compacted[0]).unwrap();
    let before: usize = lengths[..first - 1].iter().sum();
    assert!(first > 7, "{compacted:?}");
    assert!(4 * before < stored && 4 * (before + lengths[first - 1]) >= stored);
    assert_eq!(compacted_at(250, 7).0[0], 7, "however large it is");
    assert_eq!(compacted_at(1, u64::MAX).0[0], 5);
}

/// [S-32]
#[test]
fn an_empty_room_passes_on_compacts_and_stops_after_a_while() {
    let mut bench = Bench::open(&[1]);
    bench.update(1, &type_title(&document(7), 0, "a"));
    bench.give(Input::Leave { conn: 1 });
    assert_eq!(bench.pass(10_000), [], "an append is under way");
    bench.durable(1);
    let effects = bench.pass(5_000);
    assert!(matches!(
        &effects[..],
        [
            Effect::Project { .. },
            Effect::Compact { upto: 1, .. },
            Effect::Stop
        ]
    ));
}

/// [S-32]
#[test]
fn a_room_that_somebody_enters_in_time_goes_on() {
    let mut bench = Bench::open(&[1]);
    bench.give(Input::Leave { conn: 1 });
    bench.pass(4_999);
    bench.join(2, 2, Access::Edit);
    assert_eq!(bench.pass(1), []);
    bench.give(Input::Leave { conn: 2 });
    assert_eq!(bench.pass(5_000), [Effect::Stop]);
    let entered = bench.join(3, 3, Access::Edit);
    assert!(
        !entered.contains(&Effect::Load),
        "even after the stop, if not dropped"
    );
}

/// [S-33]
#[test]
fn when_the_server_stops_everybody_is_told_to_come_again_and_all_is_kept() {
    let mut bench = Bench::open(&[1, 2]);
    bench.update(1, &type_title(&document(7), 0, "a"));
    let effects = bench.give(Input::Shutdown);
    assert_eq!(closed(&effects), [(1, close::RESTART), (2, close::RESTART)]);
    assert!(!effects.contains(&Effect::Stop), "an append is under way");
    assert_eq!(
        closed(&bench.join(3, 3, Access::Edit)),
        [(3, close::RESTART)]
    );
    let effects = bench.durable(1);
    assert!(matches!(
        &effects[..],
        [Effect::Project { .. }, Effect::Compact { .. }, Effect::Stop]
    ));
}

/// [S-33]
#[test]
fn a_room_that_is_still_loading_stops_when_it_has_loaded() {
    let mut bench = Bench::new();
    bench.join(1, 1, Access::Edit);
    assert_eq!(closed(&bench.give(Input::Shutdown)), [(1, close::RESTART)]);
    let effects = bench.load(LoadedPage::default());
    assert_eq!(effects, [Effect::Stop]);
    assert_eq!(appends(&effects), [0; 0]);
}
