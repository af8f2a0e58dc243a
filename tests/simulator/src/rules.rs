//! Rules are checked by name, and it is counted how often each was.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};

/// How often each rule was checked.
pub(crate) type Checked = BTreeMap<&'static str, u64>;

/// So much of what happened last is told with a failure.
const TRAIL: usize = 8;

thread_local! {
    static CHECKED: RefCell<Checked> = const { RefCell::new(BTreeMap::new()) };
    static TRAIL_SO_FAR: RefCell<VecDeque<String>> = const { RefCell::new(VecDeque::new()) };
}

/// Notes what happens next.
pub(crate) fn note(what: impl Into<String>) {
    TRAIL_SO_FAR.with_borrow_mut(|trail| {
        trail.push_back(what.into());
        if trail.len() > TRAIL {
            trail.pop_front();
        }
    });
}

/// What happened last, since it was asked last.
pub(crate) fn take_trail() -> String {
    Vec::from(TRAIL_SO_FAR.take()).join(", ")
}

/// Fails with the rule's name if it is broken.
#[track_caller]
pub(crate) fn holds(rule: &'static str, is_kept: bool, what: impl FnOnce() -> String) {
    CHECKED.with_borrow_mut(|checked| *checked.entry(rule).or_default() += 1);
    assert!(is_kept, "[{rule}] {}", what());
}

/// As [`holds`], for what is to be equal.
#[track_caller]
pub(crate) fn equal<T: PartialEq + std::fmt::Debug>(
    rule: &'static str,
    found: &T,
    expected: &T,
    what: impl FnOnce() -> String,
) {
    holds(rule, found == expected, || {
        format!("{}:\n   found {found:?}\nexpected {expected:?}", what())
    });
}

/// What this thread has checked since it was asked last.
pub(crate) fn take_checked() -> Checked {
    CHECKED.take()
}
