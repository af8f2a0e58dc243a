//! The store from outside, with the journals that it runs on.

#[cfg(test)]
mod flips;
#[cfg(test)]
mod full;
#[cfg(test)]
mod growth;
#[cfg(test)]
mod notes;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod rebuild;
#[cfg(test)]
mod records;
#[cfg(test)]
mod rewriting;
#[cfg(test)]
mod support;
