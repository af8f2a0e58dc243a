//! The journal in files from outside: the contract, and what happens when the disk fails.

#[cfg(test)]
mod contract;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod power;
#[cfg(test)]
mod rewriting;
#[cfg(test)]
mod sim;
#[cfg(test)]
mod support;
