//! The store from outside, with the journals that it runs on.

#[cfg(test)]
mod notes;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod rebuild;
#[cfg(test)]
mod records;
#[cfg(test)]
mod support;
