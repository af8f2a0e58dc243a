//! Keeps the C library's allocator from holding on to memory.
//!
//! glibc gives threads that meet while they allocate arenas of their own, up to eight for each
//! processor, and what is freed in one is of no use to the others. With threads that read pages from
//! the store that made three quarters of a connection's memory (`docs/benchmarks.md`). The number is
//! read from the environment when a program begins, so the server begins anew, once, in the same
//! process. Other C libraries do not know the variable and are not hurt by it.

use std::io;
use std::num::NonZero;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::thread::available_parallelism;

const VARIABLE: &str = "MALLOC_ARENA_MAX";
/// With one, threads would wait for each other.
const FEWEST: usize = 2;

/// Begins the program anew with as many arenas as processors, unless the environment says a number
/// already. Comes back if that is so, or with why it could not begin anew; then all is as before.
/// Call it before there are other threads.
pub(crate) fn bound() -> io::Result<()> {
    if std::env::var_os(VARIABLE).is_some() {
        return Ok(());
    }
    let arenas = available_parallelism().map_or(FEWEST, NonZero::get);
    let mut arguments = std::env::args_os();
    let name = arguments.next().unwrap_or_default();
    let error = Command::new(std::env::current_exe()?)
        .arg0(name)
        .args(arguments)
        .env(VARIABLE, arenas.max(FEWEST).to_string())
        .exec();
    Err(error)
}
