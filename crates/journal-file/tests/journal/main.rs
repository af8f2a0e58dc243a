//! The journal in files from outside: the contract, and what happens when the disk fails.

mod contract;
mod crash;
mod damage;
mod faults;
mod sim;
mod support;
