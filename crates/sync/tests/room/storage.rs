//! News that nothing can be saved, and that it can again.

use denkraum_domain::Access;
use denkraum_sync::{Effect, Input, Storage};

use crate::bench::{Bench, heard};
use crate::support::{Heard, document, type_title};

fn told(storage: &str) -> Heard {
    Heard::Storage(format!(r#"{{"storage":"{storage}"}}"#))
}

/// [S-43]
#[test]
fn everybody_who_asked_is_told_at_once_and_again_when_it_is_over() {
    let mut bench = Bench::open(&[1]);
    bench.join(2, 2, Access::Read);
    bench.join_stock(3, 3);
    for (storage, word) in [
        (Storage::Full, "full"),
        (Storage::Failed, "failed"),
        (Storage::Writable, "writable"),
    ] {
        let effects = bench.give(Input::Storage(storage));
        assert_eq!(heard(&effects, 1), [told(word)]);
        assert_eq!(heard(&effects, 2), [told(word)]);
        assert_eq!(effects.len(), 2, "{effects:?}");
        assert_eq!(bench.give(Input::Storage(storage)), [], "it is known");
    }
}

/// [S-43]
#[test]
fn who_comes_while_nothing_can_be_saved_is_told() {
    let mut bench = Bench::open(&[1]);
    bench.give(Input::Storage(Storage::Full));
    let joined = bench.join(2, 2, Access::Edit);
    assert!(heard(&joined, 2).contains(&told("full")), "{joined:?}");
    bench.give(Input::Storage(Storage::Writable));
    let joined = bench.join(3, 3, Access::Edit);
    let storage = |heard: &Heard| matches!(heard, Heard::Storage(_));
    assert!(!heard(&joined, 3).iter().any(storage), "{joined:?}");
}

/// [S-43, S-16] Nobody waits out the pause after failures once there is reason to try again.
#[test]
fn what_was_discarded_is_asked_for_as_soon_as_it_can_be_saved() {
    let mut bench = Bench::open(&[1]);
    bench.give(Input::Storage(Storage::Full));
    let doc = document(7);
    let update = type_title(&doc, 0, "Frühe Hilfen");
    bench.update(1, &update);
    bench.fail(1);
    assert_eq!(bench.pass(0), [], "it pauses");
    bench.give(Input::Storage(Storage::Writable));
    assert_eq!(bench.pass(0), [Effect::Load]);
}
