//! Which rule is checked where. No rule of `docs/SPEC-sync.md` and `docs/SPEC-storage.md` is missing.

/// Checked by name in the simulator, in every seed that comes across it. Most have tests of their own
/// besides, where each case stands by itself.
pub(crate) const SIMULATED: &[&str] = &[
    "S-1", "S-2", "S-3", "S-4", "S-5", "S-6", "S-7", "S-8", "S-9", "S-10", "S-11", "S-12", "S-13",
    "S-14", "S-15", "S-16", "S-18", "S-19", "S-20", "S-21", "S-22", "S-23", "S-24", "S-25", "S-26",
    "S-27", "S-28", "S-29", "S-30", "S-31", "S-32", "S-33", "S-34", "S-37", "S-38", "S-42", "S-43",
    "J-1", "J-2", "J-3", "J-4", "J-5", "J-6", "J-7", "J-8", "J-9", "J-10", "J-11", "J-12", "J-13",
    "J-14", "J-15", "F-1", "F-2", "F-3", "F-4", "F-5", "F-6", "F-7", "F-8", "F-9", "F-10", "F-11",
    "F-12", "F-13", "F-14", "F-15", "F-16", "F-17", "F-18", "F-19", "F-20", "F-21", "V-1", "V-4",
    "V-5", "V-7", "V-8", "V-9", "V-10", "V-11", "V-12", "V-13", "V-14",
];

/// Checked by tests alone, each with one where it is named: what the simulator has no part of (sockets,
/// threads, processes, the files of the view, attached files), and what needs certain bytes in their place.
pub(crate) const TESTED: &[(&str, &str)] = &[
    ("S-17", "crates/sync/src/room/tests.rs"),
    ("S-35", "crates/rooms/tests/rooms/lifetime.rs"),
    ("S-36", "crates/rooms/tests/rooms/limits.rs"),
    ("S-39", "crates/rooms/tests/rooms/aside.rs"),
    ("S-40", "crates/rooms/tests/rooms/limits.rs"),
    ("S-41", "crates/rooms/tests/rooms/aside.rs"),
    ("V-2", "crates/store/tests/store/rebuild.rs"),
    ("V-3", "crates/store/tests/store/rebuild.rs"),
    ("V-6", "crates/store/src/applier/tests.rs"),
    ("V-15", "crates/store/tests/store/full.rs"),
    ("V-16", "crates/denkraum/tests/versions.rs"),
    ("V-17", "crates/store/tests/store/reading.rs"),
    ("B-1", "crates/store/src/blobs/tests.rs"),
    ("B-2", "crates/app/tests/app/attachments.rs"),
    ("B-3", "crates/store/src/blobs/tests.rs"),
    ("B-4", "crates/store/src/blobs/tests.rs"),
    ("B-5", "crates/denkraum/tests/files.rs"),
    ("B-6", "crates/denkraum/tests/extract.rs"),
    ("B-7", "crates/app/tests/app/attachments.rs"),
];

#[cfg(test)]
mod tests {
    use super::*;

    const SPECIFICATIONS: [&str; 2] = [
        include_str!("../../../docs/SPEC-sync.md"),
        include_str!("../../../docs/SPEC-storage.md"),
    ];

    fn rules() -> Vec<&'static str> {
        let parts = SPECIFICATIONS
            .iter()
            .flat_map(|text| text.split("**[").skip(1));
        parts.filter_map(|part| part.split("]**").next()).collect()
    }

    #[test]
    fn every_rule_is_in_one_list_and_no_other_is() {
        let tested = TESTED.iter().map(|(rule, _)| rule);
        let mut listed: Vec<&str> = SIMULATED.iter().chain(tested).copied().collect();
        let mut rules = rules();
        listed.sort_unstable();
        rules.sort_unstable();
        assert_eq!(listed, rules);
    }

    #[test]
    fn what_is_said_to_be_tested_is_named_by_that_file() {
        let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for (rule, file) in TESTED {
            let text = std::fs::read_to_string(top.join(file)).unwrap_or_default();
            let parts = text.split(rule).skip(1);
            let is_named = parts.map(|after| after.chars().next());
            let is_named = is_named
                .into_iter()
                .any(|next| next.is_some_and(|next| !next.is_ascii_digit()));
            assert!(is_named, "{file} does not name {rule}");
        }
    }
}
