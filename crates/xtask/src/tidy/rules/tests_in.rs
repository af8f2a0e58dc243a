//! What the tests of a program say: the doc comments and bodies of those that run.
//!
//! Read line by line, as rustfmt leaves them: a block ends with the first brace at the indentation
//! of its beginning. Nothing else of a file counts, nor does a test that is ignored.

use std::str::Lines;

/// The doc comments and bodies of the tests that run, functions of a [`suite`] among them.
pub(super) fn tests_in(program: &str, suite: &[&str]) -> String {
    let mut said = Vec::new();
    let mut head = Head::default();
    let mut lines = program.lines();
    while let Some(line) = lines.next() {
        if head.takes(line.trim()) {
            continue;
        }
        let head = std::mem::take(&mut head);
        let is_of_suite = function(line).is_some_and(|name| suite.contains(&name));
        if head.runs() || is_of_suite {
            said.extend(head.words);
            said.extend(block(line, &mut lines));
        }
    }
    said.join("\n")
}

/// The functions that macros make tests of: each macro lists its own, one to a line.
pub(super) fn suite(program: &str) -> Vec<&str> {
    let mut suite = Vec::new();
    let mut lines = program.lines();
    while let Some(line) = lines.next() {
        if !line.trim().starts_with("macro_rules!") {
            continue;
        }
        let block = block(line, &mut lines);
        if block.iter().any(|line| is_test(line.trim())) {
            let listed = block
                .iter()
                .filter_map(|line| line.trim().strip_suffix(','));
            suite.extend(listed.filter(|name| name.chars().all(continues_a_name)));
        }
    }
    suite
}

/// What stands above a function: doc comments and attributes.
#[derive(Default)]
struct Head<'a> {
    words: Vec<&'a str>,
    is_test: bool,
    is_ignored: bool,
    /// Within an attribute of several lines.
    is_open: bool,
}

impl<'a> Head<'a> {
    /// Takes the line if it belongs above a function.
    fn takes(&mut self, line: &'a str) -> bool {
        if self.is_open {
            self.is_open = !line.starts_with(')');
        } else if line.starts_with("#[") {
            self.is_test |= is_test(line);
            self.is_ignored |= line.starts_with("#[ignore");
            self.is_open = line.ends_with('(');
        } else if line.starts_with("///") {
            self.words.push(line);
        } else {
            return line.starts_with("//");
        }
        true
    }

    fn runs(&self) -> bool {
        self.is_test && !self.is_ignored
    }
}

fn is_test(line: &str) -> bool {
    line.starts_with("#[test]") || line.starts_with("#[tokio::test")
}

/// The name of the function that begins with this line.
fn function(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once("fn ")?;
    let is_function = before
        .split_whitespace()
        .all(|word| word.starts_with("pub") || word == "async");
    let name = rest.split(|c| !continues_a_name(c)).next();
    name.filter(|_| is_function)
}

fn continues_a_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The lines of the block that begins with `first`.
fn block<'a>(first: &'a str, lines: &mut Lines<'a>) -> Vec<&'a str> {
    let mut block = vec![first];
    if first.ends_with('}') {
        return block;
    }
    let (indentation, _) = first.split_at(first.len() - first.trim_start().len());
    for line in lines {
        block.push(line);
        if line.strip_prefix(indentation) == Some("}") {
            break;
        }
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = r#"//! [X-1] says the module.

/// [X-2] says a function that is no test.
pub fn program() {
    // [X-3] says its body.
}

#[cfg(test)]
mod tests {
    /// [X-4] says a test.
    /// Over two lines.
    #[test]
    #[expect(
        clippy::panic,
        reason = "[X-5] says an attribute"
    )]
    // Why it is so.
    fn first() {
        if true {
            // [X-6] says its body.
        }
    }

    /// [X-7] says a helper.
    fn helper() {}

    /// [X-8] says one that is ignored.
    #[tokio::test]
    #[ignore = "long"]
    async fn second() {
        // [X-9] says its body.
    }

    /// [X-10] says another test.
    #[tokio::test(flavor = "multi_thread")]
    async fn third() {}

    // #[test]
    /// [X-11] says one that was commented out.
    fn fourth() {}

    /// [X-12] says a value.
    const FIFTH: u8 = 5;

    #[test]
    fn sixth() {}
}
"#;

    #[test]
    fn doc_comments_and_bodies_of_tests_that_run_count() {
        let said = tests_in(PROGRAM, &[]);
        for (number, counts) in [
            (1, false),
            (2, false),
            (3, false),
            (4, true),
            (5, false),
            (6, true),
            (7, false),
            (8, false),
            (9, false),
            (10, true),
            (11, false),
            (12, false),
        ] {
            assert_eq!(said.contains(&format!("[X-{number}]")), counts, "{number}");
        }
    }

    /// The names are of this test alone: this file is read like any other.
    #[test]
    fn functions_that_a_macro_makes_tests_of_count() {
        let contract = "\
macro_rules! contract {
    ($bench:expr) => {
        contract!(@each $bench;
            it_is_whole,
            it_is_true,
        );
    };
    (@each $bench:expr; $($rule:ident,)*) => {
        $(
            #[tokio::test]
            async fn $rule() {
                contract::$rule($bench).await;
            }
        )*
    };
}

macro_rules! no_tests {
    () => {
        list![
            a_helper,
        ]
    };
}
";
        let suite = suite(contract);
        assert_eq!(suite, ["it_is_whole", "it_is_true"]);
        let rules = "\
/// [X-1]
pub async fn it_is_true(bench: &dyn Bench) {
    // [X-2]
}

/// [X-3]
pub async fn forgotten(bench: &dyn Bench) {}
";
        let said = tests_in(rules, &suite);
        assert!(said.contains("[X-1]") && said.contains("[X-2]"), "{said}");
        assert!(!said.contains("[X-3]"), "{said}");
    }
}
