//! Text in which nothing has a meaning for Markdown.

use std::fmt::Write as _;

use super::marker;

/// Where a text stands.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each with its own rule"
)]
pub(super) struct Place {
    /// At the beginning of a line, where blocks begin.
    pub line_start: bool,
    /// At the end of a line.
    pub line_end: bool,
    /// In a heading, which may have a closing sequence of `#`.
    pub heading: bool,
    /// A link follows; `!` before it would make an image.
    pub link_follows: bool,
    /// In a task, which may say something in braces at its end.
    pub task: bool,
    /// Everything that could have a meaning anywhere is escaped.
    pub strict: bool,
}

/// Writes a text; it is read back as exactly this text.
pub(super) fn text(text: &str, place: Place, out: &mut String) {
    let chars: Vec<char> = text.chars().collect();
    let number = marker_number(&chars).filter(|_| place.line_start);
    for (at, c) in chars.iter().copied().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        let after = chars.get(at.saturating_add(1)).copied();
        let edge = place.line_start && before.is_none() || place.line_end && after.is_none();
        if must_be_entity(c, edge, place.strict) {
            let _ = write!(out, "&#{};", u32::from(c));
            continue;
        }
        let escaped = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            '_' => !(is_word(before) && is_word(after)),
            '&' => after.is_some_and(|c| c.is_ascii_alphabetic() || c == '#'),
            '!' => place.link_follows && after.is_none(),
            '#' => {
                let closing = place.heading && place.line_end;
                edge && before.is_none() || closing && chars.iter().skip(at).all(|c| *c == '#')
            }
            '+' | '-' | '=' | '>' => place.line_start && before.is_none(),
            '.' | ')' => number == Some(at),
            '{' => {
                let after = chars.get(at.saturating_add(1)..).unwrap_or_default();
                place.task && marker::looks_like_task(after)
            }
            _ => false,
        };
        if escaped || place.strict && c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
}

/// White space that Markdown would drop or read as something else.
fn must_be_entity(c: char, edge: bool, strict: bool) -> bool {
    match c {
        ' ' => edge,
        _ if c.is_control() => true,
        _ => c.is_whitespace() && (edge || strict || matches!(c, '\u{2028}' | '\u{2029}')),
    }
}

/// A line as it stands in a cell of a table, where `|` would end it.
pub(super) fn pipes(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut escaped = false;
    for c in line.chars() {
        if c == '|' && !escaped {
            out.push('\\');
        }
        out.push(c);
        escaped = c == '\\' && !escaped;
    }
    out
}

/// The place of the character that makes digits at the beginning the number of a list item.
fn marker_number(chars: &[char]) -> Option<usize> {
    let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    let mark = chars.get(digits)?;
    ((1..=9).contains(&digits) && matches!(mark, '.' | ')')).then_some(digits)
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Writes the address of a link.
pub(super) fn destination(href: &str, out: &mut String) {
    let angle = href.contains(['(', ')']);
    if angle {
        out.push('<');
    }
    for c in href.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '\\' | '<' | '>' | '`' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    if angle {
        out.push('>');
    }
}

/// A code span, or `None` when the text cannot stand in one.
pub(super) fn code_span(text: &str) -> Option<String> {
    if text.is_empty() || text.contains(['\n', '\r']) {
        return None;
    }
    let mut longest: usize = 0;
    let mut run: usize = 0;
    for c in text.chars() {
        run = if c == '`' { run.saturating_add(1) } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest.saturating_add(1));
    let spaced = text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty();
    let pad = if spaced || text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    Some(format!("{fence}{pad}{text}{pad}{fence}"))
}
