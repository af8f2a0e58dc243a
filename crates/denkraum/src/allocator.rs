//! Keeps the C library's allocator from holding on to memory.
//!
//! glibc gives threads that meet while they allocate arenas of their own, up to eight for each
//! processor, and what is freed in one is of no use to the others. With threads that read pages from
//! the store that made three quarters of a connection's memory (`docs/benchmarks.md`).
//!
//! A large piece is given back to the system when it is freed, but the first one that is freed makes
//! glibc take all up to its length from an arena from then on, and keep twice as much there. With
//! the search index, which takes megabytes for each commit, that was half of the rest.
//!
//! Both are read from the environment when a program begins, so the server begins anew, once, in the
//! same process. Other C libraries do not know the variables and are not hurt by them.

use std::env;
use std::io;
use std::num::NonZero;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::thread::available_parallelism;

/// How many arenas there are at most.
const ARENAS: &str = "MALLOC_ARENA_MAX";
/// With one, threads would wait for each other.
const FEWEST: usize = 2;
/// From which length on a piece is taken from the system alone, and given back at once.
const LARGE: &str = "MALLOC_MMAP_THRESHOLD_";
/// What glibc begins with. Said by somebody, it stays, and so does what an arena may keep at its end.
const LARGE_BYTES: usize = 128 << 10;

/// Begins the program anew with as many arenas as processors and large pieces that go back to the
/// system, as far as the environment does not say something else already. Comes back if it says all
/// of it, or with why it could not begin anew; then all is as before. Call it before there are other
/// threads.
pub(crate) fn bound() -> io::Result<()> {
    let arenas = available_parallelism().map_or(FEWEST, NonZero::get);
    let wanted = [(ARENAS, arenas.max(FEWEST)), (LARGE, LARGE_BYTES)];
    let missing = wanted
        .into_iter()
        .filter(|(variable, _)| env::var_os(variable).is_none());
    let missing: Vec<_> = missing
        .map(|(variable, value)| (variable, value.to_string()))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut arguments = env::args_os();
    let name = arguments.next().unwrap_or_default();
    let error = Command::new(env::current_exe()?)
        .arg0(name)
        .args(arguments)
        .envs(missing)
        .exec();
    Err(error)
}
