//! Times of the few functions that every keystroke goes through; see `benches/hot.rs`.
