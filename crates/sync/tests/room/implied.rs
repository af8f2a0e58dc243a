//! What becomes deleted without being named: the loser of two values for one key, and what is
//! written into something deleted. Everybody who was there has it; nobody who repeats it has news.

use denkraum_domain::Access;
use denkraum_sync::{Input, LoadedPage, step1_frame};
use yrs::Doc;

use crate::bench::{Bench, appends, heard};
use crate::support::{
    Heard, add_paragraph, apply, document, drop_paragraph, in_paragraph, set_level, tag, whole,
};

/// Two writers at one page, 1 with client 7 and 2 with client 8.
struct Pair {
    bench: Bench,
    seven: Doc,
    eight: Doc,
    appends: u64,
}

impl Pair {
    fn new() -> Self {
        Self {
            bench: Bench::open(&[1, 2]),
            seven: document(7),
            eight: document(8),
            appends: 0,
        }
    }

    /// Seven writes this, and eight has it.
    fn base(&mut self, update: &[u8]) {
        self.bench.update(1, update);
        self.appends += 1;
        self.bench.durable(self.appends);
        apply(&self.eight, update);
    }

    /// Both have written without having seen the other's; it becomes durable in this order.
    fn cross(&mut self, [first, second]: [(u64, &[u8]); 2]) {
        for (conn, update) in [first, second] {
            assert_eq!(self.bench.update(conn, update).len(), 1, "it is appended");
        }
        for (conn, update) in [first, second] {
            self.appends += 1;
            self.bench.durable(self.appends);
            apply(if conn == 1 { &self.eight } else { &self.seven }, update);
        }
    }

    /// Everybody comes again with all they have, a writer and a reader.
    fn assert_nobody_has_news(mut self) {
        let both = [whole(&self.seven), whole(&self.eight)];
        self.bench.join(3, 3, Access::Read);
        self.bench.frame(3, step1_frame(&[]));
        for state in both {
            let effects = self.bench.step2(1, &state);
            assert_eq!(appends(&effects), [0; 0], "journalled as news");
            assert!(matches!(heard(&effects, 1)[..], [Heard::Saved(_)]));
            let effects = self.bench.step2(3, &state);
            assert_eq!(effects, [], "a reader has changed nothing");
        }
    }
}

/// [S-12] [S-26]
#[test]
fn the_loser_of_two_values_for_one_key_is_known_to_be_deleted() {
    for order in [[1, 2], [2, 1]] {
        let mut pair = Pair::new();
        let (a, b) = (
            tag(&pair.seven, "kita", true),
            tag(&pair.eight, "kita", true),
        );
        pair.cross(order.map(|conn| (conn, if conn == 1 { &a[..] } else { &b[..] })));
        pair.assert_nobody_has_news();
    }
}

/// [S-12] [S-26]
#[test]
fn the_loser_of_two_values_for_one_attribute_is_known_to_be_deleted() {
    for order in [[1, 2], [2, 1]] {
        let mut pair = Pair::new();
        let heading = set_level(&pair.seven, 1);
        pair.base(&heading);
        let (a, b) = (set_level(&pair.seven, 2), set_level(&pair.eight, 3));
        pair.cross(order.map(|conn| (conn, if conn == 1 { &a[..] } else { &b[..] })));
        pair.assert_nobody_has_news();
    }
}

/// [S-12] [S-26]
#[test]
fn what_is_written_into_something_deleted_is_known_to_be_deleted() {
    for order in [[1, 2], [2, 1]] {
        let mut pair = Pair::new();
        let paragraph = add_paragraph(&pair.seven, 0, "Frühe Hilfen");
        pair.base(&paragraph);
        let gone = drop_paragraph(&pair.seven, 0);
        let written = in_paragraph(&pair.eight, 0, Some("nah "));
        pair.cross(order.map(|conn| (conn, if conn == 1 { &gone[..] } else { &written[..] })));
        pair.assert_nobody_has_news();
    }
}

/// [S-12] [S-26]
#[test]
fn what_a_snapshot_does_not_name_is_known_to_be_deleted_too() {
    let mut pair = Pair::new();
    let values = [
        tag(&pair.seven, "kita", true),
        tag(&pair.eight, "kita", true),
    ];
    apply(&pair.eight, &values[0]);
    apply(&pair.seven, &values[1]);
    let snapshot = yrs::merge_updates_v1(&values).unwrap();
    pair.bench = Bench::new();
    pair.bench.give(Input::Read { token: 0 });
    pair.bench.join(1, 1, Access::Edit);
    pair.bench.load(LoadedPage {
        snapshot: Some(snapshot.into()),
        upto: 1,
        ..LoadedPage::default()
    });
    pair.bench.frame(1, step1_frame(&[]));
    pair.assert_nobody_has_news();
}
