//! Random decisions that a seed repeats (splitmix64).

use std::hash::{BuildHasher as _, RandomState};

/// Random decisions.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall alike for the same seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to less than `bound`; 0 if there is none.
    pub const fn below(&mut self, bound: u64) -> u64 {
        let next = self.next();
        match next.checked_rem(bound) {
            Some(number) => number,
            None => 0,
        }
    }

    /// Further dice that do not depend on how often these are thrown from now on.
    #[must_use]
    pub const fn fork(&mut self) -> Self {
        Self(self.next())
    }
}

/// A seed that nobody chose.
pub fn fresh_seed() -> u64 {
    RandomState::new().hash_one(0_u8)
}
