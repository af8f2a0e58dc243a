//! News of the page's comments, which are no part of its document.

use denkraum_domain::Access;
use denkraum_sync::Input;

use crate::bench::{Bench, heard};
use crate::support::Heard;

/// [S-42]
#[test]
fn readers_and_writers_hear_of_new_comments_and_stock_clients_do_not() {
    let mut bench = Bench::open(&[1]);
    bench.join(2, 2, Access::Read);
    bench.join_stock(3, 3);
    let effects = bench.give(Input::Commented);
    assert_eq!(heard(&effects, 1), [Heard::Comments]);
    assert_eq!(heard(&effects, 2), [Heard::Comments]);
    assert_eq!(effects.len(), 2, "{effects:?}");
}
