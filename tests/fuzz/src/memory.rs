//! Counts what is allocated, to hold the gate and yrs to memory in proportion to their input.

#![expect(unsafe_code, reason = "an allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    // Each thread counts for itself, so that tests do not count each other's.
    static NOW: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

/// The system's allocator, with a count of bytes.
pub(crate) struct Counting;

// SAFETY: everything is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.get().wrapping_add(layout.size().cast_signed());
        NOW.set(now);
        MOST.set(MOST.get().max(now));
        // SAFETY: as promised by the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        NOW.set(NOW.get().wrapping_sub(layout.size().cast_signed()));
        // SAFETY: as promised by the caller.
        unsafe { System.dealloc(block, layout) }
    }
}

/// What some work took, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    /// What was given back when it was done, at most.
    pub(crate) meanwhile: usize,
    /// What was not.
    pub(crate) kept: usize,
}

/// The result of `work`, and what it took.
pub(crate) fn taken_by<T>(work: impl FnOnce() -> T) -> (T, Taken) {
    let before = NOW.get();
    MOST.set(before);
    let result = work();
    let since = |then: isize| usize::try_from(then.wrapping_sub(before)).unwrap_or(0);
    let kept = since(NOW.get());
    let meanwhile = since(MOST.get()).saturating_sub(kept);
    (result, Taken { meanwhile, kept })
}

/// Fails if `input` bytes of input took more memory than they may.
pub(crate) fn bound(what: &str, input: usize, taken: usize) {
    assert!(
        taken <= 16 * input + (1 << 20),
        "{what} took {taken} bytes for {input} bytes of input"
    );
}

/// What a document may keep of each struct and each deletion, besides its bytes: an element takes the most,
/// and what stands where it comes to stand may have to be cut in two.
const PIECE: usize = 768;

/// Fails if a document keeps more of `pieces` than it may.
pub(crate) fn bound_kept(input: usize, pieces: usize, kept: usize) {
    assert!(
        kept <= PIECE * pieces + 16 * input + (1 << 16),
        "yrs keeps {kept} bytes of {pieces} pieces in {input} bytes of input"
    );
}
