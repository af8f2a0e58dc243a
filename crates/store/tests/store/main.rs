//! The store from outside, with the journals that it runs on.

#[cfg(test)]
#[path = "../../../journal-file/tests/journal"]
#[expect(
    dead_code,
    reason = "shared with the tests of the journal, which need other parts"
)]
mod journal_tests {
    pub(crate) mod sim;
}

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
mod reading;
#[cfg(test)]
mod rebuild;
#[cfg(test)]
mod records;
#[cfg(test)]
mod rewriting;
#[cfg(test)]
mod support;
